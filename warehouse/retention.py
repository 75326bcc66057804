"""What is no record, and may be forgotten."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, select, update

from warehouse import tables as t, tables_intake as ti


def forget_runs(connection: Connection, before: dt.datetime) -> int:
    """Removes runs that ended before then, with their steps; the newest one stays. How many."""
    c = ti.run.c
    newest = select(c.id).order_by(c.started_at.desc()).limit(1).scalar_subquery()
    old = select(c.id).where(c.ended_at < before, c.id != newest)
    connection.execute(delete(ti.run_step).where(ti.run_step.c.run_id.in_(old)))
    return connection.execute(delete(ti.run).where(c.id.in_(old))).rowcount


def forget_mail(connection: Connection, before: dt.datetime) -> int:
    """Blanks senders and subjects of mails that came before then; the receipt itself stays."""
    o, r, i = ti.receipt_origin.c, t.receipt.c, ti.intake_item.c
    old = select(r.id).where(r.received_at < before)
    done = connection.execute(
        update(ti.receipt_origin)
        .where(o.receipt_id.in_(old), o.sender.is_not(None))
        .values(sender=None, subject=None)
    )
    connection.execute(
        update(ti.intake_item)
        .where(i.settled_at < before, i.answered_at.is_not(None) | i.reply_to.is_(None))
        .values(subject=None, reply_to=None)
    )
    return done.rowcount
