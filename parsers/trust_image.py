"""What was read from a picture beside the header: cited documents, theme, praised units, the stamp.

Words that matter are read several times; here their trust becomes a mark and a finding.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from parsers.header import Front
from parsers.letter import Line, is_image
from parsers.symbols import KNOWN_GROUPS
from schemas.document import Anchor, Document, Paragraph, Span
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Commended, CommendedKind, Located, Reference

UNSURE = 0.6
"""Below it no two of the readings of a word agreed, or the only one was weak."""

_SURE = 0.98
_REACH = 45
_NAMED = {
    "header.title": "Trích yếu",
    "header.issuer": "Cơ quan ban hành",
    "header.signer": "Người ký",
    "header.place": "Địa danh",
    "annex": "Dòng «Kèm theo» của phụ lục",
    "references": "Văn bản được dẫn",
    "launch": "Lễ phát động",
    "theme": "Chủ đề",
    "commended": "Đơn vị được biểu dương",
}
_REGISTERED = (CommendedKind.DISTRICT, CommendedKind.COMMUNE, CommendedKind.PROVINCE)


def trust_references(
    references: Sequence[Reference], document: Document, issued_on: dt.date | None
) -> tuple[Located, ...]:
    """Cited documents by order: number, symbol and day as far as they can be trusted."""
    out = []
    for at, one in enumerate(references):
        trust, review = _SURE, False
        if is_image(document, one.where):
            near = [s for s in _spans_after(document, one.where) if s.confidence < 1.0]
            trust = min((s.confidence for s in near), default=_SURE)
            late = bool(one.issued_on and issued_on and one.issued_on > issued_on)
            review = trust < UNSURE or late or not _is_known(one.number)
        out.append(_located(f"references.{at}.number", one.where, one.number, trust, review))
    return tuple(out)


def _is_known(number: str) -> bool:
    groups = [g for g in re.split(r"[-/.]", number) if not re.fullmatch(r"\d+[a-z]?", g)]
    return all(group in KNOWN_GROUPS for group in groups)


def _spans_after(document: Document, where: Anchor) -> Iterator[Span]:
    """The words at ``where`` and the figures that follow them: a number and its day."""
    if where.box is None or where.paragraph is None:
        return
    home = next((p for p in document.paragraphs() if p.anchor.paragraph == where.paragraph), None)
    inside = [s for s in home.spans if _within(s, where)] if home else []
    if home is None or not inside:
        return
    end = inside[-1].end
    yield from inside
    for span in home.spans:
        if end <= span.start < end + _REACH and any(c.isdigit() for c in _text(home, span)):
            yield span


def _text(home: Paragraph, span: Span) -> str:
    return home.text[span.start : span.end]


def _within(span: Span, where: Anchor) -> bool:
    box = where.box
    if box is None or span.page != where.page:
        return False
    x, y = (span.box[0] + span.box[2]) / 2, (span.box[1] + span.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def trust_theme(theme: str, line: Line, span: tuple[int, int], document: Document) -> Located:
    """The theme; its words were voted on where it was read from a picture."""
    trust, where = line.confidence(*span), line.where(*span)
    return _located("theme", where, theme, trust, is_image(document, where) and trust < UNSURE)


def trust_commended(commended: Sequence[Commended], document: Document) -> tuple[Located, ...]:
    """Praised units read from a picture: unsure letters, or a district nobody knows."""
    out = []
    for at, one in enumerate(commended):
        if not is_image(document, one.where):
            continue
        trust = min((s.confidence for s in _spans_at(document, one.where)), default=_SURE)
        unknown = one.kind in _REGISTERED and one.unit is None
        if trust < UNSURE or unknown:
            out.append(_located(f"commended.{at}", one.where, one.name, trust, True))
    return tuple(out)


def _spans_at(document: Document, where: Anchor) -> Iterator[Span]:
    for paragraph in document.paragraphs():
        if paragraph.anchor.paragraph == where.paragraph:
            yield from (s for s in paragraph.spans if _within(s, where))


def trust_stamp(front: Front, document: Document) -> tuple[Located, ...]:
    """The annex's own line, so that what it says can be shown beside the letterhead; doubtful where
    it was read from a picture and not wholly."""
    if front.stamp is None:
        return ()
    line, stamp = front.stamp.line, front.stamp.stamp
    if not is_image(document, line.where()):
        return (_located("annex", line.where(), line.text, line.confidence(), False),)
    figures = any(c.isdigit() for c in line.text)
    part = figures and (stamp.number is None or stamp.issued_on is None)
    unknown = stamp.number is not None and not _is_known(stamp.number)
    review = part or unknown or front.stamp.doubtful or line.confidence() < UNSURE
    return (_located("annex", line.where(), line.text, line.confidence(), review),)


def _located(field: str, where: Anchor, raw: str, trust: float, review: bool) -> Located:
    return Located(field, where, raw, round(min(trust, _SURE if not review else UNSURE), 3), review)


def field_findings(located: Sequence[Located], document: Document) -> list[Finding]:
    """One finding for each doubtful field; a list of documents or units has one for all its items."""
    doubtful: dict[str, list[Located]] = {}
    for one in located:
        name = next((n for n in _NAMED if one.field == n or one.field.startswith(f"{n}.")), None)
        if name and one.needs_review and is_image(document, one.where):
            doubtful.setdefault(name, []).append(one)
    return [_finding(name, several) for name, several in doubtful.items()]


def _finding(name: str, several: Sequence[Located]) -> Finding:
    rule = {
        "references": RuleCode.READINGS_DISAGREE,
        "commended": RuleCode.UNKNOWN_NAME,
        "launch": RuleCode.LAUNCH_UNCERTAIN,
    }.get(name, RuleCode.HEADER_UNCERTAIN)
    shown = "», «".join(one.raw for one in several)
    message = f"{_NAMED[name]} đọc từ ảnh chưa chắc chắn: «{shown}»."
    places = tuple(one.where for one in several if one.where != Anchor())
    return Finding(rule, Severity.WARNING, message, places, value=several[0].raw, field=name)
