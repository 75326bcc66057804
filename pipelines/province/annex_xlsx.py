"""The province's annex as XLSX, with a sheet that says where every figure comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipelines.province.data import ProvinceData

_HEAD = ("TT", "Các hoạt động", "Đơn vị", "Số lớp/số cuộc thi", "Người", "Ghi chú")
_SOURCES = (
    ("Chỉ tiêu", "indicator"),
    ("Số đo", "measure"),
    ("Đơn vị báo cáo", "unit_code"),
    ("Tệp", "document_name"),
    ("Trang", "page"),
    ("Bảng", "table_index"),
    ("Hàng", "row_index"),
    ("Cột", "column_index"),
    ("Ghi trong văn bản", "raw"),
    ("Giá trị", "value"),
    ("Người quyết định", "decided_by"),
    ("SHA-256", "document_sha256"),
)


def write_annex_xlsx(data: ProvinceData, path: Path) -> None:
    """Sheets: annex, «Nguồn», «Tình hình nộp», «Phát hiện»."""
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.formats[0].set_font_name("Times New Roman")
        _annex(book, data)
        _table(
            book,
            "Nguồn",
            [t for t, _ in _SOURCES],
            [[r[k] for _, k in _SOURCES] for r in data.lineage],
        )
        _table(
            book,
            "Tình hình nộp",
            ["Mã", "Đơn vị", "Kênh", "Tình trạng", "Số văn bản", "Tệp"],
            [
                [
                    r["unit_code"],
                    r["unit_name"],
                    r["channel"],
                    r["status"],
                    r["document_number"],
                    r["document_name"],
                ]
                for r in data.status
            ],
        )
        _table(
            book,
            "Phát hiện",
            ["Mức", "Quy tắc", "Đơn vị", "Văn bản", "Nội dung"],
            [
                [r["severity"], r["rule"], r["unit_code"], r["document_number"], r["message"]]
                for r in data.findings
            ],
        )


def _annex(book: Any, data: ProvinceData) -> None:
    sheet = book.add_worksheet("Phụ lục")
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
    title = book.add_format(base | {"bold": True, "align": "center", "font_size": 13})
    note = book.add_format(base | {"italic": True, "align": "center"})
    head = book.add_format(base | {"bold": True, "align": "center", "border": 1})
    text, strong = (
        book.add_format(base | {"border": 1}),
        book.add_format(base | {"border": 1, "bold": True}),
    )
    middle = book.add_format(base | {"border": 1, "align": "center"})
    number = book.add_format(base | {"border": 1, "align": "center", "num_format": "#,##0"})
    for column, width in enumerate((6, 58, 20, 14, 14, 12)):
        sheet.set_column(column, column, width)
    sheet.merge_range(
        0,
        0,
        0,
        5,
        f"SỞ GIÁO DỤC VÀ ĐÀO TẠO {data.province.upper()}",
        book.add_format(base | {"bold": True}),
    )
    sheet.merge_range(
        1,
        0,
        1,
        5,
        f"{data.form.annex_title.format(year=data.form.year)} TỈNH {data.province.upper()}",
        title,
    )
    sheet.merge_range(2, 0, 2, 5, "(Kèm theo Báo cáo số …/BC-SGDĐT ngày …/…/…… của Sở GDĐT)", note)
    sheet.merge_range(3, 0, 3, 5, state_line(data), note)
    for column in (0, 1, 2, 5):
        sheet.merge_range(4, column, 5, column, _HEAD[column], head)
    sheet.merge_range(4, 3, 4, 4, "Số lượng", head)
    sheet.write(5, 3, _HEAD[3], head)
    sheet.write(5, 4, _HEAD[4], head)
    for at, row in enumerate(data.rows, 6):
        sheet.write_string(at, 0, row.ordinal, middle)
        sheet.write_string(at, 1, row.label, strong if row.bold else text)
        sheet.write_string(at, 2, row.unit, middle)
        for column, measure in ((3, "count"), (4, "people")):
            value = row.values.get(measure)
            sheet.write_blank(at, column, None, number) if value is None else sheet.write_number(
                at, column, value, number
            )
        sheet.write_blank(at, 5, None, text)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def state_line(data: ProvinceData) -> str:
    """What the table is worth: provisional or approved, and who is missing."""
    state = "Số liệu tạm tính, chưa duyệt" if data.provisional else "Số liệu đã duyệt"
    missing = f"; chưa có báo cáo: {', '.join(data.missing)}" if data.missing else "; đủ báo cáo"
    return f"{state}, tính đến {data.as_of:%d/%m/%Y}{missing}."


def _table(book: Any, name: str, head: list[str], rows: list[list[Any]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 22)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, column, value)
            elif value is not None:
                sheet.write_string(at, column, str(value))
