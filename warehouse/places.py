"""A place on a page or in a table as the columns that hold it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.document import NOWHERE, Anchor


def columns(where: Anchor | None) -> dict[str, Any]:
    """The place as ``page``, ``x0`` ... ``paragraph_index``; all None where there is none."""
    at = where or NOWHERE
    box = at.box or (None, None, None, None)
    return {
        "page": at.page,
        "x0": box[0],
        "top": box[1],
        "x1": box[2],
        "bottom": box[3],
        "table_index": at.table,
        "row_index": at.row,
        "column_index": at.column,
        "paragraph_index": at.paragraph,
    }


def anchor(row: Mapping[str, Any]) -> Anchor:
    """The place that ``row`` holds."""
    box = (row["x0"], row["top"], row["x1"], row["bottom"]) if row["x0"] is not None else None
    return Anchor(
        row["page"],
        box,
        row["table_index"],
        row["row_index"],
        row["column_index"],
        row["paragraph_index"],
    )
