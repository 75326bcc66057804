"""The words of a scanned page outside its ruled tables, and what is doubtful about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import cv2
import numpy as np

from parsers.readers import ocr, ocr_number
from parsers.readers.grid import Grid
from parsers.readers.lines import Word as PlacedWord
from parsers.readers.ocr import Gray, Word
from parsers.readers.scan_bold import bold_words
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_missed import missed_words
from parsers.text_quality import unglued
from schemas.document import Block, Doubt, Paragraph
from schemas.text import fold

READ_DPI, _COARSE_READ_DPI = 225.0, 190.0
"""Dots an inch at which fine pictures are read, and coarse ones: more gives these nothing but time."""
_COARSE_DPI, _FINE_DPI = 170.0, 250.0
_NOISE = re.compile(r"[^\w%&@#(),.;:/\-–+\"'“”‘’!?*…°<>=\[\]\\$]+|_+")
_TALL = re.compile(r"[^\W_]|[:;!?]")
_HEAD = re.compile(r"^so\s*[:.;]|ngay.{0,12}thang.{0,12}nam")
_CLEAR = 0.8
_FIGURES = 4
MARGIN = 0.035
"""Of the picture's width: nothing is written so near the edge of a sheet."""
_CAPITAL, _UNCLEAR = 0.075, 0.3
"""Inches: capitals of 7 pt are as high; what was read so low, and with so little ease, is none."""
_LOWEST, _SIGNED = 0.04, 0.33
"""Inches: the small letters of 6 pt are higher; capitals of 24 pt with their marks are lower."""


def read_text(page: CleanPage, grids: Sequence[Grid], mode: int = ocr.AUTO) -> list[Word]:
    """Every word outside ``grids``, in pixels of the page."""
    picture = page.gray
    if grids:
        picture = picture.copy()
        for grid in grids:
            picture[grid.top : grid.bottom, grid.left : grid.right] = 255
    if not _has_ink(picture, page.dpi):
        return []
    fitting = not is_coarse(page.dpi) and page.dpi <= _FINE_DPI
    best = _COARSE_READ_DPI if is_coarse(page.dpi) else READ_DPI
    scale = 1.0 if fitting else best / page.dpi
    if scale != 1.0:
        how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how)
    words = ocr.read_words(picture, page.dpi * scale, mode)
    words += missed_words(picture, page.dpi * scale, words)
    if scale != 1.0:
        words = [_scaled(word, 1 / scale) for word in words]
    if mode == ocr.BLOCK:  # without layout analysis narrow spaces are lost
        words = [part for word in words for part in _parted(word)]
    wide = page.gray.shape[1]
    return [w for w in words if not is_noise(w, page.dpi) and not _is_margin(w, wide)]


def is_coarse(dpi: float) -> bool:
    """Whether a picture is read better enlarged."""
    return dpi < _COARSE_DPI


def _parted(word: Word) -> list[Word]:
    """A word run together as its syllables, each with its share of the box."""
    parts = unglued(word.text)
    if len(parts) == 1:
        return [word]
    out, at = [], 0
    step = (word.right - word.left) / len(word.text)
    for part in parts:
        left = word.left + round(at * step)
        at += len(part)
        out.append(replace(word, text=part, left=left, right=word.left + round(at * step)))
    return out


def _scaled(word: Word, k: float) -> Word:
    return replace(
        word, left=round(word.left * k), top=round(word.top * k),
        right=round(word.right * k), bottom=round(word.bottom * k),
    )  # fmt: skip


def _has_ink(picture: Gray, dpi: float) -> bool:
    dark = picture[::2, ::2] < 128
    return bool(np.count_nonzero(dark) > 0.004 * dpi * dpi)


def is_noise(word: Word, dpi: float) -> bool:
    """Specks, rules and seals read as letters."""
    if _NOISE.fullmatch(word.text):
        return True
    if word.height > 0.9 * dpi or (word.height < _LOWEST * dpi and _TALL.search(word.text)):
        return True  # a seal; marks of the next line's capitals
    if word.text.isupper() and word.height < _CAPITAL * dpi and word.confidence < _UNCLEAR:
        return True  # an asterisk or a stroke under a letterhead
    if word.height > _SIGNED * dpi and word.confidence < _CLEAR:
        return True  # strokes of a signature
    return word.confidence < 0.4 and len(word.text) <= 2 and not word.text.isalnum()


def _is_margin(word: Word, width: int) -> bool:
    """A letter or two where no margin is so narrow: the edge of the sheet, or of the glass."""
    middle = (word.left + word.right) / 2
    return len(word.text) <= 2 and not MARGIN * width < middle < (1 - MARGIN) * width


def has_table_head(words: Sequence[Word]) -> bool:
    """Whether an ordinal column's title stands among the words."""
    return any(fold(word.text).strip(".|") in {"tt", "stt"} for word in words)


def has_columns(words: Sequence[Word]) -> bool:
    """Whether figures stand alone on lines of their own, as they do under one another in a table."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    alone = [w for w in lines.values() if len(w) == 1 and ocr_number.integer(w[0].text) is not None]
    return has_table_head(words) or len(alone) >= _FIGURES


def outside(words: Sequence[Word], grids: Sequence[Grid]) -> list[Word]:
    """The words that lie in none of ``grids``."""
    return [
        word for word in words
        if not any(
            grid.left <= (word.left + word.right) / 2 <= grid.right
            and grid.top <= (word.top + word.bottom) / 2 <= grid.bottom
            for grid in grids
        )
    ]  # fmt: skip


def place_words(page: CleanPage, words: Sequence[Word]) -> list[PlacedWord]:
    """Words in flat points, each as tall as its line: so that a comma's line is its line."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    heavy = bold_words(page.gray, lines)
    out = []
    for line, members in lines.items():
        tall = median(word.height for word in members)
        usual = [w for w in members if 0.6 * tall <= w.height <= 1.5 * tall] or members
        top, bottom = (median(w.top for w in usual), median(w.bottom for w in usual))
        size = min(max(tall * 72.0 / page.dpi * 1.15, 7.0), 30.0)
        for at, word in enumerate(members):
            box = page.flat(word.left, top, word.right, bottom)
            bold = at < heavy[line]
            out.append(PlacedWord(word.text, box, size, bold, confidence=word.confidence))
    return out


def doubt_header(blocks: Sequence[Block], height: float) -> list[Block]:
    """Marks number and date lines in the upper part of a page whose digits were read badly.

    They are often written by hand after signing (Nghị định 30/2020, article 15.2).
    """
    return [_doubted(block, height) for block in blocks]


def _doubted(block: Block, height: float) -> Block:
    if not isinstance(block, Paragraph) or block.anchor.box is None:
        return block
    folded = fold(block.text)
    if block.anchor.box[1] > 0.4 * height or not any(
        _HEAD.search(line) for line in folded.split("\n")
    ):
        return block
    weak = [
        block.text[span.start : span.end] for span in block.spans
        if span.confidence < _CLEAR and _in_head_line(block.text, span.start)
        and not block.text[span.start : span.end].isalpha()
    ]  # fmt: skip
    if not weak:
        return block
    return replace(block, doubts=(*block.doubts, Doubt("handwritten", " ".join(weak))))


def _in_head_line(text: str, start: int) -> bool:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    return bool(_HEAD.search(fold(text[first : last if last >= 0 else len(text)])))
