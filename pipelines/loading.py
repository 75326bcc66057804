"""From the archive into the warehouse: each file read behind the fence, each report one transaction."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from pipelines.containers import Found
from pipelines.sandbox import Job, read_all
from pipelines.splitting import letters_of
from pipelines.understand import PARSER_VERSION, failed
from schemas.catalog import forms
from schemas.errors import (
    ArchiveDamaged,
    ArchiveUnreachable,
    FileTooLarge,
    ReadingCrashed,
    ReadingOutOfMemory,
    ReadingTimedOut,
)
from schemas.registry_index import admin_units
from schemas.report import Report, Status
from schemas.report_json import to_json
from schemas.settings import Settings
from warehouse import attempts
from warehouse.archive import Archive
from warehouse.attempts import Unread
from warehouse.engine import Warehouse
from warehouse.load import Receipt, load_report

Progress = Callable[[str], None]
_DEATHS = {e.code for e in (ReadingCrashed, ReadingOutOfMemory, ReadingTimedOut)}
_INTERRUPTIONS = 25
"""The whole program dying so often over one file is no chance any more."""


@dataclass(slots=True)
class Ingested:
    """Counters of one run: ``failures`` are (file, code, message), ``read`` SHA-256s."""

    seen: int = 0
    loaded: int = 0
    unchanged: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    campaigns: set[str] = field(default_factory=set)
    read: list[str] = field(default_factory=list)


def workers_of(settings: Settings) -> int:
    """How many processes read at once."""
    return settings.workers or os.cpu_count() or 1


def read_and_load(
    settings: Settings,
    warehouse: Warehouse,
    archive: Archive,
    waiting: Sequence[Unread],
    progress: Progress,
) -> Ingested:
    """Reads and loads every file of ``waiting``; a bad file never stops the others.

    A file whose reading process dies is tried again, alone, until the settings' bound; then its
    failure is loaded like any other.
    """
    result = Ingested()
    done, total, again = 0, len(waiting), list(waiting)
    workers = workers_of(settings)
    while again:
        batch, again = again, []
        for job, report in read_all(_jobs(settings, warehouse, archive, batch, result), workers):
            if _is_tried_again(settings, warehouse, job.key, report):
                again.append(job.key)
                continue
            load_one(settings, warehouse, archive, report, job.key.receipt, result)
            letters = letters_of(report, job.key.receipt, job.path, archive, warehouse)
            again += letters
            total += len(letters)
            archive.release(job.key.sha256)
            done += 1
            progress(f"[{done}/{total}] {job.name}: {outcome(report)}")
        workers = 1
    return result


def _jobs(
    settings: Settings,
    warehouse: Warehouse,
    archive: Archive,
    batch: Sequence[Unread],
    result: Ingested,
) -> Iterator[Job]:
    """Each file is counted and fetched only when a process is free for it."""
    for one in batch:
        name = one.receipt.name
        try:
            path = archive.fetch(one.sha256)
        except (ArchiveDamaged, ArchiveUnreachable) as error:
            result.failures.append((name, error.code, error.message))
            continue
        if one.interrupted >= _INTERRUPTIONS:
            report = failed(path, name, ReadingCrashed(name=name, detail=f"{one.interrupted} lần"))
            load_one(settings, warehouse, archive, report, one.receipt, result)
            continue
        warehouse.patiently(partial(attempts.begin, sha256=one.sha256, version=PARSER_VERSION))
        yield Job(one, path, name, settings.province)


def _is_tried_again(settings: Settings, warehouse: Warehouse, one: Unread, report: Report) -> bool:
    if report.error is None or report.error.code not in _DEATHS:
        return False
    code = report.error.code
    died = warehouse.patiently(lambda c: attempts.crashed(c, one.sha256, PARSER_VERSION, code))
    return died < settings.max_attempts


def load_one(
    settings: Settings,
    warehouse: Warehouse,
    archive: Archive,
    report: Report,
    receipt: Receipt,
    result: Ingested,
) -> None:
    """One reading into archive and warehouse; twice changes nothing."""
    # Of a file too large to be kept the archive holds nothing at all.
    if report.error is None or report.error.code != FileTooLarge.code:
        archive.put_stage(
            report.source.sha256,
            f"report-{PARSER_VERSION}.json",
            json.dumps(to_json(report), ensure_ascii=False).encode(),
        )
    loaded = warehouse.patiently(
        lambda connection: load_report(
            connection,
            report,
            receipt,
            PARSER_VERSION,
            forms().get(report.campaign or ""),
            admin_units(),
            settings.province,
        )
    )
    result.loaded += loaded.new
    result.read.append(report.source.sha256)
    if report.campaign:
        result.campaigns.add(report.campaign)
    if report.error is not None:
        result.failures.append((report.source.name, report.error.code, report.error.message))


def load_failed(
    settings: Settings,
    warehouse: Warehouse,
    archive: Archive,
    found: Found,
    receipt: Receipt,
    result: Ingested,
) -> None:
    """A container that could not be opened: kept, listed, with its reason."""
    if found.error is not None:
        report = failed(found.path, found.name, found.error)
        load_one(settings, warehouse, archive, report, receipt, result)


def outcome(report: Report) -> str:
    """What became of a file, for a person."""
    if report.status is Status.FAILED or report.error is not None:
        return report.error.code if report.error else "failed"
    flagged = sum(o.needs_review for o in report.observations)
    return f"{len(report.observations)} số liệu" + (f", {flagged} cần xem lại" if flagged else "")
