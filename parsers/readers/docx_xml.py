"""How Word's XML holds letters, rows and cells: what counts as shown, and what is skipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from parsers.readers.numbering import W

MAX_SPAN = 63
PARAGRAPH, RUN, TEXT = f"{W}p", f"{W}r", f"{W}t"
TABLE, ROW, CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
PARAGRAPH_LOOK, RUN_LOOK = f"{W}pPr", f"{W}rPr"
VALUE = f"{W}val"
_CELL_LOOK, _ROW_LOOK, _DELETED = f"{W}tcPr", f"{W}trPr", f"{W}del"
_ACROSS, _DOWN = f"{W}gridSpan", f"{W}vMerge"
_CONTENT = {PARAGRAPH, TABLE}
_HOLDERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SKIP = {
    _DELETED,
    f"{W}moveFrom",
    f"{_MC}Fallback",
    PARAGRAPH_LOOK,
    RUN_LOOK,
    f"{W}instrText",
    f"{W}delText",
    f"{W}rt",
}


def first(node: Any, tag: str) -> Any | None:
    """The first child ``tag``. Properties stand before all else: quicker than ``node.find``."""
    for child in node:
        if child.tag == tag:
            return child
    return None


def letters(child: Any) -> str:
    """What a child of a run shows as text."""
    tag = child.tag
    if tag == TEXT:
        return child.text or ""
    name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    return child.text or "" if name == "t" else _SIGNS.get(name, "")


def texts_of(table: Any) -> list[str]:
    """What the cells of a table inside a cell say, blank ones left out."""
    cells = (cell for row in below(table, ROW) for cell in below(row, CELL))
    return [text for cell in cells if (text := shown_text(cell).strip())]


def shown_text(node: Any) -> str:
    """The letters below ``node`` that are shown, as one text."""
    return "".join(_shown(node))


def _shown(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag not in SKIP:
            yield letters(child)
            yield from _shown(child)


def below(node: Any, tag: str) -> list[Any]:
    """Children ``tag``, also those inside content controls and tracked insertions."""
    out: list[Any] = []
    for child in node:
        if child.tag == tag:
            if not deleted_row(child):
                out.append(child)
        elif child.tag in _HOLDERS:
            out.extend(below(child, tag))
    return out


def deleted_row(node: Any) -> bool:
    properties = first(node, _ROW_LOOK)
    return properties is not None and first(properties, _DELETED) is not None


def cell_content(node: Any) -> list[Any]:
    out: list[Any] = []
    for child in node:
        tag = child.tag
        if tag in _CONTENT:
            out.append(child)
        elif tag not in SKIP and tag != _CELL_LOOK:
            out.extend(cell_content(child))
    return out


def grid_offset(row: Any) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if before is None else min(MAX_SPAN, int(before.get(VALUE, 0)))


def cell_shape(cell: Any) -> tuple[int, str]:
    properties = first(cell, _CELL_LOOK)
    if properties is None:
        return 1, ""
    span = merge = None
    for child in properties:
        tag = child.tag
        if tag == _ACROSS:
            span = child
        elif tag == _DOWN:
            merge = child
    width = 1 if span is None else max(1, min(MAX_SPAN, int(span.get(VALUE, 1))))
    return width, "" if merge is None else merge.get(VALUE, "continue")


def trimmed(lines: Sequence[str]) -> tuple[str, int]:
    """A cell's lines as one text without the empty ones at its ends, and how many stood above it."""
    typed = "\n".join(lines)
    begun = typed.lstrip("\n ")
    return begun.rstrip("\n "), typed.count("\n", 0, len(typed) - len(begun)) if begun else 0
