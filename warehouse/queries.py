"""What the other floors ask of the warehouse, as plain records."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Date, String, bindparam, or_, select, text

from schemas.document import NOWHERE
from schemas.effective import EffectiveValue, ValueStatus
from schemas.fields import applied
from schemas.report import Observation, Origin, Report
from schemas.report_json import from_json
from schemas.text import fold
from warehouse import tables as t
from warehouse.decided import fields
from warehouse.places import anchor
from warehouse.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document as the warehouse knows it."""

    sha256: str
    name: str
    campaign: str | None
    unit_code: str | None
    unit_name: str | None
    channel: str | None
    number: str | None
    current: bool
    status: str
    error_code: str | None
    error_message: str | None
    superseded_by: str | None
    layer: int | None = None
    """0: the unit's report that counts; more: what lies upon it; None: does not count."""
    issued_on: dt.date | None = None


def campaigns(connection: Connection) -> list[str]:
    """Campaigns that hold at least one document, in order."""
    d = t.document.c
    return [
        r[0]
        for r in connection.execute(
            select(d.campaign).where(d.campaign.is_not(None)).distinct().order_by(d.campaign)
        )
    ]


def documents(connection: Connection, campaign: str | None = None) -> list[DocumentRow]:
    """Documents of ``campaign`` (all where None), by name."""
    d = t.document.c
    columns = [d[name] for name in DocumentRow.__dataclass_fields__]
    query = select(*columns).order_by(d.name, d.sha256)
    if campaign is not None:
        query = query.where(d.campaign == campaign)
    return [DocumentRow(*row) for row in connection.execute(query)]


def citing(connection: Connection, campaign: str) -> list[DocumentRow]:
    """Documents outside ``campaign`` that cite the number or day of one which is in it, by name."""
    d, r, held = t.document.c, t.reference.c, t.document.alias().c
    numbers = select(held.number).where(held.campaign == campaign, held.number.is_not(None))
    days = select(held.issued_on).where(held.campaign == campaign, held.issued_on.is_not(None))
    named = or_(r.number.in_(numbers), r.issued_on.in_(days))
    cites = select(r.number).where(r.extraction_id == d.extraction_id, named)
    columns = [d[name] for name in DocumentRow.__dataclass_fields__]
    outside = or_(d.campaign.is_(None), d.campaign != campaign)
    query = select(*columns).where(outside, d.status != "failed", cites.exists())
    return [DocumentRow(*row) for row in connection.execute(query.order_by(d.name, d.sha256))]


def cited(connection: Connection, campaign: str) -> list[Any]:
    """What each document of ``campaign`` cites, as decided: ``sha256, number, document_type,
    issued_on``."""
    query = text(
        "select r.sha256, r.number, r.document_type, r.issued_on from effective_reference r"
        " join document d on d.sha256 = r.sha256 where d.campaign = :c"
    ).columns(sha256=String, number=String, document_type=String, issued_on=Date)
    return list(connection.execute(query, {"c": campaign}))


def reporting_status(
    connection: Connection, campaign: str, units: Collection[str]
) -> list[dict[str, Any]]:
    """The view's rows of some units."""
    query = text(
        "select * from reporting_status where campaign = :c and unit_code in :u"
    ).bindparams(bindparam("u", expanding=True))
    rows = connection.execute(query, {"c": campaign, "u": sorted(units)})
    return [dict(row._mapping) for row in rows]


def report(connection: Connection, sha256: str) -> Report:
    """The newest reading of one document."""
    d, e = t.document.c, t.extraction.c
    data = connection.execute(
        select(e.report).join(t.document, d.extraction_id == e.id).where(d.sha256 == sha256)
    ).scalar_one()
    return from_json(json.loads(data))


def stated_report(connection: Connection, sha256: str) -> Report:
    """The newest reading with its fields as decided; its numbers as they were read."""
    return applied(report(connection, sha256), fields(connection, sha256))


