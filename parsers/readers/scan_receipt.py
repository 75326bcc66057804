"""The stamp of the office that received a letter: its number and day are none of the letter's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.readers.ocr import Word
from parsers.readers.scan_again import in_columns
from schemas.text import fold

_TITLE = re.compile(r"\W*(?:(?:cong van|van ban|cv|vb) )?den\W*")
_LINE = re.compile(r"\W*(?:so(?: va ky hieu.*)?|ngay|gio|chuyen|luu(?: ho so)?|kinh chuyen)\b")
_SYMBOL = re.compile(r"/\s*[^\W\d_]|[^\W\d_]{2,}\s*-\s*[^\W\d_]{2,}")
_HIGH, _WIDE, _UPPER = 1.3, 1.5, 0.5
"""Inches below the title that the stamp reaches and beside its middle; share of the sheet above."""


def without_receipt(words: Sequence[Word], dpi: float, height: int) -> list[Word]:
    """``words`` (pixels of a page ``height`` high) without a stamp «ĐẾN, Số: …, Ngày: …» near its head.

    Nghị định 30/2020, phụ lục VI: title, number, day, to whom passed on. A line with the symbol of a
    document is the letter's own, wherever it stands; a title with nothing below it is no stamp.
    """
    parts = in_columns(words)
    for title in parts:
        if not _is_title(title) or title[0].top > _UPPER * height:
            continue
        below = [part for part in parts if _is_line(part) and _is_below(part, title, dpi)]
        if below:
            gone = {id(word) for part in (title, *below) for word in part}
            return [word for word in words if id(word) not in gone]
    return list(words)


def _text(part: Sequence[Word]) -> str:
    return " ".join(word.text for word in part)


def _is_title(part: Sequence[Word]) -> bool:
    text = _text(part)
    return text.isupper() and bool(_TITLE.fullmatch(fold(text)))


def _is_line(part: Sequence[Word]) -> bool:
    text = _text(part)
    return bool(_LINE.match(fold(text))) and not _SYMBOL.search(text)


def _is_below(part: Sequence[Word], title: Sequence[Word], dpi: float) -> bool:
    middle = (title[0].left + title[-1].right) / 2
    beside = abs((part[0].left + part[-1].right) / 2 - middle) <= _WIDE * dpi
    return beside and 0 < part[0].top - title[0].top <= _HIGH * dpi
