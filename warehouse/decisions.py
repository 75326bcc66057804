"""Decisions: appended, chained, idempotent; what is in force is derived from them."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.errors import DecisionConflict, UnknownCell
from warehouse import rollup
from warehouse import tables as t

_MEASURES = frozenset({"count", "people"})


def post(connection: Connection, decision: Decision, *, expected_base: str | None = None) -> int:
    """Appends ``decision``; its id. The same ``request_id`` twice is one decision.

    Raises UnknownCell for a document the warehouse does not hold, DecisionConflict where
    ``expected_base`` is given and the value in force is another by now.
    """
    d = t.decision.c
    if connection.dialect.name == "postgresql":
        # Each decision signs the one before, so they are posted one at a time.
        connection.exec_driver_sql("select pg_advisory_xact_lock(7269)")
    before = connection.execute(select(d.id).where(d.request_id == decision.request_id)).scalar()
    if before is not None:
        return int(before)
    if not _exists(connection, decision):
        raise UnknownCell(name=decision.document_sha256[:12], place=decision.subject)
    if expected_base is not None and expected_base != (
        in_force(connection, decision.document_sha256, decision.subject) or ""
    ):
        raise DecisionConflict(place=decision.subject)
    previous = connection.execute(select(d.hash).order_by(d.id.desc()).limit(1)).scalar() or ""
    at = (decision.decided_at or dt.datetime.now(dt.UTC)).astimezone(dt.UTC)
    row = {
        "request_id": decision.request_id,
        "sha256": decision.document_sha256,
        "subject": decision.subject,
        "action": decision.action.value,
        "value": _stated(connection, decision),
        "status": decision.status.value,
        "base_value": decision.base_value,
        "base_raw": decision.base_raw,
        "reason": decision.reason,
        "note": decision.note,
        "actor": decision.actor,
        "decided_at": at,
        "undoes": decision.undoes,
        "previous_hash": previous,
    }
    made = connection.execute(
        insert(t.decision).values(**row, hash=_signature(row)).returning(d.id)
    ).scalar_one()
    rebuild(connection, decision.document_sha256)
    return int(made)


def _exists(connection: Connection, decision: Decision) -> bool:
    """Whether the document is here and, for a number, its campaign's form has such a cell."""
    d, f = t.document.c, t.form_cell.c
    found = connection.execute(
        select(d.campaign).where(d.sha256 == decision.document_sha256)
    ).first()
    indicator, _, measure = decision.subject.rpartition(".")
    if found is None or measure not in _MEASURES:
        return found is not None
    query = select(f.campaign).where(
        f.campaign == found.campaign, f.indicator == indicator, f.measure == measure
    )
    return connection.execute(query).first() is not None


def _stated(connection: Connection, decision: Decision) -> str | None:
    """The value that ``decision`` states; who confirms without one confirms what is in force."""
    if decision.action is not Action.CONFIRM or decision.value is not None:
        return decision.value
    if decision.status is not ValueStatus.REPORTED:
        return None
    return decision.base_value or in_force(connection, decision.document_sha256, decision.subject)


def _signature(row: dict[Any, Any]) -> str:
    """SHA-256 over a decision and the one before it; SQLite gives times back without a zone."""
    at = row["decided_at"]
    utc = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
    signed = [str(row[k]) for k in sorted(row) if k not in {"id", "hash", "decided_at"}]
    return hashlib.sha256("|".join([*signed, utc.isoformat()]).encode()).hexdigest()


def broken_links(connection: Connection) -> list[int]:
    """Ids of decisions that were changed, or before which one is missing; empty where all is well."""
    previous, broken = "", []
    for row in connection.execute(select(t.decision).order_by(t.decision.c.id)).mappings():
        if row["previous_hash"] != previous or row["hash"] != _signature(dict(row)):
            broken.append(int(row["id"]))
        previous = row["hash"]
    return broken


def in_force(connection: Connection, sha256: str, subject: str) -> str | None:
    """The value now in force for a number, as text; None where it is blank or unknown."""
    indicator, _, measure = subject.rpartition(".")
    k, o = t.decided.c, t.observation.c
    made = connection.execute(
        select(k.value, k.status).where(
            k.sha256 == sha256, k.indicator == indicator, k.measure == measure
        )
    ).first()
    if made is not None:
        return str(made.value) if made.value is not None else None
    read = connection.execute(
        select(o.value)
        .join(t.document, t.document.c.extraction_id == o.extraction_id)
        .where(t.document.c.sha256 == sha256, o.indicator == indicator, o.measure == measure)
    ).scalar()
    return None if read is None else str(read)


def history(connection: Connection, sha256: str, subject: str) -> list[dict[str, Any]]:
    """Every decision about one cell, oldest first."""
    d = t.decision.c
    rows = connection.execute(
        select(t.decision).where(d.sha256 == sha256, d.subject == subject).order_by(d.id)
    )
    return [dict(row._mapping) for row in rows]


def rebuild(connection: Connection, sha256: str) -> None:
    """Derives the decisions in force for one document: the last of each cell not undone."""
    connection.execute(delete(t.decided).where(t.decided.c.sha256 == sha256))
    d = t.decision.c
    rows = connection.execute(select(t.decision).where(d.sha256 == sha256).order_by(d.id)).all()
    undone = {row.undoes for row in rows if row.action == Action.UNDO.value}
    last: dict[str, Any] = {}
    for row in rows:
        if row.action in {Action.UNDO.value, Action.DEFER.value} or row.request_id in undone:
            continue
        last[row.subject] = row
    for subject, row in last.items():
        indicator, _, measure = subject.rpartition(".")
        if measure not in _MEASURES:
            continue
        reported = row.status == ValueStatus.REPORTED.value
        connection.execute(
            insert(t.decided).values(
                sha256=sha256,
                indicator=indicator,
                measure=measure,
                decision_id=row.id,
                actor=row.actor,
                value=int(row.value) if reported and row.value is not None else None,
                status=row.status,
                decided_at=row.decided_at,
            )
        )
    rollup.refresh(connection, sha256)
