"""Ledger, attempts, runs and lease: the same on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from schemas.errors import RunStillGoing
from warehouse import attempts, ledger, night_runs as runs, retention
from warehouse.engine import Warehouse
from warehouse.ledger import Arrival, Item, Mail
from warehouse.load import Receipt

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ITEM = Item("mail", "imap://x;UID=1", "thư 1", None, "7")
SHA = "a" * 64


def arrival(part: str) -> Arrival:
    return Arrival(SHA, 3, Receipt("mail", f"mail|{part}", "a.docx", NOW))


def test_what_failed_is_looked_at_again_and_what_was_taken_is_not(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        ledger.note(connection, ITEM, ledger.FAILED, "gone")
        ledger.note(connection, ITEM, ledger.FAILED, "gone")
        assert ledger.settled(connection, "mail") == set()
        ledger.take(
            connection, ITEM, [arrival("0"), arrival("1")], Mail("a@b.vn", "s", NOW), "a@b.vn"
        )
        ledger.take(
            connection, ITEM, [arrival("0"), arrival("1")], Mail("a@b.vn", "s", NOW), "a@b.vn"
        )
        assert ledger.settled(connection, "mail") == {ITEM.key}
        assert ledger.counts(connection) == {("mail", "taken"): 1}
        # Not answered before every file of the mail was read.
        assert ledger.unanswered(connection) == []
        (waiting,) = attempts.unread(connection, "1")
        assert (waiting.sha256, waiting.receipt.source_key) == (SHA, "mail|0")


def test_attempts_are_counted_before_they_end(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        ledger.take(connection, ITEM, [arrival("0")])
        attempts.begin(connection, SHA, "1")
        attempts.begin(connection, SHA, "1")
        assert attempts.crashed(connection, SHA, "1", "reading_crashed") == 1
        (waiting,) = attempts.unread(connection, "1")
    assert (waiting.started, waiting.crashed, waiting.interrupted) == (2, 1, 1)


def test_one_run_holds_the_lease_until_it_ends(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        runs.start(connection, "one", "nightly", "nightly", NOW)
        runs.step(connection, "one", 1, "collect", runs.RUNNING)
        runs.step(connection, "one", 1, "collect", runs.DONE, {"seen": 1})
        with pytest.raises(RunStillGoing):
            runs.start(connection, "two", "nightly", "nightly", NOW)
        assert runs.beat(connection, "nightly", "one")
        runs.end(connection, "one", "nightly", runs.DONE, 0, {"seen": 1})
        assert runs.start(connection, "two", "nightly", "nightly", NOW) is None
        done = runs.last(connection, "nightly", runs.DONE)
    assert done is not None
    assert (done["id"], done["counters"]) == ("one", {"seen": 1})


@pytest.mark.parametrize(
    ("host", "seconds_ago", "stands"),
    [
        ("elsewhere", 10, True),
        ("elsewhere", 1000, False),
        ("elsewhere", -1000, False),  # the clock was set back since
        ("here", 0, False),
    ],
)
def test_a_dead_holder_loses_the_lease(
    warehouse: Warehouse, host: str, seconds_ago: int, stands: bool
) -> None:
    """Elsewhere by the beat, by the database's clock; here by the process, whatever the clock."""
    from sqlalchemy import update

    from warehouse import tables_intake as ti

    with warehouse.write() as connection:
        runs.start(connection, "one", "nightly", "nightly", NOW)
        there = runs.this_host() if host == "here" else host
        beaten = runs.now(connection) - dt.timedelta(seconds=seconds_ago)
        connection.execute(
            update(ti.lease).values(host=there, process="999999:1", beaten_at=beaten)
        )
        held = runs.holder(connection, "nightly")
        assert held is not None
        assert held.stands is stands
        if not stands:
            assert runs.start(connection, "two", "nightly", "nightly", NOW) == "one"
            assert not runs.beat(connection, "nightly", "one")


def test_what_has_had_its_time_goes_and_receipts_stay(warehouse: Warehouse) -> None:
    later = NOW + dt.timedelta(days=1000)
    with warehouse.write() as connection:
        ledger.take(connection, ITEM, [arrival("0")], Mail("a@b.vn", "s", NOW))
        for name in ("one", "two"):
            runs.start(connection, name, "nightly", None, NOW + dt.timedelta(hours=len(name)))
            runs.step(connection, name, 1, "collect", runs.DONE)
            runs.end(connection, name, None, runs.DONE, 0, {})
        future = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        assert retention.forget_runs(connection, future) == 1
        assert retention.forget_mail(connection, NOW) == 0
        assert retention.forget_mail(connection, later) == 1
        kept = "select sender, subject, sent_at is not null from receipt_origin"
        assert [(r[0], r[1], bool(r[2])) for r in connection.exec_driver_sql(kept)] == [
            (None, None, True)
        ]
        ((subject,),) = connection.exec_driver_sql("select subject from intake_item").all()
        assert subject is None
        assert connection.exec_driver_sql("select count(*) from receipt").scalar_one() == 1
