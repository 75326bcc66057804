"""The chain of decisions: each row signs itself and the one before, so that none is altered unseen."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from sqlalchemy import Connection, insert, select

from warehouse import clock, tables as t

_UNSIGNED = frozenset({"id", "hash", "decided_at", "recorded_at"})
_LATER = frozenset({"place", "carried_from"})
"""Columns younger than the chain: signed where they hold something."""


def append(connection: Connection, row: dict[str, Any]) -> int:
    """Adds one decision to the end of the chain; its id. ``decided_at`` None is now."""
    d = t.decision.c
    now = clock.now(connection)
    previous = connection.execute(select(d.hash).order_by(d.id.desc()).limit(1)).scalar() or ""
    full = {
        "place": None,
        "carried_from": None,
        **row,
        "decided_at": (row["decided_at"] or now).astimezone(dt.UTC),
        "recorded_at": now,
        "previous_hash": previous,
    }
    made = connection.execute(
        insert(t.decision).values(**full, hash=_signature(full)).returning(d.id)
    ).scalar_one()
    return int(made)


def _signature(row: dict[Any, Any]) -> str:
    """SHA-256 over a decision and the one before it."""
    utc = clock.utc(row["decided_at"])
    signed = [
        str(row[k])
        for k in sorted(row)
        if k not in _UNSIGNED and not (k in _LATER and row[k] is None)
    ]
    return hashlib.sha256("|".join([*signed, utc.isoformat()]).encode()).hexdigest()


def broken_links(connection: Connection) -> list[int]:
    """Ids of decisions that were changed, or before which one is missing; empty where all is well."""
    previous, broken = "", []
    for row in connection.execute(select(t.decision).order_by(t.decision.c.id)).mappings():
        if row["previous_hash"] != previous or row["hash"] != _signature(dict(row)):
            broken.append(int(row["id"]))
        previous = row["hash"]
    return broken
