"""Findings keep their identity from run to run: opened, still there, gone, accepted."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from schemas.errors import InvalidDecision, UnknownCell
from schemas.finding import Finding, RuleCode
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
        *([f.field] if f.field else []),
    ]
    return hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()


def replace(
    connection: Connection, campaign: str, found: Iterable[Raised], now: dt.datetime | None = None
) -> Change:
    """Makes the campaign's open findings exactly ``found``; history is kept."""
    at = now or dt.datetime.now(dt.UTC)
    c = t.finding.c
    stored = {
        r.fingerprint: r for r in connection.execute(select(*_STORED).where(c.campaign == campaign))
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
        _keep(connection, campaign, key, raised, at, stored.get(key))
    lost = [k for k, r in stored.items() if k not in seen and r.gone_at is None]
    _close(connection, lost, at)
    return Change(opened, still, len(lost))


_SAID = ("severity", "message", "value", "other_value")
_STORED = tuple(t.finding.c[name] for name in ("fingerprint", "gone_at", "accepted_by", *_SAID))


def _close(connection: Connection, keys: list[str], at: dt.datetime) -> None:
    for key in keys:
        connection.execute(
            update(t.finding).where(t.finding.c.fingerprint == key).values(gone_at=at)
        )
        _tell(connection, key, at, "gone")


def _tell(
    connection: Connection, key: str, at: dt.datetime, event: str, **more: str | None
) -> None:
    connection.execute(insert(t.finding_event).values(fingerprint=key, at=at, event=event, **more))


def _keep(
    connection: Connection, campaign: str, key: str, raised: Raised, at: dt.datetime, stored: Any
) -> None:
    """Writes the finding. What was accepted is open again once one of its two sides changed."""
    f = raised.finding
    sides = {"value": f.value, "other_value": f.other_value}
    values = {
        "severity": f.severity.value,
        "message": f.message,
        "field": f.field,
        **sides,
        "last_seen_at": at,
        "gone_at": None,
    }
    if stored is not None:
        changed = (stored.value, stored.other_value) != (f.value, f.other_value)
        if changed and stored.accepted_by is not None:
            values |= {"accepted_by": None, "accepted_reason": None}
        connection.execute(update(t.finding).where(t.finding.c.fingerprint == key).values(**values))
        if stored.gone_at is not None or (changed and stored.accepted_by is not None):
            _tell(connection, key, at, "reopened", **sides)
        elif any(getattr(stored, name) != values[name] for name in _SAID):
            _tell(connection, key, at, "changed", **sides)
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
    _tell(connection, key, at, "opened", **sides)


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
    query = select(*_STORED).where(c.fingerprint.in_([*changed, *lost]))
    stored = {r.fingerprint: r for r in connection.execute(query)}
    for key in changed:
        _keep(connection, campaign, key, new[key], at, stored.get(key))
    gone = [k for k in lost if k in stored and stored[k].gone_at is None]
    _close(connection, gone, at)
    opened = sum(k not in stored or stored[k].gone_at is not None for k in changed)
    return Change(opened, len(changed) - opened, len(gone))


def accept(
    connection: Connection, key: str, actor: str, reason: str, now: dt.datetime | None = None
) -> None:
    """Marks a finding as seen and accepted until one of its two sides changes.

    Raises InvalidDecision without a reason, UnknownCell for a finding there is none of.
    """
    if not reason.strip() or not actor.strip():
        raise InvalidDecision(detail="cần ghi lý do")
    done = connection.execute(
        update(t.finding)
        .where(t.finding.c.fingerprint == key)
        .values(accepted_by=actor, accepted_reason=reason)
    )
    if done.rowcount == 0:
        raise UnknownCell(name=key[:12])
    _tell(connection, key, now or dt.datetime.now(dt.UTC), "accepted", actor=actor, reason=reason)


def events(connection: Connection, key: str) -> list[dict[str, Any]]:
    """What became of a finding, oldest first."""
    e = t.finding_event.c
    rows = connection.execute(select(t.finding_event).where(e.fingerprint == key).order_by(e.id))
    return [dict(row._mapping) for row in rows]


def standing_rules(
    connection: Connection, campaign: str, rules: Iterable[RuleCode]
) -> dict[str, set[RuleCode]]:
    """Which of ``rules`` hold now, accepted by a person or not, by document."""
    f = t.finding.c
    query = select(f.sha256, f.rule).where(
        f.campaign == campaign, f.gone_at.is_(None), f.rule.in_([r.value for r in rules])
    )
    out: dict[str, set[RuleCode]] = {}
    for sha256, rule in connection.execute(query):
        out.setdefault(sha256, set()).add(RuleCode(rule))
    return out
