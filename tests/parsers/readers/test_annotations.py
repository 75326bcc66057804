"""What stands in a PDF's annotations is on the page, and so is read and drawn."""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from parsers.readers.page_pictures import draw_pdf
from pipelines.understand import understand

REAL = Path("samples/real/b_report.pdf")
ANNEX = 5
BLANK_CELL = (410.0, 668.0)
"""Left and baseline, from the top, inside the blank count of row 7 (hội thảo)."""


def typed_upon(path: Path, text: str, place: tuple[float, float], page: int) -> Path:
    """The real report with ``text`` in a stamp annotation, as viewers put it when a person types."""
    opened = pdfium.PdfDocument(str(REAL))
    sheet = opened[page]
    x, y = place[0], sheet.get_height() - place[1]
    note = raw.FPDFPage_CreateAnnot(sheet.raw, raw.FPDF_ANNOT_STAMP)
    raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(x - 2, y + 12, x + 40, y - 4))
    made = raw.FPDFPageObj_NewTextObj(opened.raw, b"Helvetica", 10)
    encoded = (text + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(made, (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded))
    raw.FPDFPageObj_Transform(made, 1, 0, 0, 1, x, y)
    assert raw.FPDFAnnot_AppendObject(note, made)
    raw.FPDFPage_CloseAnnot(note)
    opened.save(str(path))
    opened.close()
    return path


def test_a_figure_typed_upon_the_page_is_read_and_seen(tmp_path: Path) -> None:
    path = typed_upon(tmp_path / "typed.pdf", "14", BLANK_CELL, ANNEX)
    report = understand(path, path.name, "33")
    values = {(o.indicator, o.measure): o.value for o in report.observations}
    assert values["seminars", "count"] == 14
    assert len(values) == 23
    pages = draw_pdf(path, tmp_path, path.name)
    drawn = Image.open(tmp_path / pages[ANNEX].large).convert("L")
    scale = drawn.width / pages[ANNEX].width
    box = [
        round(v * scale)
        for v in (BLANK_CELL[0], BLANK_CELL[1] - 9, BLANK_CELL[0] + 12, BLANK_CELL[1])
    ]
    assert np.asarray(drawn.crop(tuple(box))).min() < 120
