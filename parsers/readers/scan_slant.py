"""Columns that lean though the lines lie level, as a photograph leaves them, set upright."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.readers.ocr import Gray
from parsers.readers.scan_clean import CleanPage, warped

_MOST, _LEAST = 3.0, 0.4
_STARTS, _CLEARLY = 20, 1.25
_WORK_DPI = 100.0
_JOIN, _LINE = 11, (5, 30)
"""Pixels at ``_WORK_DPI``: the gap between words, and the heights of a line."""

Points = NDArray[Any]


def upright_columns(page: CleanPage) -> CleanPage:
    """The page (lines level) sheared so that what begins under one another does so again."""
    angle = slant(page.gray, page.dpi)
    if angle == 0.0:
        return page
    lean = float(np.tan(np.radians(angle)))
    shear = np.array([[1.0, -lean, lean * page.gray.shape[0] / 2], [0.0, 1.0, 0.0]])
    return warped(page, shear)


def slant(gray: Gray, dpi: float) -> float:
    """Degrees by which lines' ends, on the side where they lie under one another, lie further right
    the lower they stand.

    That side is the left one, on a page that lies on its head the right one. 0 where they stand
    upright, and where too few stand under one another to tell.
    """
    left, right, top = _ends(gray, dpi)
    if len(top) < _STARTS:
        return 0.0
    angles = np.arange(-_MOST, _MOST + 0.05, 0.1)
    sides = [{float(a): _sharpness(side, top, a) for a in (*angles, 0.0)} for side in (left, right)]
    sharp = max(sides, key=lambda side: max(side.values()))
    best = max(sharp, key=lambda a: (sharp[a], -abs(a)))
    told = _LEAST <= abs(best) < _MOST - 0.05 and sharp[best] >= _CLEARLY * sharp[0.0]
    return best if told else 0.0


def _sharpness(side: Points, top: Points, angle: float) -> float:
    """How many ends fall on one line at ``angle``, squared and added up."""
    at = np.round(side - top * np.tan(np.radians(angle))).astype(np.int64)
    counts = np.bincount(at - at.min()).astype(np.float64)
    return float((np.convolve(counts, [0.5, 1.0, 0.5]) ** 2).sum())


def _ends(gray: Gray, dpi: float) -> tuple[Points, Points, Points]:
    """Where lines begin and end, in columns and beside columns, and their tops, at ``_WORK_DPI``."""
    factor = min(_WORK_DPI / dpi, 1.0)
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = (small < 150).astype(np.uint8)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _JOIN), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    high = stats[1:count, cv2.CC_STAT_HEIGHT]
    lines = stats[1:count][(high >= _LINE[0]) & (high <= _LINE[1])]
    left = lines[:, cv2.CC_STAT_LEFT].astype(float)
    return left, left + lines[:, cv2.CC_STAT_WIDTH], lines[:, cv2.CC_STAT_TOP].astype(float)
