"""Photographs of a report's pages, sent one file a page, as one file of many pages."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from parsers.readers.scan_source import MAX_PIXELS
from schemas.errors import DamagedFile, ImageTooLarge, TooManyPages

MOST = 60
_LONG_SIDE = 842.0
"""Points, as A4: a photograph does not say how large the sheet was."""

_TURNS = {3: 180, 6: 90, 8: 270}
"""By EXIF orientation, degrees clockwise that set the picture upright."""

_ORIENTATION = 0x0112
_DIGITS = re.compile(r"(\d+)")
_BY_CHANCE = re.compile(rb"(?<=/ID\[<)[0-9A-F]{32}><[0-9A-F]{32}(?=>\])|(?<=\(D:)\d{14}")


def join_pages(pages: Sequence[tuple[str, Path]], target: Path) -> None:
    """Writes pictures (name, file) as the pages of one PDF, by name with numbers as numbers.

    JPEG files stand in it byte for byte, and the same pictures give the same file. Raises
    DamagedFile, ImageTooLarge, TooManyPages, named by the picture.
    """
    import pypdfium2 as pdfium  # noqa: PLC0415

    if len(pages) > MOST:
        raise TooManyPages(detail=f"{len(pages)} ảnh")
    made = pdfium.PdfDocument.new()
    try:
        for name, path in sorted(pages, key=lambda page: _natural(page[0])):
            _add(made, *_as_jpeg(name, path))
        out = io.BytesIO()
        made.save(out)
    finally:
        made.close()
    # The time and a number drawn by lot would make another file of the same pictures.
    target.write_bytes(_BY_CHANCE.sub(lambda m: re.sub(rb"[0-9A-F]", b"0", m[0]), out.getvalue()))


def _as_jpeg(name: str, path: Path) -> tuple[io.BytesIO, int]:
    """The picture as JPEG, and the degrees clockwise that set it upright."""
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > 2 * MAX_PIXELS:
                raise ImageTooLarge(name=name)
            turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1), 0)
            if picture.format == "JPEG" and picture.mode in {"L", "RGB"}:
                return io.BytesIO(path.read_bytes()), turn
            out = io.BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=95)
            return io.BytesIO(out.getvalue()), turn
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DamagedFile(name=name, detail=type(error).__name__) from error


def _add(made: Any, jpeg: io.BytesIO, turn: int) -> None:
    import pypdfium2 as pdfium  # noqa: PLC0415

    image = pdfium.PdfImage.new(made)
    image.load_jpeg(jpeg, inline=True)
    columns, rows = image.get_px_size()
    scale = _LONG_SIDE / max(columns, rows)
    page = made.new_page(columns * scale, rows * scale)
    image.set_matrix(pdfium.PdfMatrix().scale(columns * scale, rows * scale))
    page.insert_obj(image)
    page.gen_content()
    page.set_rotation(turn)
    page.close()


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """So that "Trang 2" comes before "Trang 10"."""
    return [
        (part.isdecimal(), int(part) if part.isdecimal() else 0, part.casefold())
        for part in _DIGITS.split(name)
    ]
