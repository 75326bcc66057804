"""Steps that tests of the desk share."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Error

from tests.loopback import BROWSER
from warehouse import decisions


def until(page: Any, condition: str) -> None:
    """Waits until ``condition`` (JavaScript) holds; the page's own policy forbids the usual way."""
    end = time.monotonic() + BROWSER / 1000
    while not _holds(page, condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def _holds(page: Any, condition: str) -> bool:
    """What it asks may not be there yet, and the page itself may be on its way to the next."""
    try:
        return bool(page.evaluate(condition))
    except Error:
        return False


def cell(site: Any, sha256: str, subject: str) -> str:
    """The address of one value."""
    return f"{site.url}/documents/{sha256}/cells/{subject}"


def at(page: Any, subject: str) -> None:
    """Waits until the desk is at ``subject`` with its field ready."""
    page.wait_for_selector(f'#desk[data-here$="/cells/{subject}"]')
    until(page, "document.activeElement.matches('#desk .typed')")


def in_force(site: Any, sha256: str, subject: str) -> str | None:
    """The value that counts now."""
    with site.warehouse.read() as connection:
        return decisions.in_force(connection, sha256, subject)
