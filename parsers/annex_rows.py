"""The rows of an annex table with the row of the form that each names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.columns import Columns
from parsers.grid import Grid, said_in
from parsers.matcher import Match, is_ignored, left_for, match_row
from parsers.people_rows import PEOPLE, form_row, has_people, people_of
from parsers.phrases import PEOPLE as PEOPLE_UNIT
from parsers.row_places import SURE, Named, left_over
from parsers.row_units import bare_unit, by_unit
from parsers.rows import split_label
from parsers.sub_rows import counts_of
from schemas.document import Cell
from schemas.form import Form
from schemas.numbers import parse_count, split_pair
from schemas.text import words

_BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)")
_THEREOF = re.compile(r"\W*trong đó\b\W*(\w.*)", re.IGNORECASE | re.DOTALL)


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
    figures: list[str]
    """What its columns of numbers hold."""

    @property
    def of_people(self) -> bool:
        """Whether it only says how many people took part in what another row counts."""
        return self.match is not None and self.match.how in ("people", "beside")

    @property
    def only_people(self) -> bool:
        """Whether its table has a column for people and none for what they took part in."""
        return {measure for _, measure in self.columns.measures} == {PEOPLE}

    @property
    def unit(self) -> str:
        """What its column of units says."""
        return said_in(self.cells, self.columns.unit)

    @property
    def names_only(self) -> bool:
        """Whether it holds no figure and no unit: it may only name what the rows below it count."""
        return not self.figures and not self.embedded and not self.unit


def figures_of(texts: Sequence[str], columns: Columns) -> list[str]:
    slots = [c for c, _ in columns.measures] + list(columns.unknown)
    return [texts[c] for c in slots if re.search(r"\d", texts[c])]


def rows_of(grid: Grid, columns: Columns, form: Form, section: str | None = None) -> Iterator[Row]:
    """Every row below the head that has a label or figures, in order; ``section`` is what a heading
    above the table names."""
    texts, slots = grid.texts, grid.slots
    sections = {r.code for r in form.section_rows}
    before: str | None = None
    wholes = {i.code for i in form.indicators if i.parts}
    listing = False
    over: Row | None = None
    for number in range(columns.first, grid.table.rows):
        section = _section(said_in(slots[number], columns.group), form) or section
        part = _THEREOF.match(said_in(slots[number], columns.label))
        listing = part is not None and (listing or before in wholes)
        said = part[1] if part is not None and listing else None
        row = _row(texts[number], slots[number], columns, section, form, said)
        if row is None:
            continue
        above = slots[number - 1][columns.label] if number > columns.first else None
        same = row.cells[columns.label] is above or not row.label
        row.match = _of_people(row, before, form, same=same) or row.match
        over = _under(over, row, form)
        before = row.match.code if row.match is not None else None
        if row.match is None:
            ordinal = _ordinal(row.texts, columns)
            section = section if not ordinal.isdigit() else None
        else:
            row.head = row.match.code in sections
            parent = None if row.head else form.indicator(row.match.code).parent
            section = parent if parent is not None else row.match.code
        yield row


def _under(over: Row | None, row: Row, form: Form) -> Row | None:
    """The row that names what ``row`` and those below it count, which takes its name from it."""
    if over is not None and over.match is not None:
        found = counts_of(form, over.match, row.label) if row.figures else None
        if found is not None:
            row.match, over.head = found, True
            return over
        if over.head and row.of_people and row.match and row.match.code == over.match.code:
            sure = over.match.how in SURE
            row.match = replace(row.match, how=row.match.how if sure else "people")
            return over
    return row if row.match is not None and row.names_only else None


def _row(
    texts: Sequence[str],
    cells: Sequence[Cell | None],
    columns: Columns,
    section: str | None,
    form: Form,
    said: str | None,
) -> Row | None:
    """One row; ``said`` is its label without "Trong đó:", where it lists a part of the whole above."""
    texts = [
        text if cell is not None and cell.column == column else ""
        for column, (text, cell) in enumerate(zip(texts, cells, strict=True))
    ]
    # One cell may be the whole row: "A. Bồi dưỡng, tập huấn".
    label = said_in(cells, columns.label)
    figures = figures_of(texts, columns)
    filled = bool(figures)
    if not label and not filled:
        return None
    bare, embedded = split_label(label)
    bare = said or bare
    ordinal = _ordinal(texts, columns)
    group = said_in(cells, columns.group)
    tried = [bare, *([] if said else [label]), *([f"{group} {bare}"] if group else [])]
    found = [match_row(form, one, section, ordinal, filled=filled) for one in tried]
    named_ones = [one for one in found if one is not None]
    match = next((m for m in named_ones if m.how in SURE), next(iter(named_ones), None))
    match = _behind_colon(form, label, section, match)
    if filled:
        match = _within(form, label) or match
        match = by_unit(form, bare, said_in(cells, columns.unit), match)
    ignored = match is None and is_ignored(form, label)
    return Row(
        label, embedded if not filled else "", texts, cells, columns, match, False, ignored, figures
    )


def _behind_colon(form: Form, label: str, section: str | None, match: Match | None) -> Match | None:
    """``match``, or the row that what stands behind a colon is a wording of: "Tuyên truyền: số tin bài"."""
    tail = label.rpartition(":")[2].strip()
    if not tail or tail == label.strip() or (match is not None and match.how in SURE):
        return match
    found = match_row(form, tail, section, filled=True)
    return found if found is not None and found.how in ("exact", "alias") else match


def _within(form: Form, label: str) -> Match | None:
    """The row that brackets name under the head of others before them: "Quyên góp sách (Số quyển)"."""
    found = _BRACKETED.fullmatch(label)
    over = _section(found[1], form) if found is not None else None
    inside = match_row(form, found[2], over, filled=True) if found is not None and over else None
    row = form_row(form, inside.code) if inside is not None else None
    return inside if row is not None and row.parent == over else None


def _of_people(row: Row, before: str | None, form: Form, *, same: bool) -> Match | None:
    """The row whose people this one counts, where the table has no column for them.

    ``same`` says that the label is the row's above: one name over a line of classes and one of people.
    """
    if any(measure == PEOPLE for _, measure in row.columns.measures) or not row.figures:
        return None
    told = [row.cells[column] for column, _ in row.columns.measures]
    if any(cell is not None and split_pair(cell.text) for cell in told):
        return None
    unit = bare_unit(row.unit)
    if same and PEOPLE_UNIT.match(unit) and has_people(form_row(form, before or "")):
        return Match(before or "", 100.0, 0.0, "beside")
    counted_in = [words(parse_count(cell.text).unit) for cell in told if cell is not None]
    unit = unit or next(filter(None, counted_in), "")
    found = people_of(form, row.label, before, unit=unit)
    if found is not None or row.match is None or not PEOPLE_UNIT.fullmatch(unit):
        return found
    own = has_people(form_row(form, row.match.code)) and row.match.how != "loose"
    return replace(row.match, how="people") if own else None


def _section(group: str, form: Form) -> str | None:
    """The row of the form with others under it that ``group`` names."""
    match = match_row(form, group, None) if group else None
    parents = {one.parent for one in form.indicators}
    return match.code if match is not None and match.code in parents else None


def _ordinal(texts: Sequence[str], columns: Columns) -> str:
    return texts[columns.ordinal].strip(" .)") if columns.ordinal is not None else ""


def named(row: Row) -> Named:
    """What the row says of its place."""
    return Named(row.match.code, row.match.how) if row.match is not None else Named(None)


def standing(rows: Sequence[Row]) -> list[Row]:
    """The rows that count among the form's: no heads, nothing that holds nothing."""
    return [
        row
        for row in rows
        if not row.head and not row.ignored and not row.of_people and (row.match or row.figures)
    ]


def name_left_over(rows: Sequence[Row], form: Form) -> None:
    """Names the rows whose row of the form is the only one they can be, if their words allow it."""
    counted = standing(rows)
    order = [one.code for one in form.indicators]
    for at, code in left_over([named(row) for row in counted], order).items():
        counted[at].match = left_for(form, code, counted[at].label)
