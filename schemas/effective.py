"""A value as it counts now: the last decision where a person made one, else the newest reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from schemas.document import NOWHERE, Anchor
from schemas.report import Origin


class ValueStatus(StrEnum):
    """SDMX's observation status, in the words reviewers use. Blank is never zero."""

    REPORTED = "reported"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class EffectiveValue:
    """One cell of one document. ``value`` is None unless ``status`` is REPORTED.

    ``unit_code`` is the reporting unit's; ``decided_by`` is None where no person decided.
    """

    document_sha256: str
    unit_code: str | None
    indicator: str
    measure: str
    value: int | None
    status: ValueStatus = ValueStatus.REPORTED
    raw: str = ""
    origin: Origin = Origin.ANNEX
    confidence: float = 1.0
    needs_review: bool = False
    where: Anchor = NOWHERE
    decided_by: str | None = None
    decided_at: dt.datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        return (self.indicator, self.measure)
