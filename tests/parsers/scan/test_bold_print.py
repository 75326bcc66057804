"""Bold print in pictures: lines of their own, and headings that text follows on their line."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from parsers.readers.ocr import Gray, Word
from parsers.readers.scan_bold import bold_words
from tests.parsers.scan.conftest import FONT

BOLD = FONT.replace("Regular", "Bold")
PLAIN = "Các cơ sở giáo dục đã tích cực tổ chức các lớp học"


def _drawn(*lines: tuple[str, str]) -> tuple[Gray, dict[int, list[Word]]]:
    """Lines whose first part is bold, and where their words stand."""
    image = Image.new("L", (1500, 60 * len(lines) + 40), 255)
    pen = ImageDraw.Draw(image)
    heavy, light = ImageFont.truetype(BOLD, 36), ImageFont.truetype(FONT, 36)
    placed: dict[int, list[Word]] = {}
    for at, (bold, plain) in enumerate(lines):
        x, y = 40.0, 20 + 60 * at
        placed[at] = []
        for text, font in [
            *((w, heavy) for w in bold.split()),
            *((w, light) for w in plain.split()),
        ]:
            pen.text((x, y), text, fill=0, font=font)
            box = pen.textbbox((x, y), text, font=font)
            placed[at].append(Word(text, *(round(v) for v in box), 0.95, at))
            x = box[2] + 10
    return np.array(image), placed


@pytest.mark.parametrize(
    ("bold", "plain", "words"),
    [
        ("5. Kết quả.", "Các hoạt động diễn ra đúng kế hoạch", 3),
        ("II. Lễ khai mạc:", "8 giờ ngày 02/10/2025, lễ khai mạc", 4),
        ("Các hoạt động trong Tuần lễ", "", 6),
        ("", "1. Phòng Giáo dục: có hướng dẫn tới các trường", 0),
        ("", PLAIN, 0),
    ],
)
def test_how_much_of_a_line_is_bold(bold: str, plain: str, words: int) -> None:
    page, lines = _drawn(("", PLAIN), ("", PLAIN), ("", PLAIN), (bold, plain))
    assert bold_words(page, lines) == {0: 0, 1: 0, 2: 0, 3: words}
