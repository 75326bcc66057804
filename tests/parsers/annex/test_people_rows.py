"""Annexes in other layouts: people in rows of their own, groups beside or over the rows."""

from __future__ import annotations

import pytest

from parsers.claims import AnnexReading, claim
from parsers.counts import mentions
from schemas.catalog import form
from schemas.document import Anchor, Cell, Document, Paragraph, Reading, Source, Table

FORM = form("llw-2021")
Line = list[str]


def read(*rows: Line, merged: tuple[int, ...] = (), down: tuple[tuple[int, int], ...] = ()) -> AnnexReading:  # fmt: skip
    """``merged`` rows are one cell each; ``down`` gives, for column 0, row and span of a cell."""
    width = len(rows[0])
    spans = dict(down)
    hidden = {r + i for r, span in down for i in range(1, span)}
    cells = []
    for r, row in enumerate(rows):
        if r in merged:
            cells.append(Cell(row[0], r, 0, Anchor(table=0, row=r, column=0), column_span=width))
            continue
        for c, text in enumerate(row):
            if c == 0 and r in hidden:
                continue
            span = spans.get(r, 1) if c == 0 else 1
            cells.append(Cell(text, r, c, Anchor(table=0, row=r, column=c), row_span=span))
    table = Table(0, len(rows), width, tuple(cells), Anchor(table=0))
    return claim(Document(Source("x.docx", "0" * 64, "x", 1), Reading.TEXT, (table,)), FORM)


def sure(reading: AnnexReading) -> dict[str, int]:
    return {
        f"{o.indicator}.{o.measure}": o.value for o in reading.observations if not o.needs_review
    }


def rules(reading: AnnexReading) -> set[str]:
    return {f.rule.value for f in reading.findings} - {"missing_row"}


def test_people_in_rows_of_their_own_belong_to_the_row_above() -> None:
    reading = read(
        ["Tiêu chí", "Đơn vị", "Kết quả"],
        ["Số lớp bồi dưỡng CBQL, GV", "lớp", "6"],
        ["Số CBQL, GV được bồi dưỡng", "người", "233"],
        ["Buổi sinh hoạt chuyên đề HTSĐ", "buổi", "14"],
        ["Người dự sinh hoạt chuyên đề HTSĐ", "người", "1.148"],
        ["Lễ khai mạc cấp huyện", "cuộc", "1"],
        ["Người dự lễ khai mạc cấp huyện", "người", "300"],
        ["Cá nhân được khen", "người", "7"],
    )
    assert sure(reading) == {
        "training.managers_and_teachers.count": 6,
        "training.managers_and_teachers.people": 233,
        "contests.thematic_sessions.count": 14,
        "contests.thematic_sessions.people": 1148,
        "opening.districts.count": 1,
        "opening.districts.people": 300,
        "awards.individuals.people": 7,
    }
    assert rules(reading) == set()


def test_people_of_a_row_that_is_not_above_are_looked_at() -> None:
    reading = read(
        ["Tiêu chí", "Đơn vị", "Kết quả"],
        ["Số lớp bồi dưỡng CBQL, GV", "lớp", "6"],
        ["Số tin bài", "tin", "57"],
        ["Người dự lễ khai mạc cấp huyện", "người", "300"],
    )
    assert "opening.districts.people" not in sure(reading)
    assert [o.value for o in reading.observations if o.needs_review] == [300]


def test_people_told_twice_are_no_ones() -> None:
    reading = read(
        ["Tiêu chí", "Đơn vị", "Kết quả"],
        ["Số tin bài", "tin", "57"],
        ["Lễ khai mạc cấp huyện", "cuộc", "1"],
        ["Người dự lễ khai mạc cấp huyện", "người", "300"],
        ["Số người dự lễ khai mạc cấp huyện", "người", "310"],
    )
    assert "opening.districts.people" not in sure(reading)
    assert "duplicate_row" in rules(reading)


