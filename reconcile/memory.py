"""One campaign in memory, kept in step with the warehouse: only what changed is read again."""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reconcile.citations import CONFIRMING, doubted
from reconcile.comparisons import Earlier
from reconcile.judged import Submitted
from reconcile.risk import Item, Scales, items_of
from reconcile.run import earlier_figures, submitted
from reconcile.standing import Standing
from schemas.catalog import form
from schemas.effective import EffectiveValue
from schemas.registry_index import AdminUnits
from warehouse import findings, queries, standing as stored
from warehouse.standing import OpenFinding, Pulse

_KEPT = 64
"""Reports held with their text, the last ones used; the rest is fetched when it is asked for."""
_MANY = 500
"""So many changed documents, and reading the campaign anew is cheaper than one by one."""
Place = tuple[bool, float, str, str]
"""Where an item stands in the queue: what was put off last, the riskiest first."""


class Memory:
    """Not safe to share: whoever uses it holds ``lock``, and calls ``refresh`` first."""

    def __init__(self, campaign: str, units: AdminUnits, province: str) -> None:
        self.lock = threading.RLock()
        self.campaign = campaign
        self._rules = (form(campaign), units, province)
        self._connection: Any = None
        self._forget()

    def _forget(self) -> None:
        self.standing = Standing(*self._rules, self._submitted, self._earlier_of)
        self.findings: dict[str, list[OpenFinding]] = {}
        self._pulse: Pulse | None = None
        self._marked: Pulse | None = None
        self._since_mark: set[str] = set()
        self._doubted: set[str] = set()
        self._reports: OrderedDict[str, Submitted] = OrderedDict()
        self._earlier: dict[str, Earlier | None] = {}
        self._items: dict[str, list[Item]] = {}
        self._queue: list[tuple[Place, Item]] = []
        self._stale: set[str] = set()
        self._scales: Scales = {}

    def refresh(self, connection: Any) -> None:
        """Brings the memory in step with what ``connection`` sees."""
        self._connection = connection
        self._earlier.clear()
        pulse, before = stored.pulse(connection), self._pulse
        if pulse == before and not self._doubted:
            return
        changed = stored.changed_documents(connection, before) if before is not None else set()
        changed |= self._doubted
        if before is None or len(changed) > _MANY:
            self._forget()
            self._read_all(connection)
        else:
            about = stored.changed_findings(connection, self.campaign, before)
            self._reread(connection, changed)
            self._regroup(connection, about | self._doubted)
            self._since_mark |= {s for s in (*changed, *about) if s}
        self._doubted = set()
        self._pulse = pulse

    def mark(self) -> None:
        """What is read from now on may be taken back."""
        self._marked, self._since_mark = self._pulse, set()

    def take_back(self) -> None:
        """What was read since ``mark`` was never true: it is read again next time."""
        self._pulse = self._marked
        self._doubted |= self._since_mark

    def _read_all(self, connection: Any) -> None:
        values: dict[str, list[EffectiveValue]] = defaultdict(list)
        documents = queries.documents(connection, self.campaign)
        count = {d.sha256 for d in documents if d.layer is not None}
        for value in stored.all_values(connection, self.campaign):
            if value.document_sha256 in count:
                values[value.document_sha256].append(value)
        unsure = stored.all_unsure(connection, self.campaign)
        for document in documents:
            sha256 = document.sha256
            self.standing.put(document, values.pop(sha256, ()), unsure.get(sha256, frozenset()))
        self._stale.update(self.standing.documents)
        self._regroup(connection, None)

    def _reread(self, connection: Any, changed: Iterable[str]) -> None:
        """Documents, and those of the same units: what lies upon what may be another now."""
        known = self.standing.documents
        rows = {s: stored.document(connection, s) for s in changed}
        mine = {s: r for s, r in rows.items() if r is not None and r.campaign == self.campaign}
        units = {r.unit_code for r in mine.values()}
        units |= {known[s].unit_code for s in rows if s in known}
        others = stored.siblings(connection, self.campaign, {u for u in units if u}) - mine.keys()
        for sha256 in rows.keys() - mine.keys():
            self._stale.add(sha256)
            self.standing.drop(sha256)
        for sha256 in (*mine, *sorted(others)):
            row = mine.get(sha256) or stored.document(connection, sha256)
            assert row is not None
            self._put(connection, row)

    def _put(self, connection: Any, row: queries.DocumentRow) -> None:
        held = self.standing.values.get(row.sha256, {})
        values = stored.values_of(connection, row.sha256) if row.layer is not None else []
        self.standing.put(row, values, stored.unsure(connection, row.sha256))
        self._reports.pop(row.sha256, None)
        self._stale.add(row.sha256)
        for key in {v.key for v in values if held.get(v.key) != v} | held.keys():
            for one in self.standing.totals.affected(key):
                self._scales.pop(one, None)

    def _regroup(self, connection: Any, about: set[str | None] | None) -> None:
        """Findings of the documents ``about``, or all; None among them are the campaign's own."""
        if about == set():
            return
        grouped: dict[str, list[OpenFinding]] = defaultdict(list)
        for one in stored.open_findings(connection, self.campaign, about):
            grouped[one.sha256 or ""].append(one)
        those = self.findings.keys() | grouped.keys() if about is None else {s or "" for s in about}
        for sha256 in those:
            if self.findings.get(sha256, []) != grouped.get(sha256, []):
                self._stale.add(sha256)
            self.findings[sha256] = grouped.get(sha256, [])
        self._take_confirmed(connection, those)

    def _take_confirmed(self, connection: Any, those: Iterable[str]) -> None:
        """Which doubts citations lift was judged over all documents: here that judgement is read."""
        told = findings.standing_rules(connection, self.campaign, CONFIRMING)
        confirmed = self.standing.confirmed
        for sha256 in those:
            fields = frozenset(CONFIRMING[rule] for rule in told.get(sha256, ()))
            if fields != confirmed.get(sha256, frozenset()):
                confirmed[sha256] = fields
                self._reports.pop(sha256, None)
                self._stale.add(sha256)

    def items(self, sha256: str) -> list[Item]:
        """What is asked in one document, the riskiest first."""
        self._list()
        return sorted(self._items.get(sha256, ()), key=_place)

    def queue(self) -> list[Item]:
        """What is asked in all documents, in the order to look at it."""
        self._list()
        return [item for _, item in self._queue]

    def _list(self) -> None:
        """Makes the items of every document that changed since they were made."""
        if not self._stale:
            return
        again = [s for s in self._stale if s in self.standing.documents]
        marks = stored.marks(self._connection, again)
        new: list[tuple[Place, Item]] = []
        for sha256 in self._stale:
            for item in self._items.pop(sha256, ()):
                del self._queue[bisect_left(self._queue, (_place(item),))]
        for sha256 in again:
            found = self.findings.get(sha256, [])
            settled, deferred = marks.get(sha256, ({}, {}))
            made = items_of(self.standing, sha256, found, settled, deferred, self._scales)
            self._items[sha256] = made
            new += [(_place(item), item) for item in made]
        if len(new) < _MANY:
            for one in new:
                insort(self._queue, one)
        else:
            self._queue = sorted((*self._queue, *new), key=lambda one: one[0])
        self._stale.clear()

    def _submitted(self, sha256: str) -> Submitted:
        """A document with its report as people decided its fields; the last ones used are kept."""
        held = self._reports.get(sha256)
        if held is None:
            read = submitted(self._connection, self.standing.documents[sha256])
            fields = self.standing.confirmed.get(sha256, frozenset()) & doubted(read)
            held = self._reports[sha256] = replace(read, confirmed=fields)
        self._reports.move_to_end(sha256)
        while len(self._reports) > _KEPT:
            self._reports.popitem(last=False)
        return held

    def _earlier_of(self, unit_code: str) -> Earlier | None:
        if unit_code not in self._earlier:
            made = earlier_figures(self._connection, self.standing.form, unit_code)
            self._earlier[unit_code] = made
        return self._earlier[unit_code]


def _place(item: Item) -> Place:
    return (bool(item.deferred), -item.risk, item.sha256, item.subject)
