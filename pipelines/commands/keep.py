"""``tonghop backup``, ``restore``, ``migrate-to``: keeping what was gathered, and moving it."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from pipelines.console import configured, say


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """Keeps database and archive in FOLDER, checked by hash.

    A second backup keeps only what is new.
    """
    from pipelines import steps
    from warehouse.backup import back_up

    settings = configured()
    made = back_up(
        steps.warehouse_of(settings),
        steps.archive_of(settings),
        folder,
        say,
        dt.datetime.now(dt.UTC),
    )
    say(f"{sum(made.rows.values())} dòng, {made.originals} tệp gốc.")
    for sha256 in made.missing:
        say(f"  archive_damaged: {sha256}")
    click.echo(str(made.path))
    sys.exit(1 if made.missing else 0)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--name", help="Which backup (default: the newest).")
def restore(folder: Path, name: str | None) -> None:
    """Brings a backup back into an empty warehouse.

    From FOLDER into the warehouse that the settings name.
    """
    from pipelines import steps
    from warehouse.backup import restore as bring_back

    settings = configured()
    made = bring_back(folder, name, steps.warehouse_of(settings), steps.archive_of(settings), say)
    say(f"{made.path.stem}: {sum(made.rows.values())} dòng, {made.originals} tệp gốc; đã so khớp.")
    for sha256 in made.missing:
        say(f"  archive_damaged: {sha256} (đã thiếu từ lúc sao lưu)")


@click.command("migrate-to")
@click.argument("url")
def migrate_to(url: str) -> None:
    """Copies the warehouse into an empty database.

    Row for row, into the one at URL (SQLite or PostgreSQL).
    """
    from pipelines import steps
    from warehouse.copying import copy_all
    from warehouse.engine import open_warehouse

    settings = configured()
    source, target = steps.warehouse_of(settings), open_warehouse(url)
    with source.read() as connection:
        rows = copy_all(connection, target, say)
    say(
        f"{sum(rows.values())} dòng trong {len(rows)} bảng đã chép và so khớp. Đặt TONGHOP_DATABASE_URL "
        "là địa chỉ mới rồi chạy «tonghop doctor»."
    )
