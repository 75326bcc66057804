"""A sheet of paper photographed at an angle, laid flat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.readers.scan_source import Bitmap, Picture

_WORK_SIDE = 700
_BAND = 4
_POINTS, _STEP, _EDGE = 60, 6.0, 12.0
"""Where a side is looked at; how far beside it; the grey levels that make an edge."""
Corners = NDArray[Any]


def flatten(bitmap: Bitmap) -> Bitmap:
    """The sheet alone, square to the eye; the bitmap itself where no such sheet is seen."""
    corners = find_sheet(bitmap.picture)
    if corners is None:
        return bitmap
    top = np.linalg.norm(corners[1] - corners[0])
    bottom = np.linalg.norm(corners[2] - corners[3])
    left = np.linalg.norm(corners[3] - corners[0])
    right = np.linalg.norm(corners[2] - corners[1])
    width, height = int(max(top, bottom)), int(max(left, right))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    forward = cv2.getPerspectiveTransform(corners, flat)
    picture = cv2.warpPerspective(
        bitmap.picture,
        forward,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return bitmap.moved(picture, np.linalg.inv(forward))


def find_sheet(picture: Picture) -> Corners | None:
    """The four corners of a bright sheet on a darker ground, clockwise from the top left.

    None where the paper fills the picture, as it does in every scan.
    """
    factor = _WORK_SIDE / max(picture.shape[:2])
    reduced = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    small = reduced if reduced.ndim == 2 else cv2.cvtColor(reduced, cv2.COLOR_BGR2GRAY)
    small = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    small = cv2.GaussianBlur(small, (5, 5), 0)
    if not _ground_is_darker(small):
        return None
    sheets = [sheet for paper in _papers(small, reduced) if (sheet := _sheet_of(paper)) is not None]
    best = max(sheets, key=lambda sheet: _edged(small, sheet), default=None)
    return None if best is None else best / np.float32(factor)


def _papers(small: Picture, reduced: Picture) -> Iterator[Picture]:
    """What may be the paper, as masks: what is bright; what is brighter than the ground at the
    picture's edge, for a sheet that lies half in the shade; what has less colour than it."""
    yield _above(small, None)
    edge = np.concatenate(
        [
            small[:_BAND].ravel(),
            small[-_BAND:].ravel(),
            small[:, :_BAND].ravel(),
            small[:, -_BAND:].ravel(),
        ]
    )
    yield _above(small, float(np.percentile(edge, 90)))
    if reduced.ndim == 3:
        gray = 255 - cv2.cvtColor(reduced, cv2.COLOR_BGR2HSV)[:, :, 1]
        yield _above(cv2.medianBlur(gray, 9), None)


def _above(small: Picture, level: float | None) -> Picture:
    how = cv2.THRESH_BINARY if level is not None else cv2.THRESH_BINARY | cv2.THRESH_OTSU
    _, bright = cv2.threshold(small, level or 0, 255, how)
    return cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))


def _sheet_of(paper: Picture) -> Corners | None:
    """The corners of the largest part of a mask, clockwise, if it is a sheet and not the whole picture."""
    contours, _ = cv2.findContours(paper, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    share = cv2.contourArea(hull) / paper.size
    quad = _four_corners(hull)
    if quad is None or not 0.3 < share < 0.985:
        return None
    if cv2.contourArea(quad) < 0.9 * cv2.contourArea(hull):
        return None
    return _clockwise(quad.reshape(4, 2).astype(np.float32))


def _edged(small: Picture, corners: Corners) -> float:
    """How well a sheet's sides are edges: of its worst side, the share along which the paper inside is
    clearly brighter than what lies outside. A side through the paper, where a shade falls on it, and
    one through the ground are none."""
    middle = corners.mean(axis=0)
    along = np.linspace(0.03, 0.97, _POINTS)[:, None]
    worst = 1.0
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        points = start + (end - start) * along
        inward = np.array([start[1] - end[1], end[0] - start[0]])
        inward = inward / np.linalg.norm(inward)
        inward = inward if np.dot(middle - start, inward) > 0 else -inward
        inside, outside = _at(small, points + _STEP * inward), _at(small, points - _STEP * inward)
        worst = min(worst, float(np.mean(inside - outside >= _EDGE)))
    return worst


def _at(small: Picture, points: Corners) -> Corners:
    x, y = np.round(points).astype(int).T
    rows, columns = small.shape
    seen: Corners = small[np.clip(y, 0, rows - 1), np.clip(x, 0, columns - 1)].astype(np.float32)
    return seen


def _ground_is_darker(small: Picture) -> bool:
    """Whether at least two sides of the picture are clearly darker than its paper."""
    paper = float(np.percentile(small, 75))
    sides = (small[:_BAND], small[-_BAND:], small[:, :_BAND], small[:, -_BAND:])
    return sum(float(np.mean(side)) < 0.78 * paper for side in sides) >= 2


def _four_corners(hull: Corners) -> Corners | None:
    around = cv2.arcLength(hull, closed=True)
    for tolerance in (0.01, 0.015, 0.02, 0.03, 0.04, 0.05):
        outline = cv2.approxPolyDP(hull, tolerance * around, closed=True)
        if len(outline) == 4:
            quad: Corners = outline
            return quad
        if len(outline) < 4:
            return None
    return None


def _clockwise(points: Corners) -> Corners:
    total, difference = points.sum(axis=1), points[:, 0] - points[:, 1]
    order = [total.argmin(), difference.argmax(), total.argmax(), difference.argmin()]
    return points[order]
