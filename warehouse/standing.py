"""What the desk holds in memory of a campaign, read in pieces: only what changed is read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from schemas.effective import EffectiveValue
from schemas.finding import Finding, RuleCode, Severity
from schemas.report_json import anchor_from
from warehouse import queries, tables as t
from warehouse.decided import in_force, taken_back


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding that is neither gone nor accepted, with its identity."""

    fingerprint: str
    sha256: str | None
    unit_code: str | None
    opened_at: Any
    finding: Finding


def pulse(connection: Connection) -> tuple[Any, ...]:
    """Changes whenever a document, reading or decision does."""
    d, e = t.document.c, t.extraction.c
    row = connection.execute(
        select(
            select(func.max(t.decision.c.id)).scalar_subquery(),
            select(func.max(e.id)).scalar_subquery(),
            select(func.count(d.sha256)).scalar_subquery(),
        )
    ).one()
    return tuple(row)


def findings_pulse(connection: Connection, campaign: str) -> tuple[Any, ...]:
    """Changes whenever a finding of ``campaign`` opens, closes or is accepted."""
    f = t.finding.c
    row = connection.execute(
        select(
            func.count(),
            func.max(f.opened_at),
            func.max(f.gone_at),
            func.max(f.last_seen_at),
            func.count(f.gone_at),
            func.count(f.accepted_by),
        ).where(f.campaign == campaign)
    ).one()
    return tuple(row)


def stamps(
    connection: Connection, campaign: str, sha256: str | None = None
) -> dict[str, tuple[queries.DocumentRow, Any]]:
    """Each document (or the one named) with what its content depends on: its newest reading and
    last decision."""
    d, k = t.document.c, t.decision.c
    last = select(k.sha256, func.max(k.id).label("last")).group_by(k.sha256).subquery()
    columns = [d[name] for name in queries.DocumentRow.__dataclass_fields__]
    query = select(*columns, d.extraction_id, last.c.last)
    query = query.outerjoin(last, last.c.sha256 == d.sha256).where(d.campaign == campaign)
    if sha256 is not None:
        query = query.where(d.sha256 == sha256)
    return {
        row[0]: (queries.DocumentRow(*row[:-2]), (row[-2], row[-1]))
        for row in connection.execute(query)
    }


def document(connection: Connection, sha256: str) -> queries.DocumentRow | None:
    """One document; None for one the warehouse does not hold."""
    d = t.document.c
    columns = [d[name] for name in queries.DocumentRow.__dataclass_fields__]
    row = connection.execute(select(*columns).where(d.sha256 == sha256)).first()
    return queries.DocumentRow(*row) if row is not None else None


def values_of(connection: Connection, sha256: str) -> list[EffectiveValue]:
    """Every value of one document as it counts now; none where the document does not count.

    A unit's report is given with what supplements and corrections say upon it: it is judged so.
    """
    d, upon = t.document.c, t.document.alias().c
    query = select(upon.sha256).where(
        upon.campaign == d.campaign, upon.unit_code == d.unit_code, upon.layer > 0,
        d.sha256 == sha256, d.layer == 0,
    )  # fmt: skip
    rows: list[Any] = []
    # One document at a time: the view is read by its key, never as a whole.
    for one in (sha256, *connection.execute(query).scalars()):
        by_key = text("select * from effective_value where sha256 = :s and current = (1 = 1)")
        rows += connection.execute(by_key, {"s": one}).all()
    return [queries.value_of_row(row._mapping) for row in rows]


def open_findings(
    connection: Connection, campaign: str, about: Iterable[str | None] | None = None
) -> list[OpenFinding]:
    """Every open finding of ``campaign``, or of the documents ``about``."""
    f = t.finding.c
    query = select(t.finding).where(
        f.campaign == campaign, f.gone_at.is_(None), f.accepted_by.is_(None)
    )
    if about is not None:
        query = query.where(f.sha256.in_([s for s in about if s]))
    return [_open_finding(row) for row in connection.execute(query.order_by(f.fingerprint))]


def _open_finding(row: Any) -> OpenFinding:
    finding = Finding(
        RuleCode(row.rule),
        Severity(row.severity),
        row.message,
        tuple(anchor_from(p) for p in json.loads(row.places)),
        row.indicator,
        row.measure,
        row.value,
        row.other_value,
    )
    return OpenFinding(row.fingerprint, row.sha256, row.unit_code, row.opened_at, finding)


def deciders(connection: Connection, sha256: str) -> dict[str, str]:
    """Who made the decision in force about each subject of one document."""
    d = t.decision.c
    rows = connection.execute(
        select(d.subject, d.actor, d.action, d.request_id, d.undoes)
        .where(d.sha256 == sha256)
        .order_by(d.id)
    ).all()
    return {subject: row.actor for subject, row in in_force(rows).items()}


def marks(
    connection: Connection, documents: Sequence[str]
) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
    """For each document, when each subject was last decided, and why what is put off was put off.

    A decision that was undone, and the undoing itself, decide nothing.
    """
    d = t.decision.c
    query = select(d.sha256, d.subject, d.action, d.decided_at, d.reason, d.request_id, d.undoes)
    if len(documents) < 500:
        query = query.where(d.sha256.in_(documents))
    rows = connection.execute(query.order_by(d.id)).all()
    undone = taken_back(rows)
    out: dict[str, tuple[dict[str, Any], dict[str, str]]] = {}
    for row in rows:
        if row.request_id in undone or row.undoes:
            continue
        settled, deferred = out.setdefault(row.sha256, ({}, {}))
        if row.action == "defer":
            deferred[row.subject] = row.reason
        else:
            settled[row.subject] = row.decided_at
            deferred.pop(row.subject, None)
    return out
