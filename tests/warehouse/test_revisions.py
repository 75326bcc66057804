"""A report that replaces, supplements, corrects or withdraws an earlier one."""

from __future__ import annotations

import json

import pytest

from schemas.report import Report, Revision, RevisionKind
from tests.warehouse.hand import CAMPAIGN, decide, load, made, province, rolled_up, undo
from warehouse import queries, rollup
from warehouse.engine import Warehouse

BASE = made("base", {"news.count": 7, "contests.count": 2}, "10/BC-PGDĐT", 10)


def revising(
    kind: RevisionKind, numbers: dict[str, int], named: str | None = "10/BC-PGDĐT", day: int = 15
) -> Report:
    revises = Revision(kind, named)
    return made("later", numbers, "20/BC-PGDĐT", day, revises=revises)


def told(warehouse: Warehouse) -> dict[str, int]:
    with warehouse.read() as connection:
        assert rollup.drift(connection) == []
    return {k: r["value"] for k, r in rolled_up(warehouse).items() if r["value"] is not None}


def states(warehouse: Warehouse) -> dict[str, str]:
    with warehouse.read() as connection:
        rows = queries.view(connection, "reporting_status", CAMPAIGN)
    return {r["document_name"]: r["status"] for r in rows if r["document_name"]}


@pytest.mark.parametrize("later_first", [False, True])
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (RevisionKind.REPLACES, {"news.count": 9, "seminars.count": 1}),
        (RevisionKind.SUPPLEMENTS, {"news.count": 9, "contests.count": 2, "seminars.count": 1}),
        (RevisionKind.CORRECTS, {"news.count": 9, "contests.count": 2, "seminars.count": 1}),
        (RevisionKind.WITHDRAWS, {}),
    ],
)
def test_each_kind_counts_as_it_means(
    warehouse: Warehouse, kind: RevisionKind, expected: dict[str, int], later_first: bool
) -> None:
    later = revising(kind, {"news.count": 9, "seminars.count": 1})
    for report in (later, BASE) if later_first else (BASE, later):
        load(warehouse, report)
    assert told(warehouse) == expected


def test_a_supplement_leaves_the_unit_with_one_report(warehouse: Warehouse) -> None:
    load(warehouse, BASE)
    load(warehouse, revising(RevisionKind.SUPPLEMENTS, {"seminars.count": 1}))
    assert states(warehouse) == {"base": "reported"}
    with warehouse.read() as connection:
        annex = queries.view(connection, "unit_annex", CAMPAIGN)
    assert sorted((r["indicator"], r["document_number"]) for r in annex) == [
        ("contests", "10/BC-PGDĐT"),
        ("news", "10/BC-PGDĐT"),
        ("seminars", "20/BC-PGDĐT"),
    ]
    assert {r["reports"] for r in rolled_up(warehouse).values()} == {0, 1}


def test_a_decision_on_the_supplement_decides_what_it_hides(warehouse: Warehouse) -> None:
    from schemas.decision import Action
    from schemas.effective import ValueStatus

    later = revising(RevisionKind.SUPPLEMENTS, {"news.count": 9})
    load(warehouse, BASE)
    load(warehouse, later)
    blank = {"action": Action.SET_STATUS, "status": ValueStatus.BLANK}
    request = decide(warehouse, later, "news.count", None, **blank)
    assert told(warehouse)["news.count"] == 7
    undo(warehouse, later, "news.count", request)
    decide(warehouse, later, "contests.count", "5")
    assert told(warehouse) == {"news.count": 9, "contests.count": 5}


def test_supplements_upon_supplements_the_later_wins(warehouse: Warehouse) -> None:
    load(warehouse, BASE)
    load(warehouse, revising(RevisionKind.SUPPLEMENTS, {"news.count": 9}))
    third = made(
        "third",
        {"news.count": 11},
        "30/BC-PGDĐT",
        20,
        revises=Revision(RevisionKind.CORRECTS, None, clear=False),
    )
    load(warehouse, third)
    assert told(warehouse) == {"news.count": 11, "contests.count": 2}


def test_a_replacement_after_a_supplement_replaces_both(warehouse: Warehouse) -> None:
    load(warehouse, BASE)
    load(warehouse, revising(RevisionKind.SUPPLEMENTS, {"seminars.count": 1}))
    load(warehouse, made("third", {"news.count": 1}, "30/BC-PGDĐT", 20))
    assert told(warehouse) == {"news.count": 1}


def test_what_names_an_older_report_leaves_the_one_that_replaced_it(warehouse: Warehouse) -> None:
    load(warehouse, BASE)
    load(warehouse, made("second", {"news.count": 8}, "15/BC-PGDĐT", 12))
    load(warehouse, revising(RevisionKind.WITHDRAWS, {}))
    assert told(warehouse) == {"news.count": 8}


def test_a_withdrawal_that_names_nothing_we_hold_withdraws_nothing(warehouse: Warehouse) -> None:
    load(warehouse, BASE)
    load(warehouse, revising(RevisionKind.WITHDRAWS, {}, "99/BC-PGDĐT"))
    assert told(warehouse) == {"news.count": 7, "contests.count": 2}


def test_a_reviewer_says_what_is_meant_and_takes_it_back(warehouse: Warehouse) -> None:
    later = made("later", {"seminars.count": 1}, "20/BC-PGDĐT", 15)
    load(warehouse, BASE)
    load(warehouse, later)
    assert told(warehouse) == {"seminars.count": 1}
    meant = json.dumps({"kind": "supplements", "number": "10/BC-PGDĐT", "issued_on": None})
    request = decide(warehouse, later, "header.revises", meant)
    assert told(warehouse) == {"news.count": 7, "contests.count": 2, "seminars.count": 1}
    undo(warehouse, later, "header.revises", request)
    assert told(warehouse) == {"seminars.count": 1}
    assert province(warehouse, "news.count") is None


def test_reporting_and_on_time_rates_follow_the_deadline(warehouse: Warehouse) -> None:
    import datetime as dt

    from warehouse.obligations import set_deadline

    load(warehouse, BASE)
    load(warehouse, made("b", {"news.count": 1}, "5/BC-PGDĐT", 20, unit="326"))

    def rates() -> dict[str, tuple[int, int, int]]:
        with warehouse.read() as connection:
            rows = queries.view(connection, "reporting_rate", CAMPAIGN)
        return {r["channel"]: (r["expected"], r["reported"], r["on_time"]) for r in rows}

    assert rates()["district"] == (10, 2, 2)
    with warehouse.write() as connection:
        set_deadline(connection, CAMPAIGN, dt.date(2021, 10, 15))
    assert rates()["district"] == (10, 2, 1)
    assert rates()["direct"][1:] == (0, 0)
    assert rates()["all"][1:] == (2, 1)
    assert states(warehouse) == {"base": "reported", "b": "late"}
    with warehouse.read() as connection:
        (share,) = (
            (float(r["reporting_rate"]), float(r["on_time_rate"]))
            for r in queries.view(connection, "reporting_rate", CAMPAIGN)
            if r["channel"] == "district"
        )
        by_unit = {
            r["unit_code"]: r["on_time"] for r in queries.view(connection, "reporting_rate_by_unit")
        }
    assert share == (20.0, 10.0)
    assert (by_unit["325"], by_unit["326"], by_unit["327"]) == (1, 0, 0)
