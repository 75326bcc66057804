"""Tables of a digital page: ruled ones through pdfplumber, borderless ones from word columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

from parsers.readers.lines import Word, rows_of
from parsers.readers.page_content import table_of
from parsers.readers.pdf_rules import Rules
from schemas.document import Anchor, Box, Cell, Doubt, Span, Table, TableKind, union

_TOLERANCE = 3.0
_OPEN = 12.0


_LINES = {"vertical_strategy": "lines", "horizontal_strategy": "lines"}


def tables_in_rules(rules: Rules, number: int, words: Sequence[Word]) -> list[tuple[Table, Box]]:
    """Tables with at least 2 x 2 ruled cells, each with its box; ``rules`` and ``words`` share places."""
    from pdfplumber.table import TableFinder  # noqa: PLC0415

    out = []
    for found in TableFinder(cast(Any, rules), _LINES).tables:
        closed: set[Box] = {cast(Box, tuple(round(v, 1) for v in c)) for c in found.cells}
        frames = sorted(
            [*closed, *_open_sides(rules, found.bbox, closed)], key=lambda b: (b[1], b[0])
        )
        made = from_frames(frames, number, words)
        if made is not None:
            out.append((made, union(frames)))
    return out


def plumbed_rules(page: Any) -> Rules:
    """pdfplumber's own view of a page's lines, which looks into form objects.

    It measures from the media box; what is shown, and PDFium's words, from the crop box.
    """
    left, top = page.cropbox[0], page.cropbox[1]
    # Letters are PDFium's; describing each of them again would take most of the time.
    layout = page.layout
    layout._objs = [o for o in layout if type(o).__name__ not in ("LTChar", "LTAnno")]
    moved = [
        {
            **e,
            "x0": e["x0"] - left,
            "x1": e["x1"] - left,
            "top": e["top"] - top,
            "bottom": e["bottom"] - top,
        }
        for e in page.edges
    ]
    return Rules(moved, (0.0, 0.0, float(page.width), float(page.height)))


def _open_sides(rules: Rules, bbox: Box, closed: set[Box]) -> list[Box]:
    """Frames of an outer column whose rows are ruled but whose outer side is left open."""
    level = [
        edge
        for edge in rules.edges
        if edge["orientation"] == "h"
        and bbox[1] - _TOLERANCE <= edge["top"] <= bbox[3] + _TOLERANCE
        and edge["x0"] < bbox[2]
        and edge["x1"] > bbox[0]
    ]
    tops = _edges([v for cell in closed for v in (cell[1], cell[3])])
    out: list[Box] = []
    lefts = [e["x0"] for e in level if e["x0"] < bbox[0] - _OPEN]
    rights = [e["x1"] for e in level if e["x1"] > bbox[2] + _OPEN]
    for reach, start, end in (
        (lefts, min(lefts, default=0.0), bbox[0]),
        (rights, bbox[2], max(rights, default=0.0)),
    ):
        if len(reach) >= 2:
            out += [(start, above, end, below) for above, below in pairwise(tops)]
    return out


def _edges(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _TOLERANCE:
            out.append(value)
    return out


def _slot(edges: Sequence[float], value: float) -> int:
    """The edge nearest to ``value``, of those in order; of two the first."""
    at = bisect_left(edges, value, 1, len(edges) - 1)
    return at if edges[at] - value < value - edges[at - 1] else at - 1


def from_frames(frames: Sequence[Box], page: int, words: Sequence[Word]) -> Table | None:
    """The grid that ruled cell frames make, with the words that stand in each.

    A word between the outer rules where no frame closes makes a cell of its slot, so that none is
    lost. One row alone is a table from three columns on: the last row of a table cut by the page.
    """
    xs = _edges([v for f in frames for v in (f[0], f[2])])
    ys = _edges([v for f in frames for v in (f[1], f[3])])
    if len(xs) < 3 or len(ys) < 2 or (len(ys) == 2 and len(xs) < 4):
        return None
    held: dict[Box, list[Word]] = {frame: [] for frame in frames}
    slots = {slot: frame for frame in frames for slot in _slots(frame, xs, ys)}
    for word in words:
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        if xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]:
            row, column = bisect_right(ys, y) - 1, bisect_right(xs, x) - 1
            alone = (xs[column], ys[row], xs[column + 1], ys[row + 1])
            held.setdefault(slots.get((row, column), alone), []).append(word)
    cells = [_framed(frame, inside, page, xs, ys) for frame, inside in held.items()]
    cells.sort(key=lambda c: (c.row, c.column))
    return table_of(TableKind.RULED, page, cells, len(ys) - 1, len(xs) - 1)


def _slots(frame: Box, xs: Sequence[float], ys: Sequence[float]) -> list[tuple[int, int]]:
    rows = range(_slot(ys, frame[1]), max(_slot(ys, frame[1]) + 1, _slot(ys, frame[3])))
    columns = range(_slot(xs, frame[0]), max(_slot(xs, frame[0]) + 1, _slot(xs, frame[2])))
    return [(row, column) for row in rows for column in columns]


def _framed(
    frame: Box, inside: Sequence[Word], page: int, xs: Sequence[float], ys: Sequence[float]
) -> Cell:
    row, column = _slot(ys, frame[1]), _slot(xs, frame[0])
    spans = max(1, _slot(ys, frame[3]) - row), max(1, _slot(xs, frame[2]) - column)
    return cell_of(inside, frame, page, row, column, spans)


def _spans(words: Sequence[Word], page: int) -> tuple[Span, ...]:
    """Where each word of a cell of several lines stands."""
    out: list[Span] = []
    for word in words:
        start = out[-1].end + 1 if out else 0
        out.append(Span(start, start + len(word.text), page, word.box, word.confidence))
    return tuple(out)


def cell_of(
    words: Sequence[Word],
    frame: Box,
    page: int,
    row: int,
    column: int,
    spans: tuple[int, int] = (1, 1),
) -> Cell:
    """One cell of the words inside ``frame``; wrapped lines are joined by spaces."""
    lines = rows_of(words)
    ordered = [w for line in lines for w in line]
    box = union([w.box for w in ordered]) if ordered else frame
    return Cell(
        " ".join(w.text for w in ordered),
        row,
        column,
        Anchor(page=page, box=box, table=0, row=row, column=column),
        spans[0],
        spans[1],
        frame,
        bold=bool(ordered) and all(w.bold for w in ordered),
        italic=bool(ordered) and all(w.italic for w in ordered),
        confidence=min((w.confidence for w in ordered), default=1.0),
        spans=_spans(ordered, page) if len(lines) > 1 else (),
        doubts=(Doubt("struck_out"),) if any(w.struck for w in ordered) else (),
    )
