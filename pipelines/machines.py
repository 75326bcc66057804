"""Reading on many machines: batches of hashes go to a Dask cluster or to the workers of a Prefect pool.

A machine needs this program, the database and the archive, and nothing else: a batch is a list of
SHA-256s, and what a machine makes of it is in the warehouse when it is done. What no machine brings
home is read here at the end, so that a lost machine costs time and no report.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from prefect import flow, get_client, task
from prefect.client.schemas.objects import FlowRun
from prefect.deployments import run_deployment
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from pipelines import steps
from pipelines.loader import Ingested
from pipelines.loading import Progress
from pipelines.understand import PARSER_VERSION
from schemas.errors import ConfigurationError
from schemas.settings import Settings, load_settings
from warehouse import queries
from warehouse.attempts import unread
from warehouse.engine import Warehouse

_POLL_SECONDS = 2.0


def read_spread(settings: Settings, sha256s: list[str], progress: Progress) -> Ingested:
    """Reads and loads these files on the machines that the settings name."""
    size = settings.machines.batch
    batches = [sha256s[i : i + size] for i in range(0, len(sha256s), size)]
    warehouse = steps.warehouse_of(settings)
    try:
        if batches:
            _spread(settings, batches, _Watch(settings, warehouse, sha256s, progress))
        done = _brought_home(warehouse, sha256s)
        here = steps.read_waiting(settings, warehouse, steps.archive_of(settings), progress)
    finally:
        warehouse.dispose()
    return _joined(done, here)


def _spread(settings: Settings, batches: list[list[str]], watch: _Watch) -> None:
    """Hands the batches out; returns also where nobody could be asked: what is left is read here."""
    spread = _on_pool if settings.machines.runner == "pool" else _on_dask
    try:
        spread(settings, batches, watch)
    except Exception as error:
        # The clients of Prefect and Dask raise many classes for a server that went away.
        watch.say(f"{settings.machines.runner}: {type(error).__name__}: {str(error)[:200]}")


def read_here(sha256s: Sequence[str]) -> int:
    """Reads one batch; how many files. The settings are this machine's: no secret travels with it."""
    if multiprocessing.current_process().daemon:
        raise ConfigurationError(
            name="dask worker", detail="tiến trình con bị cấm; khởi động với --no-nanny"
        )
    return len(steps.read_batch(load_settings(), sha256s, print).read)


read_batch_task = task(name="read-batch", retries=1, retry_delay_seconds=5)(read_here)
"""One batch on a machine of a Dask cluster, which finds the function by its name."""


@flow(name="tonghop-read-batch", log_prints=True)
def read_batch_flow(sha256s: list[str]) -> int:
    """One batch on the machine whose worker took it; how many files it read."""
    return read_here(sha256s)


@flow(name="tonghop-read-on-dask", log_prints=True)
def read_on_dask_flow(batches: list[list[str]]) -> None:
    """Hands batches to the cluster of its task runner and watches them."""
    settings = load_settings()
    warehouse = steps.warehouse_of(settings)
    try:
        watch = _Watch(settings, warehouse, [one for batch in batches for one in batch], print)
        futures: list[Any] = [read_batch_task.submit(batch) for batch in batches]
        watch.until_over(lambda: any(not f.wrapped_future.done() for f in futures))
    finally:
        warehouse.dispose()


class _Watch:
    """Says how far the reading is, and when no machine seems to be alive any more."""

    def __init__(
        self, settings: Settings, warehouse: Warehouse, sha256s: list[str], progress: Progress
    ) -> None:
        self._patience = settings.machines.patience
        self._warehouse = warehouse
        self._hashes = set(sha256s)
        self.say = progress
        self._left = len(sha256s)

    def until_over(self, running: Callable[[], bool]) -> None:
        """Returns when nothing runs, or when nothing has moved for the settings' patience."""
        moved = time.monotonic()
        while running():
            time.sleep(_POLL_SECONDS)
            if self._has_moved():
                moved = time.monotonic()
            elif time.monotonic() - moved > self._patience:
                self.say("Các máy đọc không trả lời; phần còn lại đọc tại đây.")
                return
        self._has_moved()

    def _has_moved(self) -> bool:
        """Whether files were read since it was last asked; says how many then."""
        left = len(self._hashes & _unread(self._warehouse))
        moved, self._left = left != self._left, left
        if moved:
            self.say(f"[{len(self._hashes) - left}/{len(self._hashes)}] trên các máy đọc")
        return moved


def _on_pool(settings: Settings, batches: list[list[str]], watch: _Watch) -> None:
    """One run a batch, taken by whichever worker of the pool is free."""
    pool = settings.machines.address
    deployment = read_batch_flow.to_deployment(
        name=pool, work_pool_name=pool, entrypoint_type=EntrypointType.MODULE_PATH
    )
    assert isinstance(deployment, RunnerDeployment)
    deployment.apply()
    runs: list[UUID] = []
    for batch in batches:
        run = run_deployment(
            f"{read_batch_flow.name}/{pool}", parameters={"sha256s": batch}, timeout=0
        )
        assert isinstance(run, FlowRun)
        runs.append(run.id)

    def running() -> bool:
        with get_client(sync_client=True) as client:
            return any(not _is_final(client.read_flow_run(run).state) for run in runs)

    watch.until_over(running)


def _on_dask(settings: Settings, batches: list[list[str]], watch: _Watch) -> None:
    """One task a batch on the cluster whose scheduler the settings name."""
    from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415  an optional extra

    runner: Any = DaskTaskRunner(address=settings.machines.address)
    spread = read_on_dask_flow.with_options(task_runner=runner)
    # A run of its own: the runs around it travel with each task, and what they hold cannot travel.
    with ThreadPoolExecutor(1) as apart:
        state = apart.submit(spread, batches, return_state=True).result()
    # Whether every batch came home is asked of the warehouse; what failed is read here.
    if not state.is_completed():
        watch.say(f"dask: {state.message or state.name}")


def _is_final(state: Any) -> bool:
    return state is not None and bool(state.is_final())


def _unread(warehouse: Warehouse) -> set[str]:
    with warehouse.read() as connection:
        return {one.sha256 for one in unread(connection, PARSER_VERSION)}


def _brought_home(warehouse: Warehouse, sha256s: list[str]) -> Ingested:
    """Counters of what other machines loaded, as the warehouse tells."""
    hashes = set(sha256s) - _unread(warehouse)
    result = Ingested()
    with warehouse.read() as connection:
        for row in queries.documents(connection):
            if row.sha256 not in hashes:
                continue
            result.loaded += 1
            result.read.append(row.sha256)
            if row.campaign:
                result.campaigns.add(row.campaign)
            if row.error_code is not None:
                result.failures.append((row.name, row.error_code, row.error_message or ""))
    return result


def _joined(one: Ingested, other: Ingested) -> Ingested:
    return Ingested(
        one.seen + other.seen,
        one.loaded + other.loaded,
        one.unchanged + other.unchanged,
        [*one.failures, *other.failures],
        one.campaigns | other.campaigns,
        [*one.read, *other.read],
    )
