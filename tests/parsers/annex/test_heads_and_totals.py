"""Heads that read like rows, totals over parts under one head, and totals told in a label."""

from __future__ import annotations

from parsers.claims import AnnexReading
from tests.parsers.annex.test_transposed import read

LAW = "Phổ biến kiến thức khoa học, pháp luật cho người lao động"
STAFF = "Bồi dưỡng cho CBQL, giáo viên"
SESSIONS = "Sinh hoạt chuyên đề học tập suốt đời"


def figures(reading: AnnexReading) -> dict[str, int]:
    return {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}


def test_a_head_that_reads_like_a_row_is_the_head() -> None:
    reading = read([
        ["Số TT", "Các hoạt động trong Tuần lễ", "Số lượng", "Số người"],
        ["1", LAW, "20 lớp", "905 người"],
        ["2", STAFF, "15 lớp", "81 CBGV"],
        ["3", "Số tin bài", "82 tin bài", ""],
        ["4", "Số sách huy động được", "486 q.", ""],
    ])  # fmt: skip
    assert figures(reading) == {
        "training.law_and_science.count": 20,
        "training.law_and_science.people": 905,
        "training.managers_and_teachers.count": 15,
        "training.managers_and_teachers.people": 81,
        "news.count": 82,
        "book_drive.books.count": 486,
    }


def test_of_parts_under_one_head_the_total_is_taken() -> None:
    reading = read(
        [
            ["Nội dung", "Số lượng", "Số người tham gia", None, None],
            [None, None, "Trực tiếp", "Trực tuyến", "Tổng"],
            [LAW, "11", "402", "128", "530"],
            [STAFF, "6", "94", "188", "282"],
            [SESSIONS, "16", "870", "205", "1.075"],
        ],
        {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 3)},
    )
    assert figures(reading)["training.law_and_science.people"] == 530
    assert figures(reading)["contests.thematic_sessions.people"] == 1075
    assert not any(o.needs_review for o in reading.observations)


def test_a_total_told_in_a_group_rows_label() -> None:
    reading = read(
        [
            ["Nội dung", "Đơn vị", "Số lượng", "Số người"],
            ["1. Các lớp bồi dưỡng, tập huấn tổ chức trong Tuần lễ (tổng số 35 lớp, 1.700 người)", None, None, None],
            [LAW, "lớp", "20", "905"],
            [STAFF, "lớp", "15", "795"],
        ],
        {(1, 0): (1, 4)},
    )  # fmt: skip
    found = figures(reading)
    assert (found["training.count"], found["training.people"]) == (35, 1700)


def test_the_total_of_a_whole_district_in_a_matrix() -> None:
    reading = read([
        ["Cụm", "Tin bài", "Số sách huy động"],
        ["Cụm 1", "16", "640"],
        ["Cụm 2", "21", "715"],
        ["Cộng toàn huyện", "37", "1.355"],
    ])  # fmt: skip
    assert figures(reading) == {"news.count": 37, "book_drive.books.count": 1355}


def test_rows_of_the_form_as_heads_over_one_line_of_figures() -> None:
    reading = read([["Số tin bài", "Ấn phẩm thông tin"], ["118", "2.204"]])
    assert figures(reading) == {"news.count": 118, "publications.count": 2204}
    other = read([["Tập thể, cá nhân tặng sách", "Số sách huy động", "Trong đó truyện (quyển)"],
                  ["19", "730", "415"]])  # fmt: skip
    assert figures(other) == {"book_drive.donors.count": 19, "book_drive.books.count": 730}
    assert figures(read([["Họ và tên", "Điện thoại"], ["Lan", "0221"]])) == {}
