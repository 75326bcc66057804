"""A table without rules: its columns are the gutters of white below a header line.

Pure: words in, table out, so that scans and digital pages share it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.readers.lines import Line, Word, rows_of, segments
from parsers.readers.page_content import table_of
from parsers.readers.pdf_tables import cell_of
from schemas.document import Box, Table, TableKind
from schemas.text import fold

_ORDINAL_HEAD = re.compile(r"^(tt|stt|so tt)$")
_HEAD_WORDS = ("don vi", "dvt", "so luong", "ghi chu", "nguoi", "noi dung", "hoat dong", "so lop", "ket qua")
_GUTTER = 5.0


def borderless_tables(words: Sequence[Word], page: int) -> list[tuple[Table, Box]]:
    """The table that starts at a header line with an ordinal column, with its box; or none."""
    rows = [segments(row) for row in rows_of(words)]
    head = next((i for i, row in enumerate(rows) if _is_head(row, rows[i : i + 3])), None)
    if head is None:
        return []
    first = next((i for i in range(head + 1, len(rows)) if _starts_data(rows[i], rows[head])), None)
    if first is None:
        return []
    start = head
    while start > 0 and first - start < 4 and _is_head_part(rows[start - 1]):
        start -= 1
    body = rows[first:]
    edges = _columns([w for row in body for line in row for w in line.words],
                     [w for row in rows[start:first] for line in row for w in line.words])  # fmt: skip
    if len(edges) < 4:
        return []
    groups = [[line for row in rows[start:first] for line in row], *_grouped(body, edges)]
    cells = []
    bottom = max(line.box[3] for row in body for line in row)
    for number, group in enumerate(groups):
        inside = [w for line in group for w in line.words]
        top, low = min(w.box[1] for w in inside), max(w.box[3] for w in inside)
        for column in range(len(edges) - 1):
            frame = (edges[column], top, edges[column + 1], low)
            mine = [w for w in inside if edges[column] <= (w.box[0] + w.box[2]) / 2 < edges[column + 1]]
            cells.append(cell_of(mine, frame, page, number, column))
    top = min(line.box[1] for row in rows[start:first] for line in row)
    made = table_of(TableKind.BORDERLESS, page, cells, len(groups), len(edges) - 1)
    return [(made, (edges[0], top, edges[-1], bottom))]


def _is_head(row: Sequence[Line], near: Sequence[Sequence[Line]]) -> bool:
    if not any(_ORDINAL_HEAD.match(fold(line.text)) for line in row):
        return False
    text = " ".join(fold(line.text) for part in near for line in part)
    return sum(word in text for word in _HEAD_WORDS) >= 2


def _is_head_part(row: Sequence[Line]) -> bool:
    text = " ".join(fold(line.text) for line in row)
    return len(row) <= 3 and any(word in text for word in _HEAD_WORDS) and len(text) < 60


def _starts_data(row: Sequence[Line], head: Sequence[Line]) -> bool:
    return bool(re.fullmatch(r"(\d{1,2}|[ivx]+|a)[.)]?", fold(row[0].words[0].text))) and row[0].box[0] < head[0].box[2] + 10


def _columns(words: Sequence[Word], head: Sequence[Word]) -> list[float]:
    """Column edges: the middles of the gutters no data word crosses, with header-only columns."""
    left, right = min(w.box[0] for w in words) - 2, max(w.box[2] for w in [*words, *head]) + 2
    spans: list[list[float]] = []
    for x0, x1 in sorted((w.box[0], w.box[2]) for w in words):
        if spans and x0 - spans[-1][1] < _GUTTER:
            spans[-1][1] = max(spans[-1][1], x1)
        else:
            spans.append([x0, x1])
    tail = [w for w in head if w.box[0] > spans[-1][1] + 2]
    if tail:
        spans.append([min(w.box[0] for w in tail), max(w.box[2] for w in tail)])
    return [left, *((a[1] + b[0]) / 2 for a, b in zip(spans, spans[1:], strict=False)), right]


def _grouped(body: Sequence[Sequence[Line]], edges: Sequence[float]) -> list[list[Line]]:
    out: list[list[Line]] = []
    for row in body:
        words = [w for line in row for w in line.words]
        texts = ["" for _ in edges[1:]]
        for w in words:
            at = max(i for i in range(len(edges) - 1) if edges[i] <= (w.box[0] + w.box[2]) / 2 or i == 0)
            texts[at] = f"{texts[at]} {w.text}".strip()
        if not out or _begins(texts):
            out.append(list(row))
        else:
            out[-1].extend(row)
    return out


def _begins(texts: Sequence[str]) -> bool:
    """A line begins a row if it has an ordinal, a number, or a unit beside a capitalised label."""
    if texts[0] or any(re.fullmatch(r"[\d., ]+", t) for t in texts[2:] if t):
        return True
    label, unit = texts[1], texts[2] if len(texts) > 2 else ""
    return bool(unit and label and label[0].isupper() and unit[0].isupper())
