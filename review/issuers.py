"""Who may have issued a report: picked from the registry, typed with or without diacritics."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from schemas.admin_unit import UnitLevel
from schemas.registry_index import AdminUnits, institutions
from schemas.report import IssuerLevel
from schemas.text import words

_NAMES = {"high_school": "Trường THPT", "vocational_continuing_centre": "Trung tâm GDNN-GDTX"}
AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Issuer:
    """``code`` of the registry or of the list of institutions."""

    code: str
    name: str
    level: IssuerLevel

    def fields(self) -> dict[str, str]:
        """The header fields that say so, the one a person looks at first."""
        said = {"header.issuer_unit": self.code, "header.issuer_level": self.level.value}
        return said | (
            {"header.issuer": self.name} if self.level is IssuerLevel.INSTITUTION else {}
        )


def issuers(units: AdminUnits, province: str, day: dt.date) -> list[Issuer]:
    """Everyone of the province who may report on ``day``."""
    out = []
    own = units.get(province, day, UnitLevel.PROVINCE)
    if own is not None:
        out.append(Issuer(own.code, own.full_name, IssuerLevel.PROVINCE))
    for level in (UnitLevel.DISTRICT, UnitLevel.COMMUNE):
        below = units.children(province, level=level, day=day)
        out += [Issuer(u.code, u.full_name, IssuerLevel(level.value)) for u in below]
    for one, _ in institutions():
        if one.province == province:
            name = f"{_NAMES.get(one.kind, '')} {one.name}".strip()
            out.append(Issuer(one.code, name, IssuerLevel.INSTITUTION))
    return out


def search(known: list[Issuer], typed: str) -> list[Issuer]:
    """Those whose name or code holds every word typed; districts before communes."""
    wanted = words(typed).split()
    if not wanted:
        return []
    hits = [i for i in known if all(w in f"{words(i.name)} {i.code}" for w in wanted)]
    return hits[:AT_MOST]


def chosen(known: list[Issuer], typed: str) -> Issuer | None:
    """The one that ``typed`` means: its code, its name, or the only one found."""
    text = typed.strip()
    exact = [
        i
        for i in known
        if text == i.code or words(text) in {words(i.name), words(f"{i.code} {i.name}")}
    ]
    if exact:
        return exact[0]
    found = search(known, text)
    return found[0] if len(found) == 1 else None
