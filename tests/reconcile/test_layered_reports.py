"""A report is judged with what supplements it: in a full run and at the desk alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from reconcile.run import reconcile
from schemas.catalog import form
from schemas.registry_index import admin_units
from schemas.report import Report, Revision, RevisionKind
from tests.warehouse.hand import CAMPAIGN, decide, load, made
from warehouse import queries, standing
from warehouse.engine import Warehouse, open_warehouse

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
    with warehouse.read() as connection:
        held = standing.values_of(connection, BASE.source.sha256)
    assert {(v.indicator, v.value) for v in held} == {
        ("training", 10),
        ("training.law_and_science", 4),
        ("training.other", 6),
    }


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
