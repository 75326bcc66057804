"""What a campaign holds now, in memory: totals and findings of one changed cell without a full run.

The totals follow the views ``unit_whole`` and ``province_annex``; a test holds the two together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reconcile.campaign import judge_values
from reconcile.comparisons import Earlier, judge_copied, judge_one_per_unit, judge_years
from reconcile.judged import Submitted
from reconcile.rules import Values, judge_report, own_findings
from schemas.effective import EffectiveValue, ValueStatus
from schemas.finding import Finding, RuleCode
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.rule import Copied
from warehouse.findings import Raised

Key = tuple[str, str]
FIELD_OF = {
    RuleCode.ANNEX_DATE_DIFFERS: "header.issued_on",
    RuleCode.DATE_UNCERTAIN: "header.issued_on",
    RuleCode.ANNEX_NUMBER_DIFFERS: "header.number",
    RuleCode.NUMBER_UNCERTAIN: "header.number",
    RuleCode.HEADER_UNCERTAIN: "header.issuer",
    RuleCode.UNKNOWN_UNIT: "header.issuer_unit",
    RuleCode.UNKNOWN_NAME: "commended",
    RuleCode.REFERENCE_DIFFERS: "references",
    RuleCode.CITED_OTHERWISE: "header.number",
    RuleCode.REVISION_UNCLEAR: "header.revises",
    RuleCode.REVISED_REPORT_UNKNOWN: "header.revises",
}
"""The field a finding about no number asks to look at."""
_LIFTED = {RuleCode.NUMBER_UNCERTAIN: "header.number", RuleCode.DATE_UNCERTAIN: "header.issued_on"}
"""Doubts that a citation elsewhere can take away."""
_COUNTED = frozenset({"district", "direct"})


@dataclass(slots=True)
class Standing:
    """``values`` holds the current documents' values by document and cell; ``by_key`` the same by
    cell and document."""

    form: Form
    units: AdminUnits
    province: str
    documents: dict[str, Submitted] = field(default_factory=dict)
    values: dict[str, dict[Key, EffectiveValue]] = field(default_factory=dict)
    by_key: dict[Key, dict[str, EffectiveValue]] = field(default_factory=lambda: defaultdict(dict))
    by_unit: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_value: dict[tuple[Key, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    earlier: Earlier | None = None

    def put(self, document: Submitted, values: Iterable[EffectiveValue]) -> None:
        """Takes ``document`` and its values in place of what was held of it."""
        self.drop(document.sha256)
        self.documents[document.sha256] = document
        self.by_unit[document.unit_code or ""].add(document.sha256)
        held = {v.key: v for v in values}
        self.values[document.sha256] = held
        for key, value in held.items():
            self.by_key[key][document.sha256] = value
            if value.value is not None:
                self.by_value[(key, value.value)].add(document.sha256)

    def drop(self, sha256: str) -> None:
        """Forgets one document."""
        document = self.documents.pop(sha256, None)
        if document is not None:
            self.by_unit[document.unit_code or ""].discard(sha256)
        for key, value in self.values.pop(sha256, {}).items():
            self.by_key[key].pop(sha256, None)
            if value.value is not None:
                self.by_value[(key, value.value)].discard(sha256)

    def main_of(self, sha256: str) -> Submitted:
        """The report that counts for the document's unit, which the document may lie upon."""
        document = self.documents[sha256]
        if document.layer and document.unit_code:
            ours = (self.documents[s] for s in self.by_unit[document.unit_code])
            return next((d for d in ours if d.current), document)
        return document

    def wholes_of(self, indicator: str) -> list[str]:
        """Indicators that ``indicator`` is a part of."""
        return [i.code for i in self.form.indicators if indicator in i.parts]

    def affected(self, key: Key) -> list[Key]:
        """The cells whose totals a value of ``key`` moves: its own, then its wholes."""
        return [key, *((whole, key[1]) for whole in self.wholes_of(key[0]))]


Changes = Mapping[str, Mapping[Key, EffectiveValue]]
"""Values to look at in place of those held, by document and cell."""


def column(standing: Standing, key: Key, changes: Changes) -> dict[str, EffectiveValue]:
    """Every document's value of one cell, by document."""
    out = dict(standing.by_key.get(key, {}))
    for sha256, cells in changes.items():
        if key in cells:
            out[sha256] = cells[key]
    return out


def unit_numbers(standing: Standing, key: Key, changes: Changes) -> dict[str, int]:
    """What counts for each unit in one cell, a blank whole being the sum of its parts.

    The parts stand in only where some unit reported the whole itself.
    """
    own = _counted(standing, key, changes)
    parts = standing.form.indicator(key[0]).parts
    if not own or not parts:
        return own
    sums: dict[str, int] = defaultdict(int)
    for part in parts:
        for unit, number in _counted(standing, (part, key[1]), changes).items():
            sums[unit] += number
    return {**sums, **own}


