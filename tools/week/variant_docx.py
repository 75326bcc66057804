"""Sets a drawn report in Word."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tools.week.variant import GROUPS, Variant, wordings
from tools.week.write import freeze

CENTER = WD_ALIGN_PARAGRAPH.CENTER
FIELDS = ("direction", "launch", "activities", "budget", "results", "difficulties")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def write(drawn: Variant, path: Path, rng: random.Random) -> None:
    """Writes the report, byte for byte the same each time."""
    made: Any = docx.Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = drawn.shape["font"], Pt(drawn.shape["size"])
    style.element.rPr.rFonts.set(qn("w:eastAsia"), drawn.shape["font"])
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    _letterhead(made, drawn)
    _body(made, drawn, rng)
    _signature(made, drawn)
    if drawn.shape["landscape"]:
        annex = made.add_section()
        annex.orientation = WD_ORIENT.LANDSCAPE
        annex.page_width, annex.page_height = Cm(29.7), Cm(21)
    elif drawn.shape["annex_page"]:
        made.add_page_break()
    _annex(made, drawn, rng)
    made.add_paragraph()  # a table that ends the body is lost when LibreOffice writes DOC
    made.save(str(path))
    freeze(path)


def _say(made: Any, text: str, align: Any = None, **habits: bool) -> Any:
    paragraph = made.add_paragraph()
    run = paragraph.add_run(text)
    for name, value in habits.items():
        setattr(run, name, value)
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(4)
    return paragraph


def _letterhead(made: Any, drawn: Variant) -> None:
    day = drawn.day
    left = [drawn.parent, drawn.agency, f"Số: {drawn.number}"]
    right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"{drawn.place}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
    ]
    if drawn.shape["header"] == "table":
        table = made.add_table(rows=1, cols=2)
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            for at, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                paragraph.add_run(line).font.size = Pt(11)
                paragraph.alignment = CENTER
    else:
        for a, b in zip(left, right, strict=True):
            tabs = drawn.shape["header"] == "tabs"
            gap = "\t" if tabs else " " * max(5, 46 - len(a))
            paragraph = _say(made, f"{a}{gap}{b}")
            paragraph.runs[0].font.size = Pt(10)
            if tabs:
                paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(8.5))
    _say(made, "BÁO CÁO", CENTER, bold=True)
    _say(
        made,
        f"Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021 trên địa bàn {drawn.short}",
        CENTER,
        bold=True,
    )


def _body(made: Any, drawn: Variant, rng: random.Random) -> None:
    words = wordings()
    _say(
        made,
        "Thực hiện Công văn số 3764/BGDĐT-GDTrH ngày 31/8/2021 của Bộ Giáo dục và Đào tạo và"
        " Kế hoạch số 143/KH-UBND ngày 21 tháng 9 năm 2021 của UBND tỉnh Hưng Yên, đơn vị báo cáo"
        " kết quả như sau:",
    )
    launch = (
        "Lễ khai mạc được tổ chức vào 8 giờ 00 ngày 01/10/2021 theo hình thức trực tuyến,"
        " có sự tham dự của lãnh đạo địa phương và các nhà trường."
    )
    for at, name in enumerate((*FIELDS, "recommendations")):
        text = launch if name == "launch" else rng.choice(words["texts"][name])
        _say(made, f"{_ordinal(drawn, at)} {rng.choice(words[name])}", bold=True)
        _say(made, text)
    _say(made, "Trên đây là báo cáo kết quả tổ chức Tuần lễ của đơn vị./.")


def _ordinal(drawn: Variant, at: int) -> str:
    habit = drawn.shape["numbering"]
    if habit in {"I.", "roman_sections"}:
        return f"{ROMAN[at]}."
    return f"{at + 1}{habit[1:]}"


def _signature(made: Any, drawn: Variant) -> None:
    left, right = made.add_table(rows=1, cols=2).rows[0].cells
    left.paragraphs[0].add_run("Nơi nhận:").bold = True
    for line in ("- Sở GDĐT (để báo cáo);", f"- Lưu: VT{', GDTX' if drawn.day.day % 2 else ''}."):
        left.add_paragraph(line)
    lines = [drawn.authority, drawn.position, "", "", drawn.signer]
    for at, line in enumerate(x for x in lines if x is not None):
        paragraph = right.paragraphs[0] if at == 0 else right.add_paragraph()
        paragraph.add_run(line).bold = True
        paragraph.alignment = CENTER


def _annex(made: Any, drawn: Variant, rng: random.Random) -> None:
    _say(
        made,
        f"BẢNG TỔNG HỢP KẾT QUẢ TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2021 {drawn.short.upper()}",
        CENTER,
        bold=True,
    )
    _say(
        made,
        f"(Kèm theo Báo cáo số {drawn.number} ngày {drawn.annex_day:%d/%m/%Y})",
        CENTER,
        italic=True,
    )
    columns = _columns(drawn)
    words = wordings()["heads"]
    heads = {c: rng.choice(words[c]) for c in columns}
    rows = _rows(drawn, rng)
    table = made.add_table(rows=0, cols=len(columns))
    if drawn.shape["borders"]:
        table.style = "Table Grid"
    _head(table, columns, heads, drawn)
    for row in rows:
        cells = table.add_row().cells
        if row.get("group") and drawn.shape["spanned_groups"] and drawn.shape["borders"]:
            cells[1].merge(cells[-1])
            cells[0].paragraphs[0].add_run(row["ordinal"])
            cells[1].paragraphs[0].add_run(row["label"]).bold = True
            continue
        for cell, column in zip(cells, columns, strict=True):
            cell.paragraphs[0].add_run(row.get(column, "")).font.size = Pt(11)
    widths = {"ordinal": 1.2, "label": 7.0, "unit": 2.6, "count": 2.1, "people": 2.1, "note": 1.5}
    for line in table.rows:
        for cell, column in zip(line.cells, columns, strict=True):
            cell.width = Cm(widths[column])


def _columns(drawn: Variant) -> list[str]:
    numbers = ["people", "count"] if drawn.shape["people_first"] else ["count", "people"]
    unit = ["unit"] if drawn.shape["unit_column"] else []
    return ["ordinal", "label", *unit, *numbers, *(["note"] if drawn.shape["note_column"] else [])]


def _head(table: Any, columns: list[str], heads: dict[str, str], drawn: Variant) -> None:
    top = table.add_row()
    tops = top.cells
    rows = [top]
    if drawn.shape["two_level"]:
        under = table.add_row()
        rows.append(under)
        first = min(columns.index("count"), columns.index("people"))
        for at, column in enumerate(columns):
            if at in {first, first + 1}:
                under.cells[at].paragraphs[0].add_run(heads[column]).bold = True
            else:
                tops[at].merge(under.cells[at]).paragraphs[0].add_run(heads[column]).bold = True
        tops[first].merge(tops[first + 1]).paragraphs[0].add_run("Số lượng").bold = True
    else:
        for cell, column in zip(tops, columns, strict=True):
            cell.paragraphs[0].add_run(heads[column]).bold = True
    if drawn.shape["column_numbers"]:
        for at, cell in enumerate(table.add_row().cells, 1):
            cell.paragraphs[0].add_run(f"({at})")
    if drawn.shape["repeat_head"]:
        for row in rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _rows(drawn: Variant, rng: random.Random) -> list[dict[str, str]]:
    groups: list[list[dict[str, str]]] = []
    for code, label in drawn.labels.items():
        inner = "." in code
        shown = {m: drawn.values.get((code, m)) for m in ("count", "people")}
        empty = all(v is None for v in shown.values())
        if drawn.shape["drop_blank"] and empty and inner:
            continue
        row = {"label": f"{drawn.shape['bullets']}{label}" if inner else label}
        row["ordinal"] = "" if inner else str(len(groups) + 1)
        if inner and drawn.shape["sub_ordinals"]:
            row["ordinal"] = f"{len(groups)}.{len(groups[-1])}"
        row["unit"] = _unit(code, rng)
        if code in GROUPS:
            row["group"] = "yes"
        else:
            row |= {m: _numeral(v, drawn, m) for m, v in shown.items()}
        if inner:
            groups[-1].append(row)
        else:
            groups.append([row])
    if drawn.shape["shuffle"]:
        rng.shuffle(groups)
    rows = [row for group in groups for row in group]
    if drawn.shape["total"]:
        total = sum(v for (_, m), v in drawn.values.items() if m == "people")
        rows.append({"label": "Tổng cộng", "people": _numeral(total, drawn, "people")})
    return rows


def _unit(code: str, rng: random.Random) -> str:
    units = wordings()["units"]
    if code in GROUPS:
        return ""
    return str(rng.choice(units.get(code) or units["contests" if code[0] == "c" else "sub"]))


def _numeral(value: int | None, drawn: Variant, measure: str) -> str:
    if value is None:
        return str(drawn.shape["blank"])
    text = f"{value:02d}" if drawn.shape["padded"] and value else str(value)
    if value >= 1000 and drawn.shape["numerals"] != "plain":
        text = f"{value:,}".replace(",", {"dot": ".", "space": " "}[drawn.shape["numerals"]])
    return f"{text} người" if drawn.shape["unit_words"] and measure == "people" else text
