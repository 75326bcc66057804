"""Marks drawn over a page's picture, with notes in the margin and a legend, for a person's glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.seen import Mark, Seen
from schemas.document import Box
from schemas.turning import turned_box

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont
    from PIL.Image import Image

_Colour = tuple[int, int, int]
_COLOURS: dict[Seen, _Colour] = {
    Seen.GRID: (150, 170, 210),
    Seen.SURE: (0, 120, 60),
    Seen.CHECK: (200, 30, 30),
    Seen.UNCLAIMED: (205, 110, 0),
}
# What a mark means is told twice, by colour and by the line: (drawn, left out) in pixels.
_DASHES: dict[Seen, tuple[int, int]] = {
    Seen.GRID: (1, 0),
    Seen.SURE: (1, 0),
    Seen.CHECK: (9, 5),
    Seen.UNCLAIMED: (2, 4),
}
_LEGEND = {
    Seen.SURE: "đã đọc, tin được",
    Seen.CHECK: "đã đọc, cần xem lại",
    Seen.UNCLAIMED: "chưa dùng đến",
    Seen.GRID: "khung bảng",
}
_MARGIN = 0.55
_FONTS = (
    "LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)


@dataclass(frozen=True, slots=True)
class _Canvas:
    pen: ImageDraw.ImageDraw
    scale: float
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont
    line: int

    def frame(self, box: Box, kind: Seen, width: int) -> None:
        left, top, right, bottom = box
        for start, end in (
            ((left, top), (right, top)),
            ((left, bottom), (right, bottom)),
            ((left, top), (left, bottom)),
            ((right, top), (right, bottom)),
        ):
            self.stroke(start, end, kind, width)

    def stroke(
        self, start: tuple[float, float], end: tuple[float, float], kind: Seen, width: int
    ) -> None:
        """A line along one axis, in the kind's colour and dashes."""
        colour = _COLOURS[kind]
        drawn, gap = (value * width / 2 for value in _DASHES[kind])
        length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
        if not gap or length < 1:
            self.pen.line((*start, *end), fill=colour, width=width)
            return
        along_x, along_y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        for at, stop in _dashes(length, drawn, gap):
            self.pen.line(
                (
                    start[0] + at * along_x, start[1] + at * along_y,
                    start[0] + stop * along_x, start[1] + stop * along_y,
                ),
                fill=colour, width=width,
            )  # fmt: skip


def _dashes(length: float, drawn: float, gap: float) -> Iterator[tuple[float, float]]:
    at = 0.0
    while at < length:
        yield at, min(at + drawn, length)
        at += drawn + gap


def draw_marks(
    picture: Path, width: float, marks: Sequence[Mark], title: str, out: Path, quarters: int = 0
) -> None:
    """Writes ``picture`` (of a page ``width`` points wide) with the page's ``marks`` as PNG ``out``.

    Notes stand to the right of the page at the height of what they tell of, a line leads to it.
    Page and marks are drawn after so many ``quarters`` turns counter-clockwise.
    """
    from PIL import Image as Images, ImageDraw  # noqa: PLC0415

    with Images.open(picture) as opened:
        page = opened.convert("RGB")
    scale = page.width / width
    height = page.height / scale
    marks = [replace(m, box=turned_box(m.box, width, height, quarters)) for m in marks]
    for _ in range(quarters % 4):
        page = page.transpose(Images.Transpose.ROTATE_90)
    size = max(round(9.5 * scale), 12)
    line = round(size * 1.25)
    canvas_size = (round(page.width * (1 + _MARGIN)), page.height + 2 * line)
    image: Image = Images.new("RGB", canvas_size, (255, 255, 255))
    image.paste(page, (0, 0))
    canvas = _Canvas(ImageDraw.Draw(image), scale, _font(size), line)
    thick = max(round(scale), 2)
    for mark in sorted(marks, key=lambda m: list(Seen).index(m.kind)):
        box = _pixels(mark.box, scale, 0.0 if mark.kind is Seen.GRID else 1.0)
        canvas.frame(box, mark.kind, 1 if mark.kind is Seen.GRID else thick)
    canvas.pen.line((page.width, 0, page.width, page.height), fill=(210, 210, 210))
    _notes(canvas, [m for m in marks if m.note], page.width, canvas_size)
    _legend(canvas, title, page.height + line // 2, thick)
    out.parent.mkdir(parents=True, exist_ok=True)
    image.save(out)


def _pixels(box: Box, scale: float, grow: float) -> Box:
    left, top, right, bottom = box
    return (
        (left - grow) * scale,
        (top - grow) * scale,
        (right + grow) * scale,
        (bottom + grow) * scale,
    )


def _notes(canvas: _Canvas, marks: list[Mark], left: int, size: tuple[int, int]) -> None:
    """One under the other, each as near to the height of its mark as those above it allow."""
    column = left + canvas.line
    room = size[0] - column - 4
    below = 2.0
    for mark in _by_line(marks):
        right, middle = mark.box[2] * canvas.scale, (mark.box[1] + mark.box[3]) / 2 * canvas.scale
        colour = _COLOURS[mark.kind]
        lines = list(_wrapped(canvas, mark.note, room))
        top = max(middle - canvas.line / 2, below)
        top = min(top, size[1] - canvas.line * (len(lines) + 2))
        canvas.pen.line((right + 2, middle, left, middle), fill=_faint(colour), width=1)
        canvas.pen.line(
            (left, middle, column - 3, top + canvas.line / 2), fill=_faint(colour), width=1
        )
        for number, text in enumerate(lines):
            canvas.pen.text(
                (column, top + number * canvas.line), text, fill=colour, font=canvas.font
            )
        below = top + len(lines) * canvas.line


def _by_line(marks: list[Mark]) -> Iterator[Mark]:
    """Top to bottom; what stands on one line of the page and is equally sure has one note."""
    ordered = sorted(marks, key=lambda m: (round((m.box[1] + m.box[3]) / 6), m.kind, m.box[0]))
    for _, group in groupby(ordered, lambda m: (round((m.box[1] + m.box[3]) / 6), m.kind)):
        first, *rest = group
        yield replace(first, note=" · ".join([first.note, *(m.note for m in rest)]))


def _wrapped(canvas: _Canvas, text: str, room: float) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and canvas.pen.textlength(longer, font=canvas.font) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def _faint(colour: _Colour) -> _Colour:
    return tuple(255 - (255 - value) // 3 for value in colour)  # type: ignore[return-value]


def _legend(canvas: _Canvas, title: str, top: float, thick: int) -> None:
    x = float(canvas.line)
    for kind, text in _LEGEND.items():
        canvas.frame((x, top, x + 2 * canvas.line, top + 0.8 * canvas.line), kind, thick)
        x += 2.3 * canvas.line
        canvas.pen.text((x, top - 2), text, fill=(40, 40, 40), font=canvas.font)
        x += canvas.pen.textlength(text, font=canvas.font) + 1.5 * canvas.line
    canvas.pen.text((x, top - 2), title, fill=(110, 110, 110), font=canvas.font)


def _font(size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415

    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