def _counted(standing: Standing, key: Key, changes: Changes) -> dict[str, int]:
    """Of a unit's documents the one that lies on top states the value."""
    out: dict[str, tuple[int, int]] = {}
    for sha256, value in column(standing, key, changes).items():
        document = standing.documents.get(sha256)
        if document is None or document.channel not in _COUNTED:
            continue
        if not document.current and not document.layer:
            continue
        if value.status is not ValueStatus.REPORTED or value.value is None:
            continue
        unit, layer = document.unit_code or "", document.layer or 0
        if unit not in out or layer > out[unit][0]:
            out[unit] = (layer, value.value)
    return {unit: number for unit, (_, number) in out.items()}


def figures(standing: Standing, unit_code: str, changes: Changes) -> dict[Key, EffectiveValue]:
    """A unit's values as they count, those of what lies upon its report included."""
    ours = [standing.documents[s] for s in standing.by_unit.get(unit_code, ())]
    out: dict[Key, EffectiveValue] = {}
    for document in sorted(ours, key=lambda d: d.layer or 0):
        if document.current or document.layer:
            out |= standing.values.get(document.sha256, {})
            out |= changes.get(document.sha256, {})
    return out


def province_total(standing: Standing, key: Key, changes: Changes) -> int | None:
    """The province's figure of one cell; None where no unit reported it."""
    numbers = unit_numbers(standing, key, changes)
    return sum(numbers.values()) if numbers else None


def judged(standing: Standing, sha256: str, key: Key, changes: Changes) -> list[Raised]:
    """Every finding that the value of ``key`` in one document may have a part in."""
    document, main = standing.documents[sha256], standing.main_of(sha256)
    seen = {**standing.values.get(sha256, {}), **changes.get(sha256, {})}
    if document.unit_code and (main.current or main.layer):
        seen = figures(standing, document.unit_code, changes)
    out = judged_document(main, seen, standing.form, standing.units, standing.province)
    if main is not document:
        out += judged_document(document, {}, standing.form, standing.units, standing.province)
    out += _beside_others(standing, main, seen, changes)
    keys = standing.affected(key)
    values = [v for k in keys for v in column(standing, k, changes).values()]
    totals = {k: province_total(standing, k, changes) for k in keys}
    out += [
        Raised(j.finding, j.sha256, j.unit_code)
        for j in judge_values(list(standing.documents.values()), values, totals, standing.form)
    ]
    return out


def _beside_others(
    standing: Standing, main: Submitted, seen: dict[Key, EffectiveValue], changes: Changes
) -> list[Raised]:
    """One unit's figures beside those of the year before, of the registry, and of like units."""
    if not main.unit_code or not main.current or not main.channel:
        return []
    unit, form = main.unit_code, standing.form
    mine = {unit: (main, {k: v for k, v in seen.items() if v.value is not None})}
    found = [
        *judge_years(mine, standing.earlier, form),
        *judge_one_per_unit(mine, form, standing.units),
    ]
    for rule in form.rules_of(Copied):
        for other in _alike(standing, mine[unit][1], unit, rule):
            theirs = figures(standing, other, changes)
            held = next(
                (d for s in standing.by_unit[other] if (d := standing.documents[s]).current), None
            )
            if held is not None and held.channel:
                pair = {k: v for k, v in theirs.items() if v.value is not None}
                found += judge_copied({**mine, other: (held, pair)}, form)
    return [Raised(j.finding, j.sha256, j.unit_code) for j in found]


def _alike(
    standing: Standing, mine: Mapping[Key, EffectiveValue], unit: str, rule: Copied
) -> list[str]:
    """Units that share enough large figures with ``mine``: no other can be a copy."""
    same: Counter[str] = Counter()
    for key, value in mine.items():
        if value.value is None or value.value < rule.floor:
            continue
        for sha256 in standing.by_value.get((key, value.value), ()):
            same[standing.documents[sha256].unit_code or unit] += 1
    return [other for other, shared in same.items() if shared >= rule.cells and other != unit]


def judged_document(
    document: Submitted, values: Values, form: Form, units: AdminUnits, province: str
) -> list[Raised]:
    """Findings about one document alone, those of its reading included; none if it does not count."""
    upon = bool(document.layer)
    if not document.current and not upon and document.channel is not None:
        return []
    report = document.report
    own = [f for f in own_findings(report) if not _settled(f, values, document)]
    if upon:
        # Its figures are judged with the report it lies upon.
        return [Raised(f, document.sha256, document.unit_code) for f in own]
    found = (*own, *judge_report(report, form, units, values, province))
    return [Raised(f, document.sha256, document.unit_code) for f in found]


def _settled(finding: Finding, values: Values, document: Submitted) -> bool:
    """Whether a person, or a document that cites this one, has since settled what was doubted."""
    value = values.get((finding.indicator or "", finding.measure or ""))
    if value is not None and value.decided_by is not None:
        return True
    if FIELD_OF.get(finding.rule) in document.decided:
        return True
    return _LIFTED.get(finding.rule) in document.confirmed
