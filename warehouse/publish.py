"""What analysts open: DuckDB, Parquet and XLSX under the same names, and files for other systems.

All of it is one edition (``warehouse.edition``): it appears whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from schemas.errors import PublishingFailed
from warehouse import dictionary, exchange
from warehouse.edition import MANIFEST, edition, file_hashes, hash_of
from warehouse.publish_xlsx import write_workbook
from warehouse.staging import literal, stage
from warehouse.views import PUBLISHED

Progress = Callable[[str], None]
_BUDGET: dict[str, Any] = {
    "memory_limit": "560MB",  # with 400 the country runs out of it; the process stays below 1 GB
    "threads": 2,
    "autoinstall_known_extensions": False,
}


@dataclass(frozen=True, slots=True)
class Published:
    """Where the files lie, how many rows each table has, and what the edition is known by."""

    out: Path
    rows: dict[str, int]
    content_hash: str = ""
    campaign: str | None = None
    as_of: dt.datetime | None = None
    files: dict[str, str] | None = None
    parser_versions: tuple[str, ...] = ()


def publish(
    connection: Connection,
    campaign: str | None,
    out: Path,
    *,
    also: Callable[[Path], None] | None = None,
    progress: Progress = lambda _: None,
    keep: int = 30,
) -> Published:
    """Writes one edition into ``out``; ``also`` adds files to the same edition.

    ``connection`` should be a snapshot (``Warehouse.snapshot``), so that all tables are of one
    moment. The same warehouse gives the same bytes, the DuckDB file's identity apart. Raises
    PublishingFailed where it cannot be written; the edition before then stands untouched.
    """
    import duckdb  # noqa: PLC0415
    from xlsxwriter.exceptions import XlsxWriterException  # noqa: PLC0415

    out.mkdir(parents=True, exist_ok=True)
    at = as_of(connection)
    try:
        with edition(out, keep=keep) as folder:
            rows = _tables(connection, campaign, folder, at, progress)
            if also is not None:
                also(folder)
            made = _signed(connection, campaign, out, folder, at, rows)
    except (OSError, duckdb.Error, XlsxWriterException) as error:
        raise PublishingFailed(name=str(out), detail=str(error)) from error
    return made


def as_of(connection: Connection) -> dt.datetime | None:
    """The newest event that the warehouse knows, UTC: an arrival, a reading or a decision."""
    events = (("receipt", "received_at"), ("extraction", "read_at"), ("decision", "decided_at"))
    found = [
        connection.execute(text(f"select max({column}) from {table}")).scalar()
        for table, column in events
    ]
    return max((_utc(value) for value in found if value is not None), default=None)


def _utc(value: Any) -> dt.datetime:
    at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)


def _tables(
    connection: Connection,
    campaign: str | None,
    folder: Path,
    at: dt.datetime | None,
    progress: Progress,
) -> dict[str, int]:
    import duckdb  # noqa: PLC0415

    work = folder / "work.duckdb"
    options = _BUDGET | {"temp_directory": str(folder / "spill")}
    with duckdb.connect(str(work), config=options) as base:
        base.execute("set timezone = 'UTC'")
        # Standard output is for data: DuckDB would draw its progress there.
        base.execute("set enable_progress_bar = false")
        progress("đọc kho dữ liệu …")
        stage(connection, base, campaign)
        base.execute(f"attach '{_path(folder / 'tonghop.duckdb')}' as published")
        (folder / "parquet").mkdir()
        rows = {}
        for name in (*PUBLISHED, "data_dictionary"):
            rows[name] = _table(base, name, campaign, folder)
            progress(f"{name}: {rows[name]} dòng")
        exchange.write(base, folder)
        write_workbook(base, rows, folder / "tonghop.xlsx", at)
        base.execute("detach published")
    work.unlink()
    (folder / "work.duckdb.wal").unlink(missing_ok=True)
    return rows


def _table(base: Any, name: str, campaign: str | None, folder: Path) -> int:
    """One table into the published file and into Parquet, each with its dictionary."""
    if name == "data_dictionary":
        _dictionary(base)
        chosen = "select * from dictionary"
    else:
        chosen = f"select * from {name}"
        if campaign is not None and "campaign" in _columns(base, name):
            chosen += f" where campaign = {literal(campaign)}"
        chosen += " order by all"
    base.execute(f"create table published.{name} as {chosen}")
    columns = _columns(base, f"published.{name}")
    meaning = dictionary.TABLES.get(name, ("", ""))[0]
    base.execute(f"comment on table published.{name} is {literal(meaning)}")
    meanings = {column: dictionary.describe(name, column).meaning for column in columns}
    for column, words in meanings.items():
        base.execute(f'comment on column published.{name}."{column}" is {literal(words)}')
    notes = f"{{description: {literal(meaning)}, columns: {literal(json.dumps(meanings, ensure_ascii=False))}}}"
    base.execute(
        f"copy published.{name} to '{_path(folder / 'parquet' / (name + '.parquet'))}'"
        f" (format parquet, compression zstd, kv_metadata {notes})"
    )
    return int(base.execute(f"select count(*) from published.{name}").fetchone()[0])


def _dictionary(base: Any) -> None:
    import pyarrow as pa  # noqa: PLC0415

    tables = {name: _columns(base, f"published.{name}") for name in PUBLISHED}
    tables["data_dictionary"] = list(dictionary.Entry.__dataclass_fields__)
    base.register("incoming", pa.Table.from_pylist(dictionary.rows(tables)))
    base.execute("create table dictionary as select * from incoming")
    base.unregister("incoming")


def _columns(base: Any, name: str) -> list[str]:
    return [row[0] for row in base.execute(f"describe {name}").fetchall()]


def _signed(
    connection: Connection,
    campaign: str | None,
    out: Path,
    folder: Path,
    at: dt.datetime | None,
    rows: dict[str, int],
) -> Published:
    versions = tuple(
        row[0]
        for row in connection.execute(
            text("select distinct parser_version from extraction order by parser_version")
        )
    )
    files = file_hashes(folder)
    made = Published(out, rows, hash_of(files), campaign, at, files, versions)
    manifest = {
        "content_hash": made.content_hash,
        "campaign": campaign,
        "as_of": at.isoformat() if at else None,
        "rows": rows,
        "files": files,
        "parser_versions": versions,
    }
    text_ = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text_, encoding="utf-8")
    return made


def _path(path: Path) -> str:
    return str(path).replace("'", "''")
