"""The published tables as one workbook: a sheet a table, the dictionary first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

_CELLS = 60_000
"""What a spreadsheet should hold in all: under a second of writing; larger tables are named only."""
_LONGEST = 32_000
_CHUNK = 2_000


def write_workbook(base: Any, rows: dict[str, int], path: Path, at: dt.datetime | None) -> None:
    """Writes the tables of ``published``, smallest first, while they fit; the others are named with
    where they lie instead. ``at`` is the date the file carries."""
    import xlsxwriter  # noqa: PLC0415

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": at or dt.datetime(2021, 1, 1, tzinfo=dt.UTC)})
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF7"})
        fitting = _fitting(base, rows)
        for name in ("data_dictionary", *(n for n in rows if n != "data_dictionary")):
            sheet = book.add_worksheet(name)
            if name in fitting:
                _fill(base, sheet, name, bold)
            else:
                sheet.write_string(
                    0,
                    0,
                    f"{rows[name]} dòng: quá dài cho bảng tính, mở tonghop.duckdb hoặc parquet/{name}.parquet",
                )


def _fitting(base: Any, rows: dict[str, int]) -> set[str]:
    left, fitting = _CELLS, set()
    for name in sorted(rows, key=lambda n: rows[n]):
        width = len(base.execute(f"describe published.{name}").fetchall())
        if rows[name] * width <= left:
            left -= rows[name] * width
            fitting.add(name)
    return fitting


def _fill(base: Any, sheet: Any, name: str, bold: Any) -> None:
    found = base.execute(f"select * from published.{name}")
    sheet.freeze_panes(1, 0)
    for column, described in enumerate(found.description):
        sheet.set_column(column, column, 18)
        sheet.write_string(0, column, described[0], bold)
    at = 1
    while chunk := found.fetchmany(_CHUNK):
        for record in chunk:
            for column, value in enumerate(record):
                _cell(sheet, at, column, value)
            at += 1


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.datetime):
        sheet.write_string(row, column, value.astimezone(dt.UTC).isoformat(sep=" "))
    else:
        sheet.write_string(row, column, str(value)[:_LONGEST])
