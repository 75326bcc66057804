"""The same tests on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.engine import Warehouse, open_warehouse


@pytest.fixture(params=["sqlite", "postgresql"])
def warehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Warehouse]:
    if request.param == "sqlite":
        made = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")
    else:
        import psycopg

        uri = request.getfixturevalue("postgres")
        name = f"t{abs(hash(str(tmp_path)))}"
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f"create database {name}")
        made = open_warehouse(uri.replace("/postgres?", f"/{name}?"))
    yield made
    made.dispose()
