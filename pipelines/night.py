"""The nightly run: one at a time, every step noted, whatever fails told; without an orchestrator."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from pipelines import digest, housekeeping, metrics, steps
from pipelines.answers import answer_senders
from pipelines.console import configure, masked
from pipelines.loader import Ingested
from pipelines.loading import Progress
from pipelines.outcome import Outcome
from pipelines.sources.intake import Collected, collect_sources
from pipelines.understand import PARSER_VERSION
from reconcile.run import Summary
from schemas.errors import RunLost, TonghopError, WarehouseUnavailable
from schemas.settings import Settings
from warehouse import night_runs as runs
from warehouse.attempts import unread
from warehouse.engine import open_patiently

T = TypeVar("T")
LEASE = "nightly"
STEPS = ("collect", "read", "draw", "reconcile", "publish", "tell")
_BEAT = runs.LEASE_SECONDS / 4
Reader = Callable[[Settings, list[str], Progress], Ingested]


class Night:
    """One run. Entering it takes the lease (RunStillGoing where another holds it), leaving it gives
    the lease back. Every step may be done again: what was done stays done."""

    def __init__(
        self,
        settings: Settings,
        out: Path | None = None,
        progress: Progress = print,
    ) -> None:
        configure(settings)
        self.settings = settings
        self.out = out or settings.home / "published"
        self.say: Progress = lambda line: progress(masked(line))
        self.reader: Reader | None = None
        """What reads instead of this machine."""
        settings.home.mkdir(parents=True, exist_ok=True)
        self.warehouse = open_patiently(
            settings.warehouse_url, say=lambda error: self.say(f"{error.code}: {error.message}")
        )
        self.archive = steps.archive_of(settings)
        self.outcome = Outcome(uuid.uuid4().hex, dt.datetime.now(dt.UTC))
        self._position = 0
        self._done: set[str] = set()
        self._lost = threading.Event()
        self._over = threading.Event()
        self._heart = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        o = self.outcome
        o.took_over = self.warehouse.patiently(
            lambda c: runs.start(c, o.run_id, "nightly", LEASE, o.started_at)
        )
        if o.took_over:
            self.say(f"Lượt chạy trước ({o.took_over[:8]}) đã dừng giữa chừng; làm tiếp.")
        self._heart.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        failed = bool(self.outcome.errors) or error is not None
        state = runs.FAILED if failed else runs.DONE
        try:
            status = 1 if failed else self.outcome.exit_status
            counters = self.outcome.counters()
            run_id = self.outcome.run_id
            self.warehouse.patiently(
                lambda c: runs.end(c, run_id, LEASE, state, status, counters), seconds=30
            )
        except TonghopError as lost:
            self.say(f"{lost.code}: {lost.message}")
        finally:
            self.warehouse.dispose()

    def _beat(self) -> None:
        while not self._over.wait(_BEAT):
            try:
                if not self.warehouse.patiently(
                    lambda c: runs.beat(c, LEASE, self.outcome.run_id), seconds=10
                ):
                    self._lost.set()
                    return
            except TonghopError as error:
                self.say(f"{error.code}: {error.message}")

    @contextmanager
    def _step(self, name: str, counters: dict[str, Any]) -> Iterator[None]:
        """Notes the step; an error of ours ends the step, not the night."""
        if self._lost.is_set():
            raise RunLost(name=self.outcome.run_id)
        self._position += 1
        write = partial(runs.step, run_id=self.outcome.run_id, position=self._position, name=name)
        state, told = runs.DONE, None
        self.warehouse.patiently(partial(write, state=runs.RUNNING))
        try:
            yield
        except (TonghopError, OSError) as error:
            state = runs.FAILED
            told = masked(error.message if isinstance(error, TonghopError) else str(error))
            self.outcome.errors.append((name, told))
            self.say(f"{name}: {told}")
        self.warehouse.patiently(partial(write, state=state, counters=counters, error=told))

    def collect(self) -> list[Collected]:
        """Takes what is new at every source."""
        counters: dict[str, Any] = {}
        with self._step("collect", counters):
            self.outcome.collected = self._again(
                lambda: collect_sources(self.settings, self.warehouse, self.archive, self.say)
            )
            for one in self.outcome.collected:
                counters[one.source] = {"seen": one.seen, "known": one.known, "taken": one.taken}
                counters[one.source] |= {"waiting": one.waiting, "failed": len(one.failed)}
        return self.outcome.collected

    def waiting(self) -> list[str]:
        """SHA-256s of what arrived and was not read yet."""
        with self.warehouse.read() as connection:
            return [one.sha256 for one in unread(connection, PARSER_VERSION)]

    def read(self) -> Ingested:
        """Reads and loads all that waits, here or where the settings say."""
        counters: dict[str, Any] = {}
        with self._step("read", counters):
            result = self._again(self._read_here_or_there)
            self.outcome.ingested = result
            counters |= {"loaded": result.loaded, "failed": len(result.failures)}
        return self.outcome.ingested

    def _read_here_or_there(self) -> Ingested:
        if self.reader is not None:
            return self.reader(self.settings, self.waiting(), self.say)
        return steps.read_waiting(self.settings, self.warehouse, self.archive, self.say)

    def _again(self, work: Callable[[], T]) -> T:
        """``work``, and once more where the database went away under it: every step may be done twice."""
        try:
            return work()
        except WarehouseUnavailable as error:
            self.say(f"{error.code}: {error.message}")
            self.warehouse.patiently(lambda _: None)
            return work()

    def draw(self) -> int:
        """Page pictures of what was read tonight; how many could not be drawn."""
        counters: dict[str, Any] = {}
        with self._step("draw", counters):
            if self.settings.pictures and self.outcome.ingested.read:
                self.outcome.undrawn = len(
                    steps.draw(self.settings, self.warehouse, self.say, self.outcome.ingested.read)
                )
            counters["undrawn"] = self.outcome.undrawn
        return self.outcome.undrawn

    def reconcile(self) -> list[Summary]:
        """Judges every campaign again."""
        counters: dict[str, Any] = {}
        with self._step("reconcile", counters):
            self.outcome.judged = self._again(
                lambda: steps.reconcile_all(self.settings, self.warehouse)
            )
            counters |= {s.campaign: asdict(s) for s in self.outcome.judged}
        return self.outcome.judged

    def publish(self) -> dict[str, int]:
        """Writes the analysts' files and the province's documents."""
        counters: dict[str, Any] = {}
        with self._step("publish", counters):
            self.outcome.published = self._again(
                lambda: steps.publish_all(self.settings, self.warehouse, self.out, None, self.say)
            ).rows
            counters |= self.outcome.published
        return self.outcome.published

    def tell(self) -> None:
        """Digest, answers to senders, metrics, and what has had its time."""
        with self._step("tell", {}):
            made = digest.compose(self.settings, self.warehouse, self.outcome)
            digest.deliver(self.settings, made, self.say)
            answer_senders(self.settings, self.warehouse, self.say)
            housekeeping.tidy(self.settings, self.warehouse)
            if self.settings.metrics_file:
                metrics.write(self.warehouse, self.settings.metrics_file)

    def do(self, step: str) -> None:
        """One of STEPS; nothing where it was done already."""
        if step in self._done:
            return
        work: Callable[[], object] = getattr(self, step)
        work()
        self._done.add(step)

    def all_steps(self) -> Outcome:
        """The whole night, or what is left of it, one step after the other."""
        for step in STEPS:
            self.do(step)
        return self.outcome
