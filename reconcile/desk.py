"""The desk's memory: each campaign as it stands, kept in step with the warehouse, judged on change."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from reconcile.citations import CONFIRMING, doubted
from reconcile.judged import Submitted
from reconcile.preview import Preview, preview
from reconcile.risk import Item, Scales, items_of
from reconcile.run import earlier_figures, reconcile
from reconcile.standing import Key, Standing, judged
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.finding import RuleCode
from schemas.registry_index import AdminUnits
from warehouse import decided, decisions, findings, queries, standing as stored
from warehouse.engine import Warehouse
from warehouse.findings import Change, Raised


@dataclass(slots=True)
class _Held:
    standing: Standing
    pulse: object = None
    findings_pulse: object = None
    stamps: dict[str, Any] = field(default_factory=dict)
    findings: dict[str, list[stored.OpenFinding]] = field(default_factory=dict)
    items: dict[str, list[Item]] = field(default_factory=dict)
    scales: Scales = field(default_factory=dict)
    looked_at: float = 0.0


class Desk:
    """Safe to share between threads; a second process keeps its own and sees this one's writes."""

    def __init__(
        self, warehouse: Warehouse, units: AdminUnits, province: str, fresh_for: float = 0.25
    ) -> None:
        """For so many seconds reading trusts the memory; committing always looks first."""
        self.warehouse = warehouse
        self._fresh_for = fresh_for
        self._units = units
        self._province = province
        self._held: dict[str, _Held] = {}
        self._lock = threading.RLock()

    @contextmanager
    def standing(self, campaign: str) -> Iterator[Standing]:
        """The campaign as it stands now; nobody changes it meanwhile."""
        with self._lock, self.warehouse.read() as connection:
            yield self._fresh(connection, campaign).standing

    def look(self, campaign: str) -> None:
        """Looks at the warehouse now, after something was written past this desk."""
        with self._lock, self.warehouse.read() as connection:
            self._fresh(connection, campaign, reading=False)

    def preview(
        self, campaign: str, sha256: str, key: Key, typed: str, chosen: ValueStatus | None = None
    ) -> Preview:
        """What ``typed`` would change; KeyError for a cell that is not there."""
        with self.standing(campaign) as standing:
            return preview(standing, sha256, key, typed, chosen)

    def findings(self, campaign: str, sha256: str) -> list[stored.OpenFinding]:
        """Open findings about one document."""
        with self._lock, self.warehouse.read() as connection:
            return list(self._fresh(connection, campaign).findings.get(sha256, []))

    def items(self, campaign: str, sha256: str | None = None) -> list[Item]:
        """What a person should look at, the riskiest first; what was put off comes last."""
        with self._lock, self.warehouse.read() as connection:
            held = self._fresh(connection, campaign)
            self._list(connection, held)
            chosen = held.items.values() if sha256 is None else [held.items.get(sha256, [])]
            found = [item for some in chosen for item in some]
        return sorted(found, key=lambda i: (bool(i.deferred), -i.risk, i.sha256, i.subject))

    def commit(self, campaign: str, decision: Decision, expected_base: str | None = None) -> Change:
        """Posts ``decision`` and judges again what it can have changed, in one transaction.

        Raises what ``decisions.post`` raises; then nothing has changed.
        """
        key = number_key_of(decision.subject)
        if key is None or decision.action is Action.UNDO:
            return self._commit_and_judge_all(campaign, decision, expected_base)
        with self._lock, self.warehouse.write() as connection:
            held = self._fresh(connection, campaign, reading=False)
            sha256 = decision.document_sha256
            known = sha256 in held.standing.documents
            before = judged(held.standing, sha256, key, {}) if known else []
            before += _outlived(held.findings.get(sha256, ()), key)
            decisions.post(connection, decision, expected_base=expected_base)
            try:
                self._reread_one(connection, campaign, held, sha256)
                for one in held.standing.affected(key):
                    held.scales.pop(one, None)
                after = judged(held.standing, sha256, key, {})
                change = findings.amend(connection, campaign, before, after)
                about = {r.sha256 for r in (*before, *after)}
                self._reread_findings(connection, campaign, held, about)
            except BaseException:
                # What was read inside a transaction that fails was never true.
                self._held.pop(campaign, None)
                raise
        return change

    def _commit_and_judge_all(
        self, campaign: str, decision: Decision, expected_base: str | None
    ) -> Change:
        """A field may change which unit a report counts for, and what is taken back may have settled
        a later reading: the whole campaign is judged again."""
        with self.warehouse.write() as connection:
            decisions.post(connection, decision, expected_base=expected_base)
        summary = reconcile(self.warehouse, form(campaign), self._units, self._province)
        self.look(campaign)
        return Change(summary.opened, summary.still_open, summary.gone)

    def _fresh(self, connection: Any, campaign: str, *, reading: bool = True) -> _Held:
        held = self._held.get(campaign)
        if held is None:
            held = _Held(Standing(form(campaign), self._units, self._province))
            self._held[campaign] = held
        elif reading and time.monotonic() - held.looked_at < self._fresh_for:
            return held
        held.looked_at = time.monotonic()
        pulse = stored.pulse(connection)
        seen = stored.findings_pulse(connection, campaign)
        changed = pulse != held.pulse or seen != held.findings_pulse
        if pulse != held.pulse:
            self._reread(connection, campaign, held)
            held.pulse = pulse
        if seen != held.findings_pulse:
            self._reread_findings(connection, campaign, held)
        if changed:
            _take_confirmed(connection, campaign, held)
        return held

    def _reread_one(self, connection: Any, campaign: str, held: _Held, sha256: str) -> None:
        stamp = stored.stamps(connection, campaign, sha256)[sha256]
        document, values = _document(connection, stamp[0])
        known = held.standing.documents.get(sha256)
        confirmed = known.confirmed - document.decided if known is not None else frozenset()
        held.standing.put(replace(document, confirmed=confirmed), values)
        held.items.pop(sha256, None)
        held.stamps[sha256] = stamp
        held.pulse = stored.pulse(connection)

    def _reread(self, connection: Any, campaign: str, held: _Held) -> None:
        stamps = stored.stamps(connection, campaign)
        for sha256 in held.stamps.keys() - stamps.keys():
            held.standing.drop(sha256)
            held.items.pop(sha256, None)
        for sha256, stamp in stamps.items():
            if held.stamps.get(sha256) != stamp:
                held.standing.put(*_document(connection, stamp[0]))
                held.items.pop(sha256, None)
        if len(held.stamps) != len(stamps):
            held.standing.earlier = earlier_figures(connection, held.standing.form)
        held.stamps = stamps
        held.scales.clear()

    def _reread_findings(
        self, connection: Any, campaign: str, held: _Held, about: set[str | None] | None = None
    ) -> None:
        """Findings of the documents ``about``, or all."""
        grouped: dict[str, list[stored.OpenFinding]] = defaultdict(list)
        for one in stored.open_findings(connection, campaign, about):
            grouped[one.sha256 or ""].append(one)
        those = held.findings.keys() | grouped.keys() if about is None else {s or "" for s in about}
        for sha256 in those:
            if held.findings.get(sha256) != grouped.get(sha256):
                held.items.pop(sha256, None)
            held.findings[sha256] = grouped.get(sha256, [])
        held.findings_pulse = stored.findings_pulse(connection, campaign)

    def _list(self, connection: Any, held: _Held) -> None:
        """Makes the items of every document that changed since they were made."""
        missing = [s for s in held.standing.documents if s not in held.items]
        if not missing:
            return
        marks = stored.marks(connection, missing)
        for sha256 in missing:
            settled, deferred = marks.get(sha256, ({}, {}))
            held.items[sha256] = items_of(
                held.standing, sha256, held.findings.get(sha256, []), settled, deferred, held.scales
            )


