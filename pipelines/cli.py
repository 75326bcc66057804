"""The one command. Messages go to standard error, data to standard output."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from pipelines.console import say
from schemas.errors import TonghopError

_COMMANDS = {
    "extract": (
        "pipelines.commands.extract:extract",
        "Reads FILES and prints what was understood; loads nothing.",
    ),
    "ingest": (
        "pipelines.commands.load:ingest",
        "Takes files, folders, archives or addresses into the warehouse.",
    ),
    "nightly": (
        "pipelines.commands.schedule:nightly",
        "The whole scheduled run, from the sources to the digest.",
    ),
    "reconcile": (
        "pipelines.commands.load:reconcile",
        "Runs every rule again over what the warehouse holds.",
    ),
    "publish": (
        "pipelines.commands.load:publish",
        "Writes what analysts open, and the province's documents.",
    ),
    "status": (
        "pipelines.commands.load:status",
        "Who has reported, who is late, what is missing, what waits.",
    ),
    "show": (
        "pipelines.commands.show:show",
        "Draws FILE's pages with what each cell was taken for.",
    ),
    "pictures": (
        "pipelines.commands.pictures:pictures",
        "Draws the pages of loaded documents for the review site.",
    ),
    "evaluate": (
        "pipelines.commands.check:evaluate",
        "Scores extraction against labelled documents.",
    ),
    "forms": ("pipelines.commands.check:forms", "Forms: one campaign-year each, as data."),
    "history": (
        "pipelines.commands.history:history",
        "The province's table as it stood, or what changed.",
    ),
    "reread": (
        "pipelines.commands.reread:reread",
        "Reads every archived original again; decisions stay.",
    ),
    "corrections": (
        "pipelines.commands.desk:corrections",
        "Corrections as test cases for the parser.",
    ),
    "recognised": (
        "pipelines.commands.desk:recognised",
        "Wordings that people recognised, as YAML for the form.",
    ),
    "serve": (
        "pipelines.commands.schedule:serve",
        "Keeps the Prefect deployments and their schedule alive.",
    ),
    "doctor": (
        "pipelines.commands.health:doctor",
        "Checks programs, database, disk, sources, clock.",
    ),
    "metrics": (
        "pipelines.commands.health:metrics",
        "Prometheus metrics of the warehouse and its runs.",
    ),
    "backup": (
        "pipelines.commands.keep:backup",
        "Keeps database and archive in FOLDER, checked by hash.",
    ),
    "restore": ("pipelines.commands.keep:restore", "Brings a backup back into an empty warehouse."),
    "migrate-to": (
        "pipelines.commands.keep:migrate_to",
        "Copies the warehouse into an empty database.",
    ),
    "review": ("review.command:review", "Serves the review site."),
    "user": ("review.command:user", "Who may log in to the review site."),
}
"""Where each command stands, and its line of help. Named as text: the two doors meet here and must
not know each other, and «--help» need import neither."""


class _Commands(click.Group):
    """Imports a command when it is asked for; turns our errors into one line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in _COMMANDS.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except TonghopError as error:
            say(f"{error.code}: {error.message}")
            sys.exit(error.exit_status)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tonghop")
def main() -> None:
    """Tổng hợp: đọc báo cáo của các đơn vị, đối chiếu, và lập bảng của tỉnh.

    Start with «tonghop ingest FOLDER», then «tonghop status» and «tonghop publish».
    """


if __name__ == "__main__":
    main()
