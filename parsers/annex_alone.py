"""An annex that was sent as a file of its own: whose it is, and which letter it belongs to.

Its line "(Kèm theo Báo cáo số … ngày … của …)" says both; the letter comes as another file, or has come.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from parsers.header import Front
from parsers.issuer import Issuer, read_issuer
from parsers.letter import Line, flat
from parsers.places import place_at_end, resolve
from parsers.stamp import StampLine
from schemas.registry_index import AdminUnits
from schemas.report import IssuerLevel, Revision, RevisionKind

_OF = re.compile(r"\bcua\s+(?=\S)")
_END = re.compile(r"[);]|\s+ve viec\b|\s*$")
_TYPES = re.compile(r"(?:huyen|thi xa|thanh pho|quan|xa|phuong|thi tran|tx|tp)\b")


def with_letter(front: Front, units: AdminUnits, province: str) -> tuple[Front, Revision | None]:
    """``front`` with the issuer that an annex's line gives, and the letter which the annex completes;
    as it is, and None, where the document is a letter or says of none."""
    stamp = front.stamp
    if stamp is None or not _is_alone(front, stamp):
        return front, None
    day = stamp.stamp.issued_on or front.day
    said = _issuer(stamp, units, day, province)
    header = front.header
    if header.issuer_unit is None and (header.issuer is None or said.unit is not None):
        header = replace(
            header,
            issuer=header.issuer or said.name,
            issuer_unit=said.unit,
            issuer_level=said.level or header.issuer_level,
        )
    clear = stamp.stamp.number is not None and not stamp.doubtful
    of, where = stamp.stamp, stamp.line.where()
    revises = Revision(RevisionKind.SUPPLEMENTS, of.number, of.issued_on, clear, where)
    return replace(front, header=header), revises


def _is_alone(front: Front, stamp: StampLine) -> bool:
    """Whether the document has an annex's line and none of what makes a letter."""
    header = front.header
    lettered = header.document_type or header.number or front.top.blank_number
    stated = stamp.stamp.number is not None or stamp.stamp.issued_on is not None
    return stated and not lettered and header.issued_on is None and not header.addressees


def _issuer(stamp: StampLine, units: AdminUnits, day: dt.date, province: str) -> Issuer:
    """Who the line says the letter is of: an office, a school, or a place alone ("của huyện Văn Lâm")."""
    text, folded = stamp.line.text, flat(stamp.line.text)
    told = [match.end() for match in _OF.finditer(folded)]
    if not told:
        return Issuer()
    begin = told[0]
    end = _END.search(folded, begin)
    said = text[begin : end.start() if end else None].strip(" .,")
    if _TYPES.match(flat(said)):
        place = place_at_end(said)
        unit = None if place is None else resolve(place, units, day, province, None)
        if unit is None:
            return Issuer(said)
        return Issuer(said, IssuerLevel(unit.level.value), unit.code)
    return read_issuer([Line(said, stamp.line.home, 0, 0)], None, units, day, province)
