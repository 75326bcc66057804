"""Lines for a person on standard error, or one JSON object a line for a machine; never a secret."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import click

if TYPE_CHECKING:
    from schemas.settings import Settings

_IN_ADDRESS = re.compile(r"(?<=://)([^/@\s:]+):[^/@\s]+(?=@)")
_SECRET_NAMES = re.compile(r"pass|secret|token|key$|credential", re.IGNORECASE)
_state: dict[str, Any] = {"json": False, "secrets": ()}


def configured() -> Settings:
    """The settings as ``load_settings`` gives them, and lines from now on as they say."""
    from schemas.settings import load_settings  # noqa: PLC0415

    settings = load_settings()
    configure(settings)
    return settings


def configure(settings: Settings) -> None:
    """How lines look from now on, and which words must not stand in them."""
    secrets = _secrets(settings.archive_options)
    addresses = [settings.database_url, settings.archive_url]
    for one in settings.sources:
        secrets += _secrets(one.options)
        addresses.append(one.url)
    secrets += [unquote(urlsplit(address).password or "") for address in addresses]
    if settings.mail is not None:
        secrets.append(settings.mail.password.get_secret_value())
    if settings.review.sign_on is not None:
        secrets.append(settings.review.sign_on.client_secret)
    _state["json"] = settings.log_format == "json"
    # The longest first, or a part of it would be left standing.
    _state["secrets"] = tuple(sorted({s for s in secrets if len(s) > 3}, key=len, reverse=True))


def _secrets(options: dict[str, Any]) -> list[str]:
    """Those that stand in the options, and those that lie where the options say."""
    found = []
    for name, value in options.items():
        if isinstance(value, dict):
            found += _secrets(value)
        elif not isinstance(value, str):
            continue
        elif name.endswith("_env"):
            found.append(os.environ.get(value, ""))
        elif name.endswith("_file"):
            with contextlib.suppress(OSError, UnicodeDecodeError):
                found.append(Path(value).read_text("utf-8").strip())
        elif _SECRET_NAMES.search(name):
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
