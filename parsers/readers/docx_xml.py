"""How Word's XML holds letters, rows and cells: what counts as shown, and what is skipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from parsers.readers.numbering import W

MAX_SPAN = 63
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SKIP = {
    f"{W}del",
    f"{W}moveFrom",
    f"{_MC}Fallback",
    f"{W}pPr",
    f"{W}rPr",
    f"{W}instrText",
    f"{W}delText",
}


def letters(child: Any) -> str:
    tag = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
    if tag == "t":
        return child.text or ""
    if tag == "sym":
        return ""
    return {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}.get(
        tag, ""
    )


def texts_of(table: Any) -> list[str]:
    """What the cells of a table inside a cell say, blank ones left out."""
    cells = (cell for row in below(table, f"{W}tr") for cell in below(row, f"{W}tc"))
    return [text for cell in cells if (text := "".join(_shown(cell)).strip())]


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
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"}:
            out.extend(below(child, tag))
    return out


def deleted_row(node: Any) -> bool:
    properties = node.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def cell_content(node: Any) -> list[Any]:
    out: list[Any] = []
    for child in node:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            out.append(child)
        elif child.tag not in SKIP and child.tag != f"{W}tcPr":
            out.extend(cell_content(child))
    return out


def grid_offset(row: Any) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if before is None else min(MAX_SPAN, int(before.get(f"{W}val", 0)))


def cell_shape(cell: Any) -> tuple[int, str]:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    width = 1 if span is None else max(1, min(MAX_SPAN, int(span.get(f"{W}val", 1))))
    return width, "" if merge is None else merge.get(f"{W}val", "continue")


def trimmed(lines: Sequence[str]) -> tuple[str, int]:
    """A cell's lines as one text without the empty ones at its ends, and how many stood above it."""
    typed = "\n".join(lines)
    begun = typed.lstrip("\n ")
    return begun.rstrip("\n "), typed.count("\n", 0, len(typed) - len(begun)) if begun else 0
