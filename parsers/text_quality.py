"""Whether a page's text layer is Vietnamese at all: "has text" is not "has good text"."""

from __future__ import annotations

import re
from itertools import pairwise

from schemas.text import fold, restored

_SYLLABLE = re.compile(
    r"(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
    r"(uye|uya|uoi|uou|ieu|yeu|oai|oay|oeo|uay|uy|ua|uo|ue|ui|uu|oa|oe|oi|oo|ie|ye|ia|iu|ai|ao|au|ay|eo|eu|[aeiouy])"
    r"(ng|nh|ch|[cmnpt])?"
)
_MARKED = re.compile(r"[^\x00-\x7f]")
_GLUED = 5
_LONGEST = 7
"""Letters of the longest syllable, "nghiêng"."""


def is_syllable(word: str) -> bool:
    """Whether the word's letters, marks aside, can be one Vietnamese syllable."""
    return _SYLLABLE.fullmatch(fold(word)) is not None


def legal_share(text: str) -> float:
    """Share of alphabetic words that are legal Vietnamese syllables when folded, 0 to 1."""
    found = re.findall(r"[^\W\d_]{2,}", text)
    # A hundred words, taken evenly, tell as much as all of them.
    found = found[:: 1 + len(found) // 100]
    if not found:
        return 0.0
    return sum(bool(_SYLLABLE.fullmatch(fold(w))) for w in found) / len(found)


def unglued(word: str) -> list[str]:
    """The syllables of a word that a recogniser ran together ("Sốcơsởgiáo"); the word itself else.

    Only words with Vietnamese marks, that are no syllable and are made of syllables alone, so that
    "Microsoft" and "GDTX" stay what they are.
    """
    if len(word) < _GLUED or not word.isalpha() or not _MARKED.search(word):
        return [word]
    if word.isupper() or _SYLLABLE.fullmatch(fold(word)):
        return [word]
    flat = fold(word)
    best: list[list[int] | None] = [[0], *([None] * len(flat))]
    for end in range(1, len(flat) + 1):
        for start in range(max(0, end - _LONGEST), end):
            cuts = best[start]
            if cuts is None or not _SYLLABLE.fullmatch(flat[start:end]):
                continue
            known, longer = best[end], [*cuts, end]
            if known is None or _likelier(flat, longer, known):
                best[end] = longer
    cuts = best[-1] if len(flat) == len(word) else None
    return [word[a:b] for a, b in pairwise(cuts)] if cuts else [word]


def _likelier(flat: str, one: list[int], other: list[int]) -> bool:
    """Fewer pieces, then fewer that begin with a vowel, then longer ones first.

    "Các hoạt" is likelier than "Cách oạt" and "Cá choạt".
    """

    def weight(cuts: list[int]) -> tuple[int, int, list[int]]:
        bare = sum(flat[at] in "aeiouy" for at in cuts[1:-1])
        return -len(cuts), -bare, cuts

    return weight(one) > weight(other)


def usable(text: str) -> bool:
    """Whether a page's text can be trusted enough to be read."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 20:
        return False
    if len(letters) < 60:
        return True
    marked = sum(bool(_MARKED.match(c)) for c in letters) / len(letters)
    return marked > 0.08 and legal_share(text) > 0.55


_LETTERS = re.compile(r"[^\W\d_]+")


def lost_letters(text: str) -> list[str]:
    """Words that a converter robbed of their ư ("Hng Yên", "trờng", "nhng"), in order, each once.

    TCVN3 keeps ư where Unicode has the soft hyphen, which many programs throw away. Words in capitals
    may be short names and are left out.
    """
    if restored(text.lower()) == text.lower():
        return []
    found = (w for w in _LETTERS.findall(text) if not w.isupper())
    return [w for w in dict.fromkeys(found) if restored(w.lower()) != w.lower()]
