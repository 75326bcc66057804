"""What the head of a column names: the column's role, and its measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz

from parsers.totals import TOTAL
from parsers.unheaded import is_elsewhere, thereof
from schemas.form import Column, Form
from schemas.text import words

_SHORT = 4
"""Letters: of shorter heads ("TT", "SL") one misread makes another."""


def role_of(head: str, form: Form) -> tuple[str, str | None] | None:
    """The role, and the measure, that one text names as the head of a column."""
    return role_under([[head]], 0, form)


def role_under(
    head: Sequence[Sequence[str]], column: int, form: Form
) -> tuple[str, str | None] | None:
    """The role, and the measure, that the rows ``head`` name for ``column``."""
    seen = [words(row[column]) for row in head if words(row[column])]
    joined = " ".join(dict.fromkeys(seen))
    if is_elsewhere(joined, form.year) or thereof(head, column):
        return None
    # "Tổng số" below "Số người" is of people.
    totals = [text for text in seen if TOTAL.fullmatch(text)]
    said = [*(text for text in reversed(seen) if text not in totals), *totals]
    texts = dict.fromkeys([*said, joined])
    groups = [words(c.group) for c in form.columns if c.group]
    # A head that spans its column's neighbours may stand in one cell with the column's own.
    bare = [re.sub(rf"^{group} (?=\S)", "", text) for text in texts for group in groups]
    best: tuple[float, tuple[str, str | None]] | None = None
    for text in dict.fromkeys([*texts, *bare]):
        if (short := _initials(form).get(text)) is not None:
            return short
        for one in form.columns:
            score = max(_likeness(text, words(alias)) for alias in one.aliases)
            if best is None or score > best[0]:
                best = (score, (one.role, one.measure))
        if best is not None and best[0] >= 85:
            break
    return best[1] if best is not None and best[0] >= 80 else None


def measured(head: Sequence[str], form: Form) -> bool:
    """Whether a row is the head of an annex: a column of numbers in it, and two others of known role."""
    roles = [role[0] for text in dict.fromkeys(head) if text and (role := role_of(text, form))]
    return "measure" in roles and len(set(roles)) > 2


@cache
def _spelled(columns: tuple[Column, ...]) -> dict[str, tuple[str, str | None]]:
    out: dict[str, set[tuple[str, str | None]]] = {}
    for one in columns:
        for alias in one.aliases:
            said = words(alias).split()
            if len(said) > 1:
                out.setdefault("".join(w[0] for w in said), set()).add((one.role, one.measure))
    return {short: next(iter(several)) for short, several in out.items() if len(several) == 1}


def _initials(form: Form) -> dict[str, tuple[str, str | None]]:
    """Heads in initials that can mean one column only: "LN" for "Lượt người"."""
    return _spelled(tuple(form.columns))


def _likeness(text: str, alias: str) -> float:
    if len(alias) < _SHORT and text != alias:
        return 0.0
    within = len(alias) >= 5 and f" {alias} " in f" {text} " and len(text) < 4 * len(alias)
    # Of two that stand in a head the longer says more: "Tổng số người" counts people.
    return max(fuzz.ratio(text, alias), 86.0 + len(alias) / 100 if within else 0.0)