def _take_confirmed(connection: Any, campaign: str, held: _Held) -> None:
    """Which doubts citations lift was judged over all documents: here that judgement is read."""
    told = findings.standing_rules(connection, campaign, CONFIRMING)
    for sha256, document in held.standing.documents.items():
        fields = frozenset(CONFIRMING[rule] for rule in told.get(sha256, ())) & doubted(document)
        if fields != document.confirmed:
            held.standing.documents[sha256] = replace(document, confirmed=fields)
            held.items.pop(sha256, None)


_OUTLIVED = frozenset(
    {RuleCode.READING_CHANGED, RuleCode.DECISION_WITHOUT_SOURCE, RuleCode.DECISION_CARRIED}
)


def _outlived(findings_of: Iterable[stored.OpenFinding], key: Key) -> list[Raised]:
    """Findings that an older decision about the cell raised: a new decision settles them."""
    return [
        Raised(f.finding, f.sha256, f.unit_code)
        for f in findings_of
        if f.finding.rule in _OUTLIVED and (f.finding.indicator, f.finding.measure) == key
    ]


def number_key_of(subject: str) -> Key | None:
    """Indicator and measure of a number's subject; None for a field."""
    indicator, _, measure = subject.rpartition(".")
    return (indicator, measure) if measure in {"count", "people"} else None


def _document(connection: Any, row: queries.DocumentRow) -> tuple[Submitted, list[Any]]:
    document = Submitted(
        row.sha256,
        row.name,
        row.unit_code,
        row.unit_name,
        row.channel,
        row.current,
        row.superseded_by,
        # Its figures are held as values; a second copy would only cost memory.
        replace(queries.stated_report(connection, row.sha256), observations=()),
        frozenset(decided.fields(connection, row.sha256)),
        row.layer,
    )
    return document, stored.values_of(connection, row.sha256)
