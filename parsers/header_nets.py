"""The net under header, theme and citations: what has its own words in the letter and was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.header import Front
from parsers.letter import Line, flat
from schemas.document import Anchor
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Reference

_TO = re.compile(r"^\W*kinh (?:gui|trinh)\b")
_COPIES = re.compile(r"^\W*noi (?:nhan|gui)\b")
_PLACE = re.compile(r"^\W*(?P<place>[a-z][a-z .]{2,30}?)\s*,?\s*ngay\b[^a-z]{0,12}thang\b")
_THEME = re.compile(
    r"\bchu de (?:(?:cua |nam |tuan le |cua tuan le |nay |hoc tap )*(?:la\b|:|[\"'])|nam nay|(?:cua )?tuan le|xuyen suot)|"
    r"\bvoi (?:chu de|thong diep)\b"
)
_CITED = re.compile(
    r"\d(?<![/.,\w]\d)(?:\d{0,4}[a-z]?\s*/\s*(?:\d{4}/)?(?:kh|qd|cv|bc|ct|tb|hd|nq|ttr|cd|nd|tt)(?:\s*-\s*|/)[a-z&]{2,}|"
    r"\d{1,4}\s*/\s*(?:ubnd|sgd|bgd|pgd|phong gd|gddt)[a-z&]*)",
)
_ATTACHED = re.compile(
    r"^\W*(?:ban hanh )?(?:kem theo|dinh kem) (?:bao cao|bc|cong van|cv|van ban)\b.*\d"
)


def missing_parts(
    front: Front, body: Sequence[Line], theme: str | None, references: Sequence[Reference]
) -> list[Finding]:
    """One finding for each part of a letter whose words stand in it, but which stayed empty."""
    if front.header.document_type is None:
        return []
    return [*_of_header(front), *_of_body(front, body, theme, references)]


def _of_header(front: Front) -> Iterator[Finding]:
    header, lines = front.header, front.lines
    if not header.addressees and (line := _first(_TO, lines)):
        yield _finding(
            "Văn bản có «Kính gửi» nhưng chưa đọc được nơi nhận chính.", "header.addressees", line
        )
    if not header.copies_to and (line := _first(_COPIES, lines)):
        yield _finding(
            "Văn bản có «Nơi nhận» nhưng chưa đọc được danh sách nơi nhận.",
            "header.copies_to",
            line,
        )
    if header.title is None and front.zones.type_at is not None:
        line = lines[front.zones.type_at]
        yield _finding("Chưa đọc được trích yếu dưới tên loại văn bản.", "header.title", line)
    if header.place is None and (line := _first(_PLACE, lines[:45])):
        yield _finding("Chưa đọc được địa danh trước ngày ban hành.", "header.place", line)
    if front.stamp is None and (line := _first(_ATTACHED, lines[front.zones.annex :])):
        yield _finding("Chưa đọc được số, ngày ở dòng «Kèm theo» của phụ lục.", "annex", line)
    signer = header.signer
    if (signer is None and not header.copies_to) or (signer is not None and signer.name is None):
        yield _finding(
            "Không đọc được người ký của văn bản.", "header.signer", None, Severity.WARNING
        )


def _of_body(
    front: Front, body: Sequence[Line], theme: str | None, references: Sequence[Reference]
) -> Iterator[Finding]:
    if theme is None and (line := _first(_THEME, body)):
        yield _finding(
            "Văn bản nhắc đến chủ đề của Tuần lễ nhưng chưa đọc được chủ đề.", "theme", line
        )
    known = {_plain(one.number) for one in references} | {_plain(front.header.number or "")}
    for line in body:
        for cited in _CITED.finditer(line.folded):
            if not any(
                _plain(cited[0]) in one or (one and one in _plain(cited[0])) for one in known
            ):
                shown = line.text[cited.start() : cited.end()]
                message = (
                    f"Lời văn dẫn «{shown}» nhưng văn bản này chưa vào danh sách văn bản được dẫn."
                )
                yield _finding(message, "references", line)
                return


def _plain(number: str) -> str:
    return re.sub(r"[^a-z0-9]", "", flat(number))


def _first(pattern: re.Pattern[str], lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if pattern.search(line.folded)), None)


def _finding(
    message: str, field: str, line: Line | None, severity: Severity = Severity.INFO
) -> Finding:
    where: tuple[Anchor, ...] = (line.where(),) if line is not None else ()
    return Finding(RuleCode.HEADER_UNCERTAIN, severity, message, where, field=field)
