"""Vietnamese text: what is kept (NFC, letter for letter) and what is only matched (folded)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "Ƣ": "Ư", "ƣ": "ư"})
_ALIKE = re.compile("[ÐƉƢƣ]")
_MARKS = re.compile("[\u0300-\u036f]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STACKED = re.compile(f"[{_TONES}\u0302\u0306\u031b]{{2,}}")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_REORDERING = re.compile(r"[\u200f\u202a-\u202e\u2066-\u2069]")
_DASHES = re.compile(r"[\u00ad\u2010-\u2015\u2212]")
_QUOTES = str.maketrans(dict.fromkeys("“”„«»″‟", '"') | dict.fromkeys("‘’′‛", "'"))
_BLANK = "[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_BLANKS = re.compile(rf"(?<!\d){_BLANK}|{_BLANK}(?!\d)")
_TYPED_TWICE = re.compile(r"(?<=[^\s\d])  (?=\S)|(?<=\d)  (?=[^\s\d])")
SUPERSCRIPT = str.maketrans(
    "0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)
"""Digits as the small raised ones of footnote marks."""


# Syllables that Vietnamese has only with an ư in front or inside: what TCVN3 kept at the soft hyphen
# and a converter threw away ("trờng", "đợc", "ngời", "Hng").
# Letters first, what stands before them after: regular expressions then skip what cannot match.
_LOST_BEFORE = re.compile(r"[ơờớởỡợ](?=(?:ng|c)\b)(?<![ưu].)|ời\b(?<=\bngời)")
_LOST_INSIDE = re.compile(r"ng\b(?<=[bcdđghklmnpqrstvx]ng)")


def restored(folding: str) -> str:
    """Lower-case text with a lost ư put back where nothing else can have stood; only for matching."""
    return _LOST_INSIDE.sub("ưng", _LOST_BEFORE.sub(r"ư\g<0>", folding))


def _reorder(text: str) -> str:
    """Puts a circumflex, breve or horn typed after tone marks before them, as windows-1258 editors fail
    to do."""
    return _STACKED.sub(lambda marks: "".join(sorted(marks[0], key=_TONES.__contains__)), text)


def reorders(text: str) -> bool:
    """Whether hidden marks make the letters show in another order than they are kept in."""
    return _REORDERING.search(text) is not None


def nfc(text: str) -> str:
    """The text as it is kept: NFC, look-alike letters mended, control and bidi marks removed."""
    plain = _INVISIBLE.sub("", text)
    if plain.isascii():
        return plain
    if _MARKS.search(plain) or not unicodedata.is_normalized("NFC", plain):
        plain = unicodedata.normalize("NFC", _reorder(unicodedata.normalize("NFD", plain)))
    return plain.translate(_LOOK_ALIKES) if _ALIKE.search(plain) else plain


def typed(text: str) -> str:
    """The text as it is kept of what was typed: as ``nfc`` gives it, a blank of any kind a plain one,
    two between words one.

    Three and more may part columns, and those between digits may part two numbers: both stay.
    """
    kept = nfc(text)
    if not kept.isascii():
        kept = _BLANKS.sub(" ", kept)
    return _TYPED_TWICE.sub(" ", kept) if "  " in kept else kept


def shown_name(name: str) -> str:
    """A file's name as it is kept and shown: one line, in the order of its letters, valid Unicode.

    Names that no UTF-8 system wrote lose the letters that cannot be known.
    """
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    kept = (c if c.isprintable() else " " if c.isspace() else "" for c in readable)
    return "".join(kept).strip() or "tệp"


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The text as it is matched: lower case, no marks, đ as d, one space, plain dashes."""
    lowered = restored(nfc(text).translate(_QUOTES).casefold()).replace("đ", "d")
    stripped = "".join(
        c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c)
    )
    return _SPACES.sub(" ", _DASHES.sub("-", stripped)).strip()


def _letters() -> dict[str, str]:
    table = {}
    for code in range(0x1F00):
        char = chr(code)
        base = unicodedata.normalize("NFD", char.casefold())[:1] or " "
        base = "d" if base in "đð" else base
        table[char] = "-" if _DASHES.match(base) else " " if _SPACES.match(base) else base
    others = map(chr, range(0x2000, 0x2300))
    table |= {c: "-" for c in others if _DASHES.match(c)}
    table |= {c: " " for c in map(chr, range(0x2000, 0x3001)) if _SPACES.match(c)}
    return table


_FOLDED = str.maketrans(_letters()) | _QUOTES


def fold_map(text: str) -> str:
    """Folds letter by letter, so that positions stay those of ``text`` (which must be NFC)."""
    return text.translate(_FOLDED)


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=16384)
def words(text: str) -> str:
    """Folded text with everything but letters and digits as single spaces: for comparing labels."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def number_key(number: str) -> str:
    """A document number as compared: no spaces, one kind of dash, capitals, no leading zeros."""
    return _DASHES.sub("-", re.sub(r"[\s.]", "", number)).upper().lstrip("0")
