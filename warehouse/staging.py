"""The warehouse's tables copied into DuckDB in chunks, and the views made over them.

Only the tables and columns that published views name are copied, and of what was read only the
readings that count; never users, never originals. The views run from the same texts as in the
database.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    Table,
)

from warehouse.tables import metadata
from warehouse.views import ALL, PUBLISHED

_CHUNK = 20_000
# Of the counted cells the views ask only which wholes were added up from parts.
_ONLY = {"current_observation": "from_parts = (1 = 1)"}
_READING = {
    "observation": "extraction_id",
    "narrative": "extraction_id",
    "reference": "extraction_id",
    "extraction": "id",
}
_DECIDED = ("decided", "decided_field", "decided_narrative", "decided_reference", "overridden_cell")
_KEPT = frozenset({"effective_value", "reporting_status"})
"""Views that many others stand on: for one campaign worked out once and kept as tables; for all of
them they would take more memory than time is worth."""
_NAME = re.compile(r"create view (\w+) as")
_WORD = re.compile(r"\w+")


def views_needed(published: Sequence[str] = PUBLISHED) -> list[str]:
    """Texts of the published views and of those they stand on, in order."""
    texts = {_named(text): text for text in ALL}
    wanted, ahead = set(), list(published)
    while ahead:
        name = ahead.pop()
        if name not in wanted:
            wanted.add(name)
            ahead += [w for w in _WORD.findall(texts[name]) if w in texts and w not in wanted]
    return [text for name, text in texts.items() if name in wanted]


def _named(text: str) -> str:
    found = _NAME.search(text)
    if found is None:
        raise ValueError(text[:60])
    return found.group(1)


def stage(connection: Connection, base: Any, campaign: str | None = None) -> None:
    """Fills ``base`` (a DuckDB connection) with the tables that the views need, and makes the views.

    With ``campaign`` what documents of other campaigns say is left out; the documents themselves
    stay, as reporting rates go over all campaigns.
    """
    texts = views_needed()
    named = set(_WORD.findall(" ".join(texts)))
    for table in metadata.sorted_tables:
        if table.name in named:
            columns = [c for c in table.columns if c.name in named]
            _copy(connection, base, table, columns, _asked(table.name, campaign))
    for text in texts:
        base.execute(text if campaign is None else _kept(text))


def _kept(text: str) -> str:
    kind = "table" if _named(text) in _KEPT else "view"
    return text.replace("create view", f"create {kind}", 1)


def _asked(name: str, campaign: str | None) -> str:
    """The condition on the rows of table ``name`` that are copied; "" for all."""
    own = "" if campaign is None else f" where campaign = {literal(campaign)}"
    if name in _READING:
        return f"{_READING[name]} in (select extraction_id from document{own})"
    if name in _DECIDED and own:
        return f"sha256 in (select sha256 from document{own})"
    return _ONLY.get(name, "")


def literal(words: str) -> str:
    """``words`` as SQL text."""
    return "'" + words.replace("'", "''") + "'"


def _copy(
    connection: Connection, base: Any, table: Table, columns: list[Column[Any]], asked: str
) -> None:
    typed = ", ".join(f'"{c.name}" {_type(c)}' for c in columns)
    base.execute(f"create table {table.name} ({typed})")
    casts = ", ".join(f'cast("{c.name}" as {_type(c)})' for c in columns)
    names = ", ".join(f'"{c.name}"' for c in columns)
    where = f" where {asked}" if asked else ""
    query = f'select {names} from "{table.name}"{where}'
    if connection.dialect.name == "postgresql":
        _copy_text(connection, base, query, f"insert into {table.name} select {casts} from ")
        return
    for chunk in _chunks(connection, query, columns):
        base.register("incoming", chunk)
        base.execute(f"insert into {table.name} select {casts} from incoming")
        base.unregister("incoming")


def _copy_text(connection: Connection, base: Any, query: str, insert: str) -> None:
    """PostgreSQL writes CSV faster than rows can be made in Python; NULL is bare, empty text quoted."""
    raw: Any = connection.connection.driver_connection
    with tempfile.NamedTemporaryFile(dir=_beside(base), suffix=".csv") as file:
        with (
            raw.cursor() as cursor,
            cursor.copy(f"copy ({query}) to stdout (format csv, header)") as out,
        ):
            for block in out:
                file.write(block)
        file.flush()
        options = "all_varchar=true, header=true, nullstr='', allow_quoted_nulls=false, quote='\"', escape='\"', delim=',', parallel=false, strict_mode=true, max_line_size=20000000"
        base.execute(f"{insert} read_csv('{file.name}', {options})")


def _beside(base: Any) -> str | None:
    """The folder of the DuckDB file, so that what is copied needs no room elsewhere."""
    path = base.execute("select path from duckdb_databases() where not internal").fetchone()[0]
    return str(Path(path).parent) if path else None


def _chunks(connection: Connection, query: str, columns: list[Column[Any]]) -> Iterator[Any]:
    """Arrow tables of up to 20,000 rows, so that the size of the warehouse does not matter."""
    import pyarrow as pa  # noqa: PLC0415

    raw: Any = connection.connection.driver_connection
    cursor = raw.cursor()
    try:
        cursor.execute(query)
        while rows := cursor.fetchmany(_CHUNK):
            values = [_array(pa, v) for v in zip(*rows, strict=True)]
            yield pa.table(dict(zip([c.name for c in columns], values, strict=True)))
    finally:
        cursor.close()


def _array(pa: Any, values: tuple[Any, ...]) -> Any:
    """SQLite gives dates as text and truth as 0 or 1; the cast on the way in settles both."""
    found = pa.array(values)
    return found.cast(pa.string()) if pa.types.is_null(found.type) else found


def _type(column: Column[Any]) -> str:
    kinds: tuple[tuple[Any, str], ...] = (
        (Boolean, "boolean"),
        (DateTime, "timestamp with time zone"),
        (Date, "date"),
        (Float, "double"),
        (BigInteger, "bigint"),
        (Integer, "integer"),
    )
    return next((name for kind, name in kinds if isinstance(column.type, kind)), "varchar")
