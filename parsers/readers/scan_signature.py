"""Who signs, read once more where seal and signature lie over it: the blackest ink by itself.

Office and name are printed in black; a seal scanned in grey, and what a faded red one left, are paler.
Layout analysis takes a line that a ring crosses for a picture and drops it whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from parsers.header_tail import OFFICES
from parsers.readers import ocr
from parsers.readers.ocr import Gray, Word
from parsers.readers.scan_again import DISPUTED, FOOT, MAJORITY, framed, in_columns, resized
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_offices import with_offices
from parsers.readers.syllables import is_known
from parsers.surnames import is_surname_spelled
from schemas.text import fold

_LOOKS = ((90, 200.0), (60, 240.0), (125, 170.0))
"""Below which level ink is kept and at how many dots an inch it is read, tried in this order until two
readings give one name."""
_BILEVEL = 1.0
"""The contrast of a picture without grey: of one ink all looks see the same, and none confirms another."""
_TRUSTED = 0.6
_ABOVE, _DEEP, _ASIDE = 0.35, 2.3, 1.7
"""Inches above the foot's first line and below it where a signature stands; right of the foot's left edge."""
_WORDS, _NOISE, _NEW_LINES = range(2, 6), 0.5, 10_000

_Box = tuple[int, int, int, int]


def signature_again(page: CleanPage, words: Sequence[Word]) -> list[Word]:
    """``words`` with the signer's office and name beside "Nơi nhận", where one of them was not read whole.

    A name that two readings give alike is worth a majority; any other is left in doubt.
    """
    box = _beside_foot(page, words)
    if box is None:
        return list(words)
    inside = [w for w in words if _holds(box, w)]
    if _is_whole(inside):
        return list(words)
    found = _found(page, box, inside)
    if not found:
        return list(words)
    noise = {id(w) for p in in_columns(inside) if max(x.confidence for x in p) < _NOISE for w in p}
    gone = noise | {id(w) for w in inside if any(_is_over(w, new) for new in found)}
    return [*(w for w in words if id(w) not in gone), *found]


def _beside_foot(page: CleanPage, words: Sequence[Word]) -> _Box | None:
    """Where the signature stands: right of the copies' list, as deep as seal and name reach."""
    parts = in_columns(words)
    foot = next(
        (p for p in parts if fold(_text(p)).startswith("n") and FOOT.match(fold(_text(p)))), None
    )
    if foot is None:
        return None
    left, top = foot[0].left + int(_ASIDE * page.dpi), foot[0].top
    bottom = min(top + int(_DEEP * page.dpi), page.gray.shape[0])
    listed = [
        p[-1].right for p in parts
        if abs(p[0].left - foot[0].left) < 0.5 * page.dpi and top < p[0].top < bottom
        and p[-1].right < 0.6 * page.gray.shape[1]
    ]  # fmt: skip
    left = max([left, *(right + int(0.05 * page.dpi) for right in listed)])
    return left, max(top - int(_ABOVE * page.dpi), 0), page.gray.shape[1], bottom


def _text(part: Sequence[Word]) -> str:
    return " ".join(w.text for w in part)


def _holds(box: _Box, word: Word) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_whole(words: Sequence[Word]) -> bool:
    """Whether an office and a name under it can be trusted as they were read."""
    sure = [p for p in in_columns(words) if _trust(p) >= _TRUSTED]
    named = any(_name(p) == list(p) for p in sure)
    return named and any(_is_office(p) for p in sure)


def _is_office(part: Sequence[Word]) -> bool:
    text = _text(part)
    return text.isupper() and any(text.casefold().endswith(office) for office in OFFICES)


