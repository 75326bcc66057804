"""A table as slots and lines of text, each worked out once; needs no file format."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from schemas.document import Cell, Table
from schemas.text import one_line

_HEAD = 4
"""Rows that may be a table's head: what is merged there is said of every column it covers."""


class Grid:
    """``table`` seen as rows x columns."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @cached_property
    def slots(self) -> list[list[Cell | None]]:
        """The cells; a merged one stands in every slot that it covers."""
        return self.table.grid()

    @cached_property
    def filled(self) -> list[list[str]]:
        """The texts on one line each, a merged cell's in every slot that it covers."""
        lines = {id(cell): one_line(cell.text) for cell in self.table.cells}
        return [[lines[id(cell)] if cell is not None else "" for cell in row] for row in self.slots]

    @cached_property
    def texts(self) -> list[list[str]]:
        """The texts on one line each, below the head a merged cell's in its first column only."""
        return [
            [
                text if cell is None or number < _HEAD or cell.column == column else ""
                for column, (text, cell) in enumerate(zip(texts, slots, strict=True))
            ]
            for number, (texts, slots) in enumerate(zip(self.filled, self.slots, strict=True))
        ]


def said_in(cells: Sequence[Cell | None], column: int | None) -> str:
    """What a row's ``cells`` say in ``column``, on one line; nothing where there is no such column."""
    cell = cells[column] if column is not None else None
    return one_line(cell.text) if cell is not None else ""
