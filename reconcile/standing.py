"""What a campaign holds now, in memory: totals and findings of one changed cell without a full run.

The totals follow the views ``unit_whole`` and ``province_annex``; a test holds the two together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field

from reconcile.asked import field_of
from reconcile.campaign import judge_values
from reconcile.comparisons import Earlier, alike, judge_copied, judge_one_per_unit, judge_years
from reconcile.judged import Submitted
from reconcile.rules import Values, judge_report, own_findings
from reconcile.totals import Key, Totals
from schemas.effective import EffectiveValue, ValueStatus
from schemas.finding import Finding, RuleCode
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.rule import Copied
from warehouse.findings import Raised
from warehouse.queries import DocumentRow

_LIFTED = {RuleCode.NUMBER_UNCERTAIN: "header.number", RuleCode.DATE_UNCERTAIN: "header.issued_on"}
"""Doubts that a citation elsewhere can take away."""
COUNTED = frozenset({"district", "direct"})
"""Channels whose reports are summed."""


@dataclass(slots=True)
class Standing:
    """``values`` holds of each document that counts what it says itself, by cell.

    ``unsure`` names fields whose reading is in doubt, ``confirmed`` those that citations take the
    doubt from. ``submitted`` and ``earlier`` fetch a document
    with its report, and a unit's figures of the year before: neither is held for all.
    """

    form: Form
    units: AdminUnits
    province: str
    submitted: Callable[[str], Submitted]
    earlier: Callable[[str], Earlier | None] = field(default=lambda _: None)
    documents: dict[str, DocumentRow] = field(default_factory=dict)
    values: dict[str, dict[Key, EffectiveValue]] = field(default_factory=dict)
    unsure: dict[str, frozenset[str]] = field(default_factory=dict)
    confirmed: dict[str, frozenset[str]] = field(default_factory=dict)
    by_unit: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_channel: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_value: dict[tuple[Key, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    totals: Totals = field(init=False)

    def __post_init__(self) -> None:
        self.totals = Totals(self.form)

    def put(
        self,
        document: DocumentRow,
        values: Iterable[EffectiveValue],
        unsure: frozenset[str] = frozenset(),
    ) -> None:
        """Takes ``document`` and its values in place of what was held of it."""
        sha256 = document.sha256
        before = self._forget(sha256)
        self.documents[sha256] = document
        if unsure:
            self.unsure[sha256] = unsure
        self.by_channel[document.channel or ""].add(sha256)
        self.by_unit[document.unit_code or ""].add(sha256)
        if document.layer is not None:
            self.values[sha256] = {v.key: v for v in values}
            for key, value in self.values[sha256].items():
                if value.value is not None:
                    self.by_value[(key, value.value)].add(sha256)
        if before is not None and before.unit_code != document.unit_code:
            self._count(before.unit_code)
        self._count(document.unit_code)

    def drop(self, sha256: str) -> None:
        """Forgets one document."""
        document = self._forget(sha256)
        if document is not None:
            self._count(document.unit_code)

    def _forget(self, sha256: str) -> DocumentRow | None:
        document = self.documents.pop(sha256, None)
        if document is None:
            return None
        self.by_unit[document.unit_code or ""].discard(sha256)
        self.by_channel[document.channel or ""].discard(sha256)
        self.unsure.pop(sha256, None)
        for key, value in self.values.pop(sha256, {}).items():
            if value.value is not None:
                self._forget_value((key, value.value), sha256)
        return document

    def _forget_value(self, known: tuple[Key, int], sha256: str) -> None:
        self.by_value[known].discard(sha256)
        if not self.by_value[known]:
            del self.by_value[known]

    def _count(self, unit_code: str | None) -> None:
        if unit_code:
            self.totals.put(unit_code, numbers(self, unit_code, {}))

    def counting(self, unit_code: str) -> list[DocumentRow]:
        """The documents of a unit that count, each upon the one before."""
        ours = (self.documents[s] for s in self.by_unit.get(unit_code, ()))
        return sorted((d for d in ours if d.layer is not None), key=lambda d: d.layer or 0)

    def main_of(self, sha256: str) -> DocumentRow:
        """The report that counts for the document's unit, which the document may lie upon."""
        document = self.documents[sha256]
        if document.layer and document.unit_code:
            return next((d for d in self.counting(document.unit_code) if d.current), document)
        return document


Changes = Mapping[str, Mapping[Key, EffectiveValue]]
"""Values to look at in place of those held, by document and cell."""


