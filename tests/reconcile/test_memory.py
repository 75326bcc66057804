"""What the desk keeps in memory is never ahead of the warehouse, and costs little to keep in step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from reconcile.desk import Desk
from reconcile.run import reconcile
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.errors import DecisionConflict
from schemas.registry_index import admin_units
from tests.warehouse.hand import CAMPAIGN, decide, load, made
from warehouse import audit, decisions
from warehouse.engine import Warehouse, open_warehouse

UNITS = ("323", "325", "326", "327", "328", "329", "330", "331", "332", "333")
KEY = ("training", "count")
REPORTS = [
    made(f"r{unit}", {"training.count": 10 + n, "news.count": 3}, f"{n}/BC-PGDĐT", 10, unit)
    for n, unit in enumerate(UNITS)
]
FIRST = REPORTS[0].source.sha256


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")
    for report in REPORTS:
        load(opened, report)
    reconcile(opened, form(CAMPAIGN), admin_units(), "33")
    yield opened
    opened.dispose()


@pytest.fixture
def desk(warehouse: Warehouse) -> Desk:
    return Desk(warehouse, admin_units(), "33")


def correction(subject: str, value: str, request: str) -> Decision:
    return Decision(FIRST, subject, Action.CORRECT, "lan", "đọc sai", request, value=value)


def total(desk: Desk) -> int | None:
    with desk.standing(CAMPAIGN) as standing:
        return standing.totals.province(KEY)


@contextmanager
def statements(warehouse: Warehouse) -> Iterator[list[str]]:
    """Every statement that the block sends."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(warehouse.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(warehouse.engine, "before_cursor_execute", note)


def test_what_fails_half_way_was_never_seen(desk: Desk, warehouse: Warehouse) -> None:
    before = total(desk)
    several = [correction("training.count", "500", "a"), correction("nothing.count", "1", "b")]
    with pytest.raises(Exception, match="nothing"):
        desk.commit_all(CAMPAIGN, several)
    assert total(desk) == before

    def breaks(_: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        desk.commit(CAMPAIGN, correction("training.count", "700", "c"), also=breaks)
    assert total(desk) == before
    with warehouse.read() as connection:
        assert decisions.history(connection, FIRST, "training.count") == []
        assert audit.entries(connection) == []
    desk.commit(CAMPAIGN, correction("training.count", "20", "d"))
    assert total(desk) == (before or 0) + 10
    again = reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
    assert (again.opened, again.gone) == (0, 0)


def test_a_conflict_leaves_both_the_memory_and_the_log_alone(
    desk: Desk, warehouse: Warehouse
) -> None:
    before = total(desk)
    with pytest.raises(DecisionConflict):
        desk.commit(CAMPAIGN, correction("training.count", "5", "a"), "999")
    assert total(desk) == before
    with warehouse.read() as connection:
        assert audit.entries(connection) == []


def test_each_decision_has_its_line_in_the_audit_log(desk: Desk, warehouse: Warehouse) -> None:
    desk.commit(CAMPAIGN, correction("training.count", "5", "a"), "10", address="10.0.0.7")
    desk.commit(CAMPAIGN, correction("training.count", "5", "a"), "10", address="10.0.0.7")
    with warehouse.read() as connection:
        (line,) = audit.entries(connection)
    assert (line.actor, line.action, line.address) == ("lan", "decision.correct", "10.0.0.7")
    assert line.subject == f"{FIRST}/training.count"


def test_what_others_write_is_seen_and_only_that_is_read(desk: Desk, warehouse: Warehouse) -> None:
    before = total(desk)
    decide(warehouse, REPORTS[3], "training.count", "113")
    with statements(warehouse) as sent:
        assert total(desk) == (before or 0) + 100
    assert sum("effective_value" in s for s in sent) == 1


def test_looking_again_at_what_did_not_change_asks_one_question(
    desk: Desk, warehouse: Warehouse
) -> None:
    desk.items(CAMPAIGN)
    with statements(warehouse) as sent:
        desk.items(CAMPAIGN)
    assert len([s for s in sent if not s.startswith("BEGIN")]) == 1


def test_a_field_of_one_document_is_judged_without_the_others(
    desk: Desk, warehouse: Warehouse
) -> None:
    desk.items(CAMPAIGN)
    with statements(warehouse) as sent:
        desk.commit(CAMPAIGN, correction("theme", "Chuyển đổi số", "t"))
    assert sum("effective_value where" in s for s in sent) <= 3
    again = reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
    assert (again.opened, again.gone) == (0, 0)
