"""Who issued a letter: the agency lines as one name, its level, and its administrative unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from parsers.casing import natural
from parsers.letter import Line, flat
from parsers.places import Place, Units, place_at_end, resolve
from schemas.admin_unit import AdminUnit, UnitLevel
from schemas.report import IssuerLevel

_STARTS = (
    r"ubnd|uy ban|so|phong|truong|trung tam|tthtcd|ttgdnn|tt gdnn|ttgdtx|ban|bo|hoi|huyen uy|"
    r"tinh uy|dang uy|cuc|tong cuc|vu|thu vien|hoc vien|dai hoc|van phong|lien doan|doan|hdnd|"
    r"chi cuc|vien|tt"
)
_OPENS = re.compile(rf"^(?:{_STARTS})(?![a-z])")
_INSIDE = re.compile(
    r"(?<=\s)(?<!van )(?<!quoc )(?:so giao duc|so gd|phong g|phong van hoa|truong |trung tam |"
    r"tthtcd|ban chi dao|hoi khuyen hoc)"
)
_SCHOOL = re.compile(
    r"^(?:truong|trung tam|tt\b|ttgd|dai hoc|hoc vien|thu vien|nha van hoa|th |thcs|thpt|mam non)"
)
_COMMUNITY = re.compile(r"^(?:tthtcd|(?:trung tam|tt)\s+(?:hoc tap cong dong|htcd))")
_OFFICE_END = re.compile(r"(?:dao tao|gd\s*[&-]?\s*(?:va )?dt|cong dong|htcd|tthtcd|khuyen hoc)\s+")
_OFFICE = re.compile(r"so |phong g")
_NAMELESS = re.compile(r"(?:gdtx|gdnn|thuong xuyen|nghe nghiep|thu vien|thpt|thcs|bao tang)\W*$")
_LEVEL = {
    UnitLevel.PROVINCE: IssuerLevel.PROVINCE,
    UnitLevel.DISTRICT: IssuerLevel.DISTRICT,
    UnitLevel.COMMUNE: IssuerLevel.COMMUNE,
}
_UNIT_LEVEL = {issuer: unit for unit, issuer in _LEVEL.items()}
_TYPE = {
    "tinh": "tỉnh", "huyen": "huyện", "thi xa": "thị xã", "thanh pho": "thành phố",
    "tx": "thị xã", "tp": "thành phố", "quan": "quận", "xa": "xã", "phuong": "phường",
    "thi tran": "thị trấn", "tt": "thị trấn",
}  # fmt: skip


_Ask = Callable[[Place, UnitLevel | None], AdminUnit | None]


@dataclass(frozen=True, slots=True)
class Issuer:
    """``name`` as running text writes it; ``unit`` is None for institutions and the unknown."""

    name: str | None = None
    level: IssuerLevel | None = None
    unit: str | None = None


def agencies(lines: list[Line]) -> list[str]:
    """The agency lines, wrapped ones joined and two on one line parted; parent first."""
    joined: list[str] = []
    for line in lines:
        text = " ".join(line.text.strip(" *_:.").lstrip("- ").split())
        if not text or len(text) > 120:
            continue
        if joined and not _OPENS.match(flat(text)):
            joined[-1] = f"{joined[-1]} {text}"
        else:
            joined.append(text)
    out: list[str] = []
    for text in joined:
        inside = _INSIDE.search(flat(text))
        if inside and re.match(r"ubnd|uy ban|so |phong |bo ", flat(text)):
            out += [text[: inside.start()].strip(), text[inside.start() :].strip()]
        else:
            out.append(text)
    return [text.rstrip(" -–") for text in out if _OPENS.match(flat(text))]


def read_issuer(
    lines: list[Line], place: str | None, units: Units, day: dt.date, within: str | None
) -> Issuer:
    """Composes the issuer from agency lines; ``place`` is where the letter is dated.

    ``within`` is the code of the province that the letter speaks of, where that is known.
    """
    names = agencies(lines)
    if not names:
        return Issuer()
    own, parents = names[-1], names[:-1]
    folded = flat(own)
    if re.match(r"(?:bo|vu|tong cuc|cuc) ", folded):
        return Issuer(natural(own), IssuerLevel.MINISTRY)
    if _SCHOOL.match(folded) and not _COMMUNITY.match(folded):
        return Issuer(_institution(own, parents), IssuerLevel.INSTITUTION)

    def ask(meant: Place, level: UnitLevel | None) -> AdminUnit | None:
        return resolve(meant, units, day, within, level)

    return _office(own, parents, place, ask)


def _institution(own: str, parents: list[str]) -> str:
    """A school or centre by name; one without a name of its own carries its parent's place."""
    above = next((p for p in map(place_at_end, reversed(parents)) if p), None)
    if above is None or place_at_end(own) or not _NAMELESS.search(flat(own)):
        return natural(own)
    return f"{natural(own)} {_TYPE.get(above.word, '')} {natural(above.name)}"


def _office(own: str, parents: list[str], dated: str | None, ask: _Ask) -> Issuer:
    folded = flat(own)
    stated = place_at_end(own) or _trailing(own)
    above = next((p for p in map(place_at_end, reversed(parents)) if p), None)
    level = _level_of(folded, stated or above, parents)
    meant = stated or above
    if meant is None and dated:
        meant = place_at_end(dated) or Place(dated)
    unit = None
    if meant is not None:
        in_city = meant.word in ("thanh pho", "tp") and not _OFFICE.match(folded)
        wanted = _UNIT_LEVEL.get(level) if level is not None and not in_city else None
        unit = ask(meant, wanted)
        level = _LEVEL[unit.level] if in_city and unit is not None else level
    name = natural(own)
    if stated is None and (above is not None or unit is not None):
        name = f"{name} {_shown(above, unit, level)}"
    fits = unit is not None and level is not None and _LEVEL[unit.level] is level
    return Issuer(name, level, unit.code if unit is not None and fits else None)


def _level_of(folded: str, place: Place | None, parents: list[str]) -> IssuerLevel | None:
    if _COMMUNITY.match(folded):
        return IssuerLevel.COMMUNE
    if folded.startswith("so "):
        return IssuerLevel.PROVINCE
    if place is not None and place.level is not None:
        return _LEVEL[place.level]
    if folded.startswith("phong ") or (place is not None and place.word in ("thanh pho", "tp")):
        return IssuerLevel.DISTRICT
    return IssuerLevel.PROVINCE if any(flat(p).startswith("so ") for p in parents) else None


def _trailing(own: str) -> Place | None:
    """A bare name at the end: "SỞ GIÁO DỤC VÀ ĐÀO TẠO HƯNG YÊN", "PHÒNG GDĐT VĂN LÂM"."""
    match = _OFFICE_END.search(flat(own))
    rest = own[match.end() :].strip(" -.") if match else ""
    return Place(rest) if rest and len(rest.split()) <= 4 else None


def _shown(place: Place | None, unit: AdminUnit | None, level: IssuerLevel | None) -> str:
    """ "huyện Văn Lâm"; a province's offices carry its bare name ("Hưng Yên")."""
    if place is None:
        assert unit is not None
        return unit.name if level is IssuerLevel.PROVINCE else f"{unit.kind.lower()} {unit.name}"
    name = natural(place.name)
    return name if level is IssuerLevel.PROVINCE else f"{_TYPE.get(place.word, '')} {name}".strip()
