"""What one check says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """WARNING: works, but not for long or not for everything."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``mend`` says what to do where it is not well."""

    name: str
    grade: Grade
    found: str
    mend: str = ""


def well(name: str, found: str) -> Check:
    return Check(name, Grade.OK, found)


def warned(name: str, found: str, mend: str) -> Check:
    return Check(name, Grade.WARNING, found, mend)


def wrong(name: str, found: str, mend: str) -> Check:
    return Check(name, Grade.ERROR, found, mend)
