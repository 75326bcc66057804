"""From the configured sources into the archive and the ledger; a source that fails stops no other."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.console import masked
from pipelines.containers import Found, keep, opened
from pipelines.loader import Ingested
from pipelines.loading import load_failed
from pipelines.sources.configured import UPLOAD, open_source, sources_of
from pipelines.sources.parcel import Parcel, Source, StillWritten
from schemas.errors import SourceError, TonghopError
from schemas.settings import Settings, SourceSettings
from warehouse import ledger
from warehouse.archive import Archive
from warehouse.engine import Warehouse
from warehouse.ledger import Arrival, Item
from warehouse.load import Receipt

Progress = Callable[[str], None]
_TRIES = 2
_IN_A_ROW = 5
"""So many items failing one after the other means that the source fails, not the items."""


@dataclass(slots=True)
class Collected:
    """Counters of one source in one run."""

    source: str
    seen: int = 0
    known: int = 0
    taken: int = 0
    waiting: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    broken: Ingested = field(default_factory=Ingested)
    """Containers that could not be opened."""
    error: str | None = None


def collect_sources(
    settings: Settings, warehouse: Warehouse, archive: Archive, progress: Progress
) -> list[Collected]:
    """Takes what is new at every source, in the order of the settings."""
    return [_one(settings, one, warehouse, archive, progress) for one in sources_of(settings)]


def _one(
    settings: Settings,
    configured: SourceSettings,
    warehouse: Warehouse,
    archive: Archive,
    progress: Progress,
) -> Collected:
    result = Collected(configured.name)
    for attempt in range(1, _TRIES + 1):
        # What an earlier try took is taken; what it saw or failed at is seen again.
        result.seen = result.known = result.waiting = 0
        result.failed, result.error = [], None
        try:
            source = open_source(configured)
            try:
                _take_new(settings, source, configured, warehouse, archive, result, progress)
            finally:
                source.close()
            break
        except TonghopError as error:
            if not isinstance(error, SourceError):
                raise
            result.error = error.message
        except Exception as error:
            # Each client raises its own classes; whatever it was, the other sources go on.
            result.error = SourceError(name=configured.name, detail=_told(error)).message
        if attempt < _TRIES:
            time.sleep(2)
    progress(
        f"{result.source}: {result.seen} tệp, {result.taken} mới, {result.waiting} còn đang ghi"
        + (f"; {result.error}" if result.error else "")
    )
    return result


def _told(error: Exception) -> str:
    return masked(f"{type(error).__name__}: {error}")[:200]


def _take_new(
    settings: Settings,
    source: Source,
    configured: SourceSettings,
    warehouse: Warehouse,
    archive: Archive,
    result: Collected,
    progress: Progress,
) -> None:
    with warehouse.read() as connection:
        known = ledger.settled(connection, source.name)
    new = []
    for item in source.items():
        result.seen += 1
        if item.key in known:
            result.known += 1
            if configured.move_taken_to:
                source.taken(item)
        else:
            new.append(item)
    if not new:
        return
    # Two looks at least so far apart, by a clock that nobody can set.
    time.sleep(configured.stable_seconds)
    in_a_row = 0
    for number, item in enumerate(new, 1):
        failed_before = len(result.failed)
        _take_one(settings, source, item, warehouse, archive, result)
        in_a_row = in_a_row + 1 if len(result.failed) > failed_before else 0
        if in_a_row >= _IN_A_ROW:
            raise SourceError(name=source.name, detail=result.failed[-1][1])
        if number % 50 == 0:
            progress(f"{source.name}: {number}/{len(new)}")


def _take_one(
    settings: Settings,
    source: Source,
    item: Item,
    warehouse: Warehouse,
    archive: Archive,
    result: Collected,
) -> None:
    with tempfile.TemporaryDirectory(prefix="tonghop-in-") as folder:
        try:
            if source.look(item) != item:
                raise StillWritten
            parcel = source.fetch(item, Path(folder))
        except StillWritten:
            result.waiting += 1
            waits = "Tệp còn đang được ghi."
            warehouse.patiently(lambda c: ledger.note(c, item, ledger.WAITING, waits))
            return
        except Exception as error:
            # One item that cannot be had (gone, no permission) leaves the others alone.
            reason = _told(error)
            result.failed.append((item.name, reason))
            warehouse.patiently(lambda c: ledger.note(c, item, ledger.FAILED, reason))
            return
        _keep(settings, item, parcel, Path(folder), warehouse, archive, result)
    source.taken(item)


def _keep(
    settings: Settings,
    item: Item,
    parcel: Parcel,
    work: Path,
    warehouse: Warehouse,
    archive: Archive,
    result: Collected,
) -> None:
    """Archive first, then receipts and ledger in one transaction."""
    if parcel.refusal is not None:
        refusal = parcel.refusal
        result.refused.append((item.name, refusal))
        warehouse.patiently(
            lambda c: ledger.note(c, item, ledger.REFUSED, refusal, parcel.mail, parcel.reply_to)
        )
        return
    arrivals, broken = [], []
    for one, part in _files(item, parcel, work):
        sha256 = keep(archive, one)
        size = one.path.stat().st_size
        arrival = Arrival(sha256, size, _receipt(item, part, one.name, sha256))
        arrivals.append(arrival)
        if one.error is not None:
            broken.append((one, arrival))
    warehouse.patiently(lambda c: ledger.take(c, item, arrivals, parcel.mail, parcel.reply_to))
    for one, arrival in broken:
        load_failed(settings, warehouse, archive, one, arrival.receipt, result.broken)
    result.taken += len(arrivals)


def _receipt(item: Item, part: str, name: str, sha256: str) -> Receipt:
    source, place = item.source, f"{item.source}|{item.key}{part}"
    if source == UPLOAD:
        # As the review site's own reading writes it: whichever comes second changes nothing.
        source = place = str(Path(item.uri).parent)
    key = f"{place}|{name}|{sha256}"[:600]
    return Receipt(source, key, name[:400], dt.datetime.now(dt.UTC))


def _files(item: Item, parcel: Parcel, work: Path) -> Iterator[tuple[Found, str]]:
    for number, piece in enumerate(parcel.pieces):
        inner = work / f"inner-{number}"
        inner.mkdir()
        for one in opened(piece.path, piece.name, item.source, inner):
            yield one, piece.part
