"""Administrative units with their dates: found by name, level and day, never by name alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class UnitLevel(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class AdminUnit:
    """One unit in one period of validity: ``valid_from`` inclusive, ``valid_to`` exclusive.

    ``code`` is the General Statistics Office's; codes are re-used with other names, so
    (code, valid_from) identifies. ``kind`` is the type word ("Huyện", "Thị xã", "Phường").
    """

    code: str
    name: str
    kind: str
    level: UnitLevel
    parent: str | None
    valid_from: dt.date
    valid_to: dt.date | None = None

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"

    def valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """``share`` of the old unit that went to the new one; None where it is not known."""

    from_code: str
    from_level: UnitLevel
    to_code: str
    to_level: UnitLevel
    effective_on: dt.date
    kind: str
    share: float | None = None
