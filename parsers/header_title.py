"""Under the type name: the subject on one line, and to whom the letter is addressed."""

from __future__ import annotations

import re

from parsers.letter import Line, flat
from parsers.symbols import TYPE_NAMES
from parsers.zones import is_addressee, is_body_start, of_nation
from schemas.document import Alignment, Paragraph

_RULE = re.compile(r"[\s\-_*=–—.~]*")
_SUBJECT = re.compile(r"^\W*v\s*/\s*v\b\s*[:.]?\s*")
_PLACE_AND_DAY = re.compile(
    r"[a-z .]{2,40}, ngay [\d.…_ ]{1,8} thang [\d.…_ ]{1,8} nam [\d.…_ ]{4,6}"
)
_ORDER = re.compile("|".join(sorted(TYPE_NAMES, key=len, reverse=True)))
_BULLET = re.compile(r"^[-+*•–—▪●]\s*")


def read_title(lines: list[Line], type_at: int) -> tuple[str | None, Line | None, int]:
    """The subject, its first line, and the position after it."""
    match = _ORDER.search(lines[type_at].folded)
    rest = lines[type_at].part(match.end() if match else 0, len(lines[type_at].text))
    taken = [rest] if rest.text.strip(" :.-*") else []
    at = type_at + 1
    while at < len(lines) and len(taken) < 7:
        beside = of_letterhead(lines[at])
        if not beside and not _continues(lines[at], taken):
            break
        if not beside and not _RULE.fullmatch(lines[at].text):
            taken.append(lines[at])
        at += 1
    text = " ".join(line.text for line in taken)
    text = " ".join(text.split()).strip(" :*_")
    folded = taken[0].folded if taken else ""
    skip = _SUBJECT.match(folded)
    if skip:
        text = text[skip.end() :].lstrip()
    return text.rstrip(".") or None, taken[0] if taken else None, at


def of_letterhead(line: Line) -> bool:
    """Whether a line behind the type name is of the letterhead's other column: the nation's, or place
    and day."""
    return of_nation(line) or _PLACE_AND_DAY.fullmatch(line.folded) is not None


_NUMBERED = re.compile(r"(?:[IVX]{1,4}|[A-H]|\d{1,2})\s*[.)/]\s+\S")


def _continues(line: Line, taken: list[Line]) -> bool:
    # However it is set, a line with a number in front opens the first part.
    if _NUMBERED.match(line.text):
        return False
    if is_addressee(line) or line.side or len(line.text.split()) > 60:
        return False
    if not taken:
        return not is_body_start(line) or _set_as_title(line)
    if is_body_start(line) and not _set_as_title(line):
        return False
    if line.text.endswith((";", "./.", "như sau:")) or _BULLET.match(line.text):
        return False
    first = taken[0]
    if _set_as_title(first) or _set_as_title(line):
        return _set_as_title(line) or bool(_RULE.fullmatch(line.text))
    return _unstyled(line, taken)


def _unstyled(line: Line, taken: list[Line]) -> bool:
    """Without bold or centring to go by: a subject's next line goes on in small letters."""
    if taken[0].upper != line.upper or len(line.text) > 110:
        return False
    return line.upper or line.text[:1].islower()


def _set_as_title(line: Line) -> bool:
    home = line.home
    if not isinstance(home, Paragraph):
        return False
    return home.bold or home.alignment is Alignment.CENTER


_OUTSIDE = r"(?![^()]*\))"
"""Not within a bracket: "Sở GDĐT (Phòng GDTrH - GDTX)" is one addressee."""
_WITHIN = re.compile(
    r"^(?:phong|vu|van phong|ban)\b[^;]*?\s[-–]\s+(?:so|bo|ubnd|uy ban)\b[^;]*$|"
    r"^(?:so|bo|ubnd|uy ban)\b[^;]*?\s[-–]\s+(?:phong|vu|van phong)\b[^;]*$"
)
"""A department and its agency on one line: one addressee."""


def read_addressees(lines: list[Line], to_at: int) -> tuple[tuple[str, ...], int]:
    """Who stands after "Kính gửi", in order, and the position after the list."""
    first = lines[to_at]
    start = re.match(r"^\W*\w+\s+\w+(?:\s+\w+(?=\s*:))?\s*[:.]?\s*", first.text)
    rest = first.text[start.end() :] if start else ""
    parts = r";|\s{2,}|\t" if _WITHIN.match(flat(rest)) else r";|\s{2,}|\t|(?:^|\s)[-–]\s+"
    items = [part for part in re.split(rf"(?:{parts}){_OUTSIDE}", rest) if part.strip(" -–.;:")]
    at = to_at + 1
    while at < len(lines) and at < to_at + 12 and _is_item(lines[at], bool(items), rest):
        items += re.split(r";\s*(?=[-–]?\s*[A-ZĐ])", _BULLET.sub("", lines[at].text))
        at += 1
    return tuple(t for t in (_clean(i) for i in items) if t), at


def _is_item(line: Line, any_items: bool, rest: str) -> bool:
    if is_body_start(line) or len(line.text) > 130:
        return False
    if _BULLET.match(line.text):
        return not rest.strip() or not line.text.endswith(":")
    if line.text.endswith(("./.", ":")):
        return False
    return not any_items and not rest.strip()


def _clean(item: str) -> str:
    return " ".join(_BULLET.sub("", item.strip()).split()).strip(" ;.,")
