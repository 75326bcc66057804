"""``tonghop ingest``, ``reconcile``, ``publish``, ``status``: the steps by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipelines.console import configured, say


@click.command()
@click.argument("inputs", nargs=-1, required=True)
def ingest(inputs: tuple[str, ...]) -> None:
    """Takes files, folders, archives or addresses into the warehouse."""
    from pipelines import steps

    settings = configured()
    warehouse = steps.warehouse_of(settings)
    result = steps.ingest(settings, warehouse, inputs, say)
    for campaign in sorted(result.campaigns):
        steps.reconcile_all(settings, warehouse, campaign)
    say(
        f"{result.seen} tệp: {result.loaded} đã nạp, {result.unchanged} đã có, {len(result.failures)} có lỗi."
    )
    for name, code, message in result.failures:
        say(f"  {code}: {message}" if name in message else f"  {code}: {name}: {message}")
    steps.draw(settings, warehouse, say)
    sys.exit(1 if result.failures else 0)


@click.command()
@click.option("--campaign")
def reconcile(campaign: str | None) -> None:
    """Runs every rule again over what the warehouse holds."""
    from pipelines import steps

    settings = configured()
    for summary in steps.reconcile_all(settings, steps.warehouse_of(settings), campaign):
        say(
            f"{summary.campaign}: {summary.opened} mới, {summary.still_open} còn, {summary.gone} đã hết."
        )
        for rule, count in summary.by_rule.items():
            click.echo(f"{summary.campaign}\t{rule}\t{count}")


@click.command()
@click.option("--campaign")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write into (default: TONGHOP_HOME/published).",
)
def publish(campaign: str | None, out: Path | None) -> None:
    """Writes what analysts open, and the province's documents."""
    from pipelines import steps

    settings = configured()
    target = out or settings.home / "published"
    steps.publish_all(settings, steps.warehouse_of(settings), target, campaign, say)
    click.echo(str(target))


@click.command()
@click.option("--campaign")
def status(campaign: str | None) -> None:
    """Who has reported, who is late, what is missing, what waits."""
    from pipelines import steps
    from pipelines.printing import print_status

    settings = configured()
    print_status(steps.warehouse_of(settings), campaign)
