"""Whether a Word file holds its print as pictures: scanned pages put into it, an annex pasted as an image."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from parsers.readers.numbering import W
from parsers.readers.pictured import LEAST_HEIGHT, LEAST_WIDTH, looks_printed

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMU = 12_700
"""English metric units in a point."""

_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "": 1.0}
_SIDE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm|px|)\s*(?=;|$)")
_THUMB = (700, 700)
_MAX_PIXELS = 80_000_000


def holds_print(opened: Any) -> bool:
    """Whether a picture as large as a table stands in the body of a python-docx document and shows ink
    on paper; drawings of other programs (an Excel sheet put in) are taken for print."""
    return any(_is_print(opened.part, link) for link in _large(opened.element.body))


def _large(body: Any) -> Iterator[str]:
    """The relationships of the pictures that are shown large."""
    for blip in body.iter(f"{_DRAWN}blip"):
        placed = next(blip.iterancestors(f"{_PLACED}inline", f"{_PLACED}anchor"), None)
        extent = None if placed is None else placed.find(f"{_PLACED}extent")
        link = blip.get(f"{_LINKED}embed")
        if extent is not None and link and not _deleted(blip):
            sides = (int(extent.get(side, 0)) / _EMU for side in ("cx", "cy"))
            if _is_large(*sides):
                yield link
    for shown in body.iter(f"{_VML}imagedata"):
        sides_of = dict.fromkeys(("width", "height"), 0.0)
        for side, value, unit in _SIDE.findall(shown.getparent().get("style", "")):
            sides_of[side] = float(value) * _UNITS[unit]
        link = shown.get(f"{_LINKED}id")
        if link and _is_large(sides_of["width"], sides_of["height"]) and not _deleted(shown):
            yield link


def _deleted(node: Any) -> bool:
    return next(node.iterancestors(f"{W}del", f"{W}moveFrom"), None) is not None


def _is_large(width: float, height: float) -> bool:
    return width >= LEAST_WIDTH and height >= LEAST_HEIGHT


def _is_print(part: Any, link: str) -> bool:
    from PIL import Image  # noqa: PLC0415

    held = part.related_parts.get(link)
    if held is None:
        return False
    if str(held.partname).casefold().endswith((".emf", ".wmf", ".emz", ".wmz")):
        return True
    try:
        with Image.open(io.BytesIO(held.blob)) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                return False
            picture.draft("L", _THUMB)
            small = picture.convert("L")
            small.thumbnail(_THUMB)
            return looks_printed(np.asarray(small))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
