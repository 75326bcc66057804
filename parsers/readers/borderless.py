"""A table without rules: a header line anchors its columns, the rows below fill them.

Pure: words in, table out, so that scans and digital pages share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.readers.borderless_head import (
    BULLET,
    NUMBER,
    ORDINAL,
    Row,
    find_head,
    is_figure,
    is_numbering,
    parts_of,
    repeated_head,
)
from parsers.readers.lines import Line, Word, column_of, rows_of, segments
from parsers.readers.page_content import table_of
from parsers.readers.pdf_tables import cell_of
from schemas.document import Box, Cell, Table, TableKind
from schemas.text import fold

Interval = tuple[float, float]
_ROWS = 3
"""Lines that a table without rules and without ordinals must have."""


def tables_without_rules(
    words: Sequence[Word],
    page: int,
    before: Table | None = None,
    edges: Sequence[float] | None = None,
    *,
    unnumbered: bool = False,
) -> list[tuple[Table, Box]]:
    """The page's table without rules, with its box; or none.

    ``before`` is the one that ends the page above, and may go on here under its head said again.
    ``edges`` of columns are what the picture of the page shows; without them the head tells. With
    ``unnumbered`` a head without an ordinal's title says that the rows have none.
    """
    rows = _on_paper(words)
    if before is not None and repeated_head(rows, before):
        found = continued_table(words, page, before, edges)
        if found:
            return found
    bare = unnumbered or edges is None
    # What goes on overleaf may look like a table without ordinals: it is first tried as what it is.
    found = _headed_table(words, page, edges, bare and before is None)
    if not found and before is not None:
        found = continued_table(words, page, before, edges)
    return found or _headed_table(words, page, edges, bare)


def _headed_table(
    words: Sequence[Word], page: int, edges: Sequence[float] | None, unnumbered: bool
) -> list[tuple[Table, Box]]:
    """The table that starts at a header line."""
    rows = [parts_of(segments(row)) for row in rows_of(words)]
    numbered = any(w.text.strip(".:").casefold() in ("tt", "stt") for w in words)
    head = find_head(rows, ordinal=edges is None) if numbered or not unnumbered else None
    bare = head is None and unnumbered
    if bare:
        head = find_head(rows, ordinal=False, label=0)
    if head is None:
        return []
    start, first = head
    heading = [row for row in rows[start:first] if not is_numbering(row)]
    columns = _head_columns(heading) if edges is None else _between(edges)
    if bare:
        columns = _unnumbered(columns, rows[start:])
    body, columns = _body(rows[first:], columns)
    if len(columns) < 3 or len(body) < (_ROWS if bare else 1):
        return []
    sides = _edges(columns) if edges is None else [*(columns[0][:bare]), *edges]
    return [_table([heading], _grouped(body, sides), sides, page)]


def _unnumbered(columns: Sequence[Interval], rows: Sequence[Row]) -> list[Interval]:
    """``columns``, the first reaching to where the labels begin, behind one for the ordinals that
    the table does without."""
    left = min(part.box[0] for row in rows for part in row)
    return [(left - 6, left - 4), (left, columns[0][1]), *columns[1:]]


def continued_table(
    words: Sequence[Word], page: int, before: Table, edges: Sequence[float] | None = None
) -> list[tuple[Table, Box]]:
    """The rest of ``before``, a table that ends the page above, with its box; or none.

    It is of its kind: a table ruled one way may have too few rows here to be known by its rules.
    """
    sides = list(edges) if edges is not None else column_sides(before)
    if len(sides) != before.columns + 1:
        return []
    rows = _on_paper(words)
    said = repeated_head(rows, before)
    body, _ = _body(rows[said:], _between(sides))
    top = [parts_of(row) for row in rows[:said]]
    heading = [[row for row in top if not is_numbering(row)]] if said else []
    if not body:
        return []
    table, box = _table(heading, _grouped(body, sides), sides, page)
    return [(replace(table, kind=before.kind), box)]


def column_sides(table: Table) -> list[float]:
    """Where the table's columns begin and end, left to right."""
    frames = [c.frame for c in table.cells if c.frame is not None]
    return sorted({f[0] for f in frames} | {f[2] for f in frames})


