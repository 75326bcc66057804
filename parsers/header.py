"""The header of a document by the components of Nghị định 30/2020/NĐ-CP, annex I."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.daytime import LONG, find_date, make
from parsers.front import Piece, pieces, type_of_line
from parsers.issuer import Issuer, find_issuer
from schemas.document import Document
from schemas.registry_index import AdminUnits
from schemas.report import Header, Located
from schemas.text import fold, fold_map, one_line

_NUMBER = re.compile(r"^\W*s[ốoồó]\s*[:.;]?\s*(\d*)\s*[/]\s*(.+)$", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"^(\d+)\s*/\s*([A-ZĐ][\wĐ&]*\s*[-–].+)$")
_DATE_LINE = re.compile(r"^(.*?),?\s*ngay\b.*thang\b.*nam\b")
_SUBJECT = re.compile(r"^\W*(v/v|ve viec)\s*[:.]?\s*", re.IGNORECASE)
_MOTTO = ("cong hoa xa hoi", "doc lap", "dang cong san")
_BODY = re.compile(r"^(thuc hien|can cu|kinh gui|trien khai|theo |huong ung|nham |nam 20|ngay )")


@dataclass(slots=True)
class Front:
    """What was gathered before the body began."""

    left: list[Piece] = field(default_factory=list)
    number: str | None = None
    number_piece: Piece | None = None
    place: str | None = None
    issued_on: dt.date | None = None
    date_piece: Piece | None = None
    document_type: str | None = None
    title: list[Piece] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    blank_number: bool = False
    body_block: int = 0


def read_front(document: Document) -> Front:
    """Walks the first lines once, deciding each by what it says."""
    front = Front()
    lines = list(pieces(document))[:80]
    position = 0
    while position < len(lines):
        piece = lines[position]
        typed = type_of_line(piece.text)
        if typed is not None and (piece.centred or piece.bold or piece.text.isupper()):
            front.document_type = typed[0]
            position = _read_title(lines, position, typed[1], front)
            break
        if re.match(r"^\W*kinh gui", fold(piece.text)):
            break
        if len(piece.text) > 220:
            break
        _take(piece, front, lines, position)
        position += 1
    _read_addressees(lines, position, front)
    front.body_block = lines[min(position, len(lines) - 1)].block if lines else 0
    return front


def _take(piece: Piece, front: Front, lines: Sequence[Piece], position: int) -> None:
    folded = fold(piece.text)
    if any(m in folded for m in _MOTTO) or not re.search(r"\w", folded):
        return
    stamped = any(fold(p.text) in {"den", "cong van den", "van ban den"} for p in lines[max(0, position - 3) : position])
    number = _NUMBER.match(piece.text) or _BARE_NUMBER.match(piece.text)
    if number is not None and not stamped:
        _take_number(number, piece, front, lines, position)
    elif re.fullmatch(r"so\s*[:.]?\s*\d*\s*/?", folded):
        front.blank_number = True
    elif _DATE_LINE.match(folded) and len(folded) < 80:
        if not stamped:
            _take_date(piece, front)
    elif _SUBJECT.match(piece.text):
        front.title.append(Piece(_SUBJECT.sub("", piece.text), piece.anchor, piece.block))
        front.document_type = front.document_type or "CV"
    elif front.title and front.document_type == "CV" and not piece.text.isupper():
        front.title.append(piece)
    elif front.number is None and piece.text.upper() == piece.text and not front.blank_number:
        front.left.append(piece)
    elif front.number is None and re.match(r"^(ubnd|phong|truong|trung tam|so |uy ban|ban chi dao)", folded) and len(folded) < 70:
        front.left.append(piece)


def _take_number(match: re.Match[str], piece: Piece, front: Front, lines: Sequence[Piece], position: int) -> None:
    if front.number is not None:
        return
    digits, symbol = match[1], match[2]
    date_at = re.search(r"\s{2,}|\t|,?\s*ngày", symbol)
    symbol = symbol[: date_at.start()] if date_at else symbol
    symbol = re.sub(r"\s*[-–—‑]\s*", "-", one_line(symbol)).rstrip(" .;,")
    if symbol.endswith("-") and position + 1 < len(lines):
        symbol += lines[position + 1].text.strip()
    symbol = re.sub(r"\s+", "", symbol.split(" (")[0])
    if not digits:
        front.blank_number = True
        return
    front.number = f"{digits}/{symbol}"
    front.number_piece = piece


def _take_date(piece: Piece, front: Front) -> None:
    folded = fold_map(piece.text)
    match = re.search(LONG, folded)
    at = folded.find("ngay")
    place = piece.text[:at].strip(" ,.") if at > 0 else ""
    if place and len(place) < 40:
        front.place = place
    front.date_piece = piece
    if match is not None:
        front.issued_on = make(*match.group(1, 2, 3))
    else:
        found = find_date(piece.text)
        front.issued_on = found[0] if found else None


def _read_title(lines: Sequence[Piece], position: int, rest: str, front: Front) -> int:
    title = [Piece(rest, lines[position].anchor, lines[position].block)] if rest else []
    position += 1
    while position < len(lines) and len(title) < 8:
        piece = lines[position]
        folded = fold(piece.text)
        if _BODY.match(folded) or not re.search(r"\w", folded):
            if not re.search(r"\w", folded):
                position += 1
                continue
            break
        if not (piece.bold or piece.centred) and title and not piece.text[:1].islower():
            break
        if _DATE_LINE.match(folded) and len(folded) < 60:
            _take_date(piece, front)
        elif not any(m in folded for m in _MOTTO):
            title.append(piece)
        position += 1
    front.title = title
    return position


def _read_addressees(lines: Sequence[Piece], position: int, front: Front) -> None:
    for at in range(position, min(position + 6, len(lines))):
        if not re.match(r"^\W*kinh gui", fold(lines[at].text)):
            continue
        first = re.sub(r"^\W*k[íi]nh\s+g[ửu]i\s*[:.]?\s*", "", lines[at].text, flags=re.IGNORECASE)
        front.addressees += [_clean(p) for p in first.split(";") if _clean(p)]
        for piece in lines[at + 1 : at + 12]:
            if not re.match(r"^[-–+•*]\s*\S", piece.text) or len(piece.text) > 160:
                break
            front.addressees.append(_clean(piece.text))
        return


def _clean(text: str) -> str:
    return re.sub(r"[\s;.,/]+$", "", re.sub(r"^[-–+•*\s]+", "", text))


def build_header(front: Front, units: AdminUnits, province: str, fallback: dt.date) -> tuple[Header, Issuer, list[Located]]:
    """The header without its back matter, the issuer, and where fields stand."""
    day = front.issued_on or fallback
    issuer = find_issuer([p.text for p in front.left], units, day, province)
    document_type = front.document_type or _type_of_symbol(front.number)
    title = one_line(" ".join(p.text for p in front.title)).strip(" -–_*")
    located = [
        Located(name, piece.anchor, piece.text, piece.confidence, piece.confidence < 0.8)
        for name, piece in (("header.number", front.number_piece), ("header.issued_on", front.date_piece),
                            ("header.title", front.title[0] if front.title else None),
                            ("header.issuer", front.left[-1] if front.left else None))
        if piece is not None
    ]  # fmt: skip
    header = Header(
        front.number, document_type, issuer.name, issuer.unit, issuer.level, front.place, front.issued_on,
        title or None, tuple(front.addressees),
    )  # fmt: skip
    return header, issuer, located


def _type_of_symbol(number: str | None) -> str | None:
    if number is None:
        return None
    symbol = re.split(r"[-/]", number.split("/", 1)[1])[0]
    known = {"NQ", "QĐ", "CT", "QC", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ", "CĐ", "GM"}
    return symbol if symbol in known else "CV"
