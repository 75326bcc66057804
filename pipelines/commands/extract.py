"""``tonghop extract``: what one file says."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from pipelines.console import say


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--campaign", help="Read the files as reports of this campaign.")
def extract(files: tuple[Path, ...], as_json: bool, campaign: str | None) -> None:
    """Reads FILES and prints what was understood; loads nothing."""
    from pipelines.printing import print_report
    from pipelines.sandbox import Job, read_all
    from pipelines.steps import workers_of
    from pipelines.understand import failed
    from schemas.catalog import form
    from schemas.errors import DamagedFile
    from schemas.report_json import to_json
    from schemas.settings import load_settings

    settings = load_settings()
    if campaign is not None:
        form(campaign)
    results: dict[int, Any] = {}
    jobs = [
        Job(i, f, f.name, settings.province, campaign) for i, f in enumerate(files) if f.is_file()
    ]
    for i, f in enumerate(files):
        if not f.is_file():
            results[i] = failed(f, f.name, DamagedFile(name=str(f), detail="không có tệp này"))
    printed = 0
    for job, report in read_all(jobs, workers_of(settings)):
        results[job.key] = report
        while printed in results:
            _emit(results[printed], as_json, print_report, to_json)
            printed += 1
    for i in range(printed, len(files)):
        _emit(results[i], as_json, print_report, to_json)
    sys.exit(1 if any(r.error is not None for r in results.values()) else 0)


def _emit(report: Any, as_json: bool, show: Any, to_json: Any) -> None:
    if as_json:
        click.echo(json.dumps(to_json(report), ensure_ascii=False))
    else:
        show(report)
    if report.error is not None:
        say(f"{report.error.code}: {report.error.message}")
