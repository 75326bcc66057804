"""Bold print on scans, told by the strokes' thickness: whole lines, and headings that text follows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from parsers.readers.ocr import Gray, Word

_BOLD, _LEAD = 1.18, 1.15
"""How much thicker than the page's strokes a bold line's are; than its line's, a heading's in it."""
_NUMBERED = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[a-hđA-HĐ])[.)/:–-]{1,2}")
_ENDS = (".", ":")
_LONGEST = 14


def bold_words(gray: Gray, lines: Mapping[int, Sequence[Word]]) -> dict[int, int]:
    """How many words from its beginning on are bold, for each of Tesseract's ``lines``.

    All where strokes are clearly thicker, for their letters' height, than the page's; else those
    of a numbered heading up to its full stop or colon that text in thinner strokes follows.
    """
    ink = cv2.threshold(gray, 127, 1, cv2.THRESH_BINARY_INV)[1]
    core = cv2.erode(ink, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)))

    def weight(word: Word) -> float:
        area = _inside(ink, word)
        return 2 * area / max(area - _inside(core, word), 1) if area else 0.0

    weights = {
        line: [weight(w) if len(w.text) > 1 else None for w in members]
        for line, members in lines.items()
    }
    middle = {line: _median(one) for line, one in weights.items()}
    letters = [middle[line] for line, one in weights.items() for w in one if w is not None]
    usual = float(np.median(letters)) if letters else 0.0
    return {
        line: len(members) if middle[line] > _BOLD * usual else _lead(members, weights[line])
        for line, members in lines.items()
    }


def _lead(members: Sequence[Word], weights: Sequence[float | None]) -> int:
    if not members or not _NUMBERED.fullmatch(members[0].text):
        return 0
    end = next((at for at, w in enumerate(members) if at and w.text.endswith(_ENDS)), 0) + 1
    if not 1 < end <= min(_LONGEST, len(members) - 1):
        return 0
    return end if _median(weights[1:end]) > _LEAD * _median(weights[end:]) > 0 else 0


def _median(weights: Sequence[float | None]) -> float:
    return float(np.median([w for w in weights if w is not None] or [0.0]))


def _inside(ink: Gray, word: Word) -> int:
    return int(
        np.count_nonzero(ink[max(word.top, 0) : word.bottom, max(word.left, 0) : word.right])
    )
