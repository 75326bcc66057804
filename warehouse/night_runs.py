"""One run at a time, and what each run did."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from schemas.errors import RunStillGoing
from warehouse import tables_intake as ti
from warehouse.upsert import upsert

RUNNING, DONE, FAILED, ABANDONED = "running", "done", "failed", "abandoned"
LEASE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lease; ``expired`` by the database's clock, ``alive`` None on another machine.

    A beat out of the future is as old as one out of the past: the clock was set back since, and
    who lives beats again soon.
    """

    run_id: str
    host: str
    process: str
    expired: bool
    alive: bool | None

    @property
    def stands(self) -> bool:
        """On this machine the process itself tells, whatever the clock says; elsewhere the beat."""
        return self.alive if self.alive is not None else not self.expired


def this_host() -> str:
    """The machine, and its start: after a restart no process of before lives."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()[:8]
    except OSError:
        boot = ""
    return f"{socket.gethostname()}/{boot}"[:120]


def this_process(pid: int | None = None) -> str | None:
    """Id and start of a process, so that an id used again is not taken for it; None if dead."""
    pid = pid or os.getpid()
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return None
    state, *rest = stat.rpartition(")")[2].split()
    return None if state == "Z" else f"{pid}:{rest[18]}"


def now(connection: Connection) -> dt.datetime:
    """The moment by the database's clock, in UTC."""
    moment = connection.execute(select(func.current_timestamp())).scalar_one()
    if isinstance(moment, str):
        moment = dt.datetime.fromisoformat(moment)
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def holder(connection: Connection, name: str) -> Holder | None:
    """Who holds the lease ``name``; None where nobody does."""
    row = connection.execute(select(ti.lease).where(ti.lease.c.name == name)).first()
    if row is None:
        return None
    beaten = row.beaten_at if row.beaten_at.tzinfo else row.beaten_at.replace(tzinfo=dt.UTC)
    age = (now(connection) - beaten).total_seconds()
    alive = None
    if row.host == this_host():
        pid = int(row.process.partition(":")[0])
        alive = this_process(pid) == row.process
    return Holder(row.run_id, row.host, row.process, abs(age) > row.seconds, alive)


def start(
    connection: Connection, run_id: str, kind: str, lease: str | None, at: dt.datetime
) -> str | None:
    """Begins a run and takes the lease; the run it was taken from, where that one died.

    Raises RunStillGoing where another run holds the lease.
    """
    before = holder(connection, lease) if lease else None
    if before is not None and before.stands:
        raise RunStillGoing(name=before.run_id, detail=f"{before.host}, {before.process}")
    if before is not None:
        _abandon(connection, before.run_id, at)
    connection.execute(
        insert(ti.run).values(
            id=run_id,
            kind=kind,
            state=RUNNING,
            started_at=at,
            host=this_host(),
            pid=os.getpid(),
            counters="{}",
        )
    )
    if lease:
        connection.execute(ti.lease.delete().where(ti.lease.c.name == lease))
        row = {
            "name": lease,
            "run_id": run_id,
            "host": this_host(),
            "process": this_process() or str(os.getpid()),
            "beats": 0,
            "seconds": LEASE_SECONDS,
            "beaten_at": now(connection),
        }
        connection.execute(insert(ti.lease).values(**row))
    return before.run_id if before is not None else None


def _abandon(connection: Connection, run_id: str, at: dt.datetime) -> None:
    r, s = ti.run.c, ti.run_step.c
    connection.execute(
        update(ti.run)
        .where(r.id == run_id, r.state == RUNNING)
        .values(state=ABANDONED, ended_at=at)
    )
    connection.execute(
        update(ti.run_step)
        .where(s.run_id == run_id, s.state == RUNNING)
        .values(state=ABANDONED, ended_at=at)
    )


def release_dead(connection: Connection, name: str) -> str | None:
    """Frees the lease of a run that died; its id, or None where there was nothing to free."""
    held = holder(connection, name)
    if held is None or held.stands:
        return None
    _abandon(connection, held.run_id, dt.datetime.now(dt.UTC))
    connection.execute(ti.lease.delete().where(ti.lease.c.name == name))
    return held.run_id


def beat(connection: Connection, name: str, run_id: str) -> bool:
    """Says that the run lives; False where the lease is no longer its own."""
    c = ti.lease.c
    done = connection.execute(
        update(ti.lease)
        .where(c.name == name, c.run_id == run_id)
        .values(beats=c.beats + 1, beaten_at=now(connection))
    )
    return done.rowcount == 1


def step(
    connection: Connection,
    run_id: str,
    position: int,
    name: str,
    state: str,
    counters: dict[str, Any] | None = None,
    error: str | None = None,
) -> None:
    """Writes where a step of the run stands."""
    at = dt.datetime.now(dt.UTC)
    c = ti.run_step.c
    row = {"run_id": run_id, "position": position, "step": name, "state": state}
    upsert(connection, ti.run_step, row | {"started_at": at, "counters": "{}"})
    connection.execute(
        update(ti.run_step)
        .where(c.run_id == run_id, c.position == position)
        .values(
            state=state,
            counters=json.dumps(counters or {}, ensure_ascii=False),
            error=error,
            ended_at=None if state == RUNNING else at,
        )
    )


def end(
    connection: Connection,
    run_id: str,
    lease: str | None,
    state: str,
    exit_status: int,
    counters: dict[str, Any],
) -> None:
    """Ends the run and gives the lease back."""
    connection.execute(
        update(ti.run)
        .where(ti.run.c.id == run_id)
        .values(
            state=state,
            ended_at=dt.datetime.now(dt.UTC),
            exit_status=exit_status,
            counters=json.dumps(counters, ensure_ascii=False),
        )
    )
    if lease:
        c = ti.lease.c
        connection.execute(ti.lease.delete().where(c.name == lease, c.run_id == run_id))


def last(connection: Connection, kind: str, state: str | None = None) -> dict[str, Any] | None:
    """The newest run of ``kind``, with its counters; of one state where given."""
    c = ti.run.c
    query = select(ti.run).where(c.kind == kind).order_by(c.started_at.desc()).limit(1)
    if state is not None:
        query = query.where(c.state == state)
    row = connection.execute(query).first()
    if row is None:
        return None
    out = dict(row._mapping)
    out["counters"] = json.loads(out["counters"])
    for key in ("started_at", "ended_at"):
        if out[key] is not None and out[key].tzinfo is None:
            out[key] = out[key].replace(tzinfo=dt.UTC)
    return out


def steps(connection: Connection, run_id: str) -> list[dict[str, Any]]:
    """The steps of one run, in order."""
    c = ti.run_step.c
    rows = connection.execute(select(ti.run_step).where(c.run_id == run_id).order_by(c.position))
    return [dict(row._mapping) for row in rows]
