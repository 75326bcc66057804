"""The outline of a letter: what numbering stands before each paragraph, and how deep it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.letter import flat
from schemas.document import Paragraph

PART, LETTER, ROMAN, ARABIC, NESTED, SMALL, INLINE, DASH, PLUS, TEXT = (
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    9,
    10,
    99,
)
"""Depths. NESTED is 1.1; each further component adds one."""

_ORDINALS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7,
}  # fmt: skip
_PART = re.compile(r"^phan (?:thu )?(?P<n>nhat|hai|ba|tu|nam|sau|[ivx]{1,4}|\d)\b\s*[:.\-–]*\s*")
_ITEM = re.compile(
    r"^(?:muc|noi dung|phan viec|van de)(?: thu| so)? (?P<n>\d{1,2}|[ivx]{1,4})\s*[.:)\-–]\s*(?=\S)"
)
_COUNTED = re.compile(
    r"^(?:thu (?P<n>nhat|hai|ba|tu|nam|sau|bay)|(?P<m>mot|hai|ba|bon|nam|sau|bay) la)\s*[,:.]\s*"
)
_WORDS_OF_TITLE = 10
_PLAIN = 8
"""Words of a sub-heading that nothing but its place tells, at most."""
_NESTED = re.compile(r"^(?P<n>\d{1,2}(?:\.\d{1,2})+)\s*[.)/:]?\s*(?=\D|$)")
_ARABIC = re.compile(r"^(?P<n>\d{1,2})\s*[.)/:]\s*(?=[^\d\s])|^(?P<m>\d{1,2})\s*-\s+(?=[^\d\s])")
_ROMAN = re.compile(r"^(?P<n>[IVXL1l|]{1,5})\s*[.)/:\-–]\s*(?=[^\d\s])")
_LETTER = re.compile(r"^(?P<n>[A-HĐ])\s*[.)/:\-–]\s*(?=\S)")
_SMALL = re.compile(r"^(?P<n>[a-hđ])\s*[.)]\s*(?=\S)")
_BULLET = re.compile(r"^(?P<n>[-–—•*+▪●◦○▫‣·])\s*(?=\S)")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Mark:
    """``depth`` as above, ``order`` the number counted from 1 (0 if none), ``end`` where the words
    begin in the paragraph's ``full_text``."""

    depth: int
    order: int = 0
    end: int = 0


def roman(text: str) -> int:
    """The value of a Roman number; 0 if it is not one."""
    letters = text.replace("l", "I").replace("1", "I").replace("|", "I")
    values = [_VALUES.get(c, 0) for c in letters]
    if not values or 0 in values:
        return 0
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def mark_of(paragraph: Paragraph) -> Mark:
    """The numbering that ``paragraph`` carries, typed or automatic."""
    text = paragraph.full_text
    head = text[:40]
    if worded := _worded(text, head):
        return worded
    if nested := _NESTED.match(head):
        parts = nested["n"].split(".")
        if not re.match(r"\s*(?:nguoi|lop|dong|trieu|ty|cuon|quyen|%)", flat(head[nested.end() :])):
            return Mark(NESTED + len(parts) - 2, int(parts[-1]), nested.end())
    if arabic := _ARABIC.match(head):
        return Mark(ARABIC, int(arabic["n"] or arabic["m"]), arabic.end())
    if (letters := _ROMAN.match(head)) and roman(letters["n"]):
        return Mark(ROMAN, roman(letters["n"]), letters.end())
    if letter := _LETTER.match(head):
        return Mark(LETTER, "ABCDĐEFGH".index(letter["n"]) + 1, letter.end())
    if small := _SMALL.match(head):
        return Mark(SMALL, "abcdđefgh".index(small["n"]) + 1, small.end())
    if bullet := _BULLET.match(head):
        return Mark(PLUS if bullet["n"] in "+◦○▫" else DASH, 0, bullet.end())
    return Mark(TEXT)


def _worded(text: str, head: str) -> Mark | None:
    """Numbering in words: "Phần thứ nhất", "Mục 2.", "Thứ ba,"."""
    folded = flat(head)
    if part := _PART.match(folded):
        word = part["n"]
        order = _ORDINALS.get(word) or (int(word) if word.isdigit() else roman(word))
        return Mark(PART, order, part.end())
    if item := _ITEM.match(folded):
        order = int(item["n"]) if item["n"].isdigit() else roman(item["n"].upper())
        return Mark(ARABIC, order, item.end())
    if (counted := _COUNTED.match(folded)) and _is_title(text):
        return Mark(ARABIC, _ORDINALS[counted["n"] or counted["m"]], counted.end())
    return None


def without_count(title: str) -> str:
    """A heading without words that count it: "Thứ nhất, về chỉ đạo" is "chỉ đạo"."""
    counted = _COUNTED.match(flat(title))
    rest = title[counted.end() :] if counted else title
    return re.sub(r"^về\s+", "", rest, flags=re.IGNORECASE) if counted else rest


def _is_title(text: str) -> bool:
    """Whether the words under a counting word are a heading and no sentence."""
    return len(text.split()) <= _WORDS_OF_TITLE and not text.rstrip().endswith((".", ";"))


def is_plain_title(paragraph: Paragraph, mark: Mark, title: str) -> bool:
    """Whether a short line without a full stop or a figure heads what is below it: in bold, or with a
    number such as 1.1."""
    said = title.strip(" :")
    if not 1 <= len(said.split()) <= _PLAIN or not said[-1:].isalpha() or re.search(r"\d", said):
        return False
    return (paragraph.bold and mark.depth in (TEXT, SMALL)) or NESTED <= mark.depth < SMALL
