"""Rows under a named one that only say what is counted; crosses where a number should stand."""

from __future__ import annotations

from parsers.claims import AnnexReading
from tests.parsers.annex.claimed import claimed, figures, rules

HEAD = ["TT", "Chỉ tiêu", "ĐVT", "Kết quả"]


def read(*rows: list[str]) -> AnnexReading:
    return claimed(rows)


def test_rows_that_only_say_what_is_counted_are_those_of_the_row_above() -> None:
    reading = read(
        HEAD,
        ["1", "Lớp bồi dưỡng CBQL, giáo viên", "", ""],
        ["", "- Số lớp", "Lớp", "12"],
        ["", "- Số người học", "Người", "745"],
        ["2", "Sinh hoạt chuyên đề học tập suốt đời", "", ""],
        ["", "- Số cuộc", "Cuộc", "17"],
        ["", "- Số người tham gia", "Người", "1.960"],
        ["3", "Cơ sở giáo dục tổ chức khai mạc", "", ""],
        ["", "- Số trường, trung tâm", "Trường", "52"],
        ["", "- Số người dự", "Người", "30.175"],
        ["4", "Số tin bài", "Tin bài", "72"],
    )
    assert figures(reading) == {
        "training.managers_and_teachers.count": 12,
        "training.managers_and_teachers.people": 745,
        "contests.thematic_sessions.count": 17,
        "contests.thematic_sessions.people": 1960,
        "opening.institutions.count": 52,
        "opening.institutions.people": 30175,
        "news.count": 72,
    }
    assert not any(o.needs_review for o in reading.observations)
    assert rules(reading) == []


def test_what_counts_another_thing_is_not_the_row_aboves() -> None:
    reading = read(
        HEAD,
        ["1", "Lớp bồi dưỡng CBQL, giáo viên", "", ""],
        ["", "- Số tài liệu", "Bộ", "12"],
        ["2", "Số tin bài", "Tin bài", "72"],
        ["3", "Số tập thể, cá nhân tặng sách", "TT, CN", "19"],
    )
    assert "training.managers_and_teachers.count" not in figures(reading)
    assert "unclaimed_row" in rules(reading)


def test_a_group_named_like_a_row_below_it_is_no_second_row() -> None:
    reading = read(
        HEAD,
        ["I", "Cuộc thi, tọa đàm, chuyên đề", "", ""],
        ["1", "Cuộc thi, tọa đàm về khuyến đọc, khuyến học, xây dựng xã hội học tập", "cuộc", "04"],
        ["2", "Sinh hoạt chuyên đề học tập suốt đời", "cuộc", "12"],
        ["3", "Số tin bài", "tin bài", "31"],
    )
    assert figures(reading)["contests.count"] == 4
    assert not any(o.needs_review for o in reading.observations)
    assert rules(reading) == []


def test_brackets_name_a_row_under_the_head_before_them() -> None:
    reading = read(
        HEAD,
        ["1", "Quyên góp sách (Tập thể, cá nhân tặng)", "", "251"],
        ["2", "Quyên góp sách (Số quyển)", "", "4.736"],
        ["3", "Số tin bài", "Tin bài", "66"],
    )
    assert figures(reading) == {
        "book_drive.donors.count": 251,
        "book_drive.books.count": 4736,
        "news.count": 66,
    }


def test_a_cross_in_a_cell_of_numbers_is_told() -> None:
    reading = read(
        ["TT", "Các hoạt động", "Số lớp/số cuộc thi", "Người"],
        ["1", "Bồi dưỡng tập huấn cho CBQL, giáo viên", "x", "80"],
        ["2", "Số tin bài", "12", "x"],
        ["3", "Hội thảo", "X", ""],
    )
    assert figures(reading) == {"training.managers_and_teachers.people": 80, "news.count": 12}
    told = [(f.indicator, f.measure, f.value) for f in reading.findings if f.indicator]
    assert told == [
        ("training.managers_and_teachers", "count", "x"),
        ("seminars", "count", "X"),
    ]


def test_a_row_of_units_under_heads_on_their_side_holds_no_values() -> None:
    reading = read(
        ["Bồi dưỡng tập huấn cho CBQL, giáo viên", "Bồi dưỡng tập huấn cho CBQL, giáo viên", "Hội thảo", "Hội thảo"],
        ["Số lớp", "Số người", "Số cuộc", "Số người"],
        ["(lớp)", "(người)", "(cuộc)", "(người)"],
        ["9", "512", "2", "140"],
    )  # fmt: skip
    assert figures(reading) == {
        "training.managers_and_teachers.count": 9,
        "training.managers_and_teachers.people": 512,
        "seminars.count": 2,
        "seminars.people": 140,
    }


def test_what_may_be_the_number_of_a_list_is_looked_at() -> None:
    reading = read(HEAD, ["1", "Số tin bài", "tin bài", "2."], ["2", "Hội thảo", "cuộc", "4"])
    assert [(o.value, o.needs_review) for o in reading.observations] == [(2, True), (4, False)]
