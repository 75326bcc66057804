"""Words that matter are read a second time, and what differs a third: majority, else distrust."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from statistics import median

import cv2

from parsers.readers import ocr
from parsers.readers.ocr import Gray, Word
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_seal import darkest
from parsers.readers.syllables import is_known, is_unlikely
from schemas.text import fold

AGREED, MAJORITY, DISPUTED = 0.95, 0.7, 0.4
"""What a word is worth after it was read again: twice the same, two of three, no two the same."""

_FINE_DPI = 250.0
_SCALES = {True: (0.67, 1.25), False: (1.5, 1.25)}
_COARSE_SCALES = (1.5, 2.5)
_COARSE_DPI = 170.0
_TALL, _GAP, _EASY = 1.6, 4.0, 0.93
_AUTHORITY = re.compile(r"^(KT|TM|TL|TUQ)[.:;,]$")
_EDGE = ".,;:()[]{}|_'\"“”‘’`~*-–— "


def read_again(page: CleanPage, words: Sequence[Word], lines: set[int]) -> list[Word]:
    """``words`` with those of Tesseract's ``lines`` voted on, column by column."""
    members: dict[int, list[Word]] = {}
    for word in words:
        if word.line in lines:
            members.setdefault(word.line, []).append(word)
    out: list[Word] = []
    for word in words:
        if word.line not in members:
            out.append(word)
        elif word is members[word.line][0]:
            out += [w for part in _columns(members[word.line]) for w in _vote(page, part)]
    return [_abbreviated(word) for word in out]


def in_columns(words: Sequence[Word]) -> list[list[Word]]:
    """Tesseract's lines, each cut where a gap is wider than any between words."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [part for line in lines.values() for part in _columns(line)]


def _columns(line: list[Word]) -> list[list[Word]]:
    """A line cut where a gap is wider than any between words: one side may lie under a seal."""
    gap = _GAP * median(w.height for w in line)
    out: list[list[Word]] = []
    for word in line:
        if out and 0 <= word.left - out[-1][-1].right <= gap:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _abbreviated(word: Word) -> Word:
    """ "KT:" for "KT.": what follows a signature's abbreviation is a full stop."""
    return replace(word, text=_AUTHORITY.sub(r"\1.", word.text))


def _vote(page: CleanPage, line: list[Word]) -> list[Word]:
    first, second = _scales(page.dpi)
    once = [w.text for w in line]
    partners = [_partners(once, _texts(_other_reading(page, line, first)))]
    if partners[0] == once:
        return [replace(w, confidence=max(w.confidence, AGREED)) for w in line]
    dark: list[list[Word]] = []
    if page.seal is not None and not page.colour:
        dark = [_other_reading(page, line, scale, darkest) for scale in (1.0, 1.5)]
    if dark and dark[0] and _bare(dark[0]) == _bare(dark[1]) and _as_long(dark[1], line):
        return [replace(w, line=line[0].line, confidence=MAJORITY) for w in dark[1]]
    others = [_other_reading(page, line, second), *(seen for seen in dark if seen)]
    partners += [_partners(once, _texts(seen)) for seen in others]
    votes = zip(*partners, strict=True)
    return [_settled(word, cast) for word, cast in zip(line, votes, strict=True)]


