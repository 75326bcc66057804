"""The overview page's look: system fonts, shapes beside colours, made for paper too."""

from __future__ import annotations

STYLE = """
*{box-sizing:border-box}
body{font-family:"Noto Sans","Liberation Sans",Arial,sans-serif;font-size:15px;line-height:1.45;margin:0;color:#1b2430;background:#fff}
main{max-width:1280px;margin:0 auto;padding:20px 28px}
h1{font-size:23px;margin:0 0 4px}h2{font-size:18px;margin:28px 0 8px;border-bottom:2px solid #1f4e79;padding-bottom:3px}
h3{font-size:15px;margin:12px 0 4px}p{margin:4px 0}.state{font-weight:600}
.sums{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:10px;margin:14px 0 0;padding:0;list-style:none}
.sums li{border:1px solid #b9c4d2;border-left:6px solid #1f4e79;border-radius:4px;padding:8px 12px}
.sums b{display:block;font-size:24px;line-height:1.2}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:8px;list-style:none;padding:0;margin:6px 0}
.tiles li{padding:8px 10px;border:2px solid #1a6b40;border-radius:6px;font-size:14px;background:#f1f8f4}
.tiles li.missing{border-style:dashed;border-color:#a3211a;background:#fdf3f2}
.tiles li.late{border-style:double;border-width:4px;border-color:#7a5000;background:#fff8ea}
.tiles b{display:block}.tiles .number{color:#3d4a5c}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{border:1px solid #b9c4d2;padding:4px 8px;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}thead th{background:#e9eff7}tr.head td{font-weight:600}
tbody th{font-weight:400}
figure{margin:12px 0;break-inside:avoid}figcaption{font-weight:600;margin-bottom:4px}
svg{max-width:100%;height:auto;font-size:13px;font-family:inherit}svg .label{fill:#1b2430}svg .blank{fill:#5a6675;font-style:italic}
rect.now{fill:#1f4e79}rect.before{fill:#9db4cd;stroke:#1f4e79}rect.error{fill:#a3211a}rect.warning{fill:#b87a00}rect.info{fill:#4a6b8a}
.legend{font-size:13px}.legend span{display:inline-block;width:14px;height:11px;border:1px solid #1f4e79}.legend .now{background:#1f4e79}.legend .before{background:#9db4cd}
table.numbers{width:auto;min-width:420px;margin-top:4px;font-size:13px}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(520px,1fr));gap:20px}
footer{margin-top:28px;font-size:13px;color:#3d4a5c;border-top:1px solid #b9c4d2;padding-top:6px}
@media print{@page{size:A4;margin:12mm}body{font-size:11pt}main{padding:0;max-width:none}.tiles li,tr,figure{break-inside:avoid}
h2{break-after:avoid}.pair{display:block}.tiles,.sums{grid-template-columns:repeat(4,1fr)}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
