"""Addresses of the desk."""

from __future__ import annotations

from urllib.parse import quote

from reconcile.risk import Item


def subject(sha256: str, name: str) -> str:
    """One value or field of a document beside its page."""
    return f"/documents/{sha256}/cells/{quote(name)}"


def item(one: Item) -> str:
    """Where an item of the queue is looked at."""
    return subject(one.sha256, one.subject)


def report(sha256: str, what: str) -> str:
    """An action on a report as a whole: claim, finish, return, reopen, approve."""
    return f"/desk/{sha256}/{what}"


def desk(sha256: str) -> str:
    """The desk at what matters most in a document."""
    return f"/documents/{sha256}/desk"
