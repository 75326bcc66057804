"""The desk: key press to new totals, the next value with its page, the queue, twenty reviewers.

Wall milliseconds as a browser or a client sees them, median / 95th percentile, on a machine that
does nothing else.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from reconcile.run import reconcile
from review import passwords
from schemas.account import Role
from schemas.catalog import form
from schemas.registry_index import admin_units
from tools.bench.big_desk import CAMPAIGN, fill
from tools.bench.measure import Row
from tools.country import hand_in
from warehouse import accounts, queries
from warehouse.audit import Actor
from warehouse.engine import Warehouse, open_warehouse
from warehouse.load import Receipt

PASSWORD = secrets.token_urlsafe(12)
PEOPLE, TURNS, THINKS = 20, 15, 1.0
"""Reviewers at once, decisions of each, seconds each looks before deciding."""


@dataclass(frozen=True)
class Times:
    """Wall milliseconds of one kind of request."""

    taken: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.taken)

    @property
    def high(self) -> float:
        """The 95th percentile."""
        return sorted(self.taken)[max(0, round(len(self.taken) * 0.95) - 1)]

    def row(self, what: str, median: float | None, high: float) -> Row:
        aim = f"{median:.0f} / {high:.0f} ms" if median else f"95th percentile {high:.0f} ms"
        met = self.high <= high and (median is None or self.median <= median)
        return Row(
            f"{what} ({len(self.taken)} times)", f"{self.median:.0f} / {self.high:.0f} ms", aim, met
        )


def rows() -> list[Row]:
    """The rows of this topic."""
    with tempfile.TemporaryDirectory(prefix="tonghop-bench-") as folder:
        return [*_sample(Path(folder) / "sample"), *_big(Path(folder) / "big")]


def say(text: str) -> None:
    """Progress, for whoever waits."""
    print(f"  {text}", file=sys.stderr, flush=True)


def add_people(warehouse: Warehouse) -> None:
    """Twenty reviewers and their password."""
    kept = passwords.hash_password(PASSWORD)
    with warehouse.write() as connection:
        for number in range(PEOPLE):
            accounts.add(
                connection,
                Actor("bench", "local"),
                name=f"nguoi-{number}",
                role=Role.REVIEWER,
                password_hash=kept,
            )


@contextlib.contextmanager
def serving(home: Path) -> Iterator[tuple[str, int]]:
    """A site over ``home`` in a process of its own: its address and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "pipelines.cli", "review", "--port", str(port)]
    server = subprocess.Popen(
        words, env=os.environ | {"TONGHOP_HOME": str(home), "TONGHOP_WORKERS": "1"}
    )
    try:
        for _ in range(600):
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"http://127.0.0.1:{port}/healthz")
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(20)


def client(url: str, name: str) -> httpx.Client:
    """A browser's stand-in, logged in."""
    made = httpx.Client(base_url=url, headers={"origin": url}, timeout=60)
    made.post("/login", data={"name": name, "password": PASSWORD})
    return made


