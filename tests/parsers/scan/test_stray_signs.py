"""Signs that nobody wrote, and a dot that was read as a hook."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from parsers.readers.ocr import Word
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_signs import with_dots, without_stray_signs
from parsers.readers.scan_source import Bitmap, scaling
from tests.parsers.scan.conftest import DPI, FONT


def _line(text: str) -> list[Word]:
    out, x = [], 0
    for part in text.split():
        out.append(Word(part, x, 0, x + 12 * len(part), 30, 0.9, 0))
        x += 12 * len(part) + 10
    return out


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("GDĐT' đã . tổ chức", "GDĐT đã tổ chức"),
        ("17 xã, thị trấn,-nhiều nơi", "17 xã, thị trấn, nhiều nơi"),
        ("52 cuộc,.1.690 người", "52 cuộc, 1.690 người"),
        ("lúc 7h30' ngày 02/10", "lúc 7h30' ngày 02/10"),
        ("chủ đề 'Học suốt đời'", "chủ đề 'Học suốt đời'"),
        ("GDNN-GDTX, in-tơ-nét, hóa-xã", "GDNN-GDTX, in-tơ-nét, hóa-xã"),
        ("Số: ... /BC – PGD", "Số: ... /BC – PGD"),
    ],
)
def test_signs_that_nobody_wrote(seen: str, meant: str) -> None:
    assert " ".join(w.text for w in without_stray_signs(_line(seen))) == meant


def test_a_dot_is_no_hook_and_a_hook_stays() -> None:
    printed = [
        "hai",
        "tại",
        "chi",
        "phải",
        "mọi",
        "lại",
        "bài",
        "loại",
        "chỉ",
        "nơi",
        "tôi",
        "thôi",
    ]
    image = Image.new("L", (1800, 100), 255)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 44)
    words, x = [], 20.0
    for text in printed:
        pen.text((x, 20), text, fill=0, font=font)
        box = [round(v) for v in pen.textbbox((x, 20), text, font=font)]
        words.append(Word("chỉ" if text == "chi" else text, *box, 0.9, 0))
        x = box[2] + 12
    k = 72.0 / DPI
    page = CleanPage(Bitmap(np.array(image), scaling(k, k), 1800 * k, 100 * k), None, False, 1.0)
    assert [w.text for w in with_dots(page, words)] == printed
