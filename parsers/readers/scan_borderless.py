"""A table without rules on a scan: its numbers are read again, cell by cell."""

from __future__ import annotations

from dataclasses import replace

import cv2

from parsers.readers import ocr, ocr_number
from parsers.readers.grid_read import ink_box, is_dash
from parsers.readers.ocr import Gray
from parsers.readers.scan_clean import CleanPage
from schemas.document import Cell, Doubt, Table

_REACH_POINTS = 2.5


def reread(page: CleanPage, table: Table) -> Table:
    """``table`` (flat points) with every number voted on, and missed ink looked at again."""
    numeric = _numeric_columns(table)
    cells = tuple(_again(page, cell, cell.column in numeric) for cell in table.cells)
    return replace(table, cells=cells)


def _numeric_columns(table: Table) -> set[int]:
    written: dict[int, list[bool]] = {}
    for cell in table.cells:
        if cell.text and cell.row > 0:
            flag = ocr_number.looks_numeric(cell.text)
            written.setdefault(cell.column, []).append(flag)
    return {c for c, flags in written.items() if sum(flags) >= max(2, 0.4 * len(flags))}


def _again(page: CleanPage, cell: Cell, in_numbers: bool) -> Cell:
    if cell.row == 0 or cell.column == 0 or cell.frame is None or not in_numbers:
        return cell
    if cell.text and not ocr_number.looks_numeric(cell.text) and len(cell.text) > 5:
        return cell
    crop, flat = _crop(page, cell)
    if crop is None:
        return cell
    if flat and cell.text and not any(c.isalnum() for c in cell.text):
        return replace(cell, text="-", confidence=0.95, readings=("-",))
    free = cell.text or ocr.read_line(crop, page.dpi, ocr.LINE, "vie")
    if not cell.text and not ocr_number.looks_numeric(free):
        return replace(cell, doubts=(*cell.doubts, Doubt("weak_ink", free[:20])))
    read = ocr_number.read_number(crop, page.dpi, free)
    doubts = cell.doubts
    if not read.agreed:
        doubts = (*doubts, Doubt("readings_disagree", " | ".join(read.readings)))
    confidence = 0.98 if read.unanimous else 0.93 if read.agreed else 0.4
    return replace(
        cell, text=read.text, readings=read.readings, doubts=doubts, confidence=confidence
    )


def _crop(page: CleanPage, cell: Cell) -> tuple[Gray | None, bool]:
    """The ink of the cell on white, None where there is none; and whether it is a flat stroke.

    A cell with text is cut at its text, an empty one at its frame.
    """
    box = cell.anchor.box if cell.text else cell.frame
    if box is None:
        return None, False
    reach = _REACH_POINTS
    left, top, right, bottom = page.pixels(
        (box[0] - reach, box[1] - reach, box[2] + reach, box[3] + reach)
        if cell.text else (box[0] + 1, box[1], box[2] - 1, box[3])
    )  # fmt: skip
    part = page.gray[top:bottom, left:right]
    if part.size == 0:
        return None, False
    found, _ = ink_box(part, page.dpi)
    if found is None:
        return None, False
    x0, y0, x1, y1 = found
    pad = max(int(page.dpi / 20), 6)
    crop = cv2.copyMakeBorder(
        part[y0:y1, x0:x1], pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255
    )
    return crop, is_dash("", found, page.dpi)
