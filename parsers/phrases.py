"""Counts told in a cell in phrases: "mở được 02 lớp", "lớp: 12; người: 450", and columns of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.numbers import parse_count, split_pair

_LONG = 24
"""Letters that a cell of one count hardly has."""
_PHRASE = 160
"""Letters of a cell that may still be a phrase with counts."""
_BEGINS = re.compile(
    r"\W*(?:(?:khoảng|hơn|trên|gần|ước|chừng|xấp xỉ|tổng|chưa đến)\s+)?\W*\d", re.IGNORECASE
)
FIGURE = re.compile(r"\d{1,3}(?:[., ]\d{3})+(?!\d)|\d+")
"""A figure within a cell, its thousands apart or not."""
PEOPLE = re.compile(
    r"(?:luot )?(?:nguoi|hoc vien|dai bieu|hoc sinh|hs|gv|cbql|can bo|giao vien|thay co|nha giao|em|cong nhan|nong dan|phu huynh|hoi vien|doan vien|lao dong|luot|cb ?gv|cb|hv|sv|nld|sinh vien|ban doc|ng)(?![a-z])"
)
"""Units that count people, folded."""
_NAMED = re.compile(r"([^\d:;,\n]+):\s*(\d[\d.]*)")
_ALL_NAMED = re.compile(rf"\s*(?:{_NAMED.pattern}\s*[;,.\n]?\s*)+")
_DONE = re.compile(
    r"\s*(?:(?:đã|đạt|được|mở|tổ chức|viết|đăng|nhận|treo|in|có|là|gồm|tặng|quyên góp|huy động|thực hiện|tất cả|tổng|cộng|số)\b[\s:,]*)+(?=\d)",
    re.IGNORECASE,
)


def bare_of_words(text: str) -> tuple[str, list[str]]:
    """A cell's text from its first figure on where a verb alone stands before: ``mở được 02 lớp``;
    of ``lớp: 12; người: 450`` each figure before its unit."""
    if len(text) > _PHRASE:
        return text, []
    named = list(_NAMED.finditer(text)) if _ALL_NAMED.fullmatch(text) else []
    if named:
        return ", ".join(f"{m[2]} {m[1].strip()}" for m in named), []
    match = _DONE.match(text)
    return (text[match.end() :], ["number:told"]) if match else (text, [])


def values_of(texts: Sequence[Sequence[str]], column: int) -> list[str]:
    """What is filled in of a column."""
    return [row[column] for row in texts if row[column].strip()]


def is_numeric(texts: Sequence[Sequence[str]], column: int) -> bool:
    """Whether most of a column's cells are counts, alone or in short phrases."""
    values = [v for v in values_of(texts, column) if not parse_count(v).blank]
    return bool(values) and sum(is_count(v) for v in values) >= 0.6 * len(values)


def is_count(text: str) -> bool:
    """Whether a figure is told and little else: "16 trường với 9.845 học sinh", no "tại 5 thôn"."""
    bare, _ = bare_of_words(text)
    return split_pair(bare) is not None or (len(text) < _LONG and _BEGINS.match(bare) is not None)


def holds_figures(texts: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a column headed as a measure may be one: "Đơn vị thực hiện" names offices."""
    values = [v for v in values_of(texts, column) if not parse_count(v).blank]
    told = [v for v in values if re.search(r"\d", v) or parse_count(v).style != "unclear"]
    return 2 * len(told) >= len(values)
