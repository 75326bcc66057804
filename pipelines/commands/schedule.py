"""``tonghop nightly`` and ``serve``: the run that nobody watches."""

from __future__ import annotations

import sys

import click

from pipelines.console import say


@click.command()
def nightly() -> None:
    """The whole scheduled run: collect from every configured source, read, load, reconcile, publish."""
    from pipelines.prefect_home import prepare
    from schemas.settings import load_settings

    settings = load_settings()
    if not settings.sources:
        say(
            "Chưa cấu hình nguồn nào trong tonghop.toml ([[sources]]); chỉ đối chiếu và xuất bản lại."
        )
    prepare(settings.home)
    from pipelines.flows import nightly as run

    result = run()
    sys.exit(1 if result["failures"] else 0)


@click.command()
@click.option(
    "--cron",
    default="0 1 * * *",
    show_default=True,
    help="When the nightly run starts, Asia/Ho_Chi_Minh.",
)
def serve(cron: str) -> None:
    """Keeps the Prefect deployments and their schedule alive (needs a running Prefect server)."""
    from pipelines.prefect_home import prepare
    from schemas.settings import load_settings

    prepare(load_settings().home)
    from prefect.schedules import Cron

    from pipelines.flows import nightly as run

    run.serve(
        name="nightly",
        schedule=Cron(cron, timezone="Asia/Ho_Chi_Minh"),
        limit=1,
        pause_on_shutdown=False,
    )
