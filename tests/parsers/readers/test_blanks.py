"""Blanks that nobody sees change nothing: typed twice, not to be broken, or of another width."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
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
