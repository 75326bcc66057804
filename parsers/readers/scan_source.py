"""Pictures of pages: straight out of the PDF where the page is one picture, else rendered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parsers.readers.pdf_layer import is_unseen
from schemas.document import Box
from schemas.errors import DamagedFile, ImageTooLarge, PageTooLarge, TooManyPages

Picture = NDArray[Any]
"""Bytes, grey ``(h, w)`` or blue-green-red ``(h, w, 3)``."""

Matrix = NDArray[Any]

MAX_PIXELS = 40_000_000
MAX_SIDE_POINTS = 200 * 72.0
MAX_PAGES = 300
RENDER_DPI = 200.0
MAX_DPI = 310.0
_A4_LONG = 842.0
_IMAGE_OBJECT = 3
_TEXT_OBJECT = 1


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A picture of one page.

    ``to_page`` is the 3x3 projective matrix from pixels of ``picture`` to points of the page as
    it is shown, from its top left corner; every step that bends the picture multiplies into it.
    ``dpi`` are pixels an inch in the middle of the picture.
    """

    picture: Picture
    to_page: Matrix
    width: float
    height: float
    dpi: float = field(init=False)

    def __post_init__(self) -> None:
        rows, columns = self.picture.shape[:2]
        corners = np.array([[columns / 2, rows / 2], [columns / 2 + 100, rows / 2]])
        (x0, y0), (x1, y1) = project(self.to_page, corners)
        dpi = float(100 * 72.0 / max(np.hypot(x1 - x0, y1 - y0), 1e-6))
        object.__setattr__(self, "dpi", dpi)  # asked for every word: told once

    @property
    def quarters(self) -> int:
        """Quarter turns counter-clockwise, 0 to 3, that made the picture out of the shown page."""
        rows, columns = self.picture.shape[:2]
        middle = np.array([[columns / 2, rows / 2], [columns / 2 + 100, rows / 2]])
        (x0, y0), (x1, y1) = project(self.to_page, middle)
        return round(float(np.degrees(np.arctan2(y1 - y0, x1 - x0))) / 90.0) % 4

    def moved(self, picture: Picture, to_old: Matrix) -> Bitmap:
        """The bitmap after a step whose pixels lie at ``to_old`` in this one."""
        return replace(self, picture=picture, to_page=self.to_page @ to_old)

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Pixels to points of the shown page, clamped to it."""
        # Plain arithmetic: for four points it is ten times as fast as arrays are.
        (a, b, c), (d, e, f), (g, h, i) = self.to_page.tolist()
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        scales = [g * x + h * y + i for x, y in corners]
        at = list(zip(corners, scales, strict=True))
        xs = [min(max((a * x + b * y + c) / k, 0.0), self.width) for (x, y), k in at]
        ys = [min(max((d * x + e * y + f) / k, 0.0), self.height) for (x, y), k in at]
        return round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)


def project(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """``points`` (n, 2) through a projective ``matrix``."""
    homogeneous = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    result: NDArray[np.float64] = homogeneous[:, :2] / homogeneous[:, 2:3]
    return result


def scaling(x: float, y: float) -> Matrix:
    return np.diag([x, y, 1.0])


def pdf_bitmap(page: Any) -> Bitmap:
    """The picture of one pypdfium2 page. Raises PageTooLarge, ImageTooLarge."""
    width, height = page.get_size()
    if max(width, height) > MAX_SIDE_POINTS or min(width, height) <= 1:
        raise PageTooLarge()
    direct = _only_image(page, width, height)
    picture = direct if direct is not None else _render(page, width, height)
    return shrink(_plain(picture, width, height))


def crop_bitmaps(page: Any, boxes: Sequence[Box]) -> list[Bitmap]:
    """The parts of a pypdfium2 page inside ``boxes``, as pictures whose points are the page's."""
    width, height = page.get_size()
    whole = _render(page, width, height)
    rows, columns = whole.shape[:2]
    x, y = columns / width, rows / height
    out = []
    for box in boxes:
        left, top = max(0, int(box[0] * x)), max(0, int(box[1] * y))
        picture = np.ascontiguousarray(whole[top : int(box[3] * y) + 1, left : int(box[2] * x) + 1])
        to_page = scaling(1 / x, 1 / y)
        to_page[0, 2], to_page[1, 2] = left / x, top / y
        out.append(shrink(Bitmap(picture, to_page, width, height)))
    return out


def _plain(picture: Picture, width: float, height: float) -> Bitmap:
    rows, columns = picture.shape[:2]
    return Bitmap(picture, scaling(width / columns, height / rows), width, height)


