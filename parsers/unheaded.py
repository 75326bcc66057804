"""Columns of numbers that no head names: what they may be by their order and their figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.matcher import match_row
from parsers.phrases import values_of
from schemas.form import Form
from schemas.numbers import parse_count
from schemas.text import words

ENOUGH = 3
"""Rows that must tell counts from people before figures say which column is which."""
_ELSEWHERE = re.compile(
    r"\b(?:ke hoach|du kien|nam truoc|cung ky|chi tieu|dang ky|giao(?! luu)|phan dau|muc tieu|dinh muc|se (?:lam|mo|to chuc|thuc hien|trien khai)|con lai|(?:tiep theo|sap toi|thoi gian toi|den cuoi nam)|ty le|ti le|so sanh|tang giam|nghin|ngan|trieu|phan tram|qua mang|truc tuyen|don vi (?:thuc hien|tham gia|to chuc|chu tri|phoi hop))\b"
)
_NO_COUNT = re.compile(r"\b(?:kinh phi|tien|dong|diem|trang|tuoi|ngay|gio|muc|xep)\b")
_RESULT = re.compile(
    r"\b(?:so lieu|so luong|khoi luong|luong viec|ket qua|thuc hien|dat duoc|(?:da )?lam duoc|da lam|da to chuc|so dot|tong so)\b"
)
_THEREOF = re.compile(r"\btrong do\b|\bnu\b")
_COUNT, _PEOPLE = "count", "people"


def in_order(
    texts: Sequence[Sequence[str]], label: int, loose: Sequence[int], form: Form
) -> list[tuple[int, str]]:
    """The measures of the columns ``loose`` of a table without a head; none where more than two
    columns hold numbers, or the two are not counts and the people who took part.

    Of a count and its people the people are more, in whichever order they stand; and rows that count
    one thing fill one of the columns only, where a plan beside its result fills both.
    """
    if len(loose) == 1:
        return [(loose[0], _COUNT)]
    if len(loose) != 2:
        return []
    pairs = []
    for row in texts:
        one, other = (parse_count(row[c]).value for c in loose)
        if one is None or other is None:
            continue
        match = match_row(form, row[label], None, filled=True)
        named = next((i for i in form.indicators if match and i.code == match.code), None)
        if named is not None and len(named.measures) == 1:
            return []
        pairs.append((one, other))
    if len(pairs) < ENOUGH:
        return []
    if all(one < other for one, other in pairs):
        return [(loose[0], _COUNT), (loose[1], _PEOPLE)]
    if all(one > other for one, other in pairs):
        return [(loose[0], _PEOPLE), (loose[1], _COUNT)]
    return []


def of_people(
    texts: Sequence[Sequence[str]],
    first: int,
    measures: Sequence[tuple[int, str]],
    loose: Sequence[int],
    form: Form,
) -> int | None:
    """The one column under a strange head ("LN") that must count people beside the column of counts:
    nothing but figures, none below the count in its row, and more of them where both are."""
    count = next((c for c, m in measures if m == _COUNT), None)
    own = [
        c
        for c in loose
        if all(
            (told := parse_count(v)).blank or told.value is not None
            for v in values_of(texts[first:], c)
        )
    ]
    found = alone(texts[:first], own, form)
    if found is None or count is None:
        return None
    pairs = [
        (parse_count(row[count]).value, parse_count(row[found]).value) for row in texts[first:]
    ]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    return found if len(both) >= ENOUGH and all(a < b for a, b in both) else None


def says_result(head: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a column is headed as what was done, in whatever words: "Đã làm được", "Khối lượng"."""
    return any(_RESULT.search(words(row[column])) for row in head)


def below_people(
    texts: Sequence[Sequence[str]], column: int, measures: Sequence[tuple[int, str]]
) -> bool:
    """Whether the figures of ``column`` are fewer than the people in every row that has both."""
    people = next((c for c, m in measures if m == _PEOPLE), None)
    if people is None:
        return False
    pairs = [(parse_count(row[column]).value, parse_count(row[people]).value) for row in texts]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    return len(both) >= ENOUGH and all(a < b or a == b == 0 for a, b in both)


def thereof(head: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a column only picks out a part of another one: "Trong đó: nữ"."""
    return any(_THEREOF.search(words(row[column])) for row in head)


def alone(head: Sequence[Sequence[str]], loose: Sequence[int], form: Form) -> int | None:
    """The one column of numbers that is not of another year, a plan, money or a share."""
    heads = {c: " ".join(words(row[c]) for row in head) for c in loose}
    heads = {
        c: f"{text} ty le" if any("%" in row[c] for row in head) else text
        for c, text in heads.items()
    }
    here = [c for c, text in heads.items() if not is_elsewhere(text, form.year)]
    return here[0] if len(here) == 1 and not _NO_COUNT.search(heads[here[0]]) else None


def is_elsewhere(head: str, year: int) -> bool:
    """Whether a column is of another year, a plan, a share, or counted in thousands."""
    years = set(re.findall(r"\b20\d\d\b", head))
    return bool(_ELSEWHERE.search(head)) or bool(years and str(year) not in years)
