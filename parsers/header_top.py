"""The top of a letter: agency lines, number, place and date, however the columns are set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.dates import DateMatch, find_dates
from parsers.letter import UPPER, Line, columns
from parsers.symbols import HEADER_NUMBER, PARTY_NUMBER, plain_number, tidy

_NATION = re.compile(
    r"c[o0]ng h\S{1,2} xa h\S{1,2} chu ngh\S{1,2} v\S{1,3}t(?: nam)?|"
    r"d\S{1,2}c l\S{1,2}p\s*-?\s*tu do\s*-?\s*h\S{1,3}nh ph\S{1,3}c|dang cong san viet nam"
)
_NUMBER_LINE = re.compile(r"^\W*s[o0]\s*(?:[:;.,]+|(?=[\s\d…_]*[\d…_\s]/)|(?=\d))\s*")
_DATE_LINE = re.compile(
    r"(?:ngay\s*)?(?:[\d.…_oil|\]\s]{0,8})\s*thang\s*[\d.…_oil|\]\s]{0,6}\s*,?\s*nam|"
    r"(?<=[a-z],)\s*(?:ngay\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*20\d\d\s*$"
)
_CUT_DATE = re.compile(r"(?:^|\W)ngay\s*[\d.…_\s]{0,6}(?:thang\s*[\d.…_\s]{0,5}(?:,?\s*nam\s*)?)?$")
_DATE_REST = re.compile(r"[\d.…_\s]{0,6}(?:thang\s*[\d.…_\s]*)?(?:,?\s*nam\s*)?(?:20\d\d)?\W*")
_PLACE_ALONE = re.compile(rf"[{UPPER}][^\d,;:]{{1,40}},")
_OF_DAY = re.compile(r"[\s,]*ngày\s+(?:mồng|mùng)?\s*$", re.IGNORECASE)
"""What stands before the number of a day below ten: "ngày mồng 5"."""
_SUBJECT = re.compile(r"^\W*(?:v\s*/\s*v|ve viec)\b\s*[:.]?\s*")
_NOISE = re.compile(
    r"^\W*(?:(?:chu |nghia |chu nghia )?(?:viet )?nam|(?:hanh )?phuc|hoa toc|thuong khan|khan|mat|tuyet mat|toi mat|den|chuyen|luu ho so.*|cong van den|"
    r"so den.*|ngay\W+\d.*|ky boi.*|thoi gian ky.*|nguoi ky.*|email.*|co quan:.*)\W*$"
)


@dataclass(slots=True)
class Top:
    """What stands above the type name; ``blank_number`` is set where "Số:" is left empty."""

    agency: list[Line] = field(default_factory=list)
    number: str | None = None
    symbol: str = ""
    number_line: Line | None = None
    number_doubtful: bool = False
    blank_number: bool = False
    place: str | None = None
    date: DateMatch | None = None
    date_line: Line | None = None
    subject: list[Line] = field(default_factory=list)
    incoming: bool = False


def read_top(lines: list[Line]) -> Top:
    """Reads the header's lines; what is not there stays None."""
    top = Top()
    state = ""
    for segment in _segments(lines):
        state = _take(top, segment, state)
    return top


def _segments(lines: list[Line]) -> list[Line]:
    out: list[Line] = []
    for line in lines:
        for column in columns(line):
            for piece in _without_nation(column):
                if out and _ends_date(out[-1], piece):
                    out[-1] = _joined(out[-1], piece)
                else:
                    out.append(piece)
    return out


def _ends_date(line: Line, rest: Line) -> bool:
    """Whether ``rest`` goes on with a place and date that its cell's edge has cut: "tháng 10 năm | 2021"."""
    if line.home is not rest.home:
        return False
    if _PLACE_ALONE.fullmatch(line.text):
        return rest.folded.startswith("ngay")
    return bool(_CUT_DATE.search(line.folded) and _DATE_REST.fullmatch(rest.folded))


def _joined(line: Line, rest: Line) -> Line:
    text = line.home.text[line.start : rest.start + len(rest.text)].replace("\n", " ")
    return Line(text, line.home, line.start, line.block, line.side)


def _without_nation(line: Line) -> list[Line]:
    """The parts left and right of the national motto, and of a number and a date on one line."""
    parts, at = [], 0
    for match in _NATION.finditer(line.folded):
        parts.append(line.part(at, match.start()))
        at = match.end()
    parts.append(line.part(at, len(line.text)))
    out = []
    for part in parts:
        if re.search(r"[^\W_]", part.text):
            out.extend(_before_date(part))
    return out


