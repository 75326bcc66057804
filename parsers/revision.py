"""What a report does to an earlier one: replaces, supplements, corrects or withdraws it.

Found from its own words: in the subject, or in a sentence that names an earlier report by number.
"Bổ sung sách", or a decision that replaces another decision, is no revision of a report.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from parsers.letter import Line
from parsers.references import citations
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Revision, RevisionKind
from schemas.text import number_key

_KINDS = (
    (RevisionKind.WITHDRAWS, "thu hoi|huy bo"),
    (RevisionKind.CORRECTS, "dinh chinh"),
    (RevisionKind.REPLACES, "thay the"),
    (RevisionKind.SUPPLEMENTS, "bo sung"),
)
_VERB = re.compile(r"\b(?:" + "|".join(f"(?P<{k.value}>{v})" for k, v in _KINDS) + r")\b")
_REPORT = re.compile(r"\bbao cao\b[^;]*$|\bbc\b[^;]*$")
_OWN = re.compile(r"\b(?:bao cao|cong van|van ban|ban) nay\b|\(\s*$|^\W*$")
_PASSIVE = re.compile(r"\b(?:duoc|bi)\s+$")
_LAW = re.compile(r"\bsua doi\b[\s,]*$")
_REACH = 140
"""Characters between the verb and the number it governs."""
Cited = tuple[str, dt.date | None, int, int]
_END = re.compile(r"[.;](?=\s|$)")


def read_revision(
    subject: Sequence[Line], body: Iterable[Line], own: str | None
) -> Revision | None:
    """The revision that the letter declares, None where it declares none."""
    for line in subject:
        found = _in_line(line, own, titled=True)
        if found is not None:
            return _completed(found, subject, own)
    for line in body:
        found = _in_line(line, own, titled=False)
        if found is not None:
            return found
    return None


def _completed(found: Revision, subject: Sequence[Line], own: str | None) -> Revision:
    """A subject runs over lines: the number may stand on a later one than the verb."""
    if found.number is not None:
        return found
    for line in subject:
        for number, day, start, end in citations(line):
            if not _same(number, own) and _is_report(line, number, start):
                return Revision(found.kind, number, day, True, line.where(start, end))
    return found


def _in_line(line: Line, own: str | None, *, titled: bool) -> Revision | None:
    cited = [c for c in citations(line) if not _same(c[0], own)] if "/" in line.text else []
    if not cited and not titled:
        return None
    for verb in _VERB.finditer(line.folded):
        kind = RevisionKind(verb.lastgroup or "")
        before = _sentence_before(line.folded, verb.start())
        if _LAW.search(before):
            continue
        target = _target(line, verb.end(), cited)
        if target is None and _PASSIVE.search(before):
            target = _earlier(line, verb.start(), cited)
        elif target is not None and _another_speaks(verb.start(), before, cited):
            continue
        if target is not None:
            number, day, start, end = target
            clear = titled or _OWN.search(before) is not None or _PASSIVE.search(before) is not None
            return Revision(kind, number, day, clear, line.where(start, end))
        if titled:
            return Revision(kind, None, None, False, line.where(verb.start(), verb.end()))
    return None


def _target(line: Line, after: int, cited: Sequence[Cited]) -> Cited | None:
    """The report that the verb governs: the first number after it in the sentence."""
    for one in cited:
        gap = line.folded[after : one[2]]
        if 0 <= one[2] - after <= _REACH and not _END.search(gap):
            return one if _is_report(line, one[0], one[2]) else None
    return None


def _earlier(line: Line, before: int, cited: Sequence[Cited]) -> Cited | None:
    for one in reversed(cited):
        gap = line.folded[one[3] : before]
        if one[3] <= before and not _END.search(gap):
            return one if _is_report(line, one[0], one[2]) else None
    return None


def _another_speaks(at: int, before: str, cited: Sequence[Cited]) -> bool:
    """Whether the sentence is about another document that revises: a number stands before the verb."""
    start = at - len(before)
    return any(start <= one[2] < at for one in cited) and not _OWN.search(before)


def _is_report(line: Line, number: str, start: int) -> bool:
    return "BC" in number_key(number) or bool(
        _REPORT.search(line.folded[max(0, start - 30) : start])
    )


def _sentence_before(folded: str, at: int) -> str:
    ends = [m.end() for m in _END.finditer(folded, 0, at)]
    return folded[ends[-1] if ends else 0 : at]


def _same(number: str, own: str | None) -> bool:
    return own is not None and number_key(number) == number_key(own)


def revision_findings(revision: Revision | None) -> list[Finding]:
    """What a person must say where the letter does not say it clearly."""
    if revision is None or revision.clear:
        return []
    which = f"báo cáo {revision.number}" if revision.number else "một báo cáo trước (không rõ số)"
    message = f"Văn bản có vẻ {_SAYS[revision.kind]} {which}; cần xác nhận."
    return [
        Finding(
            RuleCode.REVISION_UNCLEAR,
            Severity.WARNING,
            message,
            (revision.where,),
            value=revision.kind.value,
            other_value=revision.number,
        )
    ]


_SAYS = {
    RevisionKind.REPLACES: "thay thế",
    RevisionKind.SUPPLEMENTS: "bổ sung",
    RevisionKind.CORRECTS: "đính chính",
    RevisionKind.WITHDRAWS: "thu hồi",
}
