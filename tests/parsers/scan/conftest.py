"""Pages drawn here, so that what stands on them is known to the letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

DPI = 200
ROWS = [
    ("1", "Phổ biến kiến thức khoa học", "Lớp/người", "10", "900"),
    ("2", "Bồi dưỡng tập huấn cho giáo viên", "Lớp/người", "37", "1.800"),
    ("3", "Các cuộc thi khác", "Số cuộc", "", ""),
    ("4", "Số cơ sở giáo dục tổ chức lễ khai mạc", "Trường", "570", "165000"),
    ("5", "Tập thể được khen thưởng", "Đơn vị", "", "02"),
]
HEAD = ("TT", "Các hoạt động", "Đơn vị", "Số lớp", "Người")
EDGES = (150, 230, 850, 1080, 1280, 1500)
TOP, PITCH = 700, 80
FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"


@pytest.fixture(autouse=True)
def _needs_recogniser(_recogniser: None) -> None:
    """Every page here is read from its picture."""


@pytest.fixture(scope="session")
def drawn_page() -> NDArray[Any]:
    """An A4 page at 200 dpi: a heading, two paragraphs and a ruled table; BGR."""
    if not Path(FONT).is_file():
        pytest.skip("fonts-liberation2")
    image = Image.new("RGB", (1654, 2339), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 36)
    lines = (
        (520, 200, "BẢNG TỔNG HỢP KẾT QUẢ NĂM 2021"),
        (150, 330, "Thực hiện Kế hoạch số 143/KH-UBND ngày 21/9/2021 của tỉnh về việc"),
        (150, 380, "tổ chức Tuần lễ hưởng ứng học tập, các đơn vị đã tổ chức 161 buổi."),
        (150, 1500, "Các cơ sở giáo dục đã tích cực tổ chức các lớp học, tập huấn, hội thảo"),
        (150, 1550, "và giao lưu với các nội dung, hình thức học tập phong phú."),
    )  # fmt: skip
    for x, y, text in lines:
        pen.text((x, y), text, fill="black", font=font)
    for row, texts in enumerate((HEAD, *ROWS)):
        for column, text in enumerate(texts):
            pen.text((EDGES[column] + 14, TOP + row * PITCH + 16), text, fill="black", font=font)
    bottom = TOP + PITCH * (len(ROWS) + 1)
    for x in EDGES:
        pen.line((x, TOP, x, bottom), fill="black", width=3)
    for row in range(len(ROWS) + 2):
        y = TOP + row * PITCH
        pen.line((EDGES[0], y, EDGES[-1], y), fill="black", width=3)
    return np.ascontiguousarray(np.array(image)[:, :, ::-1])
