"""The cells of a ruled table, read one by one: page-wide recognition drops digits silently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

import cv2
import numpy as np

from parsers.readers import ocr, ocr_number
from parsers.readers.grid import Grid
from parsers.readers.grid_cut import Rules, Slot
from parsers.readers.ocr import Gray, Word
from parsers.readers.page_content import table_of
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_figures import read_counted_again
from parsers.readers.scan_ink import dark_box, ink_box, is_dash
from parsers.readers.scan_seal import darkest
from parsers.readers.scan_spelling import respelled
from schemas.document import Anchor, Box, Cell, Doubt, Span, Table, TableKind

_SHORT = 5
"""Letters: what is longer is no number misread."""
SEAL_COVER = 0.04
_AGREED, _MAJORITY, _DISPUTED = 0.98, 0.93, 0.4
_WORD = re.compile(r"[^\W\d_]{3,}")
_WRITTEN = re.compile(r"[^\W_]")
_HEAD = re.compile(r"[^\W\d_]{3}")
"""What a second row of heads has, and no figure."""

_IN_BRACKETS = re.compile(r"\W*\(\s*\d{1,2}\s*\)\W*")


@dataclass(frozen=True, slots=True)
class _Seen:
    """One slot after the first pass. ``ink`` is in pixels of the page; None where blank."""

    slot: Slot
    crop: Gray
    ink: tuple[int, int, int, int] | None
    faint: bool
    sealed: bool
    words: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def erase_rules(gray: Gray, rules: Rules, grids: Sequence[Grid], dpi: float) -> Gray:
    """The page with its rules whitened, so that crops need no inset: marks touch the rules.

    Only near cell edges: a line of bold capitals is as long and as dark as a rule.
    """
    band = np.zeros_like(gray)
    thick = 2 * max(int(dpi * 0.02), 2) + 1
    for grid in grids:
        for slot in grid.slots:
            cv2.rectangle(band, (slot.left, slot.top), (slot.right, slot.bottom), 255, thick)
    mask = cv2.dilate(cv2.bitwise_and(rules.drawn, band), np.ones((3, 3), np.uint8))
    return np.where(mask > 0, np.uint8(255), gray)


def read_grid(page: CleanPage, grid: Grid, erased: Gray, number: int) -> tuple[Table, Box]:
    """The table of ``grid`` on page ``number``, with its box in points."""
    seen = [_first_pass(page, slot, erased) for slot in grid.slots]
    numeric = _numeric_columns(seen)
    cells = [_cell(page, one, grid, number, one.slot.column in numeric) for one in seen]
    table = table_of(TableKind.RULED, number, cells, grid.rows, grid.columns)
    return table, page.flat(grid.left, grid.top, grid.right, grid.bottom)


def _first_pass(page: CleanPage, slot: Slot, erased: Gray) -> _Seen:
    margin = max(int(page.dpi / 100), 1)
    top, left = max(slot.top - margin, 0), max(slot.left - margin, 0)
    crop = erased[top : slot.bottom + margin, left : slot.right + margin]
    sealed = _is_sealed(page, slot, crop)
    if sealed and not page.colour:
        crop = _below_seal(crop, page.dpi)
    ink, faint = ink_box(crop, page.dpi)
    if faint and sealed:
        ink, faint = None, False  # what the faded seal leaves behind
    if ink is None:
        return _Seen(slot, crop, None, faint, sealed)
    tight = _padded(crop, ink, page.dpi)
    x0, y0, x1, y1 = ink
    mode = ocr.LINE if y1 - y0 < 0.23 * page.dpi else ocr.BLOCK
    pad = _pad(page.dpi)
    shift_x, shift_y = left + x0 - pad, top + y0 - pad
    words = tuple(
        Word(w.text, w.left + shift_x, w.top + shift_y, w.right + shift_x, w.bottom + shift_y,
             w.confidence, w.line)
        for w in respelled(ocr.read_words(tight, page.dpi, mode))
    )  # fmt: skip
    placed = (left + x0, top + y0, left + x1, top + y1)
    return _Seen(slot, tight, placed, faint, sealed, words)


def _below_seal(crop: Gray, dpi: float) -> Gray:
    """The cell's blackest ink, if there is any: a seal's arc is no part of a number."""
    dark = darkest(crop)
    return crop if dark is None or dark_box(dark, dpi) is None else dark


def _pad(dpi: float) -> int:
    return max(int(dpi / 20), 6)


def _padded(crop: Gray, ink: tuple[int, int, int, int], dpi: float) -> Gray:
    x0, y0, x1, y1 = ink
    pad = _pad(dpi)
    return cv2.copyMakeBorder(
        crop[y0:y1, x0:x1], pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255
    )


def _is_sealed(page: CleanPage, slot: Slot, crop: Gray) -> bool:
    if page.seal is not None:
        part = page.seal[slot.top : slot.bottom, slot.left : slot.right]
        return bool(np.count_nonzero(part) > SEAL_COVER * part.size)
    return _grey_stamp(crop)


def _grey_stamp(crop: Gray) -> bool:
    """Wide middle grey that is no letter's edge: a seal in a picture without colour."""
    dark = cv2.dilate((crop < 110).astype(np.uint8), np.ones((5, 5), np.uint8))
    middle = ((crop >= 110) & (crop < 215) & (dark == 0)).astype(np.uint8)
    middle = cv2.morphologyEx(middle, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return bool(np.count_nonzero(middle) > 0.012 * middle.size)


def _numeric_columns(seen: list[_Seen]) -> set[int]:
    """Columns where at least half of what is written below the head is numbers; where a few rows
    alone stand, as overleaf, a number among dashes and lone letters is enough."""
    written: dict[int, list[str]] = {}
    for one in seen:
        if one.ink is None or one.slot.column_span > 1 or one.slot.row == 0:
            continue
        written.setdefault(one.slot.column, []).append(one.text)
    return {column for column, texts in written.items() if _are_numbers(texts)}


def _are_numbers(texts: Sequence[str]) -> bool:
    numbers = sum(map(ocr_number.looks_numeric, texts))
    told = list(dropwhile(_HEAD.search, filter(_WRITTEN.search, texts)))
    lone = sum(len(text.strip(" .,")) == 1 for text in told)
    if numbers and numbers + lone >= len(told):
        return True
    return numbers >= 2 and numbers >= 0.4 * len(texts)


def _may_be_number(one: _Seen, in_numbers: bool) -> bool:
    """A free reading that is digits, or short scribble in a column of numbers."""
    if _IN_BRACKETS.fullmatch(one.text):
        return False
    if ocr_number.with_counter(one.text):
        return False
    if ocr_number.looks_numeric(one.text):
        return True
    letters = sum(ch.isalpha() for ch in one.text)
    if in_numbers and letters <= 2 and any(ch.isdigit() for ch in one.text):
        return True
    bare = one.text.replace(" ", "")
    return in_numbers and len(bare) <= 5 and not _WORD.fullmatch(bare)


def _cell(page: CleanPage, one: _Seen, grid: Grid, number: int, in_numbers: bool) -> Cell:
    slot = one.slot
    frame = page.flat(slot.left, slot.top, slot.right, slot.bottom)
    box = frame if one.ink is None else page.flat(*one.ink)
    anchor = Anchor(page=number, box=box, table=0, row=slot.row, column=slot.column)
    text, confidence, readings, doubts = _understood(page, one, in_numbers)
    covered = range(slot.row, slot.row + slot.row_span)
    if slot.cover < 0.6 or not grid.broken.isdisjoint(covered):
        doubts = (*doubts, Doubt("weak_ink", "grid")) if text else doubts
    spans = _spans(page, one, number)
    if text != one.text:
        spans = (Span(0, len(text), number, box, confidence),)
    return Cell(text, slot.row, slot.column, anchor, slot.row_span, slot.column_span, frame,
                confidence=confidence, readings=readings, spans=spans, doubts=doubts)  # fmt: skip


_Understood = tuple[str, float, tuple[str, ...], tuple[Doubt, ...]]


def _understood(page: CleanPage, one: _Seen, in_numbers: bool) -> _Understood:
    if one.ink is None:
        return "", 1.0, (), ()
    if is_dash(one.text, one.ink, page.dpi):
        residue = _hugs_rule(one.slot, one.ink, page.dpi)
        return ("", 1.0, (), ()) if residue else ("-", 0.95, ("-",), ())
    if one.slot.column > 0 and _may_be_number(one, in_numbers):
        result = _as_number(page, one)
    elif in_numbers and one.slot.row > 0 and _WORD.fullmatch(one.text) and len(one.text) <= _SHORT:
        result = _as_figures(page, one) or _as_words(page, one)
    else:
        result = _as_words(page, one)
    if one.faint:
        text, confidence, readings, doubts = result
        return text, min(confidence, 0.5), readings, (*doubts, Doubt("weak_ink"))
    return result


def _as_words(page: CleanPage, one: _Seen) -> _Understood:
    """What is written; figures with what they count are read twice, and trusted as the least of them."""
    if one.slot.column > 0 and ocr_number.counts_something(one.text):
        words = read_counted_again(page, [replace(w, line=0) for w in one.words])
        text = " ".join(w.text for w in words)
        return text, min(w.confidence for w in words), tuple(dict.fromkeys((text, one.text))), ()
    unread = () if one.text else (Doubt("weak_ink"),)
    return one.text, ocr.mean_confidence(list(one.words)), (one.text,), unread


def _as_figures(page: CleanPage, one: _Seen) -> _Understood | None:
    """A word in a column of numbers, if all digit readings and a free one give one number."""
    read = ocr_number.read_number(one.crop, page.dpi, one.text)
    ease = ocr.mean_confidence(list(one.words))
    if not ocr_number.clear_figures(one.crop, read, ease):
        return None
    doubt = Doubt("readings_disagree", " | ".join(read.readings))
    return read.text, _DISPUTED, read.readings, (doubt,)


def _hugs_rule(slot: Slot, ink: tuple[int, int, int, int], dpi: float) -> bool:
    middle = (ink[1] + ink[3]) / 2
    return min(middle - slot.top, slot.bottom - middle) < 0.07 * dpi


def _as_number(page: CleanPage, one: _Seen) -> _Understood:
    crop = ocr_number.without_blots(one.crop)
    read = ocr_number.read_number(crop, page.dpi, one.text)
    if read.value is None and one.text.isalpha() and len(one.text) > 1:
        return one.text, ocr.mean_confidence(list(one.words)), (one.text,), ()
    doubts: list[Doubt] = []
    if not read.agreed:
        doubts.append(Doubt("readings_disagree", " | ".join(read.readings)))
    elif one.sealed and not (page.colour and read.unanimous):
        doubts.append(Doubt("under_seal"))
    confidence = _DISPUTED if not read.agreed else _AGREED if read.unanimous else _MAJORITY
    if one.sealed:
        confidence = min(confidence, _MAJORITY)
    return read.text, confidence, read.readings or (one.text,), tuple(doubts)


def _spans(page: CleanPage, one: _Seen, number: int) -> tuple[Span, ...]:
    out, at = [], 0
    for word in one.words:
        place = page.flat(word.left, word.top, word.right, word.bottom)
        out.append(Span(at, at + len(word.text), number, place, word.confidence))
        at += len(word.text) + 1
    return tuple(out)
