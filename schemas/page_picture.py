"""A page as a picture: what drawing leaves in the archive and the review site shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page, ``width`` and ``height`` in points; ``image`` and ``large`` are file names."""

    number: int
    width: float
    height: float
    image: str
    large: str
    text: str = ""
