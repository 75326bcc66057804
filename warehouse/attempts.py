"""What waits to be read, and how often each file was tried."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from warehouse import tables as t, tables_intake as ti
from warehouse.load import Receipt


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that arrived and was not read yet; ``started`` and ``crashed`` count its attempts."""

    sha256: str
    receipt: Receipt
    started: int
    crashed: int

    @property
    def interrupted(self) -> int:
        """Attempts that ended with the whole program, not with a result."""
        return self.started - self.crashed


def unread(connection: Connection, parser_version: str) -> list[Unread]:
    """Files without any reading, in the order they came; those that were often interrupted last."""
    r, a = t.receipt.c, ti.attempt.c
    first = select(func.min(r.id).label("id")).group_by(r.sha256).subquery()
    query = (
        select(r.sha256, r.source, r.source_key, r.name, r.received_at, a.started, a.crashed)
        .join(first, first.c.id == r.id)
        .join(
            ti.attempt,
            (a.sha256 == r.sha256) & (a.parser_version == parser_version),
            isouter=True,
        )
        .where(~select(1).where(t.extraction.c.sha256 == r.sha256).exists())
        .order_by(r.id)
    )
    rows = [
        Unread(
            row.sha256,
            Receipt(row.source, row.source_key, row.name, row.received_at),
            row.started or 0,
            row.crashed or 0,
        )
        for row in connection.execute(query)
    ]
    return sorted(rows, key=lambda one: one.interrupted)


def begin(connection: Connection, sha256: str, version: str) -> None:
    """Counts an attempt before it is made, so that a death of the whole program is counted too."""
    a = ti.attempt.c
    now = dt.datetime.now(dt.UTC)
    here = (a.sha256 == sha256, a.parser_version == version)
    changed = connection.execute(
        update(ti.attempt).where(*here).values(started=a.started + 1, last_started_at=now)
    )
    if changed.rowcount == 0:
        row = {"sha256": sha256, "parser_version": version, "last_started_at": now}
        connection.execute(insert(ti.attempt).values(started=1, crashed=0, **row))


def crashed(connection: Connection, sha256: str, parser_version: str, error: str) -> int:
    """Notes that the reading process died of this file; how often it did so far."""
    a = ti.attempt.c
    here = (a.sha256 == sha256, a.parser_version == parser_version)
    connection.execute(
        update(ti.attempt).where(*here).values(crashed=a.crashed + 1, last_error=error)
    )
    return int(connection.execute(select(a.crashed).where(*here)).scalar_one())
