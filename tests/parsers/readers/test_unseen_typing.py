"""What nobody sees on paper changes nothing: blanks typed twice or of another kind, letters set as capitals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from parsers.read import read
from pipelines.understand import understand_document
from schemas.report import Report
from schemas.text import typed

SAMPLE = Path("samples/real/a_report.docx")
KINDS: dict[str, Callable[[str], str]] = {
    "twice": lambda text: text.replace(" ", "  "),
    "not to be broken": lambda text: text.replace(" ", "\u00a0"),
    "one of each": lambda text: text.replace(" ", "\u00a0 "),
    "of a digit's width": lambda text: text.replace(" ", "\u2007"),
    "of no width beside": lambda text: text.replace(" ", " \u200b"),
}


def _said(report: Report) -> tuple[object, ...]:
    values = [(o.indicator, o.measure, o.value, o.needs_review) for o in report.observations]
    told = [(f.rule, f.message) for f in report.findings]
    written = [(n.field, n.text) for n in report.narrative]
    numbers = [(r.number, r.issued_on) for r in report.references]
    return report.header, report.launch, report.theme, values, told, written, numbers


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_typed_with_other_blanks_says_the_same(tmp_path: Path, kind: str) -> None:
    letter = docx.Document(str(SAMPLE))
    for node in letter.element.body.iter(qn("w:t")):
        node.text = KINDS[kind](node.text or "")
        node.set(qn("xml:space"), "preserve")
    letter.save(str(tmp_path / "typed.docx"))
    report = understand_document(read(tmp_path / "typed.docx"), "33")
    assert _said(report) == _said(understand_document(read(SAMPLE), "33"))


def test_a_tab_behind_a_number_is_a_blank_in_the_narrative(tmp_path: Path) -> None:
    letter = docx.Document(str(SAMPLE))
    before = [n.text for n in understand_document(read(SAMPLE), "33").narrative]
    changed = 0
    for paragraph in letter.paragraphs:
        for node in paragraph._p.iter(qn("w:t")):
            first, blank, rest = (node.text or "").partition(" ")
            if first == "-" and blank:
                changed += 1
                node.text = f"-\t{rest}"
                node.set(qn("xml:space"), "preserve")
    letter.save(str(tmp_path / "tabs.docx"))
    assert changed > 5
    report = understand_document(read(tmp_path / "tabs.docx"), "33")
    assert [n.text for n in report.narrative] == before


@pytest.mark.parametrize("tag", ["w:caps", "w:smallCaps"])
def test_letters_set_as_capitals_are_capitals(tmp_path: Path, tag: str) -> None:
    letter = docx.Document(str(SAMPLE))
    changed = 0
    for run in letter.element.body.iter(qn("w:r")):
        texts = list(run.iter(qn("w:t")))
        said = "".join(node.text or "" for node in texts)
        if said.isupper() and not any(sign.isdigit() for sign in said):
            changed += 1
            for node in texts:
                node.text = (node.text or "").lower()
            run.get_or_add_rPr().append(OxmlElement(tag))
    letter.save(str(tmp_path / "set.docx"))
    assert changed > 5
    report = understand_document(read(tmp_path / "set.docx"), "33")
    assert _said(report) == _said(understand_document(read(SAMPLE), "33"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("UBND HUYỆN   CỘNG HÒA", "UBND HUYỆN   CỘNG HÒA"),
        ("12  500", "12  500"),
        ("1\u00a0250 người", "1\u00a0250 người"),
        ("12  lớp", "12 lớp"),
        ("lớp  12", "lớp 12"),
    ],
)
def test_blanks_that_part_columns_or_numbers_stay(text: str, kept: str) -> None:
    assert typed(text) == kept
