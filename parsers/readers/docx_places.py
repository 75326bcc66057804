"""Where the marked places of a DOCX came to stand on the pages LibreOffice laid out."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from parsers.readers.docx_marks import mark_name
from schemas.document import Anchor, Box, union
from schemas.text import fold

_TEXT_OBJECT = 1
_PATH_OBJECT = 2
_MAX_OBJECTS = 50_000
_THIN = 2.0
_NEAR = 4.0
_LINE = 14.0


@dataclass(frozen=True, slots=True)
class Place:
    """One place on its page: ``box`` around the text, or around the cell where it is empty.

    ``exact`` is False where the box may be another's: other letters stand there than were read (e.g.
    struck-out ones), the text stands outside the rules around its mark, or two marks claim one text.
    What a page break cuts has its box where it begins.
    """

    anchor: Anchor
    page: int
    box: Box
    frame: Box | None
    exact: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text of one line, as the page's content draws it."""

    box: Box
    letters: str


@dataclass(slots=True)
class _PageView:
    height: float
    width: float
    pieces: list[_Piece]
    across: list[Box]
    down: list[Box]


_Start = tuple[int, float, float]
"""Number of the mark, x, and top of its line on the page."""


def find_places(pdf: Any, marked: Sequence[tuple[Anchor, str]]) -> list[Place]:
    """The place of every mark that ``pdf`` (an open pypdfium2 document) still names, in order."""
    starts: dict[int, list[_Start]] = {}
    numbers = {mark_name(at): at for at in range(len(marked))}
    for name, page, x, y in _destinations(pdf):
        if name in numbers:
            starts.setdefault(page, []).append((numbers[name], x, y))
    found: list[Place] = []
    for page_index, here in sorted(starts.items()):
        page = pdf[page_index]
        try:
            view = _view(page)
        finally:
            page.close()
        found += _on_page(view, page_index + 1, sorted(here), marked)
    return found


def _destinations(pdf: Any) -> Iterator[tuple[str, int, float, float]]:
    """Name, page from 0, x and y from the bottom, of every named destination."""
    from pypdfium2 import raw  # noqa: PLC0415

    for index in range(min(raw.FPDF_CountNamedDests(pdf.raw), _MAX_OBJECTS)):
        size = ctypes.c_long(0)
        raw.FPDF_GetNamedDest(pdf.raw, index, None, size)
        if size.value <= 0:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        destination = raw.FPDF_GetNamedDest(pdf.raw, index, buffer, size)
        page = raw.FPDFDest_GetDestPageIndex(pdf.raw, destination)
        has = [ctypes.c_int() for _ in range(3)]
        at = [ctypes.c_float() for _ in range(3)]
        if page >= 0 and raw.FPDFDest_GetLocationInPage(destination, *has, *at):
            name = buffer.raw[: size.value].decode("utf-16-le", "replace").rstrip("\0")
            yield name, page, at[0].value, at[1].value


def _view(page: Any) -> _PageView:
    from pypdfium2 import raw  # noqa: PLC0415

    width, height = page.get_size()
    view = _PageView(height, width, [], [], [])
    text_page = page.get_textpage()
    for count, item in enumerate(page.get_objects(max_depth=4)):
        if count > _MAX_OBJECTS:
            break
        if item.type not in (_TEXT_OBJECT, _PATH_OBJECT):
            continue
        left, bottom, right, top = item.get_bounds()
        box = (left, height - top, right, height - bottom)
        if item.type == _TEXT_OBJECT:
            letters = _squash(_text_of(raw, item, text_page))
            if letters:
                view.pieces.append(_Piece(box, letters))
        elif box[3] - box[1] < _THIN < right - left:
            view.across.append(box)
        elif right - left < _THIN < box[3] - box[1]:
            view.down.append(box)
    text_page.close()
    view.across.sort(key=lambda b: b[1])
    view.down.sort(key=lambda b: b[0])
    return view


