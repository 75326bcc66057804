"""What was uploaded to the review site: one receipt whoever takes it first, and no heap of old folders."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from pipelines import steps
from pipelines.housekeeping import tidy
from schemas.settings import RetentionSettings

REPORT = Path("samples/week-2021/01-323.docx").resolve()


@pytest.fixture
def upload(office) -> Path:
    """One hand-in, as the review site leaves it."""
    folder = office.home / "inbox" / "0a1b2c3d"
    folder.mkdir(parents=True)
    shutil.copy(REPORT, folder / "báo cáo.docx")
    return folder


@pytest.mark.parametrize("first", ["site", "night"])
def test_the_site_and_the_night_write_one_receipt(office, upload: Path, first: str) -> None:
    settings = office.settings()
    warehouse, archive = steps.warehouse_of(settings), steps.archive_of(settings)
    for who in ("site", "night") if first == "site" else ("night", "site"):
        if who == "site":
            steps.ingest(settings, warehouse, [str(upload)], office.said.append)
        else:
            (taken,) = office.collect()
            assert (taken.source, taken.taken) == ("upload", 1)
            steps.read_waiting(settings, warehouse, archive, office.said.append)
    warehouse.dispose()
    assert office.rows("select name, source from receipt") == [("báo cáo.docx", str(upload))]
    assert office.rows("select count(*) from document") == [(1,)]


def test_an_upload_goes_once_it_is_taken_and_old_and_never_before(office, upload: Path) -> None:
    office.collect()
    later = shutil.copytree(upload, upload.with_name("later"))
    os.utime(later / "báo cáo.docx")
    settings = office.settings(retention=RetentionSettings(uploads_days=7))
    warehouse = steps.warehouse_of(settings)
    now = dt.datetime.now(dt.UTC)
    tidy(settings, warehouse, now + dt.timedelta(days=6))
    assert upload.exists()
    tidy(settings, warehouse, now + dt.timedelta(days=8))
    warehouse.dispose()
    assert not upload.exists()
    assert later.exists(), "not taken yet"
    assert steps.archive_of(settings).hashes()
