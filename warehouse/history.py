"""The warehouse as it stood at any moment, and what changed between two: from what is only appended.

Which reading of which document counted stands in ``document_state``, what people had decided in
``decision``; nothing here reads a table that is rewritten.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from schemas.effective import ValueStatus
from warehouse import clock, tables as t
from warehouse.decided import in_force, is_number

Key = tuple[str, str]
_COUNTED = frozenset({"district", "direct"})


@dataclass(frozen=True, slots=True)
class PastValue:
    """One cell of one document as it counted at a moment, and what made it so.

    ``decision`` is the decision's row, None where the reading ``extraction_id`` speaks.
    """

    sha256: str
    unit_code: str | None
    indicator: str
    measure: str
    value: int | None
    status: str
    extraction_id: int
    decision: Any = None

    @property
    def key(self) -> Key:
        return (self.indicator, self.measure)


@dataclass(frozen=True, slots=True)
class PastTotal:
    """One row of ``province_annex`` as it stood."""

    indicator: str
    measure: str
    value: int | None
    reports: int
    provisional: bool


class Past:
    """A campaign as it stood at ``moment`` (UTC or with a zone); everything written up to it counts."""

    def __init__(self, connection: Connection, campaign: str, moment: dt.datetime) -> None:
        self._connection = connection
        self.campaign = campaign
        self.moment = clock.utc(moment)
        self.documents: list[Any] = self._documents()

    def _documents(self) -> list[Any]:
        s = t.document_state.c
        last = (
            select(func.max(s.id).label("id"))
            .where(s.recorded_at <= self.moment)
            .group_by(s.sha256)
            .subquery()
        )
        query = (
            select(t.document_state)
            .join(last, last.c.id == s.id)
            .where(s.campaign == self.campaign)
            .order_by(s.sha256)
        )
        return list(self._connection.execute(query).all())

    @property
    def counted(self) -> list[Any]:
        """Documents that counted towards the province, lower layers first."""
        rows = [d for d in self.documents if d.layer is not None and d.channel in _COUNTED]
        return sorted(rows, key=lambda d: (d.unit_code or "", d.layer, d.sha256))

    def values(self, documents: Iterable[Any] | None = None) -> list[PastValue]:
        """Effective values of ``documents`` (default: those that counted), overridden cells left
        out, by unit and cell."""
        chosen = self.counted if documents is None else list(documents)
        held: dict[tuple[str | None, Key], PastValue] = {}
        for document, read, decided in self._sources(chosen):
            for value in _effective(document, read, decided):
                cell = (value.unit_code, value.key)
                # What a supplement leaves blank, the report beneath it still says.
                if cell not in held or value.value is not None:
                    held[cell] = value
        return [held[k] for k in sorted(held, key=lambda k: (k[0] or "", k[1]))]

    def _sources(self, chosen: Sequence[Any]) -> list[tuple[Any, list[Any], dict[str, Any]]]:
        decisions = self._decisions([d.sha256 for d in chosen])
        o = t.observation.c
        read: dict[int, list[Any]] = defaultdict(list)
        for part in _slices([d.extraction_id for d in chosen]):
            query = select(o.extraction_id, o.indicator, o.measure, o.value)
            for row in self._connection.execute(query.where(o.extraction_id.in_(part))):
                read[row.extraction_id].append(row)
        return [(d, read[d.extraction_id], in_force(decisions.get(d.sha256, []))) for d in chosen]

    def _decisions(self, hashes: Sequence[str]) -> dict[str, list[Any]]:
        d = t.decision.c
        written = func.coalesce(d.recorded_at, d.decided_at)
        out: dict[str, list[Any]] = defaultdict(list)
        for part in _slices(list(hashes)):
            query = select(t.decision).where(d.sha256.in_(part), written <= self.moment)
            for row in self._connection.execute(query.order_by(d.id)):
                out[row.sha256].append(row)
        return out

    def province_table(self, province: str) -> list[PastTotal]:
        """``province_annex`` as it stood, in the form's order."""
        counted = [d for d in self.counted if d.province_code == province]
        by_unit: dict[str | None, dict[Key, int]] = defaultdict(dict)
        for value in self.values(counted):
            if value.status == ValueStatus.REPORTED.value and value.value is not None:
                by_unit[value.unit_code][value.key] = value.value
        waiting = any(not d.approved for d in counted)
        f, p = t.form_cell.c, t.form_part.c
        parts: dict[str, list[str]] = defaultdict(list)
        query = select(p.whole, p.part).where(p.campaign == self.campaign)
        for row in self._connection.execute(query):
            parts[row.whole].append(row.part)
        cells = select(f.indicator, f.measure).where(f.campaign == self.campaign)
        return [
            _total((row.indicator, row.measure), by_unit.values(), parts, waiting)
            for row in self._connection.execute(cells.order_by(f.position))
        ]


def _slices(items: list[Any], size: int = 500) -> Iterable[list[Any]]:
    return (items[i : i + size] for i in range(0, len(items), size))


def _effective(document: Any, read: list[Any], decided: dict[str, Any]) -> list[PastValue]:
    cells: dict[Key, tuple[int | None, str, Any]] = {
        (row.indicator, row.measure): (int(row.value), ValueStatus.REPORTED.value, None)
        for row in read
    }
    for subject, row in decided.items():
        if is_number(subject):
            indicator, _, measure = subject.rpartition(".")
            reported = row.status == ValueStatus.REPORTED.value and row.value is not None
            value = int(row.value) if reported else None
            cells[(indicator, measure)] = (value, row.status, row)
    return [
        PastValue(
            document.sha256,
            document.unit_code,
            *key,
            *stated[:2],
            document.extraction_id,
            stated[2],
        )
        for key, stated in cells.items()
    ]


def _total(
    key: Key, units: Iterable[dict[Key, int]], parts: dict[str, list[str]], waiting: bool
) -> PastTotal:
    """A whole that no unit reported is blank; where one did, the others' parts are added up."""
    indicator, measure = key
    own, summed = [], []
    for values in units:
        below = [values[(p, measure)] for p in parts.get(indicator, ()) if (p, measure) in values]
        if key in values:
            own.append(values[key])
        elif below:
            summed.append(sum(below))
    if not own:
        return PastTotal(indicator, measure, None, 0, True)
    return PastTotal(indicator, measure, sum(own) + sum(summed), len(own) + len(summed), waiting)
