"""A site where three reports were read badly, with their pages drawn."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from misread import CAMPAIGN, misread, sha_of, unclaimed

from reconcile.run import reconcile
from schemas.catalog import form
from schemas.registry_index import admin_units
from schemas.settings import Settings
from warehouse import queries
from warehouse.engine import open_warehouse

HOSTILE = '<img src=x onerror=alert(1)> " hx-get="/evil" <script>alert(2)</script>'
RIGHT = {
    "325": {"training.law_and_science.people": 156, "book_drive.books.count": 131},
    "323": {"contests.thematic_sessions.count": 17, "opening.institutions.people": 10735},
}
"""What really stands on the pages of the two misread reports."""


@pytest.fixture(scope="session")
def desk_home(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The loaded samples with pages drawn; a PDF and a Word file read with wrong digits."""
    home = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(loaded, home)
    warehouse = open_warehouse(f"sqlite:///{home / 'warehouse.sqlite'}")
    names = ("02-325.pdf", "01-323.docx")
    shas = [sha_of(warehouse, name) for name in names]
    subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "pictures", *shas],
        env={**os.environ, "TONGHOP_HOME": str(home), "TONGHOP_WORKERS": "1"},
        check=True,
        capture_output=True,
    )
    with warehouse.read() as connection:
        report = queries.report(connection, shas[0])
    people = {
        "training.law_and_science.people": (186, "186"),
        "book_drive.books.count": (1310, "1310"),
    }
    misread(warehouse, names[0], people, (unclaimed(report, "Số bài đăng báo", "12"),), HOSTILE)
    sessions = {
        "contests.thematic_sessions.count": (18, "18"),
        "opening.institutions.people": (1073, "1.073"),
    }
    misread(warehouse, names[1], sessions)
    reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
    with warehouse.engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    warehouse.dispose()
    return home


@pytest.fixture
def settings(desk_home: Path, tmp_path: Path) -> Settings:
    """Every test has a site of its own: what one decides must not help the next."""
    home = tmp_path / "home"
    shutil.copytree(desk_home, home, copy_function=os.link)
    database = home / "warehouse.sqlite"
    database.unlink()
    shutil.copy(desk_home / "warehouse.sqlite", database)
    return Settings(home=home, workers=1)


@pytest.fixture
def site(settings: Settings, serve: Any) -> Iterator[Any]:
    """The site over the misread reports."""
    with serve(settings) as server:
        yield server


@pytest.fixture
def sha(site: Any) -> Callable[[str], str]:
    """``sha("325")``: the report of that unit."""
    names = {"325": "02-325.pdf", "323": "01-323.docx", "326": "03-326.docx"}
    return lambda unit: sha_of(site.warehouse, names[unit])


@pytest.fixture
def sha_of_325(settings: Settings) -> str:
    """The misread PDF report, where no server runs."""
    warehouse = open_warehouse(settings.warehouse_url)
    found = sha_of(warehouse, "02-325.pdf")
    warehouse.dispose()
    return found
