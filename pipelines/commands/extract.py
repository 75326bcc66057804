"""``tonghop extract``: what one file says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pipelines.console import say


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--campaign", help="Read the files as reports of this campaign.")
def extract(files: tuple[Path, ...], as_json: bool, campaign: str | None) -> None:
    """Reads FILES and prints what was understood; loads nothing."""
    from pipelines.extracting import extract_files
    from pipelines.loading import workers_of
    from pipelines.printing import print_report
    from schemas.catalog import form
    from schemas.report_json import to_json
    from schemas.settings import load_settings

    settings = load_settings()
    if campaign is not None:
        form(campaign)
    bad = 0
    for report in extract_files(files, settings.province, campaign, workers_of(settings)):
        if as_json:
            click.echo(json.dumps(to_json(report), ensure_ascii=False))
        else:
            print_report(report)
        if report.error is not None:
            bad += 1
            say(f"{report.error.code}: {report.error.message}")
    sys.exit(1 if bad else 0)
