"""Who came to an opening ceremony, where the text says no more of it: "lễ khai mạc có 250 đại biểu dự"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.count_numbers import Number
from parsers.counted import Counted, holds, plain
from parsers.people_rows import PEOPLE, has_people
from schemas.form import Indicator
from schemas.report import IssuerLevel

_WHERE = re.compile(r"\b(?:tai|sau|truoc|trong|ngay sau|ket thuc|den)(?: buoi)? le\b|\bsau do\b")
_CAME = r"(?:tham du|tham gia|du|co mat|gop mat|den du|chung kien|theo doi)"
_BEFORE = re.compile(
    rf"\b(?:voi|thu hut|quy tu|truoc|tap hop|su {_CAME} cua|don)\s+(?:su {_CAME} cua\s+)?"
    r"(?:(?:tong|so|ca thay|hon|khoang|gan|tren)\s+)*$"
)
_BEGINS = re.compile(rf"\W*(?:{_CAME})\b")
_BEHIND = re.compile(rf"[^;:.]{{0,80}}?\b{_CAME}\b")
_SEVERAL = re.compile(r"\bcap (?:tinh|xa|phuong|co so)\b|\bcua (?:tinh|xa|phuong)\b")
_LEVELS = {
    IssuerLevel.DISTRICT: re.compile(
        r"\b(?:cap|cua|toan) (?:huyen|thi xa|thanh pho)\b|\bhuyen (?:to chuc|khai mac|phat dong)"
    ),
    IssuerLevel.INSTITUTION: re.compile(
        r"\b(?:cap|cua|toan|nha) (?:truong|trung tam)\b|\b(?:truong|trung tam) (?:to chuc|khai mac|phat dong)"
    ),
}
_NUMBER = re.compile(
    r"\bso (?:luong |luot )*(?:nguoi|dai bieu|hoc sinh|hoc vien)[a-z ]{0,30}?[:\s](?:la\s+)?\s*"
    r"(\d{1,3}(?:\.\d{3})+|\d{1,6})(?![\d/%]|[.,]\d|\s*%)"
)


def came(
    text: str,
    folded: str,
    context: str,
    numbers: Sequence[Number],
    counted: Counted,
    own: IssuerLevel | None,
) -> tuple[Indicator, Number, bool] | None:
    """The row of the ceremony that the sentence speaks of, the one number of those who came, and
    whether it may be another's: where no level is named, the reporter's ``own`` is meant.

    ``context`` is what stands before the sentence, folded.
    """
    people = [n for n in numbers if PEOPLE in counted.measures(folded[n.end :])]
    said = _NUMBER.search(folded)
    if said is not None:
        found = [Number(said.start(1), said.end(1), text[said.start(1) : said.end(1)])]
    else:
        found = [n for n in people if _attends(folded, n)] if len(people) == 1 else []
    if len(found) != 1 or _WHERE.search(folded):
        return None
    rows = [row for row in counted.form.indicators if row.level and row.prose.then]
    rows = [row for row in rows if has_people(row)]
    here = _named(rows, folded)
    if not (here or _named(rows, context)):
        return None
    row, sure = _row(rows, folded if here else f"{context} {folded}", own)
    if row is None:
        return None
    return row, found[0], here and sure


def _named(rows: Sequence[Indicator], folded: str) -> bool:
    told = plain(folded)
    return any(holds(told, plain(word)) for row in rows for word in row.prose.then[-1])


def _attends(folded: str, number: Number) -> bool:
    before, behind = folded[: number.start], folded[number.end :]
    return bool(_BEFORE.search(before) or _BEHIND.match(behind) or _BEGINS.match(folded))


def _row(
    rows: Sequence[Indicator], told: str, own: IssuerLevel | None
) -> tuple[Indicator | None, bool]:
    """The row of the level that the words name, or of the reporter's own where they name none."""
    named = {level for level, pattern in _LEVELS.items() if pattern.search(told)}
    if _SEVERAL.search(told) or len(named) > 1:
        return None, False
    level = next(iter(named), own)
    return next((row for row in rows if row.level is level), None), bool(named)
