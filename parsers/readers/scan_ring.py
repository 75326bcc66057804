"""The signer's office under a seal as black as its letters: the rings taken out, read twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from parsers.header_tail import OFFICES
from parsers.readers import ocr
from parsers.readers.ocr import Gray, Word
from parsers.readers.scan_again import DISPUTED, framed, resized
from parsers.readers.scan_clean import CleanPage
from schemas.text import fold

_FOOT = re.compile(r"^n\S{1,2}i nh\S{1,2}n\b")
_CAPITALS = re.compile(r"[\W\d_]*([^\W\d_]{3,})[\W\d_]*")
_RADIUS = (0.55, 0.9)
_COARSE, _VOTES = 75.0, 70
_AROUND, _STEP = 0.6, 0.5
"""Share of a circle that is ink where a ring is drawn; pixels between the circles that are tried."""
_ABOVE, _BESIDE = 0.35, 1.4
"""Inches above the foot's first line where an office may stand, and right of the seal."""
_SCALES = (300.0, 400.0)
"""Dots an inch at which the lines are read."""

_Circle = tuple[float, float, float]


def office_under_ring(page: CleanPage, words: Sequence[Word]) -> list[Word]:
    """``words`` with the capitals under a seal's rings that two readings give alike.

    Only where the foot of a letter stands and no office was read beside it: they are never trusted.
    """
    foot = _foot(words)
    if foot is None:
        return list(words)
    top = max(int(foot - _ABOVE * page.dpi), 0)
    beside = fold(" ".join(w.text for w in words if w.top > top and w.text.isupper()))
    if any(fold(office) in beside for office in OFFICES):
        return list(words)
    for circle in _circles(page, top):
        bare = _without_rings(page.gray, circle)
        found = _read_twice(page, bare, circle, top, words)
        if found:
            return [*words, *found]
    return list(words)


def _foot(words: Sequence[Word]) -> int | None:
    """Where "Nơi nhận" stands."""
    pairs = pairwise(words)
    return next((a.top for a, b in pairs if _FOOT.match(fold(f"{a.text} {b.text}"))), None)


def _circles(page: CleanPage, top: int) -> Iterator[_Circle]:
    """Rings as large as seals that reach below row ``top``, in pixels of the page."""
    factor = _COARSE / page.dpi
    first = max(top - int(1.5 * page.dpi), 0)
    part = cv2.resize(page.gray[first:], None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    least, most = (int(r * _COARSE) for r in _RADIUS)
    found = cv2.HoughCircles(
        part, cv2.HOUGH_GRADIENT, 1, 20, param1=100, param2=_VOTES, minRadius=least, maxRadius=most
    )
    for x, y, r in found[0][:2] if found is not None else ():
        yield _centred(page.gray, (x / factor, y / factor + first, r / factor))


def _centred(gray: Gray, circle: _Circle) -> _Circle:
    x, y, r = circle
    shifts = [(a, b) for a in range(-4, 5) for b in range(-4, 5)]
    best = max(
        shifts, key=lambda s: max(_inked(gray, x + s[0], y + s[1], r + d) for d in (-2, 0, 2))
    )
    return x + best[0], y + best[1], r


def _inked(gray: Gray, x: float, y: float, r: float) -> float:
    """Which share of the circle is ink."""
    turn = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    across = np.clip(np.round(x + r * np.cos(turn)).astype(int), 0, gray.shape[1] - 1)
    down = np.clip(np.round(y + r * np.sin(turn)).astype(int), 0, gray.shape[0] - 1)
    return float((gray[down, across] < 200).mean())


def _without_rings(gray: Gray, circle: _Circle) -> Gray:
    x, y, r = circle
    tried = np.arange(0.3 * r, 1.15 * r, _STEP)
    rings = [radius for radius in tried if _inked(gray, x, y, radius) > _AROUND]
    mask = np.zeros_like(gray)
    for radius in rings:
        cv2.circle(mask, (round(x), round(y)), round(radius), 255, 2)
    return cv2.inpaint(gray, mask, 3, cv2.INPAINT_TELEA)


def _read_twice(
    page: CleanPage, bare: Gray, circle: _Circle, top: int, words: Sequence[Word]
) -> list[Word]:
    x, y, r = circle
    left, right = max(int(x - r - 0.3 * page.dpi), 0), int(x + r + _BESIDE * page.dpi)
    box = (left, max(top, int(y - r)), right, int(y + r))
    rest = bare.copy()
    for word in words:
        rest[word.top : word.bottom, word.left : word.right] = 255
    first, second = (_capitals(page, rest, box, dpi) for dpi in _SCALES)
    number = max((w.line for w in words), default=0) + 1
    alike = [w for w in first if any(w.text == o.text and _over(w, o) for o in second)]
    lines = {w.line: " ".join(o.text for o in alike if o.line == w.line) for w in alike}
    return [
        replace(w, line=number + w.line, confidence=min(w.confidence, DISPUTED))
        for w in alike if lines[w.line].casefold() in OFFICES
    ]  # fmt: skip


def _capitals(
    page: CleanPage, gray: Gray, box: tuple[int, int, int, int], dpi: float
) -> list[Word]:
    """The words in capitals in ``box``, in pixels of the page."""
    left, top, right, bottom = box
    scale = dpi / page.dpi
    crop = resized(gray[top:bottom, left:right], scale)
    picture = framed(crop, dpi)
    pad = (picture.shape[0] - crop.shape[0]) // 2
    return [
        replace(
            word, text=seen[1],
            left=left + round((word.left - pad) / scale), top=top + round((word.top - pad) / scale),
            right=left + round((word.right - pad) / scale),
            bottom=top + round((word.bottom - pad) / scale),
        )
        for word in ocr.read_words(picture, dpi, ocr.BLOCK)
        if (seen := _CAPITALS.fullmatch(word.text)) and seen[1].isupper()
    ]  # fmt: skip


def _over(one: Word, other: Word) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0 and high > 0
