"""The annex: every row is claimed, ignored by name, or raises a finding. Nothing falls through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from parsers.cells import read_cells, read_label
from parsers.columns import Columns, find_columns
from parsers.confidence import with_evidence
from parsers.grid import grid_texts
from parsers.matcher import Match, is_ignored, match_row
from parsers.rows import (
    beside,
    holds_figures,
    missing_rows,
    shared_measure,
    split_label,
    unclaimed_table,
)
from parsers.transposed import upright
from schemas.document import Anchor, Cell, Document, Table
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form
from schemas.report import IssuerLevel, Observation
from schemas.text import one_line


@dataclass(frozen=True, slots=True)
class AnnexReading:
    """``tables`` are the indices of the tables that were taken as annex; ``unseen`` are the codes of
    the form's rows that none of them has."""

    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: tuple[int, ...] = ()
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Head:
    """A row that should only head others but holds numbers."""

    code: str
    label: str
    texts: Sequence[str]
    cells: Sequence[Cell | None]
    columns: Columns


@dataclass(slots=True)
class _State:
    form: Form
    level: IssuerLevel | None = None
    heads: list[_Head] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, list[Anchor]] = field(default_factory=dict)


def claim(document: Document, form: Form, level: IssuerLevel | None = None) -> AnnexReading:
    """Reads every annex table of ``document``, which an office of ``level`` issued."""
    state = _State(form, level)
    tables = []
    found = [seen for table in document.tables() if (seen := _as_read(table, form)) is not None]
    for table, columns in sorted(found, key=lambda one: (one[1].few, one[0].index)):
        if not columns.measures and not columns.unknown:
            continue
        if columns.few and _known_already(table, columns, state):
            continue
        tables.append(table.index)
        _claim_table(table, columns, state)
    for head in state.heads:
        _claim_head(head, state)
    settled = tuple(_settled(state))
    state.findings += [
        unclaimed_table(table, alone=not tables)
        for table in document.tables()
        if table.index not in tables and holds_figures(table)
    ]
    if tables:
        state.findings.extend(missing_rows(form, state.places))
    unseen = tuple(one.code for one in form.indicators if one.code not in state.places)
    return AnnexReading(settled, tuple(state.findings), tuple(sorted(tables)), unseen)


def _as_read(table: Table, form: Form) -> tuple[Table, Columns] | None:
    """The table as the form lays it out, turned where it lies on its side, and its columns."""
    columns = find_columns(table, form)
    if columns is None and holds_figures(table):
        turned = upright(table, form)
        columns = find_columns(turned, form) if turned is not None else None
        table = turned or table
    return (table, columns) if columns is not None else None


def _known_already(table: Table, columns: Columns, state: _State) -> bool:
    """Whether a small table only repeats rows of an annex: it is a list beside it, not a part."""
    labels = [row[columns.label] for row in grid_texts(table)]
    codes = {m.code for label in labels if (m := match_row(state.form, label, None))}
    return bool(codes & state.places.keys())


def _claim_table(table: Table, columns: Columns, state: _State) -> None:
    for column in columns.unknown:
        cell = next(c for c in table.cells if c.column <= column < c.column + c.column_span)
        state.findings.append(
            Finding(
                RuleCode.UNCLAIMED_COLUMN,
                Severity.ERROR,
                f"Cột thứ {column + 1} của bảng có số nhưng không rõ là cột gì; số trong cột chưa được lấy.",
                (cell.anchor,),
            )
        )
    texts = grid_texts(table)
    grid = table.grid()
    for measure in sorted(columns.shared):
        state.findings.append(shared_measure(table, measure))
    section: str | None = None
    for number in range(columns.first, table.rows):
        section = _claim_row(texts[number], grid[number], columns, section, state)