def _text_of(raw: Any, item: Any, text_page: Any) -> str:
    size = raw.FPDFTextObj_GetText(item.raw, text_page.raw, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFTextObj_GetText(item.raw, text_page.raw, units, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _squash(text: str) -> str:
    return "".join(c for c in fold(text) if not c.isspace() and c != "-")


def _on_page(
    view: _PageView, page: int, starts: list[_Start], marked: Sequence[tuple[Anchor, str]]
) -> Iterator[Place]:
    """The content draws cell after cell, so a place's text is what follows its start."""
    texts = [_squash(marked[number][1]) for number, _, _ in starts]
    heads = [
        _head(view, x, view.height - y) if wanted else None
        for (_, x, y), wanted in zip(starts, texts, strict=True)
    ]
    claims = Counter(h for h in heads if h is not None)
    taken = sorted(claims)
    for (number, x, y), head, wanted in zip(starts, heads, texts, strict=True):
        anchor = marked[number][0]
        point = (x, view.height - y)
        frame = _frame(view, point) if anchor.table is not None else None
        boxes, same = _run_of(view, head, taken, wanted) if wanted else ([], True)
        at_home = head is None or frame is None or _holds(frame, view.pieces[head].box)
        if boxes and (same or at_home):
            alone = head is None or claims[head] == 1
            yield Place(anchor, page, union(boxes), frame, same and at_home and alone)
        else:
            yield Place(anchor, page, frame or _dot(point), frame, not wanted)


def _holds(frame: Box, box: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] - 1 <= across <= frame[2] + 1 and frame[1] - 1 <= down <= frame[3] + 1


def _head(view: _PageView, x: float, top: float) -> int | None:
    """The piece of text that begins at the point: of those near it, the one nearest to it both ways.

    Whatever font stands in for a missing one, the next line begins a whole line further down.
    """
    best, nearest = None, _NEAR + _LINE
    for at, piece in enumerate(view.pieces):
        left, piece_top, _, bottom = piece.box
        if not (piece_top - _LINE < top < bottom and abs(left - x) < _NEAR):
            continue
        away = abs(left - x) + abs(piece_top - top)
        if away < nearest:
            best, nearest = at, away
    return best


def _run_of(
    view: _PageView, head: int | None, taken: list[int], wanted: str
) -> tuple[list[Box], bool]:
    """Boxes of the pieces that together say ``wanted``; else all up to the next place's start."""
    if head is None:
        return [], False
    # An automatic number is a piece of its own before the mark.
    for start in (head, head - 1):
        if start < 0 or (start != head and start in taken):
            continue
        # Letters that a font lacks are drawn after the others of their line: order says nothing.
        missing, boxes, at = Counter(wanted), [], start
        while at < len(view.pieces) and Counter(view.pieces[at].letters) <= missing:
            missing -= Counter(view.pieces[at].letters)
            boxes.append(view.pieces[at].box)
            at += 1
        cut_by_page = bool(boxes) and (at == len(view.pieces) or at in taken)
        if not missing or cut_by_page:
            return boxes, True
    after = bisect_right(taken, head)
    end = taken[after] if after < len(taken) else head + 1
    return [piece.box for piece in view.pieces[head:end]], False


def _frame(view: _PageView, point: tuple[float, float]) -> Box | None:
    """The ruled cell around the point, or None where a side has no rule."""
    x, y = point[0], point[1] + 1.0
    left = [b for b in view.down if b[1] - 1 <= y <= b[3] + 1]
    above = [b for b in view.across if b[0] - 1 <= x <= b[2] + 1]
    at_x = bisect_left([b[0] for b in left], x)
    at_y = bisect_left([b[1] for b in above], y)
    if not (0 < at_x < len(left) and 0 < at_y < len(above)):
        return None
    return (left[at_x - 1][2], above[at_y - 1][3], left[at_x][0], above[at_y][1])


def _dot(point: tuple[float, float]) -> Box:
    return (point[0], point[1], point[0] + _LINE, point[1] + _LINE)
