"""What the rest of the annex says for a value whose label alone leaves a doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.annex_rows import Row, named, standing
from parsers.confidence import corroborated
from parsers.per_form import PerForm
from parsers.row_places import places
from schemas.form import Form, Indicator
from schemas.report import Observation
from schemas.text import words

_SUM = 10
"""From here on a sum that holds is hardly chance."""
_KEPT = 1024
"""Units that are remembered."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A value and the row of the table that it was read in."""

    observation: Observation
    row: Row


def proven(taken: Sequence[Taken], rows: Sequence[Row], form: Form) -> list[Observation]:
    """The values of ``taken`` with what the order of ``rows``, units and sums say for them."""
    counted = standing(rows)
    order = [one.code for one in form.indicators]
    found = places([named(row) for row in counted], order)
    at = {id(row): place for row, place in zip(counted, found, strict=True)}
    out = [_of_row(one, at.get(id(one.row)), form) for one in taken]
    return _summed(out, form)


def _of_row(taken: Taken, place: str | None, form: Form) -> Observation:
    one = taken.observation
    if place is not None:
        one = corroborated(one, place)
    if _says_unit(taken.row, one.indicator, form):
        one = corroborated(one, "unit:placed" if place is not None else "unit:own")
    return one


def _says_unit(row: Row, code: str, form: Form) -> bool:
    """Whether the row's unit is one that only the row ``code`` of the form has."""
    said = words(row.unit)
    return bool(said) and _UNITS.of(form).rows(said) == {code}


class _Units:
    """The unit words of the rows of one form; what a unit says is worked out once."""

    def __init__(self, form: Form) -> None:
        self._units = [(row.code, _units(row)) for row in form.indicators]
        self.rows = lru_cache(maxsize=_KEPT)(self._rows)

    def _rows(self, said: str) -> frozenset[str]:
        """The rows whose first measure is counted in what ``said`` begins with."""
        return frozenset(
            code
            for code, units in self._units
            if any(said == unit or said.startswith(f"{unit} ") for unit in units)
        )


_UNITS = PerForm(_Units)


def _units(row: Indicator) -> set[str]:
    """The unit words of the row's first measure; "tin/bài" are two."""
    first = row.measures[0]
    units = (first.unit, *first.units)
    return {words(part) for unit in units for part in (unit, *unit.split("/"))}


def _summed(observations: Sequence[Observation], form: Form) -> list[Observation]:
    """Wholes that are the sum of their parts speak for all of them."""
    by_key = {one.key: one for one in observations}
    if len(by_key) < len(observations):
        return list(observations)
    holding: set[tuple[str, str]] = set()
    for whole in form.indicators:
        for measure in (m.code for m in whole.measures):
            total = by_key.get((whole.code, measure))
            parts = [p for code in whole.parts if (p := by_key.get((code, measure)))]
            filled = [p for p in parts if p.value]
            if total is None or total.value < _SUM or len(filled) < 2:
                continue
            if sum(p.value for p in parts) == total.value:
                holding |= {one.key for one in (total, *parts)}
    rows = {code for code, _ in holding}
    return [
        corroborated(one, "sum:holds") if one.key in holding
        else corroborated(one, "row:agrees") if one.indicator in rows
        else one
        for one in observations
    ]  # fmt: skip
