"""What a reader left out or distrusted for safety, and a report without figures, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.document import Anchor, Document, Table
from schemas.errors import (
    ExternalContentIgnored,
    HiddenCharacters,
    MacrosIgnored,
    PictureUnread,
    Precaution,
)
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Observation, Report, RevisionKind

_SEVERITY: dict[type[Precaution], Severity] = {
    MacrosIgnored: Severity.INFO,
    ExternalContentIgnored: Severity.WARNING,
    HiddenCharacters: Severity.WARNING,
    PictureUnread: Severity.ERROR,
}


def precaution_findings(document: Document) -> Iterator[Finding]:
    """One finding for each kind of precaution taken; ``where`` lists the places."""
    whole = {doubt.code: doubt.detail for doubt in document.doubts}
    for kind, severity in _SEVERITY.items():
        places = tuple(_places(document, kind.code))
        if places or kind.code in whole:
            message = kind(detail=whole.get(kind.code, "")).message
            yield Finding(RuleCode(kind.code), severity, message, places)


def _places(document: Document, code: str) -> Iterator[Anchor]:
    for block in document.blocks:
        for one in block.cells if isinstance(block, Table) else (block,):
            if any(doubt.code == code for doubt in one.doubts):
                yield one.anchor


def nothing_reported(base: Report, observations: Sequence[Observation]) -> list[Finding]:
    """That a report holds no figure; one that only withdraws another has none."""
    if observations or (base.revises and base.revises.kind is RevisionKind.WITHDRAWS):
        return []
    message = "Không tìm thấy số liệu nào trong văn bản."
    return [Finding(RuleCode.NOTHING_REPORTED, Severity.ERROR, message)]
