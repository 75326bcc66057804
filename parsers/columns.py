"""Which column of a table holds what: by the words that head it, and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.grid import Grid
from parsers.heads import measured, role_of, role_under
from parsers.matcher import match_row
from parsers.phrases import holds_figures, is_count, is_numeric, values_of
from parsers.row_units import unit_words
from parsers.totals import total_column
from parsers.unheaded import (
    alone,
    below_people,
    in_order,
    of_people,
    says_result,
    thereof,
)
from schemas.form import Form
from schemas.numbers import parse_count
from schemas.text import words

ENOUGH_ROWS = 3
"""Rows of the form that make a table an annex whatever heads it; with fewer, its head must be known."""

_COUNTING = 0.8
"""Share of numbers of rows that are none smaller than the one above, unless they begin anew."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Column numbers by role; ``measures`` maps a column to its measure; ``first`` is the first
    row of data; ``unknown`` are columns that hold numbers and have no role; ``few`` says that the
    table has only one or two rows of the form; ``shared`` are measures that two columns give;
    ``totals`` are columns of measures, each with those that it adds up, and ``parts`` all of these
    and columns that pick a part out; ``unnamed`` is the measure of the one column of numbers that
    is headed by no known word."""

    label: int
    first: int
    ordinal: int | None = None
    unit: int | None = None
    note: int | None = None
    measures: tuple[tuple[int, str], ...] = ()
    unknown: tuple[int, ...] = ()
    few: bool = False
    shared: frozenset[str] = frozenset()
    totals: tuple[tuple[int, tuple[int, ...]], ...] = ()
    parts: tuple[int, ...] = ()
    unnamed: str | None = None
    this_year: bool = False
    group: int | None = None


@dataclass(slots=True)
class _Slots:
    """The columns of numbers: those that are a measure, those of no role, the total and its parts."""

    measures: list[tuple[int, str]]
    loose: list[int]
    total: int | None = None
    parts: tuple[int, ...] = ()
    unnamed: str | None = None


def find_columns(grid: Grid, form: Form) -> Columns | None:
    """The annex's columns; None if the table does not look like the form's annex."""
    texts, width = grid.texts, range(grid.table.columns)
    label = _label_column(texts, form)
    if label is None:
        return None
    hits = [r for r, row in enumerate(texts) if match_row(form, row[label], None) is not None]
    while hits and _is_head(texts[hits[0]], label, form):
        hits = hits[1:]
    few = len(hits) < ENOUGH_ROWS
    first = min(hits) if hits else 0
    roles = {c: role_under(texts[:first], c, form) for c in width if c != label}
    taken = [c for c, role in roles.items() if role is not None and role[0] == "ordinal"]
    ordinal = taken[0] if taken else _ordinal_column(texts[first:], label)
    numeric = [c for c in width if c not in (label, ordinal) and is_numeric(texts[first:], c)]
    named = [(c, m) for c, m in _measures(roles) if holds_figures(texts[first:], c)]
    named, totals = _added_up(texts, first, named)
    unit = _only(roles, "unit")
    if unit in numeric:
        roles[unit], unit = None, None  # «Số đơn vị» counts them
    if unit is None:
        headed = {c for c, role in roles.items() if role is not None}
        spoken_for = {label, ordinal, *numeric, *headed}
        unit = _unit_column(texts[first:], form, spoken_for)
    note = _only(roles, "note")
    if note in numeric and not named and len(numeric) == 1:
        note = None  # "Diễn giải kết quả": what is told in words there are the counts
    spoken = {unit, note, *(c for c, _ in named), *(c for _, several in totals for c in several)}
    free = [c for c in numeric if c not in spoken]
    picked = tuple(c for c in free if thereof(texts[:first], c))
    slots = _slots(texts, label, first, named, [c for c in free if c not in picked], form)
    if few and not named and slots.total is None:
        return None
    totals += [(slots.total, slots.parts)] if slots.total is not None and slots.parts else []
    numbers = [c for c, _ in slots.measures] + slots.loose
    begins = next((r for r in range(first) if _holds_data(texts[r], label, numbers)), first)
    found = tuple(_distinct(slots.measures))
    return Columns(
        label, begins, ordinal, unit, note, found, tuple(slots.loose), few,
        _shared(texts[begins:], found), tuple(totals), (*(c for _, several in totals for c in several), *picked),
        slots.unnamed if not _settled(texts, first, slots) else None, slots.unnamed is not None and len(found) == 1 and _of_year(texts[:first], found[0][0], form.year),
        _group_column(texts[first:], label, {ordinal, unit, note, *numeric}),
    )  # fmt: skip


def _is_head(row: Sequence[str], label: int, form: Form) -> bool:
    """Whether a row whose label reads like a row of the form heads the table all the same: "Các hoạt
    động trong Tuần lễ | Số lượng | Số người"."""
    others = [text for c, text in enumerate(row) if c != label]
    if any(re.search(r"\d", text) for text in others):
        return False
    roles = [role for text in others if text and (role := role_of(text, form))]
    return measured(row, form) or any(role == "measure" for role, _ in roles)


