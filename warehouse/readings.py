"""Readings: appended, and which of them a document points to."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from schemas.document import Reading
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import Report
from schemas.report_json import to_json
from warehouse import settle, tables as t
from warehouse.facts import write_facts
from warehouse.units import Reporter, reporter_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a document's row takes from how the file came, not from what it says."""

    name: str
    received_at: dt.datetime
    province: str


def write(
    connection: Connection, report: Report, parser_version: str, run_id: int | None = None
) -> int:
    """Appends one reading with its facts; its id. A run's readings bear its number."""
    suffix = "" if run_id is None else f"+{run_id}"
    extraction_id = connection.execute(
        insert(t.extraction)
        .values(
            sha256=report.source.sha256,
            parser_version=f"{parser_version}{suffix}",
            read_at=dt.datetime.now(dt.UTC),
            status=report.status.value,
            report=json.dumps(to_json(report), ensure_ascii=False),
            run_id=run_id,
        )
        .returning(t.extraction.c.id)
    ).scalar_one()
    write_facts(connection, extraction_id, report)
    return int(extraction_id)


def standing(connection: Connection, sha256: str) -> Any:
    """The document's row as it stands; None where there is none."""
    d = t.document.c
    return connection.execute(select(t.document).where(d.sha256 == sha256)).first()


def point(
    connection: Connection,
    extraction_id: int,
    report: Report,
    arrival: Arrival,
    form: Form | None,
    units: AdminUnits,
) -> str | None:
    """Makes ``extraction_id`` the reading that counts for its document; the unit it counts for.

    A reading that finds another unit leaves the unit it was counted for before to that unit's
    other documents.
    """
    sha256 = report.source.sha256
    reporter = Reporter(None, None, None)
    if form is not None:
        reporter = reporter_of(report.header, form, units, arrival.province)
    values = document_row(extraction_id, report, arrival, reporter)
    before = standing(connection, sha256)
    if before is None:
        connection.execute(
            insert(t.document).values(sha256=sha256, received_at=arrival.received_at, **values)
        )
    else:
        connection.execute(update(t.document).where(t.document.c.sha256 == sha256).values(**values))
    touched = {(report.campaign, reporter.code)}
    if before is not None:
        touched |= {(before.campaign, before.unit_code), *settle.restate(connection, sha256)}
    settle.finish(connection, sha256, touched)
    return reporter.code


def document_row(
    extraction_id: int, report: Report, arrival: Arrival, reporter: Reporter
) -> dict[str, Any]:
    return {
        "extraction_id": extraction_id,
        "campaign": report.campaign,
        "province_code": arrival.province,
        "unit_code": reporter.code,
        "unit_name": reporter.name,
        "channel": reporter.channel if report.campaign else None,
        "name": arrival.name,
        "number": report.header.number,
        "document_type": report.header.document_type,
        "issued_on": report.header.issued_on,
        "status": report.status.value,
        "error_code": report.error.code if report.error else None,
        "error_message": report.error.message if report.error else None,
        "rendition_rank": _rank(report),
        "current": False,
        "superseded_by": None,
        "layer": None,
        **settle.revision_of(report),
    }


def _rank(report: Report) -> int:
    if report.source.media_type == "application/pdf":
        return 2 if report.reading is Reading.TEXT else 3
    return 3 if report.source.media_type.startswith("image/") else 1
