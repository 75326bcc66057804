"""Marks that a recogniser confused, put right where the two syllables make a common word; and Roman
numbers of headings that were seen as letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.lexicon import spelled
from parsers.readers.ocr import Word
from parsers.readers.scan_again import DISPUTED
from parsers.readers.syllables import is_unlikely

_EDGE = ".,;:()[]{}|_'\"“”‘’*-–— "
_ENDS, _BEGINS = '.,;:)”"', '(“"‘«'
"""Signs over which no word reaches; where there is no letter nothing is known."""
_COUNTED = re.compile(r"^[58](?=ố\b)")
"""Of "Số": no figure goes before a letter with marks."""
_MENDED = 0.7
_SPECKED = re.compile(
    r"^['`´‘][^\W\d_]+$|[^\W\d_]_|_[^\W\d_]|^[^\W\d_]*[^\x00-\x7f][a-zà-ỹ]*-[a-z]*[à-ỹ]"
)
_NUMBER = re.compile(r"(?=\S*[IVXH])[IVXHLTl|1]{1,5}(?=[.)/:–-]$)")
_STROKES = str.maketrans({"H": "II", "L": "I", "T": "I", "l": "I", "|": "I", "1": "I"})
"""Letters that strokes side by side are taken for: no report has fifty sections."""
_ROMANS = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"}


def respelled(words: Sequence[Word]) -> list[Word]:
    """``words`` with "tố chức" as "tổ chức"; what was changed is trusted no more than a majority."""
    out = [replace(w, text=_COUNTED.sub("S", w.text)) for w in words]
    for at in range(len(out) - 1):
        one, two = out[at], out[at + 1]
        if one.text[-1:] in _ENDS or two.text[:1] in _BEGINS:
            continue
        first, second = one.text.strip(_EDGE), two.text.strip(_EDGE)
        known = spelled(first, second) if first and second else None
        if known is None or known == (first, second):
            continue
        out[at], out[at + 1] = _mended(one, first, known[0]), _mended(two, second, known[1])
    return out


def with_doubts(words: Sequence[Word]) -> list[Word]:
    """``words`` with little trust in those that are no Vietnamese syllable but look like one, that signs
    join, or before which a single quotation mark stands: so a speck is read."""
    return [
        replace(w, confidence=min(w.confidence, DISPUTED))
        if is_unlikely(w.text.strip(_EDGE)) or _SPECKED.search(w.text) else w
        for w in words
    ]  # fmt: skip


def _mended(word: Word, bare: str, right: str) -> Word:
    if bare == right:
        return word
    text = word.text.replace(bare, right)
    return replace(word, text=text, confidence=max(min(word.confidence, 0.95), _MENDED))


def with_roman_numbers(words: Sequence[Word]) -> list[Word]:
    """``words`` with "HI- KẾT QUẢ" as "III- KẾT QUẢ": a line that begins so, and goes on in capitals."""
    out = list(words)
    begins = [True, *(a.line != b.line for a, b in pairwise(words))] if words else []
    for at, (one, two) in enumerate(pairwise(words)):
        found = _NUMBER.match(one.text) if begins[at] and two.line == one.line else None
        if found is None or not (two.text.isupper() and len(two.text.strip(_EDGE)) > 1):
            continue
        number = found[0].translate(_STROKES)
        if number in _ROMANS and number != found[0]:
            text = number + one.text[found.end() :]
            out[at] = replace(one, text=text, confidence=max(min(one.confidence, 0.95), _MENDED))
    return out
