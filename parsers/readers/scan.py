"""Scanned pages to PageContent: turned upright, cleaned, ruled tables cell by cell, text around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from parsers.readers import ocr, photo, scan_clean, scan_source, scan_text
from parsers.readers.borderless import tables_without_rules
from parsers.readers.flow import paragraphs_of
from parsers.readers.grid import Grid, find_grids, find_rules
from parsers.readers.grid_cut import Rules
from parsers.readers.grid_read import erase_rules, read_grid
from parsers.readers.lines import Word
from parsers.readers.page_content import PageContent, assemble, edges_of
from parsers.readers.pdf_annotations import shown_page
from parsers.readers.running_lines import open_table_of, without_running_lines
from parsers.readers.scan_again import lines_that_matter, read_again
from parsers.readers.scan_borderless import find_table, reread
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_figures import read_figures_again
from parsers.readers.scan_half_ruled import half_ruled_table
from parsers.readers.scan_offices import with_offices
from parsers.readers.scan_receipt import without_receipt
from parsers.readers.scan_ring import office_under_ring
from parsers.readers.scan_seal import is_ring
from parsers.readers.scan_signature import signature_again
from parsers.readers.scan_signs import with_dots, without_stray_signs
from parsers.readers.scan_source import Bitmap
from parsers.readers.scan_spelling import respelled, with_doubts, with_roman_numbers
from parsers.readers.scan_streaks import without_streaks
from parsers.readers.scan_turn import held_upright, upside_down
from schemas.document import (
    Anchor,
    Block,
    Box,
    Cell,
    Document,
    Page,
    Paragraph,
    Reading,
    Source,
    Span,
    Table,
)
from schemas.errors import DamagedFile

_TRUSTED = 0.65
_Found = list[tuple[Table, Box]]


def read_scanned_pages(
    path: Path,
    numbers: Sequence[int],
    source: Source,
    others: Mapping[int, PageContent] | None = None,
) -> list[PageContent]:
    """Pages ``numbers`` (from 1) of the PDF at ``path``, from their pictures alone.

    ``others`` are the pages that were read from their text, by number.
    Raises DamagedFile, PageTooLarge, MissingProgram (the Tesseract data to install).
    """
    with _opened(path, source) as opened:
        read = dict(others or {})
        for number in numbers:
            page = shown_page(opened, number - 1)
            try:
                bitmap = scan_source.pdf_bitmap(page)
            finally:
                page.close()
            read[number] = read_bitmap(bitmap, number, open_table_of(read.get(number - 1)))
        return [read[number] for number in numbers]


def read_pictures(
    path: Path, boxes: Mapping[int, Sequence[Box]], source: Source
) -> dict[int, list[PageContent]]:
    """What stands inside ``boxes`` on pages (from 1) of the PDF at ``path``, each box by itself.

    Raises DamagedFile, MissingProgram (the Tesseract data to install).
    """
    with _opened(path, source) as opened:
        read = {}
        for number, inside in boxes.items():
            page = shown_page(opened, number - 1)
            try:
                bitmaps = scan_source.crop_bitmaps(page, inside)
            finally:
                page.close()
            read[number] = [read_bitmap(bitmap, number) for bitmap in bitmaps]
        return read


@contextmanager
def _opened(path: Path, source: Source) -> Iterator[Any]:
    """The PDF by pypdfium2, once the recogniser's data are known to be there."""
    ocr.data_path("vie")
    ocr.data_path("eng")
    import pypdfium2 as pdfium  # noqa: PLC0415

    try:
        opened = pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError as error:
        raise DamagedFile(name=source.name, detail=str(error)) from error
    try:
        yield opened
    finally:
        opened.close()


def read_image_pages(path: Path) -> Iterator[PageContent]:
    """The pages of a TIFF, JPEG or PNG file, one at a time. Raises ReadError children."""
    ocr.data_path("vie")
    ocr.data_path("eng")
    before = None
    for number, bitmap in enumerate(scan_source.file_bitmaps(path), 1):
        content = read_bitmap(bitmap, number, before)
        before = content.open_table
        yield content


def read_image_file(path: Path, source: Source) -> Document:
    """A TIFF, JPEG or PNG file as a Document."""
    return assemble(without_running_lines(list(read_image_pages(path))), source)


def read_bitmap(bitmap: Bitmap, number: int, before: Table | None = None) -> PageContent:
    """One page, whichever way up it lies; boxes in points of the page as it is shown.

    ``before`` is the borderless table that ended the page before, held straight.
    """
    bitmap = replace(bitmap, picture=without_streaks(bitmap.picture))
    page, sure = held_upright(scan_clean.clean(photo.flatten(bitmap)))
    seen = _see(page)
    if not sure and seen.trust < _TRUSTED and upside_down(page):
        page, sure = scan_clean.turned_page(page, 2), True
        seen = _see(page)
    content, trust = _read(page, seen, number, before)
    if not sure and seen.trust >= _TRUSTED > trust and upside_down(page):
        page = scan_clean.turned_page(page, 2)
        content, _ = _read(page, _see(page), number, before)
    return content


@dataclass(frozen=True, slots=True)
class _Seen:
    """Rules, ruled tables, and the words around them at first sight."""

    rules: Rules
    grids: list[Grid]
    words: list[ocr.Word]

    @property
    def trust(self) -> float:
        """How far the words can be trusted, 0 to 1; 1 where there are none."""
        return _trust([(len(w.text), w.confidence) for w in self.words])


def _trust(weighed: Sequence[tuple[int, float]]) -> float:
    letters = sum(n for n, _ in weighed)
    return sum(n * c for n, c in weighed) / letters if letters else 1.0


