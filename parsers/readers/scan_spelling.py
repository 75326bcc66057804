"""Marks that a recogniser confused, put right where the two syllables make a common word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.lexicon import spelled
from parsers.readers.ocr import Word

_EDGE = ".,;:()[]{}|_'\"“”‘’*-–— "
_ENDS, _BEGINS = '.,;:)”"', '(“"‘«'
"""Signs over which no word reaches; where there is no letter nothing is known."""
_MENDED = 0.7


def respelled(words: Sequence[Word]) -> list[Word]:
    """``words`` with "tố chức" as "tổ chức"; what was changed is trusted no more than a majority."""
    out = list(words)
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


def _mended(word: Word, bare: str, right: str) -> Word:
    if bare == right:
        return word
    text = word.text.replace(bare, right)
    return replace(word, text=text, confidence=max(min(word.confidence, 0.95), _MENDED))
