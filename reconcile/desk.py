"""The desk: each campaign as it stands, what typing would change, and decisions judged at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import Enum
from functools import partial
from typing import Any

from reconcile.memory import Memory
from reconcile.neighbours import concerned, judged_units
from reconcile.preview import Preview, preview
from reconcile.risk import Item
from reconcile.run import reconcile_in
from reconcile.standing import Standing, judged
from reconcile.totals import Key
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.errors import UnknownCell
from schemas.fields import COUNTED
from schemas.finding import RuleCode
from schemas.registry_index import AdminUnits
from warehouse import decisions, findings, outlived, standing as stored
from warehouse.engine import Warehouse
from warehouse.findings import Change, Raised

Also = Callable[[Any], None]
"""What else is written in the transaction of a decision."""


class Desk:
    """Safe to share between threads; a second process keeps its own and sees this one's writes.

    Who writes takes the warehouse first and the campaign's memory then, never the other way round.
    """

    def __init__(self, warehouse: Warehouse, units: AdminUnits, province: str) -> None:
        self.warehouse = warehouse
        self._units = units
        self._province = province
        self._held: dict[str, Memory] = {}
        self._lock = threading.Lock()

    def _memory(self, campaign: str) -> Memory:
        with self._lock:
            if campaign not in self._held:
                self._held[campaign] = Memory(campaign, self._units, self._province)
            return self._held[campaign]

    @contextmanager
    def _looking(self, campaign: str) -> Iterator[Memory]:
        """The campaign's memory in step with the warehouse; nobody changes it meanwhile."""
        memory = self._memory(campaign)
        with self.warehouse.read() as connection, memory.lock:
            memory.refresh(connection)
            yield memory

    @contextmanager
    def standing(self, campaign: str) -> Iterator[Standing]:
        """The campaign as it stands now; nobody changes it meanwhile."""
        with self._looking(campaign) as memory:
            yield memory.standing

    def preview(
        self, campaign: str, sha256: str, key: Key, typed: str, chosen: ValueStatus | None = None
    ) -> Preview:
        """What ``typed`` would change; KeyError for a document or cell that is not there."""
        with self.standing(campaign) as standing:
            return preview(standing, sha256, key, typed, chosen)

    def findings(self, campaign: str, sha256: str) -> list[stored.OpenFinding]:
        """Open findings about one document."""
        with self._looking(campaign) as memory:
            return list(memory.findings.get(sha256, []))

    def all_findings(self, campaign: str) -> list[stored.OpenFinding]:
        """Open findings about every document."""
        with self._looking(campaign) as memory:
            return [one for several in memory.findings.values() for one in several]

    def items(self, campaign: str, sha256: str | None = None) -> list[Item]:
        """What a person should look at, the riskiest first; what was put off comes last."""
        with self._looking(campaign) as memory:
            return memory.queue() if sha256 is None else memory.items(sha256)

    def commit(
        self,
        campaign: str,
        decision: Decision,
        expected_base: str | None = None,
        *,
        address: str = "",
        also: Also | None = None,
    ) -> Change:
        """Posts ``decision`` and judges again what it can have changed, in one transaction.

        ``address`` is where it came from, for the audit log. Raises what ``decisions.post`` raises;
        then nothing has changed.
        """
        return self.commit_all(campaign, [decision], expected_base, address=address, also=also)

    def commit_all(
        self,
        campaign: str,
        made: Sequence[Decision],
        expected_base: str | None = None,
        *,
        address: str = "",
        also: Also | None = None,
    ) -> Change:
        """Several decisions in one transaction: all or none. ``expected_base`` is the first one's."""
        with self._deciding(campaign) as (connection, memory):
            bases = [expected_base, *(None for _ in made[1:])]
            posts = [
                partial(decisions.post, connection, one, expected_base=base, address=address)
                for one, base in zip(made, bases, strict=True)
            ]
            reach = {_reach(connection, one) for one in made}
            several = len({one.document_sha256 for one in made}) > 1
            if Reach.CAMPAIGN in reach or (several and Reach.UNITS in reach):
                change = self._judge_all(connection, campaign, posts)
            elif Reach.UNITS in reach:
                change = _judge_units(connection, memory, made, posts)
            else:
                change = _judge_each(connection, memory, made, posts)
            if also is not None:
                also(connection)
        return change

    @contextmanager
    def _deciding(self, campaign: str) -> Iterator[tuple[Any, Memory]]:
        """A transaction, and the memory in step with it. The memory is given free after the commit,
        so that nobody sees what is not yet written; what was read of a transaction that fails is
        taken back."""
        memory = self._memory(campaign)
        with ExitStack() as after, self.warehouse.write() as connection:
            after.enter_context(memory.lock)
            memory.refresh(connection)
            memory.mark()
            after.push(lambda kind, *_: memory.take_back() if kind else None)
            yield connection, memory

    def _judge_all(
        self, connection: Any, campaign: str, posts: Sequence[Callable[[], int]]
    ) -> Change:
        for post in posts:
            post()
        summary = reconcile_in(connection, form(campaign), self._units, self._province)
        return Change(summary.opened, summary.still_open, summary.gone)


