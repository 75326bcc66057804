"""The doctor finds what is wrong and says how to mend it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

REPORT = Path("samples/week-2021/01-323.docx").resolve()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    shutil.copy(REPORT, tmp_path / "in")
    (tmp_path / "tonghop.toml").write_text(
        f'home = "{tmp_path}/home"\npictures = false\n[[sources]]\nname = "in"\n'
        f'url = "{tmp_path}/in"\nstable_seconds = 0\n'
    )
    assert run(tmp_path, "nightly", "--plain").returncode == 0
    return tmp_path


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())} | more,
        capture_output=True,
        text=True,
        check=False,
    )


def checks(folder: Path, *words: str, **more: str) -> dict[str, dict[str, Any]]:
    done = run(folder, "doctor", "--json", *words, **more)
    return {one["check"]: one for one in map(json.loads, done.stdout.splitlines())}


def test_a_good_installation_is_found_good(office: Path) -> None:
    done = run(office, "doctor")
    assert done.returncode == 0, done.stdout
    assert "✗" not in done.stdout


def test_what_is_wrong_is_named_with_how_to_mend_it(office: Path) -> None:
    (original,) = (office / "home/archive").rglob("original")
    original.write_bytes(b"damaged")
    shutil.rmtree(office / "in")
    found = checks(office, PATH="/nonexistent")
    for name in ("archive", "source: in", "soffice"):
        assert found[name]["grade"] == "error", found[name]
        assert found[name]["mend"]
    assert found["private"]["grade"] == "warning"


def test_a_database_that_does_not_answer_is_an_error(office: Path) -> None:
    url = "postgresql://x:geheim@127.0.0.1:1/x"
    found = checks(office, TONGHOP_DATABASE_URL=url)
    assert found["database"]["grade"] == "error"
    assert "geheim" not in str(found)


def test_the_lease_of_a_dead_run_is_freed_on_request(office: Path) -> None:
    import sqlite3

    with sqlite3.connect(office / "home/warehouse.sqlite") as base:
        base.execute(
            "insert into lease values ('nightly', 'r', ?, '1:0', 0, 120, current_timestamp)",
            (_host(),),
        )
    assert checks(office)["lease"]["grade"] == "warning"
    assert checks(office, "--mend")["lease"]["grade"] == "ok"
    assert checks(office)["lease"]["found"] == "không có lượt nào đang chạy"


def _host() -> str:
    from warehouse.night_runs import this_host

    return this_host()
