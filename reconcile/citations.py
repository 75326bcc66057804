"""What other documents say of a report's number and day: pure.

A number or day written by hand is read badly (Nghị định 30/2020, article 15.2: paper is numbered
after signing). Another document that cites the report is an independent reading of both.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reconcile.judged import Judged, Submitted
from schemas.document import Anchor
from schemas.finding import Finding, RuleCode, Severity
from schemas.registry_index import AdminUnits
from schemas.report import Report
from schemas.text import fold, number_key, words

NUMBER, DAY = "header.number", "header.issued_on"
CONFIRMING = {RuleCode.NUMBER_CONFIRMED: NUMBER, RuleCode.DATE_CONFIRMED: DAY}
"""The field that each finding of a confirmation is about."""
_NUMBER = re.compile(r"(\d+)[a-z]?/(.+)")


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited in another: ``sha256``, ``name`` and ``unit_code`` are of the one that cites."""

    sha256: str
    name: str
    unit_code: str | None
    number: str
    day: dt.date | None
    issuer: str | None
    where: Anchor


@dataclass(slots=True)
class Heard:
    """What others say of one document: the same, another day, or another number."""

    same: list[Citation] = field(default_factory=list)
    other_day: list[Citation] = field(default_factory=list)
    other_number: list[Citation] = field(default_factory=list)


def citations_in(
    sha256: str, name: str, unit_code: str | None, report: Report
) -> Iterator[Citation]:
    """Everything that one document cites; what it revises is its own unit's."""
    for one in report.references:
        yield Citation(sha256, name, unit_code, one.number, one.issued_on, one.issuer, one.where)
    said = report.revises
    if said is not None and said.number is not None:
        yield Citation(sha256, name, unit_code, said.number, said.issued_on, None, said.where)


def hear(
    documents: Sequence[Submitted], outside: Iterable[Citation], units: AdminUnits
) -> dict[str, Heard]:
    """What the campaign's documents and those ``outside`` it say of each of ``documents``.

    Only a citation whose issuer is the document's own counts: named, or, where none is named,
    because the unit itself cites. A citation without a day says nothing: numbers begin anew each
    year.
    """
    by_number: dict[str, list[Citation]] = defaultdict(list)
    by_day: dict[dt.date, list[Citation]] = defaultdict(list)
    inside = (c for d in documents for c in citations_in(d.sha256, d.name, d.unit_code, d.report))
    for one in dict.fromkeys((*inside, *outside)):
        if one.day is not None:
            by_number[citation_key(one.number)].append(one)
            by_day[one.day].append(one)
    held = {(d.unit_code, citation_key(d.report.header.number or "")) for d in documents}
    out = {}
    for document in documents:
        heard = _of(document, by_number, by_day, units)
        heard.other_number = [
            c
            for c in heard.other_number
            if (document.unit_code, citation_key(c.number)) not in held
        ]
        if heard.same or heard.other_day or heard.other_number:
            out[document.sha256] = heard
    return out


def _of(
    document: Submitted,
    by_number: Mapping[str, list[Citation]],
    by_day: Mapping[dt.date, list[Citation]],
    units: AdminUnits,
) -> Heard:
    header, heard = document.report.header, Heard()
    for one in by_number.get(citation_key(header.number or ""), ()) if header.number else ():
        if one.sha256 == document.sha256 or not _issued(document, one, units):
            continue
        if one.day == header.issued_on:
            heard.same.append(one)
        elif header.issued_on is None or _year(one.day) == header.issued_on.year:
            heard.other_day.append(one)
    if header.issued_on is not None and (header.number is None or NUMBER in doubted(document)):
        heard.other_number = [
            c
            for c in by_day.get(header.issued_on, ())
            if c.sha256 != document.sha256
            and citation_key(c.number) != citation_key(header.number or "")
            and _alike(header.number, header.document_type, c.number)
            and _issued(document, c, units)
        ]
    return heard


def doubted(document: Submitted) -> frozenset[str]:
    """Of number and day what the reading doubts and nobody has decided."""
    unsure = {x.field for x in document.report.located if x.needs_review}
    return frozenset(unsure & {NUMBER, DAY}) - document.decided


def confirmed(document: Submitted, heard: Heard | None) -> frozenset[str]:
    """What the citations take the doubt from: both number and day as read, and none otherwise."""
    if heard is None or not heard.same or heard.other_day or heard.other_number:
        return frozenset()
    return doubted(document)


def with_confirmed(documents: Sequence[Submitted], heard: Mapping[str, Heard]) -> list[Submitted]:
    """The documents, each knowing what of it others confirm."""
    return [replace(d, confirmed=confirmed(d, heard.get(d.sha256))) for d in documents]


