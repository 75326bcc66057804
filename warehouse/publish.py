"""What analysts open: a DuckDB file, Parquet and XLSX under the same names, written atomically."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from schemas.errors import WarehouseError
from warehouse import dictionary, queries
from warehouse.views import PUBLISHED


@dataclass(frozen=True, slots=True)
class Published:
    """Where the files lie, and how many rows each table has."""

    out: Path
    rows: dict[str, int]


def publish(connection: Connection, campaign: str | None, out: Path) -> Published:
    """Writes everything beside its place and then renames; a failure leaves the old files whole."""
    import duckdb  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    from xlsxwriter.exceptions import XlsxWriterException  # noqa: PLC0415

    frames: dict[str, Any] = {}
    for name in PUBLISHED:
        frames[name] = pd.DataFrame(
            queries.view(connection, name, campaign), columns=_columns(connection, name)
        )
    frames["data_dictionary"] = pd.DataFrame(
        dictionary.rows({n: list(f.columns) for n, f in frames.items()})
    )
    for frame in frames.values():
        _settle_types(frame)
    out.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=out, prefix=".publish-"))
    try:
        _duckdb(frames, work)
        _xlsx(frames, work / "tonghop.xlsx")
        _rename(work, out)
    except (OSError, duckdb.Error, XlsxWriterException) as error:
        raise WarehouseError(name=str(out), detail=str(error)) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Published(out, {name: len(frame) for name, frame in frames.items()})


def _columns(connection: Connection, name: str) -> list[str]:
    return list(connection.exec_driver_sql(f"select * from {name} where 1 = 0").keys())


_INTEGERS = {"value", "reports", "page", "table_index", "row_index", "column_index"}
_FLOATS = {"confidence", "x0", "top", "x1", "bottom"}
_FLAGS = {"provisional", "needs_review"}


def _settle_types(frame: Any) -> None:
    """Gives every column one type on every engine, also where it is empty."""
    import pandas as pd  # noqa: PLC0415

    for column in frame.columns:
        if column in _INTEGERS and "rule" not in frame.columns:
            frame[column] = pd.to_numeric(frame[column]).astype("Int64")
        elif column in _FLOATS:
            frame[column] = pd.to_numeric(frame[column]).astype("Float64")
        elif column in _FLAGS:
            frame[column] = frame[column].astype("boolean")
        elif column == "issued_on":
            frame[column] = (
                frame[column].map(lambda v: None if pd.isna(v) else str(v)[:10]).astype("string")
            )
        elif column in {"received_at", "decided_at", "opened_at"}:
            frame[column] = pd.to_datetime(frame[column], utc=True).astype("datetime64[us, UTC]")
        else:
            frame[column] = frame[column].astype("string")


def _duckdb(frames: dict[str, Any], work: Path) -> None:
    import duckdb  # noqa: PLC0415

    (work / "parquet").mkdir()
    base = duckdb.connect(str(work / "tonghop.duckdb"))
    try:
        base.execute("set timezone = 'UTC'")
        for name, frame in frames.items():
            base.register("incoming", frame)
            base.execute(f"create table {name} as select * from incoming")
            base.unregister("incoming")
            if name in dictionary.TABLES:
                base.execute(
                    f"comment on table {name} is '{dictionary.TABLES[name].replace(chr(39), chr(39) * 2)}'"
                )
            base.execute(
                f"copy {name} to '{work / 'parquet' / (name + '.parquet')}' (format parquet, compression zstd)"
            )
    finally:
        base.close()


def _xlsx(frames: dict[str, Any], path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415

    options = {"strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7"})
        for name, frame in frames.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(frame.columns):
                sheet.write_string(0, column, title, bold)
                sheet.set_column(column, column, 18)
            for row, record in enumerate(frame.itertuples(index=False), 1):
                for column, value in enumerate(record):
                    _cell(sheet, row, column, value)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or str(value) in {"<NA>", "NaT", "nan"}:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif hasattr(value, "isoformat"):
        sheet.write_string(row, column, value.isoformat())
    elif isinstance(value, str):
        sheet.write_string(row, column, value[:32000])
    else:
        sheet.write_number(row, column, float(value))


def _rename(work: Path, out: Path) -> None:
    (out / "parquet").mkdir(exist_ok=True)
    for path in sorted(work.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
            path.replace(out / path.relative_to(work))
