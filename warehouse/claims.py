"""Claims: who is working on a report now. A notice to others, never a lock; it ends by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from warehouse.tables_desk import claim

LASTS = dt.timedelta(minutes=10)
"""After so long without a sign of its holder a claim is nobody's."""


@dataclass(frozen=True, slots=True)
class Claim:
    """``actor`` holds report ``sha256`` until ``expires_at``."""

    sha256: str
    actor: str
    expires_at: dt.datetime


def take(
    connection: Connection, sha256: str, actor: str, now: dt.datetime, *, over: bool = False
) -> Claim:
    """Claims a report or renews the claim; the claim that stands, which may be another person's.

    ``over`` takes it from whoever holds it.
    """
    held = holder(connection, sha256, now)
    if held is not None and held.actor != actor and not over:
        return held
    values = {"actor": actor, "claimed_at": now, "expires_at": now + LASTS}
    changed = connection.execute(update(claim).where(claim.c.sha256 == sha256).values(**values))
    if not changed.rowcount:
        connection.execute(insert(claim).values(sha256=sha256, **values))
    return Claim(sha256, actor, now + LASTS)


def holder(connection: Connection, sha256: str, now: dt.datetime) -> Claim | None:
    """The claim on a report that has not run out."""
    return claims(connection, now, sha256).get(sha256)


def claims(connection: Connection, now: dt.datetime, sha256: str | None = None) -> dict[str, Claim]:
    """Every claim that has not run out, by report."""
    query = select(claim.c.sha256, claim.c.actor, claim.c.expires_at)
    if sha256 is not None:
        query = query.where(claim.c.sha256 == sha256)
    found = (Claim(r.sha256, r.actor, _utc(r.expires_at)) for r in connection.execute(query))
    return {c.sha256: c for c in found if c.expires_at > now}


def release(connection: Connection, sha256: str, actor: str) -> None:
    """Gives a report up, if ``actor`` holds it."""
    connection.execute(delete(claim).where(claim.c.sha256 == sha256, claim.c.actor == actor))


def _utc(at: dt.datetime) -> dt.datetime:
    """SQLite gives times back without a zone."""
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at
