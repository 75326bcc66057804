"""What was backed up comes back the same, on either engine, or says that it does not."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines import steps
from schemas.errors import BackupDamaged, CopyDiffers, TargetNotEmpty
from schemas.settings import Settings
from tests.keeping.an_office import FILES, an_office, correct, corrected
from warehouse import copying, decisions, queries
from warehouse.archive import Archive
from warehouse.backup import back_up, restore
from warehouse.engine import open_warehouse

NOW = dt.datetime(2026, 1, 1, 1, tzinfo=dt.UTC)


def quiet(_: str) -> None:
    """Nobody watches."""


@pytest.mark.parametrize(("left", "right"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_a_backup_of_one_engine_comes_back_in_the_other(
    tmp_path, new_database, left, right
) -> None:
    settings = an_office(tmp_path / "home", new_database(left))
    warehouse = steps.warehouse_of(settings)
    made = back_up(warehouse, steps.archive_of(settings), tmp_path / "kept", quiet, NOW)
    assert (made.originals, made.missing) == (len(FILES), ())
    there = Settings(home=tmp_path / "other", database_url=new_database(right))
    target, archive = steps.warehouse_of(there), steps.archive_of(there)
    back = restore(tmp_path / "kept", None, target, archive, quiet)
    assert back.rows == made.rows
    assert corrected(target) == corrected(warehouse) == [(999, "lan")]
    assert archive.verify() == []
    assert len(list(archive.hashes())) == len(FILES)
    for sha256 in archive.hashes():
        assert archive.stages(sha256) == steps.archive_of(settings).stages(sha256)
    with pytest.raises(TargetNotEmpty):
        restore(tmp_path / "kept", None, target, archive, quiet)
    _goes_on(target)
    target.dispose()
    warehouse.dispose()


def _goes_on(target) -> None:
    """New rows find numbers of their own, and the chain of decisions goes on."""
    from schemas.decision import Action, Decision

    with target.write() as connection:
        sha256 = queries.documents(connection)[0].sha256
        decisions.post(
            connection, Decision(sha256, "news.count", Action.CORRECT, "mai", "sai", "r2", "7")
        )


def test_migrating_copies_row_for_row(tmp_path, new_database) -> None:
    settings = an_office(tmp_path / "home", new_database("sqlite"))
    source, target = steps.warehouse_of(settings), open_warehouse(new_database("postgresql"))
    with source.read() as connection:
        rows = copying.copy_all(connection, target, quiet)
        before = copying.fingerprints(connection)
    with target.read() as connection:
        assert copying.fingerprints(connection) == before
    assert rows["decision"] == 1
    assert rows["document"] == len(FILES)
    for name in ("province_annex", "open_findings", "lineage"):
        with source.read() as left, target.read() as right:
            assert _rows(left, name) == _rows(right, name)
    source.dispose()
    target.dispose()


def _rows(connection, name: str) -> list[str]:
    rows = queries.view(connection, name)
    return sorted(
        repr(
            [
                (k, str(int(v) if isinstance(v, bool) else v))
                for k, v in row.items()
                if k not in ("opened_at", "decided_at")
            ]
        )
        for row in rows
    )


def test_a_copy_that_differs_changes_nothing(tmp_path, new_database, monkeypatch) -> None:
    settings = an_office(tmp_path / "home", new_database("sqlite"))
    source, target = steps.warehouse_of(settings), open_warehouse(new_database("sqlite"))
    with target.write() as connection:
        # A database that falsifies what it is given.
        connection.exec_driver_sql(
            "create trigger lies after insert on observation begin"
            " update observation set value = 1 where rowid = new.rowid; end"
        )
    with source.read() as connection, pytest.raises(CopyDiffers, match="observation"):
        copying.copy_all(connection, target, quiet)
    with target.read() as connection:
        assert queries.documents(connection) == []
    source.dispose()
    target.dispose()


def test_a_second_backup_keeps_only_what_is_new(tmp_path, new_database) -> None:
    settings = an_office(tmp_path / "home", new_database("sqlite"))
    warehouse, archive = steps.warehouse_of(settings), steps.archive_of(settings)
    back_up(warehouse, archive, tmp_path / "kept", quiet, NOW)
    originals = list((tmp_path / "kept" / "archive").rglob("original"))
    before = {p: p.stat().st_ino for p in originals}
    back_up(warehouse, archive, tmp_path / "kept", quiet, NOW + dt.timedelta(days=1))
    assert {p: p.stat().st_ino for p in originals} == before
    names = sorted(p.name for p in (tmp_path / "kept").iterdir())
    assert names == [
        "20260101T010000Z.json",
        "20260101T010000Z.sqlite",
        "20260102T010000Z.json",
        "20260102T010000Z.sqlite",
        "archive",
    ]
    assert (tmp_path / "kept" / names[1]).stat().st_mode & 0o077 == 0
    warehouse.dispose()


@pytest.mark.parametrize("what", ["database", "original"])
def test_a_damaged_backup_is_refused(tmp_path, new_database, what) -> None:
    settings = an_office(tmp_path / "home", new_database("sqlite"))
    warehouse = steps.warehouse_of(settings)
    made = back_up(warehouse, steps.archive_of(settings), tmp_path / "kept", quiet, NOW)
    victim = made.path if what == "database" else next((tmp_path / "kept").rglob("original"))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(bytes(data))
    target = open_warehouse(new_database("sqlite"))
    with pytest.raises(BackupDamaged):
        restore(tmp_path / "kept", None, target, Archive(str(tmp_path / "other")), quiet)
    with target.read() as connection:
        assert queries.documents(connection) == []
    target.dispose()
    warehouse.dispose()


def test_an_original_that_is_gone_is_told_and_the_rest_is_kept(tmp_path, new_database) -> None:
    settings = an_office(tmp_path / "home", new_database("sqlite"))
    warehouse, archive = steps.warehouse_of(settings), steps.archive_of(settings)
    lost = next(archive.hashes())
    archive.fetch(lost).unlink()
    made = back_up(warehouse, archive, tmp_path / "kept", quiet, NOW)
    assert made.missing == (lost,)
    target = open_warehouse(new_database("sqlite"))
    back = restore(tmp_path / "kept", None, target, Archive(str(tmp_path / "other")), quiet)
    assert (back.originals, back.missing) == (len(FILES) - 1, (lost,))
    correct(target)
    target.dispose()
    warehouse.dispose()
