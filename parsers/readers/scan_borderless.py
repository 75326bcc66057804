"""A table without rules on a scan: read column by column, its numbers again cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from parsers.readers import ocr, ocr_number
from parsers.readers.borderless import column_sides, tables_without_rules
from parsers.readers.borderless_head import head_top
from parsers.readers.grid_read import SEAL_COVER
from parsers.readers.lines import Line, Word as PlacedWord, rows_of, segments
from parsers.readers.ocr import Gray
from parsers.readers.scan_again import FOOT
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_columns import JOIN, Blob, find_columns
from parsers.readers.scan_figures import read_counted_again
from parsers.readers.scan_ink import ink_box, is_dash
from parsers.readers.scan_spelling import respelled
from parsers.readers.scan_strips import read_columns
from parsers.readers.scan_text import place_words
from schemas.document import Box, Cell, Doubt, Table
from schemas.text import fold

_REACH_POINTS = 2.5
_ABOVE_POINTS = 3.0
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHORT = 5
"""Letters: what is longer is no number misread."""
_PASSED_OVER = 0.06
"""Inches: half a figure."""


def find_table(
    page: CleanPage, placed: Sequence[PlacedWord], number: int, before: Table | None
) -> tuple[Table, Box] | None:
    """The page's table without rules and its box in flat points; None where none is seen.

    ``placed`` are the words at first sight: enough to tell where a head or a signature stands.
    """
    rows = [segments(row) for row in rows_of(placed)]
    top = head_top(rows)
    if top is None and before is None:
        return None
    scale = page.dpi / 72.0
    first = 0 if top is None else max(int((top - _ABOVE_POINTS) * scale), 0)
    last = int(_foot(rows, top or 0.0) * scale) or page.gray.shape[0]
    known = [side * scale for side in column_sides(before)] if before is not None else []
    columns = find_columns(page.gray, page.dpi, first, min(last, page.gray.shape[0]), known)
    if columns is None:
        return None
    read = read_columns(page, columns)
    words = place_words(page, read_counted_again(page, respelled(read)))
    sides = [edge / scale for edge in columns.edges]
    found = tables_without_rules(words, number, before, sides)
    if not found:
        return None
    read_again = reread(page, found[0][0])
    return _doubt_shared(page, read_again, columns.blobs), found[0][1]


def _doubt_shared(page: CleanPage, table: Table, blobs: Sequence[Blob]) -> Table:
    """``table`` with every row doubted in which two things stand apart in one line of one cell.

    Edges that are upright on a sheet that is not give a row its neighbour's figures.
    """
    first = _first_row(table)
    shared = {
        cell.row for cell in table.cells
        if cell.row >= first and cell.frame is not None
        and _apart([b for b in blobs if _inside(b, page.pixels(cell.frame))], JOIN * page.dpi)
    }  # fmt: skip
    doubt = Doubt("weak_ink", "column")
    cells = tuple(_doubted(c, doubt) if c.row in shared and c.text else c for c in table.cells)
    return replace(table, cells=cells)


def _inside(blob: Blob, box: tuple[int, int, int, int]) -> bool:
    return box[0] <= blob.middle < box[2] and box[1] <= (blob.top + blob.bottom) / 2 < box[3]


def _apart(blobs: Sequence[Blob], gap: float) -> bool:
    """Whether two of ``blobs`` stand side by side, further apart than a bullet and its words."""
    return any(
        one is not other
        and other.left - one.right >= gap
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0
        for one in blobs
        for other in blobs
    )


def _foot(rows: Sequence[Sequence[Line]], top: float) -> float:
    """Where the signature begins below ``top``, in points; 0 where none stands there."""
    return next(
        (
            min(line.box[1] for line in row)
            for row in rows
            if row[0].box[1] > top and any(FOOT.match(fold(line.text)) for line in row)
        ),
        0.0,
    )


def reread(page: CleanPage, table: Table) -> Table:
    """``table`` (flat points) with every number voted on, and missed ink looked at again."""
    numeric, first = _numeric_columns(table), _first_row(table)
    cells = tuple(
        replace(_again(page, _own(cell, table), cell.column in numeric), frame=cell.frame)
        if cell.row >= first else cell
        for cell in table.cells
    )  # fmt: skip
    return replace(table, cells=cells)


def _own(cell: Cell, table: Table) -> Cell:
    """``cell`` with a frame that no text of its neighbours reaches into beside what it holds itself."""
    own = cell.anchor.box
    if cell.frame is None or own is None or not cell.text:
        return cell
    left, top, right, bottom = cell.frame
    beside = [
        box for other in table.cells
        if other.column != cell.column and other.text and (box := other.anchor.box) is not None
        and box[1] < own[3] and box[3] > own[1]
    ]  # fmt: skip
    left = max([left, *(x1 for x0, _, x1, _ in beside if x0 < left < x1 <= own[0])])
    right = min([right, *(x0 for x0, _, x1, _ in beside if own[2] <= x0 < right < x1)])
    return replace(cell, frame=(left, top, right, bottom))


def _first_row(table: Table) -> int:
    """1 under a head; 0 where a table goes on overleaf with a row of values."""
    top = [cell.text for cell in table.cells if cell.row == 0]
    worded = sum(any(c.isalpha() for c in text) for text in top)
    return int(2 * worded > len(top) and not any(ocr_number.looks_numeric(t) for t in top))


def _numeric_columns(table: Table) -> set[int]:
    """Columns behind the first in which not mostly words are written: empty ones too."""
    written: dict[int, list[bool]] = {column: [] for column in range(1, table.columns)}
    first = _first_row(table)
    for cell in table.cells:
        if any(c.isalnum() for c in cell.text) and cell.row >= first and cell.column in written:
            flag = ocr_number.looks_numeric(cell.text) or ocr_number.counts_something(cell.text)
            written[cell.column].append(flag)
    return {c for c, flags in written.items() if sum(flags) >= 0.4 * len(flags)}


def _again(page: CleanPage, cell: Cell, in_numbers: bool) -> Cell:
    """``cell`` with its number voted on: no figure passes on one reading, whatever its column is."""
    figure = ocr_number.looks_numeric(cell.text)
    if cell.column == 0 or cell.frame is None or not (in_numbers or figure):
        return cell
    if ocr_number.counts_something(cell.text):
        return _with_all_ink(page, cell)  # its figures were read twice as words
    if not figure and len(cell.text) > _SHORT:
        return cell
    if not figure and _WORD.fullmatch(cell.text):
        return _as_figures(page, cell)
    crop, flat = _crop(page, cell)
    if crop is None:
        return _doubted(cell, Doubt("weak_ink", cell.text)) if figure else cell
    if flat and cell.text and not any(c.isalnum() for c in cell.text):
        return replace(cell, text="-", confidence=0.95, readings=("-",))
    return _voted(page, cell, crop)


def _as_figures(page: CleanPage, cell: Cell) -> Cell:
    """A word in a column of numbers, unless all digit readings and a free one give one number."""
    crop, _ = _crop(page, cell)
    if crop is None:
        return cell
    read = ocr_number.read_number(crop, page.dpi, cell.text)
    if not ocr_number.clear_figures(crop, read, cell.confidence):
        return cell
    made = replace(cell, text=read.text, readings=read.readings)
    return _doubted(made, Doubt("readings_disagree", " | ".join(read.readings)))


def _doubted(cell: Cell, doubt: Doubt) -> Cell:
    return replace(cell, doubts=(*cell.doubts, doubt), confidence=min(cell.confidence, 0.4))


def _voted(page: CleanPage, cell: Cell, crop: Gray) -> Cell:
    free = cell.text or ocr.read_line(crop, page.dpi, ocr.LINE, "vie")
    doubts = cell.doubts
    if not cell.text and not ocr_number.looks_numeric(free):
        doubts = (*doubts, Doubt("weak_ink", free[:20]))
        if free.translate(ocr_number.LOOKALIKES) != "1":
            return replace(cell, doubts=doubts)
    read = ocr_number.read_number(ocr_number.without_blots(crop), page.dpi, free)
    if not read.agreed:
        doubts = (*doubts, Doubt("readings_disagree", " | ".join(read.readings)))
    elif _is_sealed(page, cell) and not (page.colour and read.unanimous):
        doubts = (*doubts, Doubt("under_seal"))
    confidence = 0.98 if read.unanimous else 0.93 if read.agreed else 0.4
    return replace(
        cell, text=read.text, readings=read.readings, doubts=doubts, confidence=confidence
    )


def _is_sealed(page: CleanPage, cell: Cell) -> bool:
    """Whether a seal's ink was taken away where the cell's text stands."""
    if page.seal is None or cell.anchor.box is None:
        return False
    left, top, right, bottom = page.pixels(cell.anchor.box)
    part = page.seal[top:bottom, left:right]
    return bool(np.count_nonzero(part) > SEAL_COVER * part.size)


def _with_all_ink(page: CleanPage, cell: Cell) -> Cell:
    """``cell``, doubted where ink stands in its lines left or right of what was read."""
    read, (part, left) = cell.anchor.box, _lines_of(page, cell)
    found = ink_box(part, page.dpi)[0] if part.size else None
    if read is None or found is None:
        return cell
    first, _, last, _ = page.pixels(read)
    passed_over = max(first - (left + found[0]), left + found[2] - last)
    if passed_over <= _PASSED_OVER * page.dpi:
        return cell
    return _doubted(cell, Doubt("weak_ink", cell.text))


def _lines_of(page: CleanPage, cell: Cell) -> tuple[Gray, int]:
    """The cell's lines over the whole column, and where they begin; without text its frame.

    What was read there is in it whole, though an edge of the column may cross a number.
    """
    frame = cell.frame or cell.anchor.box
    if frame is None:
        return page.gray[:0], 0
    left, top, right, bottom = frame[0] + 1, frame[1], frame[2] - 1, frame[3]
    if cell.text and cell.anchor.box is not None:
        x0, y0, x1, y1 = cell.anchor.box
        left, right = min(left, x0 - _REACH_POINTS), max(right, x1 + _REACH_POINTS)
        top, bottom = y0 - _REACH_POINTS, y1 + _REACH_POINTS
    x0, y0, x1, y1 = page.pixels((left, top, right, bottom))
    return page.gray[y0:y1, x0:x1], x0


def _crop(page: CleanPage, cell: Cell) -> tuple[Gray | None, bool]:
    """The ink of the cell on white, None where there is none; and whether it is a flat stroke.

    A figure beside what was read is one of the number's: the whole column's width is cut.
    """
    part, _ = _lines_of(page, cell)
    found = ink_box(part, page.dpi)[0] if part.size else None
    if found is None:
        return None, False
    x0, y0, x1, y1 = found
    pad = max(int(page.dpi / 20), 6)
    crop = cv2.copyMakeBorder(
        part[y0:y1, x0:x1], pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255
    )
    return crop, is_dash("", found, page.dpi)
