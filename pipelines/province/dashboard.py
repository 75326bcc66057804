"""A static page: who reported, totals, findings. No server, no script, works offline."""

from __future__ import annotations

from html import escape
from pathlib import Path

from pipelines.province.data import ProvinceData
from pipelines.province.words import shown, state_line

_STYLE = """
body{font-family:"Noto Sans","Liberation Sans",sans-serif;margin:0 auto;max-width:1200px;padding:24px;color:#1b2430;background:#fff}
h1{font-size:22px;margin:0 0 4px}h2{font-size:17px;margin:28px 0 8px}p{margin:4px 0}
.tiles{display:flex;flex-wrap:wrap;gap:8px;list-style:none;padding:0}
.tiles li{width:170px;padding:8px 10px;border:2px solid #1a7f4b;border-radius:6px;font-size:14px}
.tiles li.missing{border-style:dashed;border-color:#b3261e}.tiles li.late{border-style:double;border-width:4px;border-color:#8a5a00}
.tiles b{display:block}table{border-collapse:collapse;width:100%;font-size:14px}
th,td{border:1px solid #c5cdd8;padding:5px 8px;text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}
th{background:#eef2f8}tr.head td{font-weight:600}
"""
_WORDS = {
    "reported": "✓ đã nộp",
    "missing": "✗ chưa nộp",
    "late": "⚠ nộp muộn",
    "replaced": "↻ đã thay",
}
_SEVERITY = {"error": "✗ Lỗi", "warning": "⚠ Cảnh báo", "info": "ℹ Lưu ý"}


def write_dashboard(data: ProvinceData, path: Path) -> None:
    """Writes the page as UTF-8; every text from documents is escaped."""
    parts = [
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(data.form.title)} – {escape(data.province)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>{escape(data.form.title)}: tỉnh {escape(data.province)}</h1><p>{escape(state_line(data))}</p>",
        _tiles(data),
        _totals(data),
        _findings(data),
        "</main></body></html>",
    ]
    path.write_text("".join(parts), encoding="utf-8")


def _tiles(data: ProvinceData) -> str:
    shown = [r for r in data.status if r["status"] != "replaced"]
    done = sum(r["status"] != "missing" for r in shown)
    items = "".join(
        f'<li class="{escape(str(r["status"]))}"><b>{escape(str(r["unit_name"]))}</b>{_WORDS[str(r["status"])]}'
        f"<br>{escape(str(r['document_number'] or ''))}</li>"
        for r in sorted(shown, key=lambda r: (str(r["channel"]), str(r["unit_code"])))
    )
    return (
        f'<h2>Tình hình nộp báo cáo: {done}/{len(shown)} đơn vị</h2><ul class="tiles">{items}</ul>'
    )


def _totals(data: ProvinceData) -> str:
    rows = "".join(
        f'<tr class="{"head" if r.bold else ""}"><td>{escape(r.ordinal)}</td><td>{escape(r.label)}</td><td>{escape(r.unit)}</td>'
        f'<td class="n">{shown(r.values.get("count"))}</td><td class="n">{shown(r.values.get("people"))}</td></tr>'
        for r in data.rows
    )
    return (
        "<h2>Số liệu toàn tỉnh</h2><table><thead><tr><th>TT</th><th>Các hoạt động</th><th>Đơn vị</th>"
        f"<th>Số lớp/số cuộc thi</th><th>Người</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _findings(data: ProvinceData) -> str:
    order = {"error": 0, "warning": 1, "info": 2}
    rows = "".join(
        f"<tr><td>{_SEVERITY[str(f['severity'])]}</td><td>{escape(str(f['document_name'] or ''))}</td><td>{escape(str(f['message']))}</td></tr>"
        for f in sorted(data.findings, key=lambda f: order[str(f["severity"])])
    )
    return (
        "<h2>Phát hiện còn mở</h2><table><thead><tr><th>Mức</th><th>Văn bản</th><th>Nội dung</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )
