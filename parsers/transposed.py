"""An annex on its side: the form's rows head the columns, measures or units stand in the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.grid import Grid
from parsers.heads import role_of
from parsers.matcher import match_row
from parsers.phrases import values_of
from parsers.row_places import SURE
from parsers.totals import total_column
from parsers.unheaded import is_elsewhere
from schemas.document import Cell, Table
from schemas.form import Form
from schemas.text import one_line, words

_HAS_FIGURE = re.compile(r"\d")
_PART = re.compile(r"trong do\b")
ENOUGH = 2
"""Heads that must name rows of the form."""


def upright(grid: Grid, form: Form) -> Table | None:
    """The table turned so that each row is one of the form's; None where its heads do not say so.

    Cells keep their anchors: they stand where they stood. Two heads or more must each name another
    row of the form, and more heads must than must not.
    """
    across = Grid(_turned(grid.table))
    label = _label_column(across, form)
    if label is None:
        return None
    column = _measure_column(across, label, form)
    if column is not None:
        return _gathered(across, label, column, form)
    return _of_one_line(across, label, form) or across.table


def _of_one_line(across: Grid, label: int, form: Form) -> Table | None:
    """One line of figures under heads of which two or more are surely rows of the form: its counts."""
    if across.table.columns != 2 or label != 0:
        return None
    named = [m for row in across.filled if (m := match_row(form, row[0], None, filled=True))]
    if sum(m.how in SURE for m in named) < ENOUGH:
        return None
    rows = [
        (name, {"count": figure})
        for name, figure in across.slots
        if name is not None and figure is not None and name is not figure
    ]
    return _built(across.table, {}, rows, form)


def _turned(table: Table) -> Table:
    """Rows as columns; a row of ordinals falls away with its name, as it heads nothing."""
    cells = [
        replace(c, row=c.column, column=c.row, row_span=c.column_span, column_span=c.row_span)
        for c in table.cells
    ]
    ordered = tuple(sorted(cells, key=lambda c: (c.row, c.column)))
    return replace(table, rows=table.columns, columns=table.rows, cells=ordered)


def _label_column(across: Grid, form: Form) -> int | None:
    best: tuple[int, int] | None = None
    for column in range(across.table.columns):
        said = (row[column] for row in across.filled if row[column])
        labels = [one for one in dict.fromkeys(said) if not _PART.match(words(one))]
        codes = [m.code for one in labels if (m := match_row(form, one, None, filled=True))]
        distinct = len(set(codes))
        if distinct >= ENOUGH and len(codes) == distinct and 2 * distinct > len(labels):
            best = max(best or (0, 0), (distinct, -column))
    return -best[1] if best is not None else None


def _measure_column(across: Grid, label: int, form: Form) -> int | None:
    """The column whose every text names a measure, where labels stand over several measures."""
    pairs = [(row[label], row) for row in across.filled]
    for column in range(label + 1, across.table.columns):
        told = [(name, row[column]) for name, row in pairs if row[column] not in ("", name)]
        known = sum(measure_under(told, *one, form) is not None for one in told)
        if known >= ENOUGH and 2 * known > len(told):
            return column
    return None


def measure_under(told: Sequence[tuple[str, str]], label: str, head: str, form: Form) -> str | None:
    """The measure that ``head`` names under ``label``, of the pairs ``told``; None where it names none.

    Of two heads under one label of which one is of people the other, whatever it is counted in, is
    the count: "Đơn vị | Người".
    """
    role = role_of(head, form)
    if role is not None and role[0] == "measure":
        return role[1]
    others = [other for name, other in told if name == label and other != head]
    people = [role_of(other, form) for other in others]
    beside = len(others) == 1 and people[0] is not None and people[0][1] == "people"
    return "count" if beside and not is_elsewhere(words(head), form.year) else None


def _counts_on(texts: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a column only numbers the others: "A, B, 1, 2, 3", "(1), (2), (3)"."""
    said = (row[column].strip("() ") for row in texts)
    numbers = [int(text) for text in said if text.isdigit()]
    return len(numbers) > ENOUGH and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _gathered(across: Grid, label: int, column: int, form: Form) -> Table | None:
    """One row for each label, its measures side by side under a head of their names."""
    value = _value_column(across, label, column, form)
    if value is None:
        return None
    pairs = [(row[label], row[column]) for row in across.filled]
    heads: dict[str, Cell] = {}
    rows: dict[tuple[int, str], tuple[Cell, dict[str, Cell]]] = {}
    for line in across.slots:
        name, told, figure = line[label], line[column], line[value]
        if name is None or figure is None:
            continue
        # A head that spans both lines has one measure, and its row takes whichever column holds it.
        said, apart = None, ""
        if told is not None and told is not name:
            said = measure_under(pairs, one_line(name.text), one_line(told.text), form)
            apart = one_line(told.text) if said is None else ""
        measure = said or "count"
        if told is not None and said is not None:
            heads.setdefault(measure, told)
        # What is no measure tells two rows of one head apart: "Tặng sách: TT/CN | Số quyển".
        shown = replace(name, text=f"{name.text} ({apart})") if apart else name
        rows.setdefault((id(name), apart), (shown, {}))[1].setdefault(measure, figure)
    return _built(across.table, heads, list(rows.values()), form)


def _value_column(across: Grid, label: int, column: int, form: Form) -> int | None:
    """The one column of values, or the total of several; one of units alone, "(lớp)", "(người)", is none."""
    texts, begin = across.texts, max(label, column) + 1
    values = [
        c
        for c in range(begin, across.table.columns)
        if not _counts_on(texts, c) and any(map(_HAS_FIGURE.search, values_of(texts, c)))
    ]
    if len(values) == 1:
        return values[0]
    known = (i for i, row in enumerate(texts) if match_row(form, row[label], None, filled=True))
    first = next(known, 0)
    return total_column(texts[:first], texts[first:], values, [])


def _built(
    across: Table,
    heads: dict[str, Cell],
    rows: Sequence[tuple[Cell, dict[str, Cell]]],
    form: Form,
) -> Table:
    order = [c.measure for c in form.columns if c.measure in heads or c.measure == "count"]
    cells = []
    for at, measure in enumerate(order, start=1):
        title = next(c.title for c in form.columns if c.measure == measure)
        head = heads.get(measure or "", rows[0][0])
        cells.append(_put(head, 0, at, title))
    for number, (name, figures) in enumerate(rows, start=1):
        cells.append(_put(name, number, 0))
        for at, measure in enumerate(order, start=1):
            if (figure := figures.get(measure or "")) is not None:
                cells.append(_put(figure, number, at))
    ordered = tuple(sorted(cells, key=lambda c: (c.row, c.column)))
    return replace(across, rows=len(rows) + 1, columns=len(order) + 1, cells=ordered)


def _put(cell: Cell, row: int, column: int, text: str | None = None) -> Cell:
    shown = cell.text if text is None else text
    return replace(cell, row=row, column=column, row_span=1, column_span=1, text=shown)
