"""What is judged of a campaign, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from schemas.finding import Finding
from schemas.report import Report


class Placed(Protocol):
    """Whose document it is, and whether it counts."""

    @property
    def sha256(self) -> str: ...
    @property
    def unit_name(self) -> str | None: ...
    @property
    def channel(self) -> str | None: ...
    @property
    def current(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Submitted:
    """One document of the campaign as judged."""

    sha256: str
    name: str
    unit_code: str | None
    unit_name: str | None
    channel: str | None
    current: bool
    superseded_by: str | None
    report: Report
    decided: frozenset[str] = frozenset()
    """Fields a person decided."""
    layer: int | None = None
    """More than 0: a supplement or correction that counts upon the unit's report."""
    confirmed: frozenset[str] = frozenset()
    """Doubtful fields that other documents confirm by citing this one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the document and unit it is about."""

    finding: Finding
    sha256: str | None = None
    unit_code: str | None = None
