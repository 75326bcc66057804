"""``tonghop nightly`` and ``serve``: the run that nobody watches."""

from __future__ import annotations

import os
import sys

import click

from pipelines.console import configured, say


@click.command()
@click.option("--plain", is_flag=True, help="Without Prefect, whatever is configured.")
def nightly(plain: bool) -> None:
    """The whole scheduled run, from the sources to the digest.

    Without a configured Prefect server one is started for the time of the run, where there is
    anything new to read.
    """
    from pipelines.night import Night
    from pipelines.prefect_home import prepare
    from schemas.errors import ConfigurationError

    settings = configured()
    if settings.machines.runner != "local" and "PREFECT_API_URL" not in os.environ:
        raise ConfigurationError(
            name="PREFECT_API_URL", detail="nhiều máy đọc cần một máy chủ Prefect chung"
        )
    if not settings.sources:
        say(
            "Chưa cấu hình nguồn nào trong tonghop.toml ([[sources]]); chỉ đối chiếu và xuất bản lại."
        )
    with Night(settings, progress=say) as night:
        night.do("collect")
        if not plain and ("PREFECT_API_URL" in os.environ or night.waiting()):
            prepare(settings.home)
            _watched(night)
        night.all_steps()
    outcome = night.outcome
    say(
        f"{outcome.counters()['taken']} tệp mới, {outcome.ingested.loaded} đã nạp, "
        f"{len(outcome.failures)} có lỗi."
    )
    for name, code, message in outcome.failures:
        say(f"  {code}: {message}" if name in message else f"  {code}: {name}: {message}")
    sys.exit(outcome.exit_status)


def _watched(night: object) -> None:
    """As a flow; where Prefect itself fails, the caller does what is left."""
    try:
        from pipelines.flows import run_watched

        run_watched(night)  # type: ignore[arg-type]
    except Exception as error:
        # A server that does not start is no reason to lose a night.
        say(f"prefect: {type(error).__name__}: {str(error)[:200]}")


@click.command()
@click.option("--cron", help="When the nightly run starts (default: the settings' schedule).")
@click.option("--port", default=4200, show_default=True, help="Of the Prefect server it starts.")
@click.option("--metrics-port", type=int, help="Answer Prometheus on this port of the loopback.")
def serve(cron: str | None, port: int, metrics_port: int | None) -> None:
    """Keeps the Prefect deployments and their schedule alive.

    Starts a Prefect server on the loopback unless PREFECT_API_URL names one.
    """
    from pipelines.prefect_home import prepare

    settings = configured()
    prepare(settings.home)
    from pipelines import metrics, steps
    from pipelines.serving import keep_serving

    if metrics_port is not None:
        metrics.serve(steps.warehouse_of(settings), metrics_port)
    keep_serving(settings, cron or settings.schedule, port, say)
