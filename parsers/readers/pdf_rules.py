"""Ruling lines of a digital page, from PDFium's path objects: edges as pdfplumber's tables want them.

Letting pdfminer interpret a page once more, only for its lines, takes most of the time of reading it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import raw

from parsers.readers.lines import Word
from parsers.readers.pdf_words import Place, placer
from schemas.document import Box

_STRAIGHT = 1.0  # points that a level line may rise or an upright one lean
_BESIDE = 2.0  # points that a line may stand off the page and still close a table that ends there
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rules:
    """What pdfplumber's table finder asks of a page: ``edges`` (its own dicts) and ``bbox``."""

    edges: list[dict[str, Any]]
    bbox: Box


def rules_of(page: Any) -> Rules | None:
    """The straight lines and box sides drawn on ``page``, in points from the shown top left corner.

    None where paths are drawn inside form objects, whose own matrices are not followed here.
    """
    place = placer(page)
    edges: list[dict[str, Any]] = []
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        if one.level > 0:
            return None
        edges += [edge for a, b in _segments(one) if (edge := _edge(a, b, place)) is not None]
    width, height = page.get_size()
    return Rules(edges, (0.0, 0.0, width, height))


def within_page(rules: Rules) -> Rules:
    """``rules`` without what is drawn beside the page, where nobody sees it."""
    left, top, right, bottom = rules.bbox
    left, top, right, bottom = left - _BESIDE, top - _BESIDE, right + _BESIDE, bottom + _BESIDE
    edges = []
    for edge in rules.edges:
        x0, x1 = max(edge["x0"], left), min(edge["x1"], right)
        y0, y1 = max(edge["top"], top), min(edge["bottom"], bottom)
        if x0 > x1 or y0 > y1 or (x1 - x0 <= _STRAIGHT and y1 - y0 <= _STRAIGHT):
            continue
        clipped = {"x0": x0, "x1": x1, "top": y0, "bottom": y1, "width": x1 - x0, "height": y1 - y0}
        edges.append({**edge, **clipped})
    return replace(rules, edges=edges)


def _segments(path: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight pieces of a path in page space, its closing sides too."""
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(raw.FPDFPath_CountSegments(path.raw)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        elif kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield last, start


def _edge(a: _Point, b: _Point, place: Place) -> dict[str, Any] | None:
    """One level or upright edge; slanting and vanishing pieces are none."""
    x0, top, x1, bottom = place(min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1]))
    width, height = x1 - x0, bottom - top
    if height <= _STRAIGHT < width:
        top = bottom = (top + bottom) / 2
        side = "h"
    elif width <= _STRAIGHT < height:
        x0 = x1 = (x0 + x1) / 2
        side = "v"
    else:
        return None
    return {
        "object_type": "rect_edge", "orientation": side, "x0": x0, "x1": x1, "top": top,
        "bottom": bottom, "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip


def struck(words: Sequence[Word], rules: Rules) -> list[Word]:
    """``words``, those that a line runs through marked: text struck out in a page that shows edits."""
    lines = sorted((e["top"], e["x0"], e["x1"]) for e in rules.edges if e["orientation"] == "h")
    if not lines:
        return list(words)
    return [replace(word, struck=True) if _crossed(word, lines) else word for word in words]


def _crossed(word: Word, lines: Sequence[tuple[float, float, float]]) -> bool:
    x0, top, x1, bottom = word.box
    high, low = top + 0.3 * (bottom - top), bottom - 0.3 * (bottom - top)
    return any(high < y < low and min(b, x1) - max(a, x0) > 0.3 * (x1 - x0) for y, a, b in lines)
