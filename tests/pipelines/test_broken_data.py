"""A registry with a hole, a form with an error: told by file and line, and what was held stays held."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path.cwd()
FIRST, SECOND = (REPOSITORY / "samples/week-2021" / n for n in ("01-323.docx", "03-326.docx"))
UNITS, NEXT = "registry/units.csv", "registry/successions.csv"
FORM = "forms/llw/2021.yaml"


def without_its_province(text: str) -> str:
    """Hưng Yên is taken out, its districts are left."""
    return "".join(line for line in text.splitlines(True) if not line.startswith("33,"))


def with_a_day_that_is_none(text: str) -> str:
    head, first, rest = text.split("\n", 2)
    return "\n".join([head, first.replace("2025-", "2025-13-", 1), rest])


BROKEN: dict[str, tuple[str, Callable[[str], str], tuple[str, ...]]] = {
    "a parent is missing": (UNITS, without_its_province, ("units.csv", "dòng")),
    "a day that is none": (NEXT, with_a_day_that_is_none, ("successions.csv", "dòng 2")),
    "a rule that is none": (
        FORM,
        lambda text: text.replace("rule: whole_differs_from_parts", "rule: whole_is_fine", 1),
        ("2021.yaml",),
    ),
    "no YAML": (FORM, lambda text: text + "\n  - : [\n", ("2021.yaml", "dòng")),
}


def tonghop(home: Path, code: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(code), str(REPOSITORY)])
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        cwd=home, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": paths, "TONGHOP_HOME": str(home), "TONGHOP_WORKERS": "1", "TONGHOP_PICTURES": "false"},
    )  # fmt: skip


def held(home: Path) -> tuple[list[str], list[str]]:
    """Every row of the warehouse, and every file of the archive."""
    with sqlite3.connect(home / "warehouse.sqlite") as connection:
        rows = list(connection.iterdump())
    return rows, sorted(str(p) for p in (home / "archive").rglob("*") if p.is_file())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with one report; every test leaves it as it is."""
    made = tmp_path_factory.mktemp("home")
    assert tonghop(made, REPOSITORY, "ingest", str(FIRST)).returncode == 0
    return made


@pytest.mark.parametrize("name", BROKEN)
def test_it_is_named_and_nothing_changes(home: Path, tmp_path: Path, name: str) -> None:
    member, spoil, told = BROKEN[name]
    code = tmp_path / "code"
    shutil.copytree(REPOSITORY / "schemas", code / "schemas")
    target = code / "schemas" / member
    text = target.read_text("utf-8")
    target.write_text(spoil(text), "utf-8")
    assert target.read_text("utf-8") != text
    before = held(home)
    refused = tonghop(home, code, "ingest", str(SECOND))
    assert refused.returncode == 2
    assert all(part in refused.stderr for part in told)
    assert "Traceback" not in refused.stderr
    assert held(home) == before


def test_once_it_is_mended_work_goes_on(home: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(home, again)
    assert tonghop(again, REPOSITORY, "ingest", str(SECOND)).returncode == 0
    assert len(held(again)[1]) > len(held(home)[1])
