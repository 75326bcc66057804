"""``tonghop show``: page pictures that tell what was read where."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pipelines.console import say


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--page", type=click.IntRange(min=1), help="Only this page, from 1.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder for the pictures (default: this one).",
)
@click.option("--campaign", help="Read the file as a report of this campaign.")
def show(file: Path, page: int | None, out: Path, campaign: str | None) -> None:
    """Draws FILE's pages with what each cell was taken for.

    Drawn are the grid too, and what nothing claimed.
    """
    import shutil
    import tempfile

    from pipelines.sandbox import run_all
    from pipelines.show import ShowTask
    from schemas.errors import ReadError
    from schemas.settings import load_settings

    province = load_settings().province
    with tempfile.TemporaryDirectory(prefix="tonghop-show-") as folder:
        say(f"Đọc và vẽ {file.name} …")
        task = ShowTask(file.resolve(), file.name, province, campaign, page, Path(folder))
        ((_, result),) = run_all([task], 1)
        if isinstance(result, ReadError):
            raise result
        said = json.loads(result)
        out.mkdir(parents=True, exist_ok=True)
        for name in said["drawn"]:
            shutil.move(Path(folder) / name, out / name)
            click.echo(str(out / name))
    say(
        f"{file.name}: {said['pages']} trang, {said['observations']} số liệu,"
        f" {said['flagged']} cần xem lại. {said['message']}".strip()
    )
    if page is not None and not said["drawn"]:
        raise click.BadParameter(f"tệp chỉ có {said['pages']} trang", param_hint="--page")
    sys.exit(0 if said["status"] != "failed" else 1)
