"""Many readings in one transaction: what ``load_report`` writes, row for row, in sets.

For a first load or a reading of everything again, where thousands wait. A document that is known
already, that failed, that revises another, or whose unit has another goes the ordinary way.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, literal, select

from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import Report, Status
from schemas.report_json import to_json
from warehouse import clock, readings, rollup, tables as t
from warehouse.facts import narrative_row, observation_row, reference_row
from warehouse.load import Receipt, load_report
from warehouse.obligations import register_form
from warehouse.units import Reporter, reporter_of
from warehouse.upsert import append

_AT_ONCE = 500
_STATE = tuple(c.name for c in t.document_state.c if c.name not in {"id", "recorded_at"})


@dataclass(frozen=True, slots=True)
class Arrived:
    """One reading to load, the form of its campaign, and the province it was handed in to."""

    report: Report
    receipt: Receipt
    form: Form | None
    province: str


@dataclass(frozen=True, slots=True)
class _New:
    arrived: Arrived
    reporter: Reporter
    extraction_id: int = 0


def load_many(
    connection: Connection, batch: Sequence[Arrived], parser_version: str, units: AdminUnits
) -> int:
    """Loads ``batch``, whose arrival is noted; how many of them were new. Raises like
    ``load_report``; all or nothing, as the caller's transaction."""
    loaded = 0
    for start in range(0, len(batch), _AT_ONCE):
        part = batch[start : start + _AT_ONCE]
        new, others = _parted(connection, part, units)
        if new:
            _write(connection, new, parser_version, units)
        for one in others:
            loaded += load_report(
                connection, one.report, one.receipt, parser_version, one.form, units, one.province
            ).new
        loaded += len(new)
    return loaded


def _parted(
    connection: Connection, part: Sequence[Arrived], units: AdminUnits
) -> tuple[list[_New], list[Arrived]]:
    """Those that can be written in sets, and the others."""
    sha256s = [one.report.source.sha256 for one in part]
    e = t.extraction.c
    read_before = select(e.sha256).where(e.sha256.in_(sha256s))
    seen = set(connection.execute(read_before).scalars())
    known, others = [], []
    for one in part:
        plain = one.report.status is not Status.FAILED and one.report.revises is None
        if one.form is None or not plain or one.report.source.sha256 in seen:
            others.append(one)
            continue
        seen.add(one.report.source.sha256)
        known.append(_New(one, reporter_of(one.report.header, one.form, units, one.province)))
    taken = _units_there(connection, known)
    new = []
    for candidate in known:
        key = (candidate.arrived.report.campaign, candidate.reporter.code)
        if candidate.reporter.code is None or key in taken:
            others.append(candidate.arrived)
        else:
            taken.add(key)
            new.append(candidate)
    return new, others


def _units_there(connection: Connection, known: list[_New]) -> set[tuple[str | None, str | None]]:
    d = t.document.c
    codes = sorted({one.reporter.code for one in known if one.reporter.code})
    query = select(d.campaign, d.unit_code).where(d.unit_code.in_(codes)).distinct()
    return {(row.campaign, row.unit_code) for row in connection.execute(query)}


def _write(connection: Connection, new: list[_New], parser_version: str, units: AdminUnits) -> None:
    for form, province in {
        (one.arrived.form.campaign, one.arrived.province): (one.arrived.form, one.arrived.province)
        for one in new
        if one.arrived.form is not None
    }.values():
        register_form(connection, form, units, province)
    ids = _extractions(connection, new, parser_version)
    named = [_New(one.arrived, one.reporter, at) for one, at in zip(new, ids, strict=True)]
    _facts(connection, named)
    _documents(connection, named)
    counted = [one for one in named if one.reporter.channel in {"district", "direct"}]
    rollup.add_new(connection, [_cells(one) for one in counted])


def _extractions(connection: Connection, new: list[_New], parser_version: str) -> list[int]:
    """Appended with identities given out here: writers follow one another, so none is taken."""
    now = dt.datetime.now(dt.UTC)
    if connection.dialect.name == "postgresql":
        first = _reserved(connection, len(new))
    else:
        first = (connection.execute(select(func.max(t.extraction.c.id))).scalar() or 0) + 1
    rows = (
        {
            "id": first + at,
            "sha256": one.arrived.report.source.sha256,
            "parser_version": parser_version,
            "read_at": now,
            "status": one.arrived.report.status.value,
            "report": json.dumps(to_json(one.arrived.report), ensure_ascii=False),
        }
        for at, one in enumerate(new)
    )
    append(connection, t.extraction, rows)
    return list(range(first, first + len(new)))


def _reserved(connection: Connection, count: int) -> int:
    """The first of ``count`` identities taken from PostgreSQL's own sequence."""
    sequence = "pg_get_serial_sequence('extraction', 'id')"
    query = f"select setval({sequence}, nextval({sequence}) + {count - 1})"
    return int(connection.exec_driver_sql(query).scalar_one()) - count + 1


def _facts(connection: Connection, new: list[_New]) -> None:
    read = [(one.extraction_id, one.arrived.report) for one in new]
    append(
        connection,
        t.observation,
        (observation_row(at, r.source.sha256, o) for at, r in read for o in r.observations),
    )
    append(connection, t.narrative, (narrative_row(at, n) for at, r in read for n in r.narrative))
    append(connection, t.reference, (reference_row(at, c) for at, r in read for c in r.references))


def _documents(connection: Connection, new: list[_New]) -> None:
    """The only document of its unit counts; the journal notes how it stands from now on."""
    rows = []
    for one in new:
        a = one.arrived
        arrival = readings.Arrival(a.receipt.name, a.receipt.received_at, a.province)
        row = readings.document_row(one.extraction_id, a.report, arrival, one.reporter)
        row |= {"sha256": a.report.source.sha256, "received_at": a.receipt.received_at}
        rows.append(row | {"current": True, "layer": 0})
    append(connection, t.document, rows)
    d, moment = t.document.c, literal(clock.now(connection), t.document_state.c.recorded_at.type)
    kept = select(moment, *(d[name] for name in _STATE)).where(
        d.sha256.in_([row["sha256"] for row in rows])
    )
    states = insert(t.document_state).from_select(("recorded_at", *_STATE), kept.order_by(d.sha256))
    connection.execute(states)


def _cells(one: _New) -> rollup.NewUnit:
    report = one.arrived.report
    return rollup.NewUnit(
        report.campaign or "",
        one.arrived.province,
        one.reporter.code or "",
        {o.key: o.value for o in report.observations},
    )