def _claim_row(
    texts: Sequence[str],
    cells: Sequence[Cell | None],
    columns: Columns,
    section: str | None,
    state: _State,
) -> str | None:
    """Claims one row; returns the section that the rows below stand under."""
    label = texts[columns.label]
    ordinal = texts[columns.ordinal].strip(" .)") if columns.ordinal is not None else ""
    if not label and not _numbers(texts, columns):
        return section
    bare, embedded = split_label(label)
    filled = bool(_numbers(texts, columns))
    match = match_row(state.form, bare, section, ordinal, filled=filled) or match_row(
        state.form, label, section, ordinal, filled=filled
    )
    if match is None:
        _unclaimed(label, texts, cells, columns, state)
        return section if not ordinal or not ordinal.isdigit() else None
    sections = {r.code for r in state.form.section_rows}
    if match.code in sections:
        if _numbers(texts, columns):
            state.heads.append(_Head(match.code, label, texts, cells, columns))
        state.findings.extend(beside(one_line(label), texts, cells, columns))
        return match.code
    _observe(match, cells, columns, state, embedded if not _numbers(texts, columns) else "")
    state.findings.extend(beside(state.form.indicator(match.code).label, texts, cells, columns))
    parent = state.form.indicator(match.code).parent
    return parent if parent is not None else match.code


def _claim_head(head: _Head, state: _State) -> None:
    """A head's numbers are the row's under it that counts the reporter's own, where none is given."""
    under = [i for i in state.form.indicators if i.parent == head.code]
    own = [i for i in under if i.level is not None and i.level is state.level]
    if len(own) != 1 or any(i.code in state.places for i in under):
        _unclaimed(head.label, head.texts, head.cells, head.columns, state)
        return
    _observe(Match(own[0].code, 100.0, 0.0, "head"), head.cells, head.columns, state, "")


def _numbers(texts: Sequence[str], columns: Columns) -> list[str]:
    slots = [c for c, _ in columns.measures] + list(columns.unknown)
    return [texts[c] for c in slots if re.search(r"\d", texts[c])]


def _unclaimed(
    label: str, texts: Sequence[str], cells: Sequence[Cell | None], columns: Columns, state: _State
) -> None:
    if is_ignored(state.form, label):
        return
    numbers = _numbers(texts, columns)
    cell = cells[columns.label]
    shown = one_line(label) or "(không có tên)"
    if not label and not numbers:
        return
    state.findings.append(
        Finding(
            RuleCode.UNCLAIMED_ROW,
            Severity.ERROR if numbers else Severity.INFO,
            f"Hàng «{shown}» không khớp hàng nào của mẫu"
            + (f"; số chưa được lấy: {', '.join(numbers)}." if numbers else "."),
            (cell.anchor,) if cell is not None else (),
            value=", ".join(numbers) or None,
        )
    )


def _observe(
    match: Match, cells: Sequence[Cell | None], columns: Columns, state: _State, embedded: str
) -> None:
    label = cells[columns.label]
    if label is not None:
        state.places.setdefault(match.code, []).append(label.anchor)
    indicator = state.form.indicator(match.code)
    if embedded and label is not None:
        observations, findings = read_label(indicator, label, embedded, f"row:{match.how}")
    else:
        observations, findings = read_cells(indicator, cells, columns, f"row:{match.how}")
    state.observations.extend(observations)
    state.findings.extend(findings)


def _settled(state: _State) -> Iterable[Observation]:
    """One observation a key; what several rows claim is kept once, flagged, and said."""
    repeated = {code for code, places in state.places.items() if len(places) > 1}
    seen: dict[tuple[str, str], Observation] = {}
    for one in state.observations:
        if one.key not in seen:
            seen[one.key] = (
                with_evidence(one, "row:duplicate") if one.indicator in repeated else one
            )
        elif seen[one.key].value != one.value:
            seen[one.key] = replace(seen[one.key], needs_review=True)
    for code in sorted(repeated):
        indicator = state.form.indicator(code)
        state.findings.append(
            Finding(
                RuleCode.DUPLICATE_ROW,
                Severity.ERROR,
                f"«{indicator.label}» có ở {len(state.places[code])} hàng của bảng; cần xem lấy hàng nào.",
                tuple(state.places[code]),
                code,
            )
        )
    return seen.values()
