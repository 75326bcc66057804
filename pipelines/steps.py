"""The steps of the main job as plain functions: collect, read, load, reconcile, publish."""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.containers import Found
from pipelines.pictures import draw_pictures, without_pictures
from pipelines.sandbox import Job, read_all
from pipelines.sources.collect import collect
from pipelines.understand import PARSER_VERSION, failed
from reconcile.run import Summary, reconcile
from schemas.catalog import form, forms
from schemas.errors import TonghopError, UnknownDocument
from schemas.registry_index import admin_units
from schemas.report import Report, Status
from schemas.report_json import to_json
from schemas.settings import Settings
from warehouse import queries
from warehouse.archive import Archive
from warehouse.engine import Warehouse, open_warehouse
from warehouse.load import Receipt, known, load_report, record_receipt
from warehouse.publish import Published, publish

Progress = Callable[[str], None]


@dataclass(slots=True)
class Ingested:
    """Counters of one run: ``failures`` are (file, code, message)."""

    seen: int = 0
    loaded: int = 0
    unchanged: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    campaigns: set[str] = field(default_factory=set)


def warehouse_of(settings: Settings) -> Warehouse:
    """The warehouse that the settings name."""
    settings.home.mkdir(parents=True, exist_ok=True)
    return open_warehouse(settings.warehouse_url)


def archive_of(settings: Settings) -> Archive:
    """The archive that the settings name."""
    return Archive(settings.archive_root, settings.archive_options)


def workers_of(settings: Settings) -> int:
    """How many processes read at once."""
    return settings.workers or os.cpu_count() or 1


def ingest(
    settings: Settings, warehouse: Warehouse, inputs: Sequence[str], progress: Progress
) -> Ingested:
    """Archives, reads and loads whatever ``inputs`` hold; a bad file never stops the others."""
    archive = archive_of(settings)
    result = Ingested()
    with tempfile.TemporaryDirectory(prefix="tonghop-in-") as folder:
        jobs: list[Job] = []
        taken: set[str] = set()
        for found in collect(inputs, Path(folder)):
            result.seen += 1
            job = _take(found, archive, warehouse, settings, result, taken)
            if job is not None:
                jobs.append(job)
        for done, (job, report) in enumerate(read_all(jobs, workers_of(settings)), 1):
            _load(warehouse, archive, report, job.key, settings, result)
            progress(f"[{done}/{len(jobs)}] {job.name}: {_outcome(report)}")
    return result


def _take(
    found: Found,
    archive: Archive,
    warehouse: Warehouse,
    settings: Settings,
    result: Ingested,
    taken: set[str],
) -> Job | None:
    sha256 = archive.put(found.path)
    receipt = Receipt(
        found.source,
        f"{found.source}|{found.name}|{sha256}"[:600],
        found.name,
        dt.datetime.now(dt.UTC),
    )
    if found.error is not None:
        _load(
            warehouse,
            archive,
            failed(found.path, found.name, found.error),
            receipt,
            settings,
            result,
        )
        return None
    with warehouse.read() as connection:
        done = known(connection, sha256, PARSER_VERSION)
    if done or sha256 in taken:
        result.unchanged += 1
        if done:
            with warehouse.write() as connection:
                record_receipt(connection, sha256, found.path.stat().st_size, None, receipt)
        return None
    taken.add(sha256)
    return Job(receipt, archive.fetch(sha256), found.name, settings.province)


def _load(
    warehouse: Warehouse,
    archive: Archive,
    report: Report,
    receipt: Receipt,
    settings: Settings,
    result: Ingested,
) -> None:
    archive.put_stage(
        report.source.sha256,
        f"report-{PARSER_VERSION}.json",
        json.dumps(to_json(report), ensure_ascii=False, indent=1).encode(),
    )
    with warehouse.write() as connection:
        loaded = load_report(
            connection,
            report,
            receipt,
            PARSER_VERSION,
            forms().get(report.campaign or ""),
            admin_units(),
            settings.province,
        )
    result.loaded += loaded.new
    if report.campaign:
        result.campaigns.add(report.campaign)
    if report.error is not None:
        result.failures.append((report.source.name, report.error.code, report.error.message))


def _outcome(report: Report) -> str:
    if report.status is Status.FAILED or report.error is not None:
        return report.error.code if report.error else "failed"
    flagged = sum(o.needs_review for o in report.observations)
    return f"{len(report.observations)} số liệu" + (f", {flagged} cần xem lại" if flagged else "")


def reconcile_all(
    settings: Settings, warehouse: Warehouse, campaign: str | None = None
) -> list[Summary]:
    """Every rule again over one campaign, or all that hold documents."""
    with warehouse.read() as connection:
        chosen = [campaign] if campaign else queries.campaigns(connection)
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

    with warehouse.read() as connection:
        published = publish(connection, campaign, out)
        progress(f"{out / 'tonghop.duckdb'}: {sum(published.rows.values())} dòng")
        for one in [campaign] if campaign else queries.campaigns(connection):
            for path in write_province(
                connection, form(one), settings.province, admin_units(), out
            ):
                progress(str(path))
    return published


__all__ = [
    "Ingested",
    "TonghopError",
    "draw",
    "ingest",
    "publish_all",
    "reconcile_all",
    "warehouse_of",
]
