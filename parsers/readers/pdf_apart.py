"""Letters that stand together on paper though PDFium parted them.

PDFium makes up lines' ends from the order and fonts of a page's letters: between the last two
letters of "ĐỐC", between the digits of a figure, and behind each letter of a page of few, short lines,
which it takes for one written from top to bottom.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pypdfium2 import raw

_BLANK, _LEVEL = 0.08, 0.2
"""Parts of a letter's size: how far apart letters of one word stand at most, and how uneven. Words that
a browser sets stand 0.13 of it apart at least; those of one word that PDFium parted, 0.04."""


def whole_runs(
    handle: Any, content: str, spans: Iterable[tuple[int, int]]
) -> Iterator[Sequence[int]]:
    """The indexes of each run of letters: the ``spans`` of ``content`` between white space, those that
    stand together joined."""
    run: Sequence[int] = ()
    for start, end in spans:
        # It is a line's end that PDFium makes up too many: a blank it makes of a gap.
        if run and content[start - 1] == "\n" and _together(handle, run[-1], start):
            run = (*run, *range(start, end))
            continue
        if run:
            yield run
        run = range(start, end)
    if run:
        yield run


def _together(handle: Any, before: int, index: int) -> bool:
    """Whether nothing but what PDFium made up parts two letters that stand together."""
    between = range(before + 1, index)
    made_up = all(raw.FPDFText_IsGenerated(handle, i) == 1 for i in between)
    return made_up and _beside(handle, before, index)


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
