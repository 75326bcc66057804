"""What a scan shows beside its letter: specks, strokes taken for letters, the stamp of who received it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from parsers.readers import scan_clean
from parsers.readers.ocr import Gray, Word
from parsers.readers.ocr_number import with_counter, without_blots
from parsers.readers.scan_offices import with_offices
from parsers.readers.scan_receipt import without_receipt
from parsers.readers.scan_spelling import respelled, with_roman_numbers
from tests.parsers.scan.conftest import DPI, FONT

LINES = (
    "Số người tham gia tăng so với năm 2021.",
    "Các ý kiến: tốt; khá. Lịch học tối thứ hai.",
) * 4


def _page(*sizes: int) -> Gray:
    image = Image.new("L", (1400, 700), 255)
    pen = ImageDraw.Draw(image)
    for at, line in enumerate(LINES):
        font = ImageFont.truetype(FONT, sizes[at % len(sizes)])
        pen.text((100, 60 + 75 * at), line, fill=0, font=font)
    return np.array(image)


def test_specks_by_themselves_go_and_every_mark_stays() -> None:
    page, specked = _page(36), _page(36)
    for left, top in ((1000, 90), (1150, 240), (60, 400)):
        specked[top : top + 2, left : left + 2] = 70
    assert np.array_equal(scan_clean.without_specks(specked, DPI), page)


@pytest.mark.parametrize("sizes", [(20,), (28,), (48,), (36, 36, 22), (48, 30)])
def test_dots_of_letters_of_any_size_stay(sizes: tuple[int, ...]) -> None:
    page = _page(*sizes)
    assert np.array_equal(scan_clean.without_specks(page, DPI), page)


def _words(*lines: str, left: int = 100) -> list[Word]:
    out = []
    for at, line in enumerate(lines):
        x = left
        for text in line.split():
            out.append(
                Word(text, x, 40 * at, x + 12 * len(text), 40 * at + 25, 0.9, at + left * 100)
            )
            x += 12 * len(text) + 10
    return out


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("HI- KẾT QUẢ", "III- KẾT QUẢ"),
        ("H. LỄ KHAI MẠC", "II. LỄ KHAI MẠC"),
        ("IIl. ĐÁNH GIÁ", "III. ĐÁNH GIÁ"),
        ("IV. KIẾN NGHỊ", "IV. KIẾN NGHỊ"),
        ("1. KẾT QUẢ", "1. KẾT QUẢ"),
        ("TT. GDTX", "TT. GDTX"),
        ("H. Yên Mỹ", "H. Yên Mỹ"),
    ],
)
def test_roman_numbers_of_headings(seen: str, meant: str) -> None:
    assert " ".join(w.text for w in with_roman_numbers(_words(seen))) == meant


def test_a_receiving_offices_stamp_is_left_out() -> None:
    letter = _words("PHÒNG GD&ĐT", "Số: 291/BC-PGD&ĐT")
    beside = _words("CỘNG HOÀ", "Độc lập", "Tiên Lữ, ngày 11 tháng 10", left=900)
    stamp = [
        Word(w.text, w.left, w.top + 100, w.right, w.bottom + 100, w.confidence, w.line + 50)
        for w in _words("CÔNG VĂN ĐẾN", "Số: 2914", "Ngày: 13/10/2021", "Chuyển: ....")
    ]
    assert without_receipt([*letter, *beside, *stamp], DPI, 2200) == [*letter, *beside]


def test_the_letters_own_number_stays_below_a_stamp() -> None:
    words = _words("ĐẾN", "Số: 2914", "Số: 291/BC-PGD&ĐT")
    kept = without_receipt(words, DPI, 2200)
    assert " ".join(w.text for w in kept) == "Số: 291/BC-PGD&ĐT"


def test_a_title_with_nothing_below_is_no_stamp() -> None:
    words = _words("CÔNG VĂN ĐẾN", "Kính gửi: Sở")
    assert without_receipt(words, DPI, 2200) == words


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("PHÓ,TRƯỞNG PHÒNG /WW", "PHÓ TRƯỞNG PHÒNG"),
        ("TRƯỞN G PHÒNG", "TRƯỞNG PHÒNG"),
        (". GIÁM ĐỐC", "GIÁM ĐỐC"),
        ("?-KT, TRƯỚNG PHÒNG", "KT. TRƯỞNG PHÒNG"),
        ("K/T TRƯỞNG PHÒNG", "K/T TRƯỞNG PHÒNG"),
        ("KT.TRƯỞNG PHÒNG", "KT.TRƯỞNG PHÒNG"),
        ("e°©TRƯỞNG PHÒNG", "TRƯỞNG PHÒNG"),
        ("é »PHO CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("TRƯỞNG PHÒNG Ọ", "TRƯỞNG PHÒNG"),
        ("⁄2.PHố TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
        ("TRƯỞNG PHÒNG GIÁO DỤC", "TRƯỞNG PHÒNG GIÁO DỤC"),
        ("các GIÁM ĐỐC", "các GIÁM ĐỐC"),
    ],
)
def test_offices_under_strokes(seen: str, meant: str) -> None:
    assert " ".join(w.text for w in with_offices(_words(seen))) == meant


def test_so_is_no_figure() -> None:
    assert [w.text for w in respelled(_words("5ố: 336/BC-PGDĐT 58 số"))] == [
        "Số:", "336/BC-PGDĐT", "58", "số",
    ]  # fmt: skip


def test_a_speck_beside_a_number_is_no_sign_of_it() -> None:
    image = Image.new("L", (300, 60), 255)
    ImageDraw.Draw(image).text((20, 10), "1.020", fill=0, font=ImageFont.truetype(FONT, 36))
    bare = np.array(image)
    specked = bare.copy()
    specked[40:46, 250:256] = 40
    assert np.array_equal(without_blots(specked), bare)
    assert np.array_equal(without_blots(bare), bare)


@pytest.mark.parametrize(
    ("text", "counted"), [("2 lớp", True), ("155 tờ", True), ("20l", False), ("2 ol", False)]
)
def test_a_number_with_the_word_it_counts(text: str, counted: bool) -> None:
    assert with_counter(text) is counted


def test_strokes_under_an_office_are_no_name() -> None:
    words = _words("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "/WW", "Nguyễn Hữu Tạo")
    kept = " ".join(w.text for w in with_offices(words))
    assert kept == "KT. TRƯỞNG PHÒNG PHÓ TRƯỞNG PHÒNG Nguyễn Hữu Tạo"
