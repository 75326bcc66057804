"""``tonghop pictures``: the pages of documents as pictures, for the review site."""

from __future__ import annotations

import sys

import click

from pipelines.console import configured, say


@click.command()
@click.argument("sha256s", nargs=-1)
def pictures(sha256s: tuple[str, ...]) -> None:
    """Draws the pages of loaded documents for the review site.

    Those of SHA256S (or their first letters), or of all not drawn yet.
    """
    from pipelines import steps

    settings = configured()
    warehouse = steps.warehouse_of(settings)
    failures = steps.draw(settings, warehouse, say, sha256s or None)
    for _, code, message in failures:
        say(f"{code}: {message}")
    sys.exit(1 if failures else 0)
