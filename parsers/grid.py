"""Small views of a table that need no file format."""

from __future__ import annotations

from schemas.document import Table
from schemas.text import one_line


def grid_texts(table: Table) -> list[list[str]]:
    """The table's texts on one line each; a merged cell's text in its first column only per row."""
    out = []
    for row_number, row in enumerate(table.grid()):
        texts = []
        for column, cell in enumerate(row):
            shown = cell is not None and (cell.column == column or row_number < 4)
            texts.append(one_line(cell.text) if cell is not None and shown else "")
        out.append(texts)
    return out
