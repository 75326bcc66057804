"""Lines that dirt on a scanner's glass draws over the whole sheet: no rules of a table.

The sheet moves over the glass, so such a line is thin, straight along the picture's own side, and goes
from edge to edge; what was printed on the sheet begins and ends within its margins.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.readers.scan_source import Picture

_BANDS = 200
_DARKER = 5
"""Grey levels that a streak is darker than what lies beside it."""

_NEARLY_ALL, _AT_THE_EDGE, _SHOWN = 0.85, 8, 0.4
"""The share of bands in which it shows; the bands at each end, and the share of these in which it must:
a copier's black margin may lie over some."""

_WIDEST = 5


def without_streaks(picture: Picture) -> Picture:
    """The grey or coloured picture with each streak, down or across, painted over with what lies
    beside it."""
    gray = picture if picture.ndim == 2 else np.ascontiguousarray(picture[:, :, 1])
    rows, columns = gray.shape
    if min(rows, columns) < max(_BANDS, 8 * _WIDEST):
        return picture
    down = _streaks(cv2.resize(gray, (columns, _BANDS), interpolation=cv2.INTER_AREA))
    across = _streaks(cv2.resize(gray, (_BANDS, rows), interpolation=cv2.INTER_AREA).T)
    if not down and not across:
        return picture
    out = picture.copy()
    _paint(out, down)
    _paint(out.swapaxes(0, 1), across)
    return out


def _streaks(bands: Picture) -> list[tuple[int, int]]:
    """The first and the last column of each streak; ``bands`` are the picture's, drawn together."""
    level = bands.astype(np.int16)
    beside = np.minimum(np.roll(level, _WIDEST, axis=1), np.roll(level, -_WIDEST, axis=1))
    darker = beside - level >= _DARKER
    ends = np.minimum(darker[:_AT_THE_EDGE].mean(axis=0), darker[-_AT_THE_EDGE:].mean(axis=0))
    found = (darker.mean(axis=0) >= _NEARLY_ALL) & (ends >= _SHOWN)
    found[:_WIDEST] = found[-_WIDEST:] = False
    return _runs(np.flatnonzero(found))


def _paint(picture: Picture, streaks: list[tuple[int, int]]) -> None:
    """Each becomes the mean of what lies on both sides of it: letters that it crosses stay."""
    for first, last in streaks:
        left, right = max(first - 2, 0), min(last + 2, picture.shape[1] - 1)
        mean = (picture[:, left].astype(np.uint16) + picture[:, right]) // 2
        picture[:, left + 1 : right] = mean.astype(np.uint8)[:, None]


def _runs(columns: NDArray[np.intp]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in map(int, columns):
        if runs and column - runs[-1][1] <= 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return [run for run in runs if run[1] - run[0] < _WIDEST]
