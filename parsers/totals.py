"""A column of totals beside the columns it adds up: schools by kind, or one commune each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.numbers import parse_count
from schemas.text import words

_PLACE = (
    r"(?:huyen|thi xa|thanh pho|tp|tx|tinh|xa|phuong|thi tran|nganh|truong|vung|trung tam|don vi)"
)
_WHOLE = rf"(?:toan|ca) {_PLACE}(?: [a-z]+){{0,3}}"
TOTAL = re.compile(
    rf"(?:(?:tong cong|tong so|tong chung|tong hop|cong chung|tong|cong)(?: so)?(?: (?:cua )?{_WHOLE}| {_PLACE})?|{_WHOLE})(?: so)?"
)


def total_column(head: Sequence[Sequence[str]], body: Sequence[Sequence[str]], loose: Sequence[int],
                 named: Sequence[int]) -> int | None:  # fmt: skip
    """The one column headed as a total to which at least two others of ``loose`` add up.

    ``named`` are the columns already known as measures, of which it may be one. None unless most of
    the rows with two parts or more are the sum of them.
    """
    headed = [
        c for c in (*loose, *named) if any(TOTAL.fullmatch(words(row[c])) for row in head if row[c])
    ]
    if len(headed) != 1:
        return None
    parts = [c for c in loose if c != headed[0]]
    # A total beside one part alone proves nothing.
    told = [row for row in body if sum(parse_count(row[c]).value is not None for c in parts) > 1]
    right = [row for row in told if adds_up(row, headed[0], parts)]
    enough = len(parts) >= 2 and len(right) >= 2 and len(right) > len(told) / 2
    return headed[0] if enough else None


def adds_up(row: Sequence[str], total: int, parts: Sequence[int]) -> bool:
    """Whether the row's total is the sum of its parts, blank ones being nothing."""
    readings = [parse_count(row[c]) for c in parts]
    if any(r.value is None and not r.blank for r in readings):
        return False
    return sum(r.value or 0 for r in readings) == parse_count(row[total]).value
