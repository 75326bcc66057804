"""Signs that no one wrote: specks read as stops and hyphens, and a dot read as a hook above an "i"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from parsers.lexicon import spelled
from parsers.readers.ocr import Gray, Word
from parsers.readers.scan_again import MAJORITY
from parsers.readers.scan_clean import CleanPage

_LONE = re.compile(r"[.,'`_]{1,2}")
_QUOTE = re.compile(r"(?<=[^\W\d_])['`´]$")
_OPENS = re.compile(r"^[('“\"]*['‘]")
_STOPPED = re.compile(r"(?P<one>.*[^\W_][,;])\.(?P<two>[^\W_].*)")
_JOINED = re.compile(r"(?P<one>[^\W\d_]+,?)-(?P<two>[^\W\d_]+)")
_HOOKED = {"ỉ": "i"}
_HOOK, _DOTS, _COARSE = 1.16, 8, 4.0
"""How much higher than the page's dots a hook is at least; dots that are enough to tell, and the
pixels of height below which a dot is as high as a hook."""


def without_stray_signs(words: Sequence[Word]) -> list[Word]:
    """``words`` without signs by themselves, quotation marks that close nothing, and what joins two.

    A hyphen goes only from between syllables that make a common word together ("lạc-bộ"), or after
    a comma.
    """
    opened = {word.line for word in words if _OPENS.match(word.text)}
    out: list[Word] = []
    for word in words:
        if _LONE.fullmatch(word.text):
            continue
        bare = word.text if word.line in opened else _QUOTE.sub("", word.text)
        out += _parted(replace(word, text=bare))
    return out


def _parted(word: Word) -> Iterator[Word]:
    found = _STOPPED.fullmatch(word.text) or _JOINED.fullmatch(word.text)
    if found is None or not (found["one"][-1] in ",;" or _is_common(found["one"], found["two"])):
        yield word
        return
    middle = word.left + (word.right - word.left) * found.end("one") // len(word.text)
    trust = min(word.confidence, MAJORITY)
    yield replace(word, text=found["one"], right=middle, confidence=trust)
    yield replace(word, text=found["two"], left=middle, confidence=trust)


def _is_common(first: str, second: str) -> bool:
    return spelled(first, second) == (first, second)


def with_dots(page: CleanPage, words: Sequence[Word]) -> list[Word]:
    """``words`` with "chỉ" as "chi" where what stands above the "i" is no higher than a dot is."""
    hooked = [w for w in words if w.text[-1:] in _HOOKED]
    if not hooked:
        return list(words)
    dots = [h for w in words if w.text[-1:] == "i" and (h := _mark(page.gray, w))]
    usual = float(np.median(dots)) if len(dots) >= _DOTS else 0.0
    if usual < _COARSE:
        return list(words)
    least = _HOOK * usual
    dotted = {id(w) for w in hooked if 0 < _mark(page.gray, w) < least}
    return [
        replace(w, text=w.text[:-1] + _HOOKED[w.text[-1]], confidence=min(w.confidence, MAJORITY))
        if id(w) in dotted else w
        for w in words
    ]  # fmt: skip


def _mark(gray: Gray, word: Word) -> int:
    """Height in pixels of what stands above the last letter, a stroke; 0 where that cannot be told."""
    crop = gray[max(word.top - 2, 0) : word.bottom + 2, max(word.left, 0) : word.right + 1]
    if not crop.size:
        return 0
    ink = cv2.threshold(crop, 150, 1, cv2.THRESH_BINARY_INV)[1]
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    if len(stats) < 2:
        return 0
    high = stats[:, cv2.CC_STAT_HEIGHT].max()
    tall = stats[stats[:, cv2.CC_STAT_HEIGHT] >= 0.4 * high]
    left, top, width, *_ = tall[np.argmax(tall[:, 0] + tall[:, 2])]
    above = [
        int(h) for x, y, w, h, _ in stats
        if y + h <= top + 1 and x + w > left - 1 and x < left + width + 1 and h < 0.4 * high
    ]  # fmt: skip
    return above[0] if len(above) == 1 else 0
