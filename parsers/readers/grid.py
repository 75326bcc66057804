"""Ruled tables in a picture: the rules, and the cells as the holes between them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from parsers.readers.grid_cut import Cutter, Rules, Slot
from parsers.readers.ocr import Gray
from parsers.readers.strokes import closed, components

_CLUSTER_INCHES = 0.06
_MAX_CELLS = 6000
_DARKER = (7, 18)
"""Levels that a faint stroke, and a plain one, are darker at least than what lies around."""
_ALONE, _ROW, _TWO_ROWS, _LOWEST = 4, 0.7, 0.35, 0.15
"""Columns of a row alone and its greatest height; the least height of several rows and of one."""
_UPRIGHT, _LONG, _LEAN = 0.36, 3.0, 0.06
"""Inches: upright rules are longer; level ones of a row alone; how far the ends of two may differ."""
_THICKENED, _FILLED = 2, 0.95
"""Pixels by which strokes are thickened, and the share of its box that a straight one fills."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table. ``broken`` are the rows in which slots overlap or are missing."""

    left: int
    top: int
    right: int
    bottom: int
    rows: int
    columns: int
    slots: tuple[Slot, ...]
    broken: frozenset[int] = frozenset()


def find_rules(gray: Gray, dpi: float, *, faint: bool = False) -> Rules:
    """Straight level and upright strokes longer than letters are; ``faint`` looks harder."""
    block = int(dpi / 6) | 1
    darker = cv2.subtract(cv2.blur(gray, (block, block), borderType=cv2.BORDER_REPLICATE), gray)
    weak = cv2.threshold(darker, _DARKER[0] - 1, 255, cv2.THRESH_BINARY)[1]
    ink = weak if faint else cv2.threshold(darker, _DARKER[1] - 1, 255, cv2.THRESH_BINARY)[1]
    across = _strokes(ink, dpi, level=True)
    down = cv2.bitwise_or(_strokes(ink, dpi, level=False), _low_row(ink, across, dpi))
    wide, high = max(int(dpi / 6), 3), max(int(dpi / 8), 3)
    bridged = closed(cv2.bitwise_or(closed(across, wide, 1), closed(down, 1, high)), 5, 5)
    return Rules(across, down, bridged, weak)


def _low_row(ink: Gray, across: Gray, dpi: float) -> Gray:
    """The upright rules of a row that stands alone between two level ones, lower than they must be."""
    down = np.zeros_like(ink)
    _, stats = components(across)
    long = [[int(v) for v in one[:4]] for one in stats[1:] if one[2] >= _LONG * dpi]
    near = _LEAN * dpi
    for left, top, width, height in long:
        for x, y, wide, _ in long:
            gap = y - top - height
            alike = abs(x - left) <= near and abs(x + wide - left - width) <= near
            if not alike or not _LOWEST * dpi <= gap < _UPRIGHT * dpi:
                continue
            columns = slice(max(min(x, left), 0), max(x + wide, left + width))
            full = (ink[top + height : y, columns] > 0).mean(axis=0) >= _FILLED
            if np.count_nonzero(np.diff(full.astype(np.int8), prepend=0) == 1) > _ALONE:
                down[top : y + height, columns][:, full] = 255
    return down


def _strokes(ink: Gray, dpi: float, *, level: bool) -> Gray:
    """Openings along one direction, on ink thickened across it: a slanted rule is a staircase."""
    length = int(0.5 * dpi) if level else int(_UPRIGHT * dpi)
    gap = max(int(dpi / 40), 2)
    along = (1, length) if level else (length, 1)
    across = (3, 1) if level else (1, 3)
    closing = (1, gap) if level else (gap, 1)
    thick = cv2.dilate(ink, np.ones(across, np.uint8))
    thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones(closing, np.uint8))
    strokes = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(along, np.uint8))
    return _straight(strokes, dpi, level=level)


def _straight(strokes: Gray, dpi: float, *, level: bool) -> Gray:
    """Without the arcs of seals: short strokes that are thick for their length, or bent."""
    labels, stats = components(strokes)
    for index in range(1, len(stats)):
        left, top, width, height, inked = (int(v) for v in stats[index])
        long, thick = (width, height) if level else (height, width)
        if inked >= _FILLED * width * height:
            thick -= _THICKENED
        if long < 1.0 * dpi and long < 18 * thick:
            area = (slice(top, top + height), slice(left, left + width))
            strokes[area][labels[area] == index] = 0
    return strokes