def _added_up(
    texts: Sequence[Sequence[str]], first: int, named: list[tuple[int, str]]
) -> tuple[list[tuple[int, str]], list[tuple[int, tuple[int, ...]]]]:
    """``named`` with one column a measure where the others of it add up to that, and those totals:
    "Số người: Tổng số | CB, GV | Học sinh"."""
    totals: list[tuple[int, tuple[int, ...]]] = []
    for measure in dict.fromkeys(m for _, m in named):
        several = _under_one_head(texts[:first], [c for c, m in named if m == measure])
        total = total_column(texts[:first], texts[first:], several, ()) if several[2:] else None
        if total is not None:
            totals.append((total, tuple(c for c in several if c != total)))
    parts = {c for _, several in totals for c in several}
    return [one for one in named if one[0] not in parts], totals


def _under_one_head(head: Sequence[Sequence[str]], columns: Sequence[int]) -> list[int]:
    """``columns`` with the others that stand under a head which spans two of them or more: "Số người:
    Trực tiếp | Trực tuyến | Tổng", of which one alone reads as being of another matter."""
    told = [(row[c], r) for r, row in enumerate(head) for c in columns if row[c]]
    spanning = {one for one in told if told.count(one) > 1}
    width = range(len(head[0]) if head else 0)
    return [
        c
        for c in width
        if c in columns or any((row[c], r) in spanning for r, row in enumerate(head))
    ]


def _settled(texts: Sequence[Sequence[str]], first: int, slots: _Slots) -> bool:
    """Whether the one column of counts under a strange head is sure to be just that."""
    column = next((c for c, m in slots.measures if m == slots.unnamed == "count"), None)
    if column is None:
        return False
    if below_people(texts[first:], column, slots.measures):
        return True
    return not slots.loose and says_result(texts[:first], column)


def _slots(
    texts: Sequence[Sequence[str]],
    label: int,
    first: int,
    named: list[tuple[int, str]],
    loose: list[int],
    form: Form,
) -> _Slots:
    """What each column of numbers is; ``named`` are those whose heads say a measure."""
    measures = list(named)
    if loose and not first:
        ordered = in_order(texts, label, loose, form)
        only = "count" if len(ordered) == 1 else None
        return _Slots(ordered, [] if ordered else loose, unnamed=only)
    columns = [c for c, _ in measures]
    total = total_column(texts[:first], texts[first:], loose, columns)
    if total is not None and (total in columns or "count" not in {m for _, m in measures}):
        parts = tuple(c for c in loose if c != total)
        measures += [] if total in columns else [(total, "count")]
        return _Slots(measures, [], total, parts)
    known = {m for _, m in measures}
    if total is not None and "people" not in known:
        parts = tuple(c for c in loose if c != total)
        paired = [*measures, (total, "people")]
        count = next((c for c, m in measures if m == "count"), None)
        if count is not None and below_people(texts[first:], count, paired):
            return _Slots(paired, [], total, parts)
    found, guess = alone(texts[:first], loose, form), "count"
    if "count" in known:
        found, guess = of_people(texts, first, measures, loose, form), "people"
    if found is None or guess in known:
        return _Slots(measures, loose)
    rest = [c for c in loose if c != found]
    return _Slots([*measures, (found, guess)], rest, unnamed=guess)


