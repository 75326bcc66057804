"""Prefect's settings, written to the environment before Prefect is imported."""

from __future__ import annotations

import os
from pathlib import Path


def prepare(home: Path) -> None:
    """A home of our own, nothing sent outside, patience with a slow machine."""
    (home / "prefect").mkdir(parents=True, exist_ok=True)
    defaults = {
        "PREFECT_HOME": str((home / "prefect").resolve()),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        # Its pages are written out at its start; the program's own folder is not ours to write to.
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str((home / "prefect" / "pages").resolve()),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P2D",
        # A server that is gone costs each call 14 seconds, not a minute: the night can do without.
        "PREFECT_CLIENT_MAX_RETRIES": "3",
    }
    for key, value in defaults.items():
        os.environ.setdefault(key, value)
