"""What was made of each place of a document, as marks to draw over its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.document import Anchor, Box, Cell, Document, Paragraph, Span, Table
from schemas.report import Observation, Report
from schemas.text import fold, one_line, words

Spot = tuple[int, Box]
"""Page from 1, and box in points."""

Layout = Mapping[Anchor, Spot]
"""Where cells and paragraphs of a file without pages came to stand when it was laid out."""


class Seen(StrEnum):
    """What became of a place."""

    GRID = "grid"
    SURE = "sure"
    CHECK = "check"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True, slots=True)
class Mark:
    """``note`` tells in the margin what the place was taken for; empty for none."""

    page: int
    box: Box
    kind: Seen
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Places:
    layout: Layout

    def of(self, anchor: Anchor) -> Spot | None:
        if anchor.box is not None and anchor.page is not None:
            return anchor.page, anchor.box
        if anchor.table is not None:
            return self.layout.get(Anchor(table=anchor.table, row=anchor.row, column=anchor.column))
        return self.layout.get(Anchor(paragraph=anchor.paragraph))


def marks(document: Document, report: Report, layout: Layout, frames: Layout) -> list[Mark]:
    """Grid, claims and what nothing claimed; a row's claims share one note.

    ``layout`` and ``frames`` (ruled cells) serve files without pages, and are else empty.
    """
    places = _Places(layout)
    found: list[Mark] = []
    for table in document.tables():
        found += _grid(table, _Places(frames))
    found += _claims(report, places)
    found += _fields(report, places)
    found += _stamp(document, report, places)
    claimed = [(m.page, m.box) for m in found if m.kind in (Seen.SURE, Seen.CHECK)]
    found += _left_over(document, report, places, claimed)
    return found


def _grid(table: Table, frames: _Places) -> Iterator[Mark]:
    for cell in table.cells:
        if cell.frame is not None and cell.anchor.page is not None:
            yield Mark(cell.anchor.page, cell.frame, Seen.GRID)
        elif spot := frames.of(cell.anchor):
            yield Mark(*spot, Seen.GRID)


def _claims(report: Report, places: _Places) -> Iterator[Mark]:
    noted: dict[tuple[int, int | None, int | None, int | None], list[str]] = {}
    boxes: list[tuple[Observation, Spot, tuple[int, int | None, int | None, int | None]]] = []
    for one in (*report.observations, *report.mentions):
        spot = places.of(one.where)
        if spot is None:
            continue
        at = one.where
        key = (spot[0], at.table, at.row, at.paragraph if at.table is None else None)
        said = (
            f"{one.measure} = {one.value} ({one.confidence:.2f}{'?' if one.needs_review else ''})"
        )
        lines = noted.setdefault(key, [one.indicator])
        if said not in lines:
            lines.append(said)
        boxes.append((one, spot, key))
    for one, spot, key in boxes:
        lines = noted.pop(key, [])
        row = f"hàng {key[2]} · " if key[2] is not None and lines else ""
        note = row + f"{lines[0]}: {'; '.join(lines[1:])}" if lines else ""
        yield Mark(*spot, Seen.CHECK if one.needs_review else Seen.SURE, note)


def _fields(report: Report, places: _Places) -> Iterator[Mark]:
    for field in report.located:
        if spot := places.of(field.where):
            kind, doubt = (Seen.CHECK, "?") if field.needs_review else (Seen.SURE, "")
            note = f"{field.field} {one_line(field.raw)[:60]} ({field.confidence:.2f}{doubt})"
            yield Mark(*spot, kind, note)
    rest = [
        *((c.where, f"khen {c.name}") for c in report.commended),
        *((n.where, f"mục {n.field}") for n in report.narrative),
    ]
    for where, note in rest:
        if spot := places.of(where):
            yield Mark(*spot, Seen.SURE, note)


def _stamp(document: Document, report: Report, places: _Places) -> Iterator[Mark]:
    """The annex's own line ("Kèm theo …"), by the number it states."""
    number = report.annex.number if report.annex else None
    for block in document.paragraphs() if number else ():
        spot = places.of(block.anchor)
        if number and spot and number in block.text and "kem theo" in fold(block.text):
            yield Mark(*spot, Seen.SURE, f"annex.number {number}")


def _left_over(
    document: Document, report: Report, places: _Places, claimed: list[Spot]
) -> Iterator[Mark]:
    """Figures in cells that no row claimed, and paragraphs that nothing took anything from."""
    taken = {(o.where.table, o.where.row, o.where.column) for o in report.observations}
    for table in document.tables():
        for cell in table.cells:
            at = (table.index, cell.row, cell.column)
            spot = places.of(cell.anchor)
            if spot and at not in taken and _is_figure(cell):
                yield Mark(*spot, Seen.UNCLAIMED)
    for finding in report.findings:
        if finding.rule == "unclaimed_row":
            for where in finding.where:
                if spot := places.of(where):
                    yield Mark(*spot, Seen.UNCLAIMED, "không nhận ra hàng này")
    told = words(" ".join(t for n in report.narrative for t in (n.text, *n.headings)))
    names = [words(n) for n in (*report.header.addressees, *report.header.copies_to)]
    for block in document.paragraphs():
        said = words(block.text)
        if said not in told and not any(name and name in said for name in names):
            yield from _unread(block, claimed, places)


def _is_figure(cell: Cell) -> bool:
    return bool(cell.doubts) or (
        cell.column > 0
        and any(c.isdigit() for c in cell.text)
        and not any(c.isalpha() for c in cell.text)
    )


def _unread(block: Paragraph, claimed: list[Spot], places: _Places) -> Iterator[Mark]:
    spots = [(span.page, span.box) for span in _lines(block.spans)]
    if not spots:
        spots = [spot] if (spot := places.of(block.anchor)) else []
    if not any(_meet(one, other) for one in spots for other in claimed):
        for spot in spots:
            yield Mark(*spot, Seen.UNCLAIMED)


def _lines(spans: tuple[Span, ...]) -> Iterator[Span]:
    """Words of one line as one span."""
    current: Span | None = None
    for span in spans:
        if current is not None and span.page == current.page and _level(current.box, span.box):
            left, top, right, bottom = current.box
            box = (
                min(left, span.box[0]), min(top, span.box[1]),
                max(right, span.box[2]), max(bottom, span.box[3]),
            )  # fmt: skip
            current = Span(current.start, span.end, span.page, box)
            continue
        if current is not None:
            yield current
        current = span
    if current is not None:
        yield current


def _level(one: Box, other: Box) -> bool:
    return one[1] < (other[1] + other[3]) / 2 < one[3]


def _meet(one: Spot, other: Spot) -> bool:
    (page, a), (there, b) = one, other
    return page == there and a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
