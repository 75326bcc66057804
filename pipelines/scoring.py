"""One report against its gold: what is right, what is wrong and said to be doubtful, what is silent."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from schemas.document import Reading
from schemas.finding import RuleCode
from schemas.report import Observation, Report
from schemas.report_json import to_json
from schemas.text import words

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""Lower edges of the reliability table's rows."""

_ALIKE = 98.0
_NUMBER = re.compile(r"\d+(?:[.\s]\d{3})*")
_TOLD_BY = {
    RuleCode.NUMBER_UNCERTAIN: ("header.number",),
    RuleCode.DATE_UNCERTAIN: ("header.issued_on",),
    RuleCode.UNKNOWN_UNIT: ("header.issuer", "header.issuer_unit", "header.issuer_level"),
    RuleCode.ANNEX_NUMBER_DIFFERS: ("header.number", "annex.number"),
    RuleCode.ANNEX_DATE_DIFFERS: ("header.issued_on", "annex.issued_on"),
}

_SHOWS = {RuleCode.UNCLAIMED_ROW, RuleCode.DUPLICATE_ROW, RuleCode.MISPLACED_VALUE}

Silent = tuple[str, str, Any, Any]
"""Document, key, what gold says, what was read; None where nothing is."""


@dataclass(slots=True)
class FieldScore:
    """``right`` letter for letter, ``alike`` but for case, marks and signs; ``of`` how many.

    ``silent`` counts the wrong ones that no finding and no mark tells of.
    """

    right: int = 0
    alike: int = 0
    of: int = 0
    silent: int = 0


@dataclass(slots=True)
class Bin:
    """One row of the reliability table."""

    right: int = 0
    of: int = 0
    confidence: float = 0.0


@dataclass(slots=True)
class Score:
    """Counts of one kind of document; ``silent`` lists observations, ``silent_fields`` the rest."""

    documents: int = 0
    failed: int = 0
    fields: dict[str, FieldScore] = field(default_factory=lambda: defaultdict(FieldScore))
    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    flagged: int = 0
    flagged_right: int = 0
    silent: list[Silent] = field(default_factory=list)
    silent_fields: list[Silent] = field(default_factory=list)
    different: list[Silent] = field(default_factory=list)
    bins: dict[int, Bin] = field(default_factory=lambda: defaultdict(Bin))

    @property
    def expected(self) -> int:
        """Observations that gold states."""
        return self.right + self.wrong + self.missed

    @property
    def values(self) -> int:
        """Observations that were read."""
        return self.right + self.wrong + self.invented


def kind_of(report: Report) -> str:
    """``docx``, ``pdf``, ``doc`` …, ``scan`` for what was read from pictures, ``mixed`` for both."""
    if report.reading is Reading.OCR:
        return "scan"
    if report.reading is Reading.MIXED:
        return "mixed"
    return Path(report.source.name).suffix.lower().lstrip(".") or "unnamed"


def score(kind: Score, name: str, gold: Mapping[str, Any], report: Report) -> None:
    """Adds one document to ``kind``, on the keys its ``gold`` states and no others."""
    said = to_json(report)
    paper = _Paper(kind, name, _told(report))
    kind.documents += 1
    kind.failed += report.error is not None
    for key, expected in gold.items():
        if key == "observations":
            _observations(kind, name, expected, report)
        elif key == "findings":
            raised = {f.rule.value for f in report.findings}
            for rule in expected:
                paper.count(f"finding.{rule}", rule, rule if rule in raised else None)
        else:
            paper.fields(key, expected, said.get(key))


def _told(report: Report) -> set[str]:
    """Fields that a finding says to be doubtful; ``*`` where the report failed as a whole."""
    told = {finding.field for finding in report.findings if finding.field}
    for finding in report.findings:
        told.update(_TOLD_BY.get(finding.rule, ()))
    return told | ({"*"} if report.error else set())


