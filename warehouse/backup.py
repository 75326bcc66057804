"""Backups that prove themselves: the database as one file, the archive beside it, both by hash.

A folder of backups holds ``NAME.sqlite`` and ``NAME.json`` for each backup, and one ``archive`` for
all of them: a file once kept is not kept again. A backup of either engine can be restored into
either engine.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from schemas.errors import BackupDamaged
from warehouse import tables as t
from warehouse.archive import ORIGINAL, Archive
from warehouse.copying import copy_all, fingerprints
from warehouse.engine import Warehouse, open_warehouse
from warehouse.stores import digest

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """What was kept. ``missing`` are SHA-256s whose original the archive no longer has whole."""

    path: Path
    rows: dict[str, int]
    originals: int
    missing: tuple[str, ...]


def back_up(
    warehouse: Warehouse, archive: Archive, folder: Path, progress: Progress, now: dt.datetime
) -> Backup:
    """Keeps database and archive in ``folder``. The database first: what it names is then there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    part = folder / f".part-{name}.sqlite"
    part.unlink(missing_ok=True)
    try:
        _snapshot(warehouse, part, progress)
        part.chmod(0o600)
        prints, named = _look(part)
        missing = _keep_archive(archive, Archive(str(folder / "archive")), named, progress)
        with part.open("rb") as stream:
            made = {"database": digest(stream), "tables": prints, "missing": missing}
        path = folder / f"{name}.sqlite"
        part.replace(path)
        # The manifest comes last: without it there is no backup.
        manifest = folder / f".part-{name}.json"
        manifest.write_text(json.dumps({"taken_at": now.isoformat(), **made}, indent=1), "utf-8")
        manifest.replace(path.with_suffix(".json"))
    finally:
        part.unlink(missing_ok=True)
    rows = {table: int(one["rows"]) for table, one in prints.items()}
    return Backup(path, rows, len(named) - len(missing), tuple(missing))


def _snapshot(warehouse: Warehouse, path: Path, progress: Progress) -> None:
    if warehouse.engine.dialect.name == "sqlite":
        with warehouse.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("vacuum into ?", (str(path),))
        return
    target = open_warehouse(f"sqlite:///{path}")
    try:
        with _still(warehouse) as connection:
            copy_all(connection, target, progress)
        with target.engine.connect() as own:
            raw = own.connection.driver_connection
            raw.execute("pragma wal_checkpoint(truncate)")
            raw.execute("pragma journal_mode=delete")
    finally:
        target.dispose()


def _still(warehouse: Warehouse) -> Connection:
    """A connection that sees one moment, whatever others write meanwhile."""
    return warehouse.engine.connect().execution_options(isolation_level="REPEATABLE READ")


def _look(path: Path) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Fingerprints of a snapshot's tables, and the SHA-256s that it names."""
    with tempfile.TemporaryDirectory(prefix="tonghop-look-") as folder:
        # A copy: opening would migrate, and a backup is never changed.
        copy = Path(folder) / "look.sqlite"
        shutil.copyfile(path, copy)
        warehouse = open_warehouse(f"sqlite:///{copy}")
        try:
            with warehouse.read() as connection:
                names = connection.execute(select(t.blob.c.sha256).order_by(t.blob.c.sha256))
                return fingerprints(connection), list(names.scalars())
        finally:
            warehouse.dispose()


def _keep_archive(
    archive: Archive, kept: Archive, named: list[str], progress: Progress
) -> list[str]:
    missing = []
    for number, sha256 in enumerate(named, 1):
        try:
            _keep_one(archive, kept, sha256)
        except Exception as error:
            # One file that is gone must not keep the others from being kept.
            progress(f"{sha256[:12]}: {error}")
            missing.append(sha256)
        if number % 500 == 0:
            progress(f"{number}/{len(named)} tệp gốc")
    return missing


def _keep_one(archive: Archive, kept: Archive, sha256: str) -> None:
    if not kept.has(sha256):
        kept.put(archive.fetch(sha256))
    for stage in archive.stages(sha256):
        if stage != ORIGINAL:
            kept.put_stage(sha256, stage, archive.fetch(sha256, stage))
    archive.release(sha256)


def restore(
    folder: Path, name: str | None, warehouse: Warehouse, archive: Archive, progress: Progress
) -> Backup:
    """Brings a backup (the newest, or ``name``) back into an empty warehouse; everything is checked
    before and after. Raises BackupDamaged, TargetNotEmpty, CopyDiffers."""
    manifests = sorted(p for p in folder.glob("*.json") if not p.name.startswith("."))
    chosen = [p for p in manifests if name in (None, p.stem)]
    if not chosen:
        raise BackupDamaged(name=str(folder), detail="không có bản sao lưu nào")
    path = chosen[-1].with_suffix(".sqlite")
    manifest = json.loads(chosen[-1].read_text("utf-8"))
    try:
        with path.open("rb") as stream:
            if digest(stream) != manifest["database"]:
                raise BackupDamaged(name=path.name, detail="mã băm khác")
    except OSError as error:
        raise BackupDamaged(name=path.name, detail=str(error)) from error
    kept = Archive(str(folder / "archive"))
    _, named = _look(path)
    wanted = [one for one in named if one not in manifest["missing"]]
    missing = _keep_archive(kept, archive, wanted, progress)
    if missing:
        raise BackupDamaged(name=str(folder / "archive"), detail=", ".join(missing)[:200])
    rows = _copied(path, warehouse, progress)
    return Backup(path, rows, len(wanted), tuple(manifest["missing"]))


def _copied(path: Path, warehouse: Warehouse, progress: Progress) -> dict[str, int]:
    with tempfile.TemporaryDirectory(prefix="tonghop-restore-") as folder:
        copy = Path(folder) / "restore.sqlite"
        shutil.copyfile(path, copy)
        source = open_warehouse(f"sqlite:///{copy}")
        try:
            with source.read() as connection:
                return copy_all(connection, warehouse, progress)
        finally:
            source.dispose()
