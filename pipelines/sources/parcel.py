"""What every kind of source gives: a listing, and one thing of it at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from warehouse.ledger import Item, Mail


@dataclass(frozen=True, slots=True)
class Piece:
    """One file out of a parcel; ``part`` tells it from the others of the same item."""

    path: Path
    name: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one item held. ``refusal`` says why it holds nothing to read, for a person."""

    pieces: tuple[Piece, ...]
    mail: Mail | None = None
    reply_to: str | None = None
    refusal: str | None = None


class StillWritten(Exception):
    """The item changed while it was being fetched: left for a later look."""


class Source(Protocol):
    """One configured place. Its methods raise whatever the client behind them raises."""

    name: str

    def items(self) -> Iterator[Item]:
        """Everything there, cheaply: no content is opened."""
        ...

    def look(self, item: Item) -> Item | None:
        """The item as it is now; None where it is gone."""
        ...

    def fetch(self, item: Item, work: Path) -> Parcel:
        """Brings the item's files into ``work``; raises StillWritten where it changed meanwhile."""
        ...

    def taken(self, item: Item) -> None:
        """Called after the item is safe in archive and warehouse; moves it where told to."""
        ...

    def close(self) -> None:
        """Lets the connection go."""
        ...