def _on_paper(words: Sequence[Word]) -> list[Row]:
    """Lines top to bottom, without a page number above them."""
    rows = [segments(row) for row in rows_of(words)]
    while rows and len(rows[0]) == 1 and NUMBER.fullmatch(rows[0][0].text) and len(rows) > 1:
        rows = rows[1:]
    return rows


def _between(edges: Sequence[float]) -> list[Interval]:
    return [(a + 2, b - 2) for a, b in pairwise(edges)]


def _touched(box: Box, columns: Sequence[Interval]) -> list[int]:
    return [i for i, (a, b) in enumerate(columns) if box[0] < b - 1 and box[2] > a + 1]


def _spanning(chunk: Line, heading: Sequence[Row]) -> bool:
    """Whether a heading stands over two or more headings of a lower line."""
    below = [c.box for row in heading for c in parts_of(row) if c.box[1] > chunk.box[3] - 2]
    under = [b for b in below if b[2] > chunk.box[0] - 20 and b[0] < chunk.box[2] + 20]
    apart = [(a, b) for a in under for b in under if a[2] + 4 < b[0]]
    middle = (chunk.box[0] + chunk.box[2]) / 2
    return any(a[2] - 8 < middle < b[0] + 8 for a, b in apart)


def _head_columns(heading: Sequence[Row]) -> list[Interval]:
    columns: list[Interval] = []
    for x0, x1 in sorted(
        (c.box[0], c.box[2]) for row in heading for c in parts_of(row) if not _spanning(c, heading)
    ):
        if columns and x0 < columns[-1][1] + 2:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _body(rows: Sequence[Row], columns: list[Interval]) -> tuple[list[Row], list[Interval]]:
    """The rows that keep to the columns, up to the last that fills two of them, and the columns grown.

    A line across columns inside the table (a group's title) is kept; after its end it is text.
    """
    last = -1
    for at, row in enumerate(rows):
        chunks = parts_of(row)
        places = [_touched(c.box, columns) for c in chunks]
        if any(len(p) > 1 for p in places):
            continue
        filled = {p[0] for p in places if p}
        if len(filled) > 1 and (max(filled) > 1 or _titles(row, filled)):
            last = at
        for chunk, place in zip(chunks, places, strict=True):
            _grow(columns, chunk.box, place)
    leading = _leading(rows[: last + 1])
    while 0 <= last < len(rows) - 1 and _goes_on(rows[last], rows[last + 1], columns, leading):
        last += 1
    return list(rows[: last + 1]), columns


def _leading(rows: Sequence[Row]) -> float:
    """From line to line within a row, in points: not the least, which may be a smudge's."""
    steps = sorted(b[0].box[3] - a[0].box[3] for a, b in pairwise(rows))
    return max(8.0, steps[len(steps) // 5]) if steps else 16.0


def _titles(row: Row, filled: set[int]) -> bool:
    """Whether a row holds only its ordinal and the title of a group, whose rows may follow overleaf."""
    return filled == {0, 1} and bool(ORDINAL.fullmatch(fold(row[0].words[0].text)))


def _goes_on(row: Row, following: Row, columns: Sequence[Interval], leading: float) -> bool:
    """Whether ``following`` is one more line of the last row's cells."""
    near = following[0].box[3] - row[0].box[3] < 1.4 * leading
    return near and all(len(_touched(c.box, columns)) == 1 for c in parts_of(following))


def _grow(columns: list[Interval], box: Box, place: Sequence[int]) -> None:
    middle = (box[0] + box[2]) / 2
    at = (
        place[0]
        if place
        else min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - middle))
    )
    columns[at] = (min(columns[at][0], box[0]), max(columns[at][1], box[2]))


def _edges(columns: Sequence[Interval]) -> list[float]:
    inner = ((a[1] + b[0]) / 2 for a, b in pairwise(columns))
    return [columns[0][0] - 2, *inner, columns[-1][1] + 2]


