"""Born-digital PDF to Document: PDFium's text everywhere, pdfplumber's tables only where rules are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from parsers.readers.borderless import tables_without_rules
from parsers.readers.flow import paragraphs_of
from parsers.readers.half_ruled import tables_between_levels, tables_between_uprights
from parsers.readers.lines import Word, paragraph
from parsers.readers.margin_rows import margin_rows
from parsers.readers.overlays import overlaid
from parsers.readers.page_content import PageContent, assemble
from parsers.readers.pdf_annotations import shown_page
from parsers.readers.pdf_layer import holds_pictures, is_hidden_layer
from parsers.readers.pdf_rules import Rules, rules_of, struck, within_page
from parsers.readers.pdf_tables import plumbed_rules, tables_in_rules
from parsers.readers.pdf_traps import refuse_traps
from parsers.readers.pdf_words import page_words, upright
from parsers.readers.pictured import print_boxes, with_pictures
from parsers.readers.running_lines import open_table_of, without_running_lines
from parsers.text_quality import usable
from schemas.document import (
    Alignment,
    Block,
    Box,
    Document,
    Page,
    Source,
    Table,
)
from schemas.errors import (
    DamagedFile,
    EncryptedPdf,
    MissingProgram,
    NoTextLayer,
    PageTooLarge,
    PictureUnread,
    TooManyPages,
)

Layer = tuple[Word, ...]
"""The words under a page's picture, empty where there are none worth asking."""

_OF_FILE = {"legacy_encoding", PictureUnread.code}
"""Doubts about a page that are said once of the whole file."""

MAX_PAGES = 300
MAX_SIDE = 200 * 72


def read_pdf(path: Path, source: Source) -> Document:
    """Reads ``path``; pages without usable text go to the scan reader."""
    refuse_traps(path, source.name)
    try:
        opened = pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise EncryptedPdf(name=source.name) from error
        raise DamagedFile(name=source.name, detail=str(error)) from error
    plumber = _Plumber(path)
    try:
        if len(opened) > MAX_PAGES:
            raise TooManyPages(name=source.name, detail=f"{len(opened)} trang")
        if len(opened) == 0:
            raise DamagedFile(name=source.name)
        contents: list[PageContent | Layer] = []
        for number in range(1, len(opened) + 1):
            last = contents[-1] if contents else None
            open_table = open_table_of(last if isinstance(last, PageContent) else None)
            contents.append(_read_page(opened, number, plumber, source, open_table))
    finally:
        plumber.close()
        opened.close()
    pages = _with_scanned(path, contents, source)
    doubts = dict.fromkeys(d for c in pages for d in c.page.doubts if d.code in _OF_FILE)
    return assemble(without_running_lines(pages), source, tuple(doubts))


def _with_scanned(
    path: Path, contents: Sequence[PageContent | Layer], source: Source
) -> list[PageContent]:
    """The pages in order, those without text of their own read from their pictures."""
    read = {i: one for i, one in enumerate(contents, 1) if isinstance(one, PageContent)}
    layers = {i: one for i, one in enumerate(contents, 1) if not isinstance(one, PageContent)}
    if layers:
        try:
            from parsers.readers.scan import read_scanned_pages  # noqa: PLC0415
            from parsers.readers.scan_layer import contradicted  # noqa: PLC0415
        except ImportError:
            raise NoTextLayer(name=source.name, place=f"trang {min(layers)}") from None
        scanned = read_scanned_pages(path, list(layers), source, read)
        for number, content in zip(layers, scanned, strict=True):
            read[number] = contradicted(content, layers[number])
    read |= _with_pictures(path, {n: c for n, c in read.items() if c.pictured}, source)
    return [read[number] for number in sorted(read)]


def _with_pictures(
    path: Path, pages: Mapping[int, PageContent], source: Source
) -> dict[int, PageContent]:
    """``pages`` with what the pictures on them say; that they could not be read is told."""
    if not pages:
        return {}
    try:
        from parsers.readers.scan import read_pictures  # noqa: PLC0415

        found: Mapping[int, Sequence[PageContent | None]] = read_pictures(
            path, {number: page.pictured for number, page in pages.items()}, source
        )
    except (ImportError, MissingProgram):
        found = {number: [None] * len(page.pictured) for number, page in pages.items()}
    return {
        number: with_pictures(page, list(zip(page.pictured, found[number], strict=True)))
        for number, page in pages.items()
    }


