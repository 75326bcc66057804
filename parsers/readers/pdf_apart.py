"""Words of a page whose letters PDFium set apart, told by the places of the letters alone."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from typing import Any

from pypdfium2 import raw

_FEW = 8
"""Words: fewer say nothing about a page."""
_BLANK, _LEVEL = 0.12, 0.2
"""Parts of a letter's size: how far apart letters of one word stand at most, and how uneven."""


def taken_apart(handle: Any, content: str) -> bool:
    """Whether nearly every letter of a page's level text stands alone.

    PDFium takes a page of few, short lines for one that is written from top to bottom, and makes up a
    line's end behind each letter.
    """
    parts = content.split()
    alone = len(parts) >= _FEW and sum(len(part) == 1 for part in parts) > 0.6 * len(parts)
    return alone and abs(math.sin(raw.FPDFText_GetCharAngle(handle, 0))) < _LEVEL


def joined(handle: Any, count: int) -> Iterator[list[int]]:
    """The indexes of each word's letters, in the order of the file; blanks that PDFium made up part
    nothing."""
    word: list[int] = []
    for index in range(count):
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        if chr(raw.FPDFText_GetUnicode(handle, index)).isspace():
            yield from [word] if word else []
            word = []
            continue
        if word and not _beside(handle, word[-1], index):
            yield word
            word = []
        word.append(index)
    yield from [word] if word else []


def with_whole_figures(
    handle: Any, content: str, spans: Iterable[tuple[int, int]]
) -> Iterator[list[int]]:
    """The indexes of each run of letters in ``spans``; digits that stand together on paper are one
    figure, whatever line's end PDFium made up between them."""
    run: list[int] = []
    for start, end in spans:
        figures = bool(run) and content[run[-1]].isdigit() and content[start].isdigit()
        if figures and _made_up(handle, run[-1], start) and _beside(handle, run[-1], start):
            run += range(start, end)
            continue
        yield from [run] if run else []
        run = list(range(start, end))
    yield from [run] if run else []


def _made_up(handle: Any, before: int, index: int) -> bool:
    """Whether nothing but what PDFium made up stands between two letters."""
    return all(raw.FPDFText_IsGenerated(handle, i) == 1 for i in range(before + 1, index))


def _beside(handle: Any, before: int, index: int) -> bool:
    """Whether a letter stands right behind another on its line, as the text itself runs."""
    size = _height(handle, index)
    along, across = _way(handle, before, index)
    return abs(across) < _LEVEL * size and -size < along < _BLANK * size


def _way(handle: Any, before: int, index: int) -> tuple[float, float]:
    """From the end of one letter to the start of the next, and between their feet, in points."""
    x, y, nx, ny = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharOrigin(handle, before, x, y)
    raw.FPDFText_GetCharOrigin(handle, index, nx, ny)
    end = _loose(handle, before)
    return nx.value - end.right, ny.value - y.value


def _loose(handle: Any, index: int) -> Any:
    """A letter's box with the room its font gives it."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(handle, index, box)
    return box


def _height(handle: Any, index: int) -> float:
    box = _loose(handle, index)
    return max(float(box.top - box.bottom), 1.0)
