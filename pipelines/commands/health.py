"""``tonghop doctor`` and ``metrics``: whether all is well, for people and for machines."""

from __future__ import annotations

import itertools
import json
import sys

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a check.")
@click.option("--mend", is_flag=True, help="Mends what can be mended: the lease of a dead run.")
def doctor(as_json: bool, mend: bool) -> None:
    """Checks programs, database, disk, sources, clock.

    And fonts and permissions; says how to mend what is wrong.
    """
    from pipelines.doctor.check import Grade
    from pipelines.doctor.machine import machine
    from pipelines.doctor.reach import reach
    from pipelines.doctor.stores import stores
    from schemas.settings import load_settings

    settings = load_settings()
    worst = 0
    for one in itertools.chain(machine(settings), stores(settings, mend), reach(settings)):
        worst = max(worst, int(one.grade is Grade.ERROR))
        if as_json:
            told = {"check": one.name, "grade": one.grade.value, "found": one.found}
            click.echo(json.dumps(told | {"mend": one.mend}, ensure_ascii=False))
            continue
        mark = {Grade.OK: "✓", Grade.WARNING: "!", Grade.ERROR: "✗"}[one.grade]
        click.echo(f"{mark} {one.name}: {one.found}" + (f"\n    → {one.mend}" if one.mend else ""))
    sys.exit(worst)


@click.command()
def metrics() -> None:
    """Prometheus metrics of the warehouse and its runs."""
    from pipelines import steps
    from pipelines.metrics import text
    from schemas.settings import load_settings

    click.echo(text(steps.warehouse_of(load_settings())), nl=False)
