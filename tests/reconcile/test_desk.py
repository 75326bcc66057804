"""The desk's memory says what a full run says: before a value is committed, and after."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reconcile.desk import Desk
from reconcile.preview import understand
from reconcile.run import reconcile
from reconcile.standing import province_total
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.document import Anchor, Reading, Source
from schemas.effective import ValueStatus
from schemas.errors import DecisionConflict
from schemas.finding import RuleCode
from schemas.registry_index import admin_units
from schemas.report import Header, IssuerLevel, Observation, Origin, Report, Status
from tools.country import hand_in
from warehouse import queries
from warehouse.engine import Warehouse, open_warehouse
from warehouse.findings import Raised
from warehouse.load import Receipt

CAMPAIGN = "llw-2021"
FORM = form(CAMPAIGN)
UNITS = ("323", "325", "326", "327", "328", "329", "330", "331", "332", "333")
NOW = dt.datetime(2021, 10, 20, tzinfo=dt.UTC)


def cells_of(campaign: str) -> list[tuple[str, str, str]]:
    return [(i.code, m.code, m.unit) for i in form(campaign).indicators for m in i.measures]


CELLS = cells_of(CAMPAIGN)


def sha(number: int) -> str:
    return f"{number:064x}"


def random_report(
    chance: random.Random, number: int, unit: str, campaign: str = CAMPAIGN
) -> Report:
    """A report whose cells are filled in at random, sums seldom holding."""
    level = IssuerLevel.PROVINCE if unit == "33" else IssuerLevel.DISTRICT
    observations = tuple(
        Observation(
            code,
            measure,
            chance.choice((0, 3, 12, 450, 1800, 90000)),
            name,
            "…",
            Origin.ANNEX,
            chance.choice((0.99, 0.5)),
            chance.random() < 0.2,
            Anchor(page=1, box=(10.0, 10.0 * row, 50.0, 10.0 * row + 8)),
        )
        for row, (code, measure, name) in enumerate(cells_of(campaign))
        if chance.random() < 0.8
    )
    return Report(
        Status.OK,
        Source(f"{number}.pdf", sha(number), "application/pdf", 1),
        Reading.TEXT,
        campaign=campaign,
        header=Header(
            number=f"{number}/BC-PGDĐT",
            issuer="Phòng GDĐT",
            issuer_unit=unit,
            issuer_level=level,
            issued_on=dt.date(form(campaign).year, 10, 9),
        ),
        observations=observations,
    )


def load(warehouse: Warehouse, report: Report) -> None:
    receipt = Receipt("test", report.source.sha256, report.source.name, NOW)
    with warehouse.write() as connection:
        hand_in(connection, report, receipt, "1", form(report.campaign or ""), admin_units(), "33")


@pytest.fixture
def chance() -> random.Random:
    return random.Random(7)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, chance = tmp_path_factory.mktemp("desk") / "w.sqlite", random.Random(7)
    made = open_warehouse(f"sqlite:///{path}")
    for number, unit in enumerate((*UNITS, "33"), 1):
        load(made, random_report(chance, number, unit))
    reconcile(made, FORM, admin_units(), "33")
    made.dispose()
    return path


@pytest.fixture
def warehouse(tmp_path: Path, week: Path) -> Iterator[Warehouse]:
    made = open_warehouse(f"sqlite:///{shutil.copy(week, tmp_path / 'w.sqlite')}")
    yield made
    made.dispose()


@pytest.fixture
def desk(warehouse: Warehouse) -> Desk:
    return Desk(warehouse, admin_units(), "33")


def correction(number: int, subject: str, value: str | None, request: str) -> Decision:
    status = ValueStatus.BLANK if value is None else ValueStatus.REPORTED
    action = Action.SET_STATUS if value is None else Action.CORRECT
    return Decision(
        sha(number), subject, action, "lan", "đọc sai", request, value=value, status=status
    )


def published(warehouse: Warehouse) -> dict[tuple[str, str], int | None]:
    with warehouse.read() as connection:
        rows = queries.province_table(connection, CAMPAIGN, "33")
    return {(r["indicator"], r["measure"]): r["value"] for r in rows}


def open_now(warehouse: Warehouse) -> set[tuple[str, str]]:
    with warehouse.read() as connection:
        rows = queries.view(connection, "open_findings", CAMPAIGN)
    return {(str(r["document_sha256"]), str(r["message"])) for r in rows}


def said(raised: tuple[Raised, ...]) -> set[tuple[str, str]]:
    return {(r.sha256 or "", r.finding.message) for r in raised}


def test_totals_in_memory_are_the_published_ones(desk: Desk, warehouse: Warehouse) -> None:
    with desk.standing(CAMPAIGN) as standing:
        mine = {(c, m): province_total(standing, (c, m), {}) for c, m, _ in CELLS}
    assert mine == published(warehouse)


def test_what_was_shown_before_is_what_stands_after_and_a_full_run_agrees(
    desk: Desk, warehouse: Warehouse, chance: random.Random
) -> None:
    for turn in range(40):
        number, (code, measure, _) = chance.randint(1, 11), chance.choice(CELLS)
        value = chance.choice(("0", "3", "1800", "77000", None))
        shown = desk.preview(
            CAMPAIGN,
            sha(number),
            (code, measure),
            value or "",
            ValueStatus.BLANK if value is None else None,
        )
        before = open_now(warehouse)
        desk.commit(CAMPAIGN, correction(number, f"{code}.{measure}", value, f"r{turn}"))
        total = next(t for t in shown.totals if t.scope == "province" and t.indicator == code)
        assert published(warehouse)[(code, measure)] == total.after
        after = open_now(warehouse)
        assert said(shown.opens) <= after
        assert said(shown.closes) <= before - after
    again = reconcile(warehouse, FORM, admin_units(), "33")
    assert (again.opened, again.gone) == (0, 0)


def test_a_full_run_agrees_where_there_is_a_year_before(
    desk: Desk, warehouse: Warehouse, chance: random.Random
) -> None:
    later = "llw-2022"
    for number, unit in enumerate((*UNITS, "33"), 101):
        load(warehouse, random_report(chance, number, unit, later))
    reconcile(warehouse, form(later), admin_units(), "33")
    closed = opened = 0
    for turn in range(40):
        code, measure, _ = chance.choice(cells_of(later))
        value = chance.choice(("0", "3", "450", "1800", "77000", None))
        made = correction(chance.randint(101, 111), f"{code}.{measure}", value, f"y{turn}")
        change = desk.commit(later, made)
        opened, closed = opened + change.opened, closed + change.gone
    assert opened
    assert closed
    again = reconcile(warehouse, form(later), admin_units(), "33")
    assert (again.opened, again.gone) == (0, 0)
    assert "changed_since_last_year" in again.by_rule


def test_a_second_desk_sees_what_the_first_wrote(warehouse: Warehouse, desk: Desk) -> None:
    other = Desk(warehouse, admin_units(), "33")
    key = ("publications", "count")
    other.preview(CAMPAIGN, sha(1), key, "1")
    desk.commit(CAMPAIGN, correction(1, "publications.count", "123456", "a"))
    with other.standing(CAMPAIGN) as standing:
        assert standing.values[sha(1)][key].value == 123456
    with pytest.raises(DecisionConflict):
        other.commit(CAMPAIGN, correction(1, "publications.count", "5", "b"), expected_base="1800")
    with desk.standing(CAMPAIGN) as standing:
        assert standing.values[sha(1)][key].value == 123456


def test_the_riskiest_comes_first_and_says_why(desk: Desk) -> None:
    items = desk.items(CAMPAIGN)
    risks = [i.risk for i in items]
    assert risks == sorted(risks, reverse=True)
    assert all(i.reason.endswith(".") and 0 < i.p_error < 1 for i in items)


def test_a_decided_item_leaves_the_queue_and_a_deferred_one_goes_last(desk: Desk) -> None:
    first, second = desk.items(CAMPAIGN)[:2]
    value = str(first.value.value) if first.value else None
    one = Decision(first.sha256, first.subject, Action.CONFIRM, "lan", "đúng", "c", value=value)
    desk.commit(CAMPAIGN, one)
    late = Decision(second.sha256, second.subject, Action.DEFER, "lan", "chờ hỏi huyện", "d")
    desk.commit(CAMPAIGN, late)
    items = desk.items(CAMPAIGN)
    assert (first.sha256, first.subject) not in {(i.sha256, i.subject) for i in items}
    assert (items[-1].subject, items[-1].deferred) == (second.subject, "chờ hỏi huyện")


def test_a_value_that_weighs_more_is_asked_before_one_that_weighs_less(
    warehouse: Warehouse, chance: random.Random
) -> None:
    for number, value in ((1, 10), (2, 90000)):
        report = random_report(chance, number + 20, UNITS[number])
        doubtful = Observation(
            "publications", "count", value, "ấn phẩm", str(value), Origin.ANNEX, 0.6, True, Anchor()
        )
        header = replace(report.header, issued_on=dt.date(2021, 10, 30))
        load(warehouse, replace(report, header=header, observations=(doubtful,)))
    items = Desk(warehouse, admin_units(), "33").items(CAMPAIGN)
    asked = [i.sha256 for i in items if i.subject == "publications.count"]
    assert asked.index(sha(22)) < asked.index(sha(21))


@pytest.mark.parametrize("typed", ["1.800", "1 800", "1800", "1,800", " 01800 "])
def test_the_ways_of_writing_a_thousand_are_understood(typed: str) -> None:
    understood = understand(typed)
    assert (understood.value, understood.says) == (1800, "hiểu là 1.800")


@pytest.mark.parametrize("typed", ["1,8", "1.8"])
def test_a_decimal_is_questioned_with_proposals(typed: str) -> None:
    understood = understand(typed)
    assert not understood.ready
    assert understood.proposals == (1800, 18)


@pytest.mark.parametrize("typed", ["", "-", "x", "không", "Không có", "–"])
def test_a_dash_or_nothing_asks_which_is_meant(typed: str) -> None:
    understood = understand(typed)
    assert not understood.ready
    assert ValueStatus.BLANK in understood.choices
    assert 0 in understood.proposals
    assert understand(typed, ValueStatus.UNREADABLE).status is ValueStatus.UNREADABLE


def test_findings_that_would_close_are_named(desk: Desk, warehouse: Warehouse) -> None:
    broken = [i for i in desk.items(CAMPAIGN) for f in i.findings]
    sums = [
        f.finding
        for i in broken
        for f in i.findings
        if f.finding.rule is RuleCode.WHOLE_DIFFERS_FROM_PARTS
    ]
    finding = sums[0]
    document = next(i for i in broken if any(f.finding is finding for f in i.findings)).sha256
    key = (finding.indicator or "", finding.measure or "")
    shown = desk.preview(CAMPAIGN, document, key, finding.other_value or "")
    assert finding.message in {r.finding.message for r in shown.closes}