def numbers(standing: Standing, unit_code: str, changes: Changes) -> dict[Key, int]:
    """What a unit's documents count for in the province's sums: of each cell the topmost figure."""
    out: dict[Key, int] = {}
    for document in standing.counting(unit_code):
        if document.channel in COUNTED:
            for key, value in _said(standing, document.sha256, changes).items():
                if value.status is ValueStatus.REPORTED and value.value is not None:
                    out[key] = value.value
    return out


def figures(
    standing: Standing, unit_code: str, changes: Changes, keys: AbstractSet[Key] | None = None
) -> dict[Key, EffectiveValue]:
    """A unit's values as they count, of ``keys`` or of all cells: of each the topmost that is
    stated, else the lowest."""
    out: dict[Key, EffectiveValue] = {}
    for document in standing.counting(unit_code):
        said = _said(standing, document.sha256, changes)
        for key in said if keys is None else keys & said.keys():
            if key not in out or said[key].status is ValueStatus.REPORTED:
                out[key] = said[key]
    return out


def _said(standing: Standing, sha256: str, changes: Changes) -> Mapping[Key, EffectiveValue]:
    held = standing.values.get(sha256, {})
    return {**held, **changes[sha256]} if sha256 in changes else held


def province_total(standing: Standing, key: Key, changes: Changes) -> int | None:
    """The province's figure of one cell; None where no unit reported it. ``changes`` are of
    documents of one unit."""
    if not changes:
        return standing.totals.province(key)
    unit = standing.documents[next(iter(changes))].unit_code or ""
    return standing.totals.province(key, unit, numbers(standing, unit, changes))


def judged(standing: Standing, sha256: str, key: Key | None, changes: Changes) -> list[Raised]:
    """Every finding that the value of ``key`` in one document may have a part in; without a key
    those about the document alone."""
    document, main = standing.documents[sha256], standing.main_of(sha256)
    counts = document.unit_code and document.layer is not None
    seen = figures(standing, document.unit_code or "", changes) if counts else {}
    rules = (standing.form, standing.units, standing.province)
    whole = standing.submitted(main.sha256)
    out = judged_document(whole, seen, *rules)
    if main is not document:
        own = {k: v for k, v in seen.items() if v.document_sha256 == sha256}
        out += judged_document(standing.submitted(sha256), own, *rules)
    if key is None:
        return out
    return [
        *out,
        *beside_others(standing, whole, seen, changes),
        *across(standing, standing.totals.affected(key), changes),
    ]


def across(standing: Standing, keys: Sequence[Key], changes: Changes) -> list[Raised]:
    """What shows of the cells ``keys`` where all reports lie side by side.

    Where the province reported itself every unit may be named, else only districts are compared.
    """
    channels = ["province", "district"]
    if any(standing.documents[s].current for s in standing.by_channel["province"]):
        channels.append("direct")
    documents = [standing.documents[s] for c in channels for s in standing.by_channel[c]]
    units = sorted({d.unit_code for d in documents if d.unit_code})
    values = [v for u in units for v in figures(standing, u, changes, set(keys)).values()]
    totals = {k: province_total(standing, k, changes) for k in keys}
    found = judge_values(documents, values, totals, standing.form)
    return [Raised(j.finding, j.sha256, j.unit_code) for j in found]


def beside_others(
    standing: Standing, main: Submitted, seen: dict[Key, EffectiveValue], changes: Changes
) -> list[Raised]:
    """One unit's figures beside those of the year before, of the registry, and of like units."""
    if not main.unit_code or not main.current or not main.channel:
        return []
    unit, form = main.unit_code, standing.form
    mine = {unit: (main, {k: v for k, v in seen.items() if v.value is not None})}
    found = [
        *judge_years(mine, standing.earlier(unit), form),
        *judge_one_per_unit(mine, form, standing.units),
    ]
    for rule in form.rules_of(Copied):
        for other in _alike(standing, mine[unit][1], unit, rule):
            theirs = figures(standing, other, changes)
            pair = {k: v for k, v in theirs.items() if v.value is not None}
            held = next((d for d in standing.counting(other) if d.current and d.channel), None)
            if held is not None and alike(rule, mine[unit][1], pair)[0]:
                whole = standing.submitted(held.sha256)
                found += judge_copied({**mine, other: (whole, pair)}, form)
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
    if finding.rule is RuleCode.NOTHING_REPORTED:
        # The annex has come as another file, or a person has typed what stands in it.
        return any(value.value is not None for value in values.values())
    value = values.get((finding.indicator or "", finding.measure or ""))
    if value is not None and value.decided_by is not None:
        return True
    if field_of(finding) in document.decided:
        return True
    return _LIFTED.get(finding.rule) in document.confirmed
