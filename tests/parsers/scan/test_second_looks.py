"""What is read twice: symbols, figures taken for letters, words with confused marks, sealed ink."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, strategies as st

from parsers.lexicon import spelled
from parsers.readers import (
    scan_again,
    scan_clean,
    scan_figures,
    scan_seal,
    scan_spelling,
    scan_text,
)
from parsers.readers.ocr import Word
from parsers.readers.ocr_number import as_figures, counts_something, read_number
from parsers.readers.scan_ink import ink_box
from parsers.readers.scan_source import Bitmap, scaling
from parsers.text_quality import unglued
from tests.parsers.scan.conftest import DPI


def _word(text: str, left: int = 0, line: int = 0) -> Word:
    return Word(text, left, 0, left + 10 * len(text), 30, 0.9, line)


@pytest.mark.parametrize(
    ("seen", "elected", "sure"),
    [
        (["3764/BGDĐT-GDTTH", "3764/BGDĐT-GDTrH", "3764/BGDĐT-GDTrH"], "3764/BGDĐT-GDTrH", True),
        (["175S/SGDĐT", "1755/SGDĐT", "1755/SGDĐT"], "1755/SGDĐT", True),
        (["376/BC-BCĐ", "376/BC-BCD", "376/BC-BCD"], "376/BC-BCĐ", True),
        (["3764/BGDBT-GDTrH", "3764/BGDBT-GDTrH", "3764/BGDBT-GDTrH"], "3764/BGDĐT-GDTrH", True),
        (["143/KH-UBND", "148/KH-UBND", "149/KH-UBND"], "143/KH-UBND", False),
    ],
)
def test_symbols_are_elected_part_by_part(seen: list[str], elected: str, sure: bool) -> None:
    assert scan_figures._elected(seen) == (elected, sure)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("2 220 người", True),
        ("14 người.", True),
        ("92ó người", True),
        ("165.000", False),
        ("lớp/ người", False),
    ],
)
def test_a_number_and_what_it_counts(text: str, counted: bool) -> None:
    assert counts_something(text) is counted


def test_marks_are_put_right_only_where_a_common_word_is_meant() -> None:
    line = [
        _word("Chuyến", 0),
        _word("đối", 70),
        _word("số,", 110),
        _word("tố", 150),
        _word("chức", 180),
    ]
    assert [w.text for w in scan_spelling.respelled(line)] == ["Chuyển", "đổi", "số,", "tổ", "chức"]
    other = [_word("bố", 0), _word("trí", 40)]
    assert scan_spelling.respelled(other) == other


@pytest.mark.parametrize(
    "text",
    [
        "các khóa học",
        "đã đăng tải",
        "nét truyền thống",
        "nhà trường ban hành",
        "chủ đề “Thực hiện",
        "mỗi người một việc",
        "toạ đàm văn hoá",
        "trường nào cũng có",
        "xã Văn Hòa",
    ],
)
def test_what_is_well_spelled_is_left(text: str) -> None:
    words = [_word(one, 80 * at) for at, one in enumerate(text.split())]
    assert scan_spelling.respelled(words) == words


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_pair_of_words_changes_its_letters(first: str, second: str) -> None:
    known = spelled(first, second)
    if known is not None:
        assert spelled(*known) == known


@pytest.mark.parametrize(
    ("glued", "parts"),
    [
        ("Cáchoạtđộng", ["Các", "hoạt", "động"]),
        ("Sốcơsởgiáo", ["Số", "cơ", "sở", "giáo"]),
        ("Microsoft", ["Microsoft"]),
        ("nghiêng", ["nghiêng"]),
        ("GDTrH", ["GDTrH"]),
    ],
)
def test_words_run_together_are_parted_at_syllables(glued: str, parts: list[str]) -> None:
    assert unglued(glued) == parts


def _sealed_number() -> Any:
    """ "570" in black with a grey arc across it, 200 dpi."""
    crop = np.full((60, 140), 255, np.uint8)
    cv2.ellipse(crop, (70, 70), (60, 45), 0, 180, 360, 110, 4)
    cv2.putText(crop, "570", (30, 48), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 3)
    return crop


def test_a_number_under_a_grey_arc_is_read_by_its_blackest_ink() -> None:
    dark = scan_seal.darkest(_sealed_number())
    assert dark is not None
    read = read_number(
        cv2.copyMakeBorder(dark, 10, 10, 10, 10, cv2.BORDER_CONSTANT, value=255), DPI, ""
    )
    assert read.value == 570


def test_a_bar_that_faint_light_parted_from_its_figure_is_no_trace_of_a_rule() -> None:
    cell = np.full((43, 120), 255, np.uint8)
    cell[9:13, 60:71] = 20
    cell[16:31, 60:73] = 20
    assert ink_box(cell, DPI) == ((60, 9, 73, 31), False)
    hugging = np.roll(cell, -7, axis=0)
    hugging[9:24, 40:90] = cell[16:31, 40:90]
    assert ink_box(hugging, DPI)[0] == (60, 9, 73, 24)


def test_the_strokes_of_a_signature_are_no_words() -> None:
    scrawl = Word("J¬íY~", 1002, 1082, 1327, 1177, 0.25, 16)
    title = Word("BÁO", 600, 300, 800, 370, 0.93, 3)
    assert scan_text.is_noise(scrawl, DPI)
    assert not scan_text.is_noise(title, DPI)


def test_pale_letters_are_not_told_from_a_seal() -> None:
    pale = np.full((60, 140), 255, np.uint8)
    cv2.putText(pale, "570", (30, 48), cv2.FONT_HERSHEY_DUPLEX, 1.2, 120, 3)
    assert scan_seal.darkest(pale) is None


def test_two_columns_on_one_line_are_voted_on_apart() -> None:
    line = [_word("Nơi", 0), _word("nhận:", 40), _word("KT.", 600), _word("GIÁM", 640)]
    assert [[w.text for w in part] for part in scan_again._columns(line)] == [
        ["Nơi", "nhận:"],
        ["KT.", "GIÁM"],
    ]


def test_a_page_with_three_words_on_it_is_not_turned(drawn_page: Any) -> None:
    page = np.full_like(drawn_page, 255)
    page[1480:1560] = drawn_page[1480:1560]
    gray = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    assert not scan_clean.lies_sideways(gray, DPI)
    assert scan_clean.lies_sideways(np.ascontiguousarray(np.rot90(gray)), DPI)


def test_a_head_line_is_read_again_and_kept(drawn_page: Any) -> None:
    gray = cv2.cvtColor(drawn_page, cv2.COLOR_BGR2GRAY)
    rows, columns = gray.shape
    k = 72.0 / DPI
    bitmap = Bitmap(gray, scaling(k, k), columns * k, rows * k)
    page = scan_clean.CleanPage(bitmap, None, False, 1.0)
    from parsers.readers import scan_text

    words = scan_text.read_text(page, [])
    again = scan_again.read_again(page, words, {w.line for w in words[:5]})
    assert [w.text for w in again] == [w.text for w in words]
    assert all(w.confidence >= 0.9 for w in again[:5])


def test_red_ink_on_dim_paper_fades_to_the_paper_and_no_further() -> None:
    picture = np.full((1200, 900, 3), 150, np.uint8)
    cv2.circle(picture, (450, 500), 140, (35, 30, 125), 4)
    gray, seal = scan_seal.without_red(picture)
    assert seal is not None
    assert gray.max() <= 155
    assert gray[seal > 0].min() > 110


def test_the_rings_of_a_seal_are_no_table() -> None:
    seal = np.zeros((600, 600), np.uint8)
    cv2.circle(seal, (300, 300), 140, 255, 9)
    drawn = np.zeros_like(seal)
    drawn[158:163, 240:360] = 255
    drawn[437:442, 240:360] = 255
    box = (150, 150, 450, 450)
    assert scan_seal.is_ring(seal, drawn, box, DPI)
    drawn[200:205, 160:440] = drawn[300:305, 160:440] = 255  # rules that a seal stands on
    assert not scan_seal.is_ring(seal, drawn, box, DPI)
    assert not scan_seal.is_ring(None, drawn, box, DPI)


@pytest.mark.parametrize(
    ("free", "meant"), [("l", "1"), ("li", "li"), ("|", "|"), ("lại", "lại"), ("", "")]
)
def test_a_lone_stroke_is_a_figure_only_where_it_is_one_by_its_ink(free: str, meant: str) -> None:
    crop = np.full((60, 60), 255, np.uint8)
    crop[15:45, 28:33] = 0
    assert as_figures(crop, free) == meant
