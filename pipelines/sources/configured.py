"""The sources that the settings name, opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pipelines.sources.parcel import Source
from schemas.errors import ConfigurationError
from schemas.settings import Settings, SourceSettings

UPLOAD = "upload"
_MAIL = ("imap://", "imaps://")


def sources_of(settings: Settings) -> list[SourceSettings]:
    """Those of the settings, and the folder where the review site leaves what was uploaded."""
    names = [s.name for s in settings.sources]
    twice = {n for n in names if names.count(n) > 1}
    if twice:
        raise ConfigurationError(name="[[sources]]", detail=f"tên dùng hai lần: {sorted(twice)}")
    uploads = inbox(settings)
    if UPLOAD in names or not uploads.is_dir():
        return list(settings.sources)
    return [*settings.sources, SourceSettings(name=UPLOAD, url=str(uploads))]


def inbox(settings: Settings) -> Path:
    """Where the review site leaves what was uploaded, a folder a hand-in."""
    return settings.home / "inbox"


def open_source(configured: SourceSettings) -> Source:
    """A connection to one source. Raises whatever its client raises where it does not answer."""
    from pipelines.sources.address import Address  # noqa: PLC0415
    from pipelines.sources.folder import Folder  # noqa: PLC0415
    from pipelines.sources.mailbox import Mailbox  # noqa: PLC0415

    options = revealed(configured.options)
    if configured.url.startswith(_MAIL):
        return Mailbox(configured, options)
    if "://" in configured.url and not configured.url.startswith("file://"):
        return Address(configured, options)
    return Folder(configured)


def revealed(options: dict[str, Any]) -> dict[str, Any]:
    """Options with secrets fetched: ``password_env = "NAME"``, ``password_file = "/path"``."""
    out: dict[str, Any] = {}
    for key, value in options.items():
        if key.endswith("_env"):
            if value not in os.environ:
                raise ConfigurationError(name=key, detail=f"biến {value} chưa đặt")
            out[key.removesuffix("_env")] = os.environ[value]
        elif key.endswith("_file"):
            out[key.removesuffix("_file")] = Path(value).read_text("utf-8").strip()
        else:
            out[key] = value
    return out
