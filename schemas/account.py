"""Who may do what on the review site."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """``reviewer`` decides values (of own units, where set); ``approver`` approves what others
    decided; ``analyst`` reads and downloads; ``admin`` keeps users and rules, approves nothing."""

    REVIEWER = "reviewer"
    APPROVER = "approver"
    ANALYST = "analyst"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may log in. ``units`` empty: every unit."""

    id: int
    name: str
    display_name: str
    role: Role
    units: frozenset[str]
    active: bool
    subject: str | None
    changed_at: dt.datetime

    def may_touch(self, unit_code: str | None) -> bool:
        """Whether this person may decide anything about a unit's report."""
        return not self.units or (unit_code is not None and unit_code in self.units)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of what happened: who, what, about what, from where. ``detail`` is plain data."""

    id: int
    at: dt.datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, object]
    address: str
