"""A static page: who reported, totals beside last year's, findings. No server, no script, offline."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path
from typing import Any

from pipelines.province.dashboard_charts import Bar, bars
from pipelines.province.dashboard_style import STYLE
from pipelines.province.data import AnnexRow, ProvinceData
from pipelines.province.words import CHANNEL, SEVERITY, shown, state_line

_MARKS = {"reported": "✓ đã nộp", "missing": "✗ chưa nộp", "late": "⚠ nộp muộn"}
_SIGNS = {"error": "✗", "warning": "⚠", "info": "ℹ"}


def write_dashboard(data: ProvinceData, path: Path) -> None:
    """Writes the page as UTF-8; every text from documents is escaped."""
    title = f"{data.form.title}: tỉnh {data.province}"
    parts = [
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>",
        f'<h1>{escape(title)}</h1><p class="state">{escape(state_line(data))}</p>',
        _sums(data),
        _reporting(data),
        _totals(data),
        _charts(data),
        _findings(data),
        f"<footer>Số liệu ghi nhận đến {data.as_of:%d/%m/%Y}; nguồn của từng số: tệp phụ lục XLSX, trang «Nguồn».</footer>",
        "</main></body></html>",
    ]
    path.write_text("".join(parts), encoding="utf-8")


def _sums(data: ProvinceData) -> str:
    counted = Counter(str(r["status"]) for r in data.expected)
    found = Counter(str(f["severity"]) for f in data.findings if f["rule"] != "missing_report")
    items = [
        (f"{len(data.expected) - counted['missing']}/{len(data.expected)}", "đơn vị đã báo cáo"),
        (counted["late"], "nộp muộn"),
        (counted["missing"], "chưa nộp"),
        (found["error"], "lỗi còn mở"),
        (found["warning"], "cảnh báo còn mở"),
        ("tạm tính" if data.provisional else "đã duyệt", "số liệu"),
    ]
    return (
        '<ul class="sums">'
        + "".join(f"<li><b>{escape(str(n))}</b>{escape(words)}</li>" for n, words in items)
        + "</ul>"
    )


def _reporting(data: ProvinceData) -> str:
    out = ["<h2>Tình hình nộp báo cáo</h2>"]
    for channel, words in CHANNEL.items():
        units = [r for r in data.expected if r["channel"] == channel]
        if units:
            done = sum(r["status"] != "missing" for r in units)
            out.append(f"<h3>{escape(words)}: {done}/{len(units)}</h3>" + _tiles(units))
    names = ", ".join(data.missing)
    if names:
        out.append(f"<p><b>Chưa có báo cáo:</b> {escape(names)}.</p>")
    return "".join(out)


def _tiles(units: list[dict[str, Any]]) -> str:
    items = "".join(
        f'<li class="{escape(str(r["status"]))}"><b>{escape(str(r["unit_name"]))}</b>'
        f"{_MARKS.get(str(r['status']), escape(str(r['status'])))}"
        f'<br><span class="number">{escape(str(r["document_number"] or "–"))}</span></li>'
        for r in sorted(units, key=lambda r: str(r["unit_code"]))
    )
    return f'<ul class="tiles">{items}</ul>'


def _has_last(data: ProvinceData) -> bool:
    return any(v is not None for v in data.last_year.values())


def _totals(data: ProvinceData) -> str:
    last = _has_last(data)
    year = data.form.year
    head = '<th rowspan="2">TT</th><th rowspan="2">Các hoạt động</th><th rowspan="2">Đơn vị</th>'
    spans = 3 if last else 1
    head += f'<th colspan="{spans}">Số lớp/số cuộc thi</th><th colspan="{spans}">Người</th>'
    under = (
        f"<th>{year}</th><th>{year - 1}</th><th>Tăng/giảm</th>" if last else f"<th>{year}</th>"
    ) * 2
    rows = "".join(_total(row, data, last) for row in data.rows)
    note = "" if last else f"<p>Kho dữ liệu chưa có số liệu năm {year - 1} để so sánh.</p>"
    return (
        f"<h2>Số liệu toàn tỉnh</h2>{note}<table><thead><tr>{head}</tr><tr>{under}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _total(row: AnnexRow, data: ProvinceData, last: bool) -> str:
    cells = []
    for measure in ("count", "people"):
        value = row.values.get(measure)
        before = data.last_year.get((row.indicator, measure))
        cells.append(f'<td class="n">{shown(value)}</td>')
        if last:
            cells.append(
                f'<td class="n">{shown(before)}</td><td class="n">{_change(value, before)}</td>'
            )
    return (
        f'<tr class="{"head" if row.bold else ""}"><td>{escape(row.ordinal)}</td><td>{escape(row.label)}</td>'
        f"<td>{escape(row.unit)}</td>{''.join(cells)}</tr>"
    )


def _change(value: int | None, before: int | None) -> str:
    """The change in percent with its direction as a sign; blank where one side is."""
    if value is None or not before:
        return ""
    percent = round(100 * (value - before) / before)
    sign = "▲ +" if percent > 0 else "▼ −" if percent < 0 else ""
    return f"{sign}{shown(abs(percent))} %"


def _charts(data: ProvinceData) -> str:
    before = f"Năm {data.form.year - 1}" if _has_last(data) else ""
    figures = []
    for measure, title in (
        ("people", "Số người theo hoạt động"),
        ("count", "Số lượng theo hoạt động"),
    ):
        lines = [
            Bar(
                f"{row.label} ({_unit(data, row, measure)})",
                row.values[measure],
                data.last_year.get((row.indicator, measure)),
            )
            for row in data.rows
            if row.values.get(measure) is not None
        ]
        figures.append(bars(title, lines, before=before))
    return f'<h2>Biểu đồ</h2><div class="pair">{"".join(figures)}</div>'


def _unit(data: ProvinceData, row: AnnexRow, measure: str) -> str:
    indicator = data.form.indicator(row.indicator)
    return next(m.unit for m in indicator.measures if m.code == measure)


def _findings(data: ProvinceData) -> str:
    open_ = [f for f in data.findings if f["rule"] != "missing_report"]
    counted = Counter(str(f["severity"]) for f in open_)
    lines = [Bar(words, counted[kind], kind=kind) for kind, words in SEVERITY.items()]
    order = {kind: at for at, kind in enumerate(SEVERITY)}
    rows = "".join(
        f"<tr><td>{_SIGNS[str(f['severity'])]} {SEVERITY[str(f['severity'])]}</td>"
        f"<td>{escape(str(f['document_number'] or f['document_name'] or f['unit_code'] or ''))}</td>"
        f"<td>{escape(str(f['message']))}</td></tr>"
        for f in sorted(open_, key=lambda f: (order[str(f["severity"])], str(f["message"])))
    )
    table = (
        f"<table><thead><tr><th>Mức</th><th>Văn bản</th><th>Nội dung</th></tr></thead><tbody>{rows}</tbody></table>"
        if rows
        else "<p>Không có.</p>"
    )
    return f"<h2>Phát hiện còn mở</h2>{bars('Phát hiện theo mức', lines)}{table}"
