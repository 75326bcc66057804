"""Which decisions are in force: the last of each subject that nobody took back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from schemas.decision import Action
from schemas.effective import ValueStatus
from schemas.fields import parsed
from schemas.report_json import anchor_from
from schemas.text import fold
from warehouse import tables as t
from warehouse.places import columns

MEASURES = frozenset({"count", "people"})
_REBUILT = (t.decided, t.decided_field, t.decided_narrative, t.decided_reference)


def is_number(subject: str) -> bool:
    """Whether ``subject`` names a cell of a form, not a field."""
    return subject.rpartition(".")[2] in MEASURES


def taken_back(rows: Sequence[Any]) -> set[str]:
    """Request ids that are undone, of ``rows`` oldest first. Who undoes an undoing brings back what
    was undone."""
    undone: set[str] = set()
    for row in reversed(rows):
        if row.action == Action.UNDO.value and row.request_id not in undone:
            undone.add(row.undoes)
    return undone


def in_force(rows: Sequence[Any]) -> dict[str, Any]:
    """By subject the decision that counts, of ``rows`` oldest first."""
    undone = taken_back(rows)
    idle = {Action.UNDO.value, Action.DEFER.value}
    return {
        row.subject: row for row in rows if row.action not in idle and row.request_id not in undone
    }


def fields(connection: Connection, sha256: str) -> dict[str, str | None]:
    """Fields of one document as people decided them; None where they emptied one."""
    k = t.decided_field.c
    return {
        row.subject: row.value
        for row in connection.execute(select(k.subject, k.value).where(k.sha256 == sha256))
    }


def rebuild(connection: Connection, sha256: str) -> None:
    """Derives what is in force for one document from its decisions, anew."""
    for table in _REBUILT:
        connection.execute(delete(table).where(table.c.sha256 == sha256))
    d = t.decision.c
    rows = connection.execute(select(t.decision).where(d.sha256 == sha256).order_by(d.id)).all()
    for subject, row in in_force(rows).items():
        if is_number(subject):
            _number(connection, subject, row)
        else:
            _field(connection, subject, row)


def _common(row: Any) -> dict[str, Any]:
    return {
        "sha256": row.sha256,
        "decision_id": row.id,
        "actor": row.actor,
        "status": row.status,
        "decided_at": row.decided_at,
    }


def _number(connection: Connection, subject: str, row: Any) -> None:
    indicator, _, measure = subject.rpartition(".")
    reported = row.status == ValueStatus.REPORTED.value and row.value is not None
    place = anchor_from(json.loads(row.place)) if row.place else None
    connection.execute(
        insert(t.decided).values(
            **_common(row),
            **columns(place),
            indicator=indicator,
            measure=measure,
            value=int(row.value) if reported else None,
        )
    )


def _field(connection: Connection, subject: str, row: Any) -> None:
    text = row.value if row.status == ValueStatus.REPORTED.value else None
    connection.execute(
        insert(t.decided_field).values(**_common(row), subject=subject, value=text or None)
    )
    group, _, field = subject.partition(".")
    if group == "narrative":
        folded = fold(text) if text else None
        connection.execute(
            insert(t.decided_narrative).values(
                sha256=row.sha256, field=field, text=text or None, folded=folded
            )
        )
    elif subject == "references":
        for one in {r["number"]: r for r in parsed(subject, text)}.values():
            day = dt.date.fromisoformat(one["issued_on"]) if one["issued_on"] else None
            row_of = {"document_type": one["document_type"], "issuer": one["issuer"]}
            connection.execute(
                insert(t.decided_reference).values(
                    sha256=row.sha256, number=one["number"], issued_on=day, **row_of
                )
            )