def _see(page: CleanPage) -> _Seen:
    rules = find_rules(page.gray, page.dpi)
    grids = _grids(page, rules)
    words = scan_text.read_text(page, grids)
    if not grids and scan_text.has_table_head(words):
        rules = find_rules(page.gray, page.dpi, faint=True)
        grids = _grids(page, rules)
        words = scan_text.outside(words, grids)
    return _Seen(rules, grids, words)


def _grids(page: CleanPage, rules: Rules) -> list[Grid]:
    """The ruled tables, and no rings of a seal."""
    return [
        grid for grid in find_grids(page.dpi, rules)
        if not is_ring(page.seal, rules.drawn, (grid.left, grid.top, grid.right, grid.bottom), page.dpi)
    ]  # fmt: skip


def _read(
    page: CleanPage, seen: _Seen, number: int, before: Table | None
) -> tuple[PageContent, float]:
    """The content, and how far its words and cells can be trusted, 0 to 1."""
    ruled = _ruled(page, seen.rules, seen.grids, number)
    found = [table for _, table in ruled]
    words = seen.words
    if len(found) < len(seen.grids):  # what lay in a grid that is none was left out
        words = scan_text.read_text(page, [grid for grid, _ in ruled])
    trust = [(len(w.text), w.confidence) for w in words]
    words = without_receipt(words, page.dpi, page.gray.shape[0])
    words = read_again(page, words, lines_that_matter(words, number))
    words = office_under_ring(page, signature_again(page, words))
    words = with_roman_numbers(respelled(with_offices(words)))
    words = with_doubts(with_dots(page, without_stray_signs(words)))
    words = read_figures_again(page, words)
    trust += [(len(c.text), c.confidence) for table, _ in found for c in table.cells if c.text]
    placed = scan_text.place_words(page, words)
    if not found:
        one = half_ruled_table(page, seen.rules, number)
        one = one or find_table(page, placed, number, before)
        if one is not None:
            found = [one]
        elif before is not None or scan_text.has_columns(words):
            placed, found = _borderless(page, placed, number, before)
    return _compose(page, placed, found, number), _trust(trust)


def _borderless(
    page: CleanPage, placed: list[Word], number: int, before: Table | None
) -> tuple[list[Word], _Found]:
    """A table without rules, from words read as one block: layout analysis drops lone digits."""
    block = scan_text.place_words(page, respelled(scan_text.read_text(page, (), ocr.BLOCK)))
    found = tables_without_rules(block, number, before)
    if not found:
        return placed, []
    return block, [(reread(page, table), box) for table, box in found]


def _ruled(
    page: CleanPage, rules: Rules, grids: Sequence[Grid], number: int
) -> list[tuple[Grid, tuple[Table, Box]]]:
    """The grids that hold something, each with its table and box."""
    if not grids:
        return []
    erased = erase_rules(page.gray, rules, grids, page.dpi)
    read = [(grid, read_grid(page, grid, erased, number)) for grid in grids]
    return [(grid, one) for grid, one in read if not _hollow(one[0])]


def _hollow(table: Table) -> bool:
    """Whether next to nothing is written in it: the rings of a seal hold no table."""
    filled = [cell for cell in table.cells if any(c.isalnum() for c in cell.text)]
    figures = any(c.isdigit() for cell in filled for c in cell.text)
    return len(filled) < 2 or (not figures and len(filled) < 0.4 * len(table.cells))


def _compose(page: CleanPage, words: list[Word], found: _Found, number: int) -> PageContent:
    """Paragraphs between tables, top to bottom, with every box lifted to the shown page."""
    width = page.gray.shape[1] * 72.0 / page.dpi
    height = page.gray.shape[0] * 72.0 / page.dpi
    blocks: list[Block] = []
    starts = ends = False
    above = 0.0
    ordered = sorted(found, key=lambda one: one[1][1])
    for position, (table, box) in enumerate([*ordered, (None, (0.0, height, 0.0, height))]):
        between = [w for w in words if above <= (w.box[1] + w.box[3]) / 2 < box[1]]
        made, opens, ends = paragraphs_of(between, number, width) if between else ([], False, False)
        starts = opens if position == 0 else starts
        blocks += scan_text.doubt_header(made, height)
        if table is not None:
            blocks.append(table)
            above = box[3]
    bitmap = page.bitmap
    shown = Page(number, bitmap.width, bitmap.height, Reading.OCR, turned=bitmap.quarters)
    straight = PageContent(shown, tuple(blocks))
    return PageContent(
        shown,
        tuple(_lifted(page, block) for block in blocks),
        starts_inside=starts,
        ends_inside=ends,
        edges=tuple(edges_of(table) for table, _ in ordered),
        open_table=open_table_of(straight),
    )


def _lifted(page: CleanPage, block: Block) -> Block:
    anchor = _anchor(page, block.anchor)
    if isinstance(block, Paragraph):
        return replace(block, anchor=anchor, spans=_lift_spans(page, block.spans))
    return replace(block, anchor=anchor, cells=tuple(_lift_cell(page, c) for c in block.cells))


def _anchor(page: CleanPage, anchor: Anchor) -> Anchor:
    return anchor if anchor.box is None else replace(anchor, box=page.lifted(anchor.box))


def _lift_spans(page: CleanPage, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(replace(span, box=page.lifted(span.box)) for span in spans)


def _lift_cell(page: CleanPage, cell: Cell) -> Cell:
    frame = None if cell.frame is None else page.lifted(cell.frame)
    return replace(
        cell, anchor=_anchor(page, cell.anchor), frame=frame, spans=_lift_spans(page, cell.spans)
    )
