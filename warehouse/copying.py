"""One database into another, row for row, on either engine; and proof that nothing was lost."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from schemas.errors import CopyDiffers, TargetNotEmpty
from warehouse.engine import Warehouse
from warehouse.tables import metadata

_CHUNK = 1000
_OWN = "schema_state"
"""What a database knows of its own shape belongs to it and is not copied."""
_FIRST = ("blob", "decision", "account", "audit", "intake_item")
"""Where one of these holds a row, somebody works with the database."""


def tables() -> list[Table]:
    """Every table that is copied, those that others point to first."""
    return [one for one in metadata.sorted_tables if one.name != _OWN]


def fingerprints(connection: Connection) -> dict[str, dict[str, Any]]:
    """``{"table": {"rows": n, "sha256": …}}``; the same on every engine for the same content."""
    return {one.name: _fingerprint(connection, one) for one in tables()}


def _fingerprint(connection: Connection, table: Table) -> dict[str, Any]:
    made, rows = hashlib.sha256(), 0
    for chunk in _chunks(connection, table):
        for row in chunk:
            rows += 1
            made.update(json.dumps([_plain(v) for v in row.values()], ensure_ascii=False).encode())
    return {"rows": rows, "sha256": made.hexdigest()}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return aware.astimezone(dt.UTC).isoformat()
    if isinstance(value, bool):
        return int(value)
    if value is None or isinstance(value, int | float | str):
        return value
    return str(value)


def _chunks(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """Rows in the order of the key. Text keys are ordered by their bytes on every engine."""
    collation = "C" if connection.dialect.name == "postgresql" else "BINARY"
    keys = [
        k.collate(collation) if k.type.python_type is str else k for k in table.primary_key.columns
    ]
    streamed = connection.execution_options(yield_per=_CHUNK)
    result = streamed.execute(select(table).order_by(*keys))
    for part in result.mappings().partitions(_CHUNK):
        yield [dict(row) for row in part]


def copy_all(
    source: Connection, target: Warehouse, progress: Callable[[str], None]
) -> dict[str, int]:
    """Every row of ``source`` into ``target``, in one transaction, compared afterwards.

    Rows of each table. Raises TargetNotEmpty where somebody works with the target already,
    CopyDiffers where what arrived is not what was sent; nothing is changed then.
    """
    with target.write() as connection:
        _require_empty(connection)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("pragma defer_foreign_keys=on")
        for table in reversed(tables()):
            # What a database is born with; a journal that must not be emptied holds nothing yet.
            if connection.execute(select(table).limit(1)).first() is not None:
                connection.execute(table.delete())
        for table in tables():
            for chunk in _chunks(source, table):
                connection.execute(insert(table), chunk)
            progress(f"{table.name}: đã chép")
        _settle_sequences(connection)
        sent, arrived = fingerprints(source), fingerprints(connection)
        wrong = sorted(name for name in sent if sent[name] != arrived[name])
        if wrong:
            raise CopyDiffers(detail=", ".join(wrong))
    return {name: int(one["rows"]) for name, one in arrived.items()}


def _require_empty(connection: Connection) -> None:
    for name in _FIRST:
        table = metadata.tables.get(name)
        if table is None:
            continue
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise TargetNotEmpty(detail=name)


def _settle_sequences(connection: Connection) -> None:
    """New rows go on after the copied ones; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        for column in table.primary_key.columns:
            query = text("select pg_get_serial_sequence(:t, :c)")
            name = connection.execute(query, {"t": table.name, "c": column.name}).scalar()
            if name is not None:
                last = select(func.max(column)).scalar_subquery()
                connection.execute(select(func.setval(name, func.coalesce(last, 1))))
