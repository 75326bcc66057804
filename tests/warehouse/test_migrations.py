"""A database of an older version with data in it comes up to date and loses nothing."""

from __future__ import annotations

import datetime as dt

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, select, text

from warehouse import tables as t
from warehouse.engine import Warehouse
from warehouse.schema import _config, is_current, migrate


def test_migrations_make_the_tables_that_the_code_describes(warehouse: Warehouse) -> None:
    with warehouse.read() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": t.metadata})
        assert compare_metadata(context, t.metadata) == []


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(_config()).get_heads()) == 1


def test_an_older_database_keeps_its_data(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        for view in inspect(connection).get_view_names():
            cascade = "cascade" if connection.dialect.name == "postgresql" else ""
            connection.execute(text(f"drop view if exists {view} {cascade}"))
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("pragma defer_foreign_keys=on")
        t.metadata.drop_all(connection)
        connection.execute(text("drop table alembic_version"))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = {"sha256": "a" * 64, "size": 1, "first_seen_at": dt.datetime.now(dt.UTC)}
        connection.execute(insert(t.blob).values(**row))
    assert not is_current(warehouse.engine)
    with warehouse.write() as connection:
        migrate(connection)
    assert is_current(warehouse.engine)
    with warehouse.read() as connection:
        assert connection.execute(select(t.blob.c.sha256)).scalar_one() == "a" * 64
        assert connection.execute(text("select count(*) from province_annex")).scalar_one() == 0
