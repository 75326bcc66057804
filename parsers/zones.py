"""Where the letter's parts begin: type name, addressee, body, Nơi nhận, annex."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.letter import UPPER, Line
from parsers.symbols import TYPE_NAMES

_NATION = re.compile(r"cong h\S{1,2} xa h\S{1,2} chu ngh\S{1,2}|c[o0]ng hoa xa hoi")
_MOTTO = re.compile(r"doc lap\W+tu do\W+hanh phuc")
_TYPE = re.compile(r"^\W*(?P<name>" + "|".join(sorted(TYPE_NAMES, key=len, reverse=True)) + r")\b")
_TO = re.compile(r"^\W*(?:k[il1]nh g[uư]i\b|kinh (?:trinh|bao cao|de nghi)\s*:)")
_COPIES = re.compile(r"^\W*n[oơ0]i (?:nhan|nhin|nh.n|gui)\b")
_WITH = r"(?:kem theo|dinh kem|gui kem(?: theo)?|kem(?= (?:bao cao|bc|cong van|cv|van ban|vb|to trinh)\b))"
_STAMP = re.compile(
    rf"^\W*(?:(?:ban hanh|luu hanh|duoc) )?{_WITH}\b|^\W*phu luc (?:cua|thuoc|theo) (?:bao cao|bc)\b"
)
_STAMPED_TITLE = re.compile(
    rf"^(?!\s*[-+*])(?:\W*(?:phu luc|bieu|bang|mau|so lieu)\b[^.;]{{0,120}}?|[^.;]{{3,150}}\((?:ban hanh )?)"
    rf"{_WITH}\s[^)]*(?:/\s*[a-z]|ngay)[^)]*\)?\s*\W*$"
)
_ANNEX = re.compile(
    r"^\W*(?:phu luc|bieu mau|bieu so|mau so|bang tong hop|bieu tong hop|tong hop ket qua)\b"
)
_BODY = re.compile(
    r"^(?:thuc hien|can cu|theo |phan (?:thu|i)|[ivx]{1,4}\s*[.)/]|[1-9]\s*[.)]|a\s*[.)]|tu ngay|"
    r"nham |hoa chung|trong (?:nhung|tuan|thoi)|duoc su|sau (?:khi|mot)|kinh gui|noi (?:nhan|gui))"
)
_HEADER_LIMIT = 45
_LETTERHEAD = 6
"""Lines from a Quốc hiệu to its motto, the agency's lines between them, at most."""


@dataclass(frozen=True, slots=True)
class Zones:
    """Line positions: header ``[0, head)``, title from ``head``, tail ``[tail, annex)``.

    ``type_at`` is the line with the type name, ``to_at`` the one with "Kính gửi", ``tail`` the one
    with "Nơi nhận" (or the first of the signature); each is None where there is none.
    """

    head: int
    type_at: int | None
    to_at: int | None
    body: int
    tail: int | None
    annex: int
    nations: tuple[int, ...]
    """Lines with the Quốc hiệu: one a letter."""


def is_type_line(line: Line) -> str | None:
    """The type's abbreviation where the line is, or begins with, a type name in capitals."""
    match = _TYPE.match(line.folded)
    if match is None:
        return None
    name = line.text[match.start("name") : match.end("name")]
    alone = not line.text[match.end() :].strip(" :.-_*")
    if not (name.isupper() or (alone and len(line.text) < 25)):
        return None
    return TYPE_NAMES[match["name"]]


def is_stamp(line: Line) -> bool:
    """Whether the line says which document an annex belongs to."""
    return bool(_STAMP.match(line.folded)) or _titles_with_stamp(line)


def _titles_with_stamp(line: Line) -> bool:
    """An annex's title with the stamp on the same line: "Biểu số liệu (kèm theo BC số …)"."""
    return len(line.text) < 300 and _STAMPED_TITLE.match(line.folded) is not None


