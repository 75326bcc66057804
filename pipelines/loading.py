"""From the archive into the warehouse: each file read behind the fence, then loaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from pipelines.containers import Found
from pipelines.loader import Ingested, Loader
from pipelines.sandbox import Job, read_all
from pipelines.splitting import letters_of
from pipelines.understand import PARSER_VERSION, failed
from schemas.errors import (
    ArchiveDamaged,
    ArchiveUnreachable,
    ReadingCrashed,
    ReadingOutOfMemory,
    ReadingTimedOut,
)
from schemas.report import Report, Status
from schemas.settings import Settings
from warehouse import attempts
from warehouse.archive import Archive
from warehouse.attempts import Unread
from warehouse.engine import Warehouse
from warehouse.load import Receipt

Progress = Callable[[str], None]
_DEATHS = {e.code for e in (ReadingCrashed, ReadingOutOfMemory, ReadingTimedOut)}
_INTERRUPTIONS = 25
"""The whole program dying so often over one file is no chance any more."""


def workers_of(settings: Settings) -> int:
    """How many processes read at once."""
    return settings.workers or os.cpu_count() or 1


def read_and_load(
    settings: Settings,
    warehouse: Warehouse,
    archive: Archive,
    waiting: Sequence[Unread],
    progress: Progress,
    at_once: int = 1,
) -> Ingested:
    """Reads and loads every file of ``waiting``, ``at_once`` in one transaction; a bad file never
    stops the others.

    A file whose reading process dies is tried again, alone, until the settings' bound; then its
    failure is loaded like any other.
    """
    result = Ingested()
    done, total, again = 0, len(waiting), list(waiting)
    workers = workers_of(settings)
    loader = Loader(settings, warehouse, archive, result, at_once)
    while again:
        batch, again = again, []
        for job, report in read_all(_jobs(settings, warehouse, archive, batch, loader), workers):
            if _is_tried_again(settings, warehouse, job.key, report):
                again.append(job.key)
                continue
            loader.add(report, job.key.receipt)
            letters = letters_of(report, job.key.receipt, job.path, archive, warehouse)
            again += letters
            total += len(letters)
            archive.release(job.key.sha256)
            done += 1
            progress(f"[{done}/{total}] {job.name}: {outcome(report)}")
        workers = 1
    loader.flush()
    return result


def _jobs(
    settings: Settings,
    warehouse: Warehouse,
    archive: Archive,
    batch: Sequence[Unread],
    loader: Loader,
) -> Iterator[Job]:
    """Each file is counted and fetched only when a process is free for it."""
    for one in batch:
        name = one.receipt.name
        try:
            path = archive.fetch(one.sha256)
        except (ArchiveDamaged, ArchiveUnreachable) as error:
            loader.result.failures.append((name, error.code, error.message))
            continue
        if one.interrupted >= _INTERRUPTIONS:
            report = failed(path, name, ReadingCrashed(name=name, detail=f"{one.interrupted} lần"))
            loader.add(report, one.receipt)
            continue
        warehouse.patiently(partial(attempts.begin, sha256=one.sha256, version=PARSER_VERSION))
        yield Job(one, path, name, settings.province)


def _is_tried_again(settings: Settings, warehouse: Warehouse, one: Unread, report: Report) -> bool:
    if report.error is None or report.error.code not in _DEATHS:
        return False
    code = report.error.code
    died = warehouse.patiently(lambda c: attempts.crashed(c, one.sha256, PARSER_VERSION, code))
    return died < settings.max_attempts


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
        Loader(settings, warehouse, archive, result).add(report, receipt)


def outcome(report: Report) -> str:
    """What became of a file, for a person."""
    if report.status is Status.FAILED or report.error is not None:
        return report.error.code if report.error else "failed"
    flagged = sum(o.needs_review for o in report.observations)
    return f"{len(report.observations)} số liệu" + (f", {flagged} cần xem lại" if flagged else "")
