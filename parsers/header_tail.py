"""The foot of a letter: Nơi nhận on the left, authority, position and name on the right."""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz import fuzz

from parsers.letter import Line, columns, flat
from parsers.surnames import is_surname
from schemas.report import Signer

_BULLET = re.compile(r"^[-+*•–—▪●]\s*")
_COPIES = re.compile(r"^\W*n\S{1,2}i (?:nh\S{1,2}n|gui)\W*")
_COPIES_INSIDE = re.compile(r"(?<=\s)noi (?:nhan|gui)\s*:")
AUTHORITY = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\s*[./]|(?:T/M|K/T|T/L|T/UQ|TU/Q)(?=[\s.:])|(?:TM|KT|TL|TUQ)(?=\s[^\W\d_])"
)
OFFICES = [
    "phó giám đốc",
    "giám đốc",
    "phó hiệu trưởng",
    "hiệu trưởng",
    "phó chủ tịch",
    "chủ tịch",
    "phó trưởng phòng",
    "trưởng phòng",
    "phó trưởng ban",
    "trưởng ban",
    "chánh văn phòng",
    "phó chánh văn phòng",
    "vụ trưởng",
    "phó vụ trưởng",
    "cục trưởng",
    "thứ trưởng",
    "bộ trưởng",
    "bí thư",
    "phó bí thư",
    "viện trưởng",
    "tổng giám đốc",
    *(f"phụ trách {unit}" for unit in ("phòng", "trường", "trung tâm")),
]
"""Who signs, as it is written."""
_ROLE = flat("|".join(OFFICES))
_POSITION = re.compile(rf"(?<![a-z])(?:quyen |q\.\s*)?(?:{_ROLE})(?![a-z])")
_LISTED = re.compile(r";$|\(?(?:de )?(?:b/c|bao cao|biet|p/h|phoi hop)\W*$")
"""How an entry of "Nơi nhận" ends and no office does."""

_SIGNED = re.compile(r"\(?\s*(?:da ky|ky ten|ky,|dong dau|ky boi|ngay ky|thoi gian ky|chu ky)")
# Words are never tried in pieces: a line of ordinary length would else take seconds.
_NAME = re.compile(r"(?=[^\W\d_]\.?\s*[^\W\d_])(?:[^\W\d_]++\.?+\s*+){1,6}")
_TITLE = re.compile(r"^(?:(?:GS|PGS|TS|ThS|ThS|CN|BS|NGND|NGƯT|Ths|TH\.?S)\.?\s*)+(?=[A-ZĐ])")


def read_tail(lines: list[Line]) -> tuple[tuple[str, ...], Signer | None, Line | None]:
    """Copies in order without dash and closing mark, the signer, and the line of the name."""
    copies: list[str] = []
    right: list[Line] = []
    listing = False
    for segment in (part for line in lines for column in columns(line) for part in _cut(column)):
        begin = _COPIES.match(segment.folded)
        if begin:
            listing = True
            segment = segment.part(begin.end(), len(segment.text))  # noqa: PLW2901
            if not segment.text.strip(" -:*"):
                continue
        if listing and _is_copy(segment, copies):
            _add(copies, segment.text)
        elif not _is_copy_like(segment):
            right.append(segment)
    signer, name_line = _signer(right)
    return tuple(c.rstrip(" ;.,") for c in copies), signer, name_line


def _cut(line: Line) -> list[Line]:
    """Both columns where a reader has put them on one line with a single blank between."""
    if line.side:
        return [line]
    inside = _COPIES_INSIDE.search(line.folded)
    if inside:
        return [
            line.part(0, inside.start(), "right"),
            *_cut(line.part(inside.start(), len(line.text))),
        ]
    copies = _COPIES.match(line.folded)
    if copies and copies.end() < len(line.text):
        rest = line.part(copies.end(), len(line.text))
        side = "right" if rest.upper and not _BULLET.match(rest.text) else ""
        return [line.part(0, copies.end(), "left"), *_cut_items(rest, side)]
    return _cut_items(line, "")


