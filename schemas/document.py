"""What a reader saw in one file: paragraphs and tables in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Box = tuple[float, float, float, float]
"""``(x0, top, x1, bottom)`` in PDF points from the page's top left corner, after rotation."""


class Reading(StrEnum):
    """How the letters were obtained."""

    TEXT = "text"
    OCR = "ocr"
    MIXED = "mixed"


class BlockKind(StrEnum):
    """Where a paragraph stands. Headers, footers and page numbers are not blocks at all."""

    BODY = "body"
    TEXT_BOX = "text_box"
    FOOTNOTE = "footnote"


class Alignment(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where something stands.

    ``page`` counts from 1; ``table``, ``row``, ``column`` and ``paragraph`` from 0 in document
    order, nested tables after the table that holds them. A paginated file gives ``page`` and
    ``box``; a DOCX gives ``table``/``row``/``column`` or ``paragraph``.
    """

    page: int | None = None
    box: Box | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None


NOWHERE = Anchor()
"""The place of what has none."""


@dataclass(frozen=True, slots=True)
class Span:
    """One word of a paragraph or cell: characters ``[start, end)`` of its text, and their place.

    ``confidence`` is the recogniser's, 0 to 1; 1.0 for text that was never an image.
    """

    start: int
    end: int
    page: int
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reader noticed that may make the letters untrustworthy.

    ``code`` is one of: ``lost_letters`` (a legacy encoding lost a letter), ``legacy_encoding``
    (converted from TCVN3, VNI or VISCII), ``weak_ink``, ``under_seal``, ``readings_disagree``,
    ``layer_contradicts_image``, ``untrusted_layer``, ``handwritten``, ``mixed_script``, ``struck_out``
    (a line runs through the letters), ``nested_table`` (a cell's text is in a table inside it),
    ``text_box`` (it is in a box that may stand elsewhere), ``picture`` (it shows a picture and no
    letters), ``unseen_ink`` (figures are white on white or too small to be seen).
    """

    code: str
    detail: str = ""


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around ``boxes``, which must not be empty."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, as one line of NFC text: soft line breaks are ``\\n``, wrapped lines a space.

    ``label`` is the text of automatic numbering ("I.", "1.1.", "-"); it is *not* part of ``text``.
    ``level`` is the heading level the style or outline declares (1 = top), else None.
    ``bold_lead`` counts the characters of ``text`` that begin it in bold where the rest is not.
    ``size`` is the most frequent font size in points. ``indent`` is points from the left margin.
    """

    text: str
    anchor: Anchor
    kind: BlockKind = BlockKind.BODY
    style: str | None = None
    level: int | None = None
    label: str = ""
    bold: bool = False
    bold_lead: int = 0
    italic: bool = False
    alignment: Alignment = Alignment.LEFT
    size: float | None = None
    indent: float = 0.0
    spans: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def full_text(self) -> str:
        """The text with its automatic number in front, as a reader of the page sees it."""
        return f"{self.label} {self.text}" if self.label else self.text

    def locate(self, start: int, end: int) -> Anchor:
        """The place of characters ``[start, end)`` of ``text``: boxed if the page is known.

        A run that crosses a page break is anchored where it begins.
        """
        inside = [s for s in self.spans if s.start < end and s.end > start]
        if not inside:
            return self.anchor
        page = inside[0].page
        box = union([s.box for s in inside if s.page == page])
        return Anchor(page=page, box=box, paragraph=self.anchor.paragraph)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, at the grid slot of its top left corner.

    ``anchor`` boxes the *text* (or the whole cell if it is empty); ``frame`` is the ruled cell.
    ``above`` counts the empty lines that were typed over the text.
    ``readings`` holds what independent readings of the same pixels said, best first; empty for
    text that was never an image. ``blank`` is decided by ink for images, else by text.
    """

    text: str
    row: int
    column: int
    anchor: Anchor
    row_span: int = 1
    column_span: int = 1
    frame: Box | None = None
    bold: bool = False
    italic: bool = False
    confidence: float = 1.0
    readings: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    above: int = 0

    @property
    def blank(self) -> bool:
        """Whether nothing at all stands in the cell."""
        return not self.text.strip() and not self.doubts


class TableKind(StrEnum):
    RULED = "ruled"
    BORDERLESS = "borderless"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Table:
    """A table after page cuts are joined and repeated header rows dropped.

    ``cells`` is in row, then column order; a merged cell appears once. ``parent`` is the index of
    the table that holds a nested one. ``joined_rows`` are rows glued across a page break.
    """

    index: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    anchor: Anchor
    kind: TableKind = TableKind.WORD
    parent: int | None = None
    joined_rows: tuple[int, ...] = ()

    def grid(self) -> list[list[Cell | None]]:
        """``rows`` x ``columns``; a merged cell stands in every slot it covers."""
        slots: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    slots[row][column] = cell
        return slots


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is shown: ``rotation`` already applied to ``width`` and ``height``.

    ``turned`` is how many quarter turns counter-clockwise set it upright for reading; boxes stay
    those of the page as it is shown. ``pictures`` are the boxes of what was read from pictures on a
    page whose text is its own.
    """

    number: int
    width: float
    height: float
    reading: Reading = Reading.TEXT
    doubts: tuple[Doubt, ...] = ()
    turned: int = 0
    pictures: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file as it was handed in: ``pages`` is None for a format without pages."""

    name: str
    sha256: str
    media_type: str
    size: int
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Everything one file says, in reading order; ``aside`` holds running headers and footers."""

    source: Source
    reading: Reading
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    aside: tuple[Paragraph, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())

    def paragraphs(self) -> Iterator[Paragraph]:
        """Paragraphs outside tables, in reading order."""
        return (b for b in self.blocks if isinstance(b, Paragraph))

    def tables(self) -> Iterator[Table]:
        """Tables in reading order, nested ones after their holder."""
        return (b for b in self.blocks if isinstance(b, Table))
