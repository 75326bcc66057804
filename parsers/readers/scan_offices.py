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
_WRITTEN = re.compile(r"(?:K/?T|T/?M|T/?L|TUQ|Q)[./]?")
_VOWEL = re.compile(r"[aeiouy]")


def with_offices(words: Sequence[Word]) -> list[Word]:
    """``words`` with ". GIÁM ĐỐC", "PHÓ,TRƯỞNG PHÒNG /WW" and "TRƯỞN G PHÒNG" as those offices.

    Only where nothing else stands on the line but signs and letters that make no syllable: every
    letter of the office must have been read, in capitals, if not every mark. What was changed is
    trusted no more than a majority; "K/T" stays what it is.
    """
    instead: dict[int, list[Word]] = {}
    for part in in_columns(words):
        made = _office(part)
        if made is not None and [w.text for w in made] != [w.text for w in part]:
            instead |= {id(word): [] for word in part}
            instead[id(part[0])] = made
    return [new for word in words for new in instead.get(id(word), [word])]


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalpha())


def _office(part: Sequence[Word]) -> list[Word] | None:
    """The words of the office that ``part`` names; None where it names none."""
    if len(part) > _LONGEST or not all(w.text.upper() == w.text for w in part):
        return None
    for first, last in sorted(combinations(range(len(part) + 1), 2), key=lambda ab: ab[0] - ab[1]):
        rest = [*part[:first], *part[last:]]
        spelled = _spelled("".join(_letters(w.text) for w in part[first:last]))
        if spelled is not None and not any(_is_syllable(word) for word in rest):
            return list(_placed(part[first:last], spelled))
    return None


def _is_syllable(word: Word) -> bool:
    return bool(_VOWEL.search(fold(word.text))) or any(c.isdigit() for c in word.text)


def _spelled(letters: str) -> list[str] | None:
    """The words of an office, with its authority before it, that these letters are."""
    for authority in ("", *_AUTHORITIES):
        office = next((o for o in OFFICES if letters == authority + _letters(o)), None)
        if office is not None:
            return [f"{authority.upper()}."] * bool(authority) + office.upper().split()
    return None


def _placed(part: Sequence[Word], spelled: Sequence[str]) -> Iterator[Word]:
    """``spelled`` over the letters of ``part``, letter by letter."""
    owners = [word for word in part for c in word.text if c.isalpha()]
    at = 0
    for text in spelled:
        mine = owners[at : at + len(_letters(text))]
        at += len(mine)
        written = text.endswith(".") and _WRITTEN.fullmatch(mine[0].text)
        yield replace(
            mine[0], text=mine[0].text if written else text, right=mine[-1].right,
            confidence=min(MAJORITY, *(w.confidence for w in mine)),
        )  # fmt: skip