def _before_date(line: Line) -> list[Line]:
    """Cuts "Số: 12/BC-UBND Hưng Yên, ngày …" between the number and the place."""
    date = _DATE_LINE.search(line.folded)
    if date is None or not _NUMBER_LINE.match(line.folded):
        return [line]
    number = HEADER_NUMBER.search(line.text)
    if number is None or number.end() > date.start():
        return [line]
    return [line.part(0, number.end(), "left"), line.part(number.end(), len(line.text), "right")]


def _take(top: Top, line: Line, state: str) -> str:
    folded = line.folded
    if _DATE_LINE.search(folded) and not _SUBJECT.match(folded) and len(line.text) < 90:
        _take_date(top, line)
        return state
    if _SUBJECT.match(folded):
        top.subject.append(line.part(_SUBJECT.match(folded).end(), len(line.text)))  # type: ignore[union-attr]
        return "subject"
    if _is_number(line) and top.number is None and not top.blank_number:
        return _take_number(top, line)
    if re.fullmatch(r"\W*(?:cong van )?den\W*", folded):
        top.incoming = True
        return state
    if _NOISE.match(folded) or not re.search(r"[^\W\d_]{2}", line.text):
        return state
    if state in ("symbol", "wrapped") and _continues_symbol(line, state):
        top.number = tidy(f"{top.number}{line.text}") if top.number else None
        top.symbol = tidy(f"{top.symbol}{line.text}")
        return ""
    if state == "subject" and line.side != "right":
        top.subject.append(line)
    elif _may_be_agency(top, line):
        top.agency.append(line)
    return state


def _may_be_agency(top: Top, line: Line) -> bool:
    """Agency lines stand above the number, in the left column where there are two."""
    numbered = top.number is not None or top.blank_number
    return not numbered and (line.side != "right" or not top.agency)


def _is_number(line: Line) -> bool:
    if _NUMBER_LINE.match(line.folded):
        return True
    match = HEADER_NUMBER.match(line.text)
    return bool(match and match["n"].strip() and match.end() >= len(line.text) - 2)


def _take_number(top: Top, line: Line) -> str:
    begin = _NUMBER_LINE.match(line.folded)
    rest = line.text[begin.end() :] if begin else line.text
    party = PARTY_NUMBER.match(rest)
    match = HEADER_NUMBER.match(rest)
    if party and not match:
        top.number, top.number_line = tidy(party[0]), line
        top.symbol = tidy(party["s"])
        return ""
    if match is None:
        return _take_bare(top, line, rest)
    top.symbol = tidy(match["s"])
    top.number_line = line
    digits, mended = plain_number(match["n"].strip(" .…_"))
    if not digits:
        top.blank_number = True
    else:
        top.number = f"{digits}/{top.symbol}"
        top.number_doubtful = mended
    trailing = re.fullmatch(rf"\s+([{UPPER}]{{2,8}})\W*", rest[match.end() :])
    if trailing and top.number:
        # "102/BC-THPT NTN": a symbol spelled with a blank, kept as it stands.
        top.number = f"{top.number} {trailing[1]}"
        top.symbol = f"{top.symbol} {trailing[1]}"
    raw = match["s"].rstrip()
    open_end = raw[-1:] in "-–—/" or rest[match.end() :].strip() in ("-", "–", "/")
    if open_end and top.number:
        if not top.symbol.endswith("-"):
            top.number, top.symbol = f"{top.number}-", f"{top.symbol}-"
        return "symbol"
    return "wrapped"


def _take_bare(top: Top, line: Line, rest: str) -> str:
    """A number without a symbol is the incoming stamp's more often than the letter's."""
    if not re.search(r"\w", rest):
        top.blank_number, top.number_line = True, line
    elif re.fullmatch(r"\d{1,5}\W*", rest) and not top.incoming:
        top.number = re.sub(r"\D", "", rest)
        top.number_line, top.number_doubtful = line, True
    elif "/" in rest:
        top.number_line, top.number_doubtful, top.blank_number = line, True, True
    return ""


def _continues_symbol(line: Line, state: str) -> bool:
    """One word on the next line of the left column; without an open dash it must be capitals."""
    if line.side == "right" or not re.fullmatch(r"[^\W\d_][^\s]{0,14}", line.text):
        return False
    return state == "symbol" or (line.text.isalpha() and line.text.isupper())


def _take_date(top: Top, line: Line) -> None:
    if top.date_line is not None:
        return
    start = _DATE_LINE.search(line.folded)
    found = find_dates(line.text, line.folded)
    top.date = found[0] if found else None
    top.date_line = line
    begin = start.start() if start else 0
    place = _OF_DAY.sub("", line.text[:begin]).strip(" ,.;:-–*_")
    if place and len(place) <= 60 and not re.search(r"\d", place):
        top.place = " ".join(place.split())


def subject_of(top: Top) -> str | None:
    """The subject of a công văn ("V/v …"), on one line."""
    text = " ".join(" ".join(line.text for line in top.subject).split())
    return text.strip(" .:;-") or None
