"""Words with places become lines, columns and paragraphs: for digital pages and scans alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from schemas.document import Alignment, Anchor, Box, Doubt, Paragraph, Span, union


@dataclass(frozen=True, slots=True)
class Word:
    """One word on a page; ``size`` in points, ``base`` the height of its baseline, if known.

    ``struck`` says that a line runs through it.
    """

    text: str
    box: Box
    size: float = 12.0
    bold: bool = False
    italic: bool = False
    confidence: float = 1.0
    base: float | None = None
    struck: bool = False

    @property
    def level(self) -> float:
        """Where the word stands on the page: its baseline, else the middle of its ink.

        Ink alone misleads: marks above and below capitals shift the middle of "GIÁO DỤC" by a
        third of a line.
        """
        return (self.box[1] + self.box[3]) / 2 if self.base is None else self.base


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line without a column gap between them, left to right."""

    words: tuple[Word, ...]
    box: Box = field(init=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for again and again by everything that reads a layout.
        object.__setattr__(self, "box", union([w.box for w in self.words]))

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def size(self) -> float:
        return median(w.size for w in self.words)

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)

    @property
    def italic(self) -> bool:
        return all(w.italic for w in self.words)


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped by baseline, top to bottom, each row left to right."""
    rows: list[tuple[float, float, list[Word]]] = []
    for word in sorted(words, key=lambda w: w.level):
        if rows and rows[-1][0] <= word.level <= rows[-1][1]:
            rows[-1][2].append(word)
        else:
            half = max(2.0, word.size * 0.32)
            rows.append((word.level - half, word.level + half, [word]))
    return [sorted(row[2], key=lambda w: w.box[0]) for row in rows]


def segments(row: Sequence[Word]) -> list[Line]:
    """A row split where the gap is wider than any space between words."""
    out: list[list[Word]] = []
    for word in row:
        if out and word.box[0] - out[-1][-1].box[2] <= max(14.0, 1.6 * word.size):
            out[-1].append(word)
        else:
            out.append([word])
    return [Line(tuple(part)) for part in out]


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    leading: float
    width: float


def _frame(rows: Sequence[list[Line]], width: float) -> _Frame:
    boxes = [line.box for row in rows for line in row]
    if not boxes:
        return _Frame(0, width, 16, width)
    starts = Counter(round(row[0].box[0] / 4) for row in rows)
    left = (
        min((k for k, n in starts.items() if n >= max(2, len(rows) // 8)), default=min(starts)) * 4
    )
    tops = [row[0].box[3] for row in rows]
    gaps = [b - a for a, b in pairwise(tops) if 4 < b - a < 40]
    return _Frame(left, max(b[2] for b in boxes), median(gaps) if gaps else 16, width)


def paragraphs_of(
    words: Sequence[Word], page: int, width: float
) -> tuple[list[Paragraph], bool, bool]:
    """Paragraphs in reading order, side-by-side blocks left first.

    Also whether the first may continue the page before, and whether the last ran to the margin.
    A side-by-side block (letterhead, signatures) is one paragraph a side, lines kept by newlines.
    """
    rows = [segments(row) for row in rows_of(words)]
    frame = _frame(rows, width)
    out: list[Paragraph] = []
    body: list[Line] = []
    position = 0
    runs = _column_runs(rows, (frame.left + frame.right) / 2, letterhead=page == 1)
    first_plain = bool(rows) and (not runs or runs[0][0] > 0)
    while position < len(rows):
        run = next((r for r in runs if r[0] == position), None)
        if run is None:
            body.append(Line(tuple(w for line in rows[position] for w in line.words)))
            position += 1
            continue
        out += _flow(body, frame, page)
        body = []
        out += _sides(rows[run[0] : run[1]], run[2], page)
        position = run[1]
    out += _flow(body, frame, page)
    starts = first_plain and bool(rows) and not _opens(rows[0][0], frame, None)
    ends = bool(body) and body[-1].box[2] > frame.right - 0.12 * (frame.right - frame.left)
    return out, starts, ends


def _column_runs(
    rows: list[list[Line]], centre: float, *, letterhead: bool
) -> list[tuple[int, int, float]]:
    """``(first, last + 1, gutter x)`` of rows that stand side by side around one gutter.

    ``letterhead`` says that one may stand here: its first line may have a left side alone.
    """
    out: list[tuple[int, int, float]] = []
    position = 0
    while position < len(rows):
        if len(rows[position]) != 2 or not _column_gap(rows[position]):
            position += 1
            continue
        gutter = _gutter(rows, position, letterhead=letterhead)
        start, end = position, position + 1
        # Only the very top of a page can begin with one side alone.
        above = rows[:position]
        if position <= 2 and all(
            _beside(row, gutter) and (letterhead or row[0].box[0] >= gutter - 6) for row in above
        ):
            start = 0
        while end < len(rows):
            if letterhead and end < _HEAD_ROWS:
                rows[end] = _parted(rows[end], gutter)
            year = letterhead and len(rows[end]) == 1 and _YEAR.fullmatch(rows[end][0].text)
            alone = _alone_in_the_middle(rows[end], centre) and not year
            if not _beside(rows[end], gutter) or alone:
                break
            end += 1
        out.append((start, end, gutter))
        position = end
    return out


def _gutter(rows: list[list[Line]], position: int, *, letterhead: bool) -> float:
    """The middle of the white that the row and the next ones in two parts have in common."""
    low, high = rows[position][0].box[2], rows[position][1].box[0]
    for row in rows[position + 1 : position + 6] if letterhead else ():
        if len(row) == 2 and max(low, row[0].box[2]) < min(high, row[1].box[0]):
            low, high = max(low, row[0].box[2]), min(high, row[1].box[0])
    return (low + high) / 2


_YEAR = re.compile(r"(?:năm )?20\d\d")
_HEAD_ROWS = 12
"""Printed lines at the top of a letter among which its head may stand."""


def _parted(row: list[Line], gutter: float) -> list[Line]:
    """A row that narrow columns have pushed together, cut at its one wide gap near the gutter."""
    if len(row) != 1 or _beside(row, gutter):
        return row
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(row[0].words)]
    widest = max(gaps, default=0.0)
    at = gaps.index(widest) + 1 if gaps else 0
    words = row[0].words
    usual = median(gaps) if gaps else 0.0
    middle = (words[at - 1].box[2] + words[at].box[0]) / 2 if at else 0.0
    if widest < max(1.6 * usual, 0.4 * row[0].size) or abs(middle - gutter) > 60:
        return row
    return [Line(words[:at]), Line(words[at:])]


def _alone_in_the_middle(row: list[Line], centre: float) -> bool:
    middle = (row[0].box[0] + row[-1].box[2]) / 2
    return len(row) == 1 and abs(middle - centre) < 15


def _column_gap(row: list[Line]) -> bool:
    return row[1].box[0] - row[0].box[2] > 18 or row[1].box[0] > 200


def _beside(row: list[Line], gutter: float) -> bool:
    return all(line.box[2] <= gutter + 6 or line.box[0] >= gutter - 6 for line in row)


def _sides(rows: Sequence[list[Line]], gutter: float, page: int) -> list[Paragraph]:
    left = [line for row in rows for line in row if line.box[0] < gutter]
    right = [line for row in rows for line in row if line.box[0] >= gutter]
    return [paragraph(side, page, "\n", Alignment.CENTER) for side in (left, right) if side]


CLOSED = re.compile(r"[.;:!?…)][”\"')\]]*$")
_ITEM = re.compile(
    r"^([-–+•*]|\(?\d{1,2}(\.\d{1,2})*[.)/]|[IVX]{1,5}[.)/]|[a-zđ][.)/]|[A-Z][./])\s"
)


def is_item(text: str) -> bool:
    """Whether a line begins with a bullet or a typed number."""
    return bool(_ITEM.match(text))


def _opens(line: Line, frame: _Frame, before: Line | None) -> bool:
    """Whether ``line`` begins a paragraph of its own after ``before``."""
    indented = line.box[0] > frame.left + 10
    if before is None:
        return indented
    centred, after_centred = _centred(line, frame), _centred(before, frame)
    small = line.text[:1].islower()
    if before.text.isupper() and not line.text.isupper() and len(before.words) < 8 and not small:
        return True
    if centred and small and line.bold == before.bold and _balanced(before, frame):
        return line.box[1] - before.box[3] > 1.1 * frame.leading
    if centred and after_centred and not small and _deliberate(before, line):
        return True
    short = before.box[2] < frame.right - 0.12 * (frame.right - frame.left)
    return (
        (indented and not (centred and after_centred))
        or line.box[1] - before.box[3] > 1.1 * frame.leading
        or (short and not indented and not small)
        or (is_item(line.text) and (short or indented or line.bold != before.bold))
        or (centred != after_centred)
        or (line.bold != before.bold and (short or centred))
        or (bool(CLOSED.search(before.text)) and _set_apart(line, before, frame))
    )


def _set_apart(line: Line, before: Line, frame: _Frame) -> bool:
    """Signs of a new paragraph that count only after a closed sentence."""
    return (
        is_item(line.text)
        or line.italic != before.italic
        or line.bold != before.bold
        or line.box[3] - before.box[3] > 1.3 * frame.leading
    )


def _deliberate(before: Line, line: Line) -> bool:
    """Whether two centred lines were broken on purpose: other case, or the next word had room."""
    if before.text.isupper() != line.text.isupper():
        return True
    first = line.words[0].box
    room = (line.box[2] - line.box[0]) - (before.box[2] - before.box[0])
    return first[2] - first[0] + 0.25 * line.size < room


def _balanced(line: Line, frame: _Frame) -> bool:
    return abs((line.box[0] + line.box[2] - frame.left - frame.right) / 2) < 12


def _centred(line: Line, frame: _Frame) -> bool:
    middle = (line.box[0] + line.box[2]) / 2
    centre = (frame.left + frame.right) / 2
    return abs(middle - centre) < 12 and line.box[0] > frame.left + 22


def _next_item(first: Line, line: Line) -> bool:
    """Whether ``line`` has the same bullet as the paragraph it would go on."""
    bullet = line.text[:2]
    return bullet in ("- ", "+ ", "• ", "* ", "– ") and first.text.startswith(bullet)


def _flow(lines: Sequence[Line], frame: _Frame, page: int) -> list[Paragraph]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not (_opens(line, frame, groups[-1][-1]) or _next_item(groups[-1][0], line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        paragraph(
            g,
            page,
            " ",
            Alignment.CENTER if all(_centred(x, frame) for x in g) else Alignment.LEFT,
            g[0].box[0] - frame.left,
        )
        for g in groups
    ]


def paragraph(
    lines: Sequence[Line], page: int, glue: str, alignment: Alignment, indent: float = 0.0
) -> Paragraph:
    """One paragraph of ``lines`` joined by ``glue``, every word with its place."""
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for line in lines:
        for at, word in enumerate(line.words):
            if parts:
                separator = " " if at else glue
                if (
                    not at
                    and glue == " "
                    and parts[-1].endswith("-")
                    and word.text[:1].isalnum()
                    and len(parts[-1]) > 1
                ):
                    separator = ""
                parts.append(separator)
                length += len(separator)
            parts.append(word.text)
            spans.append(Span(length, length + len(word.text), page, word.box, word.confidence))
            length += len(word.text)
    words = [w for line in lines for w in line.words]
    doubts = (Doubt("weak_ink"),) if min(w.confidence for w in words) < 0.3 else ()
    if any(w.struck for w in words):
        doubts = (*doubts, Doubt("struck_out"))
    return Paragraph(
        "".join(parts),
        Anchor(page=page, box=union([w.box for w in words])),
        bold=all(w.bold for w in words),
        italic=all(w.italic for w in words),
        alignment=alignment,
        size=round(median(w.size for w in words), 1),
        indent=round(indent, 1),
        spans=tuple(spans),
        doubts=doubts,
    )
