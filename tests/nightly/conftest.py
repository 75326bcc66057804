"""A Prefect server of the tests' own, and an office with secrets in every place that takes one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.loopback import LONG, answers, free_port, wait_until

WEEK = Path("samples/week-2021").resolve()
SECRETS = {
    "option": "mat-khau-sftp-1",
    "address": "mat-khau-dia-chi-2",
    "environment": "mat-khau-bien-3",
    "file": "mat-khau-tep-4",
    "mail": "mat-khau-thu-5",
    "archive": "mat-khau-kho-6",
    "sign-on": "mat-khau-sso-7",
}


@dataclass
class Prefect:
    """``prefect server start``, killed and started again at will."""

    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def start(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        words = ("server", "start", "--host", "127.0.0.1", "--port", str(self.port), "--no-ui")
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "prefect", *words],
                env=clean()
                | {"PREFECT_HOME": str(self.home), "DO_NOT_TRACK": "1"}
                | {"PREFECT_SERVER_ANALYTICS_ENABLED": "false"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(lambda: answers(f"{self.url}/health"), "Prefect server")

    def kill(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def prefect(tmp_path: Path) -> Iterator[Prefect]:
    made = Prefect(tmp_path / "prefect-of-the-office")
    yield made
    made.kill()


@dataclass
class Office:
    """A folder with ``tonghop.toml`` and a few reports; commands run in it as processes."""

    place: Path

    @property
    def home(self) -> Path:
        return self.place / "home"

    def start(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """What it says goes to ``said.log``."""
        with (self.place / "said.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "pipelines.cli", *words],
                cwd=self.place,
                env=clean() | {"OFFICE_PASSWORD": SECRETS["environment"]} | more,
                stdout=log,
                stderr=log,
            )

    def run(self, *words: str, **more: str) -> int:
        return self.start(*words, **more).wait(LONG)

    @property
    def said(self) -> str:
        return (self.place / "said.log").read_text("utf-8")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        import sqlite3

        with sqlite3.connect(self.home / "warehouse.sqlite", timeout=LONG) as base:
            return base.execute(query).fetchall()

    def holds(self, table: str) -> bool:
        """Whether the warehouse is there and the table holds anything."""
        if not (self.home / "warehouse.sqlite").exists():
            return False
        named = self.rows(f"select 1 from sqlite_master where name = '{table}'")
        return bool(named) and bool(self.rows(f"select 1 from {table}"))

    def change(self, statement: str) -> None:
        import sqlite3

        with sqlite3.connect(self.home / "warehouse.sqlite", timeout=LONG) as base:
            base.execute(statement)


def clean() -> dict[str, str]:
    """The environment of a process that knows nothing of this machine's settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TONGHOP_", "PREFECT_"))}
    return kept | {"PYTHONPATH": str(Path.cwd())}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two good reports and a broken one; sources and a mail server that refuse with their secrets."""
    reports = tmp_path / "in"
    reports.mkdir()
    for name in ("01-323.docx", "03-326.docx"):
        shutil.copy(WEEK / name, reports)
    (reports / "hỏng.pdf").write_bytes(b"%PDF-1.4 nothing more")
    (tmp_path / "secret").write_text(SECRETS["file"] + "\n")
    closed = free_port()
    (tmp_path / "tonghop.toml").write_text(
        f'home = "{tmp_path}/home"\npictures = false\nworkers = 1\n'
        f'archive_options = {{ token = "{SECRETS["archive"]}" }}\n'
        f'[[sources]]\nname = "chung"\nurl = "{reports}"\nstable_seconds = 0\n'
        f'[[sources]]\nname = "sftp"\nurl = "sftp://lan:{SECRETS["address"]}@127.0.0.1:{closed}/x"\n'
        f'options = {{ password = "{SECRETS["option"]}" }}\n'
        f'[[sources]]\nname = "thu"\nurl = "imap://lan@127.0.0.1:{closed}/INBOX"\n'
        'options = { password_env = "OFFICE_PASSWORD" }\n'
        f'[[sources]]\nname = "kho"\nurl = "s3://b/x"\noptions = {{ key = "k", secret_file = '
        f'"{tmp_path}/secret", endpoint_url = "http://127.0.0.1:{closed}" }}\n'
        f'[mail]\nhost = "127.0.0.1"\nport = {closed}\nsender = "a@b.vn"\nto = ["c@b.vn"]\n'
        f'user = "lan"\npassword = "{SECRETS["mail"]}"\n'
        f'[review]\nsign_on = {{ issuer = "https://sso.example.vn", client_id = "x", '
        f'client_secret = "{SECRETS["sign-on"]}" }}\n',
        "utf-8",
    )
    return Office(tmp_path)
