"""Inserting what may be there already, and many new rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, insert
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Any, row: dict[str, Any]) -> None:
    """Inserts ``row`` unless its key is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).values(row).on_conflict_do_nothing())


def append(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """New rows at the engine's fastest: COPY on PostgreSQL, one prepared statement on SQLite.

    ``rows`` are taken one by one while PostgreSQL stores those before them: give them as they are made.
    """
    if connection.dialect.name != "postgresql":
        if together := list(rows):
            connection.execute(insert(table), together)
        return
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        return
    in_order = itemgetter(*first)
    columns = ", ".join(f'"{name}"' for name in first)
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f'copy "{table.name}" ({columns}) from stdin') as copy:
        for row in chain((first,), coming):
            copy.write_row(in_order(row))
