"""The ledger of the sources: what was seen, taken, refused, and when."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from schemas.text import shown_name
from warehouse import tables as t, tables_intake as ti
from warehouse.load import Receipt, record_receipt
from warehouse.upsert import upsert

WAITING, TAKEN, REFUSED, FAILED = "waiting", "taken", "refused", "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """One version of one thing at a source, as a listing shows it; ``size`` in bytes."""

    source: str
    uri: str
    name: str
    size: int | None
    stamp: str

    @property
    def key(self) -> str:
        """The same as long as address, size and stamp are the same."""
        said = f"{self.uri}|{self.size}|{self.stamp}".encode("utf-8", "surrogateescape")
        return hashlib.sha256(said).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Mail:
    """What is kept of the mail a file came with."""

    sender: str | None = None
    subject: str | None = None
    sent_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file out of an item: its bytes lie in the archive already."""

    sha256: str
    size: int
    receipt: Receipt


def settled(connection: Connection, source: str) -> set[str]:
    """Keys of everything of ``source`` that needs no second look."""
    c = ti.intake_item.c
    query = select(c.item).where(c.source == source, c.state.in_((TAKEN, REFUSED)))
    return set(connection.execute(query).scalars())


def note(
    connection: Connection,
    item: Item,
    state: str,
    reason: str | None = None,
    mail: Mail | None = None,
    reply_to: str | None = None,
) -> None:
    """Writes where ``item`` stands now; its first sight is kept."""
    now = dt.datetime.now(dt.UTC)
    c = ti.intake_item.c
    upsert(
        connection,
        ti.intake_item,
        {
            "source": item.source,
            "item": item.key,
            "uri": shown_name(item.uri),
            "name": item.name[:400],
            "size": item.size,
            "stamp": item.stamp[:120],
            "state": state,
            "first_seen_at": now,
            "tries": 0,
        },
    )
    connection.execute(
        update(ti.intake_item)
        .where(c.source == item.source, c.item == item.key)
        .values(
            state=state,
            reason=reason,
            tries=c.tries + int(state == FAILED),
            settled_at=now if state in (TAKEN, REFUSED) else None,
            subject=mail.subject if mail else None,
            reply_to=reply_to,
        )
    )


def take(
    connection: Connection,
    item: Item,
    arrivals: list[Arrival],
    mail: Mail | None = None,
    reply_to: str | None = None,
) -> None:
    """Receipts of every file of ``item`` and its row in the ledger, in the caller's transaction."""
    r = t.receipt.c
    for one in arrivals:
        record_receipt(connection, one.sha256, one.size, None, one.receipt)
        key = select(r.id).where(r.source_key == one.receipt.source_key)
        origin: dict[str, Any] = {
            "receipt_id": connection.execute(key).scalar_one(),
            "source": item.source,
            "item": item.key,
        }
        if mail is not None:
            origin |= {"sender": mail.sender, "subject": mail.subject, "sent_at": mail.sent_at}
        upsert(connection, ti.receipt_origin, origin)
    note(connection, item, TAKEN, mail=mail, reply_to=reply_to)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one sender is to be told: ``files`` are (name, sha256, number, error message)."""

    source: str
    item: str
    uri: str
    reply_to: str
    subject: str
    reason: str | None
    files: tuple[tuple[str, str, str | None, str | None], ...]


def unanswered(connection: Connection) -> list[Answer]:
    """Items whose sender waits for an answer and whose files have all been read."""
    c, o, r, d = ti.intake_item.c, ti.receipt_origin.c, t.receipt.c, t.document.c
    items = connection.execute(
        select(c.source, c.item, c.uri, c.reply_to, c.subject, c.reason).where(
            c.reply_to.is_not(None),
            c.answered_at.is_(None),
            c.state.in_((TAKEN, REFUSED)),
        )
    ).all()
    answers = []
    for one in items:
        files = connection.execute(
            select(r.name, r.sha256, d.number, d.error_message, d.sha256.label("read"))
            .join(ti.receipt_origin, o.receipt_id == r.id)
            .join(t.document, d.sha256 == r.sha256, isouter=True)
            .where(o.source == one.source, o.item == one.item)
            .order_by(r.id)
        ).all()
        if all(f.read is not None for f in files):
            told = tuple((f.name, f.sha256, f.number, f.error_message) for f in files)
            answers.append(
                Answer(
                    one.source, one.item, one.uri, one.reply_to, one.subject or "", one.reason, told
                )
            )
    return answers


def answered(connection: Connection, answer: Answer) -> None:
    """Notes that the sender was told."""
    c = ti.intake_item.c
    connection.execute(
        update(ti.intake_item)
        .where(c.source == answer.source, c.item == answer.item)
        .values(answered_at=dt.datetime.now(dt.UTC))
    )


def counts(connection: Connection) -> dict[tuple[str, str], int]:
    """How many items of each (source, state)."""
    c = ti.intake_item.c
    rows = connection.execute(select(c.source, c.state, func.count()).group_by(c.source, c.state))
    return {(source, state): number for source, state, number in rows}


def not_taken(connection: Connection, since: dt.datetime) -> list[dict[str, Any]]:
    """What was refused since then, or could not be taken yet, with the reason."""
    c = ti.intake_item.c
    rows = connection.execute(
        select(c.source, c.name, c.state, c.reason, c.first_seen_at)
        .where((c.state == REFUSED) & (c.settled_at >= since) | (c.state.in_((FAILED, WAITING))))
        .order_by(c.source, c.name)
    )
    return [dict(row._mapping) for row in rows]