def _name(part: Sequence[Word]) -> list[Word]:
    """The words of ``part`` that are a person's name; none where there is no such."""
    runs: list[list[Word]] = [[]]
    for word in part:
        if word.text.isalpha() and word.text.istitle():
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    whole = [r for r in runs if len(r) in _WORDS and is_surname_spelled(r[0].text)]
    return max(whole, key=len, default=[])


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one reading gave: the lines that are offices, top to bottom, and the name's words."""

    offices: list[list[Word]]
    name: list[Word]

    @property
    def office(self) -> str:
        return "\n".join(map(_text, self.offices))


def _found(page: CleanPage, box: _Box, inside: Sequence[Word]) -> list[Word]:
    """Offices, where none was read surely, and name, as new lines of words."""
    readings: list[_Reading] = []
    for level, dpi in _LOOKS:
        readings.append(_reading(page, box, level, dpi))
        if _most(_text(r.name) for r in readings)[1] > 1:
            break
    told_apart = page.contrast < _BILEVEL
    lines = []
    if not any(_is_office(p) for p in in_columns(inside) if _trust(p) >= _TRUSTED):
        office, times = _most(r.office for r in readings)
        lines += next(
            (_worth(r.offices, times * told_apart) for r in readings if r.office == office), []
        )
    name, times = _most(_text(r.name) for r in readings)
    if name:
        words = next(r.name for r in readings if _text(r.name) == name)
        lines += _worth([words], times * (told_apart and all(is_known(w.text) for w in words)))
    number = max((w.line for w in inside), default=0) + _NEW_LINES
    return [replace(w, line=number + at) for at, line in enumerate(lines) for w in _closed(line)]


def _closed(line: Sequence[Word]) -> list[Word]:
    """The words of one line with no gap as wide as between columns: a ring takes from their boxes."""
    ends = [max(a.right, b.left - a.height // 3) for a, b in pairwise(line)]
    return [replace(w, right=end) for w, end in zip(line, [*ends, line[-1].right], strict=True)]


def _most(texts: Iterable[str]) -> tuple[str, int]:
    """The text that most readings gave and how many did; nothing where all gave nothing."""
    counted = Counter(text for text in texts if text)
    return counted.most_common(1)[0] if counted else ("", 0)


def _worth(lines: Sequence[Sequence[Word]], times: int) -> list[list[Word]]:
    """``lines`` trusted as far as so many like readings allow."""
    trust = MAJORITY if times > 1 else DISPUTED
    return [[replace(w, confidence=trust) for w in line] for line in lines]


def _trust(words: Sequence[Word]) -> float:
    return min(w.confidence for w in words)


def _reading(page: CleanPage, box: _Box, level: int, dpi: float) -> _Reading:
    left, top, right, bottom = box
    scale = dpi / page.dpi
    picture = framed(resized(_darker(page.gray[top:bottom, left:right], level), scale), dpi)
    pad = (picture.shape[0] - round((bottom - top) * scale)) // 2
    seen = [
        replace(
            w, left=left + round((w.left - pad) / scale), top=top + round((w.top - pad) / scale),
            right=left + round((w.right - pad) / scale), bottom=top + round((w.bottom - pad) / scale),
        )
        for w in ocr.read_words(picture, dpi, ocr.BLOCK)
    ]  # fmt: skip
    parts = in_columns(with_offices(seen))
    offices = [p for p in parts if _is_office(p)]
    below = [p for p in parts if not offices or p[0].top > offices[-1][0].top]
    return _Reading(offices, next((name for p in reversed(below) if (name := _name(p))), []))


def _darker(crop: Gray, level: int) -> Gray:
    """Only the ink of ``crop`` that is darker than ``level``, and its edges."""
    core = cv2.dilate((crop < level).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.where(core > 0, crop, np.uint8(255))


def _is_over(old: Word, new: Word) -> bool:
    """Whether both stand on one line, one over the other or next to it."""
    high = min(old.bottom, new.bottom) - max(old.top, new.top)
    tall = min(old.height, new.height)
    near = old.left - new.right < new.height and new.left - old.right < new.height
    return high > 0.4 * tall and near
