"""What the head of a column names: the column's role, and its measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from parsers.per_form import PerForm
from parsers.totals import TOTAL
from parsers.unheaded import is_elsewhere, thereof
from schemas.form import Form
from schemas.text import words

_SHORT = 4
"""Letters: of shorter heads ("TT", "SL") one misread makes another."""
_KEPT = 4096
"""Heads that are remembered."""


def role_of(head: str, form: Form) -> tuple[str, str | None] | None:
    """The role, and the measure, that one text names as the head of a column."""
    return role_under([[head]], 0, form)


def role_under(
    head: Sequence[Sequence[str]], column: int, form: Form
) -> tuple[str, str | None] | None:
    """The role, and the measure, that the rows ``head`` name for ``column``."""
    seen = tuple(said for row in head if (said := words(row[column])))
    if not seen or is_elsewhere(" ".join(dict.fromkeys(seen)), form.year) or thereof(head, column):
        return None
    return _HEADS.of(form).role(seen)


def measured(head: Sequence[str], form: Form) -> bool:
    """Whether a row is the head of an annex: a column of numbers in it, and two others of known role."""
    roles = [role[0] for text in dict.fromkeys(head) if text and (role := role_of(text, form))]
    return "measure" in roles and len(set(roles)) > 2


class _Heads:
    """What heads of one form's columns mean; the texts of a head are worked out once."""

    def __init__(self, form: Form) -> None:
        self._aliases = [((c.role, c.measure), [words(a) for a in c.aliases]) for c in form.columns]
        # A head that spans its column's neighbours may stand in one cell with the column's own.
        self._groups = [re.compile(rf"^{words(c.group)} (?=\S)") for c in form.columns if c.group]
        self._initials = _spelled(self._aliases)
        self.role = lru_cache(maxsize=_KEPT)(self._role)

    def _role(self, seen: tuple[str, ...]) -> tuple[str, str | None] | None:
        """``seen`` are the head's texts from above."""
        # "Tổng số" below "Số người" is of people.
        totals = [text for text in seen if TOTAL.fullmatch(text)]
        said = [*(text for text in reversed(seen) if text not in totals), *totals]
        texts = dict.fromkeys([*said, " ".join(dict.fromkeys(seen))])
        bare = [group.sub("", text) for text in texts for group in self._groups]
        best: tuple[float, tuple[str, str | None]] | None = None
        for text in dict.fromkeys([*texts, *bare]):
            if (short := self._initials.get(text)) is not None:
                return short
            for meant, aliases in self._aliases:
                score = max(_likeness(text, alias) for alias in aliases)
                if best is None or score > best[0]:
                    best = (score, meant)
            if best is not None and best[0] >= 85:
                break
        return best[1] if best is not None and best[0] >= 80 else None


_HEADS = PerForm(_Heads)


def _spelled(
    aliases: Sequence[tuple[tuple[str, str | None], Sequence[str]]],
) -> dict[str, tuple[str, str | None]]:
    """Heads in initials that can mean one column only: "LN" for "Lượt người"."""
    out: dict[str, set[tuple[str, str | None]]] = {}
    for meant, texts in aliases:
        for said in (text.split() for text in texts):
            if len(said) > 1:
                out.setdefault("".join(w[0] for w in said), set()).add(meant)
    return {short: next(iter(several)) for short, several in out.items() if len(several) == 1}


def _likeness(text: str, alias: str) -> float:
    if len(alias) < _SHORT and text != alias:
        return 0.0
    within = len(alias) >= 5 and f" {alias} " in f" {text} " and len(text) < 4 * len(alias)
    # Of two that stand in a head the longer says more: "Tổng số người" counts people.
    return max(fuzz.ratio(text, alias), 86.0 + len(alias) / 100 if within else 0.0)
