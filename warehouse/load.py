"""One report into the warehouse, in one transaction; the same bytes twice change nothing."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from schemas.document import Reading
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import Report, Status
from schemas.report_json import to_json
from warehouse import settle
from warehouse import tables as t
from warehouse.facts import write_facts
from warehouse.obligations import register_form
from warehouse.units import Reporter, reporter_of
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
            select(e.id).where(e.sha256 == sha256, e.parser_version == parser_version)
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
    """Writes one reading. Facts are appended; only ``document`` points to the newest.

    A reading that failed is kept but never takes the place of one that succeeded; a reading that
    finds another unit leaves the unit it was counted for before to that unit's other documents.
    """
    sha256 = report.source.sha256
    record_receipt(connection, sha256, report.source.size, report.source.media_type, receipt)
    if known(connection, sha256, parser_version):
        return LoadResult(sha256, False)
    extraction_id = connection.execute(
        insert(t.extraction)
        .values(
            sha256=sha256,
            parser_version=parser_version,
            read_at=dt.datetime.now(dt.UTC),
            status=report.status.value,
            report=json.dumps(to_json(report), ensure_ascii=False),
        )
        .returning(t.extraction.c.id)
    ).scalar_one()
    reporter = Reporter(None, None, None)
    if form is not None:
        register_form(connection, form, units, province)
        reporter = reporter_of(report.header, form, units, province)
    write_facts(connection, extraction_id, report)
    before = _standing(connection, sha256)
    if before is not None and report.status is Status.FAILED and before.status != "failed":
        return LoadResult(sha256, True, before.unit_code)
    _document(connection, extraction_id, report, receipt, reporter, province)
    touched = {(report.campaign, reporter.code)}
    if before is not None:
        touched |= {(before.campaign, before.unit_code), *settle.restate(connection, sha256)}
    settle.finish(connection, sha256, touched)
    return LoadResult(sha256, True, reporter.code)


def _standing(connection: Connection, sha256: str) -> Any:
    """The document as it stood before this reading; None where it is new."""
    d = t.document.c
    return connection.execute(
        select(d.status, d.campaign, d.unit_code).where(d.sha256 == sha256)
    ).first()


def _rank(report: Report) -> int:
    if report.source.media_type == "application/pdf":
        return 2 if report.reading is Reading.TEXT else 3
    return 3 if report.source.media_type.startswith("image/") else 1


def _document(
    connection: Connection,
    extraction_id: int,
    report: Report,
    receipt: Receipt,
    reporter: Reporter,
    province: str,
) -> None:
    values = {
        "extraction_id": extraction_id,
        "campaign": report.campaign,
        "province_code": province,
        "unit_code": reporter.code,
        "unit_name": reporter.name,
        "channel": reporter.channel if report.campaign else None,
        "name": receipt.name,
        "number": report.header.number,
        "document_type": report.header.document_type,
        "issued_on": report.header.issued_on,
        "status": report.status.value,
        "error_code": report.error.code if report.error else None,
        "error_message": report.error.message if report.error else None,
        "rendition_rank": _rank(report),
        "current": False,
        "superseded_by": None,
    }
    there = connection.execute(
        select(t.document.c.sha256).where(t.document.c.sha256 == report.source.sha256)
    ).first()
    if there is None:
        connection.execute(
            insert(t.document).values(
                sha256=report.source.sha256, received_at=receipt.received_at, **values
            )
        )
    else:
        connection.execute(
            update(t.document).where(t.document.c.sha256 == report.source.sha256).values(**values)
        )
