"""The annex's own line: to which letter it belongs, "(Kèm theo Báo cáo số … ngày … của …)"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from parsers.dates import find_dates
from parsers.letter import Line
from parsers.symbols import HEADER_NUMBER, plain_number, tidy
from schemas.report import AnnexStamp

_LETTER = r"(?:bao cao|bc|cong van|cv|van ban|vb|to trinh)\b"
_STAMP = re.compile(
    rf"(?:(?:ban hanh )?(?:kem theo|dinh kem|gui kem(?: theo)?)|kem(?= {_LETTER})|phu luc (?:cua|thuoc|theo)(?= {_LETTER}))\s+"
    r"(?P<what>.*)"
)
_TITLE = re.compile(r"^\W*(?:phu luc|bieu|bang|mau|so lieu)\b[^.;]*$")
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
    told = list(lines)
    for at, line in enumerate(told):
        match = _STAMP.search(line.folded)
        if match is None or not _stands_alone(line.folded[: match.start()]):
            continue
        found = _read(line)
        if found.stamp.issued_on is None and _is_cut(line.text) and at + 1 < len(told):
            found = _with_day(found, told[at + 1])
        if found.stamp != AnnexStamp():
            return found
        blank = blank or found
    return blank


def _stands_alone(before: str) -> bool:
    """Whether what stands before the stamp on its line is little, a bracket or the annex's title."""
    return len(before) <= 25 or before.endswith("(") or _TITLE.match(before) is not None


def _is_cut(text: str) -> bool:
    """Whether the line's bracket closes further down only."""
    return text.count("(") > text.count(")")


def _with_day(found: StampLine, below: Line) -> StampLine:
    dates = find_dates(below.text, below.folded) if ")" in below.text else []
    if not dates or dates[0].day is None or found.stamp.number is None:
        return found
    stamp = AnnexStamp(found.stamp.number, dates[0].day)
    return StampLine(stamp, found.line, found.raw_number, found.doubtful or dates[0].doubtful)


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
