"""Numbers about the warehouse and its runs, for metrics and for ``/healthz``. No names of people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select, text

from schemas.errors import WarehouseError
from warehouse import ledger, night_runs as runs, tables as t
from warehouse.engine import Warehouse

STALE = dt.timedelta(hours=36)
"""A nightly run older than this means that a night was missed."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """One measurement; ``name`` without the program's prefix."""

    name: str
    help: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


def gauges(connection: Connection) -> list[Gauge]:
    """Everything worth a graph."""
    out = [*_last_run(connection)]
    for (source, state), number in sorted(ledger.counts(connection).items()):
        labels = {"source": source, "state": state}
        out.append(Gauge("intake_items", "Things seen at a source, by state", number, labels))
    out.append(Gauge("unread_files", "Files that wait to be read", _unread(connection)))
    for status, number in connection.execute(
        select(t.document.c.status, func.count()).group_by(t.document.c.status)
    ):
        out.append(Gauge("documents", "Documents by reading status", number, {"status": status}))
    for campaign, status, number in connection.execute(
        text("select campaign, status, count(*) from reporting_status group by campaign, status")
    ):
        labels = {"campaign": campaign, "status": status}
        out.append(Gauge("reports", "Units by reporting status", number, labels))
    for campaign, severity, number in connection.execute(
        text("select campaign, severity, count(*) from open_findings group by campaign, severity")
    ):
        labels = {"campaign": campaign, "severity": severity}
        out.append(Gauge("findings_open", "Open findings", number, labels))
    held = runs.holder(connection, "nightly")
    out.append(Gauge("nightly_running", "Whether a nightly run goes on", int(held is not None)))
    return out


def _last_run(connection: Connection) -> list[Gauge]:
    out = []
    run = runs.last(connection, "nightly")
    if run is not None:
        out.append(
            Gauge("last_run_exit_status", "Of the newest nightly run", run["exit_status"] or 0)
        )
        out += [
            Gauge("last_run_count", "Counters of the newest nightly run", float(v), {"counter": k})
            for k, v in sorted(run["counters"].items())
            if isinstance(v, int)
        ]
    done = runs.last(connection, "nightly", runs.DONE)
    if done is not None and done["ended_at"] is not None:
        ended = done["ended_at"]
        seconds = (ended - done["started_at"]).total_seconds()
        out.append(
            Gauge("last_done_timestamp_seconds", "End of the last good run", ended.timestamp())
        )
        out.append(Gauge("last_done_duration_seconds", "Of the last good run", seconds))
    return out


def _unread(connection: Connection) -> int:
    read = select(1).where(t.extraction.c.sha256 == t.receipt.c.sha256).exists()
    query = select(func.count(func.distinct(t.receipt.c.sha256))).where(~read)
    return int(connection.execute(query).scalar_one())


def health(warehouse: Warehouse, now: dt.datetime | None = None) -> dict[str, Any]:
    """``{"ok": …, "database": …, "last_run": …, "nightly": ok | stale | never | failed}``.

    Never raises: a database that does not answer is an answer, too.
    """
    at = now or dt.datetime.now(dt.UTC)
    try:
        with warehouse.read() as connection:
            done = runs.last(connection, "nightly", runs.DONE)
            newest = runs.last(connection, "nightly")
    except WarehouseError as error:
        return {"ok": False, "database": error.code, "nightly": "unknown", "last_run": None}
    nightly = "never"
    if newest is not None:
        stale = done is None or at - done["started_at"] > STALE
        nightly = "failed" if newest["state"] == runs.FAILED else "stale" if stale else "ok"
    ended = done["ended_at"].isoformat() if done and done["ended_at"] else None
    return {"ok": True, "database": "ok", "nightly": nightly, "last_run": ended}
