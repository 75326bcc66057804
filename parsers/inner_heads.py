"""Tables whose head changes on the way down, and rows whose heads name what stands under them.

"NỘI DUNG | SỐ LỚP | SỐ HỌC VIÊN", further down "NỘI DUNG | TẬP THỂ | CÁ NHÂN": each part has columns
of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.grid import Grid
from parsers.heads import role_of
from parsers.matcher import match_row
from parsers.phrases import is_count
from parsers.row_places import SURE
from schemas.document import Cell, Table
from schemas.form import Form
from schemas.text import words

_DIGIT = re.compile(r"\d")


def parted(grid: Grid, form: Form) -> Iterator[Grid]:
    """The table cut where a row repeats the head of its labels over other columns; else itself.

    Cells keep their anchors.
    """
    table = grid.table
    starts = [0, *_starts(grid, form)]
    if len(starts) == 1:
        yield grid
        return
    for start, end in zip(starts, [*starts[1:], table.rows], strict=True):
        cells = tuple(
            replace(c, row=c.row - start, row_span=min(c.row_span, end - c.row))
            for c in table.cells
            if start <= c.row < end
        )
        yield Grid(replace(table, rows=end - start, cells=cells))


def _starts(grid: Grid, form: Form) -> list[int]:
    if grid.table.rows < 4:
        return []
    first, *rest = grid.texts
    label = next((c for c, text in enumerate(first) if text and _is_label(text, form)), None)
    if label is None:
        return []
    head = first[label].casefold()
    return [
        at
        for at, row in enumerate(rest, start=1)
        if at > 1
        and row[label].casefold() == head
        and grid.slots[at][label] is not grid.slots[0][label]
        and [words(text) for text in row] != [words(text) for text in first]
        and not any(map(_DIGIT.search, row))
    ]


def _is_label(text: str, form: Form) -> bool:
    role = role_of(text, form)
    return role is not None and role[0] == "label"


def crossed(grid: Grid, form: Form) -> Table | None:
    """A row for each count of a table whose one row heads others, which its columns name: "Khen thưởng"
    under "Tập thể | Cá nhân"."""
    slots = grid.slots
    if grid.table.rows != 2 or any(map(_DIGIT.search, grid.texts[0])):
        return None
    over = [
        (at, m.code)
        for at, text in enumerate(grid.texts[1])
        if text and (m := match_row(form, text, None)) is not None and m.how in SURE
    ]
    parents = {row.parent for row in form.indicators}
    if len(over) != 1 or over[0][1] not in parents:
        return None
    label, section = over[0]
    found: list[tuple[Cell, Cell]] = []
    for column, (head, figure) in enumerate(zip(slots[0], slots[1], strict=True)):
        if column == label or head is None or figure is None or not is_count(figure.text):
            continue
        if role_of(head.text, form) is not None:
            continue  # «TT» is the column of ordinals, and no «Tập thể».
        match = match_row(form, head.text, section, filled=True)
        row = next((i for i in form.indicators if match and i.code == match.code), None)
        if row is not None and row.parent == section:
            found.append((head, figure))
    return _built(grid.table, slots[0][label], found, form) if len(found) > 1 else None


def _built(
    table: Table, head: Cell | None, found: list[tuple[Cell, Cell]], form: Form
) -> Table | None:
    if head is None:
        return None
    title = next(c.title for c in form.columns if c.measure == "count")
    cells = [_put(head, 0, 0), _put(found[0][0], 0, 1, title)]
    for at, (name, figure) in enumerate(found, start=1):
        cells += [_put(name, at, 0), _put(figure, at, 1)]
    return replace(table, rows=len(found) + 1, columns=2, cells=tuple(cells))


def _put(cell: Cell, row: int, column: int, text: str | None = None) -> Cell:
    shown = cell.text if text is None else text
    return replace(cell, row=row, column=column, row_span=1, column_span=1, text=shown)
