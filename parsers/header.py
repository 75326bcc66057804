"""The header of a letter by the components of Nghị định 30/2020/NĐ-CP, annex I, all together."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from parsers.header_tail import read_tail
from parsers.header_title import of_letterhead, read_addressees, read_title
from parsers.header_top import Top, read_top, subject_of
from parsers.issuer import read_issuer
from parsers.letter import Line, flat, lines_of
from parsers.places import home_province, spelling
from parsers.several import long_tables
from parsers.stamp import StampLine, read_stamp
from parsers.symbols import type_of, type_of_symbol
from parsers.zones import Zones, find_zones, is_type_line
from schemas.admin_unit import AdminUnit
from schemas.document import Document
from schemas.registry_index import AdminUnits
from schemas.report import Header

_YEAR = re.compile(r"nam (20[0-4]\d)")
_COLUMN = 6
"""Lines of the letterhead's other column, at most."""


@dataclass(frozen=True, slots=True)
class Front:
    """The header, and the lines its parts were read from; names were looked up as of ``day``."""

    header: Header
    top: Top
    lines: tuple[Line, ...]
    zones: Zones
    stamp: StampLine | None
    province: AdminUnit | None
    title_line: Line | None
    signer_line: Line | None
    subject_lines: tuple[Line, ...]
    day: dt.date


def read_front(
    document: Document, units: AdminUnits, province: str, year: int | None = None
) -> Front:
    """Reads header, foot and annex stamp; ``year`` dates look-ups where the letter does not."""
    lines = lines_of(document, long_tables(document))
    zones = find_zones(lines)
    behind = lines[zones.head :][:_COLUMN] if zones.type_at == zones.head else []
    top = read_top([*lines[: zones.head], *filter(of_letterhead, behind)])
    title, title_line, addressees, body = _middle(lines, zones, top)
    zones = find_zones(lines, body)
    end = zones.annex if zones.tail is not None else 0
    copies, signer, signer_line = read_tail(lines[zones.tail : end][:60])
    issued_on = top.date.day if top.date else None
    day = issued_on or dt.date(year or _year(lines) or 2021, 12, 31)
    home = _home(lines, zones, units, day, province)
    issuer = read_issuer(top.agency, top.place, units, day, home.code if home else None)
    place = top.place
    if place is not None and top.date_line is not None and top.date_line.confidence() < 1.0:
        place = spelling(place, units, day, home.code if home else None)
    header = Header(
        top.number, _kind(lines, zones, top), issuer.name, issuer.unit, issuer.level, place,
        issued_on, title, addressees, copies, signer,
    )  # fmt: skip
    stamp = _stamp(document, lines, zones)
    subject = tuple(lines[zones.head : body]) if zones.type_at is not None else tuple(top.subject)
    return Front(
        header, top, tuple(lines), zones, stamp, home, title_line, signer_line, subject, day
    )


def _middle(
    lines: list[Line], zones: Zones, top: Top
) -> tuple[str | None, Line | None, tuple[str, ...], int]:
    """Subject, its line, addressees, and where the body begins."""
    title, title_line, body = None, None, zones.head
    if zones.type_at is not None and zones.type_at == zones.head:
        title, title_line, body = read_title(lines, zones.type_at)
    if title is None and top.subject:
        title, title_line = subject_of(top), top.subject[0]
    addressees: tuple[str, ...] = ()
    if zones.to_at is not None:
        addressees, after = read_addressees(lines, zones.to_at)
        body = max(body, after)
        if zones.type_at is not None and zones.type_at > zones.to_at and zones.type_at < after + 3:
            title, title_line, body = read_title(lines, zones.type_at)
    return title, title_line, addressees, body


def _kind(lines: list[Line], zones: Zones, top: Top) -> str | None:
    """The printed type name, else what the symbol says, else CV for a letter with "V/v"."""
    if zones.type_at is not None:
        named = is_type_line(lines[zones.type_at])
        if named:
            return named
    if top.symbol:
        return (
            type_of_symbol(top.symbol)
            or type_of(f"1/{top.symbol}")
            or ("CV" if top.subject else None)
        )
    return "CV" if top.subject else None


def _year(lines: list[Line]) -> int | None:
    return next((int(m[1]) for line in lines[:40] for m in [_YEAR.search(line.folded)] if m), None)


def _home(
    lines: list[Line], zones: Zones, units: AdminUnits, day: dt.date, province: str
) -> AdminUnit | None:
    """The province the letter speaks of: named in its header, else anywhere, else ``province``."""
    header = [line.text for line in lines[: zones.body + 1]]
    named = home_province(header, units, day)
    named = named or home_province([line.text for line in lines[zones.body :][:40]], units, day)
    return named or units.get(province, day)


def _stamp(document: Document, lines: list[Line], zones: Zones) -> StampLine | None:
    """The stamp after the letter, in an annex table's first rows, or in front of the letter."""
    after = lines[zones.annex :] if zones.annex < len(lines) else []
    captions = [
        Line(cell.text, cell, 0, 0)
        for table in document.tables()
        if table.rows > 2
        for cell in table.cells
        if cell.row < 3 and "theo" in flat(cell.text) and len(cell.text) < 250
    ]
    # An annex may be bound in front of its letter: its stamp then stands above the letterhead.
    before = lines[: zones.head] if zones.type_at is not None else lines[: zones.body + 3]
    aside = [Line(p.text, p, 0, 0) for p in document.aside]
    return read_stamp([*after, *captions, *before, *aside])
