"""The numbers of running text that may be counts of anything: no dates, hours, money, shares, ordinals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from parsers.count_context import without_differences
from parsers.dates import find_dates
from parsers.letter import flat
from schemas.document import Document

_NUMBER = re.compile(
    r"(?<![\w/.,:-])(?<!/ )(\d{1,3}(?:[. ]\d{3}){1,4}|\d{1,7})(?:\s*/\s*(\d{1,3}(?:[. ]\d{3}){1,4}|\d{1,7})(?=\s+[a-z]))?"
    r"(?![\w/%]|[.,:]\d|\s*%|\s*/\s*[\d.])"
)
_BEFORE = re.compile(
    r"\b(?:ngày|sáng|chiều|tháng|năm(?: học)?|quý|trang|điều|khoản|mục|phần|tuần|thứ|lần|khóa|khoá|đợt|"
    r"giai đoạn|biểu|mẫu|phụ lục|lúc|hồi|khối|điện thoại|đt|lớp|tiết|chương|bài|covid|"
    r"(?<!tổng )(?<!hiện có )(?<!lượt )số)\s*$"
)
"""Words before a number that name a thing by it, and count nothing. With their marks: «thứ 5» is no
«thu 5»."""
_BEHIND = re.compile(
    r"^\s*(?:h\b|gio|phut|giay|ngay|thang|nam|tuoi|trang|%|phan tram|(?:nghin|ngan|tram|trieu|ty)\b|"
    r"(?:[a-z]+ )?dong\b|vnd|m2|m\b|km|kg|tiet|tuan|quy\b|lan\b|diem so)"
)
_LONGEST = 1200
_FIGURE = re.compile(r"\d")
_ORDINAL = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*\s*[-.)/:]|\(\d{1,2}\))(?=\s|\D)")


@dataclass(frozen=True, slots=True)
class Plain:
    """Characters ``[start, end)`` of a text; of ``57/57 trường`` the value is the first number."""

    start: int
    end: int
    raw: str
    value: int


def plain_numbers(text: str, folded: str | None = None) -> Iterator[Plain]:
    """In order; of an endless text those in its beginning. ``folded`` is ``text`` letter by letter,
    where that is known already."""
    text = text[:_LONGEST]
    if not _FIGURE.search(text):
        return
    folded = without_differences(flat(text) if folded is None else folded[:_LONGEST])
    lower = text.lower()
    dates = find_dates(text, folded)
    begun = m.end() if (m := _ORDINAL.match(folded)) else 0
    for found in _NUMBER.finditer(folded, begun):
        start, end = found.span()
        before, behind = lower[max(0, start - 24) : start], folded[end:]
        if any(d.start < end and start < d.end for d in dates) or _BEHIND.match(behind):
            continue
        if _BEFORE.search(before):
            continue
        value = int(re.sub(r"\D", "", found[1]))
        if found[2] is None and re.fullmatch(r"(?:19|20)\d\d", found[1]):
            continue
        yield Plain(start, end, text[start:end].strip(), value)


def table_figures(document: Document, tables: Collection[int]) -> frozenset[int]:
    """Every number that stands in one of ``tables``."""
    return frozenset(
        number.value
        for table in document.tables()
        if table.index in tables
        for cell in table.cells
        for line in cell.text.split("\n")
        for number in plain_numbers(line)
    )
