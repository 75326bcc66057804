"""What the desk holds in memory of a campaign, read in pieces: only what changed is read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from schemas.effective import EffectiveValue
from schemas.finding import Finding, RuleCode, Severity
from schemas.report_json import anchor_from
from warehouse import queries, tables as t
from warehouse.decided import in_force, taken_back


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding that is neither gone nor accepted, with its identity."""

    fingerprint: str
    sha256: str | None
    unit_code: str | None
    opened_at: Any
    finding: Finding


@dataclass(frozen=True, slots=True)
class Pulse:
    """The last lines of the logs that are written with every change: alike, nothing changed."""

    states: int
    decisions: int
    events: int


def pulse(connection: Connection) -> Pulse:
    """Where the logs of documents, decisions and findings end now; three looks at their keys."""
    logs = (t.document_state, t.decision, t.finding_event)
    ends = (func.coalesce(func.max(log.c.id), 0) for log in logs)
    return Pulse(*connection.execute(select(*(select(e).scalar_subquery() for e in ends))).one())


def changed_documents(connection: Connection, since: Pulse) -> set[str]:
    """Documents, of any campaign, that were read, settled or decided about ``since``."""
    s, k = t.document_state.c, t.decision.c
    read = select(s.sha256).where(s.id > since.states)
    made = select(k.sha256).where(k.id > since.decisions)
    return set(connection.execute(read.union(made)).scalars())


def changed_findings(connection: Connection, campaign: str, since: Pulse) -> set[str | None]:
    """The documents of ``campaign`` about which a finding opened, changed or closed ``since``."""
    f, e = t.finding.c, t.finding_event.c
    query = select(f.sha256).join(t.finding_event, e.fingerprint == f.fingerprint)
    return set(
        connection.execute(query.where(e.id > since.events, f.campaign == campaign)).scalars()
    )


def siblings(connection: Connection, campaign: str, units: Iterable[str]) -> set[str]:
    """Every document of some units."""
    d = t.document.c
    query = select(d.sha256).where(d.campaign == campaign, d.unit_code.in_(sorted(units)))
    return set(connection.execute(query).scalars())


def document(connection: Connection, sha256: str) -> queries.DocumentRow | None:
    """One document; None for one the warehouse does not hold."""
    d = t.document.c
    columns = [d[name] for name in queries.DocumentRow.__dataclass_fields__]
    row = connection.execute(select(*columns).where(d.sha256 == sha256)).first()
    return queries.DocumentRow(*row) if row is not None else None


def values_of(connection: Connection, sha256: str) -> list[EffectiveValue]:
    """Every value of one document as it stands, also of those that another lies upon."""
    # One document at a time: the view is read by its key, never as a whole.
    by_key = text("select * from effective_value where sha256 = :s")
    rows = connection.execute(by_key, {"s": sha256})
    return [queries.value_of_row(row._mapping) for row in rows]


def all_values(connection: Connection, campaign: str) -> Iterator[EffectiveValue]:
    """The same of every document of ``campaign``, one after another."""
    of_all = text("select * from effective_value where campaign = :c")
    for row in connection.execute(of_all, {"c": campaign}, execution_options={"yield_per": 1000}):
        yield queries.value_of_row(row._mapping)


def all_unsure(connection: Connection, campaign: str) -> dict[str, frozenset[str]]:
    """By document the fields whose reading is in doubt; documents without any are left out."""
    d, e = t.document.c, t.extraction.c
    query = select(d.sha256, e.report).join(t.extraction, d.extraction_id == e.id)
    few = {"yield_per": 100}
    rows = connection.execute(query.where(d.campaign == campaign), execution_options=few)
    found = {row.sha256: _doubted(row.report) for row in rows}
    return {sha256: fields for sha256, fields in found.items() if fields}


def unsure(connection: Connection, sha256: str) -> frozenset[str]:
    """The fields of one document whose reading is in doubt."""
    d, e = t.document.c, t.extraction.c
    query = select(e.report).join(t.document, d.extraction_id == e.id).where(d.sha256 == sha256)
    return _doubted(connection.execute(query).scalar_one())


def _doubted(report: str) -> frozenset[str]:
    located = json.loads(report).get("located", ())
    return frozenset(x["field"] for x in located if x["needs_review"])


def open_findings(
    connection: Connection, campaign: str, about: Iterable[str | None] | None = None
) -> list[OpenFinding]:
    """Every open finding of ``campaign``, or of the documents ``about``."""
    f = t.finding.c
    query = select(t.finding).where(
        f.campaign == campaign, f.gone_at.is_(None), f.accepted_by.is_(None)
    )
    if about is not None:
        query = query.where(f.sha256.in_([s for s in about if s]))
    return [_open_finding(row) for row in connection.execute(query.order_by(f.fingerprint))]


def _open_finding(row: Any) -> OpenFinding:
    finding = Finding(
        RuleCode(row.rule),
        Severity(row.severity),
        row.message,
        tuple(anchor_from(p) for p in json.loads(row.places)),
        row.indicator,
        row.measure,
        row.value,
        row.other_value,
        row.field,
    )
    return OpenFinding(row.fingerprint, row.sha256, row.unit_code, row.opened_at, finding)


def deciders(connection: Connection, sha256: str) -> dict[str, str]:
    """Who made the decision in force about each subject of one document."""
    d = t.decision.c
    rows = connection.execute(
        select(d.subject, d.actor, d.action, d.request_id, d.undoes)
        .where(d.sha256 == sha256)
        .order_by(d.id)
    ).all()
    return {subject: row.actor for subject, row in in_force(rows).items()}


def marks(
    connection: Connection, documents: Sequence[str]
) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
    """For each document, when each subject was last decided, and why what is put off was put off.

    A decision that was undone, and the undoing itself, decide nothing.
    """
    d = t.decision.c
    query = select(d.sha256, d.subject, d.action, d.decided_at, d.reason, d.request_id, d.undoes)
    if len(documents) < 500:
        query = query.where(d.sha256.in_(documents))
    rows = connection.execute(query.order_by(d.id)).all()
    undone = taken_back(rows)
    out: dict[str, tuple[dict[str, Any], dict[str, str]]] = {}
    for row in rows:
        if row.request_id in undone or row.undoes:
            continue
        settled, deferred = out.setdefault(row.sha256, ({}, {}))
        if row.action == "defer":
            deferred[row.subject] = row.reason
        else:
            settled[row.subject] = row.decided_at
            deferred.pop(row.subject, None)
    return out
