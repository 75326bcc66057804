"""Where a report stands: to do, in review, returned to the unit, finished, approved, stale."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select

from warehouse import tables as t
from warehouse.claims import claims
from warehouse.tables_desk import report_event


class ReportState(StrEnum):
    """``FINISHED`` waits for an approver; ``STALE`` was approved with other values."""

    TO_DO = "to_do"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    FINISHED = "finished"
    APPROVED = "approved"
    STALE = "stale"


class EventKind(StrEnum):
    FINISHED = "finished"
    RETURNED = "returned"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the unit is asked; ``subject`` names the value or field it is about."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportEvent:
    sha256: str
    kind: EventKind
    actor: str
    at: dt.datetime
    note: str = ""
    questions: tuple[Question, ...] = ()


def record(connection: Connection, event: ReportEvent) -> None:
    """Notes what was done with a report."""
    connection.execute(
        insert(report_event).values(
            sha256=event.sha256,
            kind=event.kind.value,
            actor=event.actor,
            at=event.at,
            note=event.note,
            questions=json.dumps(
                [{"subject": q.subject, "text": q.text} for q in event.questions],
                ensure_ascii=False,
            ),
        )
    )


def events(connection: Connection, sha256: str) -> list[ReportEvent]:
    """Everything done with a report, oldest first."""
    c = report_event.c
    rows = connection.execute(select(report_event).where(c.sha256 == sha256).order_by(c.id))
    return [_event(row) for row in rows]


def _event(row: Any) -> ReportEvent:
    asked = tuple(Question(**q) for q in json.loads(row.questions))
    return ReportEvent(row.sha256, EventKind(row.kind), row.actor, row.at, row.note, asked)


def states(
    connection: Connection, campaign: str, now: dt.datetime, approvals: dict[str, str]
) -> dict[str, ReportState]:
    """The state of every document of ``campaign``; ``approvals`` says approved or stale of some."""
    d, e, k = t.document.c, report_event.c, t.decision.c
    newest = select(func.max(e.id)).group_by(e.sha256).scalar_subquery()
    last = {
        r.sha256: EventKind(r.kind)
        for r in connection.execute(select(e.sha256, e.kind).where(e.id.in_(newest)))
    }
    touched = set(connection.execute(select(k.sha256).distinct()).scalars())
    held = claims(connection, now)
    return {
        sha256: _state(approvals.get(sha256), last.get(sha256), sha256 in touched or sha256 in held)
        for sha256 in connection.execute(select(d.sha256).where(d.campaign == campaign)).scalars()
    }


def state_of(
    connection: Connection, sha256: str, now: dt.datetime, approval: str | None
) -> ReportState:
    """The state of one document."""
    k = t.decision.c
    last = events(connection, sha256)
    begun = sha256 in claims(connection, now, sha256) or (
        connection.execute(select(k.id).where(k.sha256 == sha256).limit(1)).first() is not None
    )
    return _state(approval, last[-1].kind if last else None, begun)


def _state(approval: str | None, last: EventKind | None, begun: bool) -> ReportState:
    if last is EventKind.RETURNED:
        return ReportState.RETURNED
    if approval == "approved":
        return ReportState.APPROVED
    if approval == "stale":
        return ReportState.STALE
    if last is EventKind.FINISHED:
        return ReportState.FINISHED
    return ReportState.IN_REVIEW if begun or last else ReportState.TO_DO
