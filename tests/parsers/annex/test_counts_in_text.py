"""Counts in running text: taken where the words name one row, flagged or left where they may not."""

from __future__ import annotations

import pytest

from parsers.confidence import combine
from parsers.counts import mentions
from schemas.catalog import form
from schemas.document import Anchor, Paragraph
from schemas.report import Observation

FORM = form("llw-2021")


def said(text: str) -> tuple[Observation, ...]:
    return mentions([Paragraph(text, Anchor(paragraph=0))], FORM)[0]


def figures(text: str) -> dict[str, int]:
    return {f"{o.indicator}.{o.measure}": o.value for o in said(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Toàn huyện tổ chức 30 lớp với 800 CBQL, giáo viên tham gia.",
            {
                "training.managers_and_teachers.count": 30,
                "training.managers_and_teachers.people": 800,
            },
        ),
        (
            "Tổ chức 10 lớp phổ biến kiến thức pháp luật cho 900 người lao động, "
            "30 lớp bồi dưỡng cho 800 cán bộ quản lý, giáo viên.",
            {
                "training.law_and_science.count": 10,
                "training.law_and_science.people": 900,
                "training.managers_and_teachers.count": 30,
                "training.managers_and_teachers.people": 800,
            },
        ),
        ("Huy động được 1.800 cuốn sách tặng thư viện.", {"book_drive.books.count": 1800}),
        (
            "Khen thưởng 02 tập thể, 50 cá nhân.",
            {"awards.collectives.count": 2, "awards.individuals.people": 50},
        ),
        ("Đã đăng 120 tin bài (tăng 20 tin bài so với năm 2020).", {"news.count": 120}),
        (
            "Có 10 huyện tổ chức lễ khai mạc với 1.250 người tham dự.",
            {"opening.districts.count": 10, "opening.districts.people": 1250},
        ),
        (
            "Có 12 tập thể, cá nhân tặng sách cho thư viện trường học.",
            {"book_drive.donors.count": 12},
        ),
    ],
)
def test_a_count_is_read_where_its_words_name_one_row(text: str, expected: dict[str, int]) -> None:
    assert figures(text) == expected
    assert not any(o.needs_review for o in said(text))


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2020 có 12 lớp tập huấn cho giáo viên.",
        "Dự kiến mở 5 lớp cho CBQL, giáo viên.",
        "Buổi lễ được kết nối tới 10 điểm cầu.",
        "Tặng sách cho 02 đơn vị trường học cấp THPT trên địa bàn.",
        "Riêng xã Tân Việt tổ chức 5 lớp bồi dưỡng cho giáo viên với 100 người.",
        "Kế hoạch số 120/KH-UBND ngày 05 tháng 9 năm 2021.",
        "Tỷ lệ người dân tham gia đạt 95,5%.",
    ],
)
def test_what_is_no_result_of_the_unit_is_not_taken(text: str) -> None:
    assert figures(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Khoảng 1.200 cuốn sách được quyên góp tặng thư viện.",
        "Trong đó Trường THCS Tân Việt quyên góp được 300 cuốn sách.",
    ],
)
def test_about_so_many_and_a_part_of_the_whole_are_looked_at(text: str) -> None:
    assert [o.needs_review for o in said(text)] == [True]


def test_a_part_named_in_the_text_does_not_contradict_the_table() -> None:
    (part,) = said("Trường THCS Tân Việt quyên góp được 300 cuốn sách.")
    (whole,) = said("Huy động được 1.800 cuốn sách tặng thư viện.")
    kept, findings = combine([whole], [part])
    assert [o.value for o in kept] == [1800]
    assert not findings


def test_text_and_table_that_differ_are_both_shown() -> None:
    (table,) = said("Huy động được 1.800 cuốn sách tặng thư viện.")
    (text,) = said("Toàn huyện huy động được 1.080 cuốn sách.")
    kept, findings = combine([table], [text])
    assert [(o.value, o.needs_review) for o in kept] == [(1800, True)]
    assert [(f.value, f.other_value) for f in findings] == [("1080", "1800")]
