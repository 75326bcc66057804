"""Inserting what may be there already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite


def upsert(connection: Connection, table: Any, row: dict[str, Any]) -> None:
    """Inserts ``row`` unless its key is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).values(row).on_conflict_do_nothing())


def upsert_all(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    """Inserts each of ``rows`` unless its key is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)
