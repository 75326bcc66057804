"""One and two workers of a Prefect pool, over PostgreSQL and an object store; what handing out costs a report.

BENCH_BATCHED says how many reports (60, three in ten of them scans; 12 for a trial). Wall figures
need an idle machine with two processors.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.loopback import wait_until
from tools.bench.measure import Row
from tools.bench.night import DIGITAL, put

_BATCH = 10
_LOCAL = re.compile(r"^\[\d+/\d+\] .+: ", re.MULTILINE)
"""A line of a report that the leading machine read itself."""
_HERE = "-- a new pool --"
_SCAN = Path("samples/real/c_scan200_stamptable_color.pdf")


def rows() -> list[Row]:
    """The rows of this topic."""
    count = int(os.environ.get("BENCH_BATCHED", "60"))
    batches = -(-count // _BATCH)
    with tempfile.TemporaryDirectory(prefix="tonghop-machines-") as folder:
        place = Path(folder)
        (place / "mixed").mkdir()
        (place / "quick").mkdir()
        for number in range(count):
            is_scan = number % 10 in (2, 5, 8)
            put(place / "mixed", _SCAN if is_scan else DIGITAL[number % len(DIGITAL)], number)
            put(place / "quick", DIGITAL[number % len(DIGITAL)], number)
        quick_here = _alone(place, place / "quick")
        here = _alone(place, place / "mixed")
        with _shared(place) as (machines, database):
            quick = _pooled(machines, database, place / "quick", 1)
            one = _pooled(machines, database, place / "mixed", 1)
            two = _pooled(machines, database, place / "mixed", 2)
    faster = one / two
    cost = quick - quick_here
    return [
        Row(f"{count} reports, three in ten of them scans: one worker / two, wall", f"{faster:.2f}", "at least 1.7", faster >= 1.7),
        Row("reports a minute: one process here, one worker, two", ", ".join(f"{60 * count / t:.0f}" for t in (here, one, two)), ""),
        Row("one worker of a pool / one process where the night runs, wall", f"{one / here:.2f}", ""),
        Row(f"handing out {count} digital reports in batches of {_BATCH}: seconds more than reading them here, a batch", f"{cost / batches:.1f}", ""),
        Row("the same, a report", f"{cost / count:.2f}", ""),
        Row("the same, a report in batches of 25, reckoned", f"{cost / batches / 25:.2f}", ""),
    ]  # fmt: skip


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _read_seconds(url: str) -> float:
    """How long the newest night's step of reading took."""
    from warehouse.engine import open_warehouse
    from warehouse.night_runs import last, steps

    warehouse = open_warehouse(url)
    with warehouse.read() as connection:
        run = last(connection, "nightly")
        assert run is not None
        (read,) = (s for s in steps(connection, run["id"]) if s["step"] == "read")
    warehouse.dispose()
    return float((read["ended_at"] - read["started_at"]).total_seconds())


def _sources(folder: Path) -> str:
    return f'[{{"name": "in", "url": "{folder}", "stable_seconds": 0}}]'


def _alone(place: Path, folder: Path) -> float:
    """Seconds that one process takes where the night runs."""
    _say(f"{folder.name}: here ...")
    home = place / f"alone-{folder.name}"
    subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "nightly", "--plain"],
        env=os.environ
        | {"TONGHOP_HOME": str(home), "TONGHOP_WORKERS": "1", "TONGHOP_PICTURES": "false"}
        | {"TONGHOP_SOURCES": _sources(folder)},
        check=True,
        capture_output=True,
    )
    return _told(folder, "here", _read_seconds(f"sqlite:///{home / 'warehouse.sqlite'}"))


def _told(folder: Path, where: str, seconds: float) -> float:
    _say(f"{folder.name}: {where}: {seconds:.0f} s")
    return seconds


@contextmanager
def _shared(place: Path) -> Iterator[tuple[Any, Any]]:
    """What machines share, as the tests of many machines set it up."""
    import psycopg

    from tests.many_machines.conftest import sharing
    from tests.postgresql import postgresql

    with postgresql() as server:

        def database(name: str) -> str:
            with psycopg.connect(server.url, autocommit=True) as connection:
                connection.execute(f"create database {name}")
            return server.url.replace("/postgres?", f"/{name}?")

        with sharing(place / "machines", database("shared")) as machines:
            yield machines, database


def _pooled(machines: Any, database: Any, folder: Path, workers: int) -> float:
    """Seconds from handing out to the last report, read by so many workers of one process each."""
    _say(f"{folder.name}: {workers} of a pool ...")
    name = f"{folder.name}_{workers}_{time.time_ns() % 10**6}"
    shared = {
        "TONGHOP_DATABASE_URL": database(name),
        "TONGHOP_ARCHIVE_URL": f"s3://tonghop/{name}",
        "TONGHOP_WORKERS": "1",
    }
    for number in range(1, workers + 1):
        machines.mark(f"pool-{number}", _HERE)
    started = machines.pool(shared, workers)
    for number in range(1, workers + 1):
        wait_until(lambda n=number: _listens(machines, n), f"worker {number}")
    lead = shared | {
        "TONGHOP_SOURCES": _sources(folder),
        "TONGHOP_MACHINES__RUNNER": "pool",
        "TONGHOP_MACHINES__ADDRESS": started.address,
        "TONGHOP_MACHINES__BATCH": str(_BATCH),
    }
    done = machines.run("lead", sys.executable, "-m", "pipelines.cli", "nightly", **lead)
    for process in started.processes:
        machines.kill(process)
    if done.returncode or _LOCAL.search(done.stderr):
        raise RuntimeError(f"not read by the pool alone:\n{done.stderr[-3000:]}")
    seconds = _read_seconds(shared["TONGHOP_DATABASE_URL"])
    return _told(folder, f"{workers} of a pool", seconds)


def _listens(machines: Any, number: int) -> bool:
    """Whether the newest worker of this name has begun: the log is kept from one pool to the next."""
    told = machines.log(f"pool-{number}")
    return "started!" in told.rpartition(_HERE)[2]
