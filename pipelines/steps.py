"""The steps of the main job as plain functions: collect, read, load, reconcile, publish."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipelines.containers import Found, keep
from pipelines.loader import SET, Ingested, set_size
from pipelines.loading import Progress, load_failed, read_and_load, workers_of
from pipelines.pictures import draw_pictures, without_pictures
from pipelines.sources.collect import collect
from pipelines.understand import PARSER_VERSION
from reconcile.run import Summary, reconcile
from schemas.catalog import form
from schemas.errors import TonghopError, UnknownDocument
from schemas.registry_index import admin_units
from schemas.settings import Settings
from warehouse import publications, queries
from warehouse.archive import Archive
from warehouse.attempts import Unread, unread
from warehouse.engine import Warehouse, open_warehouse
from warehouse.load import Receipt, known, record_receipt
from warehouse.obligations import set_deadline
from warehouse.publish import Published, publish


def warehouse_of(settings: Settings) -> Warehouse:
    """The warehouse that the settings name."""
    settings.home.mkdir(parents=True, exist_ok=True)
    return open_warehouse(settings.warehouse_url)


def archive_of(settings: Settings) -> Archive:
    """The archive that the settings name."""
    return Archive(settings.archive_root, settings.archive_options)


def ingest(
    settings: Settings, warehouse: Warehouse, inputs: Sequence[str], progress: Progress
) -> Ingested:
    """Archives, reads and loads whatever ``inputs`` hold; a bad file never stops the others."""
    archive = archive_of(settings)
    arrived = Ingested()
    waiting: dict[str, Unread] = {}
    with tempfile.TemporaryDirectory(prefix="tonghop-in-") as folder:
        for found in collect(inputs, Path(folder)):
            arrived.seen += 1
            _take(settings, warehouse, archive, found, arrived, waiting)
    result = _read(settings, warehouse, archive, list(waiting.values()), progress)
    result.seen, result.unchanged = arrived.seen, arrived.unchanged
    result.loaded += arrived.loaded
    result.failures[:0] = arrived.failures
    return result


def _take(
    settings: Settings,
    warehouse: Warehouse,
    archive: Archive,
    found: Found,
    arrived: Ingested,
    waiting: dict[str, Unread],
) -> None:
    """Into archive and receipts; into ``waiting`` what today's parser has not read."""
    sha256 = keep(archive, found)
    size = found.path.stat().st_size
    key = f"{found.source}|{found.name}|{sha256}"[:600]
    receipt = Receipt(found.source, key, found.name, dt.datetime.now(dt.UTC))
    warehouse.patiently(lambda c: record_receipt(c, sha256, size, None, receipt))
    if found.error is not None:
        load_failed(settings, warehouse, archive, found, receipt, arrived)
        return
    with warehouse.read() as connection:
        done = known(connection, sha256, PARSER_VERSION)
    if done or sha256 in waiting:
        arrived.unchanged += 1
    else:
        waiting[sha256] = Unread(sha256, receipt, 0, 0)


def read_waiting(
    settings: Settings, warehouse: Warehouse, archive: Archive, progress: Progress
) -> Ingested:
    """Reads and loads every file that arrived and was never read, whenever it arrived."""
    with warehouse.read() as connection:
        waiting = unread(connection, PARSER_VERSION)
    return _read(settings, warehouse, archive, waiting, progress)


def _read(
    settings: Settings,
    warehouse: Warehouse,
    archive: Archive,
    waiting: Sequence[Unread],
    progress: Progress,
) -> Ingested:
    at_once = set_size(len(waiting))
    return read_and_load(settings, warehouse, archive, waiting, progress, at_once)


def read_batch(settings: Settings, sha256s: Sequence[str], progress: Progress) -> Ingested:
    """Reads and loads these files only: the unit of work that any machine can do.

    It needs the database and the archive that the settings name, and nothing else. A batch is part
    of many, so that its readings are loaded in sets however few they are.
    """
    warehouse = warehouse_of(settings)
    chosen = set(sha256s)
    try:
        with warehouse.read() as connection:
            waiting = [u for u in unread(connection, PARSER_VERSION) if u.sha256 in chosen]
        archive = archive_of(settings)
        return read_and_load(settings, warehouse, archive, waiting, progress, SET)
    finally:
        warehouse.dispose()


def reconcile_all(
    settings: Settings, warehouse: Warehouse, campaign: str | None = None
) -> list[Summary]:
    """Every rule again over one campaign, or all that hold documents."""
    with warehouse.read() as connection:
        chosen = [campaign] if campaign else queries.campaigns(connection)
    with warehouse.write() as connection:
        for one in chosen:
            due = settings.deadlines.get(one, form(one).reporters.deadline)
            set_deadline(connection, one, due)
    return [reconcile(warehouse, form(one), admin_units(), settings.province) for one in chosen]


def draw(
    settings: Settings,
    warehouse: Warehouse,
    progress: Progress,
    sha256s: Sequence[str] | None = None,
) -> list[tuple[str, str, str]]:
    """Page pictures of the documents ``sha256s``, or of all that have none; (file, code, message).

    Raises UnknownDocument for a SHA-256 that is not in the warehouse.
    """
    archive = archive_of(settings)
    with warehouse.read() as connection:
        names = {d.sha256: d.name for d in queries.documents(connection)}
    if sha256s is None:
        chosen = without_pictures(archive, list(names.items())) if settings.pictures else []
    else:
        chosen = [(_known(names, one), names[_known(names, one)]) for one in sha256s]
    failures = []
    for done, (_, name, error) in enumerate(
        draw_pictures(archive, chosen, workers_of(settings)), 1
    ):
        progress(f"[{done}/{len(chosen)}] {name}: {error.code if error else 'đã vẽ trang'}")
        if error is not None:
            failures.append((name, error.code, error.message))
    return failures


def _known(names: dict[str, str], start: str) -> str:
    found = [sha256 for sha256 in names if sha256.startswith(start)]
    if len(found) != 1:
        raise UnknownDocument(name=start)
    return found[0]


def publish_all(
    settings: Settings, warehouse: Warehouse, out: Path, campaign: str | None, progress: Progress
) -> Published:
    """The analysts' files, and each campaign's documents of the province."""
    from pipelines.province.write import write_province  # noqa: PLC0415

    with warehouse.snapshot() as connection:
        chosen = [campaign] if campaign else queries.campaigns(connection)

        def documents(folder: Path) -> None:
            for one in chosen:
                for path in write_province(
                    connection,
                    form(one),
                    settings.province,
                    admin_units(),
                    folder,
                    settings.home / "templates",
                ):
                    progress(str(out / path.name))

        published = publish(connection, campaign, out, also=documents, progress=progress)
    with warehouse.write() as connection:
        publications.record(connection, published)
    progress(f"{out / 'tonghop.duckdb'}: {sum(published.rows.values())} dòng")
    return published


__all__ = [
    "Ingested",
    "TonghopError",
    "archive_of",
    "draw",
    "ingest",
    "publish_all",
    "read_batch",
    "read_waiting",
    "reconcile_all",
    "warehouse_of",
    "workers_of",
]
