"""Two readings of the same bytes, and what people decided about them: what got better or worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from schemas.fields import SUBJECTS, stated
from schemas.report import Report, Status
from schemas.report_json import to_json


class Outcome(StrEnum):
    """``DISAGREES``: with a decision of a person; ``WORSE``: something read before is read no more,
    or the file cannot be read; ``CHANGED``: nobody knows yet which reading is right."""

    SAME = "same"
    BETTER = "better"
    CHANGED = "changed"
    WORSE = "worse"
    DISAGREES = "disagrees"


@dataclass(slots=True)
class Difference:
    """Subjects by what became of them; ``changed`` and ``disagrees`` with old and new text."""

    learned: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    changed: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    disagrees: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    failed: bool = False
    readable: bool = False
    elsewhere: bool = False

    @property
    def outcome(self) -> Outcome:
        """The gravest of what differs."""
        if self.disagrees:
            return Outcome.DISAGREES
        if self.lost or self.failed:
            return Outcome.WORSE
        if self.changed:
            return Outcome.CHANGED
        if self.learned or self.found or self.readable:
            return Outcome.BETTER
        return Outcome.CHANGED if self.elsewhere else Outcome.SAME

    def as_json(self) -> dict[str, Any]:
        """What differs, empty kinds left out."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in told.items() if value}


def compare(before: Report, after: Report, decided: Mapping[str, str | None]) -> Difference:
    """What ``after`` says otherwise than ``before``; ``decided`` holds the decisions in force by
    subject, None where a kind of blank was decided."""
    out = Difference()
    was, now = before.status is Status.FAILED, after.status is Status.FAILED
    if now:
        out.failed = not was
        return out
    out.readable = was
    old, new = _texts(before), _texts(after)
    for subject in sorted(old.keys() | new.keys()):
        if old.get(subject) != new.get(subject):
            _sort(out, subject, old.get(subject), new.get(subject), decided)
    if out.outcome is Outcome.SAME:
        out.elsewhere = _body(before) != _body(after)
    return out


def _sort(
    out: Difference,
    subject: str,
    old: str | None,
    new: str | None,
    decided: Mapping[str, str | None],
) -> None:
    if subject in decided:
        if new == decided[subject]:
            out.learned.append(subject)
        elif new is None:
            out.lost.append(subject)
        else:
            out.disagrees.append((subject, decided[subject], new))
    elif old is None:
        out.found.append(subject)
    elif new is None:
        out.lost.append(subject)
    else:
        out.changed.append((subject, old, new))


def _texts(report: Report) -> dict[str, str]:
    numbers = {f"{o.indicator}.{o.measure}": str(o.value) for o in report.observations}
    fields = {name: text for name in SUBJECTS if (text := stated(report, name)) is not None}
    return numbers | fields


def _body(report: Report) -> dict[str, Any]:
    return {key: value for key, value in to_json(report).items() if key != "source"}
