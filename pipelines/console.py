"""Lines for a person on standard error, or one JSON object a line for a machine; never a secret."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import click

from schemas.settings import Settings

_IN_ADDRESS = re.compile(r"(?<=://)([^/@\s:]+):[^/@\s]+(?=@)")
_SECRET_NAMES = re.compile(r"pass|secret|token|key$|credential", re.IGNORECASE)
_state: dict[str, Any] = {"json": False, "secrets": ()}


def configure(settings: Settings) -> None:
    """How lines look from now on, and which words must not stand in them."""
    secrets = [s for one in settings.sources for s in _secrets(one.options)]
    secrets += _secrets(settings.archive_options)
    if settings.mail is not None:
        secrets.append(settings.mail.password.get_secret_value())
    _state["json"] = settings.log_format == "json"
    # The longest first, or a part of it would be left standing.
    _state["secrets"] = tuple(sorted({s for s in secrets if len(s) > 3}, key=len, reverse=True))


def _secrets(options: dict[str, Any]) -> list[str]:
    found = []
    for name, value in options.items():
        if isinstance(value, dict):
            found += _secrets(value)
        elif isinstance(value, str) and _SECRET_NAMES.search(name):
            found.append(value)
    return found


def masked(text: str) -> str:
    """``text`` without passwords: those of addresses, and those of the settings."""
    out = _IN_ADDRESS.sub(r"\1:***", text)
    for secret in _state["secrets"]:
        out = out.replace(secret, "***")
    return out


def say(text: str) -> None:
    """One line."""
    line = masked(text)
    if _state["json"]:
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": now, "message": line}, ensure_ascii=False)
    click.echo(line, err=True)
