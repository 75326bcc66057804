"""A report is judged with what supplements it: in a full run and at the desk alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.desk import Desk
from reconcile.run import reconcile
from reconcile.standing import figures
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.registry_index import admin_units
from schemas.report import Report, Revision, RevisionKind
from tests.warehouse.hand import CAMPAIGN, decide, load, made
from warehouse import queries
from warehouse.engine import Warehouse, open_warehouse

REPORTED = ValueStatus.REPORTED
BASE = made("base", {"training.count": 10, "training.law_and_science.count": 4}, "10/BC-PGDĐT", 10)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")


def supplement(number: str) -> Report:
    return made(
        "later",
        {"training.other.count": 6},
        "20/BC-PGDĐT",
        15,
        revises=Revision(RevisionKind.SUPPLEMENTS, number),
    )


def rules(warehouse: Warehouse) -> dict[str, int]:
    return reconcile(warehouse, form(CAMPAIGN), admin_units(), "33").by_rule


def test_parts_in_a_supplement_complete_the_whole(warehouse: Warehouse) -> None:
    load(warehouse, BASE)
    assert rules(warehouse)["whole_differs_from_parts"] == 1
    load(warehouse, supplement("10/BC-PGDĐT"))
    assert "whole_differs_from_parts" not in rules(warehouse)
    with Desk(warehouse, admin_units(), "33").standing(CAMPAIGN) as held:
        unit = held.documents[BASE.source.sha256].unit_code or ""
        seen = {key[0]: value.value for key, value in figures(held, unit, {}).items()}
    assert seen == {"training": 10, "training.law_and_science": 4, "training.other": 6}


@pytest.mark.parametrize(("typed", "chosen"), [("7", None), ("", ValueStatus.BLANK)])
def test_typing_into_a_supplement_shows_what_committing_brings(
    warehouse: Warehouse, typed: str, chosen: ValueStatus | None
) -> None:
    """The report beneath states the cell too: its figure counts again where the supplement's goes."""
    under = made("base", {"training.other.count": 4}, "10/BC-PGDĐT", 10)
    load(warehouse, under)
    later = supplement("10/BC-PGDĐT")
    load(warehouse, later)
    rules(warehouse)
    desk, key = Desk(warehouse, admin_units(), "33"), ("training.other", "count")
    shown = desk.preview(CAMPAIGN, later.source.sha256, key, typed, chosen)
    mine = {t.scope: (t.before, t.after) for t in shown.totals if t.indicator == key[0]}
    after = 4 if chosen else 7
    assert mine == {"unit": (6, after), "province": (6, after)}
    status, action = (chosen, Action.SET_STATUS) if chosen else (REPORTED, Action.CORRECT)
    decision = Decision(
        later.source.sha256, "training.other.count", action, "lan", "đọc sai", "r1",
        value=typed or None, status=status,
    )  # fmt: skip
    desk.commit(CAMPAIGN, decision)
    with warehouse.read() as connection:
        rows = queries.province_table(connection, CAMPAIGN, "33")
    assert next(r["value"] for r in rows if r["indicator"] == key[0]) == after
    with desk.standing(CAMPAIGN) as held:
        assert held.totals.province(key) == after
    again = reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
    assert (again.opened, again.gone) == (0, 0)


def test_a_correction_in_the_supplement_is_judged_in_the_report(warehouse: Warehouse) -> None:
    later = supplement("10/BC-PGDĐT")
    load(warehouse, BASE)
    load(warehouse, later)
    decide(warehouse, later, "training.other.count", "7")
    assert rules(warehouse)["whole_differs_from_parts"] == 1
    with warehouse.read() as connection:
        (found,) = (
            f
            for f in queries.view(connection, "open_findings", CAMPAIGN)
            if f["rule"] == "whole_differs_from_parts"
        )
    assert (found["document_name"], found["value"], found["other_value"]) == ("base", "10", "11")


def test_a_supplement_to_a_report_nobody_sent_is_told(warehouse: Warehouse) -> None:
    load(warehouse, BASE)
    load(warehouse, supplement("99/BC-PGDĐT"))
    assert rules(warehouse)["revised_report_unknown"] == 1
