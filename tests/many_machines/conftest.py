"""Several machines on one: a Prefect server, an object store, PostgreSQL, and workers with homes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.loopback import LONG, answers, free_port, wait_until

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sys.executable).parent
PREFECT = str(SCRIPTS / "prefect")


@dataclass
class Cluster:
    """``address`` is what ``machines.address`` of the settings says."""

    address: str
    processes: list[subprocess.Popen[bytes]]


class Machines:
    """``environment`` is what every machine knows; each worker gets a home of its own."""

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self._root = root
        self.environment = environment
        self._running: list[subprocess.Popen[bytes]] = []

    def run(self, name: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, env=self._at(name, more), cwd=ROOT, capture_output=True, text=True, check=False
        )

    def start(self, name: str, *words: str, **more: str) -> subprocess.Popen[bytes]:
        log = (self._root / f"{name}.log").open("ab")
        process = subprocess.Popen(
            words, env=self._at(name, more), cwd=ROOT, stdout=log, stderr=log, process_group=0
        )
        self._running.append(process)
        return process

    def log(self, name: str) -> str:
        return (self._root / f"{name}.log").read_text("utf-8", "replace")

    def mark(self, name: str, line: str) -> None:
        """Writes ``line`` into the log of the machine ``name``."""
        with (self._root / f"{name}.log").open("a") as log:
            log.write(f"{line}\n")

    def pool(self, shared: dict[str, str], workers: int = 2) -> Cluster:
        """A work pool of Prefect with its workers, each with a home of its own."""
        words = ("worker", "start", "--type", "process", "--limit", "1", "--pool", "readers")
        started = [
            self.start(name, PREFECT, *words, "--name", name, **shared)
            for name in [f"pool-{n}" for n in range(1, workers + 1)]
        ]
        return Cluster("readers", started)

    def dask(self, shared: dict[str, str]) -> Cluster:
        """A scheduler of Dask with two workers, each with a home of its own."""
        dask, port = str(SCRIPTS / "dask"), free_port()
        address = f"tcp://127.0.0.1:{port}"
        words = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        started = [self.start("scheduler", dask, "scheduler", *words, **shared)]
        words = (address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
        started += [
            self.start(name, dask, "worker", *words, **shared) for name in ("dask-1", "dask-2")
        ]
        return Cluster(address, started)

    def _at(self, name: str, more: dict[str, str]) -> dict[str, str]:
        home = self._root / name
        home.mkdir(exist_ok=True)
        own = {"TONGHOP_HOME": str(home), "PREFECT_HOME": str(home / "prefect")}
        return {**os.environ, **self.environment, **own, **more}

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """The machine goes off at once, with everything that runs on it."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self._running:
            self.kill(process)


@pytest.fixture(scope="session")
def database(postgres: str) -> Callable[[str], str]:
    """Makes an empty database; its address."""

    def made(name: str) -> str:
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"create database {name}")
        return postgres.replace("/postgres?", f"/{name}?")

    return made


@pytest.fixture(scope="session")
def machines(
    tmp_path_factory: pytest.TempPathFactory, database: Callable[[str], str]
) -> Iterator[Machines]:
    with sharing(tmp_path_factory.mktemp("machines"), database("shared")) as made:
        yield made


@contextmanager
def sharing(root: Path, database: str) -> Iterator[Machines]:
    """What machines share: a Prefect server and an object store, beside the address ``database``."""
    root.mkdir(exist_ok=True)
    prefect, store = free_port(), free_port()
    made = Machines(
        root,
        {
            "PREFECT_API_URL": f"http://127.0.0.1:{prefect}/api",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(ROOT),
            "TONGHOP_DATABASE_URL": database,
            "TONGHOP_ARCHIVE_URL": "s3://tonghop/archive",
            "TONGHOP_ARCHIVE_OPTIONS": (
                f'{{"endpoint_url": "http://127.0.0.1:{store}", "key": "a", "secret": "b"}}'
            ),
            "TONGHOP_PICTURES": "false",
        },
    )
    try:
        made.start("store", str(SCRIPTS / "moto_server"), "-p", str(store))
        made.start("server", PREFECT, "server", "start", "--port", str(prefect), "--no-ui")
        wait_until(lambda: answers(f"http://127.0.0.1:{store}/moto-api/"), "object store")
        bucket = urllib.request.Request(f"http://127.0.0.1:{store}/tonghop", method="PUT")
        bucket.add_header("Authorization", "AWS4-HMAC-SHA256 Credential=a/20211001/us-east-1/s3/x")
        with urllib.request.urlopen(bucket, timeout=LONG):
            pass
        wait_until(lambda: answers(f"http://127.0.0.1:{prefect}/api/health"), "Prefect server")
        yield made
    finally:
        made.stop()
