"""Words with places become lines; lines become one paragraph: for digital pages and scans alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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


def column_at(x: float, edges: Sequence[float]) -> int:
    """The column, from 0, between whose ``edges`` ``x`` lies; left of all of them the first."""
    return max((i for i, edge in enumerate(edges[:-1]) if edge <= x), default=0)


def column_of(box: Box, edges: Sequence[float]) -> int:
    """The column in which the middle of ``box`` lies."""
    return column_at((box[0] + box[2]) / 2, edges)


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
    lead = next((at for at, w in enumerate(words) if not w.bold), 0)
    doubts = (Doubt("weak_ink"),) if min(w.confidence for w in words) < 0.3 else ()
    if any(w.struck for w in words):
        doubts = (*doubts, Doubt("struck_out"))
    return Paragraph(
        "".join(parts),
        Anchor(page=page, box=union([w.box for w in words])),
        bold=all(w.bold for w in words),
        bold_lead=spans[lead - 1].end if lead else 0,
        italic=all(w.italic for w in words),
        alignment=alignment,
        size=round(median(w.size for w in words), 1),
        indent=round(indent, 1),
        spans=tuple(spans),
        doubts=doubts,
    )
