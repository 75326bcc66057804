"""From a picture of a page to grey letters on white: seals, shadows, specks, borders, tilt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from parsers.readers.ocr import Gray
from parsers.readers.scan_seal import without_grey_seal, without_red
from parsers.readers.scan_source import Bitmap
from schemas.document import Box

MAX_SKEW = 7.0
_SPECKS = 150
_LEAST_INK, _CLEARLY, _LETTER = 60, 1.4, 5
_MARK, _FAR_SMALLER, _FAR = (0.012, 0.035), 0.45, 1.5
"""Inches of dots and tone marks; what a speck is of their area; its sides from it to other ink."""
_BARE = 0.015
"""Of the picture's longer side: nothing is written so near the edge."""
_WORD = (6, 40, 300)
"""Least and greatest height of a word and its greatest length, in hundredths of an inch."""


@dataclass(frozen=True, slots=True)
class CleanPage:
    """``bitmap.picture`` is grey on white; ``seal`` is 255 where a seal's ink was taken away.

    ``colour`` tells a seal known by its red from one guessed by its grey. ``contrast`` is how far
    the ink stands out of the paper, 0 to 1.
    """

    bitmap: Bitmap
    seal: Gray | None
    colour: bool
    contrast: float

    @property
    def gray(self) -> Gray:
        return self.bitmap.picture

    @property
    def dpi(self) -> float:
        return self.bitmap.dpi

    def flat(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Pixels to points of the straightened page: where lines are level, so rows can be told.

        ``lifted`` takes such a box to the page as it is shown.
        """
        k = 72.0 / self.dpi
        return (left * k, top * k, right * k, bottom * k)

    def lifted(self, box: Box) -> Box:
        k = self.dpi / 72.0
        return self.bitmap.box(*(value * k for value in box))

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """A flat box in whole pixels, clamped to the picture."""
        k = self.dpi / 72.0
        rows, columns = self.gray.shape
        left, top, right, bottom = (round(value * k) for value in box)
        return max(left, 0), max(top, 0), min(right, columns), min(bottom, rows)


def clean(bitmap: Bitmap) -> CleanPage:
    """Seal out, light evened, dark borders and specks out. The tilt stays."""
    gray, seal = without_red(bitmap.picture)
    bilevel = _is_bilevel(gray)
    even, contrast = (gray, 1.0) if bilevel else even_light(gray, bitmap.dpi)
    even = without_borders(even, bitmap.dpi)
    colour = seal is not None
    if not colour and not bilevel:
        even, seal = without_grey_seal(even, bitmap.dpi, contrast)
    even = without_specks(even, bitmap.dpi)
    whole = Bitmap(even, bitmap.to_page, bitmap.width, bitmap.height)
    return CleanPage(whole, seal, colour, contrast)


def _is_bilevel(gray: Gray) -> bool:
    """Whether next to nothing is grey; on a sheet with one line, less than is black."""
    sample = gray[::5, ::5]
    middle = np.count_nonzero((sample > 20) & (sample < 235))
    black = np.count_nonzero(sample <= 20)
    return bool(middle < 0.002 * sample.size and middle <= black)


def even_light(gray: Gray, dpi: float) -> tuple[Gray, float]:
    """Divided by the paper's own brightness, then stretched; and the contrast found."""
    factor = 0.25 if dpi < 250 else 0.17
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    reach = max(int(dpi * factor * 0.16) | 1, 5)
    paper: Gray = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    paper = cv2.medianBlur(paper, min(reach * 2 + 1, 31))
    paper = cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(gray, np.maximum(paper, 30), scale=250)
    ink = even[::3, ::3]
    dark = ink[ink < 190]
    black = float(np.percentile(dark, 15)) if dark.size > 50 else 0.0
    black = min(black, 160.0)
    table = np.clip((np.arange(256) - black) * (255.0 / (235.0 - black)), 0, 255)
    return cv2.LUT(even, table.astype(np.uint8)), (250.0 - black) / 250.0


def without_borders(gray: Gray, dpi: float) -> Gray:
    """Black margins of a copier, whitened: dark, thick, and touching the edge of the picture."""
    factor = 50.0 / dpi
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    dark: Gray = (small < 110).astype(np.uint8)
    dark = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((4, 4), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    rows, columns = small.shape
    mask = np.zeros_like(small)
    for index in range(1, count):
        left, top, width, height, area = stats[index]
        touches = left <= 1 or top <= 1 or left + width >= columns - 1 or top + height >= rows - 1
        if touches and area > 60:
            mask[labels == index] = 255
    if not mask.any():
        return gray
    mask = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    whole = cv2.resize(mask, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.where(whole > 0, np.uint8(255), gray)


def without_specks(gray: Gray, dpi: float) -> Gray:
    """A 3x3 median, only where there are many specks: it costs Vietnamese hook marks.

    Of few, those that stand by themselves are whitened: each is read as a full stop or a comma.
    """
    ink = cv2.threshold(gray, 127, 1, cv2.THRESH_BINARY_INV)[1]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    limit = 2.5 * max(dpi / 200.0, 1.0) ** 2
    specks = int(np.count_nonzero(stats[1:, cv2.CC_STAT_AREA] <= limit))
    if specks > _SPECKS * (dpi / 150.0):
        return cv2.medianBlur(gray, 3)
    return _without_lone_specks(gray, labels, stats, dpi)


def _without_lone_specks(gray: Gray, labels: Gray, stats: Gray, dpi: float) -> Gray:
    """Without what is far smaller than the page's marks and far, for its size, from all other ink."""
    sides = stats[:, 2:4].max(axis=1)
    marks = stats[(sides >= _MARK[0] * dpi) & (sides <= _MARK[1] * dpi), cv2.CC_STAT_AREA]
    if len(marks) < _LEAST_INK:
        return gray
    small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] <= _FAR_SMALLER * np.median(marks))
    out = gray.copy()
    for index in small:
        left, top, width, height = (int(v) for v in stats[index, :4])
        gap = max(int(_FAR * max(width, height)), 4)
        around = labels[
            max(top - gap, 0) : top + height + gap, max(left - gap, 0) : left + width + gap
        ]
        if np.count_nonzero(around) == stats[index, cv2.CC_STAT_AREA]:
            out[max(top - 2, 0) : top + height + 2, max(left - 2, 0) : left + width + 2] = 255
    return out


def _ink_points(gray: Gray, dpi: float) -> tuple[Gray, Gray]:
    """Lower edges of letters at about 100 dpi: where baselines and rules show best.

    The edge of the sheet is left out: it may be level where the lines are not.
    """
    factor = min(100.0 / dpi, 1.0)
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = small < 150
    bare = int(_BARE * max(ink.shape))
    ink[:bare], ink[-bare:], ink[:, :bare], ink[:, -bare:] = False, False, False, False
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    ink &= (stats[:, 2:4].max(axis=1) >= _LETTER)[labels]
    ink[:-1] &= ~ink[1:]
    ys, xs = np.nonzero(ink)
    if len(xs) > 40_000:
        step = len(xs) // 40_000 + 1
        xs, ys = xs[::step], ys[::step]
    return xs.astype(np.float32), ys.astype(np.float32)


def skew(gray: Gray, dpi: float) -> float:
    """Degrees the lines rise to the right are negative; 0 where nothing can be told.

    The angle at which ink falls on the fewest rows, searched from coarse to fine. A few words are
    enough, if at that angle they fall on clearly fewer rows than at most.
    """
    xs, ys = _ink_points(gray, dpi)
    if len(xs) < _LEAST_INK:
        return 0.0

    def sharpness(angle: float) -> float:
        slope = np.tan(np.radians(angle))
        rows = np.round(ys - xs * slope).astype(np.int64)
        counts = np.bincount(rows - rows.min())
        return float((counts.astype(np.float64) ** 2).sum())

    best = 0.0
    for reach, step in ((MAX_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = float(max(angles, key=sharpness))
    usual = float(np.median([sharpness(a) for a in np.arange(-MAX_SKEW, MAX_SKEW + 0.5, 0.5)]))
    told = abs(best) < MAX_SKEW and sharpness(best) >= _CLEARLY * usual
    return best if told else 0.0


def straighten(page: CleanPage) -> CleanPage:
    """The page turned so that its lines lie level."""
    angle = skew(page.gray, page.dpi)
    if abs(angle) < 0.04:
        return page
    rows, columns = page.gray.shape
    return warped(page, cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0))


def warped(page: CleanPage, move: Any) -> CleanPage:
    """The page with its pixels moved by ``move`` (2 x 3), its seal with them; boxes lead back."""
    rows, columns = page.gray.shape
    gray = cv2.warpAffine(page.gray, move, (columns, rows), flags=cv2.INTER_CUBIC, borderValue=255)
    seal = page.seal
    if seal is not None:
        seal = cv2.warpAffine(seal, move, (columns, rows), flags=cv2.INTER_NEAREST)
    back = np.vstack([cv2.invertAffineTransform(move), [0.0, 0.0, 1.0]])
    return replace(page, bitmap=page.bitmap.moved(gray, back), seal=seal)


def lies_sideways(gray: Gray, dpi: float) -> bool:
    """Whether words stand upright on their ends: each is a blot longer than high."""
    factor = min(100.0 / dpi, 1.0)
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = (small < 150).astype(np.uint8)
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 40), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((40, 1), np.uint8))
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    ink[rules > 0] = 0
    blots = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(blots, connectivity=8)
    width = stats[1:count, cv2.CC_STAT_WIDTH].astype(np.float64)
    height = stats[1:count, cv2.CC_STAT_HEIGHT].astype(np.float64)
    short, long = np.minimum(width, height), np.maximum(width, height)
    word = (short >= _WORD[0]) & (short <= _WORD[1]) & (long <= _WORD[2]) & (long >= 1.6 * short)
    size = np.sqrt(width * height)
    return bool(size[word & (height > width)].sum() > size[word & (width > height)].sum())


def turned(bitmap: Bitmap, quarters: int) -> Bitmap:
    """The bitmap after ``quarters`` turns of 90 degrees counter-clockwise."""
    picture = bitmap.picture
    matrix = np.eye(3)
    for _ in range(quarters % 4):
        columns = picture.shape[1]
        picture = np.ascontiguousarray(np.rot90(picture))
        matrix = matrix @ np.array([[0.0, -1.0, columns], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    return bitmap.moved(picture, matrix)


def turned_page(page: CleanPage, quarters: int) -> CleanPage:
    """A cleaned page after quarter turns counter-clockwise."""
    seal = None if page.seal is None else np.ascontiguousarray(np.rot90(page.seal, quarters))
    return replace(page, bitmap=turned(page.bitmap, quarters), seal=seal)