def _judge_each(
    connection: Any,
    memory: Memory,
    made: Sequence[Decision],
    posts: Sequence[Callable[[], int]],
) -> Change:
    """Judges what each decision can have changed and nothing else."""
    out = Change(0, 0, 0)
    for decision, post in zip(made, posts, strict=True):
        sha256, key = decision.document_sha256, number_key_of(decision.subject)
        known = sha256 in memory.standing.documents
        before = judged(memory.standing, sha256, key, {}) if known else []
        before += _outlived(memory.findings.get(sha256, ()), key)
        post()
        memory.refresh(connection)
        after = judged(memory.standing, sha256, key, {})
        one = findings.amend(connection, memory.campaign, before, after)
        memory.refresh(connection)
        out = Change(out.opened + one.opened, out.still_open + one.still_open, out.gone + one.gone)
    return out


def _judge_units(
    connection: Any,
    memory: Memory,
    made: Sequence[Decision],
    posts: Sequence[Callable[[], int]],
) -> Change:
    """Judges the units the document counted for and counts for now, and nothing else."""
    sha256, standing = made[0].document_sha256, memory.standing
    trial = connection.begin_nested()
    for post in posts:
        post()
    then = stored.document(connection, sha256)
    trial.rollback()
    before = standing.documents.get(sha256) or then
    if before is None or then is None:
        raise UnknownCell(name=sha256[:12])
    whom = concerned(connection, standing, before, then)
    old = judged_units(connection, standing, whom)
    for post in posts:
        post()
    memory.refresh(connection)
    new = judged_units(connection, memory.standing, whom)
    change = findings.amend(connection, memory.campaign, old, new)
    memory.refresh(connection)
    return change


class Reach(Enum):
    """What a decision can change the judgement of."""

    DOCUMENT = "document"
    UNITS = "units"
    """The unit the document counted for and the one it counts for then, and who cites it."""
    CAMPAIGN = "campaign"


def _reach(connection: Any, decision: Decision) -> Reach:
    """A field may change which unit a report counts for, or how others' references are judged; and
    what is taken back, or decided of a field, may have settled what a later reading raised."""
    number = number_key_of(decision.subject) is not None
    if number and decision.action is not Action.UNDO:
        return Reach.DOCUMENT
    if not number and decision.subject in {"campaign", "references"}:
        return Reach.CAMPAIGN
    if not number and decision.subject in COUNTED:
        return Reach.UNITS
    beside = outlived.possible(connection, decision.document_sha256)
    return Reach.UNITS if beside else Reach.DOCUMENT


_OUTLIVED = frozenset(
    {RuleCode.READING_CHANGED, RuleCode.DECISION_WITHOUT_SOURCE, RuleCode.DECISION_CARRIED}
)


def _outlived(findings_of: Iterable[stored.OpenFinding], key: Key | None) -> list[Raised]:
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
