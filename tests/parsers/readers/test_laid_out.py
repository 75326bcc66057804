"""However a Word file is laid out, framed, typed in one paragraph or headed above the page, it says the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from parsers.read import read
from parsers.readers.page_pictures import draw_any
from parsers.sniff import DOCX
from pipelines.understand import understand
from schemas.report import Report

REAL = Path("samples/real/a_report.docx")


def parts_of(made: Any) -> list[Any]:
    return [part for part in made.element.body if part.tag != qn("w:sectPr")]


def cell_with(parts: list[Any]) -> Any:
    cell = OxmlElement("w:tc")
    for part in parts:
        cell.append(part)
    cell.append(OxmlElement("w:p"))
    return cell


def framed_in(made: Any, cells: list[Any]) -> None:
    table = OxmlElement("w:tbl")
    for cell in cells:
        row = OxmlElement("w:tr")
        row.append(cell)
        table.append(row)
    made.element.body.insert(0, table)


def in_one_cell(made: Any) -> None:
    framed_in(made, [cell_with(parts_of(made))])


def in_a_row_each(made: Any) -> None:
    framed_in(made, [cell_with([part]) for part in parts_of(made)])


def headed_above_the_page(made: Any) -> None:
    letterhead = made.tables[0]._tbl
    section = made.sections[0]
    section.different_first_page_header_footer = True
    head = section.first_page_header
    head.is_linked_to_previous = False
    head._element.insert(0, letterhead)


def typed_in_one_paragraph(made: Any) -> None:
    texts = [paragraph.text for paragraph in made.paragraphs]
    begin = next(at for at, text in enumerate(texts) if len(text) > 150)
    end = next(at for at, text in enumerate(texts) if "trân trọng báo cáo" in text)
    first, *rest = made.paragraphs[begin : end + 1]
    for paragraph in rest:
        first.add_run().add_break()
        first.add_run(paragraph.text)
        paragraph._p.getparent().remove(paragraph._p)


def said(report: Report) -> object:
    narrative = [(one.field, one.text) for one in report.narrative]
    values = [(one.key, one.value, one.needs_review) for one in report.observations]
    references = [one.number for one in report.references]
    rules = sorted(finding.rule.value for finding in report.findings)
    return report.header, narrative, values, references, report.launch, report.theme, rules


@pytest.mark.parametrize(
    "lay_out", [in_one_cell, in_a_row_each, headed_above_the_page, typed_in_one_paragraph]
)
def test_it_says_the_same(tmp_path: Path, lay_out: Callable[[Any], None]) -> None:
    made = docx.Document(str(REAL))
    lay_out(made)
    path = tmp_path / "laid-out.docx"
    made.save(str(path))
    assert said(understand(path, REAL.name, "33")) == said(understand(REAL, REAL.name, "33"))


def test_what_is_framed_has_its_place_on_the_page(tmp_path: Path) -> None:
    made = docx.Document(str(REAL))
    in_one_cell(made)
    path = tmp_path / "framed.docx"
    made.save(str(path))
    report = understand(path, path.name, "33")
    _, places = draw_any(path, DOCX, tmp_path, path.name)
    held = {(p.anchor.table, p.anchor.row, p.anchor.column) for p in places}
    assert {(o.where.table, o.where.row, o.where.column) for o in report.observations} <= held


def test_a_list_of_figures_in_one_column_stays_a_table(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(rows=0, cols=1)
    for text in ("Số tin bài: 12", "Số sách: 340 quyển"):
        table.add_row().cells[0].text = text
    path = tmp_path / "list.docx"
    made.save(str(path))
    assert [t.rows for t in read(path).tables()] == [2]
