"""Rows of an annex that were typed as lines of one row: each line of a label, its figure beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.grid import Grid
from parsers.matcher import match_row
from parsers.span_lines import span_lines
from schemas.document import Anchor, Cell, Table, union
from schemas.form import Form

_MARK = re.compile(r"\s*(?:[-–—+*•●▪✓]|\(?[a-zđ]\s?[.)]|\d{1,2}(?:\.\d{1,2})*[.)])\s*(?=\w)")
_FIGURE = re.compile(r"\s*\d[\d.,\s]*")
_NEAR = 3.0
"""Points: how far outside its label's lines a figure may stand."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a cell from ``top`` to ``bottom`` in points; None where the file has no pages."""

    text: str
    anchor: Anchor
    top: float | None = None
    bottom: float | None = None


@dataclass(frozen=True, slots=True)
class _Stack:
    """One row that is several: ``labels`` in order, ``beside`` what stands beside each by column."""

    column: int
    labels: tuple[_Line, ...]
    beside: dict[int, dict[int, _Line]]


def unstacked(grid: Grid, form: Form) -> Table | None:
    """The table with a row for each line that is one; None where there is none.

    A row is taken apart only where figures stand beside two lines of its label or more, none is
    left over, and each such line bears a mark of its own or names a row of ``form``. Cells keep the
    place they were read at.
    """
    table = grid.table
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row_span == 1:
            rows.setdefault(cell.row, []).append(cell)
    found = {row: stack for row, cells in rows.items() if (stack := _stack(cells, form))}
    if not found:
        return None
    begins = [0]
    for row in range(table.rows):
        begins.append(begins[-1] + (len(found[row].labels) if row in found else 1))
    cells = []
    for cell in table.cells:
        if cell.row in found and cell.row_span == 1:
            cells += _apart(cell, found[cell.row], begins[cell.row])
        else:
            ends = begins[min(cell.row + cell.row_span, table.rows)]
            cells.append(replace(cell, row=begins[cell.row], row_span=ends - begins[cell.row]))
    ordered = tuple(sorted(cells, key=lambda c: (c.row, c.column)))
    joined = tuple(begins[row] for row in table.joined_rows)
    return replace(table, rows=begins[-1], cells=ordered, joined_rows=joined)


def _apart(cell: Cell, stack: _Stack, first: int) -> list[Cell]:
    """``cell`` in each row that its own becomes; what is no figure and one line stands in all of them."""
    if cell.column == stack.column:
        lines = dict(enumerate(stack.labels))
    elif cell.column < stack.column:
        lines = {0: _Line(cell.text, cell.anchor)}
    else:
        whole = dict.fromkeys(range(len(stack.labels)), _Line(cell.text, cell.anchor))
        lines = stack.beside.get(cell.column, whole)
    return [
        replace(cell, text=line.text, row=first + number, anchor=line.anchor, spans=())
        if (line := lines.get(number)) is not None
        else replace(cell, text="", row=first + number, spans=(), readings=(), doubts=())
        for number in range(len(stack.labels))
    ]


def _stack(cells: Sequence[Cell], form: Form) -> _Stack | None:
    """What the ``cells`` of one row are, if they are several rows."""
    several = [c for c in cells if "\n" in c.text or c.spans]
    label = max(several, key=lambda c: sum(map(str.isalpha, c.text)), default=None)
    if label is None:
        return None
    lines = _lines(label)
    right = [c for c in cells if c.column > label.column and c.text.strip()]
    begins = _begins(lines, right)
    beside = {c.column: placed for c in right if (placed := _placed(c, lines, begins)) is not None}
    if any(_figures(c) and c.column not in beside for c in right):
        return None
    labels = tuple(
        _joined(lines[a:b]) for a, b in zip(begins, [*begins[1:], len(lines)], strict=True)
    )
    counted = {at for placed in beside.values() for at, one in placed.items() if _is_figure(one)}
    # Typed lines stand side by side only where none of them is wrapped: a gap may hide that.
    if lines[0].top is None and not counted >= set(range(1, len(labels))):
        return None
    named = all(at == 0 or _is_row(labels[at], form) for at in counted)
    return _Stack(label.column, labels, beside) if len(counted) > 1 and named else None


def _begins(lines: Sequence[_Line], right: Sequence[Cell]) -> list[int]:
    """Which of the label's lines begin a row: the first, those with a mark; without pages also those
    that have a figure beside them."""
    begins = {0} | {at for at, line in enumerate(lines) if _MARK.match(line.text)}
    if lines[0].top is None:
        stacks = [said for c in right if len(said := _lines(c)) <= len(lines)]
        begins |= {at for said in stacks for at, line in enumerate(said) if _is_figure(line)}
    return sorted(begins)


def _placed(cell: Cell, lines: Sequence[_Line], begins: Sequence[int]) -> dict[int, _Line] | None:
    """The cell's lines by the row they stand beside; None where one has none, or two have the same."""
    said = _lines(cell)
    if lines[0].top is None and len(said) > len(lines):
        return None
    out: dict[int, _Line] = {}
    for number, line in enumerate(said):
        if not line.text.strip():
            continue
        at = number if line.top is None else _level(line, lines)
        row = max(
            (n for n, first in enumerate(begins) if at is not None and first <= at), default=-1
        )
        if row < 0 or row in out:
            return None
        out[row] = line
    return out


def _level(line: _Line, lines: Sequence[_Line]) -> int | None:
    """The line of the label that ``line`` stands beside."""
    middle = ((line.top or 0) + (line.bottom or 0)) / 2
    for number, one in enumerate(lines):
        if (one.top or 0) - _NEAR <= middle <= (one.bottom or 0) + _NEAR:
            return number
    return None


def _lines(cell: Cell) -> list[_Line]:
    """The cell's lines as they were typed, or as its words stand on the page."""
    box = cell.anchor.box
    if not cell.spans and box is not None:
        return [_Line(cell.text, cell.anchor, box[1], box[3])]
    if not cell.spans:
        typed = [""] * cell.above + cell.text.split("\n")
        return [_Line(text, cell.anchor) for text in typed]
    out = []
    for words in span_lines(cell.spans):
        around = union([word.box for word in words])
        text = cell.text[words[0].start : words[-1].end]
        out.append(_Line(text, replace(cell.anchor, box=around), around[1], around[3]))
    return out


def _joined(lines: Sequence[_Line]) -> _Line:
    text = " ".join(line.text.strip() for line in lines if line.text.strip())
    boxes = [line.anchor.box for line in lines if line.anchor.box is not None]
    return _Line(text, replace(lines[0].anchor, box=union(boxes)) if boxes else lines[0].anchor)


def _is_figure(line: _Line) -> bool:
    return _FIGURE.fullmatch(line.text) is not None


def _figures(cell: Cell) -> bool:
    """Whether a line of the cell is a figure and nothing else."""
    return any(map(_is_figure, _lines(cell)))


def _is_row(label: _Line, form: Form) -> bool:
    return (
        bool(_MARK.match(label.text)) or match_row(form, label.text, None, filled=True) is not None
    )
