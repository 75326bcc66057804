"""Tables on scans that are ruled one way only: read column by column, the rules taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from parsers.readers.grid_cut import Rules as Strokes
from parsers.readers.half_ruled import (
    ruled_one_way,
    tables_between_levels,
    tables_between_uprights,
)
from parsers.readers.ocr import Gray
from parsers.readers.pdf_rules import Rules
from parsers.readers.scan_borderless import reread
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_columns import find_columns
from parsers.readers.scan_figures import read_counted_again
from parsers.readers.scan_spelling import respelled
from parsers.readers.scan_strips import read_columns
from parsers.readers.scan_text import place_words
from parsers.readers.strokes import closed, components
from schemas.document import Box, Table

_LEVEL, _UPRIGHT = 72.0, 60.0
_ALIKE = 8.0
"""Points: the least length of rules; how far their ends may lie apart on a sheet that leans."""
_GAP = 0.16
"""Inches that a rule may be broken."""


def half_ruled_table(page: CleanPage, strokes: Strokes, number: int) -> tuple[Table, Box] | None:
    """The page's table ruled one way and its box in flat points; None where none is seen."""
    lines = _lines(page, strokes)
    for box in ruled_one_way(lines):
        bare = _without_rules(page, strokes)
        _, top, _, bottom = page.pixels(box)
        columns = find_columns(bare.gray, page.dpi, top, bottom)
        if columns is None:
            continue
        read = read_columns(bare, columns)
        words = place_words(bare, read_counted_again(bare, respelled(read)))
        found = tables_between_levels(lines, number, words)
        found = found or tables_between_uprights(lines, number, words)
        if found:
            return reread(bare, found[0][0]), found[0][1]
    return None


def _lines(page: CleanPage, strokes: Strokes) -> Rules:
    """Long strokes as the lines of a digital page, in flat points."""
    gap = int(_GAP * page.dpi)
    across, down = closed(strokes.across, gap, 1), closed(strokes.down, 1, gap)
    k = 72.0 / page.dpi
    level = [
        {"orientation": "h", "x0": x * k, "x1": (x + w) * k, "top": y, "bottom": y}
        for x, w, y in ((b[0], b[2], (b[1] + b[3] / 2) * k) for b in _boxes(across))
        if w * k >= _LEVEL
    ]
    upright = [
        {"orientation": "v", "x0": x, "x1": x, "top": y * k, "bottom": (y + h) * k}
        for y, h, x in ((b[1], b[3], (b[0] + b[2] / 2) * k) for b in _boxes(down))
        if h * k >= _UPRIGHT
    ]
    edges = [*_snapped(level, "x0", "x1"), *_snapped(upright, "top", "bottom")]
    rows, columns = page.gray.shape
    return Rules(edges, (0.0, 0.0, columns * k, rows * k))


def _boxes(strokes: Gray) -> list[list[int]]:
    return [[int(v) for v in one[:4]] for one in components(strokes)[1][1:]]


def _snapped(lines: Sequence[dict[str, Any]], *sides: str) -> list[dict[str, Any]]:
    """``lines`` whose ends lie as near as a leaning sheet leaves them, given the same ends."""
    out = list(lines)
    for side in sides:
        ends: list[float] = []
        for line in out:
            if not any(abs(line[side] - end) <= _ALIKE for end in ends):
                ends.append(line[side])
        for at, line in enumerate(out):
            apart = {end: abs(line[side] - end) for end in ends}
            out[at] = {**line, side: min(apart, key=apart.__getitem__)}
    return out


def _without_rules(page: CleanPage, strokes: Strokes) -> CleanPage:
    gone = cv2.dilate(strokes.drawn, np.ones((3, 3), np.uint8))
    picture = np.where(gone > 0, np.uint8(255), page.gray)
    return replace(page, bitmap=replace(page.bitmap, picture=picture))
