"""The province's annex as XLSX, each cell leading to the sheet that says where it comes from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pipelines.province.data import ProvinceData
from pipelines.province.words import CHANNEL, MEASURE, SEVERITY, STATUS, annex_title, state_line

_HEAD = ("TT", "Các hoạt động", "Đơn vị", "Số lớp/số cuộc thi", "Người", "Ghi chú")
_FIRST_ROW = 6
_COLUMNS = {"count": 3, "people": 4}
_SOURCES = (
    ("Ô", "cell"),
    ("Chỉ tiêu", "label"),
    ("Số đo", "measure_word"),
    ("Đơn vị báo cáo", "unit_name"),
    ("Số văn bản", "document_number"),
    ("Tệp", "document_name"),
    ("Trang", "page"),
    ("Bảng", "table_index"),
    ("Hàng", "row_index"),
    ("Cột", "column_index"),
    ("Ghi trong văn bản", "raw"),
    ("Giá trị", "value"),
    ("Độ tin cậy", "confidence"),
    ("Người quyết định", "decided_by"),
    ("Lúc", "decided_at"),
    ("Là phần của hàng", "part"),
    ("SHA-256", "document_sha256"),
)
_STATUS = (
    ("Mã", "unit_code"),
    ("Đơn vị", "unit_name"),
    ("Kênh", "channel"),
    ("Tình trạng", "status"),
    ("Số văn bản", "document_number"),
    ("Tệp", "document_name"),
)
_FINDINGS = (
    ("Mức", "severity"),
    ("Quy tắc", "rule"),
    ("Đơn vị", "unit_code"),
    ("Văn bản", "document_number"),
    ("Nội dung", "message"),
)


def write_annex_xlsx(data: ProvinceData, path: Path) -> None:
    """Sheets: annex, «Nguồn», «Tình hình nộp», «Phát hiện»."""
    import xlsxwriter  # noqa: PLC0415

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        day = dt.datetime.combine(data.as_of, dt.time(), tzinfo=dt.UTC)
        book.set_properties({"created": day, "comments": state_line(data)})
        book.formats[0].set_font_name("Times New Roman")
        sources, places = _sources(data)
        _annex(book, data, places)
        _table(book, "Nguồn", _SOURCES, sources)
        _table(book, "Tình hình nộp", _STATUS, [_worded(r) for r in data.status])
        _table(book, "Phát hiện", _FINDINGS, [_worded(r) for r in data.findings])


def _sources(
    data: ProvinceData,
) -> tuple[list[dict[str, Any]], dict[tuple[str, str], tuple[int, int]]]:
    """Rows of «Nguồn» cell by cell, and for each cell its first and last row there (from 0)."""
    rows: list[dict[str, Any]] = []
    places = {}
    for at, row in enumerate(data.rows, _FIRST_ROW):
        for measure, value in row.values.items():
            if value is None:
                continue
            cell = f"{'ABCDEF'[_COLUMNS[measure]]}{at + 1}"
            found = data.sources(row.indicator, measure)
            places[row.indicator, measure] = (len(rows) + 1, len(rows) + len(found))
            named = {"cell": cell, "label": row.label, "measure_word": MEASURE.get(measure, "")}
            rows += [one | named for one in found]
    return rows, places


def _worded(row: dict[str, Any]) -> dict[str, Any]:
    words = (("status", STATUS), ("channel", CHANNEL), ("severity", SEVERITY))
    return row | {name: table.get(row[name], row[name]) for name, table in words if name in row}


def _annex(book: Any, data: ProvinceData, places: dict[tuple[str, str], tuple[int, int]]) -> None:
    sheet = book.add_worksheet("Phụ lục")
    styles = _styles(book)
    for column, width in enumerate((6, 58, 20, 14, 14, 22)):
        sheet.set_column(column, column, width)
    office = f"SỞ GIÁO DỤC VÀ ĐÀO TẠO {data.province.upper()}"
    sheet.merge_range(0, 0, 0, 5, office, styles["office"])
    sheet.merge_range(1, 0, 1, 5, annex_title(data), styles["title"])
    stamp = "(Kèm theo Báo cáo số …/BC-SGDĐT ngày …/…/…… của Sở GDĐT)"
    sheet.merge_range(2, 0, 2, 5, stamp, styles["note"])
    sheet.merge_range(3, 0, 3, 5, state_line(data), styles["note"])
    sheet.set_row(3, 32 if data.missing else 16)
    for column in (0, 1, 2, 5):
        sheet.merge_range(4, column, 5, column, _HEAD[column], styles["head"])
    sheet.merge_range(4, 3, 4, 4, "Số lượng", styles["head"])
    sheet.write(5, 3, _HEAD[3], styles["head"])
    sheet.write(5, 4, _HEAD[4], styles["head"])
    for at, row in enumerate(data.rows, _FIRST_ROW):
        sheet.write_string(at, 0, row.ordinal, styles["middle"])
        sheet.write_string(at, 1, row.label, styles["strong" if row.bold else "text"])
        sheet.write_string(at, 2, row.unit, styles["middle"])
        notes = []
        for measure, column in _COLUMNS.items():
            value = row.values.get(measure)
            if value is None:
                sheet.write_blank(at, column, None, styles["number"])
                continue
            _figure(
                sheet, at, column, value, places.get((row.indicator, measure)), styles["number"]
            )
            notes.append(_note(data, row.indicator, measure))
        sheet.write_string(at, 5, notes[0] if notes else "", styles["middle"])
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(4, 5)


def _figure(
    sheet: Any, row: int, column: int, value: int, place: tuple[int, int] | None, style: Any
) -> None:
    """A number that leads to its sources: the link is written first, the number over it."""
    if place is not None and place[1] >= place[0]:
        first, last = place[0] + 1, place[1] + 1
        tip = f"Nguồn: dòng {first}–{last}"
        sheet.write_url(row, column, f"internal:'Nguồn'!A{first}:Q{last}", style, tip=tip)
    sheet.write_number(row, column, value, style)


def _note(data: ProvinceData, indicator: str, measure: str) -> str:
    found = data.sources(indicator, measure)
    return f"từ {len({r['unit_code'] for r in found})} đơn vị, xem «Nguồn»" if found else ""


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
    middle = base | {"border": 1, "align": "center"}
    kinds: dict[str, dict[str, Any]] = {
        "office": base | {"bold": True},
        "title": base | {"bold": True, "align": "center", "font_size": 13},
        "note": base | {"italic": True, "align": "center"},
        "head": middle | {"bold": True},
        "text": base | {"border": 1},
        "strong": base | {"border": 1, "bold": True},
        "middle": middle,
        "number": middle | {"num_format": "#,##0", "font_color": "#000000", "underline": 0},
    }
    return {name: book.add_format(kind) for name, kind in kinds.items()}


def _table(
    book: Any, name: str, columns: tuple[tuple[str, str], ...], rows: list[dict[str, Any]]
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 20)
    for column, (title, _) in enumerate(columns):
        sheet.write_string(0, column, title, bold)
    for at, row in enumerate(rows, 1):
        for column, (_, key) in enumerate(columns):
            value = row.get(key)
            if isinstance(value, int | float):
                sheet.write_number(at, column, value)
            elif value is not None:
                sheet.write_string(at, column, str(value))
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
