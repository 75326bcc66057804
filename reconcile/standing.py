"""What a campaign holds now, in memory: totals and findings of one changed cell without a full run.

The totals follow the views ``unit_whole`` and ``province_annex``; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reconcile.campaign import judge_values
from reconcile.judged import Submitted
from reconcile.rules import Values, judge_report, own_findings
from schemas.effective import EffectiveValue, ValueStatus
from schemas.finding import Finding, RuleCode
from schemas.form import Form
from schemas.registry_index import AdminUnits
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
    RuleCode.REVISION_UNCLEAR: "header.revises",
    RuleCode.REVISED_REPORT_UNKNOWN: "header.revises",
}
"""The field a finding about no number asks to look at."""
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

    def put(self, document: Submitted, values: Iterable[EffectiveValue]) -> None:
        """Takes ``document`` and its values in place of what was held of it."""
        self.drop(document.sha256)
        self.documents[document.sha256] = document
        held = {v.key: v for v in values}
        self.values[document.sha256] = held
        for key, value in held.items():
            self.by_key[key][document.sha256] = value

    def drop(self, sha256: str) -> None:
        """Forgets one document."""
        self.documents.pop(sha256, None)
        for key in self.values.pop(sha256, {}):
            self.by_key[key].pop(sha256, None)

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
    out: dict[str, int] = defaultdict(int)
    for sha256, value in column(standing, key, changes).items():
        document = standing.documents.get(sha256)
        if document is None or not document.current or document.channel not in _COUNTED:
            continue
        if value.status is ValueStatus.REPORTED and value.value is not None:
            out[document.unit_code or ""] += value.value
    return dict(out)


def province_total(standing: Standing, key: Key, changes: Changes) -> int | None:
    """The province's figure of one cell; None where no unit reported it."""
    numbers = unit_numbers(standing, key, changes)
    return sum(numbers.values()) if numbers else None


def judged(standing: Standing, sha256: str, key: Key, changes: Changes) -> list[Raised]:
    """Every finding that the value of ``key`` in one document may have a part in."""
    document = standing.documents[sha256]
    out: list[Raised] = []
    seen = {**standing.values.get(sha256, {}), **changes.get(sha256, {})}
    out += judged_document(document, seen, standing.form, standing.units, standing.province)
    keys = standing.affected(key)
    values = [v for k in keys for v in column(standing, k, changes).values()]
    totals = {k: province_total(standing, k, changes) for k in keys}
    out += [
        Raised(j.finding, j.sha256, j.unit_code)
        for j in judge_values(list(standing.documents.values()), values, totals, standing.form)
    ]
    return out


def judged_document(
    document: Submitted, values: Values, form: Form, units: AdminUnits, province: str
) -> list[Raised]:
    """Findings about one document alone, those of its reading included; none if it does not count."""
    upon = bool(document.layer)
    if not document.current and not upon and document.channel is not None:
        return []
    report = document.report
    own = [f for f in own_findings(report) if not _settled(f, values, document.decided)]
    if upon:
        # Its figures are judged with the report it lies upon.
        return [Raised(f, document.sha256, document.unit_code) for f in own]
    found = (*own, *judge_report(report, form, units, values, province))
    return [Raised(f, document.sha256, document.unit_code) for f in found]


def _settled(finding: Finding, values: Values, decided: frozenset[str]) -> bool:
    """Whether a person has since read what the reading doubted."""
    value = values.get((finding.indicator or "", finding.measure or ""))
    if value is not None and value.decided_by is not None:
        return True
    return FIELD_OF.get(finding.rule) in decided
