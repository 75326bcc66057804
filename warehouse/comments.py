"""The dictionary in the database itself: a table everywhere, comments where the engine has them."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, text

from warehouse import dictionary
from warehouse.tables_publication import data_dictionary
from warehouse.views import PUBLISHED


def columns(connection: Connection) -> dict[str, list[str]]:
    """Columns of every published table in their order; the dictionary itself comes last."""
    found = {
        name: list(connection.exec_driver_sql(f"select * from {name} where 1 = 0").keys())
        for name in PUBLISHED
    }
    return found | {"data_dictionary": [c.name for c in data_dictionary.columns]}


def describe(connection: Connection) -> None:
    """Writes the dictionary's table anew and, on PostgreSQL, a comment on each view and column."""
    entries = dictionary.rows(columns(connection))
    connection.execute(delete(data_dictionary))
    connection.execute(insert(data_dictionary), entries)
    if connection.dialect.name != "postgresql":
        return
    for name in PUBLISHED:
        connection.execute(text(f"comment on view {name} is {quoted(dictionary.TABLES[name][0])}"))
    for entry in entries:
        if entry["table_name"] in PUBLISHED:
            place = f"{entry['table_name']}.{entry['column_name']}"
            connection.execute(text(f"comment on column {place} is {quoted(entry['meaning'])}"))


def quoted(words: str) -> str:
    """An SQL literal."""
    return "'" + words.replace("'", "''").replace(":", r"\:") + "'"
