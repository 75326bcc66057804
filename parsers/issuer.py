"""Who issued a document: the agency's name in proper case, its level and its unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.admin_unit import AdminUnit, UnitLevel
from schemas.registry_index import AdminUnits
from schemas.report import IssuerLevel
from schemas.text import fold, one_line, words

_STARTS = re.compile(r"^(ubnd|uy ban|so |bo |phong |truong |trung tam|tt |tthtcd|tt\.|ban |hoi |dang |huyen uy|tinh uy|thanh uy|hdnd|van phong|cong |lien )")
_ACRONYMS = {"ubnd", "thpt", "thcs", "gdnn", "gdtx", "gd&đt", "gdđt", "gd", "đt", "tthtcđ", "tt", "htcđ", "gd-đt", "th", "hđnd", "tp", "tx", "tw", "ktth", "hn"}
_PLACE_WORDS = ("thành phố", "thị xã", "thị trấn", "tỉnh", "huyện", "quận", "phường", "xã", "tp", "tx")
_NAMED = {"giáo dục và đào tạo": "Giáo dục và Đào tạo", "giáo dục & đào tạo": "Giáo dục & Đào tạo",
          "giáo dục nghề nghiệp": "Giáo dục nghề nghiệp", "giáo dục thường xuyên": "Giáo dục thường xuyên",
          "văn hóa": "Văn hóa", "nội vụ": "Nội vụ", "khuyến học": "Khuyến học"}  # fmt: skip
_SCHOOL = ("trung học phổ thông", "trung học cơ sở", "tiểu học", "mầm non", "thpt", "thcs", "tiểu học và thcs", "trường th")


@dataclass(frozen=True, slots=True)
class Issuer:
    name: str | None = None
    unit: str | None = None
    level: IssuerLevel | None = None
    parent: str | None = None


def agencies(lines: Sequence[str]) -> list[str]:
    """Lines of the letterhead's left side joined into agency names, parent first."""
    out: list[str] = []
    for line in lines:
        text = one_line(line).strip(" *-_–")
        if not text:
            continue
        if out and not _STARTS.match(fold(text) + " "):
            out[-1] = f"{out[-1]} {text}"
        else:
            out.append(text)
    return out


def proper(text: str) -> str:
    """A name in capitals as running text writes it; mixed case is left alone."""
    if not text.isupper():
        return text
    tokens = text.lower().split()
    out = [t.upper() if set(re.split(r"[-/]", t)) <= _ACRONYMS or t in _ACRONYMS else t for t in tokens]
    joined = " ".join(out)
    for plain, named in _NAMED.items():
        joined = joined.replace(plain, named)
    joined = _title_after(joined)
    return joined[:1].upper() + joined[1:]


def _title_after(text: str) -> str:
    """Capitals for the proper name behind a place word or a kind of school."""
    marks = [m.end() for w in (*_PLACE_WORDS, *_SCHOOL) for m in re.finditer(rf"(?<!\w){re.escape(w)}(?!\w)", text, re.IGNORECASE)]
    start = max((m for m in marks if m < len(text)), default=None)
    first = min((m for m in marks if m < len(text)), default=None)
    if start is None or first is None:
        return text
    head, tail = text[:first], text[first:]
    kept = {w for place in (*_PLACE_WORDS, *_SCHOOL) for w in place.split()}
    return head + " ".join(t if t in kept or t.isupper() or not t else t[:1].upper() + t[1:] for t in tail.split(" "))


def find_issuer(lines: Sequence[str], units: AdminUnits, day: dt.date, province: str) -> Issuer:
    """The issuer named by the letterhead's left side."""
    names = agencies(lines)
    if not names:
        return Issuer()
    agency, parent = names[-1], names[-2] if len(names) > 1 else None
    level, place = _level_and_place(agency, parent)
    unit = _unit(level, place, units, day, province)
    shown = proper(agency)
    if level in (IssuerLevel.PROVINCE, IssuerLevel.DISTRICT, IssuerLevel.COMMUNE) and place and not _has_place(agency, place):
        placed = proper_place(place, unit)
        shown = f"{shown} {placed}"
    return Issuer(shown, unit.code if unit and level != IssuerLevel.INSTITUTION else None, level, parent)


def proper_place(place: str, unit: AdminUnit | None) -> str:
    """"huyện Văn Lâm" for a district or commune, "Hưng Yên" alone for a province."""
    if unit is not None:
        return unit.name if unit.level == UnitLevel.PROVINCE else f"{unit.kind.lower()} {unit.name}"
    return proper(place) if place.isupper() else place


def _has_place(agency: str, place: str) -> bool:
    bare = re.sub(r"^(tinh|thanh pho|tp|huyen|thi xa|tx|quan|xa|phuong|thi tran)\.? ", "", words(place))
    return words(agency).endswith(bare)


_PLACE = re.compile(r"(?<!\w)(tỉnh|thành phố|tp\.?|huyện|thị xã|tx\.?|quận|xã|phường|thị trấn)\s+(.+)$", re.IGNORECASE)


def _level_and_place(agency: str, parent: str | None) -> tuple[IssuerLevel | None, str | None]:
    key = words(agency)
    own = _PLACE.search(agency)
    above = _PLACE.search(parent) if parent else None
    place = own[0] if own else above[0] if above else None
    if re.match(r"(truong|trung tam|tt |tthtcd)", key):
        return IssuerLevel.INSTITUTION, place
    if key.startswith("bo "):
        return IssuerLevel.MINISTRY, None
    if key.startswith("so "):
        rest = re.sub(r"^so (giao duc va dao tao|gd va dt|gd dt|gddt|giao duc dao tao)\s*", "", key)
        return IssuerLevel.PROVINCE, place or (agency.split()[-len(rest.split()) :] and " ".join(agency.split()[-len(rest.split()) :]) if rest else None)
    if key.startswith("phong "):
        tail = re.sub(r"^phong (giao duc va dao tao|gd va dt|gd dt|gddt|giao duc dao tao)\s*", "", key)
        return IssuerLevel.DISTRICT, place or (" ".join(agency.split()[-len(tail.split()) :]) if tail else None)
    if place is None:
        return None, None
    kind = words(place).split()
    if kind[0] == "tinh":
        return IssuerLevel.PROVINCE, place
    if kind[0] in {"xa", "phuong"} or kind[:2] == ["thi", "tran"]:
        return IssuerLevel.COMMUNE, place
    return IssuerLevel.DISTRICT, place


def _unit(level: IssuerLevel | None, place: str | None, units: AdminUnits, day: dt.date, province: str) -> AdminUnit | None:
    if level is None or place is None or level in (IssuerLevel.INSTITUTION, IssuerLevel.MINISTRY):
        return None
    wanted = UnitLevel(level.value)
    found = units.find(place, day=day, level=wanted)
    near = [u for u in found if u.code == province or units.province_of(u, day) == province]
    chosen = near or list(found)
    return chosen[0] if len(chosen) == 1 else None
