"""What was recorded live at any moment is what is told when asked for that moment later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from schemas.decision import Action
from schemas.effective import ValueStatus
from schemas.report import Report, Revision, RevisionKind
from tests.warehouse.hand import CAMPAIGN, cells, decide, load, made, rolled_up, undo
from warehouse import approvals, queries, runs
from warehouse.changes import Cause, between, totals_between
from warehouse.engine import Warehouse
from warehouse.history import Past

CELLS = ("news.count", "training.count", "training.other.count", "contests.people")
UNITS = ("325", "326")


class Clerk:
    """Does at random what readers, reviewers and approvers do."""

    def __init__(self, warehouse: Warehouse, seed: int) -> None:
        self.warehouse, self.random = warehouse, Random(seed)
        self.reports: list[Report] = []
        self.requests: list[tuple[Report, str, str]] = []
        self.versions = 0

    def act(self) -> None:
        acts = [self.load, self.decide, self.decide, self.read_again, self.undo, self.approve]
        self.random.choice(acts if self.reports else [self.load])()

    def load(self) -> None:
        at = len(self.reports) + 1
        kind = self.random.choice((None, None, *RevisionKind))
        earlier = self.random.choice(self.reports).header.number if self.reports else None
        report = made(
            f"f{at}",
            self.numbers(),
            f"{at}/BC-PGDĐT",
            10 + at % 15,
            self.random.choice(UNITS),
            revises=Revision(kind, earlier) if kind else None,
        )
        self.reports.append(report)
        load(self.warehouse, report, hours=at)

    def numbers(self) -> dict[str, int]:
        return {c: self.random.randint(0, 99) for c in self.random.sample(CELLS, 3)}

    def decide(self) -> None:
        report, subject = self.random.choice(self.reports), self.random.choice(CELLS)
        kind = self.random.randrange(4)
        more: dict[str, Any] = {}
        value: str | None = str(self.random.randint(100, 200))
        if kind == 0:
            subject, value = "header.issuer_unit", self.random.choice(UNITS)
        elif kind == 1:
            value, more = None, {"action": Action.SET_STATUS, "status": ValueStatus.BLANK}
        request = decide(self.warehouse, report, subject, value, **more)
        self.requests.append((report, subject, request))

    def undo(self) -> None:
        if self.requests:
            report, subject, request = self.random.choice(self.requests)
            self.requests.append((report, subject, undo(self.warehouse, report, subject, request)))

    def read_again(self) -> None:
        report = self.random.choice(self.reports)
        with self.warehouse.write() as connection:
            run = runs.start(connection, CAMPAIGN, "1", {})
            runs.take(connection, run, replace(report, observations=cells(self.numbers())), "1")
            if self.random.random() < 0.3:
                runs.roll_back(connection, run)

    def approve(self) -> None:
        with self.warehouse.write() as connection:
            approvals.approve(connection, self.random.choice(self.reports).source.sha256, "hoa")


def live(warehouse: Warehouse) -> tuple[Any, Any]:
    """The tables as they are now."""
    table = {
        key: (r["value"], r["reports"], bool(r["provisional"]))
        for key, r in rolled_up(warehouse).items()
    }
    with warehouse.read() as connection:
        values = {
            (v.unit_code, f"{v.indicator}.{v.measure}"): (v.document_sha256, v.value, v.status)
            for v in queries.effective_values(connection, CAMPAIGN)
        }
    return table, values


def asked(warehouse: Warehouse, moment: dt.datetime) -> tuple[Any, Any]:
    """The same, asked of the history."""
    with warehouse.read() as connection:
        past = Past(connection, CAMPAIGN, moment)
        table = {
            f"{r.indicator}.{r.measure}": (r.value, r.reports, r.provisional)
            for r in past.province_table("33")
        }
        values = {
            (v.unit_code, f"{v.indicator}.{v.measure}"): (v.sha256, v.value, v.status)
            for v in past.values()
        }
    return table, values


@pytest.mark.parametrize("seed", range(4))
def test_what_was_recorded_live_is_what_is_told_later(warehouse: Warehouse, seed: int) -> None:
    clerk, seen = Clerk(warehouse, seed), []
    for step in range(24):
        clerk.act()
        if step % 2:
            seen.append((dt.datetime.now(dt.UTC), live(warehouse)))
    for moment, state in seen:
        assert asked(warehouse, moment) == state
    assert len({str(state) for _, state in seen}) > len(seen) // 3


def test_changes_name_the_person_the_reading_or_the_document(warehouse: Warehouse) -> None:
    start = dt.datetime.now(dt.UTC)
    report = made("a", {"news.count": 7, "contests.count": 2, "seminars.count": 1})
    load(warehouse, report)
    before = dt.datetime.now(dt.UTC)
    request = decide(warehouse, report, "news.count", "70")
    middle = dt.datetime.now(dt.UTC)
    with warehouse.write() as connection:
        run = runs.start(connection, CAMPAIGN, "1", {})
        later = cells({"news.count": 7, "contests.count": 3, "seminars.count": 1})
        runs.take(connection, run, replace(report, observations=later), "1")
    undo(warehouse, report, "news.count", request)
    end = dt.datetime.now(dt.UTC)
    with warehouse.read() as connection:
        (first,) = between(connection, CAMPAIGN, before, middle)
        second = {c.indicator: c for c in between(connection, CAMPAIGN, middle, end)}
        everything = between(connection, CAMPAIGN, start, end)
        (total,) = totals_between(connection, CAMPAIGN, "33", before, middle)
    assert (first.old, first.new, first.cause, first.actor) == (7, 70, Cause.DECISION, "lan")
    assert (second["news"].new, second["news"].cause) == (7, Cause.DECISION)
    assert (second["contests"].old, second["contests"].new) == (2, 3)
    assert second["contests"].cause is Cause.READING
    assert second["contests"].source == f"10/BC-PGDĐT (1+{run})"
    assert {c.cause for c in everything} == {Cause.DOCUMENT}
    assert (total.old.value, total.new.value) == (7, 70)


def test_before_the_first_report_there_was_nothing(warehouse: Warehouse) -> None:
    moment = dt.datetime.now(dt.UTC)
    load(warehouse, made("a", {"news.count": 7}))
    table, values = asked(warehouse, moment)
    assert {v[0] for v in table.values()} == {None}
    assert values == {}
