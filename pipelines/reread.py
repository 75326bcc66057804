"""Reading every archived original again with today's parser, a few at a time, and the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pipelines.sandbox import Job, read_all
from pipelines.understand import PARSER_VERSION
from schemas.errors import TonghopError
from schemas.settings import Settings
from warehouse import runs
from warehouse.archive import Archive
from warehouse.comparison import Difference, Outcome
from warehouse.engine import Warehouse

Progress = Callable[[str], None]


@dataclass(slots=True)
class Reread:
    """What one run found: files by outcome, those that differ with what differs, and what could
    not be had from the archive as (file, message)."""

    run_id: int
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    told: list[tuple[str, Difference]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)


def reread(
    settings: Settings,
    warehouse: Warehouse,
    archive: Archive,
    campaign: str | None,
    workers: int,
    progress: Progress,
) -> Reread:
    """One run over ``campaign`` (all where None). Each file is a transaction of its own, so that a
    run that breaks off leaves every file either as before or as read."""
    with warehouse.write() as connection:
        run_id = runs.start(connection, campaign, PARSER_VERSION, {"province": settings.province})
        waiting = runs.to_read(connection, campaign)
    result = Reread(run_id)
    jobs = _jobs(waiting, archive, settings, result)
    for done, (job, report) in enumerate(read_all(jobs, workers), 1):
        with warehouse.write() as connection:
            found = runs.take(connection, run_id, report, PARSER_VERSION)
        archive.release(job.key)
        result.outcomes[found.outcome] += 1
        if found.outcome is not Outcome.SAME:
            result.told.append((job.name, found))
        progress(f"[{done}/{len(waiting)}] {job.name}: {SAYS[found.outcome]}")
    with warehouse.write() as connection:
        runs.finish(connection, run_id)
    return result


SAYS = {
    Outcome.SAME: "như cũ",
    Outcome.BETTER: "tốt hơn",
    Outcome.CHANGED: "khác, cần xem lại",
    Outcome.WORSE: "kém hơn",
    Outcome.DISAGREES: "khác quyết định của người duyệt (vẫn giữ quyết định)",
}


def _jobs(
    waiting: list[tuple[str, str]], archive: Archive, settings: Settings, result: Reread
) -> Iterator[Job]:
    """Fetched when its turn comes: however many files, only as many lie here as are being read."""
    for sha256, name in waiting:
        try:
            path = archive.fetch(sha256)
        except TonghopError as error:
            result.missing.append((name, error.message))
            continue
        yield Job(sha256, path, name, settings.province)
