"""Where Word files keep their text besides the body: in a table drawn around it, in the page's header."""

from __future__ import annotations

import re
from typing import Any

from parsers.readers.docx_xml import CELL, PARAGRAPH, ROW, TABLE, below, cell_content, shown_text
from schemas.text import fold

_LETTERHEAD = re.compile(r"cong hoa xa hoi chu nghia|\bso\s*:?\s*[\d.…_ ]*/\s*bc\b")
_FIRST_PARTS = 15
"""Of the body: a letterhead stands among them, or nowhere."""

_MANY = 6
"""Paragraphs in one cell: no cell of figures holds so many."""


def framed(table: Any) -> list[Any] | None:
    """The cells, from the top, of a table of one column that only frames other content; None for a
    table of data."""
    cells = []
    for row in below(table, ROW):
        (*before, cell) = below(row, CELL) or (None,)
        if before or cell is None:
            return None
        cells.append(cell)
    return cells if any(map(_holds_content, cells)) else None


def _holds_content(cell: Any) -> bool:
    content = cell_content(cell)
    if any(part.tag == TABLE for part in content):
        return True
    written = [part for part in content if part.tag == PARAGRAPH and shown_text(part).strip()]
    return len(written) >= _MANY


def letterhead(opened: Any) -> Any | None:
    """The header of the first page of a python-docx document, where the letterhead stands in it and
    not in the body."""
    section = next(iter(opened.sections), None)
    if section is None:
        return None
    first = section.different_first_page_header_footer
    head = section.first_page_header if first else section.header
    if head.is_linked_to_previous or not _LETTERHEAD.search(fold(shown_text(head._element))):
        return None
    body = " ".join(shown_text(part) for part in list(opened.element.body)[:_FIRST_PARTS])
    return None if _LETTERHEAD.search(fold(body)) else head._element
