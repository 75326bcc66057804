"""The script that administrators run, on real SQLite and PostgreSQL."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

from tests.keeping.an_office import an_office


def test_backup_restore_and_move_by_the_script(tmp_path, new_database) -> None:
    url = new_database("sqlite")
    an_office(tmp_path / "home", url)
    command = tmp_path / "tonghop"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m pipelines.cli "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    done = subprocess.run(
        ["sh", "deploy/rehearse.sh"],
        env=os.environ
        | {
            "TONGHOP": str(command),
            "TONGHOP_HOME": str(tmp_path / "home"),
            "TONGHOP_DATABASE_URL": url,
            "REHEARSE_URL": new_database("postgresql"),
            "PYTHONPATH": str(Path.cwd()),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "rehearsed: backup, restore, migrate-to" in done.stderr
