"""Born-digital PDF to Document: PDFium's text everywhere, pdfplumber only where rules are drawn."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.legacy_encodings import to_unicode
from parsers.readers.borderless import borderless_tables
from parsers.readers.lines import Word, paragraphs_of, rows_of
from parsers.readers.page_content import PageContent, assemble
from parsers.text_quality import usable
from schemas.document import Alignment, Anchor, Block, Box, Document, Page, Paragraph, Source, Table
from schemas.errors import DamagedFile, EncryptedPdf, NoTextLayer, PageTooLarge, TooManyPages
from schemas.text import fold, nfc

MAX_PAGES = 300
MAX_SIDE = 200 * 72
MIN_PATHS = 20


def read_pdf(path: Path, source: Source) -> Document:
    """Reads ``path``; pages without usable text go to the scan reader."""
    try:
        opened = pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise EncryptedPdf(name=source.name) from error
        raise DamagedFile(name=source.name, detail=str(error)) from error
    try:
        if len(opened) > MAX_PAGES:
            raise TooManyPages(name=source.name, detail=f"{len(opened)} trang")
        if len(opened) == 0:
            raise DamagedFile(name=source.name)
        contents = [_read_page(opened, number, path, source) for number in range(1, len(opened) + 1)]
    finally:
        opened.close()
    missing = [i for i, content in enumerate(contents) if content is None]
    if missing:
        if len(missing) == len(contents) or not all(_blank_page(path, i) for i in missing):
            scanned = _scanned(path, [i + 1 for i in missing], source)
            for i, content in zip(missing, scanned, strict=True):
                contents[i] = content
    return assemble(_without_running_lines([c for c in contents if c is not None]), source)


def _scanned(path: Path, numbers: list[int], source: Source) -> list[PageContent]:
    try:
        from parsers.readers.scan import read_scanned_pages  # noqa: PLC0415
    except ImportError:
        raise NoTextLayer(name=source.name, place=f"trang {numbers[0]}") from None
    return read_scanned_pages(path, numbers, source)


def _blank_page(path: Path, index: int) -> bool:
    opened = pdfium.PdfDocument(str(path))
    try:
        return not any(o.type != raw.FPDF_PAGEOBJ_TEXT for o in opened[index].get_objects(max_depth=2))
    finally:
        opened.close()


def _read_page(opened: Any, number: int, path: Path, source: Source) -> PageContent | None:
    try:
        page = opened[number - 1]
    except pdfium.PdfiumError as error:
        raise DamagedFile(name=source.name, place=f"trang {number}") from error
    width, height = page.get_size()
    if max(width, height) > MAX_SIDE:
        raise PageTooLarge(name=source.name, place=f"trang {number}", detail=f"{width:.0f} x {height:.0f} pt")
    text = page.get_textpage()
    words = page_words(text, page, height)
    if not usable(" ".join(w.text for w in words)):
        return None
    paths = sum(1 for o in page.get_objects(max_depth=2) if o.type == raw.FPDF_PAGEOBJ_PATH)
    found = _ruled(path, number, words) if paths >= MIN_PATHS else []
    found = found or borderless_tables(words, number)
    return page_content(words, found, Page(number, width, height))


def page_content(words: Sequence[Word], found: Sequence[tuple[Table, Box]], page: Page) -> PageContent:
    """Paragraphs between tables, top to bottom."""
    blocks: list[Block] = []
    rest = sorted(found, key=lambda t: t[1][1])
    starts = ends = False
    above = 0.0
    for position, (table, box) in enumerate([*rest, (None, (0, page.height, 0, page.height))]):
        between = [w for w in words if above <= (w.box[1] + w.box[3]) / 2 < box[1]]
        made, opens, runs_on = paragraphs_of(between, page.number, page.width)
        starts = opens if position == 0 else starts
        ends = runs_on
        blocks += made
        if table is not None:
            blocks.append(table)
            above = box[3]
            ends = False
    return PageContent(page, tuple(blocks), (), starts, ends)


def _ruled(path: Path, number: int, words: Sequence[Word]) -> list[tuple[Table, Box]]:
    import pdfplumber  # noqa: PLC0415

    from parsers.readers.pdf_tables import ruled_tables  # noqa: PLC0415

    with pdfplumber.open(path, pages=[number]) as opened:
        page = opened.pages[0]
        made = ruled_tables(page, number, words)
        page.close()
    return made


def page_words(text: Any, page: Any, height: float) -> list[Word]:
    """Every word PDFium sees, in its own order, with top-left boxes in points."""
    count = text.count_chars()
    content = text.get_text_range() if count else ""
    handle = text.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    out: list[Word] = []
    letters: list[str] = []
    boxes: list[Box] = []
    start = 0
    crop = page.get_mediabox()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        char = chr(code) if code and code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        if char.isspace() and char != "\u00ad" or code in (0, 0xFFFE, 0xFFFF):
            if letters:
                out.append(_word(handle, start, letters, boxes))
                letters, boxes = [], []
            continue
        raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        box = (left.value - crop[0], height - (top.value - crop[1]), right.value - crop[0], height - (bottom.value - crop[1]))
        if letters and (abs(box[1] - boxes[-1][1]) > 20 or box[0] - boxes[-1][2] > 12 or box[0] < boxes[-1][0] - 12):
            out.append(_word(handle, start, letters, boxes))
            letters, boxes = [], []
        if not letters:
            start = index
        letters.append("-" if code == 2 else char)
        boxes.append(box)
    if letters:
        out.append(_word(handle, start, letters, boxes))
    del content
    return [w for w in out if w.text]


def _word(handle: Any, index: int, letters: list[str], boxes: list[Box]) -> Word:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
    font = buffer.value.decode("utf-8", "replace")
    size = raw.FPDFText_GetFontSize(handle, index)
    name = font.lower()
    text = nfc(to_unicode("".join(letters), font))
    # Glyph boxes hug the ink; the line box is what rows are grouped by.
    low = max(b[3] for b in boxes)
    high = min(b[1] for b in boxes)
    box = (min(b[0] for b in boxes), high, max(b[2] for b in boxes), low)
    return Word(text, box, size if size > 1 else 12.0, "bold" in name, "italic" in name or "oblique" in name)


def _without_running_lines(pages: Sequence[PageContent]) -> list[PageContent]:
    """Moves page numbers and lines repeated at the top or bottom of pages into ``aside``."""
    repeated = Counter(
        key for content in pages for key in {_running_key(p, content.page) for p in _margin(content)} if key
    )
    often = max(2, len(pages) // 2)
    out = []
    for content in pages:
        gone = {
            id(p) for p in _margin(content)
            if _is_page_number(p) or (len(pages) > 2 and repeated[_running_key(p, content.page)] >= often)
        }  # fmt: skip
        blocks = tuple(b for b in content.blocks if id(b) not in gone)
        aside = tuple(b for b in content.blocks if id(b) in gone and isinstance(b, Paragraph))
        first_gone = bool(content.blocks) and id(content.blocks[0]) in gone
        starts = _starts_inside(blocks) if first_gone else content.starts_inside
        last_gone = bool(content.blocks) and id(content.blocks[-1]) in gone
        ends = _runs_on(blocks, content.page) if last_gone else content.ends_inside
        out.append(PageContent(content.page, blocks, aside, starts, ends))
    return out


def _starts_inside(blocks: tuple[Block, ...]) -> bool:
    first = blocks[0] if blocks else None
    return isinstance(first, Paragraph) and first.indent < 10 and first.alignment is not Alignment.CENTER


def _runs_on(blocks: tuple[Block, ...], page: Page) -> bool:
    last = blocks[-1] if blocks else None
    return isinstance(last, Paragraph) and bool(last.spans) and last.spans[-1].box[2] > page.width * 0.8


def _margin(content: PageContent) -> list[Paragraph]:
    height = content.page.height
    return [
        b for b in (*content.blocks[:2], *content.blocks[-2:])
        if isinstance(b, Paragraph) and b.anchor.box is not None
        and (b.anchor.box[3] < height * 0.09 or b.anchor.box[1] > height * 0.91)
    ]  # fmt: skip


def _is_page_number(paragraph: Paragraph) -> bool:
    return bool(re.fullmatch(r"[-–\s]*(trang\s*)?\d{1,3}(\s*/\s*\d{1,3})?[-–\s]*", fold(paragraph.text)))


def _running_key(paragraph: Paragraph, page: Page) -> str:
    return re.sub(r"\d+", "#", fold(paragraph.text))


__all__ = ["Anchor", "page_content", "page_words", "read_pdf", "rows_of"]
