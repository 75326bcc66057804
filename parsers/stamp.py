"""The annex's own line: to which letter it belongs, "(Kèm theo Báo cáo số … ngày … của …)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from parsers.dates import find_dates
from parsers.letter import Line
from parsers.symbols import HEADER_NUMBER, plain_number, tidy
from schemas.report import AnnexStamp

_STAMP = re.compile(r"(?:kem theo|dinh kem|ban hanh kem theo)\s+(?P<what>.*)")
_NUMBER = re.compile(r"\bso\s*[:.]?\s*(?=[\d.…_\s]*/)")


@dataclass(frozen=True, slots=True)
class StampLine:
    """The stamp with its line; ``doubtful`` where a letter was taken for a digit."""

    stamp: AnnexStamp
    line: Line
    raw_number: str = ""
    doubtful: bool = False


def read_stamp(lines: Iterable[Line]) -> StampLine | None:
    """The first stamp of the annex's ``lines`` that states something, else the first at all."""
    blank = None
    for line in lines:
        match = _STAMP.search(line.folded)
        if match is None or match.start() > 25:
            continue
        found = _read(line)
        if found.stamp != AnnexStamp():
            return found
        blank = blank or found
    return blank


def _read(line: Line) -> StampLine:
    dates = find_dates(line.text, line.folded)
    day = dates[0].day if dates else None
    doubtful = bool(dates and dates[0].doubtful)
    at = _NUMBER.search(line.folded)
    begin = at.end() if at else 0
    number = HEADER_NUMBER.search(line.text, begin)
    if number is None or not number["n"].strip(" .…_"):
        return StampLine(AnnexStamp(None, day), line, "", doubtful)
    digits, mended = plain_number(number["n"].strip(" .…_"))
    return StampLine(
        AnnexStamp(f"{digits}/{tidy(number['s'])}", day), line, number[0], doubtful or mended
    )
