"""Accounts, sessions and the audit log on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from schemas.account import Role
from schemas.errors import AccountExists, LastAdmin, LoginThrottled
from warehouse import access, accounts, audit
from warehouse.access import Lifetime
from warehouse.audit import Actor
from warehouse.engine import Warehouse

NOW = dt.datetime(2026, 11, 1, 8, 0, tzinfo=dt.UTC)
LIFETIME = Lifetime(dt.timedelta(minutes=30), dt.timedelta(hours=8))
WHO = Actor("terminal", "local")


def add(warehouse: Warehouse, name: str, role: Role = Role.REVIEWER) -> accounts.Account:
    with warehouse.write() as connection:
        return accounts.add(connection, WHO, name=name, role=role, password_hash="x", units=["325"])


@pytest.mark.parametrize("statement", ["update audit set actor = 'x'", "delete from audit"])
def test_the_database_refuses_to_change_the_audit_log(warehouse: Warehouse, statement: str) -> None:
    add(warehouse, "hoa")
    with pytest.raises(DBAPIError, match="append-only"), warehouse.write() as connection:
        connection.execute(text(statement))
    with warehouse.read() as connection:
        assert [e.action for e in audit.entries(connection)] == ["account.add"]
        assert audit.broken_links(connection) == []


def test_a_line_changed_behind_the_guard_s_back_is_found(warehouse: Warehouse) -> None:
    for name in ("hoa", "lan", "mai"):
        add(warehouse, name)
    with warehouse.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("alter table audit disable trigger all"))
        else:
            connection.execute(text("drop trigger audit_no_update"))
        connection.execute(text("update audit set detail = '{}' where subject = 'lan'"))
        changed = connection.execute(text("select id from audit where subject = 'lan'")).scalar()
    with warehouse.read() as connection:
        assert audit.broken_links(connection) == [changed]


def test_names_are_one_whatever_their_case_and_composition(warehouse: Warehouse) -> None:
    made = add(warehouse, " Hòa ")
    assert made.units == {"325"}
    with warehouse.write() as connection:
        with pytest.raises(AccountExists):
            accounts.add(connection, WHO, name="ho\u0300a", role=Role.ANALYST, password_hash=None)
        assert accounts.find(connection, "HÒA") == made


def test_somebody_must_keep_the_accounts(warehouse: Warehouse) -> None:
    boss = add(warehouse, "boss", Role.ADMIN)
    with pytest.raises(LastAdmin), warehouse.write() as connection:
        accounts.change(connection, WHO, boss.id, units=[], active=False)
    with warehouse.read() as connection:
        assert accounts.get(connection, boss.id).active


def test_a_session_lives_by_use_and_not_for_ever(warehouse: Warehouse) -> None:
    person = add(warehouse, "hoa")
    with warehouse.write() as connection:
        token = access.open_session(connection, person, "10.0.0.7", LIFETIME, NOW)
    with warehouse.read() as connection:
        soon, late = NOW + dt.timedelta(minutes=29), NOW + dt.timedelta(minutes=31)
        assert access.session_account(connection, token, LIFETIME, soon) == (person, True)
        assert access.session_account(connection, token, LIFETIME, late) is None
        assert access.session_account(connection, token + "x", LIFETIME, soon) is None
    for minutes in range(20, 500, 20):
        with warehouse.write() as connection:
            access.touch(connection, token, NOW + dt.timedelta(minutes=minutes))
    with warehouse.read() as connection:
        end = NOW + dt.timedelta(hours=8)
        before = end - dt.timedelta(seconds=1)
        assert access.session_account(connection, token, LIFETIME, before) is not None
        assert access.session_account(connection, token, LIFETIME, end) is None


def test_the_wait_doubles_and_a_right_password_ends_it(warehouse: Warehouse) -> None:
    person = add(warehouse, "hoa")

    def attempt(at: dt.datetime, address: str = "10.0.0.7") -> int:
        with warehouse.write() as connection:
            return access.begin_attempt(connection, "hoa", address, at)

    for second in range(5):
        attempt(NOW + dt.timedelta(seconds=second))
    last = NOW + dt.timedelta(seconds=4)
    waits = []
    for _ in range(3):
        with pytest.raises(LoginThrottled) as refused:
            attempt(last)
        waits.append(refused.value.seconds)
        last += dt.timedelta(seconds=refused.value.seconds)
        made = attempt(last)
    assert waits == [6, 11, 21]
    attempt(last, "10.0.0.8")
    with warehouse.write() as connection:
        access.open_session(connection, person, "10.0.0.7", LIFETIME, last, made)
    attempt(last)


def test_one_address_cannot_try_many_names(warehouse: Warehouse) -> None:
    with pytest.raises(LoginThrottled), warehouse.write() as connection:
        for number in range(100):
            access.begin_attempt(connection, f"name-{number}", "10.0.0.7", NOW)
    assert number == 40
