"""Annotations as what they are to a reader: fields filled in, text typed onto a page, lines through words."""

from __future__ import annotations

from typing import Any

from pypdfium2 import raw

_UNSEEN = frozenset(
    [raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FILEATTACHMENT]
)
"""Kinds that print nothing of their own, or a little sign in the margin."""


def shown_page(opened: Any, index: int) -> Any:
    """Page ``index``, from 0, of a pypdfium2 document, what annotations show on it made part of it.

    Raises PdfiumError.
    """
    page = opened[index]
    if not _shows_annotations(page.raw):
        return page
    flattened = raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    if flattened != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return opened[index]


def _shows_annotations(page: Any) -> bool:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        kind, flags = raw.FPDFAnnot_GetSubtype(note), raw.FPDFAnnot_GetFlags(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind not in _UNSEEN and not flags & raw.FPDF_ANNOT_FLAG_HIDDEN:
            return True
    return False
