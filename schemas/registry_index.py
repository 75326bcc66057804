"""Finding administrative units and institutions by name, level and day."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schemas.admin_unit import AdminUnit, Succession, UnitLevel
from schemas.errors import RegistryError
from schemas.registry_check import check_registry
from schemas.text import words

_TYPE_WORDS = re.compile(
    r"^(tinh|thanh pho|tp|huyen|h|thi xa|tx|quan|q|xa|x|phuong|p|thi tran|tt) "
)
_SHORT_KINDS = {
    "high_school": "thpt",
    "vocational_continuing_centre": "gdnn-gdtx",
    "community_learning_centre": "tthtcd",
    "school": "truong",
    "other": "don-vi",
}


class AdminUnits:
    """The registry: every answer is for one day."""

    def __init__(self, units: Iterable[AdminUnit], successions: Iterable[Succession] = ()) -> None:
        self._by_name: dict[str, list[AdminUnit]] = defaultdict(list)
        self._by_code: dict[str, list[AdminUnit]] = defaultdict(list)
        self._below: dict[str, list[AdminUnit]] = defaultdict(list)
        self._next: dict[str, list[Succession]] = defaultdict(list)
        for unit in units:
            self._by_name[words(unit.name)].append(unit)
            self._by_code[unit.code].append(unit)
            if unit.parent:
                self._below[unit.parent].append(unit)
        for one in successions:
            self._next[one.from_code].append(one)
        self._changes = sorted({s.effective_on for some in self._next.values() for s in some})

    def all(self) -> tuple[AdminUnit, ...]:
        """Every unit in every period of validity, by code and day."""
        every = (unit for several in self._by_code.values() for unit in several)
        return tuple(sorted(every, key=lambda u: (u.level.value, u.code, u.valid_from)))

    def find(
        self, name: str, *, day: dt.date, level: UnitLevel | None = None, within: str | None = None
    ) -> tuple[AdminUnit, ...]:
        """Units of that name (with or without its type word), best guess never made: all of them."""
        key = words(name)
        found = self._named(key, day) or self._named(_TYPE_WORDS.sub("", key), day)
        return tuple(
            u
            for u in found
            if (level is None or u.level == level)
            and (within is None or self.province_of(u, day) == within or u.parent == within)
        )

    def _named(self, key: str, day: dt.date) -> list[AdminUnit]:
        return [u for u in self._by_name.get(key, ()) if u.valid_on(day)]

    def get(self, code: str, day: dt.date, level: UnitLevel | None = None) -> AdminUnit | None:
        """The unit that bears ``code`` on ``day``."""
        return next(
            (
                u
                for u in self._by_code.get(code, ())
                if u.valid_on(day) and level in (None, u.level)
            ),
            None,
        )

    def children(self, code: str, *, level: UnitLevel, day: dt.date) -> tuple[AdminUnit, ...]:
        """Units of ``level`` anywhere below ``code``, by code."""
        below = [u for u in self._below.get(code, ()) if u.valid_on(day)]
        direct = [u for u in below if u.level == level]
        deeper = [
            g
            for u in below
            if u.level == UnitLevel.DISTRICT and level == UnitLevel.COMMUNE
            for g in self.children(u.code, level=level, day=day)
        ]
        return tuple(sorted((*direct, *deeper), key=lambda u: u.code))

    def province_of(self, unit: AdminUnit, day: dt.date) -> str | None:
        """The code of the province ``unit`` lies in."""
        here: AdminUnit | None = unit
        while here is not None and here.level != UnitLevel.PROVINCE:
            parent = here.parent or ""
            here = self.get(parent, day, UnitLevel.DISTRICT) or self.get(
                parent, day, UnitLevel.PROVINCE
            )
        return here.code if here is not None else None

    def successors(self, code: str) -> tuple[Succession, ...]:
        """Every change that ended a unit of this code, by day; several of one day for a split."""
        return tuple(sorted(self._next.get(code, ()), key=lambda s: (s.effective_on, s.to_code)))

    def became(
        self, code: str, *, level: UnitLevel, day_from: dt.date, day_to: dt.date
    ) -> tuple[AdminUnit, ...]:
        """The units of ``day_to`` that the unit of ``day_from`` is in now, by code.

        Changes are followed in the order of their days, since a code may be given to another unit.
        Empty if there was no such unit, or where what became of it is not recorded.
        """
        if self.get(code, day_from, level) is None:
            return ()
        here = {code}
        for day in self._changes:
            if day_from < day <= day_to:
                here = {to for one in here for to in self._after(one, level, day)}
        found = (self.get(one, day_to, level) for one in sorted(here))
        return tuple(unit for unit in found if unit is not None)

    def _after(self, code: str, level: UnitLevel, day: dt.date) -> set[str]:
        changed = {
            s.to_code
            for s in self._next.get(code, ())
            if s.effective_on == day and s.from_level == s.to_level == level
        }
        if changed or self._continues(code, level, day):
            return changed or {code}
        return set()

    def _continues(self, code: str, level: UnitLevel, day: dt.date) -> bool:
        """Whether one and the same unit bears ``code`` before and on ``day``."""
        eve = day - dt.timedelta(days=1)
        return any(
            u.level == level and u.valid_on(eve) and u.valid_on(day)
            for u in self._by_code.get(code, ())
        )


@dataclass(frozen=True, slots=True)
class Institution:
    """A school or centre that reports to the department directly."""

    code: str
    kind: str
    name: str
    province: str


def institution_code(kind: str, name: str, province: str) -> str:
    """The code given to a school or centre: the listed one, else a slug that is always the same."""
    key = words(name)
    for one, names in institutions():
        if one.kind == kind and one.province == province and key in names:
            return one.code
    return f"{province}-{_SHORT_KINDS.get(kind, 'don-vi')}-{key.replace(' ', '-')}"


@cache
def institutions() -> tuple[tuple[Institution, frozenset[str]], ...]:
    """Listed institutions, each with its folded names."""
    out = []
    for row in _rows("institutions.csv"):
        names = {words(n) for n in (row["name"], *row["aliases"].split(";")) if n}
        out.append(
            (Institution(row["code"], row["kind"], row["name"], row["province"]), frozenset(names))
        )
    return tuple(out)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("schemas").joinpath("registry", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@cache
def admin_units() -> AdminUnits:
    """The packaged registry. Raises RegistryError naming file and line, of a hole too."""
    rows, successions = _rows("units.csv"), _rows("successions.csv")
    units = []
    for number, row in enumerate(rows, 2):
        try:
            start = dt.date.fromisoformat(row["valid_from"])
            units.append(
                AdminUnit(
                    row["code"],
                    row["name"],
                    row["kind"],
                    UnitLevel(row["level"]),
                    row["parent"] or None,
                    start,
                    _day(row["valid_to"]),
                )
            )
        except (KeyError, ValueError) as error:
            raise RegistryError(
                name="units.csv", place=f"dòng {number}", detail=str(error)
            ) from error
    nexts = _successions(successions)
    check_registry(rows, successions)
    return AdminUnits(units, nexts)


def _successions(rows: list[dict[str, str]]) -> list[Succession]:
    out = []
    for number, r in enumerate(rows, 2):
        try:
            day = dt.date.fromisoformat(r["effective_on"])
            sides = UnitLevel(r["from_level"]), UnitLevel(r["to_level"])
            out.append(Succession(r["from_code"], sides[0], r["to_code"], sides[1], day, r["kind"]))
        except (KeyError, ValueError) as error:
            raise RegistryError(
                name="successions.csv", place=f"dòng {number}", detail=str(error)
            ) from error
    return out
