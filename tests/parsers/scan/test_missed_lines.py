"""Lines that layout analysis passed over are found by their ink and read."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from parsers.readers import ocr
from parsers.readers.scan_missed import missed_words
from tests.parsers.scan.conftest import FONT

LINES = [
    "Nơi nhận: Ủy ban nhân dân tỉnh (để báo cáo)",
    "PHÓ TRƯỞNG PHÒNG PHỤ TRÁCH",
    "Các cơ sở giáo dục đã tổ chức 30 lớp với 800 người tham gia",
]


@pytest.fixture(scope="module")
def page() -> ocr.Gray:
    image = Image.new("L", (1650, 600), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 36)
    for at, text in enumerate(LINES):
        draw.text((200, 120 + 120 * at), text, font=font, fill=0)
    return np.asarray(image)


def test_a_line_in_no_word_is_read(page: ocr.Gray) -> None:
    words = ocr.read_words(page, 200.0)
    dropped = [w for w in words if w.top > 200 and w.bottom < 320]
    kept = [w for w in words if w not in dropped]
    assert " ".join(w.text for w in dropped) == LINES[1]
    found = missed_words(page, 200.0, kept)
    assert " ".join(w.text for w in found) == LINES[1]
    assert {w.line for w in found}.isdisjoint(w.line for w in kept)
    for mine, theirs in zip(found, dropped, strict=True):
        assert abs(mine.left - theirs.left) < 8
        assert abs(mine.top - theirs.top) < 8


def test_a_page_read_whole_gives_nothing_more(page: ocr.Gray) -> None:
    assert missed_words(page, 200.0, ocr.read_words(page, 200.0)) == []


def test_specks_and_strokes_are_no_lines() -> None:
    noise = np.full((600, 1650), 255, np.uint8)
    dots = np.random.default_rng(7).integers((0, 0), (600, 1650), (4000, 2))
    noise[dots[:, 0], dots[:, 1]] = 0
    noise[300:303, 100:1500] = 0
    assert missed_words(noise, 200.0, []) == []