def _read_page(
    opened: Any, number: int, plumber: _Plumber, source: Source, open_table: Table | None
) -> PageContent | Layer:
    """One page from its text; its hidden layer, if any, where the page must be read as a picture."""
    try:
        page = shown_page(opened, number - 1)
    except pdfium.PdfiumError as error:
        raise DamagedFile(name=source.name, place=f"trang {number}") from error
    width, height = page.get_size()
    if max(width, height) > MAX_SIDE:
        raise PageTooLarge(
            name=source.name, place=f"trang {number}", detail=f"{width:.0f} x {height:.0f} pt"
        )
    text = page.get_textpage()
    words, doubts = page_words(text, page)
    words = [w for w in words if _shown(w, width, height)]
    ruled = _may_hold_rules(page)
    rules = rules_of(page) if ruled else None
    sparse = _sparse(words, page)
    drawn = bool(words) and holds_pictures(page)
    pictured = print_boxes(page, words) if drawn else ()
    blank = not words and number > 1 and not any(True for _ in page.get_objects(max_depth=2))
    hidden = drawn and is_hidden_layer(page)
    text.close()
    page.close()
    if blank:
        return PageContent(Page(number, width, height), ())
    # Lines that run up the page are read from its picture, which can be turned.
    legible = sparse or usable(" ".join(w.text for w in words))
    if hidden or not legible or not upright(words):
        return tuple(words) if hidden and legible else ()
    if ruled:
        rules = within_page(rules or plumber.rules(number))
        words = struck(words, rules)
    later = overlaid(words)
    aside = [word for at, word in enumerate(words) if at in later]
    words = [word for at, word in enumerate(words) if at not in later] if later else words
    found = _ruled_tables(rules, number, words) if rules else []
    found = found or tables_without_rules(words, number, open_table)
    made = page_content(words, found, Page(number, width, height, doubts=doubts))
    put_on = tuple(paragraphs_of(aside, number, width)[0]) if aside else ()
    return replace(made, pictured=pictured, aside=put_on)


def _ruled_tables(rules: Rules, number: int, words: Sequence[Word]) -> list[tuple[Table, Box]]:
    """Tables ruled both ways; else those ruled one way."""
    return (
        tables_between_uprights(rules, number, words)
        or tables_in_rules(rules, number, words)
        or tables_between_levels(rules, number, words)
    )


def _shown(word: Word, width: float, height: float) -> bool:
    """Whether the word stands on the page and not beside it, where nobody sees it."""
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return 0 <= x <= width and 0 <= y <= height


def _sparse(words: Sequence[Word], page: Any) -> bool:
    """A page with few letters and no picture behind them: a table's last rows, a signature."""
    letters = sum(c.isalpha() for w in words for c in w.text)
    if not words or letters >= 60:
        return False
    return not any(o.type == raw.FPDF_PAGEOBJ_IMAGE for o in page.get_objects(max_depth=3))


def _may_hold_rules(page: Any) -> bool:
    """Whether lines are drawn both ways, level ones as for rows, or a shape as large as a grid."""
    flat = upright_ = 0
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = one.get_bounds()
        width, height = right - left, top - bottom
        flat += height < 4 < width
        upright_ += width < 4 < height
        if flat >= 4 or (flat >= 2 and upright_ >= 2) or (width > 40 and height > 12):
            return True
    return False


def page_content(
    words: Sequence[Word], found: Sequence[tuple[Table, Box]], page: Page
) -> PageContent:
    """Paragraphs between tables, top to bottom."""
    blocks: list[Block] = []
    rest = sorted(found, key=lambda t: t[1][1])
    starts = ends = False
    above = 0.0
    free = [w for w in words if not _held(w, found)]
    marks = margin_rows(free, page.height)
    gone = {id(w) for line in marks for w in line.words}
    words = [w for w in words if id(w) not in gone]
    outside = [w for w in free if id(w) not in gone]
    for position, (table, box) in enumerate([*rest, (None, (0, page.height, 0, page.height))]):
        between = [w for w in words if above <= (w.box[1] + w.box[3]) / 2 < box[1]]
        made, opens, runs_on = paragraphs_of(between, page.number, page.width, outside)
        starts = opens if position == 0 else starts
        ends = runs_on
        blocks += made
        if table is not None:
            blocks.append(table)
            # What stands beside a table must not vanish with the lines of the table.
            beside = [
                w
                for w in words
                if box[1] <= (w.box[1] + w.box[3]) / 2 < box[3] and not _held(w, found)
            ]
            blocks += paragraphs_of(beside, page.number, page.width)[0]
            above = box[3]
            ends = False
    aside = tuple(paragraph([line], page.number, " ", Alignment.LEFT) for line in marks)
    return PageContent(page, tuple(blocks), aside, starts, ends)


def _held(word: Word, found: Sequence[tuple[Table, Box]]) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return any(b[0] <= x < b[2] and b[1] <= y < b[3] for _, b in found)


class _Plumber:
    """pdfplumber's view of the file, opened when a page draws its rules inside form objects."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: Any = None

    def rules(self, number: int) -> Rules:
        """The lines drawn on page ``number``, from 1."""
        if self._opened is None:
            import pdfplumber  # noqa: PLC0415

            self._opened = pdfplumber.open(self._path)
        page = self._opened.pages[number - 1]
        made = plumbed_rules(page)
        page.close()
        return made

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()


__all__ = ["page_content", "page_words", "read_pdf"]
