"""Loading in sets writes what loading one by one writes, row for row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from schemas.catalog import form
from schemas.registry_index import admin_units
from schemas.report import Report, Status
from tools import country
from tools.country import hand_in, hand_in_many
from warehouse import rollup
from warehouse.bulk import Arrived
from warehouse.engine import Warehouse, open_warehouse
from warehouse.tables import metadata

FORM = form("llw-2021")
UNITS = admin_units()
_MOMENTS = {"read_at", "recorded_at", "id", "extraction_id"}


def batch() -> list[Report]:
    """New reports, one twice, one of a unit that is there already, one that failed, one without figures."""
    schools = [country.report(FORM, "33", name) for name in country.institutions(5)]
    again = country.report(FORM, "33", country.institutions(5)[2], version=1)
    failed = replace(country.report(FORM, "33", "Trường THPT Hỏng"), status=Status.FAILED)
    empty = replace(country.report(FORM, "33", "Trường THPT Rỗng"), observations=())
    return [*schools, schools[1], again, failed, empty]


def rows(warehouse: Warehouse) -> dict[str, list[tuple[Any, ...]]]:
    out = {}
    with warehouse.read() as connection:
        for table in metadata.sorted_tables:
            columns = [c for c in table.columns if c.name not in _MOMENTS]
            found = connection.execute(select(*columns)).all()
            out[table.name] = sorted(
                tuple(str(v).removesuffix("+00:00") for v in row) for row in found
            )
    return out


def arrived(one: Report) -> Arrived:
    return Arrived(one, country.receipt(one), FORM, "33")


def test_the_same_rows_as_one_by_one(warehouse: Warehouse, tmp_path: Path) -> None:
    other = open_warehouse(f"sqlite:///{tmp_path / 'other.sqlite'}")
    for one in batch():
        with other.write() as connection:
            hand_in(connection, one, country.receipt(one), "1", FORM, UNITS, "33")
    with warehouse.write() as connection:
        assert hand_in_many(connection, [arrived(one) for one in batch()], "1", UNITS) == 8
    expected, found = rows(other), rows(warehouse)
    for name, table in expected.items():
        assert found[name] == table, name
    with warehouse.read() as connection:
        assert rollup.drift(connection) == []


def test_loading_goes_on_after_a_batch(warehouse: Warehouse) -> None:
    """Identities given out by the batch are not given out again."""
    with warehouse.write() as connection:
        hand_in_many(connection, [arrived(one) for one in batch()[:3]], "1", UNITS)
    later = country.report(FORM, "33", "Trường THPT Sau")
    with warehouse.write() as connection:
        assert hand_in(connection, later, country.receipt(later), "1", FORM, UNITS, "33").new
        assert hand_in_many(connection, [arrived(later)], "1", UNITS) == 0
        assert hand_in_many(connection, [arrived(batch()[4])], "1", UNITS) == 1