def judge_citations(documents: Sequence[Submitted], heard: Mapping[str, Heard]) -> list[Judged]:
    """Confirmations and contradictions, these in both documents: each shows its own place."""
    by_sha = {d.sha256: d for d in documents}
    out: list[Judged] = []
    for sha256, said in heard.items():
        document = by_sha[sha256]
        if not document.current and not document.layer:
            continue
        out += _confirmations(document, said)
        for one in (*said.other_day, *said.other_number):
            out.append(_contradicted(document, one))
            if one.sha256 in by_sha:
                out.append(_contradicts(document, one))
    return out


def _confirmations(document: Submitted, heard: Heard) -> Iterator[Judged]:
    header = document.report.header
    values = {
        NUMBER: header.number or "",
        DAY: f"{header.issued_on:%d/%m/%Y}" if header.issued_on else "",
    }
    for rule, name in CONFIRMING.items():
        if name in document.confirmed:
            one = heard.same[0]
            what = "Số" if name == NUMBER else "Ngày"
            text = f"{what} «{values[name]}» được xác nhận: {_cites(one)}."
            yield _judged(document, rule, Severity.INFO, text, name, values[name], one.name)


def _contradicted(document: Submitted, one: Citation) -> Judged:
    header = document.report.header
    other_number = citation_key(one.number) != citation_key(header.number or "")
    name = NUMBER if other_number else DAY
    own = f"số {header.number or '(chưa đọc được)'}" if other_number else _written(header.issued_on)
    text = f"Văn bản này ghi {own}, nhưng {_cites(one)}; cần xem lại cả hai chỗ."
    value = (header.number if other_number else str(header.issued_on or "")) or ""
    said = one.number if other_number else str(one.day)
    return _judged(document, RuleCode.CITED_OTHERWISE, Severity.WARNING, text, name, value, said)


def _contradicts(document: Submitted, one: Citation) -> Judged:
    header = document.report.header
    text = (
        f"Dẫn văn bản {one.number} {_written(one.day)} của {document.unit_name or header.issuer}, nhưng văn bản ấy"
        f" (tệp {document.name}) đọc được là số {header.number or '(không rõ)'}, {_written(header.issued_on)}."
    )
    finding = Finding(
        RuleCode.REFERENCE_DIFFERS, Severity.WARNING, text, (one.where,),
        value=f"{one.number} {one.day}", other_value=f"{header.number} {header.issued_on}",
    )  # fmt: skip
    return Judged(finding, one.sha256, one.unit_code)


def _judged(
    document: Submitted,
    rule: RuleCode,
    severity: Severity,
    text: str,
    name: str,
    value: str,
    other: str,
) -> Judged:
    places = tuple(x.where for x in document.report.located if x.field == name)
    finding = Finding(rule, severity, text, places, value=value, other_value=other, field=name)
    return Judged(finding, document.sha256, document.unit_code)


def _cites(one: Citation) -> str:
    return f"{one.name} ({_place(one.where)}) dẫn văn bản {one.number} {_written(one.day)}"


def _place(where: Anchor) -> str:
    if where.page is not None:
        return f"trang {where.page}"
    if where.table is not None:
        return f"bảng {where.table + 1}, hàng {(where.row or 0) + 1}"
    return f"đoạn {where.paragraph + 1}" if where.paragraph is not None else "phần đầu"


def _written(day: dt.date | None) -> str:
    return f"ngày {day:%d/%m/%Y}" if day is not None else "không rõ ngày"


def _year(day: dt.date | None) -> int | None:
    return day.year if day is not None else None


def citation_key(number: str) -> str:
    """Digits and letters alone: "123/BC-PGD&ĐT" and "123 /BC - PGDĐT" are one number."""
    match = _NUMBER.fullmatch(fold(number_key(number)))
    return f"{match[1]}/{re.sub(r'[^a-z0-9]', '', match[2])}" if match else ""


def _alike(number: str | None, document_type: str | None, other: str) -> bool:
    """Whether two numbers could be two readings of one: the same symbol, or at least the same type."""
    cited = citation_key(other).partition("/")[2]
    if number is not None:
        return bool(cited) and citation_key(number).partition("/")[2] == cited
    return bool(document_type) and fold(other.partition("/")[2]).startswith(
        f"{fold(document_type or '')}-"
    )


def _issued(document: Submitted, one: Citation, units: AdminUnits) -> bool:
    """Whether the citation means the document's own issuer."""
    header = document.report.header
    if one.issuer is None:
        return one.unit_code is not None and one.unit_code == document.unit_code
    said = words(one.issuer)
    if header.issuer and said == words(header.issuer):
        return True
    day = header.issued_on or one.day
    unit = units.get(header.issuer_unit, day) if header.issuer_unit and day else None
    return unit is not None and f" {said}".endswith(f" {words(unit.name)}")
