"""Lines of a scanned page that layout analysis passed over: ink of letters in no word, read again.

Tesseract drops whole lines beside others of another height, by the luck of a pixel; nothing in its
answer says so, but the ink is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from parsers.readers import ocr
from parsers.readers.ocr import Gray, Word

_LETTER = (0.04, 0.22)
"""Inches: the least and greatest height of a letter, with its marks."""
_WIDEST = 0.3
_JOIN = 0.2
"""Inches: letters nearer than that side by side are one line."""
_LETTERS, _LENGTH = 4, 0.3
"""Letters and inches that make a line worth reading."""
_ABOVE, _BESIDE = 0.06, 1.2
"""Inches around a line that are read with it: at its ends letters may touch a signature."""
_SURE = 0.6
_MOST = 24
_DARK = 150

_Region = tuple[int, int, int, int]


def missed_words(picture: Gray, dpi: float, words: Sequence[Word]) -> list[Word]:
    """The words of lines in which ``words`` has none, each line with a number of its own.

    ``picture`` is what ``words`` was read from, in whose pixels they are.
    """
    number = max((word.line for word in words), default=-1)
    regions = _regions(_left(picture, dpi, words), dpi)[:_MOST]
    rest = _without(picture, words) if regions else picture
    out: list[Word] = []
    for region in regions:
        number += 1
        read = [w for w in _read(rest, dpi, region) if not _known(w, out)]
        if ocr.mean_confidence(read) >= _SURE and sum(len(w.text) for w in read) >= _LETTERS:
            out += [replace(word, line=number) for word in read]
    return out


def _left(picture: Gray, dpi: float, words: Sequence[Word]) -> Gray:
    """Letters, as 1, in no word's box."""
    ink = (picture < _DARK).astype(np.uint8)
    margin = round(0.02 * dpi)
    for word in words:
        ink[
            max(word.top - margin, 0) : word.bottom + margin,
            max(word.left - margin, 0) : word.right + margin,
        ] = 0
    return ink


def _regions(ink: Gray, dpi: float) -> list[_Region]:
    """Left, top, right, bottom of what may be lines of letters, top to bottom."""
    letters, found = _letters(ink, dpi)
    if len(found) < _LETTERS:
        return []
    joined = cv2.dilate(letters, np.ones((1, max(round(_JOIN * dpi), 1)), np.uint8))
    lines, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxed = np.array(found)
    centres = boxed[:, :2] + boxed[:, 2:4] // 2
    out = []
    for left, top, width, height, _ in boxes[1:lines]:
        right, bottom = left + width, top + height
        inside = np.count_nonzero(
            (centres[:, 0] >= left) & (centres[:, 0] < right)
            & (centres[:, 1] >= top) & (centres[:, 1] < bottom)
        )  # fmt: skip
        if inside >= _LETTERS and width >= _LENGTH * dpi and height <= 2 * _LETTER[1] * dpi:
            out.append((int(left), int(top), int(right), int(bottom)))
    return sorted(out, key=lambda box: box[1])


def _letters(ink: Gray, dpi: float) -> tuple[Gray, list[_Region]]:
    """The strokes as high and wide as letters, as 1; left, top, width and height of each.

    Most of the page is bare by now: to go along the outlines is less than to number every pixel.
    """
    letters, found = np.zeros_like(ink), []
    outlines, tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for at, outline in enumerate(outlines):
        left, top, wide, high = cv2.boundingRect(outline)
        outer = tree[0][at][3] < 0
        if outer and _LETTER[0] * dpi <= high <= _LETTER[1] * dpi and wide <= _WIDEST * dpi:
            cv2.drawContours(letters, outlines, at, 1, -1)
            found.append((left, top, wide, high))
    return letters, found


def _read(picture: Gray, dpi: float, region: _Region) -> list[Word]:
    above, beside = round(_ABOVE * dpi), round(_BESIDE * dpi)
    left, top = max(region[0] - beside, 0), max(region[1] - above, 0)
    crop = picture[top : region[3] + above, left : region[2] + beside]
    return [
        replace(
            word, left=word.left + left, right=word.right + left,
            top=word.top + top, bottom=word.bottom + top,
        )
        for word in ocr.read_words(crop, dpi, ocr.LINE)
    ]  # fmt: skip


def _without(picture: Gray, words: Sequence[Word]) -> Gray:
    """``picture`` with every word that was read painted over."""
    rest = picture.copy()
    for word in words:
        rest[word.top : word.bottom, word.left : word.right] = 255
    return rest


def _known(word: Word, words: Sequence[Word]) -> bool:
    """Whether ``word`` lies on one that was read already."""
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return any(w.left <= x <= w.right and w.top <= y <= w.bottom for w in words)
