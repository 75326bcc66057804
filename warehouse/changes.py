"""What changed between two moments, cell by cell, and by whose decision or which reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from warehouse import tables as t
from warehouse.history import Key, Past, PastTotal, PastValue


class Cause(StrEnum):
    """``DOCUMENT``: another document of the unit counts now; ``READING``: the same one was read
    again; ``DECISION``: somebody decided, or took a decision back."""

    DOCUMENT = "document"
    READING = "reading"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of one unit. ``old`` and ``new`` are None where it was not reported.

    ``actor`` and ``at`` are the decision's, or ``at`` the reading's; ``source`` names the document
    that speaks now (or spoke), with the parser's version for a reading.
    """

    unit_code: str | None
    indicator: str
    measure: str
    old: int | None
    new: int | None
    cause: Cause
    actor: str | None
    at: dt.datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class TotalChange:
    """One row of the province's table."""

    indicator: str
    measure: str
    old: PastTotal
    new: PastTotal


def between(
    connection: Connection, campaign: str, since: dt.datetime, until: dt.datetime
) -> list[Change]:
    """Cells that counted otherwise at ``until`` than at ``since``, by unit and cell."""
    before, after = Past(connection, campaign, since), Past(connection, campaign, until)
    old = {(v.unit_code, v.key): v for v in before.values()}
    new = {(v.unit_code, v.key): v for v in after.values()}
    teller = _Teller(connection, before, after)
    return [
        teller.tell(cell, old.get(cell), new.get(cell))
        for cell in sorted(old.keys() | new.keys(), key=lambda c: (c[0] or "", c[1]))
        if _says(old.get(cell)) != _says(new.get(cell))
    ]


def totals_between(
    connection: Connection, campaign: str, province: str, since: dt.datetime, until: dt.datetime
) -> list[TotalChange]:
    """Rows of the province's table that read otherwise, in the form's order."""
    before = Past(connection, campaign, since).province_table(province)
    after = Past(connection, campaign, until).province_table(province)
    return [
        TotalChange(o.indicator, o.measure, o, n)
        for o, n in zip(before, after, strict=True)
        if o != n
    ]


def _says(value: PastValue | None) -> tuple[int | None, str] | None:
    return None if value is None else (value.value, value.status)


class _Teller:
    def __init__(self, connection: Connection, before: Past, after: Past) -> None:
        self._connection = connection
        self._before, self._after = before, after
        self._names = {d.sha256: d for d in (*before.documents, *after.documents)}

    def tell(
        self, cell: tuple[str | None, Key], old: PastValue | None, new: PastValue | None
    ) -> Change:
        speaks = new or old
        if speaks is None:
            raise ValueError("neither value is known")
        values = (old.value if old else None, new.value if new else None)
        cause, decision = self._cause(old, new)
        if decision is not None:
            actor, at = decision.actor, decision.recorded_at or decision.decided_at
            return Change(cell[0], *cell[1], *values, cause, actor, at, self._name(speaks))
        read = self._reading(speaks.extraction_id)
        source = f"{self._name(speaks)} ({read.parser_version})"
        return Change(cell[0], *cell[1], *values, cause, None, read.read_at, source)

    def _cause(self, old: PastValue | None, new: PastValue | None) -> tuple[Cause, Any]:
        if old is None or new is None:
            only = old or new
            if only is not None and self._counts(
                only, self._after if new is None else self._before
            ):
                decision = only.decision or self._taken_back(only)
                if decision is not None:
                    return Cause.DECISION, decision
                return Cause.READING, None
            return Cause.DOCUMENT, None
        if old.sha256 != new.sha256:
            return Cause.DOCUMENT, None
        if new.decision is not None and (
            old.decision is None or old.decision.id != new.decision.id
        ):
            return Cause.DECISION, new.decision
        if new.decision is None and old.decision is not None:
            return Cause.DECISION, self._taken_back(old) or old.decision
        return Cause.READING, None

    def _counts(self, value: PastValue, at: Past) -> bool:
        return any(d.sha256 == value.sha256 for d in at.counted)

    def _taken_back(self, value: PastValue) -> Any:
        """The undoing of the decision that ``value`` stood on."""
        if value.decision is None:
            return None
        d = t.decision.c
        query = select(t.decision).where(d.undoes == value.decision.request_id)
        return self._connection.execute(query.order_by(d.id.desc()).limit(1)).first()

    def _reading(self, extraction_id: int) -> Any:
        e = t.extraction.c
        query = select(e.parser_version, e.read_at).where(e.id == extraction_id)
        return self._connection.execute(query).one()

    def _name(self, value: PastValue) -> str:
        row = self._names[value.sha256]
        return f"{row.number or row.name}"
