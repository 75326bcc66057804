"""The columns of a table without rules, each read by itself, and every blot of ink accounted for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from parsers.readers import ocr
from parsers.readers.ocr import Gray, Word
from parsers.readers.scan_again import framed
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_columns import Blob, Columns
from parsers.readers.scan_text import READ_DPI, is_coarse, is_noise

_ACROSS = 0.06
_FLAT, _TALL = 0.05, 0.3
_MOST_LOST = 80
_STROKE = 0.95
_BULLET = re.compile(r"[-–—+•*]")


def read_columns(page: CleanPage, columns: Columns) -> list[Word]:
    """Every word between the columns' edges, line numbers running on from column to column."""
    across = {b.label for b in columns.blobs if _lies_across(b, columns.edges, page.dpi)}
    words: list[Word] = []
    for column in range(len(columns.edges) - 1):
        mine = [
            b for b in columns.blobs
            if b.label not in across and _column_of(b, columns.edges) == column
        ]  # fmt: skip
        if mine:
            words = _with_lines(words, _read_strip(page, columns, mine))
    rest = [b for b in columns.blobs if not any(_holds(b, word) for word in words)]
    for blob in rest[:_MOST_LOST]:
        words = _with_lines(words, _read_blob(page, blob))
    return words


def _lies_across(blob: Blob, edges: Sequence[float], dpi: float) -> bool:
    return any(min(e - blob.left, blob.right - e) > _ACROSS * dpi for e in edges[1:-1])


def _column_of(blob: Blob, edges: Sequence[float]) -> int:
    return max((i for i in range(len(edges) - 1) if edges[i] <= blob.middle), default=0)


def _with_lines(words: list[Word], more: Sequence[Word]) -> list[Word]:
    first = max((w.line for w in words), default=-1) + 1
    return [*words, *(replace(w, line=w.line + first) for w in more)]


def _read_strip(page: CleanPage, columns: Columns, mine: Sequence[Blob]) -> list[Word]:
    """One column, without the ink of what reaches into it from others."""
    margin = max(int(page.dpi / 50), 2)
    left = max(min(b.left for b in mine) - margin, 0)
    right = max(b.right for b in mine) + margin
    top = max(min(b.top for b in mine) - margin, columns.top)
    bottom = max(b.bottom for b in mine) + margin
    strip = page.gray[top:bottom, left:right].copy()
    own = {b.label for b in mine}
    foreign = [
        b.label for b in columns.blobs
        if b.label not in own and b.left < right and b.right > left
    ]  # fmt: skip
    if foreign:
        labels = columns.labels[top - columns.top : bottom - columns.top, left:right]
        ink = np.isin(labels, foreign).astype(np.uint8)
        strip[: len(ink)][cv2.dilate(ink, np.ones((3, 3), np.uint8)) > 0] = 255
    return _read(strip, page.dpi, ocr.BLOCK, left, top)


def _read(crop: Gray, dpi: float, mode: int, left: int, top: int) -> list[Word]:
    """Words of ``crop``, whose corner lies at ``left`` and ``top`` of the page."""
    scale = READ_DPI / dpi if is_coarse(dpi) else 1.0
    if scale != 1.0:
        crop = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    picture = framed(crop, dpi * scale)
    pad = (picture.shape[0] - crop.shape[0]) // 2
    return [
        replace(
            word,
            left=left + round((word.left - pad) / scale), top=top + round((word.top - pad) / scale),
            right=left + round((word.right - pad) / scale),
            bottom=top + round((word.bottom - pad) / scale),
        )
        for word in ocr.read_words(picture, dpi * scale, mode)
        if (_BULLET.fullmatch(word.text) or any(c.isalnum() for c in word.text))
        and not is_noise(word, dpi * scale)
    ]  # fmt: skip


def _holds(blob: Blob, word: Word) -> bool:
    """Whether a good part of the blob lies in the word's box."""
    wide = min(blob.right, word.right) - max(blob.left, word.left)
    high = min(blob.bottom, word.bottom) - max(blob.top, word.top)
    return wide > 0.3 * min(blob.right - blob.left, word.right - word.left) and high > 0


def _read_blob(page: CleanPage, blob: Blob) -> list[Word]:
    """What was passed over: a heading over columns, a lone figure, a stroke for none."""
    if blob.height < _FLAT * page.dpi:
        wide = blob.right - blob.left > 1.5 * blob.height
        stroke = Word("-", blob.left, blob.top, blob.right, blob.bottom, _STROKE, 0)
        return [stroke] if wide else []
    if blob.height > _TALL * page.dpi:
        return []
    margin = max(int(page.dpi / 50), 2)
    top, left = max(blob.top - margin, 0), max(blob.left - margin, 0)
    crop = page.gray[top : blob.bottom + margin, left : blob.right + margin]
    return _read(crop, page.dpi, ocr.LINE, left, top)