def find_grids(dpi: float, rules: Rules) -> list[Grid]:
    """The ruled tables, top to bottom: at least four cells, in rows or in one row."""
    labels, stats = components(rules.bridged)
    grids = []
    for index in range(1, len(stats)):
        left, top, width, height, _ = (int(v) for v in stats[index])
        if width < 1.2 * dpi or height < _LOWEST * dpi:
            continue
        part = (labels[top : top + height, left : left + width] == index).astype(np.uint8) * 255
        grid = _grid_of(part, rules, (left, top), dpi)
        if grid is not None:
            grids.append(grid)
    return sorted(_outermost(grids), key=lambda grid: grid.top)


def _outermost(grids: list[Grid]) -> list[Grid]:
    def inside(one: Grid, other: Grid) -> bool:
        return (
            one is not other
            and one.left >= other.left
            and one.right <= other.right
            and one.top >= other.top
            and one.bottom <= other.bottom
        )

    return [one for one in grids if not any(inside(one, other) for other in grids)]


def _grid_of(part: Gray, rules: Rules, at: tuple[int, int], dpi: float) -> Grid | None:
    height, width = part.shape
    cv2.rectangle(part, (0, 0), (width - 1, height - 1), 255, 2)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(255 - part, connectivity=4)
    holes = [
        (*(int(v) for v in stats[index][:4]), index)
        for index in range(1, count)
        if stats[index][2] > 0.1 * dpi and stats[index][3] > 0.09 * dpi
    ]
    if not 4 <= len(holes) <= _MAX_CELLS:
        return None
    tolerance = _CLUSTER_INCHES * dpi
    ys = _lines([h[1] for h in holes] + [h[1] + h[3] for h in holes], tolerance, 1)
    # A column's edge shows in many rows; the arc of a seal beside a rule in two or three.
    least = 1 if len(ys) < 8 else max(2, round(0.3 * (len(ys) - 1)))
    xs = _lines([h[0] for h in holes] + [h[0] + h[2] for h in holes], tolerance, least)
    if not _is_table(len(ys) - 1, len(xs) - 1, height / dpi):
        return None
    cutter = Cutter(rules, at, xs, ys)
    slots = []
    for hole in holes:
        slot = _slot(hole, xs, ys)
        if slot.row_span > 0 and slot.column_span > 0:
            alone = slot.row_span == slot.column_span == 1  # most are: no need to look inside
            slots += [slot] if alone else cutter.pieces(slot, labels == hole[4])
    slots.sort(key=lambda slot: (slot.row, slot.column))
    rows, columns = len(ys) - 1, len(xs) - 1
    moved = tuple(_move(slot, *at) for slot in slots)
    left, top = at
    broken = _broken_rows(slots, rows, columns)
    return Grid(left, top, left + width, top + height, rows, columns, moved, broken)


def _is_table(rows: int, columns: int, inches: float) -> bool:
    """One row alone is the last of a table cut by the page; a high one holds rows without rules."""
    if rows == 1:
        return columns >= _ALONE and inches <= _ROW
    return rows > 1 and columns > 1 and inches >= _TWO_ROWS


def _move(slot: Slot, x: int, y: int) -> Slot:
    return Slot(
        slot.left + x,
        slot.top + y,
        slot.right + x,
        slot.bottom + y,
        slot.row,
        slot.column,
        slot.row_span,
        slot.column_span,
        slot.cover,
    )


def _broken_rows(slots: list[Slot], rows: int, columns: int) -> frozenset[int]:
    seen = np.zeros((rows, columns), np.int32)
    for slot in slots:
        seen[slot.row : slot.row + slot.row_span, slot.column : slot.column + slot.column_span] += 1
    return frozenset(int(row) for row in np.nonzero((seen != 1).any(axis=1))[0])


def _lines(values: list[int], tolerance: float, least: int) -> list[float]:
    """Centres of clusters of ``least`` edges; those on both sides of one rule fall together."""
    groups: list[list[int]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [float(np.mean(group)) for group in groups if len(group) >= least]


def _nearest(lines: list[float], value: float) -> int:
    return int(np.argmin([abs(line - value) for line in lines]))


def _slot(hole: tuple[int, ...], xs: list[float], ys: list[float]) -> Slot:
    left, top, width, height = hole[:4]
    column, row = _nearest(xs, left), _nearest(ys, top)
    return Slot(
        left,
        top,
        left + width,
        top + height,
        row,
        column,
        _nearest(ys, top + height) - row,
        _nearest(xs, left + width) - column,
    )
