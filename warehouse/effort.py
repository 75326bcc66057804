"""What decisions cost: active seconds, keystrokes, whether a suggestion was taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Connection, select

from warehouse import tables as t
from warehouse.tables_desk import effort
from warehouse.upsert import upsert


@dataclass(frozen=True, slots=True)
class Effort:
    """Of one decision. ``suggestion`` is shown, taken or empty."""

    request_id: str
    sha256: str
    subject: str
    actor: str
    at: dt.datetime
    active_ms: int
    keystrokes: int
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class TeamEffort:
    """Of a campaign, nobody named."""

    decisions: int
    median_seconds: float
    suggestions_shown: int
    suggestions_taken: int


def record(connection: Connection, one: Effort) -> None:
    """Notes the effort of a decision; a second time does nothing."""
    upsert(
        connection,
        effort,
        {name: getattr(one, name) for name in Effort.__dataclass_fields__},
    )


def team(connection: Connection, campaign: str, actor: str | None = None) -> TeamEffort:
    """Totals over ``campaign``; of one person where ``actor`` is given."""
    e = effort.c
    query = (
        select(e.active_ms, e.suggestion)
        .join(t.document, t.document.c.sha256 == e.sha256)
        .where(t.document.c.campaign == campaign)
    )
    if actor is not None:
        query = query.where(e.actor == actor)
    rows = connection.execute(query).all()
    return TeamEffort(
        len(rows),
        median(r.active_ms for r in rows) / 1000 if rows else 0.0,
        sum(r.suggestion in {"shown", "taken"} for r in rows),
        sum(r.suggestion == "taken" for r in rows),
    )
