"""Tables laid out in halves side by side: "Nội dung | Số lượng | Nội dung | Số lượng"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.grid import Grid
from parsers.heads import role_of
from parsers.matcher import match_row
from parsers.people_rows import counts_people
from schemas.document import Cell, Table
from schemas.form import Form
from schemas.text import words

_HEADS = 3
"""Rows of a table that may be its head."""


def unfolded(grid: Grid, form: Form) -> Table | None:
    """The table with its halves one below the other; None where its head does not say the same twice.

    Where the right half says who took part in what the left half counts, each line's right half
    follows its left one; else the whole right half follows the whole left one. Cells keep their
    anchors.
    """
    width = _width(grid.texts, form)
    if width is None:
        return None
    size, head = width
    table, texts = grid.table, grid.texts
    label = max(range(size), key=lambda c: sum(len(row[c]) for row in texts[head:]))
    pairs = [
        (row, half) for row in range(head, table.rows) for half in range(table.columns // size)
    ]
    if not any(counts_people(form, row[label + size]) for row in texts[head:]):
        pairs.sort(key=lambda pair: pair[1])
    cells = [c for c in table.cells if c.row + c.row_span <= head and c.column < size]
    put = {pair: head + at for at, pair in enumerate(pairs)}
    for cell in table.cells:
        place = put.get((cell.row, cell.column // size))
        if place is not None:
            cells.append(_moved(cell, place, cell.column % size, size))
    ordered = tuple(sorted(cells, key=lambda c: (c.row, c.column)))
    return replace(table, rows=head + len(pairs), columns=size, cells=ordered)


def _moved(cell: Cell, row: int, column: int, size: int) -> Cell:
    span = min(cell.column_span, size - column)
    return replace(cell, row=row, column=column, row_span=1, column_span=span)


def _width(texts: Sequence[Sequence[str]], form: Form) -> tuple[int, int] | None:
    """The width of one half and the first row below the head, where the head repeats itself."""
    for number, row in enumerate(texts[:_HEADS]):
        heads = [words(text) for text in row]
        for size in range(2, len(heads) // 2 + 1):
            repeats = len(heads) % size == 0 and _repeats(heads, size, row, form)
            if repeats and _named(texts[number + 1 :], size, form):
                return size, number + 1
    return None


def _repeats(heads: Sequence[str], size: int, row: Sequence[str], form: Form) -> bool:
    """Whether the heads are the same in each half, a name and a measure among them."""
    halves = {tuple(heads[at : at + size]) for at in range(0, len(heads), size)}
    if len(halves) != 1 or not all(heads[:size]):
        return False
    roles = {role[0] for text in row[:size] if (role := role_of(text, form)) is not None}
    return {"label", "measure"} <= roles


def _named(rows: Sequence[Sequence[str]], size: int, form: Form) -> bool:
    """Whether each half names rows of the form, or who took part in them."""
    return all(
        any(
            match_row(form, text, None, filled=True) is not None or counts_people(form, text)
            for row in rows
            for text in row[at : at + size]
            if text and not text[:1].isdigit()
        )
        for at in range(0, len(rows[0]) if rows else 0, size)
    )
