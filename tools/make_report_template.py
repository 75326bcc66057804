"""Makes the template of the report to the Ministry, in the layout of Nghị định 30/2020/NĐ-CP.

The office may edit the DOCX afterwards in Word: text, order, fonts. What stands between ``{{ }}`` and
``{% %}`` is filled in by ``pipelines/province/report_docx.py``; docs/province-report.md lists it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

PATH = Path("pipelines/province/templates/bao-cao.docx")
FONT = "Times New Roman"
CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
WIDTHS = (1.0, 7.9, 2.6, 1.9, 1.8, 1.2)


def main() -> None:
    """Writes the template."""
    made = docx.Document()
    _page(made.sections[0])
    _style(made)
    _running(made.sections[0])
    _head(made)
    _title(made)
    _body(made)
    _tail(made)
    section = made.add_section(WD_SECTION.NEW_PAGE)
    _page(section)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)
    _annex(made)
    PATH.parent.mkdir(parents=True, exist_ok=True)
    made.save(str(PATH))


def _page(section: Any) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.7)
    section.header_distance = Cm(1)
    section.different_first_page_header_footer = True


def _style(made: Any) -> None:
    style = made.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.space_before = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)


def _running(section: Any) -> None:
    """The page number in the middle of the top, not on the first page; the draft mark at the foot."""
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if text:
            code = OxmlElement("w:instrText")
            code.text = text
        else:
            code = OxmlElement("w:fldChar")
            code.set(qn("w:fldCharType"), kind)
        run._r.append(code)
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.alignment = CENTRE
        run = line.add_run("{{ draft_mark }}")
        run.italic, run.font.size = True, Pt(10)
        run.font.color.rgb = RGBColor(0x80, 0x00, 0x00)


def _grid(made: Any, widths: tuple[float, ...], rows: int, *, style: str | None = None) -> Any:
    table = made.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    table.style = style
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return table


def _put(cell: Any, text: str, *, at: int = 0, **style: Any) -> Any:
    while len(cell.paragraphs) <= at:
        cell.add_paragraph()
    return _write(cell.paragraphs[at], text, **style)


def _write(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 14,
    align: Any = CENTRE,
) -> Any:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = align
    return paragraph


def _rule(paragraph: Any, left: float, right: float) -> None:
    """A thin line under the words above: a bordered line of one point, as long as the rules ask."""
    paragraph.paragraph_format.left_indent = Cm(left)
    paragraph.paragraph_format.right_indent = Cm(right)
    run = paragraph.add_run("")
    run.font.size = Pt(2)
    paragraph.paragraph_format.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _head(made: Any) -> None:
    table = _grid(made, (6.9, 9.4), 2)
    left, right = table.rows[0].cells
    _put(left, "UBND TỈNH {{ province_upper }}", size=12)
    _put(left, "SỞ GIÁO DỤC VÀ ĐÀO TẠO", at=1, bold=True, size=12)
    _rule(left.add_paragraph(), 2.2, 2.2)
    _put(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12)
    _put(right, "Độc lập - Tự do - Hạnh phúc", at=1, bold=True, size=13)
    _rule(right.add_paragraph(), 1.9, 1.9)
    left, right = table.rows[1].cells
    _put(left, "Số:          /BC-SGDĐT", size=13)
    _put(
        right,
        "{{ province }}, ngày       tháng       năm {{ signing_year }}",
        italic=True,
        size=13,
    )
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)


def _title(made: Any) -> None:
    first = _write(made.add_paragraph(), "BÁO CÁO", bold=True)
    first.paragraph_format.space_before = Pt(18)
    _write(made.add_paragraph(), "{{ title }}", bold=True)
    _rule(made.add_paragraph(), 6.2, 6.2)
    to = _write(made.add_paragraph(), "Kính gửi: Bộ Giáo dục và Đào tạo.")
    to.paragraph_format.space_before = Pt(14)
    to.paragraph_format.space_after = Pt(10)


def _text(made: Any, text: str, **style: Any) -> Any:
    paragraph = _write(made.add_paragraph(), text, align=JUSTIFY, **style)
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.line_spacing = 1.15
    return paragraph


def _heading(made: Any, text: str) -> None:
    paragraph = _text(made, text, bold=True)
    paragraph.paragraph_format.keep_with_next = True


def _loop(made: Any, loop: str, text: str) -> None:
    """A paragraph for each item; docxtpl removes the two that hold the tags."""
    made.add_paragraph("{%p for " + loop + " %}")
    _text(made, text)
    made.add_paragraph("{%p endfor %}")


def _body(made: Any) -> None:
    _text(
        made,
        "Thực hiện {{ directives }}, Sở Giáo dục và Đào tạo {{ province }} báo cáo {{ title_in_text }} như sau:",
    )
    _heading(made, "I. CÔNG TÁC CHỈ ĐẠO VÀ TỔ CHỨC THỰC HIỆN")
    _heading(made, "1. Công tác chỉ đạo")
    _text(
        made, "[Người soạn thảo viết: việc tham mưu, ban hành văn bản, kiểm tra, đôn đốc của Sở.]"
    )
    _heading(made, "2. Lễ phát động")
    _text(made, "[Người soạn thảo viết: thời gian, hình thức, thành phần Lễ phát động cấp tỉnh.]")
    _heading(made, "3. Tình hình báo cáo của các đơn vị")
    _text(made, "{{ reporting }}")
    made.add_paragraph("{%p if missing %}")
    _text(made, "Các đơn vị chưa có báo cáo: {{ missing }}.")
    made.add_paragraph("{%p endif %}")
    _heading(made, "II. KẾT QUẢ ĐẠT ĐƯỢC")
    _heading(made, "1. Kết quả các hoạt động")
    _text(
        made, "Kết quả tổng hợp từ báo cáo của các đơn vị (số liệu chi tiết tại Phụ lục kèm theo):"
    )
    _loop(made, "line in figures", "- {{ line }}")
    _heading(made, "2. Các tập thể, cá nhân được đơn vị biểu dương")
    _loop(
        made,
        "one in commended",
        "- {{ one.units }}: {{ one.text }} ({{ one.sources }}).",
    )
    _text(made, "[Người soạn thảo chọn và viết: các đơn vị tiêu biểu toàn tỉnh.]")
    _heading(made, "III. KHÓ KHĂN, HẠN CHẾ")
    _loop(made, "one in difficulties", "- {{ one.units }}: {{ one.text }} ({{ one.sources }}).")
    _text(made, "[Người soạn thảo viết: đánh giá chung về khó khăn, hạn chế và nguyên nhân.]")
    _heading(made, "IV. KIẾN NGHỊ, ĐỀ XUẤT")
    _loop(made, "one in recommendations", "- {{ one.units }}: {{ one.text }} ({{ one.sources }}).")
    _text(made, "[Người soạn thảo viết: kiến nghị, đề xuất của Sở với Bộ Giáo dục và Đào tạo.]")
    _text(
        made,
        "Trên đây là báo cáo {{ title_in_text }}. Sở Giáo dục và Đào tạo {{ province }} kính báo cáo Bộ Giáo dục và Đào tạo./.",
    ).paragraph_format.keep_with_next = True


def _tail(made: Any) -> None:
    gap = made.add_paragraph().paragraph_format
    gap.space_after, gap.keep_with_next = Pt(4), True
    row = _grid(made, (8.0, 8.3), 1).rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = row.cells
    start = WD_ALIGN_PARAGRAPH.LEFT
    _put(left, "Nơi nhận:", bold=True, italic=True, size=12, align=start)
    copies = (
        "- Như trên;",
        "- UBND tỉnh (để báo cáo);",
        "- Ban Giám đốc Sở;",
        "- Lưu: VT, {{ drafting_unit }}.",
    )
    for at, line in enumerate(copies, 1):
        _put(left, line, at=at, size=11, align=start)
    _put(right, "KT. GIÁM ĐỐC", bold=True)
    _put(right, "PHÓ GIÁM ĐỐC", at=1, bold=True)
    for at in range(2, 6):
        _put(right, "", at=at)
    _put(right, "[Họ và tên người ký]", at=6, bold=True)


def _annex(made: Any) -> None:
    _write(made.add_paragraph(), "PHỤ LỤC", bold=True)
    _write(made.add_paragraph(), "{{ annex_title }}", bold=True)
    stamp = "(Kèm theo Báo cáo số        /BC-SGDĐT ngày     tháng     năm           của Sở GDĐT {{ province }})"
    _write(made.add_paragraph(), stamp, italic=True, size=13)
    _write(
        made.add_paragraph(), "{{ state_line }}", italic=True, size=12
    ).paragraph_format.space_after = Pt(6)
    table = _grid(made, WIDTHS, 5, style="Table Grid")
    top, under = table.rows[0].cells, table.rows[1].cells
    for column, text in ((0, "TT"), (1, "Các hoạt động"), (2, "Đơn vị"), (5, "Ghi chú")):
        _put(top[column].merge(under[column]), text, bold=True, size=12)
    _put(top[3].merge(top[4]), "Số lượng", bold=True, size=12)
    _put(under[3], "Số lớp/số cuộc thi", bold=True, size=12)
    _put(under[4], "Người", bold=True, size=12)
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _put(table.rows[2].cells[0], "{%tr for row in rows %}", size=12)
    start = WD_ALIGN_PARAGRAPH.LEFT
    cells = (
        "{{ row.ordinal }}",
        "{{r row.label }}",
        "{{ row.unit }}",
        "{{ row.count }}",
        "{{ row.people }}",
        "",
    )
    for column, text in enumerate(cells):
        _put(table.rows[3].cells[column], text, size=12, align=start if column == 1 else CENTRE)
    table.rows[3]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _put(table.rows[4].cells[0], "{%tr endfor %}", size=12)


if __name__ == "__main__":
    main()
