"""Two pairs of eyes, bound to the values: what makes an approval stale, and what it changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from schemas.decision import Action
from schemas.effective import ValueStatus
from schemas.errors import ApprovalRefused, UnknownCell
from schemas.report import Report
from tests.warehouse.hand import cells, decide, load, made, rolled_up, undo
from warehouse import approvals, queries
from warehouse.approvals import State
from warehouse.engine import Warehouse

REPORT = made("a", {"news.count": 7, "contests.count": 2, "contests.people": 50})


def approve(warehouse: Warehouse, report: Report, who: str = "hoa") -> None:
    with warehouse.write() as connection:
        approvals.approve(connection, report.source.sha256, who)


def state(warehouse: Warehouse, report: Report = REPORT) -> State:
    with warehouse.read() as connection:
        found = approvals.state(connection, report.source.sha256)
        flag = next(
            d["approved"]
            for d in queries.view(connection, "document")
            if d["sha256"] == report.source.sha256
        )
    assert bool(flag) is (found is State.APPROVED)
    return found


def provisional(warehouse: Warehouse) -> bool:
    return bool(rolled_up(warehouse)["news.count"]["provisional"])


def test_the_province_is_provisional_until_every_report_is_approved(warehouse: Warehouse) -> None:
    other = made("b", {"news.count": 3}, unit="326")
    load(warehouse, REPORT)
    load(warehouse, other)
    assert (state(warehouse), provisional(warehouse)) == (State.NONE, True)
    approve(warehouse, REPORT)
    assert (state(warehouse), provisional(warehouse)) == (State.APPROVED, True)
    approve(warehouse, other)
    assert not provisional(warehouse)


def test_a_correction_makes_an_approval_stale_and_taking_it_back_revives_it(
    warehouse: Warehouse,
) -> None:
    load(warehouse, REPORT)
    approve(warehouse, REPORT)
    made_by = decide(warehouse, REPORT, "news.count", "8")
    assert (state(warehouse), provisional(warehouse)) == (State.STALE, True)
    undo(warehouse, REPORT, "news.count", made_by)
    assert (state(warehouse), provisional(warehouse)) == (State.APPROVED, False)


@pytest.mark.parametrize("status", [ValueStatus.BLANK, ValueStatus.NOT_APPLICABLE])
def test_kinds_of_blank_are_different_contents(warehouse: Warehouse, status: ValueStatus) -> None:
    load(warehouse, REPORT)
    decide(
        warehouse,
        REPORT,
        "seminars.count",
        None,
        action=Action.SET_STATUS,
        status=ValueStatus.UNREADABLE,
    )
    approve(warehouse, REPORT)
    decide(warehouse, REPORT, "seminars.count", None, action=Action.SET_STATUS, status=status)
    assert state(warehouse) is State.STALE


@pytest.mark.parametrize(
    ("subject", "value"),
    [
        ("header.issued_on", "2021-10-16"),
        ("header.number", "11/BC-PGDĐT"),
        ("header.issuer_unit", "326"),
    ],
)
def test_what_decides_counting_is_part_of_what_was_approved(
    warehouse: Warehouse, subject: str, value: str
) -> None:
    load(warehouse, REPORT)
    approve(warehouse, REPORT)
    decide(warehouse, REPORT, subject, value)
    assert state(warehouse) is State.STALE


def test_a_reading_that_says_something_else_makes_it_stale(warehouse: Warehouse) -> None:
    load(warehouse, REPORT)
    approve(warehouse, REPORT)
    load(warehouse, replace(REPORT, observations=cells({"news.count": 70})), "2")
    assert (state(warehouse), provisional(warehouse)) == (State.STALE, True)
    load(warehouse, REPORT, "3")
    assert state(warehouse) is State.APPROVED


def test_who_decided_anything_cannot_approve(warehouse: Warehouse) -> None:
    load(warehouse, REPORT)
    request = decide(warehouse, REPORT, "news.count", "8", actor="Hoa")
    with pytest.raises(ApprovalRefused):
        approve(warehouse, REPORT, " hoa ")
    undo(warehouse, REPORT, "news.count", request)
    with pytest.raises(ApprovalRefused):
        approve(warehouse, REPORT, "hoa")
    approve(warehouse, REPORT, "minh")
    assert state(warehouse) is State.APPROVED


def test_an_approver_who_decides_afterwards_approves_no_more(warehouse: Warehouse) -> None:
    load(warehouse, REPORT)
    approve(warehouse, REPORT)
    decide(warehouse, REPORT, "news.count", None, actor="hoa", action=Action.CONFIRM)
    assert state(warehouse) is State.STALE


def test_nobody_and_nothing_cannot_be_approved(warehouse: Warehouse) -> None:
    load(warehouse, REPORT)
    with pytest.raises(ApprovalRefused):
        approve(warehouse, REPORT, "  ")
    with pytest.raises(UnknownCell):
        approve(warehouse, made("unheard of"))
    stray = replace(made("stray"), campaign=None)
    load(warehouse, stray)
    with pytest.raises(ApprovalRefused):
        approve(warehouse, stray)


def test_approving_twice_is_one_approval(warehouse: Warehouse) -> None:
    load(warehouse, REPORT)
    approve(warehouse, REPORT)
    approve(warehouse, REPORT)
    assert state(warehouse) is State.APPROVED


def test_a_report_without_unit_is_not_approved_into_the_table(warehouse: Warehouse) -> None:
    lost = replace(REPORT, header=replace(REPORT.header, issuer_unit=None))
    load(warehouse, lost)
    approve(warehouse, lost)
    assert rolled_up(warehouse)["news.count"]["value"] is None
    decide(warehouse, lost, "header.issuer_unit", "325")
    assert rolled_up(warehouse)["news.count"]["value"] == 7
    assert state(warehouse) is State.STALE
    assert lost.header.issued_on == dt.date(2021, 10, 15)
