"""Figures of a row that were not taken: each is told with the row and the measure it may be of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.phrases import FIGURE, PEOPLE
from parsers.plain_numbers import plain_numbers
from schemas.document import Cell
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Indicator, Measure
from schemas.numbers import CountReading, parse_count
from schemas.report import Observation
from schemas.text import fold, one_line

_CROSS = "x"
Made = tuple[list[Observation], list[Finding]]


def unread(
    indicator: Indicator,
    filled: Sequence[tuple[str, Cell]],
    observations: Sequence[Observation],
    findings: Sequence[Finding],
) -> Iterator[Finding]:
    """A finding for each measure without a value where a cell holds more figures than were taken.

    Of ``12 lớp (8 mới, 75 người)`` nobody can say which figure is meant; what must not be is that
    the people of the row are missing without a word.
    """
    made = list(findings)
    for _, cell in filled:
        taken = sum(one.where == cell.anchor for one in observations)
        raw = one_line(cell.text)
        if len(FIGURE.findall(raw)) > taken:
            new = list(untaken(indicator, cell, raw, observations, made))
            made += new
            yield from new


def marked_only(
    indicator: Indicator,
    cells: Sequence[Cell | None],
    slots: Sequence[tuple[int, str]],
    made: Made,
) -> list[Finding]:
    """Findings for measures without a value whose cell, of the number columns ``slots``, holds a cross
    alone: something was done, and nobody says how much."""
    observations, findings = made
    out: list[Finding] = []
    for column, code in slots:
        cell = cells[column]
        if cell is None or cell.column != column or fold(cell.text) != _CROSS:
            continue
        own = tuple(m for m in indicator.measures if m.code == code)
        narrowed = indicator.model_copy(update={"measures": own})
        out += untaken(narrowed, cell, one_line(cell.text), observations, [*findings, *out])
    return out


def elsewhere_in_row(
    indicator: Indicator, row: Sequence[Cell | None], made: Made
) -> Iterator[Finding]:
    """Findings for measures without a value whose number stands elsewhere in the row: in its label
    ("Tập huấn giáo viên (12 lớp, 300 người)") or in a remark ("có 75 người dự")."""
    observations, findings = made
    taken = {one.where for one in observations} | {place for f in findings for place in f.where}
    cells = {cell.anchor: cell for cell in row if cell is not None}
    for anchor, cell in cells.items():
        if anchor in taken:
            continue
        text = one_line(cell.text)
        for number in plain_numbers(text):
            unit = fold(text[number.end :]).strip()
            of_people = bool(PEOPLE.match(unit))
            fitting = [
                m for m in indicator.measures
                if (m.code == "people") == of_people
                and (of_people or any(unit.startswith(fold(u)) for u in (m.unit, *m.units)))
            ]  # fmt: skip
            narrowed = indicator.model_copy(update={"measures": tuple(fitting)})
            new = list(untaken(narrowed, cell, text, observations, findings))
            findings = [*findings, *new]
            yield from new


def untaken(
    indicator: Indicator,
    cell: Cell,
    raw: str,
    observations: Sequence[Observation],
    findings: Sequence[Finding],
) -> Iterator[Finding]:
    """A finding for each measure that has neither a value nor a finding."""
    told = {one.measure for one in observations} | {f.measure for f in findings}
    for measure in indicator.measures:
        if measure.code not in told:
            yield unreadable(indicator, measure, cell, raw, parse_count(raw))


def unreadable(
    indicator: Indicator, measure: Measure, cell: Cell, raw: str, reading: CountReading
) -> Finding:
    hint = (
        f" Có thể là {' hoặc '.join(str(c) for c in reading.candidates)}."
        if reading.candidates
        else ""
    )
    severity = Severity.WARNING if reading.style == "nought" else Severity.ERROR
    message = f"Ô «{indicator.label}» ({measure.unit}) ghi «{raw}», không rõ là số nào.{hint}"
    if not raw:
        message = f"Ô «{indicator.label}» ({measure.unit}) không trống nhưng không có chữ đọc được (ảnh, hoặc bảng ở trong ô)."
    return Finding(
        RuleCode.UNREADABLE_CELL, severity, message, (cell.anchor,), indicator.code, measure.code, raw,
    )  # fmt: skip
