"""Counts that stand behind their label in running text: "số tin bài là 47, số ấn phẩm là 265"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from parsers.count_numbers import Number
from parsers.counted import Counted
from parsers.labelled_counts import line_count
from parsers.matcher import Match, match_row
from parsers.people_rows import PEOPLE, form_row, people_of
from parsers.row_places import SURE
from schemas.document import Paragraph
from schemas.form import Indicator
from schemas.report import Observation
from schemas.text import fold

_SAID = re.compile(
    r"\b((?:tổng )?số (?:lượng |lượt )*[^\d:;.()]{2,90}?)\s*"
    r"(?:(?:là|đạt|lên|tới|đến|:)\s*)+"
    r"((?:(?:khoảng|hơn|trên|gần)\s+)?(?:\d{1,3}(?:\.\d{3})+|\d{1,6}))"
    r"(?![\d/%]|[.,]\d|\s*%)(?=\s*(?:[,.;()]|$|(?:và|với|cùng|trong đó)\b))",
    re.IGNORECASE,
)
"""The label, and a number with nothing counted behind it."""
_WITH = re.compile(r"[,\s(]*(?:(?:voi|cho|co|thu hut|tong|so|su tham gia cua)\s*)*")
_LABELS = 3
"""Commas that a label may hold: more are a list of other things."""


def said_counts(
    paragraph: Paragraph,
    offset: int,
    text: str,
    counted: Counted,
    context: str,
    above: str | None,
    known: Collection[tuple[str, str]],
) -> Iterator[tuple[Observation, Indicator, int]]:
    """The counts of one sentence that begins at ``offset`` of its paragraph, each with its row and
    where it ends in the sentence.

    ``context`` is what stands before it, folded; ``above`` the row counted last, whose people may be
    told; what ``known`` rows and measures have is not told again.
    """
    for found in _SAID.finditer(text):
        if found[1].count(",") > _LABELS:
            continue
        said = f"{context} {fold(text)}"
        row, match, measure = _row(counted, found[1], said, above)
        if row is None or match is None or (row.code, measure) in known:
            continue
        one = line_count(
            paragraph, offset + found.start(2), found[2], row, measure, match, "label:line"
        )
        if one is not None:
            yield one, row, found.end(2)
            above = row.code


def people_behind(
    folded: str, end: int, numbers: Sequence[Number], counted: Counted
) -> Number | None:
    """Who took part, told right behind a count that ends at ``end``: "là 41, | với 12.600 người"."""
    following = next((n for n in numbers if n.start >= end), None)
    if following is None or not _WITH.fullmatch(folded[end : following.start]):
        return None
    return following if PEOPLE in counted.measures(folded[following.end :]) else None


def _row(
    counted: Counted, label: str, said: str, above: str | None
) -> tuple[Indicator | None, Match | None, str]:
    form = counted.form
    people = people_of(form, label, above)
    match = people or match_row(form, label, None, filled=True)
    row = form_row(form, match.code) if match is not None else None
    if match is None or row is None:
        return None, None, ""
    if people is not None:
        return row, match, PEOPLE
    own = counted.of_label(label)
    sure = match.how in SURE and counted.cued_row(row.code, said)
    if not sure and (own is None or own.code != row.code):
        return None, None, ""
    return row, match, row.measures[0].code