def _grouped(body: Sequence[Row], edges: Sequence[float]) -> list[list[Line]]:
    """Lines gathered into rows: by ordinals, numbers and units, and by wider white between rows."""
    steps = [b[0].box[3] - a[0].box[3] for a, b in pairwise(body)]
    leading = _leading(body)
    spaced = any(step < 1.2 * leading for step in steps) and any(
        step > 1.4 * leading for step in steps
    )
    out: list[list[Line]] = []
    numbered = False
    for at, row in enumerate(body):
        texts = ["" for _ in edges[1:]]
        for word in (w for line in row for w in line.words):
            place = column_of(word.box, edges)
            texts[place] = f"{texts[place]} {word.text}".strip()
        number = any(is_figure(t) for t in texts[2:])
        wide = spaced and at > 0 and row[0].box[3] - body[at - 1][0].box[3] > 1.4 * leading
        # A number centred beside its wrapped label stands below the label's first line.
        middle = spaced and not (wide or texts[0] or numbered or _titled(texts[1]))
        if not out or wide or (_begins(texts) and not middle):
            out.append(list(row))
            numbered = number
        else:
            out[-1].extend(row)
            numbered = numbered or number
    return out


def _titled(label: str) -> bool:
    """Whether a label's line is its first: with a capital, or behind a bullet."""
    return label[:1].isupper() or bool(BULLET.match(label))


def _begins(texts: Sequence[str]) -> bool:
    """A line begins a row if it has an ordinal, a number, a bullet, or a unit beside a
    capitalised label."""
    if texts[0] or any(is_figure(t) for t in texts[2:]) or BULLET.match(texts[1]):
        return True
    label, unit = texts[1], texts[2] if len(texts) > 2 else ""
    return bool(unit and label and label[0].isupper() and unit[0].isupper())


def _table(
    heading: Sequence[Sequence[Row]],
    groups: Sequence[list[Line]],
    edges: Sequence[float],
    page: int,
) -> tuple[Table, Box]:
    cells = _head_cells(heading[0], edges, page) if heading else []
    offset = max((c.row + c.row_span for c in cells), default=0)
    for number, group in enumerate(groups, offset):
        words = [w for line in group for w in line.words]
        top, low = min(w.box[1] for w in words), max(w.box[3] for w in words)
        for column in range(len(edges) - 1):
            mine = [w for w in words if column_of(w.box, edges) == column]
            cells.append(
                cell_of(mine, (edges[column], top, edges[column + 1], low), page, number, column)
            )
    cells.sort(key=lambda c: (c.row, c.column))
    made = table_of(TableKind.BORDERLESS, page, cells, offset + len(groups), len(edges) - 1)
    frames = [c.frame for c in cells if c.frame is not None]
    return made, (edges[0], min(f[1] for f in frames), edges[-1], max(f[3] for f in frames))


def _head_cells(heading: Sequence[Row], edges: Sequence[float], page: int) -> list[Cell]:
    """One row of headings, or two where one stands over several columns."""
    chunks = [c for row in heading for c in parts_of(row)]
    over = [c for c in chunks if _spanning(c, heading)]
    top, low = min(c.box[1] for c in chunks), max(c.box[3] for c in chunks)
    middle = max((c.box[3] for c in over), default=low)
    cells: list[Cell] = []
    covered: set[int] = set()
    for chunk in over:
        under = [c for c in chunks if c.box[1] > chunk.box[3] - 2 and c not in over]
        near = sorted(
            {column_of(c.box, edges) for c in under},
            key=lambda i: abs(edges[i] + edges[i + 1] - chunk.box[0] - chunk.box[2]),
        )
        left, right = min(near[:2]), max(near[:2])
        covered |= set(range(left, right + 1))
        frame = (edges[left], top, edges[right + 1], middle)
        cells.append(cell_of(chunk.words, frame, page, 0, left, (1, right - left + 1)))
    for column in range(len(edges) - 1):
        mine = [
            w for c in chunks if c not in over for w in c.words if column_of(w.box, edges) == column
        ]
        lower = column in covered
        frame = (edges[column], middle if lower else top, edges[column + 1], low)
        cells.append(
            cell_of(mine, frame, page, int(lower), column, (1 if lower or not over else 2, 1))
        )
    return cells
