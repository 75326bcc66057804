"""Administrative units named in text: type word, name, and the registry's code on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from parsers.letter import UPPER, flat
from schemas.admin_unit import AdminUnit, UnitLevel


class Units(Protocol):
    """The registry of administrative units, asked by name, level and day."""

    def find(
        self, name: str, *, level: UnitLevel | None, day: dt.date, within: str | None = None
    ) -> tuple[AdminUnit, ...]: ...


_WORD = (
    r"tinh(?! uy)|huyen(?! uy)|thi xa|thanh pho|tx\.?|tp\.?|quan|xa(?! hoi)|phuong|thi tran|tt\.?"
)
_LEVELS = {
    "tinh": UnitLevel.PROVINCE, "huyen": UnitLevel.DISTRICT, "thi xa": UnitLevel.DISTRICT,
    "tx": UnitLevel.DISTRICT, "quan": UnitLevel.DISTRICT, "xa": UnitLevel.COMMUNE,
    "phuong": UnitLevel.COMMUNE, "thi tran": UnitLevel.COMMUNE, "tt": UnitLevel.COMMUNE,
}  # fmt: skip
_KINDS = {"tx": "thi xa", "tp": "thanh pho", "tt": "thi tran"}
_PROVINCE = re.compile(
    r"(?:tỉnh|TỈNH|Tỉnh|Đào tạo|ĐÀO TẠO|GDĐT|GD&ĐT|GD-ĐT)\s+(?:(?:tỉnh|TỈNH|Tỉnh)\s+)?"
    rf"(?P<name>(?:[{UPPER}][^\W\d_]*(?:\s+|\s*-\s*)?){{1,4}})"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: ``word`` is the folded type word ("huyen"), "" if none was printed."""

    name: str
    word: str = ""

    @property
    def level(self) -> UnitLevel | None:
        """The level its type word says; None for a city, which may be either, or no word."""
        return _LEVELS.get(self.word.rstrip("."))


def place_at_end(text: str) -> Place | None:
    """The unit that ends ``text``: "UBND HUYỆN VĂN LÂM" gives ("VĂN LÂM", "huyen")."""
    matches = list(re.finditer(rf"(?<![a-z])(?P<word>{_WORD})\s+", flat(text)))
    for match in matches:
        name = text[match.end() :].strip(" .,;")
        if name and len(name.split()) <= 5 and not re.search(r"[,;:]", name):
            return Place(name, match["word"].rstrip("."))
    return None


def resolve(
    place: Place, units: Units, day: dt.date, within: str | None, level: UnitLevel | None = None
) -> AdminUnit | None:
    """The one unit meant, or None where none or several would do.

    ``level`` applies where the type word does not settle it; ``within`` is a province's code.
    """
    wanted = place.level or level
    found = units.find(place.name, level=wanted, day=day, within=within)
    if not found and within is not None and wanted in (UnitLevel.PROVINCE, None):
        found = units.find(place.name, level=wanted, day=day)
    if len(found) > 1 and place.word:
        kind = _KINDS.get(place.word, place.word)
        same = tuple(u for u in found if flat(u.kind) == kind)
        found = same or found
    codes = {(u.code, u.level) for u in found}
    return found[0] if len(codes) == 1 else None


def home_province(texts: list[str], units: Units, day: dt.date) -> AdminUnit | None:
    """The province that ``texts`` name most often; None if they name none."""
    seen: Counter[str] = Counter()
    for text in texts:
        for match in _PROVINCE.finditer(text):
            seen[" ".join(match["name"].split())] += 1
    for name, _ in seen.most_common(6):
        parts = name.split()
        for size in range(min(len(parts), 4), 0, -1):
            found = units.find(" ".join(parts[:size]), level=UnitLevel.PROVINCE, day=day)
            if len(found) == 1:
                return found[0]
    return None


def spelling(name: str, units: Units, day: dt.date, within: str | None) -> str:
    """``name``, read from a picture, as the registry spells it: marks are what pictures lose.

    Unchanged where no unit, or units of several spellings, would be read so.
    """
    known = {unit.name for unit in units.find(name, level=None, day=day, within=within)}
    if len(known) != 1:
        return name
    (spelled,) = known
    return spelled if flat(spelled) == flat(name) else name
