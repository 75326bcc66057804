"""The letter of a document cut into its parts: header, body, tail and what follows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from schemas.document import (
    Anchor,
    BlockKind,
    Box,
    Cell,
    Document,
    Paragraph,
    Reading,
    Table,
    union,
)
from schemas.text import fold_map

UPPER = "A-Z" + "".join(chr(c) for c in range(0xC0, 0x1EFA) if chr(c).isupper())
"""Capital letters, for the inside of a regular expression's brackets: À-Ỹ would hold small ones."""


@lru_cache(maxsize=16384)
def flat(text: str) -> str:
    """``text`` folded letter by letter, as ``fold_map`` does; what was folded of late is remembered."""
    return fold_map(text)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch ``text`` of one paragraph or cell, beginning at ``start`` of its text.

    ``side`` is "left" or "right" where the line stands in a column of its own, else "".
    ``block`` is the index of the document's block that holds it.
    """

    text: str
    home: Paragraph | Cell
    start: int
    block: int
    side: str = ""

    @property
    def folded(self) -> str:
        return flat(self.text)

    @property
    def upper(self) -> bool:
        """Whether it is set in capitals: most letters, and at least three."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)

    def where(self, start: int = 0, end: int | None = None) -> Anchor:
        """The place of characters ``[start, end)`` of the line."""
        end = len(self.text) if end is None else end
        if isinstance(self.home, Paragraph):
            return self.home.locate(self.start + start, self.start + end)
        spans = [
            s for s in self.home.spans if s.start < self.start + end and s.end > self.start + start
        ]
        anchor = self.home.anchor
        if not spans:
            return anchor
        box = union([s.box for s in spans if s.page == spans[0].page])
        return Anchor(spans[0].page, box, anchor.table, anchor.row, anchor.column)

    def confidence(self, start: int = 0, end: int | None = None) -> float:
        """The recogniser's lowest trust among the words of ``[start, end)``."""
        end = len(self.text) if end is None else end
        inside = [
            s.confidence
            for s in self.home.spans
            if s.start < self.start + end and s.end > self.start + start
        ]
        lowest = min(inside, default=1.0)
        return min(lowest, self.home.confidence) if isinstance(self.home, Cell) else lowest

    def part(self, start: int, end: int, side: str = "") -> Line:
        """Characters ``[start, end)`` without the white space around them."""
        piece = self.text[start:end]
        lead = len(piece) - len(piece.lstrip())
        return Line(
            piece.strip(), self.home, self.start + start + lead, self.block, side or self.side
        )


_FILLED_IN = re.compile(r"(?:\bso\s*:?|ngay|thang|nam)[\s.…_]*$")
_GOES_ON = re.compile(r"/|thang|nam\b")
_GAP = re.compile(r"\t+ *| {3,}")


def lines_of(document: Document, skip: Collection[int] = ()) -> list[Line]:
    """Every printed line outside the tables ``skip``, in reading order; footnotes are left out."""
    out: list[Line] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            if block.index not in skip:
                out.extend(_table_lines(block, index))
        elif block.kind is not BlockKind.FOOTNOTE:
            out.extend(_split(block, index, ""))
    return out


def _table_lines(table: Table, block: int) -> Iterator[Line]:
    for cell in table.cells:
        middle = cell.column + cell.column_span / 2
        side = "" if table.columns < 2 else "left" if middle <= table.columns / 2 else "right"
        yield from _split(cell, block, side)


def _split(home: Paragraph | Cell, block: int, side: str) -> Iterator[Line]:
    start = 0
    for piece in home.text.split("\n"):
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield Line(piece.strip(), home, start + lead, block, side)
        start += len(piece) + 1


def columns(line: Line) -> list[Line]:
    """The line as the columns it is set in: cut at tabs, wide blanks and wide gaps on the page."""
    folded = line.folded
    cuts = {
        (m.start(), m.end())
        for m in _GAP.finditer(line.text)
        if not _FILLED_IN.search(folded[: m.start()]) and not _GOES_ON.match(folded, m.end())
    }
    spans = [s for s in line.home.spans if line.start <= s.start < line.start + len(line.text)]
    for before, after in pairwise(spans):
        height = before.box[3] - before.box[1]
        level = abs(before.box[1] - after.box[1]) < height * 0.7
        if level and after.box[0] - before.box[2] > max(2.2 * height, 24):
            cuts.add((before.end - line.start, after.start - line.start))
    if not cuts:
        return [line]
    parts, at = [], 0
    for start, end in sorted(cuts):
        parts.append((at, start))
        at = end
    parts.append((at, len(line.text)))
    made = [line.part(a, b) for a, b in parts if line.text[a:b].strip()]
    if len(made) < 2 or line.side:
        return made
    return [Line(made[0].text, line.home, made[0].start, line.block, "left")] + [
        Line(m.text, line.home, m.start, line.block, "right") for m in made[1:]
    ]


def is_image(document: Document, where: Anchor) -> bool:
    """Whether what stands at ``where`` was read from an image."""
    if document.reading is Reading.TEXT:
        return False
    if where.page is None or document.reading is Reading.OCR:
        return document.reading is Reading.OCR
    page = next((p for p in document.pages if p.number == where.page), None)
    if page is None or page.reading is not Reading.TEXT:
        return page is not None
    return any(_overlap(where.box, picture) for picture in page.pictures)


def _overlap(box: Box | None, other: Box) -> bool:
    return box is not None and (
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
    )
