"""A sheet of paper photographed at an angle, laid flat."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.readers.scan_source import Bitmap, Picture

_WORK_SIDE = 700
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
    gray = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    factor = _WORK_SIDE / max(gray.shape)
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    small = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    small = cv2.GaussianBlur(small, (5, 5), 0)
    if not _ground_is_darker(small):
        return None
    _, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    share = cv2.contourArea(hull) / small.size
    quad = _four_corners(hull)
    if quad is None or not 0.3 < share < 0.985:
        return None
    if cv2.contourArea(quad) < 0.9 * cv2.contourArea(hull):
        return None
    return _clockwise(quad.reshape(4, 2).astype(np.float32)) / np.float32(factor)


def _ground_is_darker(small: Picture) -> bool:
    """Whether at least two sides of the picture are clearly darker than its paper."""
    paper = float(np.percentile(small, 75))
    band = 4
    sides = (small[:band], small[-band:], small[:, :band], small[:, -band:])
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
