"""One report into the warehouse, in one transaction; the same bytes twice change nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import Report, Status
from warehouse import readings, tables as t
from warehouse.obligations import register_form
from warehouse.upsert import upsert


@dataclass(frozen=True, slots=True)
class Receipt:
    """One arrival: ``source_key`` is unique per arrival at a source."""

    source: str
    source_key: str
    name: str
    received_at: dt.datetime


@dataclass(frozen=True, slots=True)
class LoadResult:
    sha256: str
    new: bool
    unit_code: str | None = None


def known(connection: Connection, sha256: str, parser_version: str) -> bool:
    """Whether these bytes were read by this version already."""
    e = t.extraction.c
    return (
        connection.execute(
            select(e.id).where(
                e.sha256 == sha256,
                (e.parser_version == parser_version) | e.parser_version.like(f"{parser_version}+%"),
            )
        ).first()
        is not None
    )


def record_receipt(
    connection: Connection, sha256: str, size: int, media_type: str | None, receipt: Receipt
) -> None:
    """Notes that the bytes arrived."""
    upsert(
        connection,
        t.blob,
        {
            "sha256": sha256,
            "size": size,
            "media_type": media_type,
            "first_seen_at": receipt.received_at,
        },
    )
    upsert(
        connection,
        t.receipt,
        {
            "sha256": sha256,
            "source": receipt.source,
            "source_key": receipt.source_key,
            "name": receipt.name,
            "received_at": receipt.received_at,
        },
    )


def load_report(
    connection: Connection,
    report: Report,
    receipt: Receipt,
    parser_version: str,
    form: Form | None,
    units: AdminUnits,
    province: str,
) -> LoadResult:
    """Writes one reading of bytes whose arrival is noted (``record_receipt``). Facts are appended; only
    ``document`` points to the newest.

    A reading that failed is kept but never takes the place of one that succeeded; a reading that
    finds another unit leaves the unit it was counted for before to that unit's other documents.
    """
    sha256 = report.source.sha256
    if known(connection, sha256, parser_version):
        return LoadResult(sha256, False)
    extraction_id = readings.write(connection, report, parser_version)
    if form is not None:
        register_form(connection, form, units, province)
    before = readings.standing(connection, sha256)
    if before is not None and report.status is Status.FAILED and before.status != "failed":
        return LoadResult(sha256, True, before.unit_code)
    arrival = readings.Arrival(receipt.name, receipt.received_at, province)
    unit_code = readings.point(connection, extraction_id, report, arrival, form, units)
    return LoadResult(sha256, True, unit_code)
