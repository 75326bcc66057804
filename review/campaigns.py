"""Which campaign a page is about, and the year before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.catalog import forms
from schemas.errors import NotFound
from schemas.form import Form


@dataclass(frozen=True, slots=True)
class Campaigns:
    """``held``: campaigns that hold documents, newest first; ``form``: the chosen one's, if any."""

    held: tuple[Form, ...]
    form: Form | None

    @property
    def previous(self) -> Form | None:
        """The same campaign a year before, where the warehouse holds it."""
        if self.form is None:
            return None
        family, year = _family(self.form.campaign), self.form.year - 1
        return next((f for f in self.held if (_family(f.campaign), f.year) == (family, year)), None)


def choose(held: Sequence[str], wanted: str | None) -> Campaigns:
    """The campaign ``wanted``, else the newest. Raises NotFound for one that is not held."""
    known = sorted(
        (forms()[c] for c in held if c in forms()), key=lambda f: f.ends_on, reverse=True
    )
    if not wanted:
        return Campaigns(tuple(known), known[0] if known else None)
    chosen = next((f for f in known if f.campaign == wanted), None)
    if chosen is None:
        raise NotFound(name=wanted)
    return Campaigns(tuple(known), chosen)


def _family(campaign: str) -> str:
    return campaign.rpartition("-")[0]
