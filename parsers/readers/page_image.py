"""What was read, drawn over the page: grid, claims, confidence, and what nothing claimed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.readers import scan_source
from schemas.document import Box, Document, Paragraph, Table
from schemas.errors import DamagedFile
from schemas.report import Observation, Report

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont
    from PIL.Image import Image

_DPI = 130.0
_SURE = (0, 120, 60)
_CHECK = (200, 30, 30)
_GRID = (150, 170, 210)
_UNCLAIMED = (225, 130, 0)
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

    def box(self, box: Box, colour: tuple[int, int, int], *, dashed: bool, width: int = 2) -> None:
        """Confidence is told twice, by colour and by the line: dashed needs a look."""
        left, top, right, bottom = (value * self.scale for value in box)
        if not dashed:
            self.pen.rectangle((left, top, right, bottom), outline=colour, width=width)
            return
        for start in _steps(left, right):
            end = min(start + 6, right)
            self.pen.line((start, top, end, top), fill=colour, width=width)
            self.pen.line((start, bottom, end, bottom), fill=colour, width=width)
        for start in _steps(top, bottom):
            end = min(start + 6, bottom)
            self.pen.line((left, start, left, end), fill=colour, width=width)
            self.pen.line((right, start, right, end), fill=colour, width=width)

    def note(self, x: float, y: float, text: str, colour: tuple[int, int, int]) -> None:
        at = (x * self.scale, y * self.scale)
        area = self.pen.textbbox(at, text, font=self.font)
        self.pen.rectangle(area, fill=(255, 255, 255))
        self.pen.text(at, text, fill=colour, font=self.font)


def _steps(start: float, end: float) -> Iterator[float]:
    while start < end:
        yield start
        start += 10


def draw(path: Path, report: Report, document: Document, page: int, out: Path) -> None:
    """Writes page ``page`` (from 1) of the file at ``path``, marked, as the PNG ``out``.

    Solid green: read and sure; dashed red: to be checked; dashed orange: text nothing claimed.
    Raises DamagedFile if the file has no such page picture (a DOCX has none).
    """
    from PIL import ImageDraw  # noqa: PLC0415

    image, scale = _picture(path, page)
    canvas = _Canvas(ImageDraw.Draw(image), scale, _font(max(int(8 * scale), 10)))
    for block in document.blocks:
        if isinstance(block, Table):
            _draw_table(canvas, block, report, page)
    claimed = list(_claimed(report, page))
    for block in document.blocks:
        if isinstance(block, Paragraph) and _stands(block, page) and not _touched(block, claimed):
            _mark_unclaimed(canvas, block, page)
    for observation in (*report.observations, *report.mentions):
        _draw_claim(canvas, observation, page)
    for place in report.located:
        if place.where.page == page and place.where.box is not None:
            colour = _CHECK if place.needs_review else _SURE
            canvas.box(place.where.box, colour, dashed=place.needs_review)
            canvas.note(place.where.box[0], place.where.box[1] - 9, place.field, colour)
    out.parent.mkdir(parents=True, exist_ok=True)
    image.save(out)


def _draw_table(canvas: _Canvas, table: Table, report: Report, page: int) -> None:
    claims = {
        (o.where.row, o.where.column)
        for o in report.observations
        if o.where.table == table.index
    }  # fmt: skip
    for cell in table.cells:
        if cell.frame is None or cell.anchor.page != page:
            continue
        canvas.box(cell.frame, _GRID, dashed=False, width=1)
        numeric = any(ch.isdigit() for ch in cell.text) and cell.column > 0
        if (numeric or cell.doubts) and (cell.row, cell.column) not in claims:
            canvas.box(cell.anchor.box or cell.frame, _UNCLAIMED, dashed=True)


def _draw_claim(canvas: _Canvas, one: Observation, page: int) -> None:
    if one.where.page != page or one.where.box is None:
        return
    colour = _CHECK if one.needs_review else _SURE
    canvas.box(one.where.box, colour, dashed=one.needs_review)
    text = f"{one.indicator}.{one.measure} = {one.value} ({one.confidence:.2f})"
    canvas.note(one.where.box[0], one.where.box[3] + 1, text, colour)


def _claimed(report: Report, page: int) -> Iterator[Box]:
    """Boxes of everything the report took from ``page``."""
    places = [
        *(o.where for o in (*report.observations, *report.mentions)),
        *(located.where for located in report.located),
        *(reference.where for reference in report.references),
        *(narrative.where for narrative in report.narrative),
        *(commended.where for commended in report.commended),
    ]
    for place in places:
        if place.page == page and place.box is not None:
            yield place.box


def _stands(block: Paragraph, page: int) -> bool:
    return block.anchor.page == page or any(span.page == page for span in block.spans)


def _touched(block: Paragraph, claimed: list[Box]) -> bool:
    return any(
        span.box[0] < box[2] and span.box[2] > box[0]
        and span.box[1] < box[3] and span.box[3] > box[1]
        for span in block.spans for box in claimed
    )  # fmt: skip


def _mark_unclaimed(canvas: _Canvas, block: Paragraph, page: int) -> None:
    boxes = [span.box for span in block.spans if span.page == page]
    if not boxes and block.anchor.box is not None:
        boxes = [block.anchor.box]
    for box in boxes:
        left, _, right, bottom = (value * canvas.scale for value in box)
        canvas.pen.line((left, bottom + 1, right, bottom + 1), fill=_UNCLAIMED, width=1)


def _picture(path: Path, page: int) -> tuple[Image, float]:
    """The page as it is shown, and pixels a point."""
    if path.read_bytes()[:1024].find(b"%PDF-") >= 0:
        return _pdf_picture(path, page)
    from PIL import Image  # noqa: PLC0415

    for number, bitmap in enumerate(scan_source.file_bitmaps(path), 1):
        if number == page:
            pixels = bitmap.picture if bitmap.picture.ndim == 2 else bitmap.picture[:, :, ::-1]
            return Image.fromarray(pixels).convert("RGB"), pixels.shape[1] / bitmap.width
    raise DamagedFile(name=path.name, place=f"trang {page}")


def _pdf_picture(path: Path, page: int) -> tuple[Image, float]:
    import pypdfium2 as pdfium  # noqa: PLC0415

    try:
        opened = pdfium.PdfDocument(str(path))
    except pdfium.PdfiumError as error:
        raise DamagedFile(name=path.name) from error
    try:
        if not 1 <= page <= len(opened):
            raise DamagedFile(name=path.name, place=f"trang {page}")
        shown = opened[page - 1]
        width, height = shown.get_size()
        scale = min(_DPI / 72.0, (scan_source.MAX_PIXELS / (width * height)) ** 0.5)
        image: Image = shown.render(scale=scale).to_pil().convert("RGB")
        return image, scale
    finally:
        opened.close()


def _font(size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415

    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)
