"""What the rows of an annex prove of one another: each stands where the form has it, or none is left over.

A label in strange words is a doubt that the label alone cannot settle. The table can: between two
rows that are known, the form has as many rows as the table, or every row of the table is another row
of the form and every row of the form is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SURE = frozenset(["exact", "alias", "fuzzy", "section"])
DOUBTED = frozenset(["near", "strange", "topic", "counted", "left"])
ANCHORS = 3
"""Rows known by their labels that a table must have before its order says anything."""


@dataclass(frozen=True, slots=True)
class Named:
    """A row of the table that is no mere heading: the row of the form it was taken for, and how."""

    code: str | None
    how: str = ""

    @property
    def known(self) -> bool:
        return self.code is not None and (self.how in SURE or self.how in DOUBTED)


def places(rows: Sequence[Named], order: Sequence[str]) -> list[str | None]:
    """For each of ``rows``, in the table's order, what its place proves; ``order`` is the form's.

    ``place:all``: rows and form match one to one. ``place:filled``: it lies with others between two
    known rows, as many as the form has between them, in the form's order. ``place:between``: fewer
    than the form has there.
    """
    codes = [row.code for row in rows]
    if all(row.known for row in rows) and sorted(map(str, codes)) == sorted(order):
        return ["place:all"] * len(rows)
    anchors = [
        i for i, row in enumerate(rows) if row.how in SURE and codes.count(row.code) == 1
    ]  # fmt: skip
    out: list[str | None] = [None] * len(rows)
    if len(anchors) < ANCHORS:
        return out
    for before, after in zip([-1, *anchors], [*anchors, len(rows)], strict=True):
        found = _gap(rows, before, after, order)
        for i in range(before + 1, after):
            out[i] = found
    return out


def _gap(rows: Sequence[Named], before: int, after: int, order: Sequence[str]) -> str | None:
    first = order.index(str(rows[before].code)) if before >= 0 else -1
    last = order.index(str(rows[after].code)) if after < len(rows) else len(order)
    inside = rows[before + 1 : after]
    at = [order.index(str(row.code)) for row in inside if row.known]
    ordered = all(a < b for a, b in zip([first, *at], [*at, last], strict=True))
    if len(at) < len(inside) or not ordered:
        return None
    return "place:filled" if len(inside) == last - first - 1 else "place:between"


def left_over(rows: Sequence[Named], order: Sequence[str]) -> dict[int, str]:
    """Rows of no name whose row of the form is the only one they can be, by their number.

    Between two known neighbours the form must have exactly as many rows as stand there without one;
    or, in whatever order, one row and one row of the form are left over.
    """
    taken = {row.code for row in rows}
    unknown = [i for i, row in enumerate(rows) if row.code is None]
    missing = [code for code in order if code not in taken]
    if len(unknown) == len(missing) == 1:
        return {unknown[0]: missing[0]}
    out: dict[int, str] = {}
    for run in _runs(unknown):
        before, after = run[0] - 1, run[-1] + 1
        first = order.index(str(rows[before].code)) if before >= 0 else -1
        last = order.index(str(rows[after].code)) if after < len(rows) else len(order)
        between = order[first + 1 : last]
        free = all(code not in taken for code in between)
        if first < last and free and len(between) == len(run) and len(taken) > ANCHORS:
            out.update(zip(run, between, strict=True))
    return out


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    out: list[list[int]] = []
    for number in numbers:
        if out and out[-1][-1] == number - 1:
            out[-1].append(number)
        else:
            out.append([number])
    return out
