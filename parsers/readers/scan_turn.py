"""Which way up a scanned page lies, and the page held upright and level."""

from __future__ import annotations

import numpy as np

from parsers.readers import ocr, scan_clean
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_slant import upright_columns

_CLEARLY = 1.3


def held_upright(page: CleanPage) -> tuple[CleanPage, bool]:
    """The page, its lines level and its columns upright; and whether its head is known to be on top.

    A page that lay on its side is read both ways; one that did not is only turned if what is read
    makes no sense (``upside_down``), since nearly all lie rightly.
    """
    sideways = scan_clean.lies_sideways(page.gray, page.dpi)
    if sideways:
        page = scan_clean.turned_page(page, 1)
    page = upright_columns(scan_clean.straighten(page))
    if sideways and upside_down(page):
        page = scan_clean.turned_page(page, 2)
    return page, sideways


def upside_down(page: CleanPage) -> bool:
    """Reads the strip with the most ink both ways up."""
    tall = int(1.3 * page.dpi)
    rows = (page.gray < 128).sum(axis=1).astype(np.float64)
    rows = np.minimum(rows, 0.35 * page.gray.shape[1])
    sums = np.convolve(rows, np.ones(tall), mode="valid") if len(rows) > tall else np.zeros(1)
    top = int(sums.argmax())
    strip = page.gray[top : top + tall]

    def letters(picture: ocr.Gray) -> float:
        words = ocr.read_words(np.ascontiguousarray(picture), page.dpi, ocr.BLOCK)
        return sum(len(w.text) * w.confidence**2 for w in words if w.text.isalpha())

    return letters(np.rot90(strip, 2)) > _CLEARLY * letters(strip)
