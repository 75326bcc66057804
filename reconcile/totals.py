"""The figures of every unit in every cell, and their sums, kept in step by differences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from schemas.form import Form

Key = tuple[str, str]


class Totals:
    """``own`` holds what units report themselves, by cell and unit.

    A change costs as many steps as a unit has cells, however many units there are.
    """

    def __init__(self, form: Form) -> None:
        self._parts = {i.code: i.parts for i in form.indicators}
        self._wholes = {
            code: tuple(whole for whole, parts in self._parts.items() if code in parts)
            for code in self._parts
        }
        self.own: dict[Key, dict[str, int]] = defaultdict(dict)
        self._sums: dict[Key, int] = defaultdict(int)

    def affected(self, key: Key) -> list[Key]:
        """The cells whose totals a value of ``key`` moves: its own, then its wholes."""
        return [key, *((whole, key[1]) for whole in self._wholes.get(key[0], ()))]

    def put(self, unit: str, numbers: Mapping[Key, int]) -> None:
        """What ``unit`` reports from now on; nothing where it counts no more."""
        old = {key for key, units in self.own.items() if unit in units}
        moved = {one for key in (*old, *numbers) for one in self.affected(key)}
        for key in moved:
            self._sums[key] -= self._given(key, unit) or 0
        for key in old - numbers.keys():
            del self.own[key][unit]
        for key, value in numbers.items():
            self.own[key][unit] = value
        for key in moved:
            self._sums[key] += self._given(key, unit) or 0

    def _given(self, key: Key, unit: str, numbers: Mapping[Key, int] | None = None) -> int | None:
        """What ``unit`` adds to a cell: its own figure, else the sum of the parts it reports."""
        wanted = (key, *((part, key[1]) for part in self._parts.get(key[0], ())))
        if numbers is None:
            mine, *parts = (self.own[one].get(unit) for one in wanted)
        else:
            mine, *parts = (numbers.get(one) for one in wanted)
        given = [part for part in parts if part is not None]
        return mine if mine is not None or not given else sum(given)

    def _reporting(self, key: Key, unit: str, numbers: Mapping[Key, int] | None) -> int:
        """How many units report the cell itself: parts stand in for a whole only beside those."""
        known = self.own[key]
        if numbers is None:
            return len(known)
        return len(known) + (key in numbers) - (unit in known)

    def number(self, key: Key, unit: str, numbers: Mapping[Key, int] | None = None) -> int | None:
        """What counts for ``unit`` in one cell; with ``numbers``, were those its figures."""
        if not self._reporting(key, unit, numbers):
            return None
        return self._given(key, unit, numbers)

    def province(
        self, key: Key, unit: str = "", numbers: Mapping[Key, int] | None = None
    ) -> int | None:
        """The province's figure; None where no unit reports the cell itself. With ``numbers``, were
        those the figures of ``unit``."""
        if not self._reporting(key, unit, numbers):
            return None
        if numbers is None:
            return self._sums[key]
        before, after = self._given(key, unit), self._given(key, unit, numbers)
        return self._sums[key] - (before or 0) + (after or 0)
