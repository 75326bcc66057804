"""Tables without rules drawn on pages, so that what stands in them is known to the letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from parsers.readers import scan
from schemas.document import Document, Source, Table
from tests.parsers.scan.conftest import FONT
from tools.make_scans import Spoiling, save, spoil_page

LEFT = (150, 260, 620, 850, 1040, 1220)
PITCH = 50
Row = tuple[tuple[str, ...], ...]
HEAD: list[Row] = [
    (("TT",), ("Nội dung",), ("Đơn vị",), ("Số lớp,", "số cuộc"), ("Người",), ("Ghi chú",))
]
FIRST: list[Row] = [
    (("1",), ("Các lớp tập huấn,", "bồi dưỡng đã mở"), ("Lớp",), ("-",), ("-",), ()),
    ((), ("+ Phổ biến kiến", "thức pháp luật"), ("lớp/ người",), ("1",), ("4.848",), ()),
    (("2",), ("Tổ chức Lễ khai mạc",), (), (), (), ()),
]
SECOND: list[Row] = [
    ((), ("+ Số huyện tổ chức", "Lễ khai mạc"), ("huyện",), ("1",), ("687",), ()),
    ((), ("+ Trường tổ chức",), ("Trường",), ("62",), ("9.858",), ()),
    (("3",), ("Hội thảo chuyên đề",), ("Cuộc",), ("7",), ("52",), ()),
]


def draw(rows: list[Row], above: tuple[str, ...] = (), below: tuple[str, ...] = ()) -> NDArray[Any]:
    """A page at 200 dpi with lines above, a table without rules, and lines below; BGR."""
    if not Path(FONT).is_file():
        pytest.skip("fonts-liberation2")
    image = Image.new("RGB", (1654, 1500), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 36)
    y = 120
    for line in above:
        pen.text((300, y), line, fill="black", font=font)
        y += 2 * PITCH
    for row in rows:
        for x, lines in zip(LEFT, row, strict=True):
            for at, line in enumerate(lines):
                pen.text((x, y + at * PITCH), line, fill="black", font=font)
        y += PITCH * max(map(len, row)) + 10
    for line in below:
        pen.text((150, y + PITCH), line, fill="black", font=font)
        y += PITCH
    return np.ascontiguousarray(np.array(image)[:, :, ::-1])


def read(pages: list[NDArray[Any]], how: Spoiling, folder: Path) -> Document:
    path = folder / "scan.tif"
    rng = np.random.default_rng(how.seed)
    save([spoil_page(page, how, rng) for page in pages], path, how)
    return scan.read_image_file(path, Source("scan.tif", "0" * 64, "image/tiff", 1))


def texts(table: Table) -> list[list[str]]:
    return [["" if c is None else c.text for c in row] for row in table.grid()]


def joined(rows: list[Row]) -> list[list[str]]:
    return [[" ".join(lines) for lines in row] for row in rows]


def figures(rows: list[list[str]]) -> list[list[str]]:
    return [row[3:5] for row in rows]
