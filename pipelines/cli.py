"""The one command. Messages go to standard error, data to standard output."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from pipelines.console import say
from schemas.errors import TonghopError

_COMMANDS = {
    "extract": "pipelines.commands.extract:extract",
    "ingest": "pipelines.commands.load:ingest",
    "nightly": "pipelines.commands.schedule:nightly",
    "reconcile": "pipelines.commands.load:reconcile",
    "publish": "pipelines.commands.load:publish",
    "status": "pipelines.commands.load:status",
    "show": "pipelines.commands.show:show",
    "pictures": "pipelines.commands.pictures:pictures",
    "evaluate": "pipelines.commands.check:evaluate",
    "forms": "pipelines.commands.check:forms",
    "history": "pipelines.commands.history:history",
    "reread": "pipelines.commands.reread:reread",
    "corrections": "pipelines.commands.desk:corrections",
    "recognised": "pipelines.commands.desk:recognised",
    "serve": "pipelines.commands.schedule:serve",
    "doctor": "pipelines.commands.health:doctor",
    "metrics": "pipelines.commands.health:metrics",
    "backup": "pipelines.commands.keep:backup",
    "restore": "pipelines.commands.keep:restore",
    "migrate-to": "pipelines.commands.keep:migrate_to",
    "review": "review.command:review",
    "user": "review.command:user",
}
"""Where each command stands. Named as text: the two doors meet here and must not know each other."""


class _Commands(click.Group):
    """Imports a command when it is asked for; turns our errors into one line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        place = _COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

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
