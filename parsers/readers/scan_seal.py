"""Seals taken out of the picture: by their red where there is colour, else by their grey."""

from __future__ import annotations

import cv2
import numpy as np

from parsers.readers.ocr import Gray
from parsers.readers.scan_source import Picture

SEAL_SHARE = 0.0005
_FIRM, _RING = 0.8, 0.5
_PALE_RED = 2
_PATCH = 0.05
"""Of the picture's longer side: a seal is larger."""
_PAPER_REACH, _WIDE_REACH, _SHADED = 0.02, 0.12, 0.75
"""Of the picture's longer side: wider than a seal's strokes, and than a seal; how much darker than the
brightest near it paper is at most."""
_BLACK = 32
_BELOW, _MARK = 0.85, 6
"""Of the seal's darkest ink: nothing of it is darker; pixels of the smallest mark of a letter."""
_LETTERS, _PALE, _STROKE = 25.0, 65, 12
"""Levels of letters and of paler ink; pixels that make at least a stroke."""
_CLOSE, _BRIDGE = 0.06, 0.08
"""Inches: the gaps in a seal's ink, and wider than what a rule cuts out of a ring."""
_STRAIGHT = 0.6
"""Inches: a ring of 42 mm a millimetre thick runs straight for half an inch."""
_OUTLINE, _SECTORS, _AROUND = 0.85, 48, 0.75
"""From which share of the radius ink counts as outline; sectors; how many of them it must reach."""
_SMALLEST, _LARGEST = 0.75, 2.6
"""A seal's side in inches; Thông tư 07/2010/TT-BCA has 30 to 42 mm, and two may touch."""
_LEVELS = np.arange(256, dtype=np.float32)
_STRETCHED = np.clip((_LEVELS - 40.0) * (255.0 / 145.0), 0, 255).astype(np.uint8)
"""The red channel's levels 40 to 185 stretched over all."""


def without_red(picture: Picture) -> tuple[Gray, Gray | None]:
    """Grey, with red ink faded where there is any, and the mask of that ink.

    Inside the mask the red channel is stretched rather than whitened: black letters and rules
    under the seal stay, red does not.
    """
    if picture.ndim == 2:
        return picture, None
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    mask = _red(picture)
    if np.count_nonzero(mask) < SEAL_SHARE * mask.size:
        return gray, None
    firm = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    mask = cv2.bitwise_or(firm, cv2.bitwise_and(_reddish(picture), _reach(firm)))
    mask = cv2.dilate(mask, np.ones((7, 7), np.uint8))
    faded = np.minimum(cv2.LUT(cv2.extractChannel(picture, 2), _STRETCHED), _paper(gray, mask))
    return np.where(mask > 0, np.maximum(faded, gray), gray), mask


def _red(picture: Picture) -> Gray:
    """255 where a colour is red, neither pale nor black."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_BGR2HSV)
    warm = cv2.inRange(hsv, (0, 60, 60), (12, 255, 255))
    return cv2.bitwise_or(warm, cv2.inRange(hsv, (160, 60, 60), (180, 255, 255)))


def _reddish(picture: Picture) -> Gray:
    """255 where red is above green and blue at all: thin strokes keep little of their colour."""
    smooth = cv2.blur(picture, (5, 5))
    others = cv2.max(smooth[:, :, 0], smooth[:, :, 1])
    return cv2.threshold(cv2.subtract(smooth[:, :, 2], others), _PALE_RED, 255, cv2.THRESH_BINARY)[
        1
    ]


def _reach(firm: Gray) -> Gray:
    """255 within the round of each patch of firm red: there thin and pale strokes are its ink too."""
    small = cv2.resize(firm, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    joined = cv2.dilate((small > 0).astype(np.uint8), np.ones((5, 5), np.uint8))
    inside = np.zeros_like(joined)
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        if min(cv2.boundingRect(contour)[2:]) >= _PATCH * max(small.shape):
            cv2.drawContours(inside, [cv2.convexHull(contour)], -1, 255, -1)
    return cv2.resize(inside, (firm.shape[1], firm.shape[0]), interpolation=cv2.INTER_NEAREST)


def _paper(gray: Gray, mask: Gray) -> Gray:
    """How bright the paper is around each point: ink is faded to that, never to a brighter white."""
    factor = 0.25
    bare = np.where(mask > 0, np.uint8(0), gray)
    small = cv2.resize(bare, None, fx=factor, fy=factor, interpolation=cv2.INTER_NEAREST)
    near, wide = (_brightest(small, share) for share in (_PAPER_REACH, _WIDE_REACH))
    # Where only letters, or nothing, lie bare of the seal's ink nearby, the next paper is further off.
    paper: Gray = cv2.medianBlur(np.where(near < _SHADED * wide, wide, near), 15)
    return cv2.resize(paper, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)


def _brightest(small: Gray, share: float) -> Gray:
    """The brightest within ``share`` of the picture's longer side around each point."""
    reach = max(int(max(small.shape) * share) | 1, 5)
    return cv2.dilate(small, np.ones((reach, reach), np.uint8))


