"""Cells of numbers that are merged with their neighbours: what they hold may be another's as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.columns import Columns
from schemas.document import Cell

_ORDINAL = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*\s*[.)/:-]|\(\d{1,2}\))")
_FIGURE = re.compile(r"(?<![\d/.])(?!(?:19|20)\d\d(?!\d))\d")


def over_columns(cells: Sequence[Cell | None], columns: Columns) -> Iterator[Cell]:
    """The cells of a row that begin left of a column of numbers, reach into it and hold a figure:
    "Trường | 12" as one cell, or a label that its figure was merged into."""
    seen: set[int] = set()
    for column, _ in columns.measures:
        cell = cells[column]
        if cell is None or cell.column == column or not _FIGURE.search(_ORDINAL.sub("", cell.text)):
            continue
        if id(cell) not in seen:
            seen.add(id(cell))
            yield cell


def over_rows(cell: Cell, cells: Sequence[Cell | None], columns: Columns) -> bool:
    """Whether a cell stands over rows of several labels: its figure may be any one's, or all of theirs."""
    label = cells[columns.label]
    if label is None or label is cell or cell.row_span < 2:
        return False
    return cell.row < label.row or cell.row + cell.row_span > label.row + label.row_span
