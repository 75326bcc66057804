"""A table of figures on a scanned page that no reader took for one: said, as prose tells few of its figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from parsers.letter import is_image
from schemas.document import Anchor, Box, Document, Paragraph, union
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Observation

_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{1,6}")
_WIDE, _ROWS = 2.5, 3
"""Of a line's height: the white that parts columns; rows that make a table."""
_MOST = 20

_Word = tuple[str, Box]


def unread_tables(
    document: Document, claimed: Collection[int], taken: Collection[Observation]
) -> tuple[Finding, ...]:
    """One finding for each page of pictures on which figures stand in columns and were not ``taken``.

    ``claimed`` are the indices of the tables that were read as annex; where there is one,
    ``lost_rows`` and ``loose_figures`` tell what is beside it.
    """
    if claimed:
        return ()
    out = []
    for page in document.pages:
        if not is_image(document, Anchor(page=page.number)):
            continue
        rows = [found for line in _lines(document, page.number) if (found := _in_columns(line))]
        left = [word for row in rows for word in row if not _is_taken(word, page.number, taken)]
        if len(rows) >= _ROWS and left:
            out.append(_finding(page.number, left))
    return tuple(out)


def _lines(document: Document, page: int) -> list[list[_Word]]:
    """What stands at one height of the page, left to right, whichever paragraph it was put into."""
    words = [
        (block.text[span.start : span.end], span.box)
        for block in document.blocks
        if isinstance(block, Paragraph)
        for span in block.spans
        if span.page == page
    ]
    lines: dict[int, list[_Word]] = defaultdict(list)
    level, number = float("-inf"), -1
    for word in sorted(words, key=lambda w: w[1][1] + w[1][3]):
        middle, height = (word[1][1] + word[1][3]) / 2, word[1][3] - word[1][1]
        if middle - level > 0.5 * height:
            number += 1
            level = middle
        lines[number].append(word)
    return [sorted(line, key=lambda w: w[1][0]) for line in lines.values()]


def _in_columns(line: list[_Word]) -> list[_Word]:
    """The bare figures of a line that stand apart from what is left of them."""
    out = []
    for at, (text, box) in enumerate(line):
        apart = at > 0 and box[0] - line[at - 1][1][2] > _WIDE * (box[3] - box[1])
        if apart and _FIGURE.fullmatch(text):
            out.append((text, box))
    return out


def _is_taken(word: _Word, page: int, taken: Collection[Observation]) -> bool:
    x, y = (word[1][0] + word[1][2]) / 2, (word[1][1] + word[1][3]) / 2
    return any(
        one.where.page == page
        and one.where.box is not None
        and one.where.box[0] <= x <= one.where.box[2]
        and one.where.box[1] <= y <= one.where.box[3]
        for one in taken
    )


def _finding(page: int, figures: list[_Word]) -> Finding:
    shown = ", ".join(text for text, _ in figures[:_MOST])
    return Finding(
        RuleCode.UNCLAIMED_TABLE,
        Severity.ERROR,
        f"Trang {page} có số xếp thành cột như trong bảng nhưng không đọc được thành bảng; "
        f"số chưa được lấy: {shown}.",
        (Anchor(page=page, box=union([box for _, box in figures])),),
        value=shown,
    )
