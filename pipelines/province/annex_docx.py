"""The province's annex as DOCX, in the form of the real report's: two-level header, merged cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipelines.province.data import ProvinceData
from pipelines.province.settle import settle
from pipelines.province.words import annex_title, shown, state_line

_WIDTHS = (1.1, 7.0, 2.8, 2.2, 2.2, 1.7)


def write_annex_docx(data: ProvinceData, path: Path) -> None:
    """A4, Times New Roman; margins of Nghị định 30/2020/NĐ-CP, annex I."""
    import docx  # noqa: PLC0415
    from docx.shared import Cm, Pt  # noqa: PLC0415

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.paragraph_format.space_after = Pt(2)
    _line(made, f"SỞ GIÁO DỤC VÀ ĐÀO TẠO {data.province.upper()}", bold=True)
    _line(
        made,
        annex_title(data),
        bold=True,
        middle=True,
    )
    _line(
        made,
        "(Kèm theo Báo cáo số      /BC-SGDĐT ngày    tháng    năm      của Sở GDĐT)",
        italic=True,
        middle=True,
    )
    _line(made, state_line(data), italic=True, middle=True)
    table = made.add_table(rows=2, cols=6)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    _head(table)
    for row in data.rows:
        count, people = (row.values.get(m) for m in ("count", "people"))
        _fill(
            table.add_row(),
            [row.ordinal, row.label, row.unit, shown(count), shown(people), ""],
            row.bold,
        )
    for row in table.rows[2:]:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
    for at, row in enumerate(table.rows):
        _keep_whole(row, heading=at < 2)
    made.save(str(path))
    settle(path, data.as_of)


def _line(
    made: Any, text: str, *, bold: bool = False, italic: bool = False, middle: bool = False
) -> None:
    paragraph = made.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if middle:
        paragraph.alignment = 1


def _head(table: Any) -> None:
    top, under = table.rows[0].cells, table.rows[1].cells
    for column, text in ((0, "TT"), (1, "Các hoạt động"), (2, "Đơn vị"), (5, "Ghi chú")):
        _write(top[column].merge(under[column]), text, True, True)
    _write(top[3].merge(top[4]), "Số lượng", True, True)
    _write(under[3], "Số lớp/số cuộc thi", True, True)
    _write(under[4], "Người", True, True)


def _fill(row: Any, texts: list[str], bold: bool) -> None:
    for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        _write(cell, text, bold and column < 2, column != 1)


def _keep_whole(row: Any, *, heading: bool) -> None:
    """No row is cut by a page; the heading stands on every page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))


def _write(cell: Any, text: str, bold: bool, middle: bool) -> None:
    paragraph = cell.paragraphs[0]
    for extra in cell.paragraphs[1:]:
        extra._element.getparent().remove(extra._element)
    paragraph.add_run(text).bold = bold
    if middle:
        paragraph.alignment = 1
