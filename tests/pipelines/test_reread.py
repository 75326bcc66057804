"""Archived originals read again: only a few lie here at once, what changed is told, and undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner
from pytest import MonkeyPatch

from pipelines import steps
from pipelines.cli import main
from pipelines.reread import reread
from pipelines.understand import understand
from schemas.catalog import form
from schemas.registry_index import admin_units
from schemas.settings import Settings
from tools.country import hand_in
from warehouse import queries
from warehouse.archive import Archive
from warehouse.comparison import Outcome
from warehouse.engine import Warehouse
from warehouse.load import Receipt

WEEK = Path("samples/week-2021")
FILES = ("01-323.docx", "03-326.docx", "11-33-thpt-chuyen-hung-yen.docx")


class Watched(Archive):
    """An archive that counts how many of its files are out."""

    out = most = 0

    def fetch(self, sha256: str, stage: str = "original") -> Path:
        self.out += 1
        self.most = max(self.most, self.out)
        return super().fetch(sha256, stage)

    def release(self, sha256: str) -> None:
        self.out -= 1
        super().release(sha256)


def read_before(settings: Settings, archive: Archive, spoiled: str) -> Warehouse:
    """A warehouse as an earlier parser left it: one figure of ``spoiled`` misread, one unseen."""
    import datetime as dt

    warehouse = steps.warehouse_of(settings)
    for name in FILES:
        archive.put(WEEK / name)
        report = understand(WEEK / name, name, "33")
        if name == spoiled:
            first, _, *rest = report.observations
            report = replace(report, observations=(replace(first, value=first.value + 1), *rest))
        with warehouse.write() as connection:
            receipt = Receipt("test", name, name, dt.datetime.now(dt.UTC))
            hand_in(connection, report, receipt, "0", form("llw-2021"), admin_units(), "33")
    return warehouse


def test_reading_again_tells_what_changed_and_holds_few_files(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    archive = Watched(settings.archive_root)
    warehouse = read_before(settings, archive, FILES[1])
    said: list[str] = []
    result = reread(settings, warehouse, archive, "llw-2021", 1, said.append)
    assert result.outcomes == {Outcome.SAME: 2, Outcome.CHANGED: 1}
    ((name, found),) = result.told
    assert name == FILES[1]
    assert (len(found.changed), len(found.found)) == (1, 1)
    assert archive.most <= 2
    assert said[-1].startswith("[3/3]")
    warehouse.dispose()


def test_the_command_and_the_way_back(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    settings = Settings(home=tmp_path)
    warehouse = read_before(settings, Archive(settings.archive_root), FILES[0])

    def table() -> dict[tuple[str, str], int | None]:
        with warehouse.read() as connection:
            rows = queries.province_table(connection, "llw-2021", "33")
        return {(r["indicator"], r["measure"]): r["value"] for r in rows}

    monkeypatch.setenv("TONGHOP_HOME", str(tmp_path))
    before = table()
    done = CliRunner().invoke(main, ["reread", "--campaign", "llw-2021"])
    assert done.exit_code == 0, done.output
    assert f"changed\t{FILES[0]}" in done.stdout
    assert table() != before
    back = CliRunner().invoke(main, ["reread", "--rollback", "1"])
    assert back.exit_code == 0, back.output
    assert table() == before
    assert CliRunner().invoke(main, ["reread", "--rollback", "99"]).exit_code == 1
    warehouse.dispose()
