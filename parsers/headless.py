"""Tables without a head: what goes on from the annex table before it, and columns named by order."""

from __future__ import annotations

from dataclasses import replace

from parsers.columns import Columns
from parsers.grid import grid_texts
from parsers.matcher import match_row
from parsers.phrases import is_count
from parsers.row_places import SURE
from schemas.document import Table
from schemas.form import Form


def goes_on(table: Table, before: Columns, columns: int, form: Form) -> Columns | None:
    """The columns of an annex that ``table`` goes on with, which has no head of its own.

    ``before`` are those of the annex's table above, which has ``columns`` columns. None where the
    table is another one: it must be as wide, name a row of the form where the labels stand, and hold
    counts where the counts stand and text nowhere among them.
    """
    if table.columns != columns:
        return None
    texts = grid_texts(table)
    labels = [row[before.label] for row in texts]
    named = [m for label in labels if (m := match_row(form, label, None)) and m.how in SURE]
    slots = [c for c, _ in before.measures]
    told = [row[c] for row in texts for c in slots if any(ch.isalnum() for ch in row[c])]
    if not named or not told or not all(any(ch.isdigit() for ch in v) for v in told):
        return None
    if not any(is_count(v) for v in told):
        return None
    return replace(before, first=0, few=False)