def megabytes(pid: int) -> float:
    """Memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(match[1]) / 1024 if match else 0.0


def timed(work: Any, times: int) -> Times:
    """``work(turn)`` after one warm-up."""
    work(0)
    taken = []
    for turn in range(1, times + 1):
        start = time.perf_counter()
        work(turn)
        taken.append((time.perf_counter() - start) * 1000)
    return Times(taken)


def _sample(home: Path) -> list[Row]:
    """In Chromium, over the PDF reports of the sample week, every value doubtful."""
    say("sample week: reading and drawing ...")
    environment = {**os.environ, "TONGHOP_HOME": str(home)}
    command = [sys.executable, "-m", "pipelines.cli"]
    reports = [str(p) for p in sorted(Path("samples/week-2021").glob("*.pdf"))]
    for what in (["ingest", *reports], ["pictures"]):
        subprocess.run([*command, *what], env=environment, check=True, capture_output=True)
    warehouse = open_warehouse(f"sqlite:///{home / 'warehouse.sqlite'}")
    add_people(warehouse)
    _doubt(warehouse)
    with serving(home) as (url, _):
        from tools.bench.desk_browser import measured

        typed, onward = measured(url, "nguoi-0", PASSWORD)
    return [
        Times(typed).row("key press to new totals on screen, sample week", 100, 200),
        Times(onward).row("Enter to the next value with its page, sample week", 150, 300),
    ]


def _doubt(warehouse: Warehouse) -> None:
    """Every report read once more, each value doubtful."""
    with warehouse.read() as connection:
        found = [queries.report(connection, d.sha256) for d in queries.documents(connection)]
    for one in found:
        doubtful = tuple(replace(o, confidence=0.6, needs_review=True) for o in one.observations)
        again = replace(one, observations=doubtful)
        receipt = Receipt("bench", f"again|{one.source.sha256}", one.source.name, _now())
        with warehouse.write() as connection:
            hand_in(connection, again, receipt, "doubt", form(CAMPAIGN), admin_units(), "33")
    reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")


def _now() -> Any:
    import datetime as dt

    return dt.datetime.now(dt.UTC)


def _big(home: Path) -> list[Row]:
    """Over a hundred thousand values of which ten thousand are asked about."""
    home.mkdir()
    say("a hundred thousand values: loading ...")
    warehouse = fill(home, 100_000, 0.1, say)
    add_people(warehouse)
    with serving(home) as (url, pid):
        me = client(url, "nguoi-0")
        say("first look at the queue ...")
        me.get("/queue")
        cell = f"/documents/{1:064x}/cells/book_drive.books.count"
        preview = timed(lambda n: me.get(f"{cell}/preview", params={"typed": 100 + n}), 40)
        queue = timed(lambda n: me.get("/queue", params={"start": 50 * n}), 20)
        say(f"{PEOPLE} reviewers ...")
        requests, acknowledged, failed = _together(url)
        memory = megabytes(pid)
    with warehouse.read() as connection:
        kept = len(queries.view(connection, "unit_annex")) and _decided(connection)
    return [
        preview.row("what a typed value would change, 100,000 values, at the server", 100, 200),
        queue.row("queue of 10,000 items, one page", None, 200),
        requests.row(f"{PEOPLE} reviewers at once, every request", None, 500),
        Row(
            "decisions acknowledged and lost, requests that failed",
            f"{acknowledged}, {acknowledged - kept}, {failed}",
            "0 lost, 0 failed",
            acknowledged == kept and not failed,
        ),
        Row("server memory after it", f"{memory:.0f} MB", "under 500 MB", memory < 500),
    ]


def _decided(connection: Any) -> int:
    from sqlalchemy import func, select

    from warehouse import tables as t

    return int(connection.execute(select(func.count()).select_from(t.decision)).scalar_one())


def _together(url: str) -> tuple[Times, int, int]:
    """Each reviewer opens a value, types, looks at what would change, and commits."""
    taken: list[float] = []
    done: list[bool] = []
    lock = threading.Lock()

    def one(number: int) -> None:
        me = client(url, f"nguoi-{number}")
        for turn in range(TURNS):
            sha256 = f"{number * 40 + turn + 100:064x}"
            cell = f"/documents/{sha256}/cells/publications.count"
            start = time.perf_counter()
            shown = me.get(cell)
            looked = time.perf_counter()
            time.sleep(THINKS / 2)
            again = time.perf_counter()
            me.get(f"{cell}/preview", params={"typed": str(turn + 3)})
            seen = time.perf_counter()
            time.sleep(THINKS / 2)
            base = re.search(r'name="base" value="(\d*)"', shown.text)
            sent = time.perf_counter()
            answer = me.post(cell, data={"typed": str(turn + 3), "base": base[1] if base else ""})
            end = time.perf_counter()
            with lock:
                taken.extend([(looked - start) * 1e3, (seen - again) * 1e3, (end - sent) * 1e3])
                done.append(answer.status_code == 303)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Times(taken), sum(done), len(done) - sum(done)
