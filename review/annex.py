"""The annex as a table to show: the form's rows, with whatever stands in each measure's column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.form import Form


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form. ``cells`` by measure; a measure the row does not have is left out.

    ``depth`` is 0 for a numbered row, 1 for one below it; ``heads``: a row that only heads others.
    """

    code: str
    ordinal: str
    label: str
    depth: int
    unit: str
    cells: Mapping[str, Mapping[str, Any]]
    heads: bool = False


def rows(form: Form, cells: Iterable[Mapping[str, Any]]) -> list[Row]:
    """``cells`` (each with ``indicator`` and ``measure``) in the form's rows and order."""
    held = {(c["indicator"], c["measure"]): c for c in cells}
    sections = {s.code: s for s in form.section_rows}
    shown: set[str] = set()
    out: list[Row] = []
    for one in form.indicators:
        section = sections.get(one.parent or "")
        if section is not None and section.code not in shown:
            shown.add(section.code)
            out.append(Row(section.code, section.ordinal, section.label, 0, "", {}, True))
        unit = " / ".join(m.unit for m in one.measures)
        mine = {m.code: held[one.code, m.code] for m in one.measures if (one.code, m.code) in held}
        out.append(Row(one.code, one.ordinal, one.label, 0 if one.ordinal else 1, unit, mine))
    return out


def measures(form: Form) -> list[tuple[str, str]]:
    """The number columns of the form: measure and title, in order."""
    return [(c.measure, c.title) for c in form.columns if c.role == "measure" and c.measure]