def _of_year(head: Sequence[Sequence[str]], column: int, year: int) -> bool:
    """Whether the column is headed by the year and nothing else."""
    said = " ".join(dict.fromkeys(words(row[column]) for row in head if row[column]))
    return re.fullmatch(rf"(?:(?:ket qua|thuc hien|so lieu) )*(?:nam )?{year}", said) is not None


def _measures(roles: dict[int, tuple[str, str | None] | None]) -> list[tuple[int, str]]:
    """Columns whose heads name a measure."""
    return [
        (c, role[1])
        for c, role in roles.items()
        if role is not None and role[0] == "measure" and role[1]
    ]


def _holds_data(row: Sequence[str], label: int, slots: Sequence[int]) -> bool:
    """Whether a row above the first known one is a row of data and no head or row of numbers."""
    if not row[label] or re.fullmatch(r"\W*(?:\d{1,2}|[a-zA-Z])\W*", row[label]):
        return False
    return any(re.search(r"\d", row[c]) and is_count(row[c]) for c in slots)


def _shared(texts: Sequence[Sequence[str]], measures: Sequence[tuple[int, str]]) -> frozenset[str]:
    """Measures that two columns give for one row: nobody can say which of them is meant."""
    out = set()
    for row in texts:
        filled = [m for column, m in measures if parse_count(row[column]).value is not None]
        out |= {measure for measure in filled if filled.count(measure) > 1}
    return frozenset(out)


def _distinct(measures: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(dict(measures).items())


def _only(roles: dict[int, tuple[str, str | None] | None], name: str) -> int | None:
    return next((c for c, role in roles.items() if role is not None and role[0] == name), None)


def _label_column(texts: Sequence[Sequence[str]], form: Form) -> int | None:
    if not texts:
        return None
    # What stands over several rows is one label.
    hits = [
        sum(match_row(form, one, None) is not None for one in {row[c] for row in texts if row[c]})
        for c in range(len(texts[0]))
    ]
    best = max(range(len(hits)), key=lambda c: hits[c])
    if hits[best] >= ENOUGH_ROWS:
        return best
    sure = [
        m
        for row in texts
        if (m := match_row(form, row[best], None)) and m.how in {"exact", "alias"}
    ]
    if sure or (hits[best] and measured(texts[0], form)):
        return best
    return None


def _group_column(texts: Sequence[Sequence[str]], label: int, taken: set[int | None]) -> int | None:
    """The column before the labels whose texts each stand over several rows."""
    for column in range(label - 1, -1, -1):
        values = values_of(texts, column)
        if column not in taken and len(values) > 1 and len(set(values)) < len(values):
            return column
    return None


def _ordinal_column(texts: Sequence[Sequence[str]], label: int) -> int | None:
    if label == 0:
        return None
    values = [v.strip(". )") for v in values_of(texts, 0)]
    numbers = [int(v) for v in values if v.isdigit()]
    counting = sum(a <= b <= a + 3 or b == 1 for a, b in pairwise(numbers))
    if len(numbers) == len(values) and counting < _COUNTING * (len(numbers) - 1):
        return None
    return (
        0
        if values
        and all(re.fullmatch(r"\d{1,2}(\.\d{1,2})*|[IVXivx]+|[a-zA-Z]", v) for v in values)
        else None
    )


def _unit_column(texts: Sequence[Sequence[str]], form: Form, taken: set[int | None]) -> int | None:
    units = {unit for row in form.indicators for m in row.measures for unit in unit_words(m)}
    for column in range(len(texts[0]) if texts else 0):
        values = [words(v) for v in values_of(texts, column)]
        if (
            column not in taken
            and values
            and sum(any(f" {u} " in f" {v} " for u in units) for v in values) > len(values) / 2
        ):
            return column
    return None
