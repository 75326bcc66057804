"""Errors as plain records, to pass between processes; and the list of every kind."""

from __future__ import annotations

from schemas.errors import TonghopError


def as_record(error: TonghopError) -> dict[str, str]:
    """The error as plain text, to pass between processes."""
    return {
        "code": error.code,
        "name": error.name,
        "place": error.place,
        "detail": error.detail,
    }


def from_record(record: dict[str, str]) -> TonghopError:
    """The error that ``as_record`` told; an unknown code becomes the root."""
    kind = next((c for c in kinds() if c.code == record["code"]), TonghopError)
    return kind(name=record["name"], place=record["place"], detail=record["detail"])


def kinds() -> list[type[TonghopError]]:
    """Every error class, in the order of this file."""
    found: list[type[TonghopError]] = []
    waiting: list[type[TonghopError]] = [TonghopError]
    while waiting:
        kind = waiting.pop(0)
        found.append(kind)
        waiting[:0] = kind.__subclasses__()
    return found
