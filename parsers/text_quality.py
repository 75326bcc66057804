"""Whether a page's text layer is Vietnamese at all: a layer may be garbage or in a wrong code."""

from __future__ import annotations

import re
import unicodedata

MIN_WORDS = 8
MIN_SHARE = 0.5

_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
_NUCLEUS = (
    r"(?:uye|uya|uyu|oai|oay|oao|oeo|uay|uoi|uou|uye|ieu|yeu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi"
    r"|oo|ua|ue|ui|uo|uu|uy|ya|ye|a|e|i|o|u|y)"
)
_CODA = r"(?:ng|nh|ch|[cmnpt])?"
_SYLLABLE = re.compile(f"^{_ONSET}{_NUCLEUS}{_CODA}$")
_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
_FOREIGN = re.compile("[fjwzåäëïöüßçñøæœþðžšč]")


def legal_share(text: str) -> float:
    """The share of words of two letters or more that a Vietnamese syllable could be, 0 to 1.

    Words in capitals without marks (abbreviations) are left out. 0.0 where there is no word.
    """
    words = [w for w in _WORD.findall(text) if len(w) > 1 and not (w.isascii() and w.isupper())]
    if not words:
        return 0.0
    return sum(map(_legal, words)) / len(words)


def _legal(word: str) -> bool:
    lowered = unicodedata.normalize("NFC", word).casefold()
    if _FOREIGN.search(lowered) or (word != word.lower() and not (word.isupper() or word.istitle())):
        return False
    bare = "".join(
        c for c in unicodedata.normalize("NFD", lowered.replace("đ", "d")) if not unicodedata.combining(c)
    )
    return _SYLLABLE.match(bare) is not None


def usable(text: str) -> bool:
    """Whether a layer can be trusted as text: Vietnamese syllables with Vietnamese marks.

    A page of few words (a page of figures, a signature) is judged by its letters alone.
    """
    words = [w for w in _WORD.findall(text) if len(w) > 1]
    if len(words) < MIN_WORDS:
        return bool(text.strip()) and "\ufffd" not in text
    marked = sum(1 for w in words if _VIETNAMESE.search(w.casefold()))
    return legal_share(text) >= MIN_SHARE and marked / len(words) >= 0.2
