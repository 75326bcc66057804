"""The audit log: appended in the transaction of the change it tells of, chained, never edited."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from schemas.account import AuditEntry
from warehouse.tables_access import audit


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something and from which address."""

    name: str
    address: str


def record(
    connection: Connection, actor: Actor, action: str, subject: str, **detail: object
) -> None:
    """Appends one line. ``connection`` must be one that writes: the chain needs writers in a row."""
    previous = (
        connection.execute(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)).scalar() or ""
    )
    row = {
        "at": dt.datetime.now(dt.UTC),
        "actor": actor.name[:120],
        "action": action[:60],
        "subject": subject[:400],
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
        "address": actor.address[:80],
        "previous_hash": previous,
    }
    connection.execute(insert(audit).values(**row, hash=_signature(row)))


def _signature(row: dict[str, Any]) -> str:
    """SHA-256 over one line and the one before it; SQLite gives times back without a zone."""
    signed = [str(row[k]) for k in ("actor", "action", "subject", "detail", "address")]
    return hashlib.sha256(
        "\x1f".join([row["previous_hash"], _utc(row["at"]).isoformat(), *signed]).encode()
    ).hexdigest()


def _utc(at: dt.datetime) -> dt.datetime:
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)


def broken_links(connection: Connection) -> list[int]:
    """Ids of lines that were changed, or before which one is missing; empty where all is well."""
    previous, broken = "", []
    for row in connection.execute(select(audit).order_by(audit.c.id)).mappings():
        if row["previous_hash"] != previous or row["hash"] != _signature(dict(row)):
            broken.append(int(row["id"]))
        previous = row["hash"]
    return broken


def entries(
    connection: Connection,
    *,
    actor: str = "",
    action: str = "",
    before: int | None = None,
    limit: int = 100,
) -> list[AuditEntry]:
    """Lines newest first, of one ``actor`` or whose ``action`` begins so; older than id ``before``."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if actor:
        query = query.where(audit.c.actor == actor)
    if action:
        query = query.where(audit.c.action.startswith(action, autoescape=True))
    if before is not None:
        query = query.where(audit.c.id < before)
    return [
        AuditEntry(r.id, _utc(r.at), r.actor, r.action, r.subject, json.loads(r.detail), r.address)
        for r in connection.execute(query)
    ]