def is_ring(seal: Gray | None, drawn: Gray, box: tuple[int, int, int, int], dpi: float) -> bool:
    """Whether the strokes ``drawn`` in ``box`` are a seal's rings: no larger, and mostly its ink."""
    left, top, right, bottom = box
    if seal is None or max(right - left, bottom - top) > _LARGEST * dpi:
        return False
    strokes = drawn[top:bottom, left:right] > 0
    near = cv2.dilate(seal[top:bottom, left:right], np.ones((9, 9), np.uint8))
    inked = strokes & (near > 0)
    return bool(np.count_nonzero(inked) > _RING * np.count_nonzero(strokes))


def darkest(crop: Gray) -> Gray | None:
    """Only the blackest ink of ``crop`` and its edges: letters without the seal's paler strokes.

    None where the letters themselves are pale, so that nothing could be told apart.
    """
    if crop.size < 10 * _STROKE or np.partition(crop, _STROKE, axis=None)[_STROKE] > _LETTERS:
        return None
    core = cv2.dilate((crop < _PALE).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.where(core > 0, crop, np.uint8(255))


def without_grey_seal(gray: Gray, dpi: float, contrast: float) -> tuple[Gray, Gray | None]:
    """Grey with seals whitened, and the mask of their ink; None where none is seen.

    A seal is a large round blot of middle grey. Letters and rules are darker than its ink, so
    within its disc only what is darker than nearly all of it stays, with its edges; where the
    whole page is weak (``contrast`` low) nothing is whitened. What is under such a blot is never
    trusted.
    """
    if not _shapes(_middle_grey(gray, np.zeros_like(gray), dpi), dpi):
        return gray, None  # without the rules, which are long in telling, it is less still
    rules = _straight(gray, dpi)
    middle = _middle_grey(gray, rules, dpi)
    ink, disc = _blots(gray, middle, rules, dpi)
    if not ink.any():
        return gray, None
    if contrast < _FIRM or not disc.any():
        return gray, ink
    letters = _letters(gray, _darkest_of(gray[(middle > 0) & (disc > 0)]))
    return np.where((disc > 0) & (rules == 0) & (letters == 0), np.uint8(255), gray), ink


def _darkest_of(seal: Gray) -> float:
    """The level below which next to nothing of the seal's ink lies."""
    return max(float(np.percentile(seal, 5)) * _BELOW, _BLACK) if seal.size else _BLACK


def _letters(gray: Gray, level: float) -> Gray:
    """1 on what is darker than ``level``, and on its edges; specks are left out."""
    dark = (gray < level).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= _MARK
    large[0] = False
    return cv2.dilate(large[labels].astype(np.uint8), np.ones((3, 3), np.uint8))


def _straight(gray: Gray, dpi: float) -> Gray:
    """Level and upright strokes longer than the flattest part of a seal's ring, thickened."""
    dark = (gray < 215).astype(np.uint8)
    long = int(_STRAIGHT * dpi)
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    return cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))


