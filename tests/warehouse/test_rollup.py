"""Totals changed by differences are the totals counted afresh, whatever happened in between."""

from __future__ import annotations

import random

from sqlalchemy import text

from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.registry_index import admin_units
from schemas.report import Report
from tools import country
from tools.country import hand_in
from warehouse import decisions, rollup
from warehouse.engine import Warehouse

FORM = form("llw-2021")
UNITS = country.institutions(5)


def load(warehouse: Warehouse, one: Report, reading: str = "1", province: str = "33") -> None:
    with warehouse.write() as connection:
        hand_in(connection, one, country.receipt(one), reading, FORM, admin_units(), province)


def totals(warehouse: Warehouse) -> list[tuple[object, ...]]:
    query = "select campaign, province_code, indicator, measure, value, reports from province_annex order by 1, 2, 3, 4"
    with warehouse.read() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def decide(warehouse: Warehouse, one: Report, chance: random.Random, at: int) -> None:
    observed = chance.choice(one.observations)
    status = chance.choice([ValueStatus.REPORTED, ValueStatus.BLANK])
    value = str(chance.randint(0, 99)) if status is ValueStatus.REPORTED else None
    action = Action.CORRECT if value else Action.SET_STATUS
    subject = f"{observed.indicator}.{observed.measure}"
    made = Decision(
        one.source.sha256, subject, action, "lan", "thử", f"r{at}", value=value, status=status
    )
    with warehouse.write() as connection:
        decisions.post(connection, made)


def test_totals_stay_right_through_loads_replacements_and_decisions(warehouse: Warehouse) -> None:
    chance = random.Random(7)
    loaded: list[Report] = []
    for at in range(36):
        issuer = chance.choice(UNITS)
        if at < 5 or chance.random() < 0.4:
            one = country.report(FORM, "33", issuer, version=at, share=chance.random())
            load(warehouse, one, province=chance.choice(["33", "33", "34"]))
            if one.observations:
                loaded.append(one)
        elif chance.random() < 0.3:
            load(warehouse, chance.choice(loaded), f"reading {at}")
        else:
            decide(warehouse, chance.choice(loaded), chance, at)
    with warehouse.read() as connection:
        assert rollup.drift(connection) == []
    before = totals(warehouse)
    with warehouse.write() as connection:
        rollup.rebuild(connection)
    assert totals(warehouse) == before
    assert any(row[4] for row in before)


def test_a_total_that_was_tampered_with_is_found(warehouse: Warehouse) -> None:
    load(warehouse, country.report(FORM, "33", UNITS[1], share=1.0))
    with warehouse.write() as connection:
        connection.execute(
            text(
                "update province_total set reported_sum = reported_sum + 1 where indicator = 'news'"
            )
        )
    with warehouse.read() as connection:
        assert rollup.drift(connection) == [("llw-2021", "33", "news", "count")]


def test_every_total_is_the_sum_of_its_lineage(warehouse: Warehouse) -> None:
    """Also where a unit left a whole blank and its parts were added up."""
    whole = country.report(FORM, "33", UNITS[1], share=1.0)
    parts = country.report(FORM, "33", UNITS[2], share=1.0)
    kept = tuple(o for o in parts.observations if o.indicator != "training")
    for one in (whole, Report(**_fields(parts) | {"observations": kept})):
        load(warehouse, one)
    query = (
        "select indicator, measure, {} from {} where value is not null group by indicator, measure"
    )
    with warehouse.read() as connection:
        traced = connection.execute(
            text(query.format("sum(value), count(distinct unit_code)", "lineage"))
        )
        stated = connection.execute(
            text(query.format("sum(value), max(reports)", "province_annex"))
        )
        assert sorted(map(tuple, traced)) == sorted(map(tuple, stated))
        made = connection.execute(
            text(
                "select distinct part from lineage where indicator = 'training' and part is not null"
            )
        )
        assert {row.part for row in made} == set(FORM.indicator("training").parts)


def test_no_whole_is_traced_where_nobody_reported_it(warehouse: Warehouse) -> None:
    one = country.report(FORM, "33", UNITS[2], share=1.0)
    kept = tuple(o for o in one.observations if o.indicator != "training")
    load(warehouse, Report(**_fields(one) | {"observations": kept}))
    with warehouse.read() as connection:
        for view in ("lineage", "province_annex"):
            query = f"select count(value) from {view} where indicator = 'training'"
            assert connection.execute(text(query)).scalar_one() == 0


def _fields(one: Report) -> dict[str, object]:
    return {name: getattr(one, name) for name in Report.__dataclass_fields__}
