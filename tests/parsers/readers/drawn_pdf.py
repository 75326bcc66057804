"""PDFs drawn word by word and rule by rule, with a Vietnamese font of the system."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

FONTS = (
    Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"),
    Path("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"),
)
SIZE = 11.0


@dataclass
class Drawing:
    """Words at ``(x, baseline from top)`` and rules ``(x0, top, x1, bottom)``, in points."""

    words: list[tuple[float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    size: tuple[float, float] = (595.0, 842.0)


def ruled(rows: list[list[str]], edges: list[float], top: float, height: float = 22.0) -> Drawing:
    """A grid with every cell framed and its text on one line."""
    page = Drawing()
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                page.words.append((edges[column] + 3, top + at * height + 15, text))
    bottom = top + len(rows) * height
    for at in range(len(rows) + 1):
        page.rules.append((edges[0], top + at * height, edges[-1], top + at * height + 0.6))
    for edge in edges:
        page.rules.append((edge, top, edge + 0.6, bottom))
    return page


def spaced(rows: list[list[str]], starts: list[float], top: float, height: float = 20.0) -> Drawing:
    """The same without rules: each column starts at its own x."""
    return Drawing(
        words=[
            (starts[c], top + r * height, text)
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
            if text
        ]
    )


def write_pdf(path: Path, pages: list[Drawing]) -> Path:
    """Writes the pages; skips the test where the system has no font with Vietnamese letters."""
    font_file = next((f for f in FONTS if f.exists()), None)
    if font_file is None:
        pytest.skip("no Vietnamese font installed")
    document = pdfium.PdfDocument.new()
    data = font_file.read_bytes()
    array = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
    font = raw.FPDFText_LoadFont(document.raw, array, len(data), raw.FPDF_FONT_TRUETYPE, True)
    for drawing in pages:
        page = document.new_page(*drawing.size)
        height = drawing.size[1]
        for x, baseline, text in drawing.words:
            made = raw.FPDFPageObj_CreateTextObj(document.raw, font, SIZE)
            encoded = (text + "\0").encode("utf-16-le")
            letters = (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
            raw.FPDFText_SetText(made, letters)
            raw.FPDFPageObj_Transform(made, 1, 0, 0, 1, x, height - baseline)
            raw.FPDFPage_InsertObject(page.raw, made)
        for x0, top, x1, bottom in drawing.rules:
            box = raw.FPDFPageObj_CreateNewRect(x0, height - bottom, x1 - x0, bottom - top)
            raw.FPDFPageObj_SetFillColor(box, 0, 0, 0, 255)
            raw.FPDFPath_SetDrawMode(box, raw.FPDF_FILLMODE_ALTERNATE, False)
            raw.FPDFPage_InsertObject(page.raw, box)
        raw.FPDFPage_GenerateContent(page.raw)
    document.save(str(path))
    document.close()
    return path