def _middle_grey(gray: Gray, rules: Gray, dpi: float) -> Gray:
    """Grey that is no letter's edge and no rule, thin traces out, gaps closed."""
    core = cv2.dilate((gray < _BLACK).astype(np.uint8), np.ones((5, 5), np.uint8))
    middle: Gray = ((gray >= _BLACK + 8) & (gray < 215) & (core == 0) & (rules == 0)).astype(
        np.uint8
    )
    grain = np.ones((3, 3), np.uint8) if dpi > 170 else np.ones((2, 2), np.uint8)
    middle = cv2.morphologyEx(middle, cv2.MORPH_OPEN, grain)
    reach = max(int(dpi * _CLOSE), 3)
    return cv2.morphologyEx(middle, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))


def _blots(gray: Gray, middle: Gray, rules: Gray, dpi: float) -> tuple[Gray, Gray]:
    """The ink of blots as large and as round as seals, and the discs that may be whitened.

    A disc that rules cross is part of a table: there the figures are flagged, not repaired.
    """
    ink, disc = np.zeros_like(middle), np.zeros_like(middle)
    for contour in _shapes(middle, dpi):
        if max(cv2.boundingRect(contour)[2:]) - _bridge(dpi) > _LARGEST * dpi:
            continue
        area, round_ = _hull(contour, middle)
        if not _is_seal(round_, gray[area], middle[area]):
            continue
        np.maximum(ink[area], middle[area] * round_ * 255, out=ink[area])
        if np.count_nonzero(rules[area] * round_) < 0.005 * round_.sum():
            np.maximum(disc[area], round_ * 255, out=disc[area])
    wide = np.ones((9, 9), np.uint8)
    return cv2.dilate(ink, wide), cv2.dilate(disc, wide)


def _bridge(dpi: float) -> int:
    return int(_BRIDGE * dpi) | 1


def _shapes(middle: Gray, dpi: float) -> list[Gray]:
    """Outlines, gaps bridged, of what is both as high and as wide as a seal at least."""
    reach = _bridge(dpi)
    near = cv2.dilate(middle, np.ones((reach, reach), np.uint8))
    contours, _ = cv2.findContours(near, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    least = _SMALLEST * dpi + reach
    return [one for one in contours if min(cv2.boundingRect(one)[2:]) >= least]


def _hull(contour: Gray, middle: Gray) -> tuple[tuple[slice, slice], Gray]:
    """Where the ink within ``contour`` lies, and 1 inside the line drawn tight around it."""
    left, top, width, height = cv2.boundingRect(contour)
    mine = np.zeros((height, width), np.uint8)
    cv2.drawContours(mine, [contour - np.array([left, top])], -1, 1, -1)
    points = cv2.findNonZero(mine * middle[top : top + height, left : left + width])
    x, y, wide, high = cv2.boundingRect(points)
    round_ = np.zeros((high, wide), np.uint8)
    cv2.drawContours(round_, [cv2.convexHull(points) - np.array([x, y])], -1, 1, -1)
    return (slice(top + y, top + y + high), slice(left + x, left + x + wide)), round_


def _is_seal(round_: Gray, gray: Gray, middle: Gray) -> bool:
    """Round, as wide as high, and a ring, or its ink mostly middle grey: a paragraph in grey is not."""
    height, width = round_.shape
    if not 0.7 < width / height < 1.4:
        return False
    if not 0.68 < round_.sum() / (np.pi / 4 * width * height) < 1.12:
        return False
    if _is_drawn_round(round_, middle):
        return True
    written = (gray < 200) & (round_ > 0)
    seal = written & (middle > 0)
    return bool(seal.sum() > 0.42 * written.sum() and seal.sum() > 0.08 * round_.sum())


def _is_drawn_round(round_: Gray, middle: Gray) -> bool:
    """Whether grey ink runs along nearly all of the outline of ``round_``: a ring, however thin."""
    ys, xs = np.nonzero((middle > 0) & (round_ > 0))
    height, width = round_.shape
    across, down = (xs - width / 2) / (width / 2), (ys - height / 2) / (height / 2)
    outer = np.hypot(across, down) > _OUTLINE
    sectors = ((np.arctan2(down[outer], across[outer]) / (2 * np.pi) + 0.5) * _SECTORS).astype(int)
    return len(np.unique(sectors)) > _AROUND * _SECTORS
