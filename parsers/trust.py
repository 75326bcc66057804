"""How far a header field may be trusted, what confirms it, and what must be looked at."""

from __future__ import annotations

import datetime as dt
import re

from parsers.header import Front
from parsers.letter import Line, flat, is_image
from parsers.signer_doubts import has_left_over, is_doubtful
from parsers.surnames import is_surname_spelled
from schemas.document import NOWHERE, Anchor, Document
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form
from schemas.report import IssuerLevel, Located

_SURE, _UNSURE = 0.98, 0.55
_REGISTERED = (IssuerLevel.PROVINCE, IssuerLevel.DISTRICT, IssuerLevel.COMMUNE)


def trust_header(front: Front, document: Document) -> tuple[Located, ...]:
    """A place and a trust for each header field that has one.

    Number and day of a scan are often written by hand (Nghị định 30, article 15.2), so they are
    reviewed unless the annex stamp or the file's name says the same.
    """
    out = []
    number, date = _number(front, document), _date(front, document)
    out += [one for one in (number, date) if one is not None]
    agency = front.top.agency[-1] if front.top.agency else None
    for field, line, value, parts in (
        ("header.title", front.title_line, front.header.title, front.subject_lines),
        ("header.issuer", agency, front.header.issuer, tuple(front.top.agency)),
        ("header.place", front.top.date_line, front.header.place, ()),
    ):
        if line is not None and value:
            trust = min(line.confidence(), *(part.confidence() for part in parts), 1.0)
            out.append(Located(field, line.where(), line.text, min(trust, _SURE), trust < 0.6))
    return (*out, *_signer(front, document))


def _signer(front: Front, document: Document) -> tuple[Located, ...]:
    """The signature block: what lies under a seal is read with letters lost."""
    signer, line = front.header.signer, front.signer_line
    if signer is None:
        return ()
    line = line or front.lines[front.zones.tail or 0]
    place = line.where()
    stated = [part for part in (signer.position, signer.authority) if part]
    foot = front.lines[front.zones.tail or 0 : front.zones.annex]
    block = [x for x in foot if x.text in stated]
    trust = min(line.confidence(), *(x.confidence() for x in block), 1.0)
    unknown = signer.name is None or not is_surname_spelled(signer.name.split()[0])
    review = unknown or is_doubtful(signer) or has_left_over(foot, line, stated)
    review = is_image(document, place) and (review or trust < 0.6)
    trust = min(trust, _UNSURE if review else _SURE)
    return (Located("header.signer", place, signer.name or "", round(trust, 3), review),)


def _number(front: Front, document: Document) -> Located | None:
    line, number = front.top.number_line, front.header.number
    if line is None or number is None:
        return None
    review = front.top.number_doubtful or _doubted(line)
    if is_image(document, line.where()) or review:
        stamped = front.stamp.stamp.number if front.stamp else None
        same = stamped is not None and flat(stamped) == flat(number)
        review = not (same or _in_name(number, document.source.name))
    return _located("header.number", line, review)


def _date(front: Front, document: Document) -> Located | None:
    line, day = front.top.date_line, front.header.issued_on
    if line is None or day is None:
        return None
    doubtful = bool(front.top.date and front.top.date.doubtful)
    review = doubtful or _doubted(line)
    if is_image(document, line.where()) or review:
        stamped = front.stamp.stamp.issued_on if front.stamp else None
        review = stamped != day and not _day_in_name(day, document.source.name)
    return _located("header.issued_on", line, review)


def _located(field: str, line: Line, review: bool) -> Located:
    trust = min(line.confidence(), _UNSURE if review else _SURE)
    return Located(field, line.where(), line.text, round(trust, 3), review)


def _doubted(line: Line) -> bool:
    return any(doubt.code != "legacy_encoding" for doubt in line.home.doubts)


def _in_name(number: str, name: str) -> bool:
    """Whether the file's name carries number and type: "2005-BC-SGDDT.pdf" for 2005/BC-SGDĐT."""
    digits = re.match(r"\d+", number)
    wanted = re.sub(r"[^a-z0-9]", "", flat(number))
    plain = re.sub(r"[^a-z0-9]", "", flat(name))
    if wanted and wanted in plain:
        return True
    kind = re.search(r"/([a-z]+)", flat(number))
    return bool(
        digits and kind and re.search(rf"(?<!\d){digits[0]}\W*_?\W*{kind[1]}(?![a-z])", flat(name))
    )


def _day_in_name(day: dt.date, name: str) -> bool:
    shapes = (f"{day:%d%m%Y}", f"{day:%Y%m%d}")
    return any(shape in re.sub(r"\D", "", name) for shape in shapes)


def header_findings(front: Front, located: tuple[Located, ...], form: Form) -> list[Finding]:
    """What is missing or uncertain in the header of a letter that reports for ``form``."""
    if front.header.document_type is None and not front.top.agency:
        return []
    places = {one.field: one for one in located}
    found = [*_number_findings(front, places), *_date_findings(front, places, form), *_unit(front)]
    if front.header.signer is None and front.header.copies_to:
        message = "Không đọc được người ký của văn bản."
        found.append(
            Finding(RuleCode.HEADER_UNCERTAIN, Severity.WARNING, message, field="header.signer")
        )
    return found


def _number_findings(front: Front, places: dict[str, Located]) -> list[Finding]:
    header, place = front.header, places.get("header.number")
    if header.number is None and header.document_type is not None:
        where = front.top.number_line.where() if front.top.number_line else NOWHERE
        message = "Văn bản không ghi số, hoặc số không đọc được."
        return [_warn(RuleCode.NUMBER_UNCERTAIN, message, where)]
    if place is not None and place.needs_review:
        message = f"Số văn bản đọc được là «{header.number}», chưa có chỗ nào khác xác nhận."
        return [_warn(RuleCode.NUMBER_UNCERTAIN, message, place.where)]
    return []


def _date_findings(front: Front, places: dict[str, Located], form: Form) -> list[Finding]:
    day, place = front.header.issued_on, places.get("header.issued_on")
    if day is None:
        if front.header.document_type is None:
            return []
        where = front.top.date_line.where() if front.top.date_line else NOWHERE
        return [_warn(RuleCode.DATE_UNCERTAIN, "Không đọc được ngày ban hành của văn bản.", where)]
    out = []
    if place is not None and place.needs_review:
        message = f"Ngày ban hành đọc được là {day:%d/%m/%Y}, chưa có chỗ nào khác xác nhận."
        out.append(_warn(RuleCode.DATE_UNCERTAIN, message, place.where))
    elif not form.starts_on <= day <= form.ends_on + dt.timedelta(days=270):
        message = f"Ngày ban hành {day:%d/%m/%Y} không hợp với đợt tổng hợp năm {form.year}."
        out.append(_warn(RuleCode.DATE_UNCERTAIN, message, place.where if place else NOWHERE))
    return out


def _unit(front: Front) -> list[Finding]:
    header = front.header
    if header.issuer_unit is not None or header.issuer_level not in _REGISTERED:
        return []
    where = front.top.agency[-1].where() if front.top.agency else NOWHERE
    message = f"Không tìm thấy đơn vị «{header.issuer}» trong danh mục hành chính."
    return [Finding(RuleCode.UNKNOWN_UNIT, Severity.ERROR, message, (where,), value=header.issuer)]


def _warn(rule: RuleCode, message: str, where: Anchor) -> Finding:
    anchors = () if where == NOWHERE else (where,)
    return Finding(rule, Severity.WARNING, message, anchors)
