"""The database stopped, killed, locked and full."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from review.app import create_app
from schemas.errors import WarehouseUnavailable
from schemas.settings import Settings
from tests.faults.victim import Victim, ended, kill
from tests.loopback import answers, free_port, wait_until
from tests.postgresql import Database, postgresql


def await_line(process: subprocess.Popen[str], part: str) -> None:
    """Reads what a process says until a line holds ``part``."""
    assert process.stderr is not None
    told = [""]
    while part not in told[-1]:
        told.append(process.stderr.readline())
        assert told[-1], f"ended without {part}: {told}"


@pytest.fixture
def database() -> Iterator[Database]:
    with postgresql() as made:
        yield made


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_postgresql_goes_and_comes_back_in_the_middle(
    tmp_path: Path, database: Database, how: str
) -> None:
    victim = Victim(tmp_path / "home", database.url)
    victim.submit(5)
    process = victim.start_and_hold(1)
    if how == "killed":
        kill(database.pid)
    else:
        database.stop()
    victim.let_go(process)
    time.sleep(2)
    database.start()
    status, told = ended(process)
    assert status == 0, told
    victim.correct()
    assert victim.run()[0] == 0
    victim.assert_nothing_lost()


def test_a_night_that_begins_before_its_database_waits_for_it(
    tmp_path: Path, database: Database
) -> None:
    victim = Victim(tmp_path / "home", database.url)
    victim.submit(2)
    database.stop()
    process = victim.start()
    await_line(process, "warehouse_unavailable")
    database.start()
    status, told = ended(process)
    assert status == 0, told
    victim.assert_nothing_lost()


def test_a_database_that_goes_while_it_is_published_fails_by_name(victim: Victim) -> None:
    def reads() -> None:
        with victim.warehouse() as warehouse, warehouse.snapshot():
            raise OperationalError("select 1", None, Exception("terminating connection"))

    with pytest.raises(WarehouseUnavailable):
        reads()


def test_the_site_without_its_database_says_come_back_and_comes_back(
    tmp_path: Path, database: Database
) -> None:
    app = create_app(Settings(home=tmp_path, database_url=database.url))
    browser = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
    browser.cookies.set("tonghop", "an old one")
    assert browser.get("/login").status_code == 200
    database.stop()
    answer = browser.get("/")
    assert answer.status_code == 503
    assert "warehouse_unavailable" in answer.text
    assert browser.get("/healthz").status_code == 503
    database.start()
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/login").status_code == 200


def test_a_site_that_starts_before_its_database_waits_for_it(
    tmp_path: Path, database: Database
) -> None:
    victim = Victim(tmp_path / "home", database.url)
    assert victim.rows("select 1") == [(1,)]
    database.stop()
    port = free_port()
    site = victim.start("review", "--port", str(port))
    try:
        await_line(site, "warehouse_unavailable")
        database.start()
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/healthz"), "review site")
    finally:
        kill(site.pid)
        site.communicate()


def test_a_locked_database_is_waited_for(victim: Victim) -> None:
    victim.submit(2)
    assert victim.run()[0] == 0
    victim.correct()
    victim.submit(2)
    base = victim.home / "warehouse.sqlite"
    lock = sqlite3.connect(base, isolation_level=None)
    lock.execute("begin exclusive")
    process = victim.start()
    files = Path(f"/proc/{process.pid}/fd")
    wait_until(lambda: any(f.readlink() == base for f in files.iterdir()), "the night's opening")
    time.sleep(3)
    assert process.poll() is None
    lock.execute("commit")
    lock.close()
    status, told = ended(process)
    assert status == 0, told
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
