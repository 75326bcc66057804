"""Runs that read archived originals again: what each found, and the way back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from schemas.catalog import forms
from schemas.errors import UnknownRun
from schemas.registry_index import admin_units
from schemas.report import Report, Status
from schemas.report_json import from_json
from warehouse import readings, tables as t
from warehouse.comparison import Difference, Outcome, compare
from warehouse.decided import in_force
from warehouse.obligations import register_form


def start(
    connection: Connection, campaign: str | None, version: str, settings: Mapping[str, Any]
) -> int:
    """Opens a run; its number."""
    made = connection.execute(
        insert(t.extraction_run)
        .values(
            campaign=campaign,
            parser_version=version,
            settings=json.dumps(dict(settings), sort_keys=True),
            started_at=dt.datetime.now(dt.UTC),
        )
        .returning(t.extraction_run.c.id)
    ).scalar_one()
    return int(made)


def finish(connection: Connection, run_id: int) -> None:
    """Closes a run."""
    r = t.extraction_run.c
    connection.execute(
        update(t.extraction_run).where(r.id == run_id).values(finished_at=dt.datetime.now(dt.UTC))
    )


def to_read(connection: Connection, campaign: str | None) -> list[tuple[str, str]]:
    """SHA-256 and name of what a run over ``campaign`` reads: its documents, and those that belong
    to no campaign yet, in the order they came."""
    d = t.document.c
    query = select(d.sha256, d.name).order_by(d.received_at, d.sha256)
    if campaign is not None:
        query = query.where((d.campaign == campaign) | d.campaign.is_(None))
    return [(row.sha256, row.name) for row in connection.execute(query)]


def take(connection: Connection, run_id: int, report: Report, version: str) -> Difference:
    """Puts one new reading beside the one that counts, and in its place unless it failed.

    A reading that says the same is not stored again. Done twice for a file changes nothing.
    """
    sha256 = report.source.sha256
    row = readings.standing(connection, sha256)
    e = t.extraction.c
    before = from_json(
        json.loads(
            connection.execute(select(e.report).where(e.id == row.extraction_id)).scalar_one()
        )
    )
    difference = compare(before, report, _decided(connection, sha256))
    if _taken(connection, run_id, sha256):
        return difference
    after_id = row.extraction_id
    if difference.outcome is not Outcome.SAME:
        made = readings.write(connection, report, version, run_id)
        if report.status is not Status.FAILED or before.status is Status.FAILED:
            after_id = made
            _point(connection, made, report, row)
    connection.execute(
        insert(t.reread_result).values(
            run_id=run_id,
            sha256=sha256,
            outcome=difference.outcome.value,
            before_id=row.extraction_id,
            after_id=after_id,
            details=json.dumps(difference.as_json(), ensure_ascii=False),
        )
    )
    return difference


def _taken(connection: Connection, run_id: int, sha256: str) -> bool:
    r = t.reread_result.c
    query = select(r.run_id).where(r.run_id == run_id, r.sha256 == sha256)
    return connection.execute(query).first() is not None


def _decided(connection: Connection, sha256: str) -> dict[str, str | None]:
    d = t.decision.c
    rows = connection.execute(select(t.decision).where(d.sha256 == sha256).order_by(d.id)).all()
    return {
        subject: row.value if row.status == "reported" else None
        for subject, row in in_force(rows).items()
    }


def _point(connection: Connection, extraction_id: int, report: Report, row: Any) -> None:
    form, units = forms().get(report.campaign or ""), admin_units()
    if form is not None:
        register_form(connection, form, units, row.province_code)
    arrival = readings.Arrival(row.name, row.received_at, row.province_code)
    readings.point(connection, extraction_id, report, arrival, form, units)


@dataclass(frozen=True, slots=True)
class RolledBack:
    """``kept`` are files that were read again by a later run: that reading stays."""

    restored: int
    kept: tuple[str, ...]
    campaigns: tuple[str, ...]


def roll_back(connection: Connection, run_id: int) -> RolledBack:
    """Makes the readings from before the run count again. Its own readings are kept.

    Raises UnknownRun for a run there is none of. Done twice changes nothing.
    """
    run = t.extraction_run.c
    if connection.execute(select(run.id).where(run.id == run_id)).first() is None:
        raise UnknownRun(name=str(run_id))
    r, d, e = t.reread_result.c, t.document.c, t.extraction.c
    rows = connection.execute(
        select(r.sha256, r.before_id, r.after_id, e.report)
        .join(t.extraction, e.id == r.before_id)
        .where(r.run_id == run_id, r.before_id != r.after_id)
        .order_by(r.sha256)
    )
    restored, kept = 0, []
    campaigns: set[str] = set()
    for row in rows.all():
        now = connection.execute(select(t.document).where(d.sha256 == row.sha256)).one()
        if now.extraction_id not in {row.before_id, row.after_id}:
            kept.append(row.sha256)
        elif now.extraction_id == row.after_id:
            report = from_json(json.loads(row.report))
            _point(connection, row.before_id, report, now)
            restored += 1
            campaigns.update(c for c in (now.campaign, report.campaign) if c)
    connection.execute(
        update(t.extraction_run)
        .where(run.id == run_id, run.rolled_back_at.is_(None))
        .values(rolled_back_at=dt.datetime.now(dt.UTC))
    )
    return RolledBack(restored, tuple(kept), tuple(sorted(campaigns)))
