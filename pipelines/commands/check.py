"""``tonghop evaluate`` and ``forms``: how well the reading is known to work."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pipelines.console import say


@click.command()
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def evaluate(gold_dir: Path, as_json: bool) -> None:
    """Scores extraction against labelled documents."""
    from pipelines.evaluate import evaluate_folder
    from schemas.settings import load_settings

    result = evaluate_folder(gold_dir, load_settings(), say)
    click.echo(
        json.dumps(result.as_json(), ensure_ascii=False, indent=1) if as_json else result.as_table()
    )


@click.group()
def forms() -> None:
    """Forms: one campaign-year each, as data."""


@forms.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Proves each form against its own examples, and names aliases that are idle.

    With FILES, prints the rows of them that no form claims, as YAML to paste.
    """
    from pipelines.form_checks import check_all, unclaimed_yaml

    checked = check_all()
    for problem in (*checked.problems, *checked.idle):
        say(problem)
    if files:
        click.echo(unclaimed_yaml(files), nl=False)
    wrong, idle = len(checked.problems), len(checked.idle)
    say("Mẫu biểu: không có lỗi." if not wrong else f"Mẫu biểu: {wrong} lỗi.")
    if idle:
        say(f"{idle} tên khác là thừa; nên bỏ.")
    sys.exit(2 if wrong else 0)
