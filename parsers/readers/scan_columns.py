"""The columns of a table without rules, told by the white between them in the picture of the page.

Read as one block the lines of neighbouring cells run together, and layout analysis drops lone
figures: so each column is cut out and read by itself (``scan_strips``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.readers.ocr import Gray
from parsers.readers.scan_text import MARGIN

_INK = 150
JOIN = 0.1
_SPECK, _MARK = 0.04, 0.04
_STROKE, _FLAT = 0.03, 2.0
_LINE = (0.05, 0.3)
_WIDE = 0.6
_STRAY = 1.6
_HEAD_LINES = 5.0
_BESIDE = 0.25
_REACH = 0.08
"""Inches, but for ``_WIDE`` and ``_REACH`` (shares of the width), ``_FLAT`` (how much longer than high
the stroke for none is) and lines (``_STRAY``, ``_HEAD_LINES``): how many lines may cross the white
between columns."""

Profile = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Blob:
    """What stands in one line without a wider gap than between words; pixels of the page."""

    left: int
    top: int
    right: int
    bottom: int
    label: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Columns:
    """``edges`` of the columns in pixels, one more than columns; ``labels`` numbers the blobs'
    pixels from row ``top`` of the page on."""

    edges: tuple[float, ...]
    blobs: tuple[Blob, ...]
    labels: NDArray[Any]
    top: int
    bottom: int


def find_columns(
    gray: Gray, dpi: float, top: int, bottom: int, known: Sequence[float] = ()
) -> Columns | None:
    """The columns between rows ``top`` and ``bottom``; None where there are fewer than three.

    ``known`` are the edges on the page before, of a table that may go on here: they hold if they
    fall on white when moved a little, as sheets lie on the glass.
    """
    blobs, labels = _blobs(gray[top:bottom], dpi)
    blobs = [Blob(b.left, b.top + top, b.right, b.bottom + top, b.label) for b in blobs]
    if not blobs:
        return None
    tall = _usual_height(blobs, dpi)
    low = _end(blobs, tall, bottom)
    blobs = [b for b in blobs if b.bottom <= low]
    if not blobs:
        return None
    profile, stray = _profile(blobs, tall, gray.shape[1])
    edges = _moved(known, profile, stray, blobs) if known else None
    edges = edges or _own(blobs, profile, stray, tall, dpi)
    if edges is None or len(edges) < 4:
        return None
    return Columns(tuple(edges), tuple(blobs), labels, top, low)


def _blobs(part: Gray, dpi: float) -> tuple[list[Blob], NDArray[Any]]:
    ink = (part < _INK).astype(np.uint8)
    wide = np.ones((1, max(int(JOIN * dpi), 3)), np.uint8)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, wide)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    out = []
    margin = MARGIN * part.shape[1]
    for at in range(1, count):
        left, top, width, height = (int(v) for v in stats[at][:4])
        inside = left + width > margin and left < part.shape[1] - margin
        stroke = width >= _STROKE * dpi and width >= _FLAT * height
        if inside and (stroke or max(width, height) >= _SPECK * dpi):
            out.append(Blob(left, top, left + width, top + height, at))
    return _without_marks(out, dpi), labels


def _without_marks(blobs: Sequence[Blob], dpi: float) -> list[Blob]:
    """Without the marks over and under letters: low, and close to what they belong to."""
    letters = [b for b in blobs if b.height >= _LINE[0] * dpi]
    near = _MARK * dpi
    return [
        b for b in blobs
        if b.height >= _LINE[0] * dpi
        or not any(
            w.left <= b.middle <= w.right and b.top < w.bottom + near and b.bottom > w.top - near
            for w in letters
        )
    ]  # fmt: skip


def _usual_height(blobs: Sequence[Blob], dpi: float) -> float:
    tall = [b.height for b in blobs if _LINE[0] * dpi <= b.height <= _LINE[1] * dpi]
    return float(np.median(tall)) if tall else 0.12 * dpi


def _end(blobs: Sequence[Blob], tall: float, bottom: int) -> int:
    """Where running text begins: two lines one under the other, each over most of the width."""
    width = max(b.right for b in blobs) - min(b.left for b in blobs)
    wide = sorted((b for b in blobs if b.right - b.left > _WIDE * width), key=lambda b: b.top)
    for one, other in pairwise(wide):
        if one.height > 3 * tall or other.top - one.bottom < 1.5 * tall:
            return one.top
    return bottom


def _profile(blobs: Sequence[Blob], tall: float, width: int) -> tuple[Profile, float]:
    """How many lines cover each column of pixels, and how many may where columns are parted."""
    extent = max(b.right for b in blobs) - min(b.left for b in blobs)
    covered = np.zeros(width, np.float64)
    for blob in blobs:
        if blob.right - blob.left <= _WIDE * extent:
            covered[blob.left : blob.right] += max(round(blob.height / tall), 0.5)
    lines = len({round(b.top / (1.3 * tall)) for b in blobs})
    return covered, min(_STRAY, 0.25 * lines)


def _moved(
    known: Sequence[float], profile: Profile, stray: float, blobs: Sequence[Blob]
) -> list[float] | None:
    """``known`` moved to where they cross the least and leave the fewest ``blobs`` outside; None
    where they cross too much."""
    inner = np.array(known[1:-1])
    middles = np.array([b.middle for b in blobs])
    reach = int(_REACH * len(profile))
    tries = []
    for shift in range(-reach, reach + 1, 2):
        at = np.round(inner + shift).astype(int)
        if at.min() < 0 or at.max() >= len(profile):
            continue
        crossed = float(np.minimum(profile[at], 4 * stray).sum())
        moved = middles - shift
        outside = int(np.count_nonzero((moved < known[0]) | (moved > known[-1])))
        if crossed <= stray * len(inner):
            tries.append((crossed + outside, shift))
    if not tries:
        return None
    least = min(cost for cost, _ in tries)
    best = [shift for cost, shift in tries if cost == least]
    run = min(_runs_of(best), key=lambda run: (-len(run), abs(run[len(run) // 2])))
    return [edge + run[len(run) // 2] for edge in known]


def _runs_of(shifts: Sequence[int]) -> list[list[int]]:
    out = [[shifts[0]]]
    for shift in shifts[1:]:
        if shift - out[-1][-1] <= 2:
            out[-1].append(shift)
        else:
            out.append([shift])
    return out


def _own(
    blobs: Sequence[Blob], profile: Profile, stray: float, tall: float, dpi: float
) -> list[float] | None:
    """Edges in the white between what stands under one another."""
    columns = _covered(profile, stray)
    first = min(b.top for b in blobs)
    loose = [b for b in blobs if not any(_overlap(b, c) for c in columns)]
    heads = [b for b in loose if b.top - first < _HEAD_LINES * tall and b.height > tall / 2]
    for blob in sorted(heads, key=lambda b: -b.bottom):
        if not _stands_over(blob, blobs, tall, dpi):
            columns = _with(columns, blob)
    rest = [b for b in loose if b.top - first >= _HEAD_LINES * tall]
    for blob in rest:
        if sum(b.left < blob.right and b.right > blob.left for b in rest) > 1:
            columns = _with(columns, blob)
    if len(columns) < 3:
        return None
    margin = _SPECK * dpi
    inner = [_whitest(profile, a[1], b[0]) for a, b in pairwise(columns)]
    return [columns[0][0] - margin, *inner, columns[-1][1] + margin]


def _covered(profile: Profile, stray: float) -> list[tuple[int, int]]:
    marks = np.flatnonzero(np.diff(np.concatenate([[False], profile > stray, [False]]).astype(int)))
    return [(int(a), int(b)) for a, b in zip(marks[::2], marks[1::2], strict=True)]


def _overlap(blob: Blob, column: tuple[int, int]) -> bool:
    return min(blob.right, column[1]) - max(blob.left, column[0]) > 0


def _with(columns: list[tuple[int, int]], blob: Blob) -> list[tuple[int, int]]:
    """``columns`` and the one that ``blob`` stands in, if it touches none."""
    if any(_overlap(blob, column) for column in columns):
        return columns
    return sorted([*columns, (blob.left, blob.right)])


def _stands_over(blob: Blob, blobs: Sequence[Blob], tall: float, dpi: float) -> bool:
    """Whether lower headings stand to both sides below: then it heads two columns."""
    reach = _BESIDE * dpi
    below = [b for b in blobs if 0 < b.top - blob.top < 3 * tall and b.top > blob.bottom - tall / 2]
    left = any(blob.left - reach < b.right < blob.middle for b in below)
    right = any(blob.middle < b.left < blob.right + reach for b in below)
    return left and right


def _whitest(profile: Profile, left: int, right: int) -> float:
    """The middle of the longest stretch from ``left`` to ``right`` that the fewest lines cross."""
    if right <= left:
        return (left + right) / 2
    part = profile[left:right]
    runs = _covered(-part, -part.min() - 0.01)
    start, end = max(runs, key=lambda run: run[1] - run[0])
    return left + (start + end) / 2
