"""What one page holds, and how pages become a Document: written once for text and for scans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median

from parsers.readers.flow import CLOSED, is_item
from schemas.document import (
    Anchor,
    Block,
    Box,
    Cell,
    Document,
    Doubt,
    Page,
    Paragraph,
    Reading,
    Source,
    Span,
    Table,
    TableKind,
    union,
)
from schemas.text import words as folded_words

_FIGURE = re.compile(r"[\d.,\s%–-]+")
_HEAD, _SAME_HEAD = 4, 0.8
"""Rows that may be a head said again overleaf, and how like the first one they must be."""
_EDGE_POINTS = 12
_NEARER, _COLUMNS = 1.1, 3
"""How much larger one sheet may be photographed than the next; columns that must show it."""


Edges = dict[int, float]
"""Where each column of a table begins, in points from the left of the page held upright."""


@dataclass(frozen=True, slots=True)
class PageContent:
    """``starts_inside``: the first paragraph may continue the last one of the page before;
    ``ends_inside``: the last one's final line was full.

    A page that lay askew gives the ``edges`` of its tables, in order, as they are on the page held
    straight; and ``open_table``, likewise straight: the borderless table that ends it.
    ``pictured`` are pictures on it that hold print which is still to be read.
    """

    page: Page
    blocks: tuple[Block, ...]
    aside: tuple[Paragraph, ...] = ()
    starts_inside: bool = False
    ends_inside: bool = False
    edges: tuple[Edges, ...] = ()
    open_table: Table | None = None
    pictured: tuple[Box, ...] = ()


def assemble(
    pages: Sequence[PageContent], source: Source, doubts: Sequence[Doubt] = ()
) -> Document:
    """Joins what page breaks cut and numbers tables and paragraphs in document order."""
    blocks: list[Block] = []
    inside = False
    below: Edges | None = None
    for content in pages:
        edges = _edges_of_page(content)
        for position, block in enumerate(content.blocks):
            last = blocks[-1] if blocks else None
            if (
                position == 0
                and isinstance(last, Table)
                and isinstance(block, Table)
                and continues(last, block, below, edges[0], _slack(content.page))
            ):
                blocks[-1] = join_tables(last, block)
            elif (
                position == 0
                and inside
                and content.starts_inside
                and isinstance(last, Paragraph)
                and isinstance(block, Paragraph)
                and _runs_over(last, block)
            ):
                blocks[-1] = join_paragraphs(last, block)
            else:
                blocks.append(block)
        inside = content.ends_inside if content.blocks else inside
        below = edges[-1] if edges else None
    readings = {content.page.reading for content in pages}
    pictured = any(content.page.pictures for content in pages)
    reading = readings.pop() if len(readings) == 1 and not pictured else Reading.MIXED
    return Document(
        replace(source, pages=len(pages)),
        reading,
        tuple(_numbered(blocks)),
        tuple(content.page for content in pages),
        tuple(p for content in pages for p in content.aside),
        tuple(doubts),
    )


def _numbered(blocks: list[Block]) -> list[Block]:
    out: list[Block] = []
    tables = paragraphs = 0
    for block in blocks:
        if isinstance(block, Table):
            cells = tuple(replace(c, anchor=replace(c.anchor, table=tables)) for c in block.cells)
            out.append(
                replace(
                    block, index=tables, cells=cells, anchor=replace(block.anchor, table=tables)
                )
            )
            tables += 1
        else:
            out.append(replace(block, anchor=replace(block.anchor, paragraph=paragraphs)))
            paragraphs += 1
    return out


def _runs_over(last: Paragraph, block: Paragraph) -> bool:
    """Whether the words themselves allow that ``block`` goes on from ``last``."""
    if is_item(block.text) or last.bold != block.bold:
        return False
    if block.text.isupper() != last.text.isupper():
        return False  # a title never goes on from a signature, nor a sentence from a title
    return block.text[:1].islower() or not CLOSED.search(last.text)


def join_paragraphs(first: Paragraph, second: Paragraph) -> Paragraph:
    """One paragraph of two halves, where the first begins; a broken "GDNN-GDTX" gets no space."""
    inside_word = len(first.text) > 1 and first.text.endswith("-") and first.text[-2].isalnum()
    glue = "" if inside_word and second.text[:1].isalnum() else " "
    shift = len(first.text) + len(glue)
    moved = tuple(
        Span(s.start + shift, s.end + shift, s.page, s.box, s.confidence) for s in second.spans
    )
    return replace(
        first,
        text=f"{first.text}{glue}{second.text}",
        spans=first.spans + moved,
        doubts=first.doubts + second.doubts,
    )


def continues(
    first: Table,
    second: Table,
    below: Edges | None = None,
    above: Edges | None = None,
    slack: float = 0.0,
) -> bool:
    """Whether ``second``, on top of a page, goes on from ``first``: same columns, same edges.

    ``below`` and ``above`` are their edges where the tables' own frames are not upright;
    ``slack`` is how far, in points, a page may lie beside the one before.
    """
    if first.columns != second.columns or first.kind != second.kind:
        return False
    left = edges_of(first) if below is None else below
    right = edges_of(second) if above is None else above
    shared = sorted(left.keys() & right.keys())
    if not shared:
        return True
    scale = _scale([left[c] for c in shared], [right[c] for c in shared]) if slack else 1.0
    shifts = [right[c] - scale * left[c] for c in shared]
    beside = min(max(median(shifts), -slack), slack)
    return max(abs(shift - beside) for shift in shifts) < _EDGE_POINTS


def _scale(left: Sequence[float], right: Sequence[float]) -> float:
    """How much larger the columns at ``right`` are, if it may be by the distance of a camera."""
    if len(left) < _COLUMNS or left[-1] <= left[0]:
        return 1.0
    scale = (right[-1] - right[0]) / (left[-1] - left[0])
    return scale if 1 / _NEARER < scale < _NEARER else 1.0


def edges_of(table: Table) -> Edges:
    """The left edges of the columns, from the cells' frames."""
    return {c.column: c.frame[0] for c in table.cells if c.frame is not None}