def shrink(bitmap: Bitmap) -> Bitmap:
    """At most MAX_DPI: more costs time and memory and reads no better."""
    if bitmap.dpi <= MAX_DPI * 1.1:
        return bitmap
    import cv2  # noqa: PLC0415

    factor = 300.0 / bitmap.dpi
    small = cv2.resize(bitmap.picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    rows, columns = bitmap.picture.shape[:2]
    return bitmap.moved(small, scaling(columns / small.shape[1], rows / small.shape[0]))


def _images(page: Any) -> tuple[list[Any], bool]:
    """The page's image objects, and whether visible text stands beside them."""
    images, text = [], False
    for count, item in enumerate(page.get_objects(max_depth=3)):
        if item.type == _IMAGE_OBJECT:
            images.append(item)
        text = text or (item.type == _TEXT_OBJECT and not is_unseen(item))
        if count > 5000:
            break
    return images, text


def image_share(page: Any) -> float:
    """The share of the page that its largest image covers, 0 to 1."""
    width, height = page.get_size()
    shares = [0.0]
    for image in _images(page)[0]:
        left, bottom, right, top = image.get_bounds()
        shares.append(abs(right - left) * abs(top - bottom) / (width * height))
    return min(max(shares), 1.0)


def _only_image(page: Any, width: float, height: float) -> Picture | None:
    images, text = _images(page)
    if len(images) != 1 or text or page.get_rotation():
        return None
    a, b, c, d, e, f = images[0].get_matrix().get()
    left, bottom = page.get_mediabox()[:2]
    placed = max(abs(a - width), abs(d - height), abs(e - left), abs(f - bottom), abs(b), abs(c))
    columns, rows = images[0].get_px_size()
    if placed > 4 or columns * rows > MAX_PIXELS or columns * 72 < width * 100:
        return None
    try:
        pixels = images[0].get_bitmap(render=False).to_numpy()
    except Exception:  # pdfium refuses some filters; rendering still works
        return None
    picture = _three_or_one(pixels)
    inverted = picture is not None and float(np.median(picture[::8, ::8])) < 90
    return None if inverted else picture


def _three_or_one(pixels: Picture) -> Picture | None:
    if pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    if pixels.shape[2] == 1:
        return np.ascontiguousarray(pixels[:, :, 0])
    return np.ascontiguousarray(pixels[:, :, :3]) if pixels.shape[2] == 3 else None


def _render(page: Any, width: float, height: float) -> Picture:
    dpi = min(_native_dpi(page), (MAX_PIXELS / (width * height)) ** 0.5 * 72.0)
    if dpi < 50:
        raise PageTooLarge()
    bitmap = page.render(scale=dpi / 72.0, rev_byteorder=False, draw_annots=True)
    pixels = bitmap.to_numpy()
    return np.ascontiguousarray(pixels[:, :, :3] if pixels.ndim == 3 else pixels)


def _native_dpi(page: Any) -> float:
    best = RENDER_DPI
    width, height = page.get_size()
    for image in _images(page)[0]:
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) < 0.3 * width * height:
            continue
        columns, rows = image.get_px_size()
        best = max(best, 72.0 * (columns * rows / ((right - left) * (top - bottom))) ** 0.5)
    return min(best, MAX_DPI)


def file_bitmaps(path: Path) -> Iterator[Bitmap]:
    """The pages of an image file, one at a time.

    Raises DamagedFile, ImageTooLarge, TooManyPages.
    """
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Image.open(path) as image:
            if getattr(image, "n_frames", 1) > MAX_PAGES:
                raise TooManyPages()
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > 2 * MAX_PIXELS:
                    raise ImageTooLarge()
                shown = ImageOps.exif_transpose(frame)
                yield shrink(_from_pillow(shown, frame.info.get("dpi")))
    except Image.DecompressionBombError as error:
        raise ImageTooLarge() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedFile(detail=str(error)[:120]) from error


def _from_pillow(frame: Any, stated: Any) -> Bitmap:
    if frame.mode in {"1", "L", "LA", "I", "I;16", "F"}:
        picture = np.array(frame.convert("L"))
    else:
        picture = np.ascontiguousarray(np.array(frame.convert("RGB"))[:, :, ::-1])
    rows, columns = picture.shape[:2]
    dpi = _stated_dpi(stated)
    plausible = dpi is not None and 400 < max(rows, columns) * 72.0 / dpi < 2500
    scale = 72.0 / dpi if dpi and plausible else _A4_LONG / max(rows, columns)
    return _plain(picture, columns * scale, rows * scale)


def _stated_dpi(stated: Any) -> float | None:
    try:
        return float(stated[0]) if float(stated[0]) >= 90 else None
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
