"""Two files of one document: what they disagree about is told, whichever of them counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from reconcile.run import reconcile
from schemas.catalog import form
from schemas.registry_index import admin_units
from schemas.report import Report
from tests.warehouse.hand import CAMPAIGN, load, made, province
from warehouse.engine import Warehouse, open_warehouse

PDF = "application/pdf"
SIGNED = made("signed.pdf", {"training.count": 12}, "10/BC-PGDĐT", 15, media=PDF)


def draft(count: int) -> Report:
    one = made("draft.docx", {"training.count": count})
    return replace(one, header=replace(one.header, number=None, issued_on=None))


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")


def rules(warehouse: Warehouse) -> dict[str, int]:
    return reconcile(warehouse, form(CAMPAIGN), admin_units(), "33").by_rule


@pytest.mark.parametrize("draft_comes_last", [False, True])
def test_the_signed_figure_counts_and_the_draft_that_differs_is_told(
    warehouse: Warehouse, draft_comes_last: bool
) -> None:
    files = [draft(11), SIGNED]
    for hours, one in enumerate(reversed(files) if draft_comes_last else files):
        load(warehouse, one, hours=hours)
    assert province(warehouse, "training.count") == 12
    assert rules(warehouse)["renditions_differ"] == 1


def test_a_draft_that_agrees_is_only_named(warehouse: Warehouse) -> None:
    load(warehouse, draft(12))
    load(warehouse, SIGNED)
    found = rules(warehouse)
    assert found["duplicate_report"] == 1
    assert "renditions_differ" not in found


def test_one_number_with_two_days_is_told(warehouse: Warehouse) -> None:
    word = made("final.docx", {"training.count": 12}, "10/BC-PGDĐT", 15)
    load(warehouse, replace(word, header=replace(word.header, issued_on=dt.date(2021, 10, 16))))
    load(warehouse, SIGNED)
    assert rules(warehouse)["renditions_differ"] == 1
