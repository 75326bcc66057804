"""The clock set back, and an upgrade in the middle."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.victim import Victim, kill

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
AHEAD = ("env", f"LD_PRELOAD={LIBRARY}", "FAKETIME=+40d")


@pytest.mark.skipif(LIBRARY is None, reason="faketime is not installed")
def test_a_clock_that_was_set_back_changes_nothing_and_is_told(victim: Victim) -> None:
    victim.submit(2)
    assert victim.run(prefix=AHEAD)[0] == 0
    process = victim.start(prefix=AHEAD)
    while process.poll() is None and not victim.rows("select 1 from lease"):
        time.sleep(0.02)
    kill(process.pid)
    process.wait()
    victim.correct()
    victim.submit(2)
    status, told = victim.run()
    assert status == 0, told
    victim.assert_nothing_lost()
    checked = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "doctor", "--json"],
        cwd=victim.home.parent,
        env=victim.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert '"check": "clock", "grade": "error"' in checked.stdout
    assert "timedatectl" in checked.stdout


def test_an_upgrade_in_the_middle_reads_nothing_twice(victim: Victim) -> None:
    victim.submit(5)
    process = victim.start_and_hold(2)
    kill(process.pid)
    process.communicate()
    newer = (
        "import pipelines.understand as u; u.PARSER_VERSION = 'newer'\n"
        "import sys; sys.argv = ['tonghop', 'nightly', '--plain']\n"
        "from pipelines.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", newer],
        cwd=victim.home.parent,
        env=victim.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    versions = dict(
        victim.rows("select parser_version, count(*) from extraction group by parser_version")
    )
    assert versions["newer"] >= 1
    victim.correct()
    victim.assert_nothing_lost()