def test_a_group_beside_its_rows_says_what_they_leave_out() -> None:
    reading = read(
        ["Nhóm", "Nội dung", "Số lượng", "Người tham gia"],
        ["Bồi dưỡng, tập huấn", "CBQL, giáo viên", "05 lớp", "260 người"],
        ["", "Các lớp khác", "07 lớp", "315 người"],
        ["Khai mạc", "Cấp thị xã", "01", "210 người"],
        ["", "Cơ sở giáo dục", "47 trường", "29.340 người"],
        ["Khen thưởng", "Tập thể", "05 đơn vị", ""],
        ["", "Cá nhân", "", "11 người"],
        down=((1, 2), (3, 2), (5, 2)),
    )
    assert sure(reading) == {
        "training.managers_and_teachers.count": 5,
        "training.managers_and_teachers.people": 260,
        "training.other.count": 7,
        "training.other.people": 315,
        "opening.districts.count": 1,
        "opening.districts.people": 210,
        "opening.institutions.count": 47,
        "opening.institutions.people": 29340,
        "awards.collectives.count": 5,
        "awards.individuals.people": 11,
    }


def test_a_title_over_the_whole_row_heads_what_follows() -> None:
    reading = read(
        ["TT", "Hoạt động", "Lớp/cuộc", "Lượt người", "Ghi chú"],
        ["A. Tuyên truyền", "", "", "", ""],
        ["1", "Tin bài", "139", "", ""],
        ["2", "Tờ rơi, áp phích, băng rôn", "3.300", "", ""],
        ["Đ. Khai mạc", "", "", "", ""],
        ["3", "Cấp huyện", "1", "600", ""],
        ["4", "Cơ sở giáo dục", "77", "36 900", ""],
        merged=(1, 4),
    )
    assert sure(reading) == {
        "news.count": 139,
        "publications.count": 3300,
        "opening.districts.count": 1,
        "opening.districts.people": 600,
        "opening.institutions.count": 77,
        "opening.institutions.people": 36900,
    }


def test_who_did_it_is_no_count() -> None:
    reading = read(
        ["TT", "Hoạt động", "Số lượng", "Đơn vị thực hiện"],
        ["1", "Lớp cho cán bộ quản lý, giáo viên", "12 lớp/ 430 người", "Phòng GD&ĐT"],
        ["2", "Số tin bài", "29 tin bài", "Các trường, đài"],
        ["3", "Cá nhân được khen", "8", ""],
    )
    assert sure(reading) == {
        "training.managers_and_teachers.count": 12,
        "training.managers_and_teachers.people": 430,
        "news.count": 29,
        "awards.individuals.people": 8,
    }


@pytest.mark.parametrize(
    ("raw", "value", "review"),
    [
        ("12 (trong đó có 3 phóng sự ảnh)", 12, False),
        ("12 tin", 12, False),
        ("Không", None, True),
        ("12 (có 3 phóng sự ảnh)", None, True),
    ],
)
def test_what_stands_beside_a_number(raw: str, value: int | None, review: bool) -> None:
    reading = read(
        ["TT", "Hoạt động", "Số lượng"],
        ["1", "Số tin bài", raw],
        ["2", "Ấn phẩm thông tin", "30"],
        ["3", "Cá nhân được khen", "8"],
    )
    news = [o for o in reading.observations if o.indicator == "news"]
    assert [(o.value, o.needs_review) for o in news] == ([] if value is None else [(value, review)])
    assert ("unreadable_cell" in rules(reading)) == (value is None)


def test_titles_are_no_copies() -> None:
    reading = read(
        ["TT", "Hoạt động", "Số lượng"],
        ["1", "Số tin bài", "12"],
        ["2", "Số sách quyên góp", "120 đầu sách"],
        ["3", "Cá nhân được khen", "8"],
    )
    assert "book_drive.books.count" not in sure(reading)
    label = read(
        ["TT", "Hoạt động", "Số lượng"],
        ["1", "Số tin bài", "12"],
        ["2", "Số đầu sách quyên góp", "120"],
        ["3", "Cá nhân được khen", "8"],
    )
    assert "book_drive.books.count" not in sure(label)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Lớp bồi dưỡng giáo viên về học liệu số: 03 lớp", "Số giáo viên tham gia bồi dưỡng: 92 người"],
            {"training.managers_and_teachers.count": 3, "training.managers_and_teachers.people": 92},
        ),
        (["Số tin, bài đăng tải: 19"], {"news.count": 19}),
        (
            ["- Lễ khai mạc cấp huyện: tổ chức 01 buổi tại Nhà văn hóa với 320 đại biểu dự."],
            {"opening.districts.count": 1, "opening.districts.people": 320},
        ),
        (
            ["- Số cơ sở giáo dục tổ chức lễ khai mạc: 58 trường, trung tâm với 27.600 người dự."],
            {"opening.institutions.count": 58, "opening.institutions.people": 27600},
        ),
        (["Kế hoạch năm 2022:", "Số tin, bài dự kiến đăng: 40"], {}),
    ],
)  # fmt: skip
def test_lines_that_are_rows_but_for_the_ruling(lines: list[str], expected: dict[str, int]) -> None:
    said, _ = mentions([Paragraph(t, Anchor(paragraph=i)) for i, t in enumerate(lines)], FORM)
    assert {f"{o.indicator}.{o.measure}": o.value for o in said if not o.needs_review} == expected


