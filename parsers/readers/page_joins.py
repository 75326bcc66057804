"""Tables and paragraphs that a page break cut, made whole again. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from schemas.document import BlockKind, Cell, Paragraph, Span, Table
from schemas.text import one_line

EDGE_TOLERANCE = 4.0
MAX_HEADER_ROWS = 4
LIST_START = re.compile(
    r"(?:[-–—+•*▪●○♦✓]|\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[a-zđA-Z][.)]"
    r"|[IVXLC]{1,5}[.)])(?:\s|$)"
    r"|(?:Phần|Chương|Mục|Điều|Kính gửi|Nơi nhận|Số:)[ :]"
)
_CLOSED = re.compile(r"[.;:!?…/][”\"')\]]*$")
_NUMBER = re.compile(r"^[\d.,\s]+%?$")


def glue(before: str, after: str) -> str:
    """What stands between two pieces of a broken line: nothing after a hyphen or slash in a word."""
    if not before or not after:
        return ""
    if re.search(r"\w[-/‑]$", before) and re.match(r"\w", after):
        return ""
    return " "


def shifted(spans: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    """The spans of a text that now begins ``by`` characters later."""
    return tuple(replace(s, start=s.start + by, end=s.end + by) for s in spans)


def continues_paragraph(
    last: Paragraph, first: Paragraph, runs_on: bool | None, runs_in: bool | None
) -> bool:
    """Whether ``first``, at the top of a page, is the rest of ``last``, at the foot of the one before."""
    if last.kind is not BlockKind.BODY or first.kind is not BlockKind.BODY:
        return False
    if runs_on is False or runs_in is False or LIST_START.match(first.text):
        return False
    if last.bold != first.bold and (last.bold or not last.text):
        return False
    if first.text[:1].islower():
        return True
    return runs_on is True and runs_in is True and not _CLOSED.search(last.text)


def join_paragraphs(last: Paragraph, first: Paragraph) -> Paragraph:
    """One paragraph of the two parts; it is anchored where it begins."""
    space = glue(last.text, first.text)
    text = last.text + space + first.text
    spans = last.spans + shifted(first.spans, len(last.text) + len(space))
    doubts = tuple(dict.fromkeys(last.doubts + first.doubts))
    return replace(last, text=text, spans=spans, doubts=doubts)


def column_edges(table: Table) -> list[float] | None:
    """The x of each column edge, left to right; None where the cells' frames do not tell all."""
    edges: dict[int, list[float]] = {}
    for cell in table.cells:
        if cell.frame is not None:
            edges.setdefault(cell.column, []).append(cell.frame[0])
            edges.setdefault(cell.column + cell.column_span, []).append(cell.frame[2])
    if sorted(edges) != list(range(table.columns + 1)):
        return None
    return [sum(edges[i]) / len(edges[i]) for i in range(table.columns + 1)]


def _column_map(upper: Table, lower: Table) -> list[int] | None:
    """For each column edge of ``lower`` the edge of ``upper`` it stands on; None if one stands on none."""
    above, below = column_edges(upper), column_edges(lower)
    if above is None or below is None:
        same = upper.columns == lower.columns and (above is None) == (below is None)
        return list(range(lower.columns + 1)) if same else None
    out: list[int] = []
    for edge in below:
        at = min(range(len(above)), key=lambda i: abs(above[i] - edge))
        if abs(above[at] - edge) > EDGE_TOLERANCE or at in out:
            return None
        out.append(at)
    return out if out[0] == 0 and out[-1] == upper.columns else None


def join_tables(upper: Table, lower: Table) -> Table | None:
    """The table that ``lower`` continues, whole; None where the two are different tables.

    They must share column edges. Header rows that ``lower`` repeats are dropped. A first row with
    neither ordinal nor number, where nothing was repeated, is the rest of the row the page cut.
    """
    columns = _column_map(upper, lower)
    if columns is None or upper.kind is not lower.kind:
        return None
    moved = [_moved(cell, columns) for cell in lower.cells]
    dropped = _repeated_rows(upper, replace(lower, columns=upper.columns, cells=tuple(moved)))
    kept = [replace(c, row=c.row - dropped) for c in moved if c.row >= dropped]
    rows_left = lower.rows - dropped
    joined = upper.joined_rows
    cells = list(upper.cells)
    if rows_left and _is_rest(upper, kept, repeated=dropped > 0):
        joined = (*joined, upper.rows - 1)
        cells = _glue_row(cells, [c for c in kept if c.row == 0], upper.rows - 1)
        kept = [replace(c, row=c.row - 1) for c in kept if c.row > 0]
        rows_left -= 1
    cells += [replace(c, row=c.row + upper.rows) for c in kept]
    cells.sort(key=lambda c: (c.row, c.column))
    return replace(upper, rows=upper.rows + rows_left, cells=tuple(cells), joined_rows=joined)


def _moved(cell: Cell, columns: list[int]) -> Cell:
    start = columns[cell.column]
    return replace(cell, column=start, column_span=columns[cell.column + cell.column_span] - start)


def _row_texts(table: Table, row: int) -> list[tuple[int, int, str]]:
    return [
        (c.column, c.column_span, one_line(c.text).casefold())
        for c in sorted(table.cells, key=lambda c: c.column)
        if c.row == row
    ]


def _repeated_rows(upper: Table, lower: Table) -> int:
    """How many rows at the top of ``lower`` say again what stands at the top of ``upper``."""
    count = 0
    for row in range(min(MAX_HEADER_ROWS, lower.rows, upper.rows)):
        above = _row_texts(upper, row)
        if above != _row_texts(lower, row) or any(_NUMBER.match(t) for _, _, t in above):
            break
        count = row + 1
    said = "".join(t for row in range(count) for _, _, t in _row_texts(upper, row))
    return count if said else 0


def _is_rest(upper: Table, kept: list[Cell], *, repeated: bool) -> bool:
    first = [c for c in kept if c.row == 0]
    inked = [c for c in first if not c.blank]
    above = {c.column: c for c in upper.cells if c.row + c.row_span == upper.rows}
    if not inked or upper.rows < 2 or any(c.row_span > 1 for c in first):
        return False
    if any(c.column == 0 or _NUMBER.match(c.text) for c in inked):
        return False
    if any(c.column not in above or above[c.column].blank for c in inked):
        return False
    starts_small = all(c.text[:1].islower() or c.text[:1] in ",;)" for c in inked)
    open_bracket = any(above[c.column].text.count("(") > above[c.column].text.count(")") for c in inked)
    if repeated:
        return starts_small or open_bracket
    return starts_small or open_bracket or len(inked) == 1


def _glue_row(cells: list[Cell], rest: list[Cell], row: int) -> list[Cell]:
    tails = {c.column: c for c in rest if c.text}
    out: list[Cell] = []
    for cell in cells:
        tail = tails.get(cell.column) if cell.row + cell.row_span - 1 == row else None
        out.append(cell if tail is None else _glued(cell, tail))
    return out


def _glued(cell: Cell, tail: Cell) -> Cell:
    space = glue(cell.text, tail.text)
    spans = cell.spans + shifted(tail.spans, len(cell.text) + len(space))
    return replace(
        cell,
        text=cell.text + space + tail.text,
        spans=spans,
        confidence=min(cell.confidence, tail.confidence),
        doubts=tuple(dict.fromkeys(cell.doubts + tail.doubts)),
    )
