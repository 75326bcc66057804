"""One report as DOCX in one hand."""

from __future__ import annotations

import datetime as dt
import random
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tools.week.hands import GENERAL, HEADINGS, HEADS, LABELS, ORDINALS, UNITS, Hand, numeral
from tools.week.values import Values

CENTER = WD_ALIGN_PARAGRAPH.CENTER


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: the letterhead's two lines, number, place, signer, and whom it praises."""

    code: str
    parent: str
    agency: str
    short: str
    number: str
    place: str
    day: dt.date
    authority: str | None
    position: str
    signer: str
    praised: str
    annex_day: dt.date | None = None
    annex_number: str | None = None


def write(
    office: Office, hand: Hand, values: Values, path: Path, seed: int, narrative_only: bool = False
) -> None:
    """Writes the report, byte for byte the same each time."""
    rng = random.Random(seed)
    made: Any = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Cm(3),
        Cm(2),
        Cm(2),
        Cm(2),
    )
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    _header(made, office, hand)
    _body(made, office, hand, values if narrative_only else {})
    _signature(made, office)
    if not narrative_only:
        made.add_page_break() if not hand.late_annex else None
        _annex(made, office, hand, values, rng)
    made.save(str(path))
    freeze(path)


def _p(
    made: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,
    indent: bool = False,
) -> Any:
    paragraph = made.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(3)
    if indent:
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def _header(made: Any, office: Office, hand: Hand) -> None:
    date = (
        f"{office.place}, ngày {office.day.day:02d} tháng {office.day.month} năm {office.day.year}"
    )
    left = [office.parent, office.agency, f"Số: {office.number}"]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", date]
    if hand.header == "table":
        table = made.add_table(rows=1, cols=2)
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            cell.paragraphs[0].text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
            for paragraph in cell.paragraphs:
                paragraph.alignment = CENTER
                paragraph.runs[0].font.size = Pt(12)
    else:
        for a, b in zip(left, right, strict=True):
            gap = "\t" if hand.header == "tabs" else " " * max(6, 44 - len(a))
            paragraph = _p(made, f"{a}{gap}{b}")
            paragraph.runs[0].font.size = Pt(11)
            if hand.header == "tabs":
                paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(8.2))
    _p(made, "BÁO CÁO", bold=True, align=CENTER)
    _p(
        made,
        f"Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021 {_scope(office)}",
        bold=True,
        align=CENTER,
    )
    _p(made, "Kính gửi: Sở Giáo dục và Đào tạo Hưng Yên", align=CENTER)


def _scope(office: Office) -> str:
    return f"trên địa bàn {office.short}" if office.code.isdigit() else f"của {office.short}"


def _body(made: Any, office: Office, hand: Hand, told: Values) -> None:
    _p(
        made,
        "Thực hiện Công văn số 3764/BGDĐT-GDTrH ngày 31/8/2021 của Bộ GDĐT về việc tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021; "
        "Kế hoạch số 143/KH-UBND ngày 21/9/2021 của UBND tỉnh Hưng Yên;",
        indent=True,
    )
    titles = HEADINGS[hand.wording]
    texts = [
        GENERAL[0],
        "Lễ khai mạc Tuần lễ được tổ chức từ 8h00 ngày 01/10/2021 bằng hình thức trực tuyến qua phần mềm Zoom.",
        GENERAL[1],
        GENERAL[2],
        f"{GENERAL[3]} Một số đơn vị tiêu biểu như: {office.praised}.",
        GENERAL[4],
        GENERAL[5],
    ]
    if told:
        texts[2] = told_text(told)
    for at, (title, text) in enumerate(zip(titles, texts, strict=True), 1):
        if hand.numbering == "auto":
            paragraph = _p(made, title, bold=True)
            _numbered(paragraph)
        else:
            _p(made, f"{at}. {title}", bold=True)
        _p(made, text, indent=True)
    _p(made, "Trên đây là báo cáo kết quả tổ chức Tuần lễ, trân trọng báo cáo./.", indent=True)


