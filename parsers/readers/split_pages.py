"""Several letters in one PDF or TIFF: the pages of each, cut inside a page where one begins there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from parsers.readers.scan_source import file_bitmaps, image_share
from schemas.document import Anchor, Box

_FILE_ID = re.compile(rb"/ID ?\[ ?<[0-9A-Fa-f]+> ?<[0-9A-Fa-f]+> ?\]")
_WRITTEN_ON = re.compile(rb"(/CreationDate ?\(D:)\d{14}")
_PAGE_NUMBER = re.compile(r"[\W_]*\d{0,3}[\W_]*")
_HEAD = 0.22
"""A letter that begins with its page has its Quốc hiệu within this share of the page's edge."""
_GAP = 2.0
"""Points to leave above a letter: the last rule of a table above it may be near."""


@dataclass(frozen=True, slots=True)
class _Begin:
    """The page a letter begins on, and how far down it in points; None: with the page."""

    page: int
    top: float | None = None


def split_pdf(path: Path, starts: Sequence[Anchor], folder: Path) -> list[Path]:
    """A PDF for each letter; empty where a picture holds the end of one and the start of the next."""
    import pypdfium2 as pdfium  # noqa: PLC0415

    opened = pdfium.PdfDocument(str(path))
    try:
        begins = [_begin(opened, anchor) for anchor in starts[1:]]
        parts = _parts([b for b in begins if b is not None], len(opened))
        if None in begins or parts is None:
            return []
        made = []
        for number, (begin, end) in enumerate(parts, 1):
            part = pdfium.PdfDocument.new()
            part.import_pages(opened, list(range(begin.page - 1, end.page)))
            _crop(part, begin.top, end.top)
            target = folder / f"{number}.pdf"
            part.save(str(target))
            part.close()
            plain = _FILE_ID.sub(_without_id, target.read_bytes())
            target.write_bytes(_WRITTEN_ON.sub(rb"\g<1>19800101000000", plain, count=1))
            made.append(target)
        return made
    finally:
        opened.close()


def _parts(begins: Sequence[_Begin], pages: int) -> list[tuple[_Begin, _Begin]] | None:
    """Where each letter begins and ends, ``top`` of the end being where the next one begins.

    None where two letters begin at one place.
    """
    ends = [b if b.top is not None else _Begin(b.page - 1) for b in begins]
    parts = list(zip([_Begin(1), *begins], [*ends, _Begin(pages)], strict=True))
    places = [(b.page, b.top or 0.0) for b in (_Begin(1), *begins)]
    in_order = all(one < other for one, other in pairwise(places))
    return parts if len(parts) > 1 and in_order else None


def _begin(opened: Any, anchor: Anchor) -> _Begin | None:
    """None where the letter begins inside a page that cannot be cut."""
    if anchor.page is None or anchor.box is None:
        return None
    page = opened[anchor.page - 1]
    try:
        width, height = page.get_size()
        if page.get_rotation() or image_share(page) > 0.3:
            return None if _inside(anchor.box, width, height) else _Begin(anchor.page)
        return _Begin(anchor.page, _top_of_letter(page, anchor.box[1]))
    finally:
        page.close()


def _inside(box: Box, width: float, height: float) -> bool:
    """Whether a line is far from the edges of its page, whichever way up the page lies."""
    left, top, right, bottom = box
    level = right - left >= bottom - top
    middle = (top + bottom) / 2 / height if level else (left + right) / 2 / width
    return _HEAD < middle < 1 - _HEAD


def _top_of_letter(page: Any, motto: float) -> float | None:
    """Where to cut above the Quốc hiệu at ``motto``; None where nothing but a page number is above."""
    lines = list(_lines(page))
    moved = True
    while moved:
        # The agency stands beside it and may reach a little higher.
        higher = [top for top, bottom, _ in lines if top < motto - 0.01 and bottom > motto + 0.01]
        moved, motto = bool(higher), min([motto, *higher])
    above = [
        bottom
        for _, bottom, text in lines
        if bottom <= motto + 0.5 and not _PAGE_NUMBER.fullmatch(text)
    ]
    return motto - min(_GAP, max(motto - max(above), 0.0) / 4) if above else None


def _lines(page: Any) -> Iterator[tuple[float, float, str]]:
    """Top, bottom (points from the top of the page as shown) and text of each stretch of text."""
    left, bottom, right, top = page.get_cropbox()
    text_page = page.get_textpage()
    try:
        for index in range(text_page.count_rects()):
            x0, low, x1, high = text_page.get_rect(index)
            text = text_page.get_text_bounded(x0, low, x1, high).strip()
            if text and x1 > left and x0 < right and high > bottom and low < top:
                yield top - high, top - low, text
    finally:
        text_page.close()


def _crop(part: Any, above: float | None, below: float | None) -> None:
    """Leaves out what stands above ``above`` on the first page and below ``below`` on the last."""
    last = len(part) - 1
    for index in {0, last}:
        page = part[index]
        left, bottom, right, top = page.get_cropbox()
        low = top - below if below is not None and index == last else bottom
        high = top - above if above is not None and index == 0 else top
        if (low, high) != (bottom, top):
            page.set_mediabox(left, low, right, high)
            page.set_cropbox(left, low, right, high)
        page.close()


def _without_id(found: re.Match[bytes]) -> bytes:
    """The file's random number as noughts, of the same length: places in the file stay true."""
    return b"/ID" + re.sub(rb"[0-9A-Fa-f]", b"0", found[0][3:])


def split_tiff(path: Path, starts: Sequence[Anchor], folder: Path) -> list[Path]:
    """A TIFF for each letter, of the same pixels; empty where one begins inside a page."""
    from PIL import Image, ImageOps, ImageSequence  # noqa: PLC0415

    sizes = [(bitmap.width, bitmap.height) for bitmap in file_bitmaps(path)]
    begins = []
    for anchor in starts[1:]:
        if anchor.page is None or anchor.box is None:
            return []
        if _inside(anchor.box, *sizes[anchor.page - 1]):
            return []
        begins.append(_Begin(anchor.page))
    parts = _parts(begins, len(sizes))
    made = []
    with Image.open(path) as image:
        frames = ImageSequence.Iterator(image)
        for number, (begin, end) in enumerate(parts or (), 1):
            first, *rest = [
                ImageOps.exif_transpose(frames[at - 1]).copy()
                for at in range(begin.page, end.page + 1)
            ]
            target = folder / f"{number}.tif"
            packing = (
                "group4" if all(one.mode == "1" for one in (first, *rest)) else "tiff_adobe_deflate"
            )
            stated = {"dpi": first.info["dpi"]} if "dpi" in first.info else {}
            first.save(
                target, "TIFF", save_all=True, append_images=rest, compression=packing, **stated
            )
            made.append(target)
    return made
