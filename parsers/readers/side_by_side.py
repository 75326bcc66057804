"""Letterheads and signatures: rows of a page whose parts stand beside each other around one gutter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from parsers.readers.lines import Line, paragraph
from schemas.document import Alignment, Paragraph

_YEAR = re.compile(r"(?:năm )?20\d\d")
_HEAD_ROWS = 12
"""Printed lines at the top of a letter among which its head may stand."""


def column_runs(
    rows: list[list[Line]], centre: float, *, letterhead: bool
) -> list[tuple[int, int, float]]:
    """``(first, last + 1, gutter x)`` of rows that stand side by side around one gutter.

    ``letterhead`` says that one may stand here: its first line may have a left side alone.
    """
    out: list[tuple[int, int, float]] = []
    position = 0
    while position < len(rows):
        if len(rows[position]) != 2 or not _column_gap(rows[position]):
            position += 1
            continue
        gutter = _gutter(rows, position, letterhead=letterhead)
        start, end = position, position + 1
        # Only the very top of a page can begin with one side alone.
        above = rows[:position]
        if position <= 2 and all(
            _beside(row, gutter) and (letterhead or row[0].box[0] >= gutter - 6) for row in above
        ):
            start = 0
        while end < len(rows):
            if letterhead and end < _HEAD_ROWS:
                rows[end] = _parted(rows[end], gutter)
            year = letterhead and len(rows[end]) == 1 and _YEAR.fullmatch(rows[end][0].text)
            alone = _alone_in_the_middle(rows[end], centre) and not year
            if not _beside(rows[end], gutter) or alone:
                break
            end += 1
        out.append((start, end, gutter))
        position = end
    return out


def _gutter(rows: list[list[Line]], position: int, *, letterhead: bool) -> float:
    """The middle of the white that the row and the next ones in two parts have in common."""
    low, high = rows[position][0].box[2], rows[position][1].box[0]
    for row in rows[position + 1 : position + 6] if letterhead else ():
        if len(row) == 2 and max(low, row[0].box[2]) < min(high, row[1].box[0]):
            low, high = max(low, row[0].box[2]), min(high, row[1].box[0])
    return (low + high) / 2


def _parted(row: list[Line], gutter: float) -> list[Line]:
    """A row that narrow columns have pushed together, cut at its one wide gap near the gutter."""
    if len(row) != 1 or _beside(row, gutter):
        return row
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(row[0].words)]
    widest = max(gaps, default=0.0)
    at = gaps.index(widest) + 1 if gaps else 0
    words = row[0].words
    usual = median(gaps) if gaps else 0.0
    middle = (words[at - 1].box[2] + words[at].box[0]) / 2 if at else 0.0
    if widest < max(1.6 * usual, 0.4 * row[0].size) or abs(middle - gutter) > 60:
        return row
    return [Line(words[:at]), Line(words[at:])]


def _alone_in_the_middle(row: list[Line], centre: float) -> bool:
    middle = (row[0].box[0] + row[-1].box[2]) / 2
    return len(row) == 1 and abs(middle - centre) < 15


def _column_gap(row: list[Line]) -> bool:
    return row[1].box[0] - row[0].box[2] > 18 or row[1].box[0] > 200


def _beside(row: list[Line], gutter: float) -> bool:
    return all(line.box[2] <= gutter + 6 or line.box[0] >= gutter - 6 for line in row)


def sides(rows: Sequence[list[Line]], gutter: float, page: int) -> list[Paragraph]:
    """One paragraph a side, left first, lines kept by newlines."""
    left = [line for row in rows for line in row if line.box[0] < gutter]
    right = [line for row in rows for line in row if line.box[0] >= gutter]
    return [paragraph(side, page, "\n", Alignment.CENTER) for side in (left, right) if side]