def _as_long(seen: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether nothing of the line was lost with the seal."""
    return sum(len(w.text) for w in seen) >= 0.85 * sum(len(w.text) for w in line)


def _scales(dpi: float) -> tuple[float, float]:
    return _COARSE_SCALES if dpi < _COARSE_DPI else _SCALES[dpi >= _FINE_DPI]


def _texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def _bare(words: Sequence[Word]) -> list[str]:
    return [word.text.strip(_EDGE) for word in words]


def _settled(word: Word, cast: Sequence[str | None]) -> Word:
    """The word that most readings give; signs around it do not count. ``cast``: the other readings."""
    bare = word.text.strip(_EDGE)
    others = [text.strip(_EDGE) for text in cast if text is not None]
    same = others.count(bare)
    if cast[0] == word.text or same == len(cast):
        return replace(word, confidence=max(word.confidence, AGREED))
    best, times = Counter(others).most_common(1)[0] if others else ("", 0)
    if is_unlikely(bare) and is_known(best):
        return replace(word, text=word.text.replace(bare, best), confidence=MAJORITY)
    if same and same + 1 >= times:
        return replace(word, confidence=max(word.confidence, MAJORITY))
    if times > 1 and times > same + 1 and best and bare and not is_unlikely(best):
        return replace(word, text=word.text.replace(bare, best), confidence=MAJORITY)
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


def _other_reading(
    page: CleanPage,
    line: list[Word],
    scale: float,
    ink: Callable[[Gray], Gray | None] | None = None,
) -> list[Word]:
    """The line read at ``scale``; of the ``ink`` alone, nothing where that cannot be told."""
    crop, left, top = _cut(page, line)
    shown = crop if ink is None else ink(crop)
    if shown is None:
        return []
    picture, pad = framed(resized(shown, scale), page.dpi * scale), _pad(page.dpi * scale)
    words = ocr.read_words(picture, page.dpi * scale, ocr.LINE)
    return [_placed(word, scale, pad, left, top) for word in words]


def _cut(page: CleanPage, line: list[Word]) -> tuple[Gray, int, int]:
    """The line's picture, and where its left top corner lies."""
    tall = median(w.height for w in line)
    usual = [w for w in line if w.height <= _TALL * tall]
    margin = max(int(page.dpi / 50), 3)
    top = max(min(w.top for w in usual) - margin, 0)
    left = max(min(w.left for w in line) - 2 * margin, 0)
    bottom, right = max(w.bottom for w in usual) + margin, max(w.right for w in line) + 2 * margin
    return page.gray[top:bottom, left:right], left, top


def _placed(word: Word, scale: float, pad: int, left: int, top: int) -> Word:
    return replace(
        word,
        left=left + round((word.left - pad) / scale), top=top + round((word.top - pad) / scale),
        right=left + round((word.right - pad) / scale),
        bottom=top + round((word.bottom - pad) / scale),
    )  # fmt: skip


def resized(crop: Gray, scale: float) -> Gray:
    """``crop`` at ``scale``, smooth."""
    if scale == 1.0:
        return crop
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(crop, None, fx=scale, fy=scale, interpolation=how)


def _pad(dpi: float) -> int:
    return max(int(dpi / 20), 8)


def framed(crop: Gray, dpi: float) -> Gray:
    """``crop`` with white around it: letters at the edge of a picture are lost."""
    pad = _pad(dpi)
    return cv2.copyMakeBorder(crop, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255)


_KEYWORDS = re.compile(
    r"chu de|tieu bieu|bieu duong|khen|dien hinh|noi bat|xuat sac|ket qua to chuc|"
    r"bao cao so|kem theo|trung tam gdnn|truong thpt"
)
_TYPE = re.compile(r"^\W*(?:bao cao|ke hoach|cong van|thong bao|to trinh)\W*$")
FOOT = re.compile(r"^\W*n\S{1,2}i nh\S{1,2}n\b|^\W*(?:kt|tm|tl|tuq|k/t|t/m)\s*[./]")
_AFTER_TYPE, _AFTER_KEY, _AFTER_FOOT = 4, 1, 14
_WEAK, _MOST_WEAK = 0.86, 3
"""Below it a word in a line of text is read again; in how many lines of a page."""


def lines_that_matter(words: Sequence[Word], number: int) -> set[int]:
    """Tesseract's lines that hold what a letter is known by: subject, theme, praise, signature.

    On a first page the whole head is one of them: agency, place and subject. Of all but the
    signature only those count in which some word was not read with ease.
    """
    texts: dict[int, list[Word]] = {}
    for word in words:
        texts.setdefault(word.line, []).append(word)
    order = list(texts)
    folded = [fold(" ".join(w.text for w in texts[line])) for line in order]
    wanted: set[int] = set()
    foot: set[int] = set()
    for at, text in enumerate(folded):
        if number == 1 and _TYPE.match(text):
            wanted.update(order[: at + 1 + _AFTER_TYPE])
        if _KEYWORDS.search(text):
            wanted.update(order[at : at + 1 + _AFTER_KEY])
        if FOOT.match(text):
            foot.update(order[at : at + 1 + _AFTER_FOOT])
    hard = {line for line in wanted if min(w.confidence for w in texts[line]) < _EASY}
    return hard | foot | _weakest({line: texts[line] for line in texts if line not in hard | foot})


def _weakest(texts: Mapping[int, Sequence[Word]]) -> set[int]:
    """The lines, as many as may be read again, that hold what is no word, or a word read with least ease."""
    worst = {line: min(map(_ease, words)) for line, words in texts.items() if len(words) > 2}
    weak = sorted((ease, line) for line, ease in worst.items() if ease < _WEAK)
    return {line for _, line in weak[:_MOST_WEAK]}


def _ease(word: Word) -> float:
    """How surely a word in small letters was read; capitals and signs are no concern of a letter's text."""
    bare = word.text.strip(_EDGE)
    if not bare.isalpha() or (bare.isupper() and len(bare) > 1):
        return 1.0
    return 0.0 if is_unlikely(bare) else word.confidence
