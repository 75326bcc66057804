"""What becomes of a decision when the file is read again, or another file takes its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconcile.run import reconcile
from schemas.catalog import form
from schemas.decision import Action
from schemas.registry_index import admin_units
from schemas.report import ErrorNote, Header, Narrative, Report, Status
from tests.warehouse.hand import CAMPAIGN, cells, decide, load, made, province, undo
from warehouse import approvals, decisions, queries, runs
from warehouse.approvals import State
from warehouse.comparison import Outcome
from warehouse.engine import Warehouse

OLD = made("old", {"news.count": 7, "contests.count": 2})


def read_as(numbers: dict[str, int]) -> Report:
    """The same file, as another parser understands it."""
    return replace(OLD, observations=cells(numbers))


def judged(warehouse: Warehouse, *rules: str) -> list[dict[str, object]]:
    reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
    with warehouse.read() as connection:
        found = queries.view(connection, "open_findings", CAMPAIGN)
    wanted = rules or ("reading_changed", "decision_without_source", "decision_carried")
    return [f for f in found if f["rule"] in wanted]


def reread(warehouse: Warehouse, *reports: Report) -> tuple[int, list[Outcome]]:
    with warehouse.write() as connection:
        run = runs.start(connection, CAMPAIGN, "1", {})
        outcomes = [runs.take(connection, run, r, "1").outcome for r in reports]
        runs.finish(connection, run)
    return run, outcomes


def test_same_bytes_same_reading_keeps_the_decision(warehouse: Warehouse) -> None:
    load(warehouse, OLD)
    decide(warehouse, OLD, "news.count", "70")
    assert reread(warehouse, OLD)[1] == [Outcome.SAME]
    assert province(warehouse, "news.count") == 70
    assert judged(warehouse) == []


def test_a_parser_that_learned_is_told_and_nothing_is_raised(warehouse: Warehouse) -> None:
    load(warehouse, OLD)
    decide(warehouse, OLD, "news.count", "70")
    assert reread(warehouse, read_as({"news.count": 70, "contests.count": 2}))[1] == [
        Outcome.BETTER
    ]
    assert province(warehouse, "news.count") == 70
    assert judged(warehouse) == []


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_parser_that_disagrees_never_wins_and_is_told(
    warehouse: Warehouse, confirmed: bool
) -> None:
    load(warehouse, OLD)
    if confirmed:
        decide(warehouse, OLD, "news.count", None, action=Action.CONFIRM)
    else:
        decide(warehouse, OLD, "news.count", "70")
    kept = province(warehouse, "news.count")
    assert reread(warehouse, read_as({"news.count": 9, "contests.count": 2}))[1] == [
        Outcome.DISAGREES
    ]
    assert province(warehouse, "news.count") == kept
    (found,) = judged(warehouse)
    assert (found["rule"], found["severity"]) == ("reading_changed", "info")
    assert (found["value"], found["other_value"]) == ("9", str(kept))


def test_a_cell_that_vanished_keeps_its_decision_and_is_told(warehouse: Warehouse) -> None:
    load(warehouse, OLD)
    decide(warehouse, OLD, "news.count", "70")
    assert reread(warehouse, read_as({"contests.count": 2}))[1] == [Outcome.WORSE]
    assert province(warehouse, "news.count") == 70
    (found,) = judged(warehouse)
    assert (found["rule"], found["severity"]) == ("decision_without_source", "warning")


def test_a_field_read_otherwise_keeps_its_decision_and_is_told(warehouse: Warehouse) -> None:
    told = replace(OLD, narrative=(Narrative("results", "Kêt quả"),))
    load(warehouse, told)
    decide(warehouse, told, "narrative.results", "Kết quả")
    reread(warehouse, replace(told, narrative=(Narrative("results", "Kit qua"),)))
    with warehouse.read() as connection:
        (shown,) = queries.view(connection, "narratives", CAMPAIGN)
    assert shown["text"] == "Kết quả"
    assert [f["rule"] for f in judged(warehouse)] == ["reading_changed"]


def replacement(numbers: dict[str, int]) -> Report:
    """A later report of the same unit, other bytes and another number."""
    return made("new", numbers, "20/BC-PGDĐT", 18)


def test_a_replacement_that_reads_the_same_carries_the_decision_and_needs_new_approval(
    warehouse: Warehouse,
) -> None:
    load(warehouse, OLD)
    request = decide(warehouse, OLD, "news.count", "70")
    with warehouse.write() as connection:
        approvals.approve(connection, OLD.source.sha256, "hoa")
    new = replacement({"news.count": 7, "contests.count": 5})
    load(warehouse, new)
    assert (province(warehouse, "news.count"), province(warehouse, "contests.count")) == (70, 5)
    (found,) = judged(warehouse)
    assert (found["rule"], found["document_name"]) == ("decision_carried", "new")
    with warehouse.read() as connection:
        (row,) = decisions.history(connection, new.source.sha256, "news.count")
        assert (row["carried_from"], row["actor"]) == (request, "lan")
        assert approvals.state(connection, new.source.sha256) is State.NONE
        assert decisions.broken_links(connection) == []


def test_a_carried_decision_taken_back_is_not_carried_again(warehouse: Warehouse) -> None:
    load(warehouse, OLD)
    decide(warehouse, OLD, "news.count", "70")
    new = replacement({"news.count": 7})
    load(warehouse, new)
    with warehouse.read() as connection:
        (row,) = decisions.history(connection, new.source.sha256, "news.count")
    undo(warehouse, new, "news.count", row["request_id"])
    load(warehouse, new, "2")
    assert province(warehouse, "news.count") == 7


def test_a_carried_decision_makes_an_earlier_approval_of_the_new_file_stale(
    warehouse: Warehouse,
) -> None:
    new = replacement({"news.count": 7})
    load(warehouse, new)
    with warehouse.write() as connection:
        approvals.approve(connection, new.source.sha256, "hoa")
    load(warehouse, OLD)
    decide(warehouse, OLD, "news.count", "70")
    load(warehouse, new, "2")
    with warehouse.read() as connection:
        assert approvals.state(connection, new.source.sha256) is State.STALE


def test_a_replacement_that_reads_otherwise_is_reopened_with_both_values(
    warehouse: Warehouse,
) -> None:
    load(warehouse, OLD)
    decide(warehouse, OLD, "news.count", "70")
    new = replacement({"news.count": 8})
    load(warehouse, new)
    assert province(warehouse, "news.count") == 8
    (found,) = judged(warehouse)
    assert (found["rule"], found["severity"]) == ("reading_changed", "error")
    assert (found["value"], found["other_value"]) == ("8", "70")
    assert "«7»" in str(found["message"])
    decide(warehouse, new, "news.count", None, action=Action.CONFIRM)
    assert judged(warehouse) == []


def test_a_replacement_without_the_cell_lists_the_decision_as_orphaned(
    warehouse: Warehouse,
) -> None:
    load(warehouse, OLD)
    decide(warehouse, OLD, "news.count", "70")
    load(warehouse, replacement({"contests.count": 2}))
    assert province(warehouse, "news.count") is None
    (found,) = judged(warehouse)
    assert (found["rule"], found["document_name"]) == ("decision_without_source", "new")
    assert found["other_value"] == "70"


def test_a_rolled_back_run_gives_every_reading_back_and_loses_none(warehouse: Warehouse) -> None:
    other = made("b", {"news.count": 3}, unit="326")
    load(warehouse, OLD)
    load(warehouse, other)
    run, outcomes = reread(
        warehouse, read_as({"news.count": 9, "seminars.count": 1}), replace(other, observations=())
    )
    assert outcomes == [Outcome.WORSE, Outcome.WORSE]
    assert (province(warehouse, "news.count"), province(warehouse, "seminars.count")) == (9, 1)
    for _ in range(2):
        with warehouse.write() as connection:
            runs.roll_back(connection, run)
        assert province(warehouse, "news.count") == 10
        assert province(warehouse, "seminars.count") is None
    with warehouse.read() as connection:
        kept = connection.exec_driver_sql("select count(*) from extraction").scalar_one()
    assert kept == 4


def test_a_later_run_is_not_undone_by_rolling_back_an_earlier_one(warehouse: Warehouse) -> None:
    load(warehouse, OLD)
    first, _ = reread(warehouse, read_as({"news.count": 8}))
    reread(warehouse, read_as({"news.count": 9}))
    with warehouse.write() as connection:
        back = runs.roll_back(connection, first)
    assert (back.restored, back.kept) == (0, (OLD.source.sha256,))
    assert province(warehouse, "news.count") == 9


def test_a_run_in_which_the_file_fails_keeps_the_reading(warehouse: Warehouse) -> None:
    load(warehouse, OLD)
    broken = replace(
        OLD,
        status=Status.FAILED,
        error=ErrorNote("reader_crashed", "…"),
        campaign=None,
        header=Header(),
        observations=(),
    )
    assert reread(warehouse, broken)[1] == [Outcome.WORSE]
    assert province(warehouse, "news.count") == 7
