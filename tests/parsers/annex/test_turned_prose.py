"""Counts in sentences that turn what the form says: people first, the label first, what was held first."""

from __future__ import annotations

import pytest

from parsers.confidence import combine
from parsers.counts import mentions
from schemas.catalog import form
from schemas.document import Anchor, Paragraph
from schemas.report import IssuerLevel, Observation

FORM = form("llw-2021")
LAW, TEACHERS = "training.law_and_science", "training.managers_and_teachers"
STAFF, SCHOOLS = "training.community_centre_staff", "opening.institutions"
DISTRICTS, SESSIONS = "opening.districts", "contests.thematic_sessions"
BOOKS, DONORS = "book_drive.books.count", "book_drive.donors.count"


def said(*texts: str, level: IssuerLevel = IssuerLevel.DISTRICT) -> tuple[Observation, ...]:
    paragraphs = [Paragraph(text, Anchor(paragraph=i)) for i, text in enumerate(texts)]
    return mentions(paragraphs, FORM, "", level)[0]


def figures(*texts: str, level: IssuerLevel = IssuerLevel.DISTRICT) -> dict[str, int]:
    return {f"{o.indicator}.{o.measure}": o.value for o in said(*texts, level=level)}


@pytest.mark.parametrize(
    ("text", "row", "count", "people"),
    [
        ("Đã có 1.150 người lao động được phổ biến kiến thức pháp luật, khoa học thông qua 20 lớp.", LAW, 20, 1150),
        ("Tập huấn cho 60 báo cáo viên TTHTCĐ trong 2 lớp.", STAFF, 2, 60),
        ("Thầy cô giáo, cán bộ quản lý trong huyện: 95 người qua 3 lớp tập huấn.", TEACHERS, 3, 95),
        ("14 buổi sinh hoạt chuyên đề được tổ chức ở 14 xã, lượng người dự 1.120.", SESSIONS, 14, 1120),
        ("Chuyên đề học tập suốt đời được các chi hội sinh hoạt trong 21 buổi với 1.260 lượt người.", SESSIONS, 21, 1260),
        ("Tại cơ sở, lễ khai mạc diễn ra ở 36 trường, tổng số người dự là 11.240.", SCHOOLS, 36, 11240),
        ("Các trường trong xã cùng tổ chức lễ khai mạc: 16 cơ sở giáo dục, 9.450 người tham dự.", SCHOOLS, 16, 9450),
        ("Số trường, trung tâm tổ chức lễ khai mạc là 41, với 12.600 người tham dự.", SCHOOLS, 41, 12600),
        ("Cùng ngày, 12 nhà trường làm lễ hưởng ứng, tập hợp 4.310 thầy trò.", SCHOOLS, 12, 4310),
        ("Hội thảo dự định 03 cuộc, song chỉ tổ chức 02 cuộc, 90 đại biểu.", "seminars", 2, 90),
    ],
)  # fmt: skip
def test_a_row_and_its_people_in_any_order(text: str, row: str, count: int, people: int) -> None:
    assert figures(text) == {f"{row}.count": count, f"{row}.people": people}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng số tin bài là 47, số băng rôn, khẩu hiệu, pa nô là 265.", {"news.count": 47, "publications.count": 265}),
        ("Số tập thể được khen thưởng là 6, số cá nhân được khen thưởng là 15.", {"awards.collectives.count": 6, "awards.individuals.people": 15}),
        ("Về sách: nhận về 1.930 cuốn từ 41 nhà hảo tâm.", {BOOKS: 1930, DONORS: 41}),
        ("Chỉ tiêu đặt ra là 500 quyển, nhưng các trường đã vận động được 640 quyển sách, bằng 128% chỉ tiêu.", {BOOKS: 640}),
    ],
)  # fmt: skip
def test_numbers_behind_their_labels_and_beside_plans(text: str, expected: dict[str, int]) -> None:
    assert figures(text) == expected


def test_who_came_to_a_ceremony_is_the_rows_of_its_level() -> None:
    assert figures("Lễ khai mạc cấp huyện có 250 đại biểu tham dự.") == {f"{DISTRICTS}.people": 250}
    assert figures("Dự lễ khai mạc cấp huyện có 180 đại biểu.") == {f"{DISTRICTS}.people": 180}
    own = said("Lễ khai mạc thu hút 946 học sinh.", level=IssuerLevel.INSTITUTION)
    assert [(o.indicator, o.value, o.needs_review) for o in own] == [(SCHOOLS, 946, True)]
    under = figures("2. Khai mạc", "- Số người dự: 1.385", level=IssuerLevel.INSTITUTION)
    assert under == {f"{SCHOOLS}.people": 1385}


def test_a_whole_is_taken_only_where_all_is_spoken_of_and_looked_at() -> None:
    whole = said("Toàn huyện mở 40 lớp bồi dưỡng, tập huấn với 1.900 lượt người tham gia.")
    assert [(o.indicator, o.value, o.needs_review) for o in whole] == [
        ("training", 40, True),
        ("training", 1900, True),
    ]
    assert figures("Toàn huyện mở 3 lớp tập huấn phòng cháy với 120 người.") == {}
    assert figures("Phòng mở 40 lớp với 1.900 người.") == {}


@pytest.mark.parametrize(
    "text",
    [
        "Thư viện huyện hiện có 12.500 cuốn sách.",
        "Số sách của thư viện là 12.500.",
        "Lãnh đạo huyện dự lễ khai mạc tổ chức tại 3 trường.",
        "Lễ khai mạc: 12 trường tham dự.",
        "Lễ khai mạc được truyền trực tuyến tới 15 điểm cầu.",
        "Sau lễ khai mạc cấp huyện, 350 học sinh tham quan gian hàng sách.",
        "Lễ khai mạc cấp huyện có 3 tiết mục văn nghệ do 60 học sinh biểu diễn.",
        "Lễ khai mạc cấp xã có 150 đại biểu tham dự.",
        "Có 12 trưởng thôn tổ chức lễ khai mạc.",
        "Số học sinh nghèo được tặng sách là 210.",
        "Các trường tổ chức lễ khai mạc: 5 trường mầm non, 6 trường tiểu học, 4 trường THCS.",
        "Lễ khai mạc cấp xã được tổ chức tại 15 trường với 3.000 người dự.",
        "Ủng hộ 15 triệu đồng từ 12 nhà hảo tâm mua sách.",
        "Thầy cô tham gia 3 lớp tập huấn do Bộ tổ chức.",
    ],
)
def test_what_only_sounds_like_a_row_is_not_taken(text: str) -> None:
    assert figures(text) == {}


def test_a_sentence_that_names_first_contradicts_the_table() -> None:
    (table, *_) = said("Có 18 trường tổ chức lễ khai mạc.")
    (text, *_) = said("Các trường cùng tổ chức lễ khai mạc: 16 cơ sở giáo dục.")
    _, findings = combine([table], [text])
    assert [(f.rule.value, f.value, f.other_value) for f in findings] == [
        ("text_differs_from_table", "16", "18")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Có 45 giáo viên dự 2 lớp bồi dưỡng giáo viên do Sở tổ chức.",
        "Có 25 huyện trên cả nước tổ chức lễ khai mạc.",
    ],
)
def test_what_others_held_is_looked_at(text: str) -> None:
    assert [o.needs_review for o in said(text)] == [True] * len(said(text))
    assert said(text)
