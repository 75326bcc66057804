"""A label is a row's only where it counts what the row counts; what may not is looked at."""

from __future__ import annotations

import pytest

from parsers.matcher import match_row
from schemas.catalog import form

FORM = form("llw-2021")


@pytest.mark.parametrize(
    "label",
    [
        "Số tủ sách quyên góp",
        "Số thư viện được tặng sách",
        "Số CBQL, giáo viên tham gia tập huấn",
        "Số người lao động được phổ biến kiến thức pháp luật",
        "Số cá nhân được tặng sách",
        "Số tập thể được khen thưởng cấp tỉnh",
        "Số cá nhân được khen thưởng năm 2020",
        "Số trường, trung tâm không tổ chức khai mạc",
        "Hội thi thể thao",
        "Số băng rôn hỏng",
        "Lớp tin học cho giáo viên",
    ],
)
def test_what_may_be_another_thing_is_never_trusted(label: str) -> None:
    match = match_row(FORM, label, None, filled=True)
    assert match is None or match.how in {"loose", "topic", "counted"}


@pytest.mark.parametrize(
    "label",
    ["Số bài dự thi", "Số tin nhắn tuyên truyền", "Số cuốn vở tặng học sinh", "Số lớp xóa mù chữ",
     "Số trường đạt chuẩn quốc gia", "Tổng số sách hiện có", "Số người tham dự hội thảo"],
)  # fmt: skip
def test_what_is_another_thing_is_no_row(label: str) -> None:
    assert match_row(FORM, label, None, filled=True) is None


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Tin, bài đăng trên các phương tiện truyền thông", "news"),
        ("Tài liệu tuyên truyền (tờ rơi, áp phích...)", "publications"),
        ("Tổ chức hội thảo về học tập suốt đời", "seminars"),
        ("Tập huấn đội ngũ nhà giáo và cán bộ quản lý giáo dục", "training.managers_and_teachers"),
        ("SHCĐ về học tập suốt đời", "contests.thematic_sessions"),
        ("Bồi dưỡng cán bộ quản lí, giáo viên", "training.managers_and_teachers"),
        ("Các lớp bồi dưỡng còn lại", "training.other"),
        ("Số bản sách trao tặng nhà trường, thư viện", "book_drive.books"),
    ],
)
def test_a_label_near_no_wording_is_known_by_what_it_counts(label: str, code: str) -> None:
    match = match_row(FORM, label, None, filled=True)
    assert match is not None
    assert match.code == code
