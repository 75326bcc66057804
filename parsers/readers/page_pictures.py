"""Pictures of every page of a file, for people: the page as its places are counted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from parsers.readers import office, scan_source
from parsers.readers.docx_marks import mark
from parsers.readers.docx_places import Place, find_places
from parsers.readers.pdf_annotations import shown_page
from parsers.readers.word import is_strict
from parsers.sniff import DOCX, OTHER_WORD, PDF
from schemas.document import Anchor
from schemas.errors import (
    DamagedFile,
    ImageTooLarge,
    PageTooLarge,
    TooManyPages,
    UnsupportedFormat,
)
from schemas.page_picture import PagePicture
from schemas.text import nfc

if TYPE_CHECKING:
    from PIL.Image import Image

SMALL_DPI = 110.0
LARGE_DPI = 220.0
MAX_PIXELS = 12_000_000
_QUALITY = 80
_MAX_TEXT = 200_000


def draw_pdf(path: Path, folder: Path, name: str) -> list[PagePicture]:
    """Pictures of a PDF's pages in ``folder``. Raises DamagedFile, PageTooLarge, TooManyPages."""
    import pypdfium2 as pdfium  # noqa: PLC0415

    try:
        opened = pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError as error:
        raise DamagedFile(name=name, detail=str(error)) from error
    try:
        if len(opened) > scan_source.MAX_PAGES:
            raise TooManyPages(name=name, detail=str(len(opened)))
        return [
            _pdf_page(shown_page(opened, at), at + 1, folder, name) for at in range(len(opened))
        ]
    finally:
        opened.close()


def draw_images(path: Path, folder: Path, name: str) -> list[PagePicture]:
    """Pictures of the pages of a TIFF, JPEG or PNG in ``folder``. Raises what reading raises."""
    from PIL import Image  # noqa: PLC0415

    made = []
    try:
        for number, bitmap in enumerate(scan_source.file_bitmaps(path), 1):
            pixels = bitmap.picture
            picture = Image.fromarray(pixels if pixels.ndim == 2 else pixels[:, :, ::-1])
            names = [
                _save(_fitted(picture, bitmap.width, bitmap.height, dpi), number, dpi, folder, True)
                for dpi in (SMALL_DPI, LARGE_DPI)
            ]
            made.append(PagePicture(number, bitmap.width, bitmap.height, *names))
    except (DamagedFile, ImageTooLarge, TooManyPages) as error:
        error.name = name
        raise
    return made


def draw_any(
    path: Path, kind: str, folder: Path, name: str
) -> tuple[list[PagePicture], list[Place]]:
    """Pictures of the pages of a file of media type ``kind`` in ``folder``.

    With the places of cells and paragraphs where the file has no pages of its own: Word files are
    laid out by LibreOffice. Raises UnsupportedFormat, MissingProgram, ReadingTimedOut, and what
    reading raises.
    """
    if kind == PDF:
        return draw_pdf(path, folder, name), []
    if kind.startswith("image/"):
        return draw_images(path, folder, name), []
    if kind != DOCX and kind not in OTHER_WORD:
        raise UnsupportedFormat(name=name, detail=kind)
    with tempfile.TemporaryDirectory(prefix="tonghop-layout-") as work:
        if kind != DOCX or is_strict(path):
            path = office.convert(path, office.DOCX_FILTER, Path(work), name)
        return _draw_docx(path, folder, Path(work), name)


def _draw_docx(
    path: Path, folder: Path, work: Path, name: str
) -> tuple[list[PagePicture], list[Place]]:
    import pypdfium2 as pdfium  # noqa: PLC0415

    copy = work / "marked.docx"
    marked = mark(path, name, copy)
    laid_out = office.convert(copy, office.PDF_FILTER, work, name)
    pages = draw_pdf(laid_out, folder, name)
    opened = pdfium.PdfDocument(str(laid_out))
    try:
        return pages, find_places(opened, marked)
    finally:
        opened.close()


def _pdf_page(page: Any, number: int, folder: Path, name: str) -> PagePicture:
    try:
        width, height = page.get_size()
        if max(width, height) > scan_source.MAX_SIDE_POINTS or min(width, height) <= 1:
            raise PageTooLarge(name=name, place=f"trang {number}")
        photo = scan_source.image_share(page) > 0.3
        large = _rendered(page, width, height, LARGE_DPI)
        # A scan is costly to render and loses nothing by being reduced; letters drawn do.
        small = (
            _fitted(large, width, height, SMALL_DPI)
            if photo
            else _rendered(page, width, height, SMALL_DPI)
        )
        image = _save(small, number, SMALL_DPI, folder, photo)
        file = _save(large, number, LARGE_DPI, folder, photo)
        return PagePicture(number, width, height, image, file, _page_text(page))
    finally:
        page.close()


def _scale(width: float, height: float, dpi: float) -> float:
    return float(min(dpi / 72.0, (MAX_PIXELS / (width * height)) ** 0.5))


def _rendered(page: Any, width: float, height: float, dpi: float) -> Image:
    image: Image = page.render(scale=_scale(width, height, dpi), draw_annots=True).to_pil()
    return image


def _fitted(image: Image, width: float, height: float, dpi: float) -> Image:
    scale = _scale(width, height, dpi)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    return image if size[0] >= image.width else image.resize(size, reducing_gap=2.0)


def _save(image: Image, number: int, dpi: float, folder: Path, photo: bool) -> str:
    name = f"page-{number:04d}-{dpi:.0f}.{'jpg' if photo else 'png'}"
    plain = _without_idle_colour(image)
    if photo:
        plain.save(folder / name, "JPEG", quality=_QUALITY)
    else:
        plain.save(folder / name, "PNG", compress_level=1)
    return name


def _without_idle_colour(image: Image) -> Image:
    """Black on white as one byte a pixel: a third of the file."""
    if image.mode == "L":
        return image
    red, green, blue = (np.asarray(band) for band in image.convert("RGB").split())
    grey = np.array_equal(red, green) and np.array_equal(green, blue)
    return image.convert("L" if grey else "RGB")


def _page_text(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        return nfc(text_page.get_text_range(0, min(text_page.count_chars(), _MAX_TEXT))).replace(
            "\r\n", "\n"
        )
    finally:
        text_page.close()


def places_json(places: Iterator[Place] | list[Place]) -> dict[str, list[dict[str, Any]]]:
    """``cells`` and ``paragraphs`` of ``pages.json``: anchor, page, box in points."""
    cells: list[dict[str, Any]] = []
    paragraphs: list[dict[str, Any]] = []
    for place in places:
        where = {"page": place.page, "box": _rounded(place.box), "exact": place.exact}
        if place.frame is not None:
            where["frame"] = _rounded(place.frame)
        if place.anchor.table is None:
            paragraphs.append({"paragraph": place.anchor.paragraph, **where})
        else:
            at = _cell_key(place.anchor)
            cells.append({**at, **where})
    return {"cells": cells, "paragraphs": paragraphs}


def _cell_key(anchor: Anchor) -> dict[str, int | None]:
    return {"table": anchor.table, "row": anchor.row, "column": anchor.column}


def _rounded(box: tuple[float, float, float, float]) -> list[float]:
    return [round(value, 1) for value in box]
