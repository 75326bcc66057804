"""Sessions in the database, and the brake on those who guess passwords."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from schemas.account import Account
from schemas.errors import LoginThrottled
from warehouse import accounts
from warehouse.audit import Actor, record
from warehouse.tables_access import login_attempt, login_session

_WINDOW = dt.timedelta(hours=1)
_FREE = {"pair": 5, "name": 25, "address": 40}
"""Failures before waiting begins: of one name from one address, of one name from anywhere (so that
a stranger cannot easily lock a colleague out), of one address whatever the name."""
_FIRST_WAIT, _LONGEST_WAIT = 5.0, 900.0
_TOUCH = dt.timedelta(minutes=1)
"""A session's last use is written this often at most: reading must not wait for a write."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts without use, and at most."""

    idle: dt.timedelta
    absolute: dt.timedelta


def begin_attempt(connection: Connection, name: str, address: str, now: dt.datetime) -> int:
    """Notes an attempt as failed, before the password is looked at; its id.

    Many at once therefore cannot slip past the brake. Raises LoginThrottled with seconds to wait.
    """
    key = name_key(connection, name)
    wait = max(_waits(connection, key, address, now))
    if wait > 0:
        raise LoginThrottled(seconds=int(wait) + 1)
    connection.execute(delete(login_attempt).where(login_attempt.c.at < now - 24 * _WINDOW))
    return int(
        connection.execute(
            insert(login_attempt)
            .values(name=key, address=address, at=now, succeeded=False)
            .returning(login_attempt.c.id)
        ).scalar_one()
    )


def name_key(connection: Connection, name: str) -> str:
    """The name as it is noted: of a stranger only a hash, for people type passwords there."""
    key = accounts.login_name(name)
    if accounts.find(connection, key) is not None:
        return key
    return "?" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _waits(connection: Connection, name: str, address: str, now: dt.datetime) -> list[float]:
    a = login_attempt.c
    rows = connection.execute(
        select(a.name, a.address, a.at, a.succeeded)
        .where((a.name == name) | (a.address == address), a.at > now - _WINDOW)
        .order_by(a.id)
    ).all()
    pair = [r for r in rows if r.name == name and r.address == address]
    return [
        _wait(_since_success(pair), _FREE["pair"], now),
        _wait(_since_success([r for r in rows if r.name == name]), _FREE["name"], now),
        _wait([r for r in rows if r.address == address and not r.succeeded], _FREE["address"], now),
    ]


def _since_success(rows: list[Any]) -> list[Any]:
    last = max((i for i, r in enumerate(rows) if r.succeeded), default=-1)
    return rows[last + 1 :]


def _wait(failures: list[Any], free: int, now: dt.datetime) -> float:
    """Seconds to wait: doubled with every failure beyond the free ones."""
    beyond = len(failures) - free
    if beyond < 0:
        return 0.0
    length = min(_FIRST_WAIT * 2.0 ** min(beyond, 20), _LONGEST_WAIT)
    return length - (now - _utc(failures[-1].at)).total_seconds()


def open_session(
    connection: Connection,
    account: Account,
    address: str,
    lifetime: Lifetime,
    now: dt.datetime,
    attempt: int | None = None,
) -> str:
    """Logs ``account`` in; the token for the cookie, of which only the SHA-256 is kept."""
    if attempt is not None:
        connection.execute(
            update(login_attempt).where(login_attempt.c.id == attempt).values(succeeded=True)
        )
    connection.execute(delete(login_session).where(login_session.c.expires_at < now))
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(login_session).values(
            token_sha256=_sha(token),
            account_id=account.id,
            created_at=now,
            seen_at=now,
            expires_at=now + lifetime.absolute,
            address=address[:80],
        )
    )
    how = "password" if attempt is not None else "sign-on"
    record(connection, Actor(account.name, address), "login.success", account.name, how=how)
    return token


def session_account(
    connection: Connection, token: str, lifetime: Lifetime, now: dt.datetime
) -> tuple[Account, bool] | None:
    """Whose live session ``token`` is, and whether its last use should be written down anew."""
    s = login_session.c
    row = connection.execute(
        select(s.account_id, s.seen_at, s.expires_at).where(s.token_sha256 == _sha(token))
    ).first()
    if row is None or _utc(row.expires_at) <= now or _utc(row.seen_at) + lifetime.idle <= now:
        return None
    account = accounts.get(connection, row.account_id)
    return (account, now - _utc(row.seen_at) >= _TOUCH) if account.active else None


def touch(connection: Connection, token: str, now: dt.datetime) -> None:
    """Writes down that the session was used."""
    connection.execute(
        update(login_session).where(login_session.c.token_sha256 == _sha(token)).values(seen_at=now)
    )


def close_session(connection: Connection, token: str, actor: Actor) -> None:
    """Logs out."""
    connection.execute(delete(login_session).where(login_session.c.token_sha256 == _sha(token)))
    record(connection, actor, "logout", actor.name)


def _sha(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _utc(at: dt.datetime) -> dt.datetime:
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
