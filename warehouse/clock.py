"""The moment of a write: later than every moment already recorded, so that history has an order."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, select

from warehouse import tables as t


def utc(moment: dt.datetime) -> dt.datetime:
    """``moment`` in UTC; SQLite gives times back without a zone."""
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def now(connection: Connection) -> dt.datetime:
    """UTC, at least a microsecond after the last recorded moment, also where a clock went back."""
    last = connection.execute(
        select(
            select(func.max(t.document_state.c.recorded_at)).scalar_subquery(),
            select(func.max(t.decision.c.recorded_at)).scalar_subquery(),
        )
    ).one()
    step = dt.timedelta(microseconds=1)
    later = [utc(moment) + step for moment in last if moment is not None]
    return max([dt.datetime.now(dt.UTC), *later])