def test_what_a_sentence_is_about_gives_its_people_to_be_looked_at() -> None:
    text = "Lễ khai mạc cấp huyện được tổ chức tại Quảng trường, thu hút 1.150 người dự."
    (one,) = mentions([Paragraph(text, Anchor(paragraph=0))], FORM)[0]
    assert (one.indicator, one.measure, one.value) == ("opening.districts", "people", 1150)
    assert one.needs_review


@pytest.mark.parametrize("told", ["9 lớp\n412 người", "9\n412", "9 – 412", "9 lớp và 412 học viên", "mở được 9 lớp, 412 người", "412 người (9 lớp)"])  # fmt: skip
def test_two_counts_in_one_cell_are_both_read(told: str) -> None:
    reading = read(
        ["TT", "Việc", "Kết quả"],
        ["1", "Bồi dưỡng cho CBQL, giáo viên", told],
        ["2", "Số tin bài", "30"],
        ["3", "Cá nhân được khen", "8"],
    )
    values = {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}
    assert values["training.managers_and_teachers.count"] == 9
    assert values["training.managers_and_teachers.people"] == 412


def test_two_bare_numbers_are_looked_at_unless_the_unit_says_what_they_are() -> None:
    head = ["TT", "Việc", "ĐVT", "Kết quả"]
    last = [["2", "Số tin bài", "tin", "30"], ["3", "Cá nhân được khen", "người", "8"]]
    told = ["1", "Bồi dưỡng cho CBQL, giáo viên", "lớp - người", "9 - 412"]
    assert sure(read(head, told, *last))["training.managers_and_teachers.people"] == 412
    bare = read(head, [*told[:2], "", told[3]], *last)
    assert "training.managers_and_teachers.people" not in sure(bare)


def test_each_measure_of_a_cell_with_more_figures_than_were_read_is_told() -> None:
    reading = read(
        ["TT", "Việc", "Kết quả"],
        ["1", "Bồi dưỡng cho CBQL, giáo viên", "9 lớp, 8 buổi, 412 người"],
        ["2", "Số tin bài", "30"],
        ["3", "Cá nhân được khen", "8"],
    )
    read_of = {o.measure for o in reading.observations if o.indicator.startswith("training")}
    told = {f.measure for f in reading.findings if f.indicator == "training.managers_and_teachers"}
    assert read_of | told == {"count", "people"}


def test_one_label_over_a_line_of_classes_and_one_of_people() -> None:
    reading = read(
        ["Nội dung", "Đơn vị", "Số lượng"],
        ["Bồi dưỡng CBQL, giáo viên", "Lớp", "7"],
        ["", "Học viên", "301"],
        ["Tin bài tuyên truyền", "Tin", "30"],
        ["Khen thưởng", "Tập thể", "4"],
        ["", "Cá nhân", "9"],
        down=((1, 2), (4, 2)),
    )
    values = {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}
    assert values == {
        "training.managers_and_teachers.count": 7,
        "training.managers_and_teachers.people": 301,
        "news.count": 30,
        "awards.collectives.count": 4,
        "awards.individuals.people": 9,
    }


