"""Tables ruled one way only: level lines give the rows and white the columns, or upright lines the
columns and the text the rows.

Pure: the page's lines and words in, tables out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any

from parsers.readers.borderless import tables_without_rules
from parsers.readers.borderless_head import YEAR, is_figure, parts_of
from parsers.readers.lines import Line, Word, column_at, column_of, rows_of, segments
from parsers.readers.pdf_rules import Rules
from parsers.readers.pdf_tables import from_frames
from schemas.document import Box, Table, union

_SAME = 3.0
"""Points that two lines may lie apart and still be one, or end apart and still rule one table."""
_BANDS = 3
_WHITE = 3.0
"""Points of white that part two columns: what no row but a head or a group's title runs over."""
_OVER = 0.25
_HEAD_RULES = 2
_TALL = 60.0


@dataclass(frozen=True, slots=True)
class _Level:
    y: float
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two lines: ``parts`` are runs of words with no wide gap inside."""

    top: float
    bottom: float
    parts: tuple[Line, ...]


def ruled_one_way(rules: Rules) -> list[Box]:
    """Where level lines, or upright ones, stand together as those of a table do."""
    uprights = [
        (
            min(e["x0"] for e in one),
            one[0]["top"],
            max(e["x1"] for e in one),
            one[0]["bottom"],
        )
        for one in _upright_stacks(rules)
    ]
    levels = [(one[0].x0, one[0].y, one[0].x1, one[-1].y) for one in _stacks(_levels(rules))]
    return [*uprights, *levels]


def tables_between_uprights(
    rules: Rules, number: int, words: Sequence[Word]
) -> list[tuple[Table, Box]]:
    """The table whose columns are ruled and whose rows are not, but for its head's and its frame;
    with its box; or none."""
    for lines in _upright_stacks(rules):
        top, bottom = lines[0]["top"], lines[0]["bottom"]
        edges = sorted(line["x0"] for line in lines)
        inner = [
            e["top"]
            for e in rules.edges
            if e["orientation"] == "h" and top + _SAME < e["top"] < bottom - _SAME
        ]
        inside = [w for w in words if top <= (w.box[1] + w.box[3]) / 2 < bottom]
        if len({round(y / _SAME) for y in inner}) <= _HEAD_RULES and inside:
            found = tables_without_rules(inside, number, edges=edges, unnumbered=True)
            if found and found[0][0].rows > _BANDS:
                return found
    return []


def _upright_stacks(rules: Rules) -> Iterator[list[dict[str, Any]]]:
    """Upright lines that begin and end together, three and more, far longer than a row is high."""
    left = [e for e in rules.edges if e["orientation"] == "v" and e["bottom"] - e["top"] > _TALL]
    while left:
        first = left[0]
        together = [one for one in left if _together(one, first)]
        left = [one for one in left if not _together(one, first)]
        same = [
            one
            for at, one in enumerate(together)
            if all(abs(one["x0"] - other["x0"]) > _SAME for other in together[:at])
        ]
        if len(same) > 2:
            yield same


def _together(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(abs(one[side] - other[side]) <= _SAME for side in ("top", "bottom"))


def tables_between_levels(
    rules: Rules, number: int, words: Sequence[Word]
) -> list[tuple[Table, Box]]:
    """Tables of at least three rows between level lines of one width, each with its box.

    Nothing where an upright line parts the rows: those are whole grids.
    """
    out = []
    upright = [e for e in rules.edges if e["orientation"] == "v"]
    for stack in _stacks(_levels(rules)):
        box = (stack[0].x0, stack[0].y, stack[0].x1, stack[-1].y)
        if any(_inside(edge, box) for edge in upright):
            continue
        bands = [_band(a, b, words) for a, b in pairwise(stack)]
        edges = _columns(bands, box)
        if len(edges) < 3 or sum(len(_filled(b, edges)) > 1 for b in bands) < _BANDS:
            continue
        frames = [frame for band in bands for frame in _frames(_parted(band, edges), edges)]
        table = from_frames(frames, number, words)
        if table is not None:
            out.append((table, union(frames)))
    return out


def _levels(rules: Rules) -> list[_Level]:
    """Level lines, pieces that touch joined, top to bottom."""
    pieces = sorted((e["top"], e["x0"], e["x1"]) for e in rules.edges if e["orientation"] == "h")
    rows: list[list[tuple[float, float, float]]] = []
    for piece in pieces:
        if rows and piece[0] - rows[-1][0][0] <= _SAME:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [level for row in rows for level in _joined(row)]


def _joined(row: Sequence[tuple[float, float, float]]) -> Iterator[_Level]:
    y = row[0][0]
    start, end = min(p[1] for p in row), None
    for _, x0, x1 in sorted(row, key=lambda p: p[1]):
        if end is not None and x0 > end + _SAME:
            yield _Level(y, start, end)
            start, end = x0, x1
        end = x1 if end is None else max(end, x1)
    if end is not None:
        yield _Level(y, start, end)


def _stacks(levels: Sequence[_Level]) -> Iterator[list[_Level]]:
    """Lines of one width below one another, at least one more than the rows of a table."""
    left = list(levels)
    while left:
        first = left[0]
        same = [
            one
            for one in left
            if abs(one.x0 - first.x0) <= _SAME and abs(one.x1 - first.x1) <= _SAME
        ]
        left = [one for one in left if one not in same]
        if len(same) > _BANDS:
            yield same


def _inside(edge: dict[str, float], box: Box) -> bool:
    x, y = edge["x0"], (edge["top"] + edge["bottom"]) / 2
    return box[0] + _SAME < x < box[2] - _SAME and box[1] < y < box[3]


def _band(above: _Level, below: _Level, words: Sequence[Word]) -> _Band:
    inside = [
        w
        for w in words
        if above.y <= (w.box[1] + w.box[3]) / 2 < below.y
        and above.x0 <= (w.box[0] + w.box[2]) / 2 < above.x1
    ]
    parts = [part for row in rows_of(inside) for part in parts_of(segments(row))]
    return _Band(above.y, below.y, tuple(parts))


def _columns(bands: Sequence[_Band], box: Box) -> list[float]:
    """Edges of columns: the middle of each white strip that few rows run over."""
    marks = sorted({x for band in bands for p in band.parts for x in (p.box[0], p.box[2])})
    strips: list[list[tuple[int, float, float]]] = []
    for a, b in pairwise(marks):
        over = sum(any(p.box[0] < b and p.box[2] > a for p in band.parts) for band in bands)
        if over > _OVER * len(bands):
            continue
        if strips and a <= strips[-1][-1][2]:
            strips[-1].append((over, a, b))
        else:
            strips.append([(over, a, b)])
    inner = [_whitest(s) for s in strips if s[-1][2] - s[0][1] >= _WHITE]
    return _held(bands, [box[0], *(x for x in inner if box[0] < x < box[2]), box[2]])


def _whitest(strip: Sequence[tuple[int, float, float]]) -> float:
    """The middle of what fewest rows run over in a strip; of its widest piece."""
    _, _, a, b = min((over, a - b, a, b) for over, a, b in strip)
    return (a + b) / 2


def _held(bands: Sequence[_Band], edges: Sequence[float]) -> list[float]:
    """``edges`` without those that part off a column in which nothing stands."""
    filled = set().union(*(_filled(band, edges) for band in bands))
    last = len(edges) - 2
    kept = [
        edges[0],
        *(x for i, x in enumerate(edges[1:-1]) if i in filled and (i < last - 1 or last in filled)),
    ]
    return [*kept, edges[-1]]


def _parted(band: _Band, edges: Sequence[float]) -> _Band:
    """``band``, a figure parted from the label that runs up to it."""
    parts: list[Line] = []
    for part in band.parts:
        placed = groupby(part.words, lambda w: column_of(w.box, edges))
        split = [Line(tuple(words)) for _, words in placed]
        told = any(is_figure(one.text) and not YEAR.fullmatch(one.text) for one in split[1:])
        parts += split if told else [part]
    return replace(band, parts=tuple(parts))


def _filled(band: _Band, edges: Sequence[float]) -> set[int]:
    return {column_of(p.box, edges) for p in band.parts}


def _frames(band: _Band, edges: Sequence[float]) -> list[Box]:
    """The cells of one row; a part that runs over columns spans them, above what stands below it."""
    frames: list[Box] = []
    covered: set[int] = set()
    for part in band.parts:
        first, last = column_at(part.box[0] + 1, edges), column_at(part.box[2] - 1, edges)
        if first == last or covered & set(range(first, last + 1)):
            continue
        covered |= set(range(first, last + 1))
        below = [
            p.box[1]
            for p in band.parts
            if p.box[1] > part.box[3] - _SAME
            and edges[first] < p.box[2]
            and p.box[0] < edges[last + 1]
        ]
        low = (part.box[3] + min(below)) / 2 if below else band.bottom
        frames.append((edges[first], band.top, edges[last + 1], low))
        if below:
            frames += [(edges[i], low, edges[i + 1], band.bottom) for i in range(first, last + 1)]
    frames += [
        (edges[i], band.top, edges[i + 1], band.bottom)
        for i in range(len(edges) - 1)
        if i not in covered
    ]
    return frames
