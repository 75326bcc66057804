"""Dates and times as Vietnamese administrative documents write them."""

from __future__ import annotations

import datetime as dt
import re

from schemas.text import fold_map

LONG = r"ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})"
SHORT = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})"
DATE = re.compile(rf"{LONG}|(?:ngay\s*)?{SHORT}")
TIME = re.compile(r"(?<![\d/.])(\d{1,2})\s*(?:h|gio|g|:)\s*(\d{2})?(?![\d/])\s*(?:phut|p|')?")


def make(day: str, month: str, year: str) -> dt.date | None:
    """The date, or None where there is no such day."""
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def find_date(text: str, start: int = 0) -> tuple[dt.date, int, int] | None:
    """The first date in ``text`` from ``start``, with its place."""
    for match in DATE.finditer(fold_map(text), start):
        parts = match.group(1, 2, 3) if match[1] else match.group(4, 5, 6)
        value = make(*parts)
        if value is not None:
            return value, match.start(), match.end()
    return None


def find_time(text: str) -> str | None:
    """The first clock time as HH:MM."""
    for match in TIME.finditer(fold_map(text)):
        hour, minute = int(match[1]), int(match[2] or 0)
        if hour < 24 and minute < 60 and (match[2] or re.match(r"\s*(h|gio)", fold_map(text)[match.end(1) :])):
            return f"{hour:02d}:{minute:02d}"
    return None
