"""Decisions: appended, chained, idempotent; what is in force is derived from them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.errors import DecisionConflict, InvalidDecision, UnknownCell
from schemas.fields import SUBJECTS, parsed, stated
from schemas.report_json import anchor_json
from warehouse import audit, chain, queries, settle, tables as t
from warehouse.chain import broken_links
from warehouse.decided import is_number


def post(
    connection: Connection,
    decision: Decision,
    *,
    expected_base: str | None = None,
    address: str = "",
) -> int:
    """Appends ``decision``; its id. The same ``request_id`` twice is one decision.

    The audit log gets its line in the same transaction: who, and from which ``address``.

    Raises UnknownCell for a document, cell or field the warehouse does not hold, InvalidDecision
    for a value that is none, DecisionConflict where ``expected_base`` is given and the value in
    force is another by now.
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
    made = chain.append(connection, _row(decision, _checked(connection, decision)))
    audit.record(
        connection,
        audit.Actor(decision.actor, address),
        f"decision.{decision.action.value}",
        f"{decision.document_sha256}/{decision.subject}",
        decision=made,
    )
    settle.after_decision(connection, decision.document_sha256)
    return made


def _row(decision: Decision, value: str | None) -> dict[str, Any]:
    return {
        "request_id": decision.request_id,
        "sha256": decision.document_sha256,
        "subject": decision.subject,
        "action": decision.action.value,
        "value": value,
        "status": decision.status.value,
        "base_value": decision.base_value,
        "base_raw": decision.base_raw,
        "reason": decision.reason,
        "note": decision.note,
        "actor": decision.actor,
        "decided_at": decision.decided_at,
        "undoes": decision.undoes,
        "place": json.dumps(anchor_json(decision.place)) if decision.place else None,
    }


def _exists(connection: Connection, decision: Decision) -> bool:
    """Whether the document is here and has such a field, or its campaign's form such a cell."""
    d, f = t.document.c, t.form_cell.c
    found = connection.execute(
        select(d.campaign).where(d.sha256 == decision.document_sha256)
    ).first()
    if found is None or not is_number(decision.subject):
        return found is not None and decision.subject in SUBJECTS
    indicator, _, measure = decision.subject.rpartition(".")
    query = select(f.campaign).where(
        f.campaign == found.campaign, f.indicator == indicator, f.measure == measure
    )
    return connection.execute(query).first() is not None


def _checked(connection: Connection, decision: Decision) -> str | None:
    """The value that ``decision`` states; who confirms without one confirms what is in force."""
    if decision.action is Action.UNDO:
        _undoable(connection, decision)
        return None
    if decision.status is not ValueStatus.REPORTED or decision.action is Action.DEFER:
        return None
    value = decision.value
    if decision.action is Action.CONFIRM and value is None:
        value = decision.base_value or in_force(
            connection, decision.document_sha256, decision.subject
        )
    try:
        if is_number(decision.subject):
            return _whole(value)
        parsed(decision.subject, value)
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidDecision(place=decision.subject, detail=str(error)[:120]) from error
    return value


_LARGEST = 2**63 - 1


def _whole(value: str | None) -> str:
    number = int(value or "")
    if not 0 <= number <= _LARGEST:
        raise ValueError(f"{number} < 0" if number < 0 else "too large")
    return str(number)


def _undoable(connection: Connection, decision: Decision) -> None:
    d = t.decision.c
    there = select(d.id).where(
        d.request_id == decision.undoes,
        d.sha256 == decision.document_sha256,
        d.subject == decision.subject,
    )
    if decision.undoes is None or connection.execute(there).first() is None:
        raise InvalidDecision(place=decision.subject, detail=str(decision.undoes))


def in_force(connection: Connection, sha256: str, subject: str) -> str | None:
    """What is in force for a cell or field, as text; None where it is blank or unknown."""
    if not is_number(subject):
        return stated(queries.effective_report(connection, sha256), subject)
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


__all__ = ["broken_links", "history", "in_force", "post"]
