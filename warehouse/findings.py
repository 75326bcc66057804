"""Findings keep their identity from run to run: opened, still there, gone, accepted."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from schemas.finding import Finding
from schemas.report_json import anchor_json
from warehouse import tables as t


@dataclass(frozen=True, slots=True)
class Raised:
    """A finding with the document and unit it is about; both None where it is the campaign's."""

    finding: Finding
    sha256: str | None = None
    unit_code: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    opened: int
    still_open: int
    gone: int


def fingerprint(campaign: str, raised: Raised) -> str:
    """What makes two findings of two runs the same one: rule, subject and places, not the wording."""
    f = raised.finding
    places = [anchor_json(a) for a in f.where]
    key = [
        campaign,
        f.rule.value,
        raised.sha256,
        raised.unit_code,
        f.indicator,
        f.measure,
        places,
        None if f.where else f.value,
    ]
    return hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()


def replace(
    connection: Connection, campaign: str, found: Iterable[Raised], now: dt.datetime | None = None
) -> Change:
    """Makes the campaign's open findings exactly ``found``; history is kept."""
    at = now or dt.datetime.now(dt.UTC)
    c = t.finding.c
    stored = {
        r.fingerprint: r
        for r in connection.execute(select(c.fingerprint, c.gone_at).where(c.campaign == campaign))
    }
    seen: set[str] = set()
    opened = still = 0
    for raised in found:
        key = fingerprint(campaign, raised)
        if key in seen:
            continue
        seen.add(key)
        still += key in stored and stored[key].gone_at is None
        opened += key not in stored or stored[key].gone_at is not None
        _keep(connection, campaign, key, raised, at, known=key in stored)
    lost = [k for k, r in stored.items() if k not in seen and r.gone_at is None]
    for key in lost:
        connection.execute(update(t.finding).where(c.fingerprint == key).values(gone_at=at))
    return Change(opened, still, len(lost))


def _keep(
    connection: Connection, campaign: str, key: str, raised: Raised, at: dt.datetime, *, known: bool
) -> None:
    f = raised.finding
    values = {
        "severity": f.severity.value,
        "message": f.message,
        "value": f.value,
        "other_value": f.other_value,
        "last_seen_at": at,
        "gone_at": None,
    }
    if known:
        connection.execute(update(t.finding).where(t.finding.c.fingerprint == key).values(**values))
        return
    connection.execute(
        insert(t.finding).values(
            fingerprint=key,
            campaign=campaign,
            rule=f.rule.value,
            sha256=raised.sha256,
            unit_code=raised.unit_code,
            indicator=f.indicator,
            measure=f.measure,
            places=json.dumps([anchor_json(a) for a in f.where]),
            opened_at=at,
            **values,
        )
    )


def amend(
    connection: Connection,
    campaign: str,
    before: Iterable[Raised],
    after: Iterable[Raised],
    now: dt.datetime | None = None,
) -> Change:
    """Opens what is in ``after`` and closes what was only in ``before``; the rest is left alone.

    For a change whose reach is known, in place of judging the whole campaign again.
    """
    at = now or dt.datetime.now(dt.UTC)
    c = t.finding.c
    old = {fingerprint(campaign, r): r for r in before}
    new = {fingerprint(campaign, r): r for r in after}
    changed = [k for k in new if new[k] != old.get(k)]
    lost = [k for k in old if k not in new]
    query = select(c.fingerprint, c.gone_at).where(c.fingerprint.in_([*changed, *lost]))
    stored = {r.fingerprint: r.gone_at for r in connection.execute(query)}
    for key in changed:
        _keep(connection, campaign, key, new[key], at, known=key in stored)
    gone = [k for k in lost if k in stored and stored[k] is None]
    connection.execute(update(t.finding).where(c.fingerprint.in_(gone)).values(gone_at=at))
    opened = sum(k not in stored or stored[k] is not None for k in changed)
    return Change(opened, len(changed) - opened, len(gone))


def accept(connection: Connection, key: str, actor: str, reason: str) -> None:
    """Marks a finding as seen and accepted; it stays in the history."""
    connection.execute(
        update(t.finding)
        .where(t.finding.c.fingerprint == key)
        .values(accepted_by=actor, accepted_reason=reason)
    )
