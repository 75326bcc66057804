"""The numbers of a sentence that stand before what they count: digits, and small ones in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schemas.numbers import in_words, parse_count
from schemas.text import fold

# Digits first, what stands before them after: regular expressions then skip what cannot match.
_DIGITS = re.compile(
    r"(\d(?<![\d.,]\d)(?<!\d/\d)(?<!\d / \d)(?:\d{0,2}(?:[. ]\d{3})+|\d{0,6}))"
    r"(?![\d/%]|[.,]\d)\s+(?=[a-z])"
)
_ABOUT = re.compile(r"(?<![\d.,])(?<!\d/)(?<!\d / )(?:khoang|hon|tren|gan)$")
_SHARE = re.compile(
    r"(\d(?<![\d.,/]\d)(?:\d{0,2}(?:\.\d{3}){1,3}|\d{0,3}))\s?/\s?(\d{1,3}(?:\.\d{3}){1,3}|\d{1,4})\s+(?=[a-z])"
)
"""So many of so many: "57/57 trường". """
_ON_A_DAY = re.compile(r"\b(?:ngay|sang|chieu|toi|hom|tu|den|vao|thang|so|va|-)\s*$")
_NOT_A_COUNT = re.compile(r"\b(?:ngay|thang|nam|khoa|lop|quyet dinh|(?<!tong )so)\s*$")
_FIGURES = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
_SAID = r"[a-z]+(?: [a-z]+){0,9}"
_AGAIN = re.compile(rf"\((?:(?P<figures>{_FIGURES})|(?P<words>{_SAID}))\)(?=\s+[a-z])")
_WORDS_BEFORE = re.compile(rf"(?<![a-z\d])({_SAID}) $")
_FIGURES_BEFORE = re.compile(rf"(?<![\d./])({_FIGURES}) ?$")
_REACH = 120
"""Letters before a bracket in which a number in words has room."""
_ONES = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín"
_SPELLED = re.compile(
    rf"(?<!\w)((?:(?:{_ONES}) mươi|mười)(?: (?:{_ONES}|mốt|lăm))?|{_ONES})\s+(?=\w)"
)
_NO_NUMERAL = re.compile(
    r"\b(?:thứ|tháng|ngày|trong|cả|mỗi|hàng|hằng|các|những|đầu|cuối|qua|lần|số|là|khoản)\s*$"
)
_DAYS, _MONTHS = 31, 12
_HELD = re.compile(r"\b(?:to chuc|mo|khai giang)(?: duoc| thanh cong)?\s*$")


@dataclass(frozen=True, slots=True)
class Number:
    """Characters ``[start, end)`` of a sentence; ``raw`` as written, with its "khoảng" in front.

    ``spelled`` says that it is written in letters; ``added`` is the sum of the numbers in ``raw``
    where it holds several.
    """

    start: int
    end: int
    raw: str
    spelled: bool = False
    added: int | None = None


def numbers_of(sentence: str, folded: str, counts: Callable[[str], bool]) -> list[Number]:
    """In order; ``folded`` is ``sentence`` folded letter by letter. A number in letters is one only
    where ``counts`` knows the folded text behind it as something that is counted."""
    out = [
        Number(m.start(), m.end(1), sentence[_about(folded, m.start()) : m.end(1)])
        for m in _DIGITS.finditer(folded)
        if not _NOT_A_COUNT.search(folded[max(0, m.start() - 14) : m.start()])
    ]
    out += _shares(sentence, folded, counts)
    out += _said_twice(folded)
    lower = sentence.lower()
    for m in _SPELLED.finditer(lower):
        blanked = folded[m.start(1)] == " "
        if blanked or _NO_NUMERAL.search(lower[: m.start()]) or not counts(folded[m.end() :]):
            continue
        # "Một buổi" may be any; it is one where somebody held it.
        if m[1] != "một" or _HELD.search(folded[: m.start()]):
            out.append(Number(m.start(1), m.end(1), sentence[m.start(1) : m.end(1)], True))
    return sorted(out, key=lambda n: n.start)


def _said_twice(folded: str) -> Iterator[Number]:
    """Numbers in figures and in words, the second in brackets: "hai mươi hai (22) lớp"."""
    for again in _AGAIN.finditer(folded):
        pattern = _WORDS_BEFORE if again["figures"] else _FIGURES_BEFORE
        first = pattern.search(folded, max(0, again.start() - _REACH), again.start())
        if first is None:
            continue
        figures, told = again["figures"] or first[1], (again["words"] or first[1]).split()
        value = parse_count(figures).value
        said = fold(in_words(value)).split() if value is not None else []
        if not said or told[-len(said) :] != said or (again["words"] and told != said):
            continue
        start = first.start() if again["words"] else first.end(1) - len(" ".join(said))
        yield Number(start, again.end(), figures)


def _about(folded: str, start: int) -> int:
    """Where the number at ``start`` begins with its "khoảng" in front."""
    end = len(folded[:start].rstrip())
    said = _ABOUT.search(folded, max(0, end - len("khoang")), end) if end < start else None
    return said.start() if said else start


def _shares(sentence: str, folded: str, counts: Callable[[str], bool]) -> Iterator[Number]:
    """Numbers said with the whole that they are of, where what is counted stands behind both.

    A day and a month look alike ("01/10 trường tổ chức"): what may be one is none.
    """
    for m in _SHARE.finditer(folded):
        first, whole = (int(half.replace(".", "")) for half in m.groups())
        may_be_day = first != whole and first <= _DAYS and whole <= _MONTHS
        if first > whole or may_be_day or _ON_A_DAY.search(folded[: m.start()]):
            continue
        if counts(folded[m.end() :]):
            end = m.end(2)
            yield Number(m.start(), end, sentence[m.start() : end], added=first)
