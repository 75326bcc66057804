"""What is written in a cell cut out of a page, beside what its erased rules leave there."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.readers.ocr import Gray

_INK, _FAINT = 150, 215
_RULE, _CUT = 0.02, 0.03
"""Inches: how far from a cell's edge its erased rule leaves traces; the gap within a faint letter."""

_Part = tuple[int, int, int, int]
"""Left, top, width, height."""


def ink_box(crop: Gray, dpi: float) -> tuple[tuple[int, int, int, int] | None, bool]:
    """The box of what is written, None if nothing is; and whether only faint ink was seen."""
    box = dark_box(crop, dpi)
    if box is not None:
        return box, False
    faint = _written(cv2.medianBlur(crop, 3), _FAINT, dpi, least=0.055)
    return faint, faint is not None


def dark_box(crop: Gray, dpi: float) -> tuple[int, int, int, int] | None:
    """The box of what is dark enough for ink."""
    return _written(crop, _INK, dpi)


def _written(
    crop: Gray, level: int, dpi: float, least: float = 0.03
) -> tuple[int, int, int, int] | None:
    ink = (crop < level).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    rows, columns = crop.shape
    kept = []
    anchor = False
    for left, top, width, height, area in stats[1:count]:
        edge = left <= 1 or top <= 1 or left + width >= columns - 1 or top + height >= rows - 1
        thin = min(width, height) <= max(0.025 * dpi, 3)
        if edge and thin and (max(width, height) > 0.09 * dpi or area < 0.0008 * dpi * dpi):
            continue
        if _is_trace((left, top, width, height), rows, stats[1:count], dpi):
            continue
        if area < max(0.0001 * dpi * dpi, 3):
            continue
        kept.append((left, top, left + width, top + height))
        anchor = anchor or max(width, height) >= least * dpi
    if not anchor:
        return None
    boxes = np.array(kept)
    x0, y0 = boxes[:, :2].min(axis=0)
    x1, y1 = boxes[:, 2:].max(axis=0)
    return int(x0), int(y0), int(x1), int(y1)


def _is_trace(part: _Part, rows: int, others: Gray, dpi: float) -> bool:
    """Whether a flat blot is what an erased rule leaves: no stroke of a letter lies there alone."""
    _, top, width, height = part
    if height > max(0.025 * dpi, 3) or width <= 2 * height:
        return False
    off = min(top, rows - top - height)
    if off >= 0.06 * dpi:
        return False
    return off <= _RULE * dpi or not _is_stroke(part, others, dpi)


def _is_stroke(part: _Part, others: Gray, dpi: float) -> bool:
    """Whether a flat blot is part of a letter that the light has cut, as the bar of a 5."""
    left, top, width, height = part
    return any(
        high > height
        and 0 < max(y - top - height, top - y - high) <= _CUT * dpi
        and min(left + width, x + wide) - max(left, x) >= 0.6 * width
        and width <= 1.3 * wide
        for x, y, wide, high, _ in others
    )


def is_dash(text: str, ink: tuple[int, int, int, int], dpi: float) -> bool:
    """Whether a flat stroke stands there, whatever it was read as, if not as letter or figure."""
    return not any(c.isalnum() for c in text) and ink[3] - ink[1] < 0.05 * dpi
