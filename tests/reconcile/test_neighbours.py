"""Header fields decided at the desk: what is judged of the units concerned is what a full run finds."""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_desk import CAMPAIGN, FORM, NOW, UNITS, random_report, sha

import reconcile.desk as desk_module
from reconcile.desk import Desk
from reconcile.run import reconcile
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.document import Anchor
from schemas.registry_index import admin_units
from schemas.report import Located, Reference, Report, Revision, RevisionKind
from tools.country import hand_in
from warehouse import decisions, queries
from warehouse.engine import Warehouse, open_warehouse
from warehouse.load import Receipt

DAYS = [dt.date(2021, 10, day) for day in (8, 9, 11)]
PLACE = Anchor(page=1, box=(1.0, 1.0, 9.0, 9.0))


def cluttered(chance: random.Random, number: int, unit: str) -> Report:
    """A report that cites others, some of them by a slip, and whose own number may be in doubt."""
    made = random_report(chance, number, unit)
    day = chance.choice(DAYS)
    references = [
        Reference(
            f"{one}/BC-PGDĐT",
            "BC",
            chance.choice(DAYS),
            chance.choice((None, "Phòng GDĐT")),
            Anchor(page=1, box=(1.0, float(one), 9.0, one + 1.0)),
        )
        for one in chance.sample(range(1, 15), 2)
        if one != number
    ]
    directive = chance.choice((dt.date(2021, 8, 31),) * 4 + (dt.date(2021, 8, 30),))
    references.append(Reference("3764/BGDĐT-GDTrH", "CV", directive, "Bộ GDĐT", PLACE))
    located = tuple(
        Located(f"header.{name}", PLACE, raw, 0.5, needs_review=True)
        for name, raw in (("number", made.header.number or ""), ("issued_on", str(day)))
        if chance.random() < 0.5
    )
    revises = None
    if chance.random() < 0.3:
        kind = chance.choice((RevisionKind.SUPPLEMENTS, RevisionKind.REPLACES))
        revises = Revision(kind, f"{chance.randint(1, 14)}/BC-PGDĐT", None, PLACE)
    return replace(
        made,
        header=replace(made.header, issued_on=day),
        references=tuple(references),
        located=located,
        revises=revises,
    )


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    made = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")
    chance = random.Random(11)
    for number, unit in enumerate((*UNITS, "33", "325", "326", "999"), 1):
        report = cluttered(chance, number, unit)
        receipt = Receipt("test", report.source.sha256, report.source.name, NOW)
        with made.write() as connection:
            hand_in(connection, report, receipt, "1", FORM, admin_units(), "33")
    reconcile(made, FORM, admin_units(), "33")
    yield made
    made.dispose()


def told(warehouse: Warehouse) -> set[tuple[str, ...]]:
    with warehouse.read() as connection:
        rows = queries.view(connection, "open_findings", CAMPAIGN)
    names = ("rule", "unit_code", "document_sha256", "message")
    return {tuple(str(row[name]) for name in names) for row in rows}


def decided(chance: random.Random, turn: int) -> list[Decision]:
    """What a person may decide of a header: unit with its level, number, day, type."""
    values = chance.choice(
        (
            {"header.issuer_unit": chance.choice(UNITS), "header.issuer_level": "district"},
            {"header.issuer_unit": "33", "header.issuer_level": "province"},
            {"header.number": f"{chance.randint(1, 14)}/BC-PGDĐT"},
            {"header.issued_on": str(chance.choice(DAYS))},
            {"header.issuer": chance.choice(("Phòng GDĐT", "Phòng GD"))},
        )
    )
    number = chance.randint(1, 14)
    return [
        Decision(sha(number), s, Action.CORRECT, "lan", "đọc sai", f"h{turn}-{at}", value=v)
        for at, (s, v) in enumerate(values.items())
    ]


def test_a_full_run_finds_nothing_more_and_nothing_less(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, chance = Desk(warehouse, admin_units(), "33"), random.Random(5)

    def never(*_: object) -> None:
        raise AssertionError("the whole campaign was judged")

    monkeypatch.setattr(desk_module, "reconcile_in", never)
    seen: set[str] = set()
    for turn in range(24):
        made = decided(chance, turn)
        desk.commit_all(CAMPAIGN, made)
        before = told(warehouse)
        seen |= {row[0] for row in before}
        again = reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
        now = told(warehouse)
        assert (now - before, before - now) == (set(), set()), (turn, made)
        assert (again.opened, again.gone) == (0, 0)
    wanted = {
        "replaced_report",
        "missing_report",
        "cited_otherwise",
        "reference_differs",
        "outlier",
    }
    assert wanted <= seen


def test_taking_a_unit_back_brings_back_what_was_found_before(warehouse: Warehouse) -> None:
    desk = Desk(warehouse, admin_units(), "33")
    before = told(warehouse)
    subject = "header.issuer_unit"
    there = Decision(sha(3), subject, Action.CORRECT, "lan", "đọc sai", "a", value="333")
    desk.commit(CAMPAIGN, there)
    assert told(warehouse) != before
    back = Decision(sha(3), subject, Action.UNDO, "lan", "rút lại", "b", undoes="a")
    desk.commit(CAMPAIGN, back)
    assert told(warehouse) == before
    with warehouse.read() as connection:
        kept = [row["action"] for row in decisions.history(connection, sha(3), subject)]
    assert kept == ["correct", "undo"], "the trial before leaves no line"
