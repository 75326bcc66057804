"""``tonghop corrections`` and ``tonghop recognised``: what people taught, for the parser and the form."""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--campaign", required=True)
def corrections(campaign: str) -> None:
    """Corrections as test cases for the parser.

    One JSON object a line.
    """
    from pipelines import steps
    from schemas.settings import load_settings
    from warehouse.corrections import cases

    with steps.warehouse_of(load_settings()).read() as connection:
        for case in cases(connection, campaign):
            click.echo(json.dumps(case, ensure_ascii=False))


@click.command()
@click.option("--campaign", required=True)
def recognised(campaign: str) -> None:
    """Wordings that people recognised, as YAML for the form."""
    from pipelines import steps
    from schemas.settings import load_settings
    from warehouse.recognised import as_yaml

    with steps.warehouse_of(load_settings()).read() as connection:
        click.echo(as_yaml(connection, campaign), nl=False)
