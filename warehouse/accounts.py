"""Accounts of the review site. Passwords come here as hashes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from schemas.account import Account, Role
from schemas.errors import AccountExists, LastAdmin, UnknownAccount
from schemas.text import nfc
from warehouse.audit import Actor, record
from warehouse.tables_access import account, account_unit, login_session


def login_name(name: str) -> str:
    """The form in which a log-in name is kept: NFC, lower case, no spaces around."""
    return nfc(name).strip().lower()[:120]


def add(
    connection: Connection,
    actor: Actor,
    *,
    name: str,
    role: Role,
    password_hash: str | None,
    display_name: str = "",
    units: Iterable[str] = (),
    subject: str | None = None,
) -> Account:
    """Makes an account. Raises AccountExists where the log-in name is taken."""
    key = login_name(name)
    if find(connection, key) is not None:
        raise AccountExists(name=key)
    now = dt.datetime.now(dt.UTC)
    made = connection.execute(
        insert(account)
        .values(
            name=key,
            display_name=nfc(display_name).strip() or key,
            role=role.value,
            password_hash=password_hash,
            subject=subject,
            active=True,
            created_at=now,
            changed_at=now,
        )
        .returning(account.c.id)
    ).scalar_one()
    chosen = sorted(set(units))
    _set_units(connection, made, chosen)
    record(connection, actor, "account.add", key, role=role.value, units=chosen)
    return get(connection, made)


def _set_units(connection: Connection, account_id: int, units: list[str]) -> None:
    connection.execute(delete(account_unit).where(account_unit.c.account_id == account_id))
    if units:
        connection.execute(
            insert(account_unit), [{"account_id": account_id, "unit_code": u} for u in units]
        )


def change(
    connection: Connection, actor: Actor, account_id: int, *, units: Iterable[str], **values: Any
) -> Account:
    """Sets role, units, ``active``, ``display_name``; whoever loses or gains a right logs in anew.

    Raises UnknownAccount, and LastAdmin where nobody would be left to keep the accounts.
    """
    before = get(connection, account_id)
    chosen = sorted(set(units))
    connection.execute(
        update(account)
        .where(account.c.id == account_id)
        .values(**values, changed_at=dt.datetime.now(dt.UTC))
    )
    _set_units(connection, account_id, chosen)
    after = get(connection, account_id)
    if _admins(connection) == 0 and before.role is Role.ADMIN and before.active:
        raise LastAdmin(name=before.name)
    if (before.role, before.units, before.active) != (after.role, after.units, after.active):
        revoke(connection, account_id)
    record(
        connection,
        actor,
        "account.change",
        after.name,
        role=after.role.value,
        units=chosen,
        active=after.active,
        was={"role": before.role.value, "units": sorted(before.units), "active": before.active},
    )
    return after


def set_password(connection: Connection, actor: Actor, account_id: int, password_hash: str) -> None:
    """A new password ends every session of the account."""
    one = get(connection, account_id)
    connection.execute(
        update(account)
        .where(account.c.id == account_id)
        .values(password_hash=password_hash, changed_at=dt.datetime.now(dt.UTC))
    )
    revoke(connection, account_id)
    record(connection, actor, "account.password", one.name)


def renew_hash(connection: Connection, account_id: int, password_hash: str) -> None:
    """The same password under today's parameters: nothing a person would call a change."""
    connection.execute(
        update(account).where(account.c.id == account_id).values(password_hash=password_hash)
    )


def revoke(connection: Connection, account_id: int) -> None:
    """Ends every session of the account."""
    connection.execute(delete(login_session).where(login_session.c.account_id == account_id))


def _admins(connection: Connection) -> int:
    return connection.execute(
        select(func.count()).where(account.c.role == Role.ADMIN.value, account.c.active)
    ).scalar_one()


def everyone(connection: Connection) -> list[Account]:
    """All accounts by name."""
    rows = connection.execute(select(account).order_by(account.c.name)).all()
    return [_account(row, _units(connection, row.id)) for row in rows]


def get(connection: Connection, account_id: int) -> Account:
    """One account by id. Raises UnknownAccount."""
    row = connection.execute(select(account).where(account.c.id == account_id)).first()
    if row is None:
        raise UnknownAccount(name=str(account_id))
    return _account(row, _units(connection, row.id))


def find(connection: Connection, name: str) -> Account | None:
    """One account by its log-in name."""
    row = connection.execute(select(account).where(account.c.name == login_name(name))).first()
    return None if row is None else _account(row, _units(connection, row.id))


def find_subject(connection: Connection, subject: str) -> Account | None:
    """One account by ``issuer|subject`` of the office's sign-on."""
    row = connection.execute(select(account).where(account.c.subject == subject)).first()
    return None if row is None else _account(row, _units(connection, row.id))


def password_hash(connection: Connection, account_id: int) -> str | None:
    """The stored hash; None for who signs on elsewhere."""
    return connection.execute(
        select(account.c.password_hash).where(account.c.id == account_id)
    ).scalar()


def _units(connection: Connection, account_id: int) -> frozenset[str]:
    query = select(account_unit.c.unit_code).where(account_unit.c.account_id == account_id)
    return frozenset(connection.execute(query).scalars())


def _account(row: Any, units: frozenset[str]) -> Account:
    at = row.changed_at
    return Account(
        row.id,
        row.name,
        row.display_name,
        Role(row.role),
        units,
        bool(row.active),
        row.subject,
        at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at,
    )
