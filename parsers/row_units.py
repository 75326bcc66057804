"""What a row is counted in, where that says more than its label: "Khen thưởng" in "Cá nhân"."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.matcher import Match, left_for, match_row
from parsers.row_places import SURE
from schemas.form import Form, Indicator, Measure
from schemas.text import words

_QUANTITY = re.compile(r"^(?:(?:tong|so|luong) )+(?=\w)")
_BRACKET = re.compile(r"\(([^()]{2,24})\)\s*[:.]?\s*$")


def by_unit(form: Form, label: str, unit: str, match: Match | None) -> Match | None:
    """``match``, or the row that ``label`` names together with what it is counted in.

    A head of others ("Khen thưởng") is the one under it that the unit names; a label that is hardly
    one row's is the like one which alone is counted in that unit ("Sách nhận tặng (quyển)").
    """
    told = unit or (found[1] if (found := _BRACKET.search(label)) else "")
    if not told or (match is not None and match.how in SURE and not _heads(form, match.code)):
        return match
    if match is None or _heads(form, match.code):
        whole = match_row(form, f"{label} {told}", None, filled=True)
        if whole is not None and whole.how in SURE and not _heads(form, whole.code):
            return whole
    if match is not None and _heads(form, match.code):
        return match
    counted = [row for row in form.indicators if _counted_in(row, told)]
    if match is not None and any(row.code == match.code for row in counted):
        return match
    near = [m for row in counted if (m := left_for(form, row.code, label)) is not None]
    return near[0] if len(near) == 1 else match


def _heads(form: Form, code: str) -> bool:
    return any(row.code == code for row in form.section_rows)


def _counted_in(row: Indicator, unit: str) -> bool:
    return bare_unit(unit) in unit_words(row.measures[0])


def bare_unit(unit: str) -> str:
    """The words of a unit without those of any quantity: "Tổng số người" is "nguoi"."""
    return _QUANTITY.sub("", words(unit))


def unit_words(measure: Measure) -> frozenset[str]:
    """The words of the unit of ``measure``, in each spelling that the form knows."""
    return _spelled(measure.unit, measure.units)


@lru_cache(maxsize=1024)
def _spelled(unit: str, units: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words(one) for one in (unit, *units))