def test_the_unit_tells_books_from_givers() -> None:
    reading = read(
        ["Hoạt động", "Số lượng"],
        ["Tin bài", "6"],
        ["Cá nhân được khen", "8"],
        ["Sách nhận tặng (cuốn)", "212"],
    )
    books = [o for o in reading.observations if o.indicator.startswith("book_drive")]
    assert [(o.indicator, o.value, o.needs_review) for o in books] == [
        ("book_drive.books", 212, True)
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["Bồi dưỡng CBQL, giáo viên", "9", "có 412 người dự"],
        ["Bồi dưỡng CBQL, giáo viên (412 người)", "9", ""],
        ["Bồi dưỡng CBQL, giáo viên: 9 lớp, 8 buổi, 412 người", "", ""],
    ],
)
def test_people_told_beside_the_columns_are_not_lost(row: list[str]) -> None:
    reading = read(
        ["Nội dung", "Số lượng", "Ghi chú"],
        row,
        ["Tin bài tuyên truyền", "30", ""],
        ["Cá nhân được khen", "9", ""],
    )
    told = {(f.indicator, f.measure) for f in reading.findings}
    assert ("training.managers_and_teachers", "people") in told


def test_a_label_may_end_with_two_counts() -> None:
    reading = read(
        ["Nội dung", "Số lượng", "Ghi chú"],
        ["Bồi dưỡng CBQL, giáo viên: 9 lớp, 412 người", "", ""],
        ["Tin bài tuyên truyền", "30", ""],
        ["Cá nhân được khen", "9", ""],
    )
    values = {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}
    assert values["training.managers_and_teachers.people"] == 412


def test_a_narrow_table_of_strange_rows_is_told() -> None:
    reading = read(["Số cây trồng mới", "30"], ["Số nhà vệ sinh", "4"], ["Số phòng học", "12"])
    assert "unclaimed_table" in rules(reading)


LAST = [["2", "Số tin bài", "30"], ["3", "Cá nhân được khen", "8"]]


@pytest.mark.parametrize(
    "told",
    ["lớp: 9; người: 412", "lớp: 09, học viên: 412", "9 lớp, tổng số 412 em", "09 lớp gồm 412 thầy cô"],
)  # fmt: skip
def test_counts_with_their_units_in_phrases(told: str) -> None:
    row = ["1", "Bồi dưỡng cho CBQL, giáo viên", told]
    reading = read(["TT", "Việc", "Kết quả"], row, *LAST)
    values = {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}
    assert values["training.managers_and_teachers.count"] == 9
    assert values["training.managers_and_teachers.people"] == 412


def test_kinds_of_figures_under_one_label() -> None:
    reading = read(
        ["Công việc", "Loại số liệu", "Kết quả"],
        ["Lớp bồi dưỡng cho CBQL, giáo viên", "Số lớp", "9"],
        ["", "Số người", "412"],
        ["Số tin bài", "Số tin", "30"],
        ["Cá nhân được khen", "Số người", "8"],
        down=((1, 2),),
    )
    values = {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}
    assert values["training.managers_and_teachers.people"] == 412


def test_the_one_column_beside_people_counts_what_they_took_part_in() -> None:
    reading = read(
        ["TT", "Việc", "Dự kiến theo kế hoạch", "Khối lượng", "Lượt người"],
        ["1", "Bồi dưỡng cho CBQL, giáo viên", "10", "9", "412"],
        ["2", "Số tin bài", "25", "30", ""],
        ["3", "Cá nhân được khen", "", "", "8"],
    )
    counts = [o for o in reading.observations if o.measure == "count"]
    assert [(o.indicator, o.value, o.needs_review) for o in counts] == [
        ("training.managers_and_teachers", 9, True),
        ("news", 30, True),
    ]


def test_the_one_column_beside_counts_holds_the_people() -> None:
    rows = [
        ["Bồi dưỡng cho CBQL, giáo viên", "9", "412"],
        ["Sinh hoạt chuyên đề học tập suốt đời", "12", "1405"],
        ["Lễ khai mạc cấp huyện", "1", "190"],
        ["Số tin bài", "30", ""],
    ]
    reading = read(["ND", "Số lượng", "QM"], *rows)
    people = {o.indicator: (o.value, o.needs_review) for o in reading.observations if o.measure == "people"}  # fmt: skip
    assert people["training.managers_and_teachers"] == (412, True)
    fewer = [[*rows[0][:2], "4"], *rows[1:]]
    assert "unclaimed_column" in rules(read(["ND", "Số lượng", "QM"], *fewer))


