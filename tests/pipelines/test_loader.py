"""Loading in sets: what one bad reading spoils, and that nothing waits for ever."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pipelines.loader import Ingested, Loader, set_size
from schemas.catalog import form
from schemas.report import Report
from schemas.settings import Settings
from tools import country
from warehouse import tables as t
from warehouse.archive import Archive
from warehouse.bulk import Arrived
from warehouse.engine import open_warehouse

FORM = form("llw-2021")


def reports(count: int) -> list[Report]:
    return [country.report(FORM, "33", name) for name in country.institutions(count)]


def loaded(tmp_path: Path, made: list[Report], at_once: int) -> tuple[int, Ingested]:
    settings = Settings(home=tmp_path)
    warehouse = open_warehouse(settings.warehouse_url)
    loader = Loader(settings, warehouse, Archive(str(tmp_path / "archive")), Ingested(), at_once)
    with warehouse.write() as connection:
        country.arrive(connection, [Arrived(one, country.receipt(one), FORM, "33") for one in made])
    for one in made:
        loader.add(one, country.receipt(one))
    loader.flush()
    with warehouse.read() as connection:
        documents = connection.execute(select(func.count()).select_from(t.document)).scalar_one()
    return documents, loader.result


def test_a_set_that_is_not_full_is_loaded_at_the_end(tmp_path: Path) -> None:
    documents, result = loaded(tmp_path, reports(7), at_once=5)
    assert documents == result.loaded == len(result.read) == 7
    assert result.campaigns == {"llw-2021"}


@pytest.mark.parametrize("at_once", [1, 4])
def test_a_reading_that_cannot_be_stored_stops_no_other(tmp_path: Path, at_once: int) -> None:
    made = reports(4)
    first, *others = made[1].observations
    made[1] = replace(made[1], observations=(replace(first, value=10**30), *others))
    documents, result = loaded(tmp_path, made, at_once)
    assert documents == 4
    assert [(name, code) for name, code, _ in result.failures] == [
        (made[1].source.name, "reading_not_stored")
    ]


def test_a_night_of_few_is_loaded_one_by_one() -> None:
    assert set_size(14) == 1
    assert set_size(1_000) > 1
