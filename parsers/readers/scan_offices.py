"""Lines that name a signer's office, as offices are written: strokes of seal and signature aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from parsers.header_tail import OFFICES
from parsers.readers.ocr import Word
from parsers.readers.scan_again import MAJORITY, in_columns
from schemas.text import fold

_AUTHORITIES = ("kt", "tm", "tl", "tuq", "q")
_LONGEST = 10
_CAPITALS, _SIGNED = 0.6, 7.0
"""Share of letters that are capitals; lines' heights under an office in which it is signed."""
_FOREIGN = frozenset("fjwzÿäëïöüßçñøåæ")
_WRITTEN = re.compile(r"(?:K/?T|T/?M|T/?L|TUQ|Q)[./]?")
_PIECE = re.compile(r"[\w.,:;/-]+")
_VOWEL = re.compile(r"[aeiouy]")


def with_offices(words: Sequence[Word]) -> list[Word]:
    """``words`` with ". GIÁM ĐỐC", "PHÓ,TRƯỞNG PHÒNG /WW" and "TRƯỞN G PHÒNG" as those offices.

    Only where nothing else stands on the line but signs and letters that make no syllable: every
    letter of the office must have been read, in capitals, if not every mark. What was changed is
    trusted no more than a majority; "K/T" stays what it is.
    """
    parts = in_columns(words)
    offices = [(part, made) for part in parts if (made := _office(part)) is not None]
    instead: dict[int, list[Word]] = {}
    for part, made in offices:
        if [w.text for w in made] != [w.text for w in part]:
            instead |= {id(word): [] for word in part}
            instead[id(part[0])] = made
    for part in parts:
        if not any(map(_is_syllable, part)) and any(_is_under(part, made) for _, made in offices):
            instead |= {id(word): [] for word in part}
    return [new for word in words for new in instead.get(id(word), [word])]


def _is_under(part: Sequence[Word], office: Sequence[Word]) -> bool:
    """Whether ``part`` stands where the office is signed: strokes seen as letters are no name."""
    high = max(w.height for w in office)
    below = 0 < part[0].top - office[0].top <= _SIGNED * high
    return below and part[0].left < office[-1].right and part[-1].right > office[0].left


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalpha())


def _office(part: Sequence[Word]) -> list[Word] | None:
    """The words of the office that ``part`` names; None where it names none."""
    part = [piece for word in part for piece in _pieces(word)]
    if len(part) > _LONGEST:
        return None
    letters = [_letters(w.text) for w in part]
    for first, last in sorted(combinations(range(len(part) + 1), 2), key=lambda ab: ab[0] - ab[1]):
        rest = [*part[:first], *part[last:]]
        spelled = _SPELLED.get("".join(letters[first:last]))
        if spelled is None or not _in_capitals(part[first:last]):
            continue
        if not any(map(_is_syllable, rest)):
            return list(_placed(part[first:last], spelled))
    return None


def _is_syllable(word: Word) -> bool:
    """Whether it may say something: several Vietnamese letters with a vowel, or a figure."""
    plain = fold(word.text)
    foreign = any(c in _FOREIGN for c in word.text.casefold())
    said = bool(_VOWEL.search(plain)) and not foreign and len(_letters(word.text)) > 1
    return said or any(c.isdigit() for c in plain)


def _pieces(word: Word) -> list[Word]:
    """ "e°©TRƯỞNG" cut at signs that stand in no word."""
    wide = (word.right - word.left) / len(word.text)
    return [
        replace(
            word, text=found[0], left=word.left + round(found.start() * wide),
            right=word.left + round(found.end() * wide),
        )
        for found in _PIECE.finditer(word.text)
    ]  # fmt: skip


def _in_capitals(part: Sequence[Word]) -> bool:
    letters = [c for w in part for c in w.text if c.isalpha()]
    return sum(c.isupper() for c in letters) >= _CAPITALS * len(letters)


_SPELLED = {
    authority + _letters(office): [f"{authority.upper()}."] * bool(authority) + office.upper().split()
    for authority in reversed(("", *_AUTHORITIES)) for office in reversed(OFFICES)
}  # fmt: skip
"""The words of an office, with its authority before it, by the letters that they are."""


def _placed(part: Sequence[Word], spelled: Sequence[str]) -> Iterator[Word]:
    """``spelled`` over the letters of ``part``, letter by letter."""
    owners = [word for word in part for c in word.text if c.isalpha()]
    at = 0
    if len(spelled) > 1 and spelled[0][-1] == "." and owners[0] is owners[len(spelled[0]) - 1]:
        spelled = [spelled[0] + spelled[1], *spelled[2:]]  # "KT.TRƯỞNG" is written so
    for text in spelled:
        mine = owners[at : at + len(_letters(text))]
        at += len(mine)
        written = text.endswith(".") and _WRITTEN.fullmatch(mine[0].text)
        yield replace(
            mine[0], text=mine[0].text if written else text, right=mine[-1].right,
            confidence=min(MAJORITY, *(w.confidence for w in mine)),
        )  # fmt: skip
