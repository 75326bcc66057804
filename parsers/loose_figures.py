"""Figures of a scanned annex that no table holds, or whose table nobody knows: said, never dropped.

A recogniser may lose a table's head, or take its last rows for text. Born-digital files do not do
that, and their other tables are nobody's business.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from parsers.dates import find_dates
from parsers.letter import flat, is_image
from schemas.document import Block, Document, Paragraph, Table
from schemas.finding import Finding, RuleCode, Severity

_FIGURE = re.compile(
    r"(?<![\w/.,-])\d{1,3}(?:[. ]\d{3})+(?![\w/])|(?<![\w/.,-])\d+(?![\w/.,-]*\d)(?!\w)"
)
_ORDINAL = re.compile(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(\d{1,2}\))\s*")
_CITING = re.compile(r"\b(?:so|ngay|thang|nam|trang|dieu|khoan)\s*$")
_MOST = 40


def loose_figures(document: Document, claimed: Collection[int]) -> tuple[Finding, ...]:
    """One finding for each table and each stretch of text, after the annex began, with such figures.

    ``claimed`` are the indices of the tables that were read as annex.
    """
    first = next(
        (i for i, b in enumerate(document.blocks) if isinstance(b, Table) and b.index in claimed),
        None,
    )
    out = []
    for at, block in enumerate(document.blocks):
        if not is_image(document, block.anchor):
            continue
        if isinstance(block, Table):
            figures = [] if block.index in claimed else list(_in_table(block))
            least = 2
        else:
            figures = list(_in_text(block)) if first is not None and at > first else []
            least = 1
        if len(figures) >= least:
            out.append(_finding(block, figures))
    return tuple(out)


def _in_table(table: Table) -> Iterator[str]:
    """Figures right of the first column, of a table that is no letterhead."""
    if table.rows < 2 or table.columns < 2:
        return
    for cell in table.cells:
        text = cell.text.strip()
        if cell.column > 0 and _FIGURE.fullmatch(text):
            yield text


def _in_text(paragraph: Paragraph) -> Iterator[str]:
    for line in paragraph.text.split("\n"):
        dates = find_dates(line, flat(line))
        start = m.end() if (m := _ORDINAL.match(line)) else 0
        for found in _FIGURE.finditer(line, start):
            in_date = any(d.start <= found.start() < d.end for d in dates)
            if not in_date and not _CITING.search(flat(line[: found.start()])):
                yield found[0]


def _finding(block: Block, figures: list[str]) -> Finding:
    shown = ", ".join(figures[:_MOST])
    what = "Bảng" if isinstance(block, Table) else "Phần chữ"
    page = f" ở trang {block.anchor.page}" if block.anchor.page else ""
    return Finding(
        RuleCode.UNCLAIMED_ROW,
        Severity.ERROR,
        f"{what}{page} có số nhưng không rõ thuộc hàng nào của mẫu; số chưa được lấy: {shown}.",
        (block.anchor,),
        value=shown,
    )
