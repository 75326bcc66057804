"""File names that would lie on a screen, or that no UTF-8 system wrote: kept readable, nothing fails."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pipelines import steps
from pipelines.sources.intake import collect_sources
from schemas.settings import Settings, SourceSettings
from warehouse import queries

WORD = Path("samples/week-2021/01-323.docx")
RAR = b"Rar!\x1a\x07\0" + b"\0" * 30
NAMES = {
    "báo cáo\u202excod.pdf".encode(): "báo cáoxcod.pdf",
    b"red\x1b[31m.docx": "red[31m.docx",
    b"two\nlines.docx": "two lines.docx",
    "của\u00a0huyện.docx".encode(): "của huyện.docx",
    b"b\xe1o c\xe1o.docx": "b\ufffdo c\ufffdo.docx",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for number, name in enumerate(NAMES):
        target = os.fsencode(made) + b"/" + name
        shutil.copy(os.fsencode(WORD), target)
        with open(target, "ab") as stream:  # noqa: PTH123 - the name is bytes
            stream.write(b"\0" * number)
    (made / "tệp\u202eFDP.rar").write_bytes(RAR)
    return made


@pytest.mark.parametrize("door", ["by hand", "nightly"])
def test_names_are_kept_readable(folder: Path, tmp_path: Path, door: str) -> None:
    source = SourceSettings(name="share", url=str(folder), stable_seconds=0)
    settings = Settings(home=tmp_path / "home", workers=1, sources=(source,))
    warehouse = steps.warehouse_of(settings)
    if door == "by hand":
        steps.ingest(settings, warehouse, [str(folder)], lambda _: None)
    else:
        collect_sources(settings, warehouse, steps.archive_of(settings), lambda _: None)
    with warehouse.read() as connection:
        held = queries.documents(connection)
        rows = connection.exec_driver_sql("select name from receipt").scalars().all()
    warehouse.dispose()
    assert {*NAMES.values(), "tệpFDP.rar"} == set(rows)
    for one in held:
        assert one.name in rows
        assert one.error_message is None or "\u202e" not in one.error_message
