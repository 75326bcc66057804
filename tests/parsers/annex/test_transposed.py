"""An annex that lies on its side is read where its heads name the form's rows, and only there."""

from __future__ import annotations

from tests.parsers.annex.claimed import claimed as read, figures, rules

TRAINING = "Bồi dưỡng tập huấn cho CBQL, giáo viên"
BOOKS = "Số sách đã huy động tặng các trường học, thư viện"


def test_measures_in_rows() -> None:
    reading = read([
        ["Chỉ số", TRAINING, "Sinh hoạt chuyên đề học tập suốt đời", BOOKS],
        ["Số lượng", "3", "12", "1.800"],
        ["Số người", "205", "1 320", ""],
    ])  # fmt: skip
    assert figures(reading) == {
        "training.managers_and_teachers.count": 3,
        "training.managers_and_teachers.people": 205,
        "contests.thematic_sessions.count": 12,
        "contests.thematic_sessions.people": 1320,
        "book_drive.books.count": 1800,
    }
    assert not any(o.needs_review for o in reading.observations)
    people = next(o for o in reading.observations if o.raw == "1 320")
    assert (people.where.row, people.where.column) == (2, 2)


def test_heads_over_two_measures_and_one_line_of_figures() -> None:
    reading = read(
        [
            ["Đơn vị", TRAINING, None, "Số tin bài", BOOKS],
            [None, "Số lớp", "Số người", None, None],
            ["Huyện Phù Cừ", "3", "205", "35", "1.800"],
        ],
        {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (2, 1), (0, 4): (2, 1)},
    )
    assert figures(reading) == {
        "training.managers_and_teachers.count": 3,
        "training.managers_and_teachers.people": 205,
        "news.count": 35,
        "book_drive.books.count": 1800,
    }


def test_a_line_for_each_unit_with_a_total_gives_the_total() -> None:
    reading = read([
        ["TT", "Tên đơn vị", "Số tin bài", BOOKS, "Băng rôn, khẩu hiệu"],
        ["1", "Xã Lạc Đạo", "4", "300", "10"],
        ["2", "Xã Chỉ Đạo", "5", "450", "12"],
        ["", "Tổng cộng", "9", "750", "22"],
    ])  # fmt: skip
    assert figures(reading) == {
        "news.count": 9,
        "book_drive.books.count": 750,
        "publications.count": 22,
    }


def test_a_line_for_each_unit_without_a_total_is_said_and_not_added_up() -> None:
    reading = read([
        ["TT", "Tên đơn vị", "Số tin bài", BOOKS, "Băng rôn, khẩu hiệu"],
        ["1", "Xã Lạc Đạo", "4", "300", "10"],
        ["2", "Xã Chỉ Đạo", "5", "450", "12"],
    ])  # fmt: skip
    assert figures(reading) == {}
    assert "unclaimed_column" in rules(reading)


def test_a_table_whose_heads_are_other_things_is_only_said() -> None:
    reading = read([
        ["Trường", "Số học sinh", "Số giáo viên", "Số tin bài"],
        ["THCS A", "400", "30", "2"],
        ["THCS B", "500", "35", "3"],
    ])  # fmt: skip
    assert figures(reading) == {}
    assert rules(reading) == ["unclaimed_table"]


def test_plans_beside_results_are_left() -> None:
    reading = read([
        ["", TRAINING, "Số tin bài", BOOKS],
        ["Kế hoạch", "5", "40", "2.000"],
        ["Thực hiện", "3", "35", "1.800"],
    ])  # fmt: skip
    assert figures(reading) == {
        "training.managers_and_teachers.count": 3,
        "news.count": 35,
        "book_drive.books.count": 1800,
    }
