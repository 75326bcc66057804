"""Approvals: two pairs of eyes, bound to exactly the values that were approved.

An approval signs a hash over a report's effective values and the fields that decide what it
counts for. Whatever changes one of them, by decision or by a new reading, makes it stale; it holds
again where the values return. Who decided anything about a report cannot approve it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from enum import StrEnum

from sqlalchemy import Connection, select, text, update

from schemas.decision import Action
from schemas.errors import ApprovalRefused, UnknownCell
from warehouse import journal, tables as t
from warehouse.upsert import upsert

_HEADER = ("campaign", "province_code", "unit_code", "channel", "number", "document_type")


class State(StrEnum):
    NONE = "none"
    APPROVED = "approved"
    STALE = "stale"


def content_hash(connection: Connection, sha256: str) -> str:
    """SHA-256 over the sorted effective values, kinds of blank included, and the header fields.

    Raises UnknownCell for a document the warehouse does not hold.
    """
    d = t.document.c
    header = connection.execute(
        select(*(d[name] for name in _HEADER), d.issued_on).where(d.sha256 == sha256)
    ).first()
    if header is None:
        raise UnknownCell(name=sha256[:12])
    values = connection.execute(
        text("select indicator, measure, value, status from effective_value where sha256 = :s"),
        {"s": sha256},
    )
    rows = sorted([r.indicator, r.measure, r.value, r.status] for r in values)
    signed = json.dumps([list(header), rows], default=str, ensure_ascii=False)
    return hashlib.sha256(signed.encode()).hexdigest()


def approve(
    connection: Connection, sha256: str, approver: str, now: dt.datetime | None = None
) -> str:
    """Approves the report as it stands; the hash approved. The same again changes nothing.

    Raises ApprovalRefused for somebody who decided about the report, for nobody, and for a
    document that is no readable report of a campaign; UnknownCell for an unknown one.
    """
    signed = content_hash(connection, sha256)
    d = t.document.c
    row = connection.execute(select(d.status, d.campaign, d.name).where(d.sha256 == sha256)).one()
    if row.status == "failed" or row.campaign is None:
        raise ApprovalRefused(
            name=row.name, detail="văn bản chưa đọc được hoặc không thuộc đợt nào"
        )
    if not _key(approver):
        raise ApprovalRefused(name=row.name, detail="chưa rõ người phê duyệt")
    if _key(approver) in deciders(connection, sha256):
        raise ApprovalRefused(name=row.name, detail="người phê duyệt đã sửa báo cáo này")
    upsert(
        connection,
        t.approval,
        {
            "sha256": sha256,
            "content_hash": signed,
            "approver": approver,
            "approved_at": now or dt.datetime.now(dt.UTC),
        },
    )
    refresh(connection, sha256)
    journal.record(connection, sha256)
    return signed


def given(connection: Connection, sha256: str) -> list[tuple[str, dt.datetime]]:
    """Who approved the report and when, the last first; whether one holds, ``state`` says."""
    a = t.approval.c
    query = select(a.approver, a.approved_at).where(a.sha256 == sha256)
    rows = connection.execute(query.order_by(a.approved_at.desc()))
    return [(row.approver, row.approved_at) for row in rows]


def deciders(connection: Connection, sha256: str) -> frozenset[str]:
    """Who decided anything about the report, also what was taken back; names as compared."""
    d = t.decision.c
    rows = connection.execute(
        select(d.actor).where(d.sha256 == sha256, d.action != Action.DEFER.value).distinct()
    )
    return frozenset(_key(row.actor) for row in rows)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def state(connection: Connection, sha256: str) -> State:
    """Whether an approval holds, was given once and holds no more, or was never given."""
    a = t.approval.c
    rows = connection.execute(select(a.content_hash, a.approver).where(a.sha256 == sha256)).all()
    if not rows:
        return State.NONE
    signed, touched = content_hash(connection, sha256), deciders(connection, sha256)
    holds = any(r.content_hash == signed and _key(r.approver) not in touched for r in rows)
    return State.APPROVED if holds else State.STALE


def refresh(connection: Connection, sha256: str) -> None:
    """Keeps ``document.approved`` in step, for the views."""
    approved = state(connection, sha256) is State.APPROVED
    d = t.document.c
    connection.execute(
        update(t.document)
        .where(d.sha256 == sha256, d.approved != approved)
        .values(approved=approved)
    )


def states(connection: Connection, campaign: str) -> dict[str, str]:
    """Of every report of ``campaign`` that was ever approved, whether that holds or is stale."""
    d, a = t.document.c, t.approval.c
    query = select(d.sha256, d.approved).where(
        d.campaign == campaign, d.sha256.in_(select(a.sha256))
    )
    return {
        r.sha256: (State.APPROVED if r.approved else State.STALE).value
        for r in connection.execute(query)
    }
