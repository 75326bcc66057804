"""Document to Report: what a submitted document says, each value with its place and its trust."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.back import read_back
from parsers.claims import AnnexReading, claim
from parsers.commended import read_commended
from parsers.confidence import combine
from parsers.counts import mentions
from parsers.front import is_layout
from parsers.header import build_header, read_front
from parsers.launch import read_launch, read_theme
from parsers.narrative import read_narrative
from parsers.references import read_references, read_stamp
from schemas.document import BlockKind, Document, Paragraph, Reading, Table
from schemas.errors import NotAReport, ReadError, UnknownForm
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import ErrorNote, Header, Report, Status
from schemas.text import fold


def extract(
    document: Document, forms: Mapping[str, Form], units: AdminUnits, *, province: str = "33", campaign: str | None = None
) -> Report:
    """Understands ``document``; a document of no campaign keeps its header and references only."""
    front = read_front(document)
    paragraphs = [p for p in document.paragraphs() if p.kind is not BlockKind.FOOTNOTE]
    fallback = dt.date(_year(" ".join(p.text for p in paragraphs[:12])) or 2021, 12, 31)
    header, _, located = build_header(front, units, province, fallback)
    copies, signer = read_back(document)
    header = replace(header, copies_to=copies, signer=signer)
    body = [p for p in paragraphs if not _is_annex_text(p)]
    stamp = read_stamp(_all_paragraphs(document, paragraphs))
    base = Report(
        Status.PARTIAL, document.source, document.reading, header=header,
        annex=stamp[0] if stamp else None, located=tuple(located),
        references=read_references(body[1:], header.number),
    )  # fmt: skip
    form, error = _identify(document, header, paragraphs, forms, campaign)
    if form is None:
        return replace(base, error=error)
    return _understood(base, document, form, units, province, paragraphs, body)


def _understood(base: Report, document: Document, form: Form, units: AdminUnits, province: str,
                paragraphs: Sequence[Paragraph], body: Sequence[Paragraph]) -> Report:  # fmt: skip # noqa: PLR0913
    annex = claim(document, form)
    said = mentions(body, form)
    observations, differing = combine(annex.observations, said)
    launch, _ = read_launch(body)
    theme, _ = read_theme(body)
    day = base.header.issued_on or form.ends_on
    findings = [*annex.findings, *differing, *_header_findings(base.header, form, base)]
    if not observations:
        findings.append(Finding(RuleCode.NOTHING_REPORTED, Severity.ERROR, "Không tìm thấy số liệu nào trong văn bản."))
    return replace(
        base,
        status=Status.OK if observations else Status.PARTIAL,
        campaign=form.campaign,
        launch=launch,
        theme=theme,
        commended=read_commended(body, units, day, province, base.header.issuer_unit),
        narrative=read_narrative(body, form),
        observations=observations,
        mentions=said,
        findings=tuple(findings + _lost_letters(document)),
    )


def _all_paragraphs(document: Document, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs, and the lines of layout tables, where an annex's stamp may stand."""
    cells = [Paragraph(c.text, c.anchor) for t in document.tables() if is_layout(t) for c in t.cells if c.text]
    return paragraphs + cells


def _is_annex_text(paragraph: Paragraph) -> bool:
    return bool(re.match(r"^\W*(bang tong hop|bieu tong hop|phu luc|\(?\s*kem theo)", fold(paragraph.text)))


def _year(text: str) -> int | None:
    match = re.search(r"nam (20[0-4]\d)", fold(text))
    return int(match[1]) if match else None


def _identify(document: Document, header: Header, paragraphs: Sequence[Paragraph], forms: Mapping[str, Form],
              campaign: str | None) -> tuple[Form | None, ErrorNote | None]:  # fmt: skip
    if campaign is not None:
        found = forms.get(campaign)
        return (found, None) if found else (None, _note(UnknownForm(name=document.source.name, detail=campaign)))
    titles = [header.title or "", *(p.text for p in paragraphs if _is_annex_text(p) or p.alignment.value == "center")][:40]
    if header.title is None:
        titles += [p.text for p in paragraphs[:12]]
    folded = [fold(t.replace("\n", " ")) for t in titles]
    about = [t for t in folded if any(fold(phrase) in t or fold(phrase).replace("huong ung ", "") in t
                                      for form in forms.values() for phrase in form.titles)]  # fmt: skip
    reports = header.document_type == "BC" or (header.document_type == "CV" and "bao cao" in fold(header.title or ""))
    bare_annex = header.document_type is None and any(isinstance(b, Table) for b in document.blocks)
    if not about or not (reports or bare_annex):
        return None, _note(NotAReport(name=document.source.name))
    year = next((y for t in about if (y := _year(t))), None) or (header.issued_on.year if header.issued_on else None)
    for form in forms.values():
        if form.year == year:
            return form, None
    return None, _note(UnknownForm(name=document.source.name, detail=str(year or "không rõ năm")))


def _note(error: ReadError) -> ErrorNote:
    return ErrorNote(error.code, error.message)


def _header_findings(header: Header, form: Form, base: Report) -> list[Finding]:
    out = []
    places = {one.field: one for one in base.located}
    if header.number is None and header.document_type is not None:
        out.append(Finding(RuleCode.NUMBER_UNCERTAIN, Severity.WARNING, "Văn bản không ghi số, hoặc số không đọc được."))
    if header.issued_on is None and header.document_type is not None:
        out.append(Finding(RuleCode.DATE_UNCERTAIN, Severity.WARNING, "Không đọc được ngày ban hành của văn bản."))
    elif header.issued_on is not None and not form.year - 1 <= header.issued_on.year <= form.year + 1:
        where = (places["header.issued_on"].where,) if "header.issued_on" in places else ()
        out.append(Finding(RuleCode.DATE_UNCERTAIN, Severity.WARNING,
                           f"Ngày ban hành {header.issued_on:%d/%m/%Y} cách xa năm {form.year} của đợt.", where))  # fmt: skip
    if header.issuer_unit is None and header.issuer_level is not None and header.issuer_level.value in ("province", "district", "commune"):
        out.append(Finding(RuleCode.UNKNOWN_UNIT, Severity.ERROR,
                           f"Không tìm thấy đơn vị «{header.issuer}» trong danh mục hành chính."))  # fmt: skip
    if base.reading is not Reading.TEXT and base.header.number is not None:
        trusted = places.get("header.number")
        agrees = base.annex is not None and base.annex.number == base.header.number
        if trusted is not None and trusted.needs_review and not agrees:
            out.append(Finding(RuleCode.NUMBER_UNCERTAIN, Severity.WARNING,
                               f"Số văn bản đọc từ ảnh là «{header.number}», chưa có chỗ nào khác xác nhận.", (trusted.where,)))  # fmt: skip
    return out


def _lost_letters(document: Document) -> list[Finding]:
    marked = [d for d in document.doubts if d.code == "lost_letters"]
    return [Finding(RuleCode.LOST_LETTERS, Severity.WARNING, f"Văn bản bị mất chữ khi chuyển mã: {d.detail}.") for d in marked]


__all__ = ["AnnexReading", "extract"]
