"""Whether a text layer under a page's picture says what the picture shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from rapidfuzz import fuzz

from parsers.readers import ocr, ocr_number, scan_source
from parsers.readers.lines import Word
from parsers.readers.ocr import Gray
from parsers.readers.scan_source import Bitmap
from schemas.text import fold

COVERING = 0.7
"""The share of a page a picture covers from which its text layer is somebody's recognition."""

_NUMBERS, _WORDS = 24, 12
_ALIKE = 60.0


def covered_by_picture(page: Any) -> bool:
    """Whether a pypdfium2 page is a picture with a layer over it."""
    return scan_source.image_share(page) >= COVERING


def layer_agrees(bitmap: Bitmap, words: Sequence[Word]) -> float:
    """1 minus the share of sampled words that the picture contradicts, 0 to 1.

    ``words`` have boxes in points of the shown page. Numbers are sampled first: a layer that is
    right in its words and wrong in a figure is the dangerous one. A word that cannot be read
    from the picture contradicts nothing; one where nothing stands does.
    """
    numbers = [w for w in words if ocr_number.integer(w.text) is not None and len(w.text) > 1]
    plain = [w for w in words if len(w.text) > 4 and w.text.isalpha()]
    sample = [*_evenly(numbers, _NUMBERS), *_evenly(plain, _WORDS)]
    if not sample:
        return 1.0
    gray = bitmap.picture
    if gray.ndim == 3:
        gray = cv2.cvtColor(gray, cv2.COLOR_BGR2GRAY)
    against = sum(_contradicted(bitmap, gray, word) for word in sample)
    return 1.0 - against / len(sample)


def _evenly(words: Sequence[Word], most: int) -> list[Word]:
    if len(words) <= most:
        return list(words)
    return [words[int(at)] for at in np.linspace(0, len(words) - 1, most)]


def _contradicted(bitmap: Bitmap, gray: Gray, word: Word) -> bool:
    crop = _crop(bitmap, gray, word)
    if crop.size == 0 or float(crop.min()) > 0.75 * float(np.percentile(gray[::7, ::7], 80)):
        return True
    value = ocr_number.integer(word.text)
    if value is not None:
        first = ocr_number.integer(ocr.read_digits(crop, bitmap.dpi)[0])
        if first in {value, None}:
            return False
        larger = cv2.resize(crop, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
        return ocr_number.integer(ocr.read_digits(larger, bitmap.dpi * 1.5)[0]) == first
    seen = ocr.read_line(crop, bitmap.dpi, ocr.LINE, "vie")
    return len(seen) > 2 and fuzz.ratio(fold(seen), fold(word.text)) < _ALIKE


def _crop(bitmap: Bitmap, gray: Gray, word: Word) -> Gray:
    k = bitmap.dpi / 72.0
    reach = 1.5
    left, top, right, bottom = word.box
    part = gray[
        max(int((top - reach) * k), 0) : int((bottom + reach) * k),
        max(int((left - reach) * k), 0) : int((right + reach) * k),
    ]
    pad = max(int(bitmap.dpi / 20), 6)
    if part.size == 0:
        return part
    paper = int(np.percentile(part, 90))
    return cv2.copyMakeBorder(part, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=paper)
