"""The annex: every row is claimed, ignored by name, or raises a finding. Nothing falls through."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from parsers.annex_rows import Row, name_left_over, rows_of
from parsers.cells import read_cells, read_label
from parsers.confidence import corroborated, with_evidence
from parsers.counts import mentions
from parsers.grid import Grid
from parsers.layout import Annex, annexes
from parsers.matcher import Match, match_row
from parsers.people_rows import PEOPLE, form_row, has_people
from parsers.phrases import FIGURE, bare_of_words
from parsers.proofs import Taken, proven
from parsers.rows import (
    beside,
    holds_figures,
    holds_words,
    missing_rows,
    shared_measure,
    unclaimed_table,
)
from parsers.twin_rows import head_of_its_own, part_twins, yield_to_named
from parsers.unread_cells import elsewhere_in_row
from schemas.document import Anchor, Document, Paragraph
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form, Indicator
from schemas.report import IssuerLevel, Observation, Origin
from schemas.text import one_line


@dataclass(frozen=True, slots=True)
class AnnexReading:
    """``tables`` are the indices of the tables that were taken as annex; ``unseen`` are the codes of
    the form's rows that none of them has."""

    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: tuple[int, ...] = ()
    unseen: tuple[str, ...] = ()


@dataclass(slots=True)
class _State:
    form: Form
    level: IssuerLevel | None = None
    rows: list[Row] = field(default_factory=list)
    heads: list[Row] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, list[Anchor]] = field(default_factory=dict)


def claim(document: Document, form: Form, level: IssuerLevel | None = None) -> AnnexReading:
    """Reads every annex table of ``document``, which an office of ``level`` issued."""
    state = _State(form, level)
    tables = []
    found = sorted(annexes(document, form), key=lambda one: (one.columns.few, one.table.index))
    for annex in found:
        columns = annex.columns
        if not columns.measures and not columns.unknown:
            continue
        if columns.few and _known_already(annex, state):
            continue
        tables.append(annex.table.index)
        _say_columns(annex, state)
        state.rows += rows_of(annex.grid, columns, form, annex.section)
    head_of_its_own(state.rows)
    yield_to_named(state.rows)
    part_twins(state.rows, form)
    name_left_over(state.rows, form)
    for row in state.rows:
        _claim_row(row, state)
    for head in state.heads:
        _claim_head(head, state)
    settled = tuple(_settled(state))
    state.findings += [
        unclaimed_table(table, alone=not tables)
        for table in document.tables()
        if table.index not in tables and holds_figures(Grid(table), form)
    ]
    if tables:
        state.findings.extend(missing_rows(form, state.places))
    unseen = tuple(one.code for one in form.indicators if one.code not in state.places)
    return AnnexReading(settled, tuple(state.findings), tuple(sorted(tables)), unseen)


def _known_already(annex: Annex, state: _State) -> bool:
    """Whether a small table only repeats rows of an annex: it is a list beside it, not a part."""
    labels = [row[annex.columns.label] for row in annex.grid.texts]
    codes = {m.code for label in labels if (m := match_row(state.form, label, None))}
    return bool(codes & {row.match.code for row in state.rows if row.match and not row.head})


def _say_columns(annex: Annex, state: _State) -> None:
    table, columns = annex.table, annex.columns
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
    for measure in sorted(columns.shared):
        state.findings.append(shared_measure(table, measure))


def _claim_row(row: Row, state: _State) -> None:
    if row.match is None:
        if not row.ignored and not _told_in_words(row, state):
            _unclaimed(row, state)
        return
    indicator = None if row.head else state.form.indicator(row.match.code)
    before = len(state.taken)
    if not row.head:
        _observe(row, row.match, state)
    elif row.figures:
        state.heads.append(row)
    shown = one_line(row.label) if indicator is None else indicator.label
    missing = partial(_missing, indicator, state)
    outside = list(beside(shown, row.texts, row.cells, row.columns, missing))
    state.findings += outside
    if outside and holds_words(row.cells, row.columns):
        state.taken[before:] = [
            replace(t, observation=with_evidence(t.observation, "row:shifted"))
            for t in state.taken[before:]
        ]


def _missing(indicator: Indicator | None, state: _State) -> tuple[tuple[str, str], ...]:
    """The measures of the row that no value has been taken for; none of a row that heads others."""
    if indicator is None:
        return ()
    taken = {t.observation.key for t in state.taken}
    keys = [(indicator.code, measure.code) for measure in indicator.measures]
    return tuple(key for key in keys if key not in taken)


