"""The one command. Messages go to standard error, data to standard output."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from schemas.errors import TonghopError


class _Group(click.Group):
    """Turns every error of ours into one line and its exit status."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except TonghopError as error:
            say(f"{error.code}: {error.message}")
            sys.exit(error.exit_status)


def say(text: str) -> None:
    """One line for a person."""
    click.echo(text, err=True)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tonghop")
def main() -> None:
    """Tổng hợp: đọc báo cáo của các đơn vị, đối chiếu, và lập bảng của tỉnh.

    Start with «tonghop ingest FOLDER», then «tonghop status» and «tonghop publish».
    """


@main.command()
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


@main.command()
@click.argument("inputs", nargs=-1, required=True)
def ingest(inputs: tuple[str, ...]) -> None:
    """Takes files, folders, archives or addresses into the store and the warehouse."""
    from pipelines import steps
    from schemas.settings import load_settings

    settings = load_settings()
    warehouse = steps.warehouse_of(settings)
    result = steps.ingest(settings, warehouse, inputs, say)
    for campaign in sorted(result.campaigns):
        steps.reconcile_all(settings, warehouse, campaign)
    say(
        f"{result.seen} tệp: {result.loaded} đã nạp, {result.unchanged} đã có, {len(result.failures)} có lỗi."
    )
    for name, code, message in result.failures:
        say(f"  {code}: {message}" if name in message else f"  {code}: {name}: {message}")
    sys.exit(1 if result.failures else 0)


@main.command()
@click.option("--campaign")
def reconcile(campaign: str | None) -> None:
    """Runs every rule again over what the warehouse holds."""
    from pipelines import steps
    from schemas.settings import load_settings

    settings = load_settings()
    for summary in steps.reconcile_all(settings, steps.warehouse_of(settings), campaign):
        say(
            f"{summary.campaign}: {summary.opened} mới, {summary.still_open} còn, {summary.gone} đã hết."
        )
        for rule, count in summary.by_rule.items():
            click.echo(f"{summary.campaign}\t{rule}\t{count}")


@main.command()
@click.option("--campaign")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write into (default: TONGHOP_HOME/published).",
)
def publish(campaign: str | None, out: Path | None) -> None:
    """Writes what analysts open, and the province's documents."""
    from pipelines import steps
    from schemas.settings import load_settings

    settings = load_settings()
    target = out or settings.home / "published"
    steps.publish_all(settings, steps.warehouse_of(settings), target, campaign, say)
    click.echo(str(target))


@main.command()
@click.option("--campaign")
def status(campaign: str | None) -> None:
    """Who has reported, who is late, what is missing, what waits for a reviewer."""
    from pipelines import steps
    from pipelines.printing import print_status
    from schemas.settings import load_settings

    settings = load_settings()
    print_status(steps.warehouse_of(settings), campaign)


@main.command()
def nightly() -> None:
    """The whole scheduled run: collect from every configured source, read, load, reconcile, publish."""
    from pipelines.prefect_home import prepare
    from schemas.settings import load_settings

    settings = load_settings()
    if not settings.sources:
        say(
            "Chưa cấu hình nguồn nào trong tonghop.toml ([[sources]]); chỉ đối chiếu và xuất bản lại."
        )
    prepare(settings.home)
    from pipelines.flows import nightly as run

    result = run()
    sys.exit(1 if result["failures"] else 0)


@main.command()
@click.option(
    "--cron",
    default="0 1 * * *",
    show_default=True,
    help="When the nightly run starts, Asia/Ho_Chi_Minh.",
)
def serve(cron: str) -> None:
    """Keeps the Prefect deployments and their schedule alive (needs a running Prefect server)."""
    from pipelines.prefect_home import prepare
    from schemas.settings import load_settings

    prepare(load_settings().home)
    from prefect.schedules import Cron

    from pipelines.flows import nightly as run

    run.serve(
        name="nightly",
        schedule=Cron(cron, timezone="Asia/Ho_Chi_Minh"),
        limit=1,
        pause_on_shutdown=False,
    )


@main.command()
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


@main.group()
def forms() -> None:
    """Forms: one campaign-year each, as data."""


@forms.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Proves each form against its own examples; with FILES, prints unclaimed rows as YAML to paste."""
    from pipelines.form_checks import check_all, unclaimed_yaml

    problems = check_all()
    for problem in problems:
        say(problem)
    if files:
        click.echo(unclaimed_yaml(files))
    say("Mẫu biểu: không có lỗi." if not problems else f"Mẫu biểu: {len(problems)} lỗi.")
    sys.exit(2 if problems else 0)


if __name__ == "__main__":
    main()
