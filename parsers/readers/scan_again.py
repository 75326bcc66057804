"""Words that matter are read a second time, and what differs a third: majority, else distrust."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import cv2

from parsers.readers import ocr
from parsers.readers.ocr import Gray, Word
from parsers.readers.scan_clean import CleanPage
from schemas.text import fold

AGREED, MAJORITY, DISPUTED = 0.95, 0.7, 0.4
"""What a word is worth after it was read again: twice the same, two of three, no two the same."""

_FINE_DPI = 250.0
_SCALES = {True: (0.67, 1.25), False: (1.5, 1.25)}
_COARSE_SCALES = (1.5, 2.5)
_COARSE_DPI = 170.0
_EDGE = ".,;:()[]{}|_'\"“”‘’`~*-–— "


def read_again(page: CleanPage, words: Sequence[Word], lines: set[int]) -> list[Word]:
    """``words`` with those of Tesseract's ``lines`` voted on."""
    members: dict[int, list[Word]] = {}
    for word in words:
        if word.line in lines:
            members.setdefault(word.line, []).append(word)
    voted = {line: iter(_vote(page, mine)) for line, mine in members.items()}
    return [next(voted[w.line]) if w.line in voted else w for w in words]


def _vote(page: CleanPage, line: list[Word]) -> list[Word]:
    first, second = _scales(page.dpi)
    once = [w.text for w in line]
    again = _other_reading(page, line, first)
    differing = _partners(once, again)
    if all(partner == text for partner, text in zip(differing, once, strict=True)):
        return [replace(w, confidence=max(w.confidence, AGREED)) for w in line]
    third = _partners(once, _other_reading(page, line, second))
    return [_settled(word, a, b) for word, a, b in zip(line, differing, third, strict=True)]


def _scales(dpi: float) -> tuple[float, float]:
    return _COARSE_SCALES if dpi < _COARSE_DPI else _SCALES[dpi >= _FINE_DPI]


def _settled(word: Word, second: str | None, third: str | None) -> Word:
    """The word that two of three readings give; signs around it do not count."""
    bare = word.text.strip(_EDGE)
    others = [text.strip(_EDGE) for text in (second, third) if text is not None]
    same = others.count(bare)
    if same == 2 or second == word.text:
        return replace(word, confidence=max(word.confidence, AGREED))
    if same == 1:
        return replace(word, confidence=max(word.confidence, MAJORITY))
    if len(others) == 2 and others[0] == others[1] and bare:
        text = word.text.replace(bare, others[0]) if others[0] else word.text
        return replace(word, text=text, confidence=MAJORITY)
    return replace(word, confidence=min(word.confidence, DISPUTED))


def _partners(once: list[str], again: list[str]) -> list[str | None]:
    """For each word what the other reading has in its place; None where that cannot be told."""
    out: list[str | None] = [None] * len(once)
    keys, others = [fold(t) for t in once], [fold(t) for t in again]
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and a1 - a0 == b1 - b0):
            out[a0:a1] = again[b0:b1]
        elif tag == "replace" and a1 - a0 == 1:
            out[a0] = "".join(again[b0:b1])  # one word read as several
    return out


def _other_reading(page: CleanPage, line: list[Word], scale: float) -> list[str]:
    margin = max(int(page.dpi / 50), 3)
    crop = page.gray[
        max(min(w.top for w in line) - margin, 0) : max(w.bottom for w in line) + margin,
        max(min(w.left for w in line) - 2 * margin, 0) : max(w.right for w in line) + 2 * margin,
    ]
    picture = framed(resized(crop, scale), page.dpi * scale)
    return [w.text for w in ocr.read_words(picture, page.dpi * scale, ocr.LINE)]


def resized(crop: Gray, scale: float) -> Gray:
    """``crop`` at ``scale``, smooth."""
    if scale == 1.0:
        return crop
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(crop, None, fx=scale, fy=scale, interpolation=how)


def framed(crop: Gray, dpi: float) -> Gray:
    """``crop`` with white around it: letters at the edge of a picture are lost."""
    pad = max(int(dpi / 20), 8)
    return cv2.copyMakeBorder(crop, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255)


_KEYWORDS = re.compile(
    r"chu de|tieu bieu|bieu duong|khen|dien hinh|noi bat|xuat sac|ket qua to chuc|"
    r"bao cao so|kem theo|trung tam gdnn|truong thpt"
)
_TYPE = re.compile(r"^\W*(?:bao cao|ke hoach|cong van|thong bao|to trinh)\W*$")
_FOOT = re.compile(r"^\W*n\S{1,2}i nh\S{1,2}n\b|^\W*(?:kt|tm|tl|tuq|k/t|t/m)\s*[./]")
_AFTER_TYPE, _AFTER_KEY, _AFTER_FOOT = 4, 1, 14


def lines_that_matter(words: Sequence[Word], number: int) -> set[int]:
    """Tesseract's lines that hold what a letter is known by: subject, theme, praise, signature.

    On a first page the whole head is one of them: agency, place and subject.
    """
    texts: dict[int, list[str]] = {}
    for word in words:
        texts.setdefault(word.line, []).append(word.text)
    order = list(texts)
    folded = [fold(" ".join(texts[line])) for line in order]
    wanted: set[int] = set()
    for at, text in enumerate(folded):
        if number == 1 and _TYPE.match(text):
            wanted.update(order[: at + 1 + _AFTER_TYPE])
        if _KEYWORDS.search(text):
            wanted.update(order[at : at + 1 + _AFTER_KEY])
        if _FOOT.match(text):
            wanted.update(order[at : at + 1 + _AFTER_FOOT])
    return wanted


__all__ = ["framed", "lines_that_matter", "read_again", "resized"]
