"""Dates and times as Vietnamese letters write them. Nothing is completed that is not there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from parsers.letter import flat

_CONFUSED = str.maketrans("oilz|]", "011211")
_DIGITS = r"[\doil|\]]{1,2}"
_BLANK = r"[\s.…_]{0,80}+"
# Nothing here gives back white space it took: a page of blank lines would else take for ever.
_LONG = re.compile(
    rf"(?:ngay\s*+)?(?:(?:mung|mong)\s*+)?(?P<d>{_DIGITS}|{_BLANK})\s*+thang\s*+(?P<m>{_DIGITS}|{_BLANK})\s*+,?\s*+"
    r"nam\s*+(?P<y>\d{4})(?!\d)"
)
_SHORT = re.compile(
    r"(?P<d>\d(?<![\d/]\d)\d?)\s*(?P<s>[/.-])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<y>\d{4})(?![\d/])"
)
_DAY_MONTH = re.compile(
    r"(?:ngay|sang|chieu|toi|trua|vao|hom|mung|mong)\s*(?P<d>\d{1,2})\s*(?:/|thang)\s*(?P<m>\d{1,2})(?!\s*[/\d])"
)
_TIME = re.compile(
    r"(?<![\d/.,])(?P<h>\d{1,2})\s*(?:(?:h|g|gio)\s*:?|:(?=\s*\d{2}))\s*"
    r"(?P<m>\d{2}(?!\d)|\d(?=\s*phut)|ruoi(?![a-z]))?(?:\s*(?:phut|p\b|'))?"
    r"(?![\d/]|[a-z])\s*(?P<part>sang|trua|chieu|toi)?(?![a-z])"
)
_SHORT_OF = re.compile(r"\s*kem\s+(?P<m>[1-9]|[1-5]\d)(?!\d)(?:\s*(?:phut|p\b))?")
"""Minutes that are wanting to the hour: "8 giờ kém 15"."""
_LASTING = re.compile(r"(?:trong|keo dai|suot|thoi luong|moi ngay|it nhat)(?: khoang| vong)?\s*$")
_AFTERNOON = re.compile(r"(?<![^\W_])(?:chiều|tối)(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date at ``[start, end)``: ``day`` is None where day or month is left blank or impossible.

    ``doubtful`` says that a letter had to be taken for a digit, or that the year was not printed.
    """

    start: int
    end: int
    day: dt.date | None
    doubtful: bool = False


def _date(day: str, month: str, year: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def find_dates(text: str, folded: str | None = None) -> list[DateMatch]:
    """Every full or blank date of ``text``, in order of place."""
    folded = flat(text) if folded is None else folded
    found = []
    if "thang" in folded:
        for match in _LONG.finditer(folded):
            day, month = (match[k].translate(_CONFUSED) for k in ("d", "m"))
            doubtful = day != match["d"] or month != match["m"]
            found.append(
                DateMatch(match.start(), match.end(), _date(day, month, match["y"]), doubtful)
            )
    found += [
        DateMatch(m.start(), m.end(), _date(m["d"], m["m"], m["y"]))
        for m in _SHORT.finditer(folded)
    ]
    return sorted(found, key=lambda m: m.start)


def find_day_months(text: str, year: int) -> list[DateMatch]:
    """Days printed without a year ("ngày 01/10"), with ``year``: always doubtful."""
    return [
        DateMatch(m.start(), m.end(), _date(m["d"], m["m"], str(year)), True)
        for m in _DAY_MONTH.finditer(flat(text))
    ]


def find_time(text: str) -> tuple[int, int, str] | None:
    """The first time of day in ``text`` as (start, end, "HH:MM"); lengths of time are passed over.

    "Tối" (evening) and "tới" (to) are one word once folded: only the text tells them apart.
    """
    folded = flat(text)
    for match in _TIME.finditer(folded):
        hour = int(match["h"])
        minute = 30 if match["m"] == "ruoi" else int(match["m"] or 0)
        before = folded[: match.start()]
        if _LASTING.search(before) and match["m"] is None:
            continue
        start, end = match.span()
        short = _SHORT_OF.match(folded, end)
        if short is not None:
            hour, minute, end = hour - 1, 60 - int(short["m"]), short.end()
        if match["part"] == "toi" and not _AFTERNOON.match(text, match.start("part")):
            end = match.start("part")
        elif (match["part"] in ("chieu", "toi") and hour < 12) or (
            hour < 6 and _AFTERNOON.search(text[max(0, start - 40) : start])
        ):
            hour += 12
        if hour < 24 and minute < 60:
            return start, start + len(text[start:end].rstrip()), f"{hour:02d}:{minute:02d}"
    return None
