"""An office whose nightly run is hurt from outside, and what must be true afterwards."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines import steps
from schemas.decision import Action, Decision
from schemas.settings import Settings, load_settings
from tests.loopback import LONG
from warehouse import decisions
from warehouse.engine import Warehouse

WEEK = Path("samples/week-2021").resolve()
WORDS = sorted(WEEK.glob("*.docx"))
SCAN = Path("samples/real/c_scan200_stamptable_color.pdf").resolve()
"""Read for seconds."""
_HELD = """
import sys
from pipelines import loading
told = loading.outcome
def held(report):
    print("loaded", flush=True)
    sys.stdin.readline()
    return told(report)
loading.outcome = held
sys.argv = ["tonghop", "nightly", "--plain"]
from pipelines.cli import main
main()
"""


@dataclass
class Victim:
    """Files in ``home/../in``; every run is the program itself, as a process of its own."""

    home: Path
    database_url: str = ""
    more: str = ""
    submitted: set[str] = field(default_factory=set)
    twins: set[str] = field(default_factory=set)
    """Those that stood in both sources."""
    corrections: int = 0

    def __post_init__(self) -> None:
        self.folder, self.second = self.home.parent / "in", self.home.parent / "in-2"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.second.mkdir(exist_ok=True)
        self.home.mkdir(parents=True, exist_ok=True)
        self.write_settings()

    def write_settings(self, more: str = "") -> None:
        (self.home.parent / "tonghop.toml").write_text(
            f'home = "{self.home}"\npictures = false\nworkers = 2\n{self.more}{more}\n'
            f'[[sources]]\nname = "in"\nurl = "{self.folder}"\nstable_seconds = 0\n'
            f'[[sources]]\nname = "in-2"\nurl = "{self.second}"\nstable_seconds = 0\n',
            "utf-8",
        )

    @property
    def environment(self) -> dict[str, str]:
        chosen = {"PYTHONPATH": str(Path.cwd())}
        if self.database_url:
            chosen["TONGHOP_DATABASE_URL"] = self.database_url
        return {k: v for k, v in os.environ.items() if not k.startswith("TONGHOP_")} | chosen

    def submit(self, number: int = 1, twins: bool = False) -> None:
        """New files, each with bytes of its own and the content of a sample; ``twins`` in both sources."""
        for _ in range(number):
            at = len(self.submitted)
            path = self.folder / f"r{at:04d}.docx"
            part = path.with_suffix(".part")
            shutil.copy(WORDS[at % len(WORDS)], part)
            with zipfile.ZipFile(part, "a") as archive:
                archive.comment = f"copy {at}".encode()
            if twins:
                shutil.copy(part, self.second / part.name)
                (self.second / part.name).replace(self.second / path.name)
            part.replace(path)
            sha256 = self._submitted(path)
            self.twins |= {sha256} if twins else set()

    def submit_scan(self) -> None:
        self._submitted(Path(shutil.copy(SCAN, self.folder / "scan.pdf")))

    def _submitted(self, path: Path) -> str:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        self.submitted.add(sha256)
        return sha256

    def start(self, *words: str, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*prefix, sys.executable, "-m", "pipelines.cli", *(words or ("nightly", "--plain"))],
            cwd=self.home.parent,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def start_program(
        self, text: str, prefix: tuple[str, ...] = (), stdout: int = subprocess.DEVNULL
    ) -> subprocess.Popen[str]:
        """Python of its own beside the runs."""
        return subprocess.Popen(
            [*prefix, sys.executable, "-c", text],
            cwd=self.home.parent,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
        )

    def start_and_hold(self, reports: int) -> subprocess.Popen[str]:
        """A night that stands still once it has loaded so many reports, until ``let_go``."""
        process = self.start_program(_HELD, stdout=subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(reports):
            if number:
                process.stdin.write("\n")
                process.stdin.flush()
            assert process.stdout.readline() == "loaded\n", process.communicate()
        return process

    @staticmethod
    def let_go(process: subprocess.Popen[str]) -> None:
        """What was held goes on to its end."""
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None

    def run(self, *words: str, prefix: tuple[str, ...] = ()) -> tuple[int, str]:
        return ended(self.start(*words, prefix=prefix))

    def settings(self) -> Settings:
        with contextlib.chdir(self.home.parent):
            return load_settings(
                **({"database_url": self.database_url} if self.database_url else {})
            )

    @contextlib.contextmanager
    def warehouse(self) -> Iterator[Warehouse]:
        opened = steps.warehouse_of(self.settings())
        try:
            yield opened
        finally:
            opened.dispose()

    def correct(self) -> None:
        """A person corrects a number of the first document that has one."""
        with self.warehouse() as warehouse, warehouse.write() as connection:
            row = connection.exec_driver_sql(
                "select sha256 from effective_value where indicator = 'news' order by sha256"
            ).first()
            if row is None:
                return
            self.corrections += 1
            request = f"r{self.corrections}"
            value = str(1000 + self.corrections)
            decisions.post(
                connection,
                Decision(row[0], "news.count", Action.CORRECT, "lan", "sai", request, value),
            )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.warehouse() as warehouse, warehouse.read() as connection:
            return [tuple(r) for r in connection.exec_driver_sql(query)]

    def assert_nothing_lost(self) -> None:
        """Every submitted file is one document, its every value once, whole in the archive; corrections
        stand."""
        # Two versions that read a file at the same time leave two readings, of which one counts.
        read = "(select distinct sha256, parser_version from extraction)"
        assert self.rows(f"select count(*) from {read} as r") == self.rows(
            "select count(*) from extraction"
        )
        for table in ("blob", "document", "(select distinct sha256 from extraction) as e"):
            found = [r[0] for r in self.rows(f"select sha256 from {table}")]
            assert len(found) == len(set(found)), f"{table}: doubled"
            assert set(found) == self.submitted, f"{table}: lost or strange"
        twice = (
            "select 1 from effective_value group by sha256, indicator, measure having count(*) > 1"
        )
        assert self.rows(twice) == []
        assert self.rows("select count(*) from document where status = 'failed'") == [(0,)]
        came = set(self.rows("select sha256, source from receipt"))
        assert came >= {(sha256, name) for sha256 in self.twins for name in ("in", "in-2")}
        archive = steps.archive_of(self.settings())
        assert archive.verify() == []
        assert set(archive.hashes()) == self.submitted
        # What a later file of the same unit took over is no correction more.
        made = "select count(*) from decision where carried_from is null"
        assert self.rows(made) == [(self.corrections,)]
        if self.corrections:
            standing = self.rows(
                "select value from effective_value where indicator = 'news' and decided_by = 'lan'"
            )
            assert (1000 + self.corrections,) in standing


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit status of what ends by itself, and what it said."""
    told = process.communicate(timeout=LONG)[1]
    return process.returncode, told


def below(pid: int) -> list[int]:
    """Every process below ``pid``."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            stat = (entry / "stat").read_text()
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        here = parents.get(todo.pop(), [])
        found += here
        todo += here
    return found


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
