"""The nightly run as a Prefect flow: a coat over ``pipelines.night``. The ledger of what was done is ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import UUID

from prefect import flow, get_client, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from pipelines import machines, run_page, steps
from pipelines.console import configured, masked, say
from pipelines.night import STEPS, Night
from pipelines.outcome import Outcome
from schemas.errors import RunStillGoing
from warehouse import morning


def _printed(text: str) -> None:
    """A line of the flow's log, which Prefect keeps: without secrets."""
    print(masked(text))  # noqa: T201


@flow(name="tonghop-nightly", log_prints=True)
def nightly(out: str | None = None) -> State[Any]:
    """Collect from every configured source, read, load, reconcile, publish, tell."""
    try:
        with Night(configured(), Path(out) if out else None, _printed) as night:
            return in_coat(night)
    except RunStillGoing as error:
        return Completed(name="Skipped", message=error.message)


def run_watched(night: Night) -> None:
    """A night that was begun already, as a flow."""

    @flow(name="tonghop-nightly", log_prints=True)
    def begun() -> State[Any]:
        return in_coat(night)

    begun(return_state=True)


def in_coat(night: Night) -> State[Any]:
    """The steps of ``night``, each as a task of the flow that calls this.

    One task owns the pool of reading processes: a task a document costs ten times as much. The
    state is Failed only where a step failed as such; files that could not be used are reported.
    Where Prefect's server goes away, the night goes on without it.
    """
    if night.settings.machines.runner != "local":
        night.reader = machines.read_spread
    progress: list[UUID] = []
    pages = _Pages()
    pages.show(
        lambda: progress.append(
            cast(UUID, create_progress_artifact(0.0, "nightly-progress", "Tiến độ"))
        )
    )
    for number, step in enumerate(STEPS, 1):
        pages.show(partial(_as_task, night, step))
        night.do(step)
        if progress:
            share = 100.0 * number / len(STEPS)
            pages.show(partial(update_progress_artifact, progress[0], share))
    pages.show(lambda: _page(night))
    return _state(night.outcome)


class _Pages:
    """What only shows the run: it never stops it, nor does it wait again and again for a server that
    went away."""

    def __init__(self) -> None:
        self._doubted = False

    def show(self, work: Callable[[], Any]) -> None:
        if self._doubted and not _server_answers():
            return
        try:
            work()
            self._doubted = False
        except Exception as error:
            # Prefect's client raises many classes for a server that went away.
            self._doubted = True
            say(f"prefect: {type(error).__name__}: {str(error)[:200]}")


def _server_answers() -> bool:
    """Asked once, where Prefect's client would ask for a quarter of a minute."""
    with get_client(sync_client=True) as client:
        address = f"{str(client.api_url).rstrip('/')}/health"
    try:
        with urlopen(address, timeout=3):
            return True
    except HTTPError:
        return True
    except OSError:
        return False


def _as_task(night: Night, name: str) -> None:
    def run() -> None:
        night.do(name)

    task(name=name, cache_policy=NO_CACHE, persist_result=False)(run)()


def _page(night: Night) -> None:
    with night.warehouse.read() as connection:
        standing = morning.standing(connection, night.outcome.started_at)
    create_markdown_artifact(
        masked(run_page.summary(night.settings, night.outcome, standing)), key="nightly-summary"
    )
    refused = [{k: masked(v) for k, v in r.items()} for r in run_page.rejected(night.outcome)]
    if refused:
        create_table_artifact(
            table=refused, key="nightly-rejected", description="Tệp chưa dùng được"
        )


def _state(outcome: Outcome) -> State[Any]:
    c = outcome.counters()
    told = f"{c['loaded']} đã nạp, {c['failed_files']} tệp và {c['failed_sources']} nguồn có lỗi"
    if outcome.errors:
        steps_told = "; ".join(f"{step}: {message}" for step, message in outcome.errors)
        return Failed(message=masked(f"{told}. {steps_told}")[:2000])
    name = "CompletedWithErrors" if outcome.exit_status else "Completed"
    return Completed(name=name, message=masked(told), data=outcome.exit_status)


@flow(name="tonghop-ingest", log_prints=True)
def ingest(inputs: list[str]) -> State[Any]:
    """Takes files, folders, archives or addresses into the store and the warehouse, on demand."""
    settings = configured()
    warehouse = steps.warehouse_of(settings)
    try:
        result = steps.ingest(settings, warehouse, inputs, _printed)
        for campaign in sorted(result.campaigns):
            steps.reconcile_all(settings, warehouse, campaign)
    finally:
        warehouse.dispose()
    if result.failures:
        rows = [{"file": n, "code": c, "why": m} for n, c, m in result.failures]
        create_table_artifact(table=rows, key="ingest-rejected", description="Tệp chưa dùng được")
    told = f"{result.loaded} đã nạp, {result.unchanged} đã có, {len(result.failures)} có lỗi"
    name = "CompletedWithErrors" if result.failures else "Completed"
    return Completed(name=name, message=told, data=int(bool(result.failures)))


@flow(name="tonghop-reread", log_prints=True)
def reread(campaign: str | None = None) -> State[Any]:
    """Today's parser over every archived original; decisions stay."""
    from pipelines.reread import SAYS, reread as run  # noqa: PLC0415

    settings = configured()
    warehouse = steps.warehouse_of(settings)
    try:
        workers = steps.workers_of(settings)
        result = run(settings, warehouse, steps.archive_of(settings), campaign, workers, _printed)
        steps.reconcile_all(settings, warehouse, campaign)
    finally:
        warehouse.dispose()
    told = ", ".join(f"{n} {SAYS[one]}" for one, n in sorted(result.outcomes.items()))
    name = "CompletedWithErrors" if result.missing else "Completed"
    return Completed(name=name, message=f"Lượt {result.run_id}: {told}", data=len(result.missing))
