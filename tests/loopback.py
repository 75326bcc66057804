"""Servers on this machine: at ports nobody else is given, waited for as long as a busy machine takes."""

from __future__ import annotations

import contextlib
import secrets
import socket
import time
import urllib.request
from collections.abc import Callable

LONG = 600.0
"""Seconds after which something waited for never comes, on any machine."""
BROWSER = 90_000
"""The same for what a page does next, in milliseconds."""


def free_port() -> int:
    """A port still free when it is used: below those that systems hand out by themselves, so that no
    connection and no other server is given it meanwhile."""
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_until(ready: Callable[[], object], what: str, seconds: float = LONG) -> None:
    """Returns once ``ready``; a server asked that is busy or not there yet is none that is ready."""
    until = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            if ready():
                return
        assert time.monotonic() < until, f"waited in vain: {what}"
        time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether ``url`` is served."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def listens(port: int) -> bool:
    """Whether anybody takes connections at ``port``."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