def effective_report(connection: Connection, sha256: str) -> Report:
    """The newest reading with every decision applied: fields as decided, cells declared blank,
    not applicable or unreadable left out, cells only a person read put in."""
    read = stated_report(connection, sha256)
    k, f, d = t.decided.c, t.form_cell.c, t.document.c
    rows = connection.execute(
        select(t.decided, f.unit, f.label)
        .join(t.document, d.sha256 == k.sha256)
        .join(
            t.form_cell,
            (f.campaign == d.campaign) & (f.indicator == k.indicator) & (f.measure == k.measure),
        )
        .where(k.sha256 == sha256)
        .order_by(f.position)
    ).all()
    if not rows:
        return read
    seen = {o.key: o for o in read.observations}
    for row in rows:
        key = (row.indicator, row.measure)
        if row.value is None:
            seen.pop(key, None)
        else:
            seen[key] = _decided(row, seen.get(key))
    return replace(read, observations=tuple(seen.values()))


def _decided(row: Any, read: Observation | None) -> Observation:
    pointed = anchor(row._mapping)
    trust = {"value": row.value, "confidence": 1.0, "needs_review": False}
    evidence = (f"decided:{row.actor}",)
    if read is None:
        return Observation(
            row.indicator,
            row.measure,
            unit=row.unit,
            raw="",
            origin=Origin.ANNEX,
            where=pointed,
            evidence=evidence,
            label=row.label,
            **trust,
        )
    where = pointed if pointed != NOWHERE else read.where
    return replace(read, where=where, evidence=(*read.evidence, *evidence), **trust)


def effective_values(
    connection: Connection, campaign: str, unit_code: str | None = None
) -> list[EffectiveValue]:
    """Every value of current documents of ``campaign`` (or of one unit), as it counts now."""
    query = "select * from effective_value where campaign = :c and current = (1 = 1)"
    given = {"c": campaign}
    if unit_code is not None:
        query, given = f"{query} and unit_code = :u", {**given, "u": unit_code}
    return [value_of_row(row._mapping) for row in connection.execute(text(query), given)]


def holds_figures(connection: Connection, campaign: str) -> bool:
    """Whether any unit of ``campaign`` stated a number."""
    query = (
        "select 1 from effective_value where campaign = :c and current = (1 = 1)"
        " and unit_code is not null and value is not null limit 1"
    )
    return connection.execute(text(query), {"c": campaign}).first() is not None


def value_of_row(row: Any) -> EffectiveValue:
    """One row of the view ``effective_value`` as a record."""
    return EffectiveValue(
        row["sha256"],
        row["unit_code"],
        row["indicator"],
        row["measure"],
        row["value"],
        ValueStatus(row["status"]),
        row["raw"],
        Origin(row["origin"]),
        float(row["confidence"]),
        bool(row["needs_review"]),
        anchor(row),
        row["decided_by"],
    )


_OF_NONE = frozenset({"unread_documents", "reporting_rate_by_unit"})
"""Views that have no campaign."""


def view(connection: Connection, name: str, campaign: str | None = None) -> list[dict[str, Any]]:
    """Rows of a published view, of one campaign where it has one. KeyError for another name."""
    if name not in (*PUBLISHED, "form_cell", "obligation", "document"):
        raise KeyError(name)
    where = " where campaign = :c" if campaign is not None and name not in _OF_NONE else ""
    rows = connection.execute(
        text(f"select * from {name}{where}"), {"c": campaign} if where else {}
    )
    return [dict(row._mapping) for row in rows]


def province_table(connection: Connection, campaign: str, province: str) -> list[dict[str, Any]]:
    """The province's annex in the form's order, with labels."""
    query = text(
        "select a.*, f.label, f.position, f.is_whole from province_annex a join form_cell f on f.campaign = a.campaign"
        " and f.indicator = a.indicator and f.measure = a.measure"
        " where a.campaign = :c and a.province_code = :p order by f.position"
    )
    return [dict(row._mapping) for row in connection.execute(query, {"c": campaign, "p": province})]


def search_narratives(connection: Connection, words: str) -> list[dict[str, Any]]:
    """Narratives holding every word of ``words``, typed with or without diacritics."""
    parts = fold(words).split()
    clauses = " and ".join(f"folded like :w{i}" for i in range(len(parts))) or "1 = 1"
    rows = connection.execute(
        text(f"select * from narratives where {clauses}"),
        {f"w{i}": f"%{p}%" for i, p in enumerate(parts)},
    )
    return [dict(row._mapping) for row in rows]
