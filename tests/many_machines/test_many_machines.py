"""The same reports on one machine and on several give the same warehouse, row for row."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.loopback import LONG, wait_until
from warehouse.engine import open_warehouse

WEEK = Path("samples/week-2021")
REPORTS = (
    "01-323.docx",
    "02-325.pdf",
    "03-326.docx",
    "04-327.pdf",
    "11-33-thpt-chuyen-hung-yen.docx",
)
VIEWS = ("unit_annex", "province_annex", "lineage", "narratives", "directives", "open_findings")
DIFFERENT_BY_NATURE = {"opened_at", "received_at", "read_at"}


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    folder = tmp_path / "incoming"
    folder.mkdir()
    for name in REPORTS:
        (folder / name).write_bytes((WEEK / name).read_bytes())
    return folder


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every published view, without what the clock says and the order of storage."""
    warehouse = open_warehouse(url)
    out = {}
    with warehouse.read() as connection:
        for view in VIEWS:
            found = connection.execute(text(f"select * from {view}")).mappings()
            out[view] = sorted(
                tuple(_plain(v) for k, v in row.items() if k not in DIFFERENT_BY_NATURE)
                for row in found
            )
    warehouse.dispose()
    return out


def tried(url: str) -> bool:
    """Whether some machine has begun with a file."""
    warehouse = open_warehouse(url)
    with warehouse.read() as connection:
        begun = connection.execute(text("select 1 from attempt")).first() is not None
    warehouse.dispose()
    return begun


def _plain(value: Any) -> str:
    """SQLite has no booleans, and the two write a float's last digit differently."""
    if isinstance(value, (bool, int, float)):
        return f"{float(value):.6f}"
    return str(value)


@pytest.fixture
def alone(tmp_path: Path, incoming: Path, machines: Any) -> dict[str, list[tuple[Any, ...]]]:
    """What one machine with SQLite and a folder makes of the same reports."""
    home = tmp_path / "alone"
    done = machines.run(
        "alone", sys.executable, "-m", "pipelines.cli", "ingest", str(incoming),
        TONGHOP_HOME=str(home), TONGHOP_DATABASE_URL="", TONGHOP_ARCHIVE_URL="",
        TONGHOP_ARCHIVE_OPTIONS="{}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return rows(f"sqlite:///{home / 'warehouse.sqlite'}")


@dataclass(frozen=True)
class Readers:
    """``shared`` is what the machine that leads must know; ``processes``, the last one a worker."""

    shared: dict[str, str]
    processes: list[subprocess.Popen[bytes]]


@pytest.fixture(params=["pool", "dask"])
def readers(
    request: pytest.FixtureRequest, machines: Any, database: Any, incoming: Path
) -> Iterator[Readers]:
    """Two readers of a kind, over an empty warehouse."""
    kind, name = request.param, uuid.uuid4().hex[:8]
    shared = {
        "TONGHOP_DATABASE_URL": database(f"many_{name}"),
        "TONGHOP_ARCHIVE_URL": f"s3://tonghop/{name}",
    }
    started = machines.pool(shared) if kind == "pool" else machines.dask(shared)
    yield Readers(
        shared
        | {
            "TONGHOP_SOURCES": f'[{{"name": "week", "url": "{incoming}", "stable_seconds": 0}}]',
            "TONGHOP_MACHINES__RUNNER": kind,
            "TONGHOP_MACHINES__ADDRESS": started.address,
            "TONGHOP_MACHINES__BATCH": "1",
            "TONGHOP_MACHINES__PATIENCE": str(LONG),
        },
        started.processes,
    )
    for process in started.processes:
        machines.kill(process)


@pytest.fixture
def cluster(readers: Readers) -> dict[str, str]:
    return readers.shared


def night(machines: Any, cluster: dict[str, str]) -> Any:
    return machines.run("lead", sys.executable, "-m", "pipelines.cli", "nightly", **cluster)


@pytest.mark.slow
def test_several_machines_make_what_one_makes(
    machines: Any, cluster: dict[str, str], alone: dict[str, list[tuple[Any, ...]]]
) -> None:
    done = night(machines, cluster)
    assert done.returncode == 0, done.stderr
    together = rows(cluster["TONGHOP_DATABASE_URL"])
    for view in VIEWS:
        assert together[view] == alone[view], view
    assert "trên các máy đọc" in done.stderr, done.stderr
    again = night(machines, cluster)
    assert again.returncode == 0, again.stderr
    assert rows(cluster["TONGHOP_DATABASE_URL"]) == together


@pytest.mark.slow
def test_a_machine_that_dies_costs_no_report(
    machines: Any, readers: Readers, alone: dict[str, list[tuple[Any, ...]]]
) -> None:
    url = readers.shared["TONGHOP_DATABASE_URL"]
    words = (sys.executable, "-m", "pipelines.cli", "nightly")
    impatient = readers.shared | {"TONGHOP_MACHINES__PATIENCE": "10"}
    leading = machines.start("lead-of-a-loss", *words, **impatient)
    wait_until(lambda: tried(url), "a machine that reads")
    machines.kill(readers.processes[-1])
    assert leading.wait(LONG) == 0, machines.log("lead-of-a-loss")
    together = rows(url)
    for view in VIEWS:
        assert together[view] == alone[view], view


@pytest.mark.slow
def test_a_night_whose_machines_cannot_be_asked_reads_here(
    machines: Any, database: Any, incoming: Path, alone: dict[str, list[tuple[Any, ...]]]
) -> None:
    url = database("nobody_there")
    done = machines.run(
        "lead", sys.executable, "-m", "pipelines.cli", "nightly",
        TONGHOP_DATABASE_URL=url, TONGHOP_ARCHIVE_URL="s3://tonghop/nobody",
        TONGHOP_SOURCES=f'[{{"name": "week", "url": "{incoming}", "stable_seconds": 0}}]',
        TONGHOP_MACHINES__RUNNER="pool", TONGHOP_MACHINES__ADDRESS="no-such-pool",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "pool: " in done.stderr
    assert rows(url) == alone


@pytest.mark.slow
def test_a_night_without_a_server_for_all_machines_is_refused(
    machines: Any, tmp_path: Path
) -> None:
    done = machines.run(
        "lead", "env", "-u", "PREFECT_API_URL", sys.executable, "-m", "pipelines.cli", "nightly",
        TONGHOP_MACHINES__RUNNER="pool", TONGHOP_MACHINES__ADDRESS="readers",
        TONGHOP_DATABASE_URL=f"sqlite:///{tmp_path / 'w.sqlite'}",
    )  # fmt: skip
    assert done.returncode == 2
    assert "PREFECT_API_URL" in done.stderr
