"""Words with figures outside tables, and symbols of documents: read again by the other model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from parsers.readers import ocr, ocr_number
from parsers.readers.ocr import Gray, Word
from parsers.readers.ocr_number import counts_something
from parsers.readers.scan_again import AGREED, DISPUTED, MAJORITY, framed, resized
from parsers.readers.scan_clean import CleanPage
from parsers.symbols import KNOWN_GROUPS

_SYMBOL = re.compile(r"\d\S{0,2}\s*/\s*[^\W\d_]|^[^\W\d_a-zà-ỹ]{2,}\w*-[^\W\d_a-zà-ỹ]{2,}")
_GLUED, _GLUED_AS = re.compile(r"[^\W\d_]{2}[:;.]+(?=\d)"), re.compile(r"^\w{1,3}[:;.]+(?=\w)")
""" "Số:" without a space before its number, and as the other model sees it."""
_FINE_DPI = 250.0
_SYMBOL_SCALES = {True: (0.67, 1.0, 1.25), False: (1.0, 1.5, 1.25)}
_QUORUM, _LONG = 3, 5
_DOTTED = {
    group.replace("Đ", letter): group
    for letter in "BD"
    for group in KNOWN_GROUPS
    if group.replace("Đ", letter) not in KNOWN_GROUPS and (letter == "D" or len(group) >= _LONG)
}
"""Known parts of symbols by what is read of them where Đ is not known: it is seen as D, or as B,
which in a short part may be meant."""


def read_figures_again(page: CleanPage, words: Sequence[Word]) -> list[Word]:
    """Every word with a digit in it, read a second time; what differs is voted on or distrusted."""
    return [_again(page, word) if _matters(word) else word for word in words]


def read_counted_again(page: CleanPage, words: Sequence[Word]) -> list[Word]:
    """Figures with what they count beside them ("2 220 người"): no vote on digits alone fits those."""
    counted = {
        line for line, members in _lines(words).items()
        if counts_something(" ".join(w.text for w in members))
    }  # fmt: skip
    return [
        _again(page, w) if w.line in counted and any(c.isdigit() for c in w.text) else w
        for w in words
    ]


def _lines(words: Sequence[Word]) -> dict[int, list[Word]]:
    out: dict[int, list[Word]] = {}
    for word in words:
        out.setdefault(word.line, []).append(word)
    return out


def _matters(word: Word) -> bool:
    return any(c.isdigit() for c in word.text) or bool(_SYMBOL.search(word.text))


def _again(page: CleanPage, word: Word) -> Word:
    crop = _crop(page, word)
    if _SYMBOL.search(word.text):
        return _symbol(page, word, crop)
    seen = []
    for scale, mode in _tries(page.dpi):
        picture = framed(resized(crop, scale), page.dpi * scale)
        seen.append(_bare(ocr.read_line(picture, page.dpi * scale, mode, "eng")))
        if _figures(seen[-1]) == _figures(word.text):
            trust = AGREED if len(seen) == 1 else MAJORITY
            return replace(word, confidence=max(word.confidence, trust))
    return _outvoted(word, seen)


def _outvoted(word: Word, seen: Sequence[str]) -> Word:
    """A word whose figures both other readings give otherwise: theirs, if they agree.

    "2ó" for 26 is a figure taken for a letter, and mended; 20 for 26 is anybody's guess.
    """
    bare = _bare(word.text)
    meant = _figures(word.text.translate(ocr_number.LOOKALIKES))
    if len(set(seen)) == 1 and seen[0].isdigit() and seen[0] == meant:
        return replace(word, text=seen[0], confidence=MAJORITY)
    if len(set(seen)) > 1 or len(seen[0]) != len(bare):
        return replace(word, confidence=min(word.confidence, DISPUTED))
    letters = all(a == b or not a.isdigit() for a, b in zip(bare, seen[0], strict=True))
    text = word.text.replace(bare, seen[0])
    return replace(word, text=text, confidence=MAJORITY if letters else DISPUTED)


def _tries(dpi: float) -> tuple[tuple[float, int], ...]:
    fine = dpi >= _FINE_DPI
    return ((0.67, ocr.LINE), (1.0, ocr.BLOCK)) if fine else ((1.0, ocr.LINE), (1.5, ocr.BLOCK))


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)


def _crop(page: CleanPage, word: Word) -> Gray:
    margin = max(int(page.dpi / 50), 3)
    return page.gray[
        max(word.top - margin, 0) : word.bottom + margin,
        max(word.left - margin, 0) : word.right + margin,
    ]


def _symbol(page: CleanPage, word: Word, crop: Gray) -> Word:
    """A document's number and symbol ("3764/BGDĐT-GDTrH"), part by part.

    The Vietnamese model drops and doubles letters in runs of capitals with a small one among them;
    the English model does not, but knows no Đ: that is put back from the Vietnamese reading.
    """
    whole = _bare(word.text)
    glued = _GLUED.match(whole)
    bare = whole[glued.end() :] if glued else whole
    seen = [bare]
    for scale in _SYMBOL_SCALES[page.dpi >= _FINE_DPI]:
        picture = framed(resized(crop, scale), page.dpi * scale)
        read = ocr.read_line(picture, page.dpi * scale, ocr.LINE, "eng")
        read = _GLUED_AS.sub("", _bare(read)) if glued else _bare(read)
        seen.append(_bare(_with_marks(read, bare)))
        if len(seen) == 3 and seen[0] == seen[1] == seen[2]:
            return replace(word, confidence=AGREED)
    text, sure = _elected(seen)
    trust = MAJORITY if sure else DISPUTED
    return replace(
        word, text=word.text.replace(bare, text) if bare else word.text, confidence=trust
    )


def _elected(seen: Sequence[str]) -> tuple[str, bool]:
    """The likeliest whole of ``seen``, first reading first; and whether every part has a majority.

    A known part of a symbol weighs more than a reading, and is then looked at, not trusted.
    """
    split = [_parts(text) for text in seen]
    lengths = Counter(len(parts) for parts in split)
    length = max(lengths, key=lambda n: (lengths[n], -n))
    fitting = [parts for parts in split if len(parts) == length]
    out, sure = [], len(fitting) >= _QUORUM
    for place in zip(*fitting, strict=True):
        votes: dict[str, float] = {}
        for part in place:
            votes[part] = votes.get(part, 1.5 * (part in KNOWN_GROUPS)) + 1
        best = max(votes, key=lambda part: votes[part])
        rivals = [v for part, v in votes.items() if part != best]
        sure = sure and votes[best] >= 2 and votes[best] > max(rivals, default=0.0) + 0.5
        out.append(best)
    return "".join(out), sure


def _parts(text: str) -> list[str]:
    """Number, groups and the signs between; capitals in the number are figures that look like them."""
    number, *rest = (_DOTTED.get(part, part) for part in re.split(r"([-/])", text))
    if any(c.isdigit() for c in number):
        number = number.translate(ocr_number.LOOKALIKES)
    return [number, *rest]


def _bare(text: str) -> str:
    return text.replace(" ", "").strip(".,;:()[]|_'\"“”‘’`~*-–— ")


def _with_marks(plain: str, marked: str) -> str:
    """``plain`` with D as Đ where ``marked`` has Đ in that place."""
    plain = plain.replace(" ", "")
    out = list(plain)
    flat = marked.replace("Đ", "D")
    for block in SequenceMatcher(None, plain, flat, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if marked[block.b + step] == "Đ":
                out[block.a + step] = "Đ"
    return "".join(out)
