"""What must be derived anew once a document was read or somebody decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select, update

from schemas.catalog import forms
from schemas.fields import COUNTED
from schemas.registry_index import admin_units
from schemas.report import Report, Status
from warehouse import approvals, decided, journal, queries, rollup, tables as t
from warehouse.carry import carry_over
from warehouse.current import settle_current
from warehouse.obligations import register_form
from warehouse.units import Reporter, reporter_of

Unit = tuple[str | None, str | None]


def after_decision(connection: Connection, sha256: str) -> None:
    """Brings everything derived from ``sha256`` in step with its decisions."""
    before = decided.fields(connection, sha256).keys()
    decided.rebuild(connection, sha256)
    row = _standing(connection, sha256)
    if COUNTED & (before | decided.fields(connection, sha256).keys()):
        finish(connection, sha256, restate(connection, sha256))
    elif row.revision is not None or row.layered:
        finish(connection, sha256, {(row.campaign, row.unit_code)})
    else:
        rollup.refresh(connection, sha256)
        finish(connection, sha256, ())


def _standing(connection: Connection, sha256: str) -> Any:
    """The document's unit, and whether a supplement or correction lies upon one of its documents."""
    d, other = t.document.c, t.document.alias()
    layered = (
        select(other.c.sha256)
        .where(other.c.campaign == d.campaign, other.c.unit_code == d.unit_code, other.c.layer > 0)
        .correlate(t.document)
        .exists()
    )
    query = select(d.campaign, d.unit_code, d.revision, layered.label("layered"))
    return connection.execute(query.where(d.sha256 == sha256)).one()


def revision_of(report: Report) -> dict[str, str | None]:
    """The columns of ``document`` that say what the report revises."""
    if report.revises is None:
        return {"revision": None, "revises": None}
    return {"revision": report.revises.kind.value, "revises": report.revises.number}


def finish(connection: Connection, sha256: str, units: Iterable[Unit]) -> None:
    """Settles which documents of ``units`` (campaign, unit code) count, and writes it down."""
    named = sorted((c, u) for c, u in set(units) if c and u)
    bound = {sha256}
    for campaign, unit_code in named:
        settle_current(connection, campaign, unit_code)
        carried = carry_over(connection, campaign, unit_code)
        for one in carried:
            rollup.refresh(connection, one)
        bound.update(carried)
    for one in sorted(bound):
        approvals.refresh(connection, one)
    journal.record(connection, sha256, named)


def restate(connection: Connection, sha256: str) -> set[Unit]:
    """Unit, number and date of the document as its effective report states them.

    Returns the units whose documents must be settled again: the one before and the one now.
    """
    d = t.document.c
    before = connection.execute(select(t.document).where(d.sha256 == sha256)).one()
    report = queries.effective_report(connection, sha256)
    form = forms().get(report.campaign or "")
    units = admin_units()
    reporter = Reporter(None, None, None)
    if form is not None and before.province_code:
        register_form(connection, form, units, before.province_code)
        reporter = reporter_of(report.header, form, units, before.province_code)
    row: dict[str, Any] = {
        "campaign": report.campaign,
        "unit_code": reporter.code,
        "unit_name": reporter.name,
        "channel": reporter.channel if report.campaign else None,
        "number": report.header.number,
        "document_type": report.header.document_type,
        "issued_on": report.header.issued_on,
        **revision_of(report),
    }
    if report.status is Status.FAILED or any(getattr(before, k) != v for k, v in row.items()):
        row |= {"current": False, "superseded_by": None, "layer": None}
        connection.execute(update(t.document).where(d.sha256 == sha256).values(**row))
    return {(before.campaign, before.unit_code), (report.campaign, reporter.code)}
