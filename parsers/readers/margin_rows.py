"""Rows of words at a page's edges that number it or name its file: no part of what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from parsers.readers.lines import Line, Word, rows_of, segments

_EDGE = 0.09
_PAGE = re.compile(
    r"(?:[-–\s]*(?:trang|page)?|.{0,90}\btrang)\s*\d{1,3}(?:\s*/\s*\d{1,3})?[-–\s]*", re.IGNORECASE
)
_FILE = re.compile(
    r"(?:^|\s)[A-Za-z]:\\|\.(?:docx?|pdf|rtf|odt)\b|https?://|\bfile:", re.IGNORECASE
)


def is_file_mark(text: str) -> bool:
    r"""Whether a line tells where its file lies: "D:\GDTX\BC Tuan le.docx"."""
    return _FILE.search(text) is not None


def margin_rows(words: Sequence[Word], height: float) -> list[Line]:
    """The marks among the ``words`` of a page that stand outside its tables, top to bottom.

    Only the outermost rows within nine hundredths of an edge are looked at.
    """
    rows = rows_of(words)
    head = _marks(rows, lambda row: row[0].box[3] < height * _EDGE)
    foot = _marks(rows[::-1], lambda row: row[0].box[1] > height * (1 - _EDGE))
    return [part for row in (*head, *reversed(foot)) for part in segments(row)]


def _marks(rows: Sequence[list[Word]], at_edge: Callable[[list[Word]], bool]) -> list[list[Word]]:
    """The rows from the edge inwards that are nothing but marks."""
    out: list[list[Word]] = []
    for row in rows:
        told = [part.text for part in segments(row)]
        if not at_edge(row) or not all(_PAGE.fullmatch(t) or is_file_mark(t) for t in told):
            break
        out.append(row)
    return out
