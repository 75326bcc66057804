"""Opening a warehouse: SQLite by default, PostgreSQL by address; migrated to today's schema."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError

from schemas.errors import ConfigurationError, WarehouseError, WarehouseFull, WarehouseUnavailable
from warehouse.schema import is_current, migrate

T = TypeVar("T")
PATIENCE = 120.0
"""Seconds a run waits for a database that is stopped, restarted or locked."""
_FULL = ("53100", "53200", "SQLITE_FULL", "SQLITE_IOERR_WRITE")


class Warehouse:
    """An engine with two ways in: ``read`` and ``write``.

    Both raise WarehouseUnavailable where the database is gone or locked, WarehouseFull where it
    has no room; what was begun is then undone.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # SQLite lets writers try again and again; threads of one process wait in line instead.
        here = engine.dialect.name == "sqlite"
        self._turn: AbstractContextManager[Any] = Lock() if here else nullcontext()

    def patiently(self, work: Callable[[Connection], T], seconds: float = PATIENCE) -> T:
        """``work`` in one write transaction, again and again while the database is away.

        ``work`` must be such that doing it twice changes nothing more: a connection may break
        after the commit and before its answer.
        """
        until = time.monotonic() + seconds
        pause = 0.2
        while True:
            try:
                with self.write() as connection:
                    return work(connection)
            except WarehouseUnavailable:
                if time.monotonic() > until:
                    raise
            time.sleep(pause)
            pause = min(pause * 2, 5.0)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that changes nothing."""
        with _named(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one moment however long it reads."""
        options: dict[str, Any] = {}
        if self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with (
            _named(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction. Writers follow one another: which report of a unit counts, and the chain
        of decisions, depend on what the others wrote. SQLite takes its write lock at once, so that
        none fails later; PostgreSQL takes a lock that ends with the transaction."""
        with (
            _named(),
            self._turn,
            self.engine.connect().execution_options(tonghop_write=True) as connection,
            connection.begin(),
        ):
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("select pg_advisory_xact_lock(7269)")
            yield connection

    def dispose(self) -> None:
        self.engine.dispose()


@contextmanager
def _named() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise _failure(error) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _failure(error) from error
        raise


def _failure(error: DBAPIError) -> WarehouseError:
    raw: Any = error.orig
    code = getattr(raw, "sqlstate", None) or getattr(raw, "sqlite_errorname", "")
    kind = WarehouseFull if code in _FULL else WarehouseUnavailable
    return kind(detail=str(raw).splitlines()[0][:200] if str(raw) else str(code))


def open_patiently(
    url: str,
    seconds: float = PATIENCE,
    say: Callable[[WarehouseUnavailable], None] = lambda _: None,
) -> Warehouse:
    """As ``open_warehouse``, for what nobody watches: a database that is still starting, as after a
    power cut, is waited for; ``say`` is given, once, what is waited for."""
    until = time.monotonic() + seconds
    told = False
    while True:
        try:
            return open_warehouse(url)
        except WarehouseUnavailable as error:
            if time.monotonic() > until:
                raise
            if not told:
                told = True
                say(error)
        time.sleep(1)


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
    spoken = {} if sqlite else {"client_encoding": "utf8"}
    engine = create_engine(address, pool_pre_ping=not sqlite, connect_args=spoken)
    if sqlite:
        _tune_sqlite(engine)
    else:
        _want_utf8(engine)
    warehouse = Warehouse(engine)
    try:
        _migrate(warehouse)
    except WarehouseUnavailable as error:
        raise WarehouseUnavailable(
            name=address.render_as_string(hide_password=True), detail=error.detail
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


def _want_utf8(engine: Engine) -> None:
    """A database made where no language was set keeps bytes, and sorts and folds none of ours."""

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: Any) -> None:
        kept = raw.info.parameter_status("server_encoding")
        if kept != "UTF8":
            raise ConfigurationError(
                name="TONGHOP_DATABASE_URL",
                detail=f"cơ sở dữ liệu mã hoá {kept}; tạo lại: createdb -E UTF8 -T template0",
            )


def _migrate(warehouse: Warehouse) -> None:
    with _named():
        if is_current(warehouse.engine):
            return
    with warehouse.write() as connection:
        # Another process may have migrated while this one waited for the lock: then nothing changes.
        migrate(connection)