def test_initials_that_can_mean_one_column_only_are_that_column() -> None:
    reading = read(["ND", "SL", "LN"], ["Bồi dưỡng cho CBQL, giáo viên", "9", "412"])
    found = {o.measure: (o.value, o.needs_review) for o in reading.observations}
    assert found == {"count": (9, False), "people": (412, False)}


def test_a_column_of_other_words_is_no_column_of_counts() -> None:
    reading = read(
        ["Việc", "Diễn giải kết quả", "Lưu ý"],
        ["Bồi dưỡng cho CBQL, giáo viên", "mở 03 lớp, 187 lượt người", "tại 5 thôn"],
        ["Số tin bài", "đăng 30 tin", "ngày 04/10"],
        ["Cá nhân được khen", "8 người", "trong 2 ngày"],
    )
    values = {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}
    assert values == {
        "training.managers_and_teachers.count": 3,
        "training.managers_and_teachers.people": 187,
        "news.count": 30,
        "awards.individuals.people": 8,
    }


def test_rows_that_ran_together_are_told() -> None:
    reading = read(
        ["Việc", "Kết quả"],
        ["Số tin bài Ấn phẩm thông tin", "31 1 400"],
        ["Bồi dưỡng cho CBQL, giáo viên", "9"],
        ["Cá nhân được khen", "8"],
    )
    assert any("31" in (f.value or "") for f in reading.findings)


@pytest.mark.parametrize("told", ["05 tập thể và 14 cá nhân", "tập thể: 05; cá nhân: 14"])
def test_a_head_with_a_phrase_is_read_as_a_sentence(told: str) -> None:
    reading = read(
        ["TT", "Việc", "Kết quả"],
        ["1", "Bồi dưỡng cho CBQL, giáo viên", "9 lớp, 412 người"],
        ["2", "Số tin bài", "30"],
        ["3", "Sinh hoạt chuyên đề học tập suốt đời", "12 buổi, 900 người"],
        ["4", "Khen thưởng", told],
    )
    found = {o.indicator: (o.value, o.needs_review) for o in reading.observations}
    assert found["awards.collectives"] == (5, True)
    assert found["awards.individuals"] == (14, True)


def test_a_phrase_of_more_figures_than_rows_is_still_told() -> None:
    reading = read(
        ["TT", "Việc", "Kết quả"],
        ["1", "Bồi dưỡng cho CBQL, giáo viên", "9 lớp, 412 người"],
        ["2", "Số tin bài", "30"],
        ["3", "Cá nhân được khen", "8"],
        ["4", "Trồng cây", "05 buổi và 140 cây"],
    )
    assert any("140" in (f.value or "") for f in reading.findings)


def test_who_took_part_is_told_by_the_unit_of_the_figure() -> None:
    reading = read(
        ["Việc", "Kết quả"],
        ["Bồi dưỡng cho CBQL, giáo viên", "9 lớp"],
        ["Số tin bài", "30"],
        ["Tham dự khai mạc tại trường", "1.118 người"],
        ["Cá nhân được khen", "8"],
    )
    values = {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}
    assert values["opening.institutions.people"] == 1118
    assert "opening.institutions.count" not in values


def test_what_a_second_row_of_one_name_gives_is_told() -> None:
    reading = read(
        ["TT", "Việc", "Số lượng"],
        ["1", "Số tin bài", "30"],
        ["2", "Số tin bài", "17"],
        ["3", "Bồi dưỡng cho CBQL, giáo viên", "9"],
        ["4", "Cá nhân được khen", "8"],
    )
    assert [f.value for f in reading.findings if f.rule.value == "unclaimed_row"] == ["17"]


def test_a_row_counted_in_people_is_not_trusted_as_a_count_of_classes() -> None:
    reading = read(
        ["Việc", "Đơn vị", "Kết quả"],
        ["Bồi dưỡng cho CBQL, giáo viên", "Người", "412"],
        ["Số tin bài", "Tin", "30"],
        ["Cá nhân được khen", "Người", "8"],
    )
    assert "training.managers_and_teachers.count" not in sure(reading)
