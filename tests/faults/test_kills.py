"""kill -9 of whatever runs: nothing is lost, nothing is doubled, every correction stands."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.faults.store import a_bucket, archive_in, object_store
from tests.faults.storm import Storm
from tests.faults.victim import Victim, below, ended, kill
from tests.faults.weather import Weather, disk
from tests.postgresql import postgresql

SEED = 20261125


@pytest.mark.slow
def test_whatever_works_at_night_is_killed_while_disk_clock_and_version_change() -> None:
    """The short form of ``make chaos``, over SQLite."""
    with tempfile.TemporaryDirectory() as folder, disk(500) as mounted:
        victim = Victim((mounted or Path(folder)) / "home", more="max_attempts = 100\n")
        chance = random.Random(SEED)
        weather = Weather(victim, chance, disk=mounted)
        Storm(victim, chance, weather=weather).rage(4)
        assert victim.rows("select count(*) from run where state = 'running'") == [(0,)]
        assert weather.struck.total() > 0


@pytest.mark.slow
def test_whatever_works_at_night_is_killed_while_database_and_object_store_fail(
    tmp_path: Path,
) -> None:
    """The short form of ``make chaos``, over PostgreSQL."""
    with postgresql() as database, object_store() as proxy:
        more = "max_attempts = 100\n" + archive_in(proxy, a_bucket(proxy))
        victim, chance = Victim(tmp_path / "home", database.url, more), random.Random(SEED)
        weather = Weather(victim, chance, store=proxy)
        Storm(victim, chance, database, weather=weather).rage(4)
        assert victim.rows("select count(*) from run where state = 'running'") == [(0,)]
        assert weather.struck.total() > 0


def test_the_reading_process_is_killed_and_its_file_is_read_again(victim: Victim) -> None:
    # Whoever reads it is seen at work, however busy the machine: a Word file is read in a blink.
    victim.submit_scan()
    process = victim.start()
    readers: list[int] = []
    while process.poll() is None and not readers:
        time.sleep(0.01)
        # The forkserver stands below the run; those below the forkserver read files.
        readers = [g for child in below(process.pid) for g in below(child)]
    for reader in readers:
        kill(reader)
    status, told = ended(process)
    assert status == 0, told
    assert victim.rows("select sum(crashed) from attempt") == [(1,)]
    victim.assert_nothing_lost()


def test_a_second_run_does_not_start_beside_the_first(victim: Victim) -> None:
    victim.submit(4)
    first = victim.start_and_hold(1)
    status, told = victim.run()
    assert status == 1
    assert "run_still_going" in told
    victim.let_go(first)
    assert ended(first)[0] == 0
    victim.assert_nothing_lost()


def test_a_decision_that_was_answered_outlives_the_death_of_who_posted_it(victim: Victim) -> None:
    victim.submit(1)
    assert victim.run()[0] == 0
    program = (
        "import sys; from warehouse.engine import open_warehouse; from warehouse import decisions\n"
        "from schemas.decision import Decision, Action\n"
        "w = open_warehouse(sys.argv[1]); sha = sys.argv[2]\n"
        "for n in range(1, 10000):\n"
        "    with w.write() as c:\n"
        "        d = Decision(sha, 'news.count', Action.CORRECT, 'lan', 'sai', f'r{n}', str(1000 + n))\n"
        "        decisions.post(c, d)\n"
        "    print(n, flush=True)\n"
    )
    (sha256,) = victim.submitted
    poster = subprocess.Popen(
        [sys.executable, "-c", program, victim.settings().warehouse_url, sha256],
        stdout=subprocess.PIPE,
        text=True,
        env=victim.environment,
    )
    assert poster.stdout is not None
    for _ in range(5):
        poster.stdout.readline()
    kill(poster.pid)
    answered = 5 + len(poster.stdout.read().splitlines())
    (stored,) = victim.rows("select count(*) from decision")[0]
    # The last one may have been committed just before its answer.
    assert stored in (answered, answered + 1)
    victim.corrections = stored
    victim.assert_nothing_lost()


def test_two_runs_take_in_the_same_files_at_once(victim: Victim) -> None:
    victim.submit(3)
    running = [victim.start("ingest", str(victim.folder)) for _ in range(2)]
    running.append(victim.start())
    assert [ended(process)[0] for process in running] == [0, 0, 0]
    victim.assert_nothing_lost()
