"""The nightly run as a Prefect flow: a coat over the plain steps. The ledger of what was done is ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact

from pipelines import steps
from schemas.settings import Settings, load_settings


@task(name="collect-read-load", retries=2, retry_delay_seconds=10)
def collect_read_load(inputs: list[str], settings: Settings) -> dict[str, Any]:
    """One task owns the pool of reading processes: a task a document costs ten times as much."""
    warehouse = steps.warehouse_of(settings)
    try:
        result = steps.ingest(settings, warehouse, inputs, print)
    finally:
        warehouse.dispose()
    return {
        "seen": result.seen,
        "loaded": result.loaded,
        "unchanged": result.unchanged,
        "failures": result.failures,
    }


@task(name="reconcile", retries=2, retry_delay_seconds=5)
def reconcile_task(settings: Settings) -> list[dict[str, Any]]:
    """Judges every campaign again."""
    warehouse = steps.warehouse_of(settings)
    try:
        found = steps.reconcile_all(settings, warehouse)
    finally:
        warehouse.dispose()
    return [
        {"campaign": s.campaign, "opened": s.opened, "open": s.still_open, "gone": s.gone}
        for s in found
    ]


@task(name="publish", retries=1, retry_delay_seconds=5)
def publish_task(settings: Settings, out: str) -> str:
    """Writes the analysts' files and the province's documents."""
    warehouse = steps.warehouse_of(settings)
    try:
        steps.publish_all(settings, warehouse, Path(out), None, print)
    finally:
        warehouse.dispose()
    return out


@task(name="draw", retries=1, retry_delay_seconds=5)
def draw_task(settings: Settings) -> int:
    """Page pictures for reviewers; how many files could not be drawn."""
    warehouse = steps.warehouse_of(settings)
    try:
        return len(steps.draw(settings, warehouse, print))
    finally:
        warehouse.dispose()


@flow(name="tonghop-nightly", log_prints=True)
def nightly(out: str | None = None) -> dict[str, Any]:
    """Collect from every configured source, read, load, reconcile, publish."""
    settings = load_settings()
    loaded = collect_read_load([s.url for s in settings.sources], settings)
    judged = reconcile_task(settings)
    publish_task(settings, out or str(settings.home / "published"))
    undrawn = draw_task(settings)
    table = [
        {"step": "files seen", "count": loaded["seen"]},
        {"step": "loaded", "count": loaded["loaded"]},
        {"step": "unchanged", "count": loaded["unchanged"]},
        {"step": "failed", "count": len(loaded["failures"])},
        {"step": "not drawn", "count": undrawn},
        *(
            {"step": f"findings open, {j['campaign']}", "count": j["open"] + j["opened"]}
            for j in judged
        ),
    ]
    create_table_artifact(table=table, key="nightly-run", description="What happened in this run")
    return loaded
