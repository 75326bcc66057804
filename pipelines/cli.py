"""The one command. Messages go to standard error, data to standard output."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import sys
from functools import cache
from pathlib import Path
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
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, _help_of(place)) for name, place in _COMMANDS.items()])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except TonghopError as error:
            say(f"{error.code}: {error.message}")
            sys.exit(error.exit_status)


def _help_of(place: str) -> str:
    """The first line of a command's docstring, read and not imported: «--help» answers at once."""
    module, _, name = place.partition(":")
    (text,) = (n for n in _functions(module) if n.name == name)
    return (ast.get_docstring(text) or "").split("\n", 1)[0]


@cache
def _functions(module: str) -> list[ast.FunctionDef]:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text("utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tonghop")
def main() -> None:
    """Tổng hợp: đọc báo cáo của các đơn vị, đối chiếu, và lập bảng của tỉnh.

    Start with «tonghop ingest FOLDER», then «tonghop status» and «tonghop publish».
    """


if __name__ == "__main__":
    main()
