"""The grammar of counts."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from schemas.numbers import LIMIT, in_words, parse_count, split_pair


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1.800", 1800),
        ("1,800", 1800),
        ("1 800", 1800),
        ("1\u00a0800", 1800),
        ("1800", 1800),
        ("03", 3),
        ("00", 0),
        ("0", 0),
        ("6.763.000.", 6763000),
        ("165000", 165000),
        ("19 600", 19600),
        ("35 tin", 35),
        ("mười hai", 12),
        ("ba", 3),
    ],
)
def test_says_one_number(raw: str, value: int) -> None:
    assert parse_count(raw).value == value


@pytest.mark.parametrize("raw", ["", " ", "-", "–", "—", "...", "x"])
def test_blank_is_not_zero(raw: str) -> None:
    reading = parse_count(raw)
    assert reading.blank
    assert reading.value is None


@pytest.mark.parametrize(
    "raw", ["1,8", "1.80", "9.6%", "155/216", "1.2.3", "o3", "l0", "9" * 40, "1.800.00", "2 triệu"]
)
def test_doubtful_numbers_are_questioned(raw: str) -> None:
    reading = parse_count(raw)
    assert reading.value is None
    assert not reading.blank


def test_a_questioned_number_names_its_candidates() -> None:
    assert parse_count("1,8").candidates == (1800, 18)
    assert parse_count("o3").candidates == (3,)


def test_approximate_is_marked() -> None:
    reading = parse_count("khoảng 1.200")
    assert reading.value == 1200
    assert reading.approximate


@given(st.integers(0, LIMIT - 1), st.sampled_from([".", ",", " ", ""]))
def test_every_way_of_grouping_reads_back(number: int, separator: str) -> None:
    assert parse_count(f"{number:,}".replace(",", separator)).value == number


@given(st.text(max_size=40))
def test_any_text_is_survived(raw: str) -> None:
    reading = parse_count(raw)
    assert reading.value is None or 0 <= reading.value < LIMIT


@pytest.mark.parametrize(
    ("raw", "halves"),
    [
        ("10 lớp/900 người", ("10 lớp", "900 người")),
        ("10/900", ("10", "900")),
        ("07 lớp với 1.035 người", ("07 lớp", "1.035 người")),
        ("22 lớp (947 người)", ("22 lớp", "947 người")),
        ("81/81 trường; 36.150 HS", ("81", "81 trường; 36.150 HS")),
        ("33 lớp\n1.500 người", ("33 lớp", "1.500 người")),
        ("11\n650", ("11", "650")),
        ("11 - 1.265", ("11", "1.265")),
        ("12 (75)", ("12", "75")),
        ("02 lớp và 60 người", ("02 lớp", "60 người")),
        ("1.\n234", None),
        ("1 200 người", None),
        ("20/10/2021", None),
        ("1.035 người", None),
        ("10.044 quyển sách", None),
        ("35 tin, bài", None),
    ],
)
def test_two_counts_in_one_cell(raw: str, halves: tuple[str, str] | None) -> None:
    assert split_pair(raw) == halves


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (105, "một trăm linh năm"),
        (1800, "một nghìn tám trăm"),
        (1005, "một nghìn không trăm linh năm"),
        (19600, "mười chín nghìn sáu trăm"),
        (165000, "một trăm sáu mươi lăm nghìn"),
        (2000010, "hai triệu không trăm mười"),
    ],
)
def test_a_count_is_said_as_people_say_it(value: int, words: str) -> None:
    assert in_words(value) == words


def test_a_whole_with_its_parts_in_brackets_is_the_whole_where_they_add_up() -> None:
    assert parse_count("412 (12 băng rôn, 400 tờ rơi)").value == 412
    assert parse_count("35 (33 lớp, 02 cựu HS)").value == 35
    assert parse_count("412 (12 băng rôn, 401 tờ rơi)").value is None
