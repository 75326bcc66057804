"""A line of text that is a row of the form in all but ruling: "Số tin bài đã đăng: 26."."""

from __future__ import annotations

import re

from parsers.cells import PEOPLE
from parsers.confidence import REVIEW_BELOW, confidence_of
from parsers.matcher import match_row
from parsers.rows import split_label
from schemas.document import Paragraph
from schemas.form import Form
from schemas.numbers import parse_count
from schemas.report import Observation, Origin
from schemas.text import words


def labelled(paragraph: Paragraph, offset: int, text: str, form: Form) -> Observation | None:
    """The count of a line that ends with it, if its label is a row's; a value to be looked at."""
    bare = re.sub(r"^[\s+*•–-]+", "", text).rstrip(" .,;")
    label, value = split_label(bare)
    reading = parse_count(value)
    match = match_row(form, label, None, filled=True) if reading.value is not None else None
    row = next((i for i in form.indicators if match is not None and i.code == match.code), None)
    if match is None or row is None or reading.value is None:
        return None
    people = bool(PEOPLE.match(words(reading.unit)))
    measure = next((m for m in row.measures if (m.code == "people") == people), row.measures[0])
    evidence = ("origin:narrative", f"row:{match.how}", f"number:{reading.style}", "label:embedded")
    start = offset + text.rindex(value)
    confidence = confidence_of(evidence)
    return Observation(
        row.code, measure.code, reading.value, measure.unit, value, Origin.NARRATIVE, confidence,
        confidence < REVIEW_BELOW, paragraph.locate(start, start + len(value)), evidence, row.label,
    )  # fmt: skip
