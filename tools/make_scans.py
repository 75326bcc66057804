"""Renders a PDF and spoils it the way offices do: the same seed gives the same scan.

    python tools/make_scans.py report.pdf out.pdf --seed 7 --dpi 200 --skew 0.8 --seal table

Pages come out as a PDF of pictures, or as TIFF, JPEG or PNG by the suffix of the output.
"""

from __future__ import annotations

import argparse
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Spoiling:
    """What happens to each page. Angles in degrees, ``blur`` and ``noise`` in pixels and levels."""

    seed: int = 0
    dpi: int = 200
    mode: str = "gray"
    skew: float = 0.7
    blur: float = 0.5
    noise: float = 6.0
    jpeg: int = 75
    specks: float = 0.0
    fade: float = 0.0
    seal: str = ""
    border: bool = False
    photo: bool = False
    rotate: int = 0


def spoil_page(page: Picture, how: Spoiling, rng: np.random.Generator) -> Picture:
    """One rendered page (BGR) as a scanner or a telephone would give it."""
    if how.fade:
        page = (255 - (255 - page.astype(np.float32)) * (1 - how.fade)).astype(np.uint8)
    for place in how.seal.split(",") if how.seal else ():
        page = stamp(page, place, how.dpi, rng)
    page = tilt(page, how.skew * float(rng.uniform(0.8, 1.2)))
    if how.border:
        page = copier_border(page, how.dpi, rng)
    if how.photo:
        page = photograph(page, rng)
    if how.blur:
        page = cv2.GaussianBlur(page, (0, 0), how.blur)
    page = grain(page, how, rng)
    page = np.ascontiguousarray(np.rot90(page, how.rotate // 90))
    if how.mode == "color":
        return page
    gray: Picture = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    if how.mode == "bilevel":
        gray = cv2.threshold(gray, 150, 255, cv2.THRESH_BINARY)[1]
    return gray


def grain(page: Picture, how: Spoiling, rng: np.random.Generator) -> Picture:
    """Sensor noise, and dust if asked for."""
    noisy = page.astype(np.float32) + rng.normal(0, how.noise, page.shape[:2])[:, :, None]
    page = np.clip(noisy, 0, 255).astype(np.uint8)
    if how.specks:
        dust = rng.random(page.shape[:2]) < how.specks
        page[dust] = rng.integers(0, 140)
    return page


def tilt(page: Picture, degrees: float) -> Picture:
    rows, columns = page.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1)
    return cv2.warpAffine(
        page, turn, (columns, rows), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )


def stamp(page: Picture, place: str, dpi: int, rng: np.random.Generator) -> Picture:
    """A round red seal multiplied over ``place``: ``table``, ``text`` or ``sign``."""
    rows, columns = page.shape[:2]
    across, down = {"table": (0.62, 0.45), "text": (0.45, 0.3), "sign": (0.7, 0.62)}[place]
    centre = (
        int(columns * (across + rng.uniform(-0.08, 0.08))),
        int(rows * (down + rng.uniform(-0.1, 0.1))),
    )
    drawn = np.zeros((rows, columns), np.uint8)
    radius = int(0.7 * dpi)
    cv2.circle(drawn, centre, radius, 255, max(dpi // 50, 2))
    cv2.circle(drawn, centre, int(radius * 0.72), 255, max(dpi // 100, 1))
    cv2.putText(
        drawn,
        "SO GIAO DUC",
        (centre[0] - radius // 2, centre[1] + radius // 5),
        cv2.FONT_HERSHEY_SIMPLEX,
        dpi / 330,
        255,
        max(dpi // 70, 2),
    )
    patchy = cv2.GaussianBlur(rng.random((rows, columns)).astype(np.float32), (0, 0), 3)
    ink = drawn.astype(np.float32) / 255 * np.clip(0.5 + (patchy - 0.45) * 4, 0.35, 0.95)
    red = np.array([60, 50, 215], np.float32)
    tint = 1 - ink[:, :, None] * (1 - red / 255)
    inked: Picture = (page.astype(np.float32) * tint).astype(np.uint8)
    return inked


def copier_border(page: Picture, dpi: int, rng: np.random.Generator) -> Picture:
    """Dark uneven margins on two sides."""
    page = page.copy()
    rows, columns = page.shape[:2]
    edge = (rng.uniform(0.08, 0.25, rows // 40 + 1) * dpi).repeat(40)[:rows].astype(int)
    for row, width in enumerate(edge):
        page[row, columns - width :] = 25
    page[: int(0.12 * dpi)] = 30
    return page


def photograph(page: Picture, rng: np.random.Generator) -> Picture:
    """The sheet on a dark desk, seen at an angle, lit from one side."""
    rows, columns = page.shape[:2]
    margin = 0.06
    size = (int(columns * (1 + 2 * margin)), int(rows * (1 + 2 * margin)))
    flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    pull = rng.uniform(-0.035, 0.035, (4, 2)) * [columns, rows]
    shift = np.array([columns * margin, rows * margin])
    seen = (flat + shift + pull).astype(np.float32)
    bend = cv2.getPerspectiveTransform(flat, seen)
    photo = cv2.warpPerspective(page, bend, size, flags=cv2.INTER_CUBIC, borderValue=(52, 60, 70))
    x, y = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    angle = rng.uniform(0, 2 * np.pi)
    slope = 0.78 + 0.28 * (np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5))
    lit: Picture = np.clip(photo * slope[:, :, None], 0, 255).astype(np.uint8)
    return lit


def spoil_pdf(source: Path, how: Spoiling) -> list[Picture]:
    """Every page of ``source``, spoiled."""
    opened = pdfium.PdfDocument(str(source))
    pages = []
    for number in range(len(opened)):
        rng = np.random.default_rng([how.seed, number])
        drawn = np.ascontiguousarray(opened[number].render(scale=how.dpi / 72).to_numpy()[:, :, :3])
        pages.append(spoil_page(drawn, how, rng))
    opened.close()
    return pages


def save(pages: list[Picture], out: Path, how: Spoiling) -> None:
    """Writes ``pages`` as PDF, TIFF (all pages) or JPEG, PNG (the first)."""
    images = [_pillow(page, how) for page in pages]
    if out.suffix == ".pdf":
        images[0].save(out, save_all=True, append_images=images[1:], resolution=how.dpi)
    elif out.suffix in {".tif", ".tiff"}:
        packing = "group4" if how.mode == "bilevel" else "tiff_lzw"
        images[0].save(
            out,
            save_all=True,
            append_images=images[1:],
            compression=packing,
            dpi=(how.dpi, how.dpi),
        )
    else:
        images[0].save(out, dpi=(how.dpi, how.dpi))


def _pillow(page: Picture, how: Spoiling) -> Image.Image:
    image = Image.fromarray(page if page.ndim == 2 else page[:, :, ::-1])
    if how.mode == "bilevel":
        return image.convert("1")
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=how.jpeg)
    return Image.open(io.BytesIO(packed.getvalue()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    for name, default in (("seed", 0), ("dpi", 200), ("jpeg", 75), ("rotate", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    for name, amount in (
        ("skew", 0.7),
        ("blur", 0.5),
        ("noise", 6.0),
        ("specks", 0.0),
        ("fade", 0.0),
    ):
        parser.add_argument(f"--{name}", type=float, default=amount)
    parser.add_argument("--mode", choices=("gray", "color", "bilevel"), default="gray")
    parser.add_argument("--seal", default="", help="table, text, sign: several with commas")
    parser.add_argument("--border", action="store_true")
    parser.add_argument("--photo", action="store_true")
    given = vars(parser.parse_args())
    source, out = given.pop("source"), given.pop("out")
    how = Spoiling(**given)
    save(spoil_pdf(source, how), out, how)


if __name__ == "__main__":
    main()
