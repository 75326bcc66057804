"""``tonghop reread``: today's parser over yesterday's files."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from pipelines.console import configured, say

if TYPE_CHECKING:
    from schemas.settings import Settings
    from warehouse.engine import Warehouse


@click.command()
@click.option("--campaign", help="Only documents of this campaign and those of none.")
@click.option("--rollback", type=int, metavar="RUN", help="Undo the run of this number.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file that differs.")
def reread(campaign: str | None, rollback: int | None, as_json: bool) -> None:
    """Reads every archived original again; decisions stay.

    What changed is told.
    """
    from pipelines import steps
    from pipelines.reread import SAYS, reread as run
    from schemas.catalog import form

    settings = configured()
    if campaign is not None:
        form(campaign)
    warehouse = steps.warehouse_of(settings)
    if rollback is not None:
        _roll_back(settings, warehouse, rollback)
        return
    workers = steps.workers_of(settings)
    result = run(settings, warehouse, steps.archive_of(settings), campaign, workers, say)
    steps.reconcile_all(settings, warehouse, campaign)
    for name, found in result.told:
        if as_json:
            told = {"name": name, "outcome": found.outcome.value, **found.as_json()}
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"{found.outcome.value}\t{name}\t{_told(found.as_json())}")
    counted = ", ".join(f"{n} {SAYS[one]}" for one, n in sorted(result.outcomes.items()))
    say(f"Lượt đọc lại {result.run_id}: {counted or 'không có tệp nào'}.")
    say(f"Trả về như trước: tonghop reread --rollback {result.run_id}")
    for name, message in result.missing:
        say(f"  {name}: {message}")
    sys.exit(1 if result.missing else 0)


def _told(details: dict[str, object]) -> str:
    return json.dumps(details, ensure_ascii=False)


def _roll_back(settings: Settings, warehouse: Warehouse, run_id: int) -> None:
    from pipelines import steps
    from warehouse import runs

    with warehouse.write() as connection:
        back = runs.roll_back(connection, run_id)
    for campaign in back.campaigns:
        steps.reconcile_all(settings, warehouse, campaign)
    say(f"Lượt đọc lại {run_id}: {back.restored} tệp trở về lần đọc trước.")
    for sha256 in back.kept:
        say(f"  {sha256[:12]}: đã có lượt đọc sau, giữ nguyên.")