def _edges_of_page(content: PageContent) -> tuple[Edges, ...]:
    tables = (b for b in content.blocks if isinstance(b, Table))
    return content.edges or tuple(edges_of(table) for table in tables)


def _slack(page: Page) -> float:
    """Sheets of paper lie on the glass as they fall."""
    return 0.0 if page.reading is Reading.TEXT else 0.08 * page.width


def _head_texts(table: Table) -> list[tuple[str, ...]]:
    """The texts of the rows that may be a head."""
    cells = tuple(cell for cell in table.cells if cell.row < _HEAD)
    head = replace(table, rows=min(table.rows, _HEAD), cells=cells)
    return [tuple("" if c is None else folded_words(c.text) for c in row) for row in head.grid()]


def join_tables(first: Table, second: Table) -> Table:
    """One table: repeated header rows dropped, a row cut by the page break glued together."""
    head = _head_texts(first)
    tail = _head_texts(second)
    repeated = 0
    while repeated < min(len(tail), len(head)) and _same_row(tail[repeated], head[repeated]):
        repeated += 1
    rest = [c for c in second.cells if c.row >= repeated]
    glue = repeated < second.rows and _is_fragment(first, second, repeated)
    offset = first.rows - repeated - (1 if glue else 0)
    cells = list(first.cells)
    last = {(c.row, c.column): i for i, c in enumerate(cells) if c.row == first.rows - 1}
    for cell in rest:
        row = cell.row + offset
        moved = replace(cell, row=row, anchor=replace(cell.anchor, row=row))
        at = last.get((row, cell.column))
        if at is None:
            cells.append(moved)
        elif moved.text:
            cells[at] = _glued(cells[at], moved)
    rows = first.rows + second.rows - repeated - (1 if glue else 0)
    joined = (*first.joined_rows, first.rows - 1) if glue else first.joined_rows
    return replace(first, rows=rows, cells=tuple(cells), joined_rows=joined)


_OPEN = re.compile(r"(?:\w,|\w/|\b(?:cho|và|của|về|các|những|tại|trong|với|để|hoặc|theo|là))\s*$")
"""How no label and no sentence of a cell ends."""


_LISTED = re.compile(r"\s*(?:[-–—+•*]|[a-zđ]\)|\d)")
_MANY, _NEARLY = 5, 0.8
"""Rows, and the share of them that tells how rows begin."""


def _same_row(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two rows say the same; of headings, which hold no figures, give or take a letter."""
    if one == other:
        return True
    if any(_FIGURE.fullmatch(text) for text in (*one, *other) if text):
        return False
    said, known = " ".join(one), " ".join(other)
    return SequenceMatcher(None, said, known, autojunk=False).ratio() >= _SAME_HEAD


def _is_fragment(first: Table, second: Table, row: int) -> bool:
    """Whether ``row`` of ``second`` is the rest of ``first``'s last row.

    It has no ordinal and no figure, and stands only under cells that have text. It then goes on in
    lower case, closes a bracket or follows a word that leaves open what it leads to ("cho"); or it is
    one cell alone, and nothing was repeated above it or all rows are numbered or listed but it.
    """
    if first.rows < 2:
        return False
    above = {c.column: c.text for c in first.cells if c.row + c.row_span == first.rows}
    filled = {c.column: c.text.strip() for c in second.cells if c.row == row and c.text.strip()}
    if not filled or 0 in filled or any(_FIGURE.fullmatch(t) for t in filled.values()):
        return False
    if any(not above.get(column, "").strip() for column in filled):
        return False
    if all(t[0].islower() or t[0] in ",;)" for t in filled.values()):
        return True
    if any(above[c].count("(") > above[c].count(")") or _OPEN.search(above[c]) for c in filled):
        return True
    return len(filled) == 1 and (row == 0 or not _is_row(first, *filled.items()))


def _is_row(first: Table, label: tuple[int, str]) -> bool:
    """Whether a label alone may be a row of ``first``: not where all others are numbered or listed."""
    column, text = label
    if _LISTED.match(text):
        return True
    marked = {
        c.row for c in first.cells
        if c.text.strip() and (c.column == 0 < column or (c.column == column and _LISTED.match(c.text)))
    }  # fmt: skip
    return first.rows < _MANY or len(marked) < _NEARLY * first.rows


def _glued(first: Cell, second: Cell) -> Cell:
    text = f"{first.text} {second.text}".strip()
    return replace(
        first,
        text=text,
        confidence=min(first.confidence, second.confidence),
        doubts=first.doubts + second.doubts,
    )


def table_of(kind: TableKind, page: int, cells: Sequence[Cell], rows: int, columns: int) -> Table:
    """A table of one page; its index is given later by ``assemble``."""
    frames = [c.frame for c in cells if c.frame is not None]
    box = union(frames) if frames else None
    return Table(0, rows, columns, tuple(cells), Anchor(page=page, box=box, table=0), kind)
