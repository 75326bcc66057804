"""Pictures of rules alone, nearly all of them blank: looked at only where something is drawn."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.readers.ocr import Gray

Stats = NDArray[Any]
"""OpenCV's left, top, width, height and area of components, ``(n, 5)``; the first is the ground."""


def closed(strokes: Gray, width: int, height: int) -> Gray:
    """``strokes`` (0 or 255) with gaps smaller than ``width`` by ``height`` closed."""
    columns, rows = drawn_part(strokes, width, height)
    out = np.zeros_like(strokes)
    if strokes[rows, columns].size:
        kernel = np.ones((height, width), np.uint8)
        out[rows, columns] = cv2.morphologyEx(strokes[rows, columns], cv2.MORPH_CLOSE, kernel)
    return out


def components(strokes: Gray) -> tuple[Gray, Stats]:
    """Every pixel's component, and what OpenCV tells of each.

    Labels are short, five times as fast: no page holds so many rules.
    """
    columns, rows = drawn_part(strokes)
    labels = np.zeros(strokes.shape, np.uint16)
    if not strokes[rows, columns].size:
        return labels, np.zeros((1, 5), np.int32)
    _, labels[rows, columns], stats, _ = cv2.connectedComponentsWithStats(
        strokes[rows, columns], connectivity=8, ltype=cv2.CV_16U
    )
    stats[:, cv2.CC_STAT_LEFT] += columns.start
    stats[:, cv2.CC_STAT_TOP] += rows.start
    return labels, stats


def drawn_part(strokes: Gray, beside: int = 0, above: int = 0) -> tuple[slice, slice]:
    """The columns and rows within which something is drawn, and so many around; none of a blank."""
    left, top, width, height = cv2.boundingRect(strokes)
    if width == 0:
        return slice(0, 0), slice(0, 0)
    return (
        slice(max(left - beside, 0), left + width + beside),
        slice(max(top - above, 0), top + height + above),
    )
