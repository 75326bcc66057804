"""Pages of the review site over the sample week and over 100,000 observations, and twenty people at once.

Wall time from request to the last byte, on one machine with the server; peak memory of the server.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
from sqlalchemy import text

from review import passwords
from schemas.account import Role
from tools.bench.measure import Row, peak_megabytes
from warehouse import accounts, queries
from warehouse.audit import Actor
from warehouse.engine import Warehouse, open_warehouse

_PASSWORD = "chi de do toc do"
_TIMES, _PEOPLE, _EACH = 20, 20, 12
_MANY = 100_000


def rows() -> list[Row]:
    """The rows of this topic."""
    with tempfile.TemporaryDirectory(prefix="tonghop-bench-") as folder:
        home = Path(folder)
        environment = {**os.environ, "TONGHOP_HOME": folder, "TONGHOP_PICTURES": "0"}
        command = [sys.executable, "-m", "pipelines.cli", "ingest", "samples/week-2021"]
        subprocess.run(command, env=environment, check=False, stderr=subprocess.DEVNULL)
        warehouse = open_warehouse(f"sqlite:///{home / 'warehouse.sqlite'}")
        _add_people(warehouse)
        pages = _pages(warehouse)
        out = []
        with _serving(environment) as (url, _):
            out += _latencies("sample week", url, pages)
        held = _multiply(warehouse)
        warehouse.dispose()
        with _serving(environment) as (url, process):
            out += _latencies(f"{held:,} observations", url, pages)
            out.append(_crowd(url, pages))
            out.append(_memory(process.pid))
        return out


def _add_people(warehouse: Warehouse) -> None:
    kept = passwords.hash_password(_PASSWORD)
    with warehouse.write() as connection:
        for number in range(_PEOPLE):
            accounts.add(
                connection,
                Actor("bench", "local"),
                name=f"person-{number}",
                role=Role.REVIEWER,
                password_hash=kept,
            )


def _pages(warehouse: Warehouse) -> dict[str, str]:
    with warehouse.read() as connection:
        sha256 = next(d.sha256 for d in queries.documents(connection) if d.name == "02-325.pdf")
    return {
        "home": "/",
        "province table": "/province/llw-2021",
        "one cell's units": "/province/llw-2021/contests.thematic_sessions.people",
        "unit": "/units/llw-2021/325",
        "document": f"/documents/{sha256}",
        "findings": "/findings",
        "search": "/search?q=hoc+tap",
    }


def _multiply(warehouse: Warehouse) -> int:
    """The same reports again as those of other years, until there are enough; how many values."""
    with warehouse.write() as connection:
        connection.execute(text("create temp table copies (n integer)"))
        each = connection.execute(text("select count(*) from observation")).scalar_one()
        connection.execute(
            text("insert into copies values (:n)"), [{"n": n} for n in range(1, _MANY // each + 2)]
        )
        for table, changed in _CLONED.items():
            columns = [c["name"] for c in _columns(warehouse, table)]
            chosen = ", ".join(changed.get(c, f"t.{c}") for c in columns)
            connection.execute(
                text(
                    f"insert into {table} ({', '.join(columns)}) select {chosen} from {table} t, copies"
                )
            )
        return int(connection.execute(text("select count(*) from observation")).scalar_one())


_SHA = "substr(t.{0}, 1, 56) || printf('%08d', copies.n)"
_CLONED: dict[str, dict[str, str]] = {
    "blob": {"sha256": _SHA.format("sha256")},
    "extraction": {"id": "t.id + 1000 * copies.n", "sha256": _SHA.format("sha256")},
    "document": {
        "sha256": _SHA.format("sha256"),
        "extraction_id": "t.extraction_id + 1000 * copies.n",
        "campaign": "'llw-' || (1000 + copies.n)",
        "superseded_by": "null",
    },
    "observation": {
        "extraction_id": "t.extraction_id + 1000 * copies.n",
        "sha256": _SHA.format("sha256"),
    },
    "narrative": {"extraction_id": "t.extraction_id + 1000 * copies.n"},
}


def _columns(warehouse: Warehouse, table: str) -> list[dict[str, str]]:
    from sqlalchemy import inspect

    return [{"name": c["name"]} for c in inspect(warehouse.engine).get_columns(table)]


@contextmanager
def _serving(environment: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pipelines.cli", "review", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx.get(f"{url}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield url, process
    finally:
        process.terminate()
        process.wait(20)


def _enter(url: str, number: int) -> httpx.Client:
    client = httpx.Client(base_url=url, headers={"origin": url}, timeout=60)
    answer = client.post("/login", data={"name": f"person-{number}", "password": _PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def _asked(client: httpx.Client, path: str) -> float:
    start = time.perf_counter()
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return time.perf_counter() - start


def _latencies(held: str, url: str, pages: dict[str, str]) -> list[Row]:
    out = []
    client = _enter(url, 0)
    for name, path in pages.items():
        _asked(client, path)
        taken = [_asked(client, path) for _ in range(_TIMES)]
        out.append(_row(f"{name}, {held}: median / 95th, ms", taken, 0.2, 0.4))
    client.close()
    return out


def _row(what: str, taken: list[float], median: float, most: float) -> Row:
    middle, high = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    measured = f"{1000 * middle:.0f} / {1000 * high:.0f}"
    aim = f"at most {1000 * median:.0f} / {1000 * most:.0f}"
    return Row(what, measured, aim, middle <= median and high <= most)


def _crowd(url: str, pages: dict[str, str]) -> Row:
    clients = [_enter(url, number) for number in range(_PEOPLE)]
    paths = list(pages.values())

    def work(number: int) -> list[float]:
        taken = []
        for turn in range(_EACH):
            taken.append(_asked(clients[number], paths[(number + turn) % len(paths)]))
            # A person looks at a page before asking for the next.
            time.sleep(0.5)
        return taken

    with ThreadPoolExecutor(_PEOPLE) as pool:
        taken = [one for many in pool.map(work, range(_PEOPLE)) for one in many]
    for client in clients:
        client.close()
    return _row(
        f"{_PEOPLE} people at once, a page every half second: median / 95th, ms", taken, 0.5, 0.5
    )


def _memory(pid: int) -> Row:
    peak = peak_megabytes(str(pid))
    return Row("server's peak memory, MB", f"{peak:.0f}", "under 500", peak < 500)
