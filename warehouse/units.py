"""Which unit a report counts for, and through which channel."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.form import Form
from schemas.registry_index import AdminUnits, Institution, institution_code, institutions
from schemas.report import Header, IssuerLevel
from schemas.text import words

_CENTRE = re.compile(
    r"^(?:trung tam|tt) (?:gdnn gdtx|gdnn|gdtx|giao duc nghe nghiep giao duc thuong xuyen|giao duc thuong xuyen)\b(?: (?:huyen|thi xa|thanh pho|tp|tx|tinh))?\s*"
)
_HIGH = re.compile(r"^(?:truong )?(?:thpt|trung hoc pho thong)\s+")

_KINDS = {"high_school": "Trường THPT", "vocational_continuing_centre": "Trung tâm GDNN-GDTX"}


@dataclass(frozen=True, slots=True)
class Reporter:
    """``channel`` is district, direct, province, or None where the report is not counted."""

    code: str | None
    name: str | None
    channel: str | None


def reporter_of(header: Header, form: Form, units: AdminUnits, province: str) -> Reporter:
    """The unit behind a header. An institution gets a code of its own; a reviewer may name it by
    that code in ``issuer_unit``."""
    listed = _listed(header.issuer_unit, province)
    if listed is not None:
        return listed
    if header.issuer_level == IssuerLevel.INSTITUTION and header.issuer:
        return _institution(header.issuer, province)
    day = header.issued_on or form.ends_on
    unit = units.get(header.issuer_unit, day) if header.issuer_unit else None
    if unit is None or header.issuer_level is None:
        return Reporter(header.issuer_unit, header.issuer, None)
    if header.issuer_level == IssuerLevel.PROVINCE:
        return Reporter(unit.code, unit.name, "province" if unit.code == province else None)
    counted = (
        header.issuer_level in form.reporters.levels and units.province_of(unit, day) == province
    )
    return Reporter(unit.code, unit.full_name, "district" if counted else None)


def _listed(code: str | None, province: str) -> Reporter | None:
    for one, _ in institutions():
        if one.code == code and one.province == province:
            return Reporter(one.code, institution_name(one), "direct")
    return None


def institution_name(one: Institution) -> str:
    """The full name of a listed school or centre."""
    return f"{_KINDS.get(one.kind, '')} {one.name}".strip()


def _institution(issuer: str, province: str) -> Reporter:
    key = words(issuer)
    for kind, pattern in (("vocational_continuing_centre", _CENTRE), ("high_school", _HIGH)):
        match = pattern.match(key)
        if match is not None:
            name = (
                " ".join(issuer.split()[-len(key[match.end() :].split()) :])
                if key[match.end() :]
                else issuer
            )
            return Reporter(institution_code(kind, name, province), issuer, "direct")
    return Reporter(institution_code("other", issuer, province), issuer, None)
