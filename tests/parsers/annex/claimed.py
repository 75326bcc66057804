"""A table typed in as lists of its cells, and what the annex reader claims of it."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.claims import AnnexReading, claim
from schemas.catalog import form
from schemas.document import Anchor, Cell, Document, Reading, Source, Table
from schemas.finding import RuleCode

SPANS = dict[tuple[int, int], tuple[int, int]]


def claimed(rows: Sequence[Sequence[str | None]], spans: SPANS | None = None) -> AnnexReading:
    """``None`` stands where a cell to the left or above reaches."""
    cells = tuple(
        Cell(text, r, c, Anchor(table=0, row=r, column=c), *(spans or {}).get((r, c), (1, 1)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text is not None
    )
    table = Table(0, len(rows), len(rows[0]), cells, Anchor(table=0))
    source = Source("x.docx", "0" * 64, "x", 1)
    return claim(Document(source, Reading.TEXT, (table,)), form("llw-2021"))


def figures(reading: AnnexReading) -> dict[str, int]:
    return {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}


def rules(reading: AnnexReading) -> list[str]:
    return [f.rule.value for f in reading.findings if f.rule is not RuleCode.MISSING_ROW]
