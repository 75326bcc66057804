"""Tables of a digital page: ruled ones through pdfplumber, borderless ones from word columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parsers.readers.lines import Word, rows_of
from parsers.readers.page_content import table_of
from schemas.document import Anchor, Box, Cell, Table, TableKind, union

_TOLERANCE = 3.0


def ruled_tables(page: Any, number: int, words: Sequence[Word]) -> list[tuple[Table, Box]]:
    """Tables with at least 2 x 2 ruled cells, each with its box."""
    out = []
    for found in page.find_tables({"vertical_strategy": "lines", "horizontal_strategy": "lines"}):
        boxes = sorted({tuple(round(v, 1) for v in cell) for cell in found.cells}, key=lambda b: (b[1], b[0]))
        made = from_frames([(b[0], b[1], b[2], b[3]) for b in boxes], number, words)
        if made is not None:
            out.append((made, found.bbox))
    return out


def _edges(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _TOLERANCE:
            out.append(value)
    return out


def _slot(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def from_frames(frames: Sequence[Box], page: int, words: Sequence[Word]) -> Table | None:
    """The grid that ruled cell frames make, with the words that stand in each."""
    xs = _edges([v for f in frames for v in (f[0], f[2])])
    ys = _edges([v for f in frames for v in (f[1], f[3])])
    if len(xs) < 3 or len(ys) < 3:
        return None
    cells = []
    for frame in frames:
        row, column = _slot(ys, frame[1]), _slot(xs, frame[0])
        spans = max(1, _slot(ys, frame[3]) - row), max(1, _slot(xs, frame[2]) - column)
        inside = [w for w in words if _within(w.box, frame)]
        cells.append(cell_of(inside, frame, page, row, column, spans))
    cells.sort(key=lambda c: (c.row, c.column))
    return table_of(TableKind.RULED, page, cells, len(ys) - 1, len(xs) - 1)


def _within(box: Box, frame: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def cell_of(words: Sequence[Word], frame: Box, page: int, row: int, column: int,
            spans: tuple[int, int] = (1, 1)) -> Cell:  # fmt: skip
    """One cell of the words inside ``frame``; wrapped lines are joined by spaces."""
    ordered = [w for line in rows_of(words) for w in line]
    box = union([w.box for w in ordered]) if ordered else frame
    return Cell(
        " ".join(w.text for w in ordered), row, column,
        Anchor(page=page, box=box, table=0, row=row, column=column), spans[0], spans[1], frame,
        bold=bool(ordered) and all(w.bold for w in ordered), italic=bool(ordered) and all(w.italic for w in ordered),
        confidence=min((w.confidence for w in ordered), default=1.0),
    )  # fmt: skip