@dataclass(frozen=True, slots=True)
class _Paper:
    kind: Score
    name: str
    told: set[str]

    def fields(self, key: str, expected: Any, got: Any) -> None:
        """Scores ``expected`` and what lies in it."""
        if isinstance(expected, Mapping):
            inside = got if isinstance(got, Mapping) else {}
            for inner, value in expected.items():
                self.fields(f"{key}.{inner}", value, inside.get(inner))
        elif isinstance(expected, list) and any(isinstance(e, Mapping) for e in expected):
            self._items(key, expected, got or [])
        else:
            self.count(key, expected, got)

    def _items(self, key: str, expected: Sequence[Any], got: Sequence[Any]) -> None:
        """A list of records: as a whole, and record by record in any order."""
        left = list(got)
        for want in expected:
            match = next((g for g in left if _holds(g, want)), None)
            if match is not None:
                left.remove(match)
            self.count(f"{key}[]", want, want if match is not None else None, key)
        for extra in left:
            self.count(f"{key}[]", None, extra, key)
        whole = len(got) == len(expected) and all(map(_holds, got, expected))
        shown = expected if whole else [_trimmed(g, expected) for g in got]
        self.count(key, expected, shown)

    def count(self, key: str, expected: Any, got: Any, field_name: str = "") -> None:
        """One comparison."""
        line = self.kind.fields[key]
        line.of += 1
        line.right += expected == got
        line.alike += _alike(expected, got)
        if expected == got:
            return
        one = (self.name, key, expected, got)
        self.kind.different.append(one)
        if not self._is_told(field_name or key):
            line.silent += 1
            self.kind.silent_fields.append(one)

    def _is_told(self, key: str) -> bool:
        return "*" in self.told or any(
            key == one or key.startswith(f"{one}.") or one.startswith(f"{key}.")
            for one in self.told
        )


def _holds(got: Any, want: Any) -> bool:
    """Whether a record says all that gold's does; what gold leaves out is not compared."""
    if not isinstance(want, Mapping) or not isinstance(got, Mapping):
        return bool(got == want)
    return all(got.get(k) == v for k, v in want.items())


def _trimmed(got: Any, expected: Sequence[Any]) -> Any:
    keys = {k for want in expected if isinstance(want, Mapping) for k in want}
    return {k: v for k, v in got.items() if k in keys} if isinstance(got, Mapping) else got


def _alike(expected: Any, got: Any) -> bool:
    if isinstance(expected, str) and isinstance(got, str):
        one, other = words(expected), words(got)
        return one == other or (len(one) > 40 and fuzz.ratio(one, other) >= _ALIKE)
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(_alike, expected, got))
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        return all(_alike(v, got.get(k)) for k, v in expected.items())
    return bool(expected == got)


def _observations(
    kind: Score, name: str, expected: Mapping[str, int | None], report: Report
) -> None:
    wanted = {k: v for k, v in expected.items() if v is not None}
    got = {f"{o.indicator}.{o.measure}": o for o in report.observations}
    told = {f"{f.indicator}.{f.measure}" for f in report.findings if f.indicator}
    shown = _shown(report)
    loud = report.error is not None or any(
        f.rule in {RuleCode.UNCLAIMED_COLUMN, RuleCode.UNCLAIMED_TABLE, RuleCode.NOTHING_REPORTED}
        for f in report.findings
    )
    for key in sorted(wanted.keys() | got.keys()):
        one, want = got.get(key), wanted.get(key)
        right = one is not None and one.value == want
        _weigh(kind, one, right)
        kind.right += right
        kind.wrong += one is not None and want is not None and not right
        kind.missed += one is None
        kind.invented += want is None
        if right:
            continue
        error = (name, key, want, one.value if one else None)
        kind.different.append(error)
        heard = one.needs_review if one else (key in told or want in shown or loud)
        if not heard:
            kind.silent.append(error)


def _weigh(kind: Score, one: Observation | None, right: bool) -> None:
    if one is None:
        return
    kind.flagged += one.needs_review
    kind.flagged_right += one.needs_review and right
    row = kind.bins[bisect_right(BINS, one.confidence) - 1]
    row.of += 1
    row.right += right
    row.confidence += one.confidence


def _shown(report: Report) -> set[int]:
    """Numbers that findings about rows nobody claimed, or two did, put before the reader.

    Such a finding tells of its own row only: the loss of another row stays silent.
    """
    texts = (f"{f.message} {f.value or ''}" for f in report.findings if f.rule in _SHOWS)
    return {int(re.sub(r"\D", "", n)) for t in texts for n in _NUMBER.findall(t)}
