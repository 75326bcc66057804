"""Lines for a person, on standard error."""

from __future__ import annotations

import click


def say(text: str) -> None:
    """One line for a person."""
    click.echo(text, err=True)