def _claim_head(head: Row, state: _State) -> None:
    """A head's numbers are the row's under it that counts the reporter's own, where none is given."""
    assert head.match is not None
    under = [i for i in state.form.indicators if i.parent == head.match.code]
    own = [i for i in under if i.level is not None and i.level is state.level]
    if len(own) != 1 or any(i.code in state.places for i in under):
        if not _told_in_words(head, state):
            _unclaimed(head, state)
        return
    before = len(state.taken)
    _observe(head, Match(own[0].code, 100.0, 0.0, "head"), state)
    values = {t.observation.measure: t.observation.value for t in state.taken[before:]}
    if values.get(own[0].measures[0].code) == 1:
        # Who reports held one: the figure can be nobody else's.
        state.taken[before:] = [
            replace(t, observation=corroborated(t.observation, "head:one"))
            for t in state.taken[before:]
        ]


def _told_in_words(row: Row, state: _State) -> bool:
    """Whether the row is read as a sentence: "Khen thưởng | 03 tập thể và 08 cá nhân".

    Its label and its cell then say more together than the label alone; what is left is told.
    """
    cells = [row.cells[c] for c, _ in row.columns.measures]
    told = [c for c in cells if c is not None and re.search(r"\d.*[^\W\d_]|:\s*\d", c.text)]
    figures = 0
    before = len(state.taken)
    for cell in told:
        bare, _ = bare_of_words(cell.text)
        figures += len(FIGURE.findall(bare))
        sentence = Paragraph(f"{one_line(row.label)}: {one_line(bare)}", cell.anchor)
        for one in mentions((sentence,), state.form)[0]:
            put = replace(with_evidence(one, "row:told"), origin=Origin.ANNEX, where=cell.anchor)
            state.taken.append(Taken(put, row))
            state.places.setdefault(one.indicator, []).append(cell.anchor)
    return 0 < figures == len(state.taken) - before


def _unclaimed(row: Row, state: _State) -> None:
    numbers = row.figures
    cell = row.cells[row.columns.label]
    shown = one_line(row.label) or "(không có tên)"
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


def _observe(row: Row, match: Match, state: _State) -> None:
    label = row.cells[row.columns.label]
    if label is not None:
        counted = _counted(row, match.code, state)
        state.places.setdefault(counted, []).append(label.anchor)
    indicator = state.form.indicator(match.code)
    if row.of_people:
        people = tuple(m for m in indicator.measures if m.code == PEOPLE)
        indicator = indicator.model_copy(update={"measures": people})
    if row.embedded and label is not None:
        observations, findings = read_label(indicator, label, row.embedded, f"row:{match.how}")
    else:
        observations, findings = read_cells(indicator, row.cells, row.columns, f"row:{match.how}")
    state.taken.extend(Taken(one, row) for one in observations)
    state.findings.extend(findings)
    known = {c for c, _ in row.columns.measures} | {row.columns.ordinal, row.columns.unit}
    rest = [c for i, c in enumerate(row.cells) if i not in {*known, *row.columns.parts}]
    state.findings.extend(elsewhere_in_row(indicator, rest, (observations, findings)))


def _counted(row: Row, code: str, state: _State) -> str:
    """What a row tells of: a row of the form, or only the people of one."""
    people = row.only_people and not row.head and has_people(form_row(state.form, code))
    return f"{code}.{PEOPLE}" if row.of_people or people else code


def _second(one: Observation) -> Finding:
    """What a further row of one name gives: it is not taken, and it may be another row's."""
    message = f"Thêm một hàng đọc là «{one.label}» ghi {one.raw}; số này chưa được lấy."
    return Finding(RuleCode.UNCLAIMED_ROW, Severity.ERROR, message, (one.where,), value=one.raw)


def _twice(code: str, state: _State) -> str:
    """The rows that were taken for one, with what they hold."""
    rows = [
        row
        for row in state.rows
        if row.match is not None and _counted(row, row.match.code, state) == code
    ]
    return "; ".join(f"«{one_line(row.label)}»: {', '.join(row.figures) or '–'}" for row in rows)


def _settled(state: _State) -> Iterable[Observation]:
    """One observation a key; what several rows claim is kept once, flagged, and said."""
    repeated = {code for code, places in state.places.items() if len(places) > 1}
    seen: dict[tuple[str, str], Observation] = {}
    for one in proven(state.taken, state.rows, state.form):
        if one.key not in seen:
            seen[one.key] = (
                with_evidence(one, "row:duplicate")
                if {one.indicator, ".".join(one.key)} & repeated
                else one
            )
        elif seen[one.key].value != one.value:
            seen[one.key] = replace(seen[one.key], needs_review=True)
            state.findings.append(_second(one))
    for code in sorted(repeated):
        indicator = state.form.indicator(code.removesuffix(f".{PEOPLE}"))
        shown = _twice(code, state)
        state.findings.append(
            Finding(
                RuleCode.DUPLICATE_ROW,
                Severity.ERROR,
                f"«{indicator.label}» có ở {len(state.places[code])} hàng của bảng ({shown}); cần xem lấy hàng nào.",
                tuple(state.places[code]),
                indicator.code,
                value=shown,
            )
        )
    return seen.values()
