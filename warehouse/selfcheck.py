"""What the database can say about itself: its clock, its soundness, what it names."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from warehouse import tables as t, tables_intake as ti
from warehouse.engine import Warehouse
from warehouse.night_runs import now


def skew_seconds(warehouse: Warehouse) -> float:
    """How far this machine's clock is ahead of the database's; about 0 where both are one."""
    with warehouse.read() as connection:
        there = now(connection)
    return (dt.datetime.now(dt.UTC) - there).total_seconds()


def latest(warehouse: Warehouse) -> dt.datetime | None:
    """The newest moment that anything was written; a clock behind it was set back."""
    moments = []
    with warehouse.read() as connection:
        for column in (t.receipt.c.received_at, t.decision.c.decided_at, ti.run.c.started_at):
            moment = connection.execute(select(func.max(column))).scalar()
            if moment is not None:
                moments.append(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
    return max(moments, default=None)


def integrity(warehouse: Warehouse) -> str:
    """What SQLite's own quick check says; empty where all is well, or on another engine."""
    if warehouse.engine.dialect.name != "sqlite":
        return ""
    with warehouse.read() as connection:
        told = str(connection.exec_driver_sql("pragma quick_check(1)").scalar())
    return "" if told == "ok" else told


def some_originals(warehouse: Warehouse, number: int) -> list[str]:
    """SHA-256s of some files that the database names, other ones each time."""
    with warehouse.read() as connection:
        chosen = select(t.blob.c.sha256).order_by(func.random()).limit(number)
        return list(connection.execute(chosen).scalars())
