"""Opening a warehouse: SQLite by default, PostgreSQL by address; migrated to today's schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from schemas.errors import ConfigurationError, WarehouseError
from warehouse.schema import is_current, migrate


class Warehouse:
    """An engine with two ways in: ``read`` and ``write``."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that changes nothing."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction. Writers follow one another: which report of a unit counts, and the chain
        of decisions, depend on what the others wrote. SQLite takes its write lock at once, so that
        none fails later; PostgreSQL takes a lock that ends with the transaction."""
        with (
            self.engine.connect().execution_options(tonghop_write=True) as connection,
            connection.begin(),
        ):
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("select pg_advisory_xact_lock(7269)")
            yield connection

    def dispose(self) -> None:
        self.engine.dispose()


def open_warehouse(url: str) -> Warehouse:
    """Opens and migrates. Raises ConfigurationError for a bad address, WarehouseError else."""
    try:
        address = make_url(url)
        if address.drivername in {"postgresql", "postgres"}:
            address = address.set(drivername="postgresql+psycopg")
        address.get_dialect()
    except ArgumentError as error:
        raise ConfigurationError(name="TONGHOP_DATABASE_URL", detail=str(error)) from error
    sqlite = address.get_backend_name() == "sqlite"
    if sqlite and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)
    if sqlite:
        _tune_sqlite(engine)
    warehouse = Warehouse(engine)
    try:
        _migrate(warehouse)
    except OperationalError as error:
        raise WarehouseError(
            name=address.render_as_string(hide_password=True), detail=str(error.orig)
        ) from error
    return warehouse


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        cursor = raw.cursor()
        for pragma in (
            "busy_timeout=30000",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("tonghop_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(warehouse: Warehouse) -> None:
    if is_current(warehouse.engine):
        return
    with warehouse.write() as connection:
        # Another process may have migrated while this one waited for the lock: then nothing changes.
        migrate(connection)