def told_text(values: Values) -> str:
    """Counts as sentences, for the unit that sends no table."""
    v = values
    return (
        f"Đơn vị tổ chức {v['training.managers_and_teachers', 'count']:02d} lớp bồi dưỡng với {v['training.managers_and_teachers', 'people']} cán bộ quản lý, giáo viên tham gia; "
        f"đăng {v['news', 'count']:02d} tin bài về các hoạt động của Tuần lễ; "
        f"huy động được {v['book_drive.books', 'count']} cuốn sách tặng thư viện; khen thưởng {v['awards.individuals', 'people']:02d} cá nhân."
    )


def _numbered(paragraph: Any) -> None:
    properties = paragraph._p.get_or_add_pPr()
    numbering = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", "0"), ("w:numId", "5")):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        numbering.append(child)
    properties.append(numbering)


def _signature(made: Any, office: Office) -> None:
    table = made.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    left.paragraphs[0].add_run("Nơi nhận:").bold = True
    for line in ("- Như trên;", "- Lưu: VT."):
        left.add_paragraph(line)
    lines = [x for x in (office.authority, office.position, "", office.signer) if x is not None]
    right.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        right.add_paragraph(line)
    for paragraph in right.paragraphs:
        paragraph.alignment = CENTER


def _annex(made: Any, office: Office, hand: Hand, values: Values, rng: random.Random) -> None:
    day = office.annex_day or office.day
    _p(
        made,
        "BẢNG TỔNG HỢP KẾT QUẢ TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2021",
        bold=True,
        align=CENTER,
    )
    _p(
        made,
        f"(Kèm theo Báo cáo số {office.annex_number or office.number} ngày {day:%d/%m/%Y} của {office.short})",
        italic=True,
        align=CENTER,
    )
    rows = _rows(hand, values, rng)
    head = HEADS[hand.wording]
    table = made.add_table(rows=2 if hand.table != "flat" else 1, cols=6)
    if hand.table != "borderless":
        table.style = "Table Grid"
    _head(table, head, hand)
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.paragraphs[0].add_run(text).font.size = Pt(12)
    for row in table.rows:
        for cell, width in zip(row.cells, (1.1, 7.2, 2.6, 2.0, 2.0, 1.6), strict=True):
            cell.width = Cm(width)


def _head(table: Any, head: tuple[str, ...], hand: Hand) -> None:
    if hand.table == "flat":
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        return
    top, under = table.rows[0].cells, table.rows[1].cells
    for column in (0, 1, 2, 5):
        merged = top[column].merge(under[column])
        merged.paragraphs[0].add_run(head[column]).bold = True
    top[3].merge(top[4]).paragraphs[0].add_run("Số lượng").bold = True
    under[3].paragraphs[0].add_run(head[3] if head[3] != "Số lượng" else "Số lớp/cuộc").bold = True
    under[4].paragraphs[0].add_run(head[4]).bold = True


def _rows(hand: Hand, values: Values, rng: random.Random) -> list[list[str]]:
    groups: list[list[list[str]]] = []
    for code, labels in LABELS.items():
        parent = code.split(".")[0]
        count, people = values.get((code, "count")), values.get((code, "people"))
        blank = count is None and people is None
        if hand.drop_blank and blank and code in {"seminars", "contests.other"}:
            continue
        shown = [numeral(v, hand.numerals, rng) if v is not None else "" for v in (count, people)]
        if code == "awards.collectives" and rng.random() < 0.5:
            shown.reverse()
        row = [
            ORDINALS.get(code, ""),
            labels[hand.wording],
            UNITS.get(code, "Lớp/người" if parent == "training" else "Số cuộc/ số người"),
            *shown,
            "",
        ]
        if code in {"book_drive", "opening", "awards"}:
            row[2] = ""
        if "." in code and groups:
            groups[-1].append(row)
        else:
            groups.append([row])
    if hand.reorder:
        rng.shuffle(groups)
    rows = [row for group in groups for row in group]
    if hand.total:
        people = sum(v for (_, m), v in values.items() if m == "people")
        rows.append(["", "Tổng cộng", "", "", numeral(people, hand.numerals, rng), ""])
    return rows


def freeze(path: Path) -> None:
    """Rewrites the package with one fixed date, so that the same seed gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(m.filename, archive.read(m)) for m in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(parts):
            archive.writestr(
                zipfile.ZipInfo(name, (2021, 10, 15, 8, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
