"""What a reader left out or distrusted for safety, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.document import Anchor, Document, Table
from schemas.errors import (
    ExternalContentIgnored,
    HiddenCharacters,
    MacrosIgnored,
    PictureUnread,
    Precaution,
)
from schemas.finding import Finding, RuleCode, Severity

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
