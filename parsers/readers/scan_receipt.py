"""The stamp of the office that received a letter: its number and day are none of the letter's own."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.readers.arrival import is_line, is_title, is_whole
from parsers.readers.ocr import Word
from parsers.readers.scan_again import in_columns

_HIGH, _WIDE, _UPPER = 1.3, 1.5, 0.5
"""Inches below the title that the stamp reaches and beside its middle; share of the sheet above."""


def without_receipt(words: Sequence[Word], dpi: float, height: int) -> list[Word]:
    """``words`` (pixels of a page ``height`` high) without a stamp «ĐẾN, Số: …, Ngày: …» near its head.

    A title with no number beside it and nothing below it is no stamp.
    """
    parts = in_columns(words)
    for title in parts:
        if not is_title(_text(title)) or title[0].top > _UPPER * height:
            continue
        below = [part for part in parts if is_line(_text(part)) and _is_below(part, title, dpi)]
        if below or is_whole(_text(title)):
            gone = {id(word) for part in (title, *below) for word in part}
            return [word for word in words if id(word) not in gone]
    return list(words)


def _text(part: Sequence[Word]) -> str:
    return " ".join(word.text for word in part)


def _is_below(part: Sequence[Word], title: Sequence[Word], dpi: float) -> bool:
    middle = (title[0].left + title[-1].right) / 2
    beside = abs((part[0].left + part[-1].right) / 2 - middle) <= _WIDE * dpi
    return beside and 0 < part[0].top - title[0].top <= _HIGH * dpi