def _cut_items(line: Line, side: str) -> list[Line]:
    if side == "right" or not _BULLET.match(line.text):
        return [Line(line.text, line.home, line.start, line.block, side)]
    for match in re.finditer(r"[;.]\s*", line.text):
        rest = line.text[match.end() :]
        if _opens_signature(rest, glued=match.end() == match.start() + 1):
            return [
                line.part(0, match.start() + 1, "left"),
                line.part(match.end(), len(line.text), "right"),
            ]
    pieces = [m.start() for m in re.finditer(r"(?<=;)\s+(?=[-–]\s)", line.text)]
    if not pieces:
        return [line]
    edges = [0, *pieces, len(line.text)]
    return [line.part(a, b) for a, b in pairwise(edges)]


def _opens_signature(text: str, glued: bool) -> bool:
    """Whether the signer's column begins with ``text``. ``glued``: no blank before it, as where a
    converter has lost the table of both columns."""
    if text.upper() == text and len(text.split()) > 1:
        return bool(_POSITION.search(flat(text)) or AUTHORITY.match(text))
    return not glued and _is_name(text)


def _is_copy_like(line: Line) -> bool:
    return bool(_BULLET.match(line.text)) or line.side == "left" or "luu:" in line.folded


def _is_copy(line: Line, copies: list[str]) -> bool:
    if line.side == "right":
        return False
    if _BULLET.match(line.text) or _is_store(line.text, copies):
        return True
    if AUTHORITY.match(line.text) or _SIGNED.match(line.folded):
        return False
    if _POSITION.match(line.folded) and not _LISTED.search(line.folded):
        return False
    if line.side == "left":
        return True
    goes_on = bool(copies) and not copies[-1].endswith((";", "."))
    return goes_on and not line.upper and not (_is_name(line.text) and "luu" in flat(copies[-1]))


def _is_store(text: str, copies: list[str]) -> bool:
    """Whether the line is "Lưu: VT, GDTX", the last copy, and no one of that surname."""
    if not re.match(r"luu(?![a-z])", flat(text)):
        return False
    stored = any(flat(one).startswith("luu") for one in copies)
    named = _is_name(text) and not any(w.isupper() for w in text.split()[1:])
    return not named or not (stored or len(text.split()) > 2)


def _add(copies: list[str], text: str) -> None:
    """Adds an item, or the rest of one that was cut by the end of the line."""
    text = " ".join(text.split())
    if not any(c.isalnum() for c in text):
        return
    bullet = _BULLET.match(text)
    opens = (
        bullet
        or re.match(r"luu(?![a-z])", flat(text))
        or not copies
        or copies[-1].endswith((";", "."))
    )
    if opens:
        if copies:
            copies[-1] = copies[-1].rstrip(" ;.,")
        copies.append(_BULLET.sub("", text))
    else:
        copies[-1] = f"{copies[-1]} {text}"


def _is_name(text: str) -> bool:
    text = _TITLE.sub("", text.strip(" .,"))
    if not _NAME.fullmatch(text + " ") or any(c.isdigit() for c in text):
        return False
    words = text.split()
    return (
        2 <= len(words) <= 6
        and all(w[:1].isupper() for w in words)
        and not _POSITION.search(flat(text))
        and not re.search(
            r"\b(?:pho|doc|truong|chu tich|phong)\b", flat(text) if text.isupper() else ""
        )
    )


