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
        f = raised.finding
        values = {
            "severity": f.severity.value,
            "message": f.message,
            "value": f.value,
            "other_value": f.other_value,
            "last_seen_at": at,
            "gone_at": None,
        }
        if key in stored:
            still += stored[key].gone_at is None
            opened += stored[key].gone_at is not None
            connection.execute(update(t.finding).where(c.fingerprint == key).values(**values))
        else:
            opened += 1
            places = json.dumps([anchor_json(a) for a in f.where])
            connection.execute(
                insert(t.finding).values(
                    fingerprint=key,
                    campaign=campaign,
                    rule=f.rule.value,
                    sha256=raised.sha256,
                    unit_code=raised.unit_code,
                    indicator=f.indicator,
                    measure=f.measure,
                    places=places,
                    opened_at=at,
                    **values,
                )
            )
    lost = [k for k, r in stored.items() if k not in seen and r.gone_at is None]
    for key in lost:
        connection.execute(update(t.finding).where(c.fingerprint == key).values(gone_at=at))
    return Change(opened, still, len(lost))


def accept(connection: Connection, key: str, actor: str, reason: str) -> None:
    """Marks a finding as seen and accepted; it stays in the history."""
    connection.execute(
        update(t.finding)
        .where(t.finding.c.fingerprint == key)
        .values(accepted_by=actor, accepted_reason=reason)
    )
