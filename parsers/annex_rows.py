"""The rows of an annex table with the row of the form that each names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.columns import Columns
from parsers.grid import grid_texts
from parsers.matcher import Match, is_ignored, left_for, match_row
from parsers.row_places import Named, left_over
from parsers.rows import split_label
from schemas.document import Cell, Table
from schemas.form import Form


@dataclass(slots=True)
class Row:
    """``embedded`` is a figure within the label ("Số tin bài: 35"); ``head`` says that the form's row
    only heads others; ``ignored`` that the form knows it as one that holds nothing of its own."""

    label: str
    embedded: str
    texts: Sequence[str]
    cells: Sequence[Cell | None]
    columns: Columns
    match: Match | None
    head: bool
    ignored: bool

    @property
    def figures(self) -> list[str]:
        """What its columns of numbers hold."""
        return figures_of(self.texts, self.columns)


def figures_of(texts: Sequence[str], columns: Columns) -> list[str]:
    slots = [c for c, _ in columns.measures] + list(columns.unknown)
    return [texts[c] for c in slots if re.search(r"\d", texts[c])]


def rows_of(table: Table, columns: Columns, form: Form) -> Iterator[Row]:
    """Every row below the head that has a label or figures, in order."""
    texts, grid = grid_texts(table), table.grid()
    sections = {r.code for r in form.section_rows}
    section: str | None = None
    for number in range(columns.first, table.rows):
        row = _row(texts[number], grid[number], columns, section, form)
        if row is None:
            continue
        if row.match is None:
            ordinal = _ordinal(row.texts, columns)
            section = section if not ordinal.isdigit() else None
        else:
            row.head = row.match.code in sections
            parent = None if row.head else form.indicator(row.match.code).parent
            section = parent if parent is not None else row.match.code
        yield row


def _row(
    texts: Sequence[str],
    cells: Sequence[Cell | None],
    columns: Columns,
    section: str | None,
    form: Form,
) -> Row | None:
    label = texts[columns.label]
    filled = bool(figures_of(texts, columns))
    if not label and not filled:
        return None
    bare, embedded = split_label(label)
    ordinal = _ordinal(texts, columns)
    match = match_row(form, bare, section, ordinal, filled=filled) or match_row(
        form, label, section, ordinal, filled=filled
    )
    ignored = match is None and is_ignored(form, label)
    return Row(label, embedded if not filled else "", texts, cells, columns, match, False, ignored)


def _ordinal(texts: Sequence[str], columns: Columns) -> str:
    return texts[columns.ordinal].strip(" .)") if columns.ordinal is not None else ""


def named(row: Row) -> Named:
    """What the row says of its place."""
    return Named(row.match.code, row.match.how) if row.match is not None else Named(None)


def standing(rows: Sequence[Row]) -> list[Row]:
    """The rows that count among the form's: no heads, nothing that holds nothing."""
    return [r for r in rows if not r.head and not r.ignored and (r.match or r.figures)]


def name_left_over(rows: Sequence[Row], form: Form) -> None:
    """Names the rows whose row of the form is the only one they can be, if their words allow it."""
    counted = standing(rows)
    order = [one.code for one in form.indicators]
    for at, code in left_over([named(row) for row in counted], order).items():
        counted[at].match = left_for(form, code, counted[at].label)
