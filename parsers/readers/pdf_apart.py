"""Letters that stand together on paper though PDFium parted them.

PDFium makes up blanks and lines' ends from the order and fonts of a page's letters: between the last two
letters of "ĐỐC", between the digits of a figure, and behind each letter of a page of few, short lines,
which it takes for one written from top to bottom.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any

from pypdfium2 import raw

_BLANK, _LEVEL = 0.08, 0.2
"""Parts of a letter's size: how far apart letters of one word stand at most, and how uneven. Words that
a browser sets stand 0.13 of it apart at least; those of one word that PDFium parted, 0.04."""


def whole_runs(handle: Any, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """The indexes of each run of letters: the ``spans`` between white space, those that
    stand together joined."""
    run: tuple[int, ...] = ()
    for start, end in spans:
        if run and _made_up(handle, run[-1], start) and _beside(handle, run[-1], start):
            run += tuple(range(start, end))
            continue
        if run:
            yield run
        run = tuple(range(start, end))
    if run:
        yield run


def _made_up(handle: Any, before: int, index: int) -> bool:
    """Whether nothing but what PDFium made up stands between two letters."""
    return all(raw.FPDFText_IsGenerated(handle, i) == 1 for i in range(before + 1, index))


def _beside(handle: Any, before: int, index: int) -> bool:
    """Whether a letter stands right behind another on one level line."""
    x, y, foot = (ctypes.c_double() for _ in range(3))
    raw.FPDFText_GetCharOrigin(handle, before, x, foot)
    raw.FPDFText_GetCharOrigin(handle, index, x, y)
    letter = _roomy(handle, index)
    size = max(float(letter.top - letter.bottom), 1.0)
    along = x.value - float(_roomy(handle, before).right)
    return abs(y.value - foot.value) < _LEVEL * size and -size < along < _BLANK * size


def _roomy(handle: Any, index: int) -> Any:
    """A letter's box with the room its font gives it."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(handle, index, box)
    return box
