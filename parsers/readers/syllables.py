"""Syllables that Vietnamese texts are made of: what is none of them was written or seen wrongly.

The list is made by ``tools/syllables.py``, which names its sources. It lacks rare syllables: what is
not on it is doubtful, never wrong for that alone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from parsers.text_quality import is_syllable
from schemas.text import fold, nfc

FILE = Path(__file__).with_name("syllables.txt")

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_MARKED = re.compile(r"[^\x00-\x7f]")

_Key = tuple[str, str]
"""Letters with their shapes, and the tone: "hoà" and "hòa" are one."""


def key(word: str) -> _Key:
    """What tells ``word`` from others, wherever its tone is placed."""
    parts = unicodedata.normalize("NFD", nfc(word).lower())
    return _TONES.sub("", parts), "".join(_TONES.findall(parts))


@cache
def _listed() -> tuple[frozenset[_Key], frozenset[str]]:
    """The list, and its syllables' letters without marks."""
    words = FILE.read_text("utf-8").split()
    return frozenset(map(key, words)), frozenset(map(fold, words))


def is_known(word: str) -> bool:
    """Whether ``word`` is on the list."""
    return key(word) in _listed()[0]


def is_unlikely(word: str) -> bool:
    """Whether ``word`` is written with Vietnamese marks and is not on the list ("trỏng", "vốh"), or
    without them while its letters with marks are ("ruong").

    Abbreviations and foreign words ("Teams") are not.
    """
    if len(word) < 2 or not word.isalpha() or word.isupper() or is_known(word):
        return False
    if any(c.isupper() for c in word[1:]):
        return False
    return bool(_MARKED.search(word)) or (is_syllable(word) and fold(word) in _listed()[1])
