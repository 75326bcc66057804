"""Whether a PDF page is a picture with a recogniser's text hidden behind it."""

from __future__ import annotations

from typing import Any

from pypdfium2 import raw

COVERING = 0.7
"""The share of a page that a picture covers from which it is the page."""

_UNSEEN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_HIDDEN = 0.9


def is_hidden_layer(page: Any) -> bool:
    """Whether a pypdfium2 page is a picture, and its text is invisible or lies under it.

    Text that is printed over a picture is what the reader sees, and no layer.
    """
    width, height = page.get_size()
    texts: list[bool] = []
    covered = False
    for item in page.get_objects(max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) >= COVERING * width * height:
                covered = True
                texts = [True] * len(texts)  # what was drawn before is under the picture
        elif item.type == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(is_unseen(item))
    return covered and bool(texts) and sum(texts) >= _HIDDEN * len(texts)


def is_unseen(item: Any) -> bool:
    """Whether a pypdfium2 text object is drawn with invisible ink."""
    return raw.FPDFTextObj_GetTextRenderMode(item.raw) in _UNSEEN


def holds_pictures(page: Any) -> bool:
    """Whether a pypdfium2 page shows a picture, or a form that may; asked of every digital page, so
    without wrapping each object."""
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        kind = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, index))
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            return True
    return False