def _signer(lines: list[Line]) -> tuple[Signer | None, Line | None]:
    authority: list[str] = []
    position: str | None = None
    for at, line in enumerate(lines):
        text = " ".join(line.text.split())
        if _SIGNED.search(line.folded) or re.fullmatch(r"[\W\d_]*", text):
            continue
        capitals, rest = _capitals(text)
        if AUTHORITY.match(text):
            head, tail = _split_authority(capitals or text)
            authority += head
            position = tail or position
        elif _is_position(text):
            shown = capitals if rest and capitals else text
            if position is not None and not authority and is_deputy(shown):
                authority, position = [position], shown
            else:
                position = _with_office(position, shown)
        elif position and _goes_on(position, text, lines[at + 1 :]):
            position = f"{position} {text}"
        elif (position or authority) and _names_signer(text, position, lines[at + 1 :]):
            return _made(text, position, authority), line
        elif authority and not position and line.upper and len(text) > 3:
            position = text
        if rest and (position or authority) and _is_name(rest):
            return _made(rest, position, authority), line
    return (_made(None, position, authority), None) if position or authority else (None, None)


def _with_office(position: str | None, shown: str) -> str:
    """Both offices of who signs as one and is the other: "PHÓ TRƯỞNG BAN TRƯỞNG PHÒNG GDĐT"."""
    both = position is not None and position.isupper() and shown.isupper()
    return f"{position} {shown}" if both else position or shown


def _names_signer(text: str, position: str | None, later: list[Line]) -> bool:
    """Whether the line is a person's name and no office in capitals above one."""
    if position is not None or not text.isupper():
        return _is_name(text)
    below = [one.text for one in later[:3] if _is_name(one.text) and not one.upper]
    return _is_name(text) and not any(is_surname(name.split()[0]) for name in below)


def _goes_on(position: str, text: str, later: list[Line]) -> bool:
    """Whether capitals under an office are the rest of its name, cut by the column's edge."""
    if not (position.isupper() and text.isupper()):
        return False
    names = any(_is_name(one.text) and not one.upper for one in later)
    return names or position.endswith((" VÀ", " CỦA", ",", " -"))


def _is_position(text: str) -> bool:
    """Whether the line is an office, also one whose letters a seal has spoilt."""
    folded = flat(text)
    if len(text) > 70:
        return False
    if _POSITION.search(folded) and not _is_name(text):
        return True
    return text.isupper() and max(fuzz.ratio(folded, role) for role in _ROLE.split("|")) >= 74


def is_deputy(text: str) -> bool:
    return bool(re.match(r"pho", flat(text)))


def _made(name: str | None, position: str | None, authority: list[str]) -> Signer:
    acting = re.fullmatch(r"Q\s*[./]\s*(\S.*)", authority[-1]) if authority else None
    if position is None and acting and _POSITION.search(flat(acting[1])):
        # "Q. GIÁM ĐỐC" alone signs for nobody: it is the office itself, held for the time being.
        position = authority.pop()
    name = _TITLE.sub("", name.strip(" .,")) if name else None
    return Signer(name, position, " ".join(authority) or None)


def _capitals(text: str) -> tuple[str, str]:
    """The leading words in capitals, and what follows in mixed letters."""
    words = text.split()
    at = 0
    while at < len(words) and _in_capitals(words[at]):
        at += 1
    return " ".join(words[:at]), " ".join(words[at:])


def _in_capitals(word: str) -> bool:
    """Whether a word is set in capitals, or abbreviates so: "GDTrH-GDTX"."""
    large = sum(c.isupper() for c in word)
    return word.upper() == word or (large >= 2 and large >= 0.6 * sum(c.isalpha() for c in word))


def _split_authority(text: str) -> tuple[list[str], str | None]:
    """Cuts "TM. UBND KT. CHỦ TỊCH PHÓ CHỦ TỊCH" into authorities and the position under them."""
    starts = [m.start() for m in re.finditer(r"(?<!\S)" + AUTHORITY.pattern, text)]
    edges = [*starts, len(text)]
    parts = [text[a:b].strip() for a, b in pairwise(edges)]
    last = parts[-1]
    roles = list(_POSITION.finditer(flat(last)))
    collective = last.upper().startswith(("TM", "T/M"))
    cut = roles[0].start() if collective and roles else roles[1].start() if len(roles) > 1 else None
    if cut is None:
        return parts, None
    return [*parts[:-1], last[:cut].strip()], last[cut:].strip()