def find_zones(lines: list[Line], title_end: int | None = None) -> Zones:
    """Cuts ``lines`` into parts; ``title_end`` is where the subject ends, if already known."""
    folded = [line.folded for line in lines[:_HEADER_LIMIT]]
    type_at = next((i for i, one in enumerate(lines[:_HEADER_LIMIT]) if is_type_line(one)), None)
    to_at = next((i for i, one in enumerate(folded) if _TO.match(one)), None)
    head = _head(lines, type_at, to_at)
    body = max(head, title_end or 0)
    tail = next((i for i in range(body, len(lines)) if _has_copies(lines[i])), None)
    tail = _signature(lines, body) if tail is None else _signed_above(lines, body, tail)
    annex = _annex(lines, body if tail is None else tail + 1, tail)
    if tail is not None and annex < tail:
        tail = None
    return Zones(head, type_at, to_at, body, tail, annex, nations_of(lines))


def of_nation(line: Line) -> bool:
    """Whether the Quốc hiệu or its motto stands on the line."""
    return bool(_NATION.search(line.folded) or _MOTTO.search(line.folded))


def nations_of(lines: list[Line]) -> tuple[int, ...]:
    """Where each letter's Quốc hiệu stands; its motto, where the line above it was not read."""
    out: list[int] = []
    for at, line in enumerate(lines):
        if of_nation(line) and len(line.text) < 160 and not (out and at - out[-1] <= _LETTERHEAD):
            out.append(at)
    return tuple(out)


def _has_copies(line: Line) -> bool:
    return bool(_COPIES.match(line.folded[:30]))


def _head(lines: list[Line], type_at: int | None, to_at: int | None) -> int:
    if type_at is not None and (to_at is None or type_at < to_at):
        return type_at
    if to_at is not None:
        return to_at
    for i, line in enumerate(lines[:_HEADER_LIMIT]):
        if len(line.text.split()) > 30 or _BODY.match(line.folded) or _ANNEX.match(line.folded):
            return i
        if is_stamp(line):
            return i
    return min(len(lines), 12)


_POSITION = re.compile(
    r"giam doc|hieu truong|chu tich|truong phong|truong ban|chanh van phong|"
    r"^\W*phu trach (?:phong|truong|trung tam)"
)
_PERSON = re.compile(
    rf"(?:[{UPPER}][^\W\d_]*+\s*+){{2,5}}|[{UPPER}][^\W\d_]*?[{UPPER}][^\W\d_]*+\s*+"
)
_AUTHORITY = re.compile(r"^(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s*[./]")


def _signature(lines: list[Line], body: int) -> int | None:
    for i in range(body, len(lines)):
        if _AUTHORITY.match(lines[i].text):
            return i
    return next((i for i in range(body, len(lines)) if _signs(lines, i)), None)


def _signs(lines: list[Line], at: int) -> bool:
    """Whether an office in capitals stands here and a person's name under it."""
    office = lines[at].upper and len(lines[at].text) < 60 and _POSITION.search(lines[at].folded)
    names = (line.text.strip() for line in lines[at + 1 : at + 4])
    return bool(office) and any(_PERSON.fullmatch(name) for name in names)


def _signed_above(lines: list[Line], body: int, tail: int) -> int:
    """Where a signature block stands above Nơi nhận, its first line; else ``tail``."""
    for i in range(max(body, tail - 8), tail):
        signs = lines[i].upper and len(lines[i].text) < 60 and _POSITION.search(lines[i].folded)
        if _AUTHORITY.match(lines[i].text) or signs:
            return i
    return tail


def _annex(lines: list[Line], start: int, tail: int | None) -> int:
    """The first line of the annex's caption: found from its stamp or title, walking back."""
    at = next((i for i in range(start, len(lines)) if _opens_annex(lines[i])), None)
    if at is None:
        return len(lines)
    floor = start if tail is None else start + 2
    while at > floor and lines[at - 1].upper and not lines[at - 1].side:
        if _POSITION.search(lines[at - 1].folded):
            break
        at -= 1
    return at


def _opens_annex(line: Line) -> bool:
    if is_stamp(line):
        return bool(re.search(r"\bso\b|ngay|\d", line.folded))
    return bool(_ANNEX.match(line.folded)) and line.upper


def is_body_start(line: Line) -> bool:
    """Whether a line can only be the beginning of running text, never of a subject."""
    return bool(_BODY.match(line.folded))


def is_addressee(line: Line) -> bool:
    """Whether the line begins with "Kính gửi"."""
    return bool(_TO.match(line.folded))
