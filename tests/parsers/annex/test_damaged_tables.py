"""Annexes that were cut, merged or laid out by hand: no figure is lost or moved without a word."""

from __future__ import annotations

import pytest

from parsers.claims import AnnexReading, claim
from schemas.catalog import form
from schemas.document import Anchor, Block, Cell, Document, Paragraph, Reading, Source, Table

HEAD = ["TT", "Nội dung", "Đơn vị", "Số lớp/cuộc", "Số người"]
LAW = ["1", "Phổ biến khoa học, pháp luật cho người lao động", "Lớp", "12", "640"]
STAFF = ["2", "Bồi dưỡng cán bộ quản lý, giáo viên", "Lớp", "8", "312"]
CENTRE = ["3", "Bồi dưỡng cán bộ quản lý, báo cáo viên TTHTCĐ", "Lớp", "2", "66"]
NEWS = ["4", "Số tin bài", "Tin bài", "47", ""]
BOOKS = ["5", "Số sách đã huy động", "Quyển", "1.850", ""]
FULL = {
    "training.law_and_science.count": 12,
    "training.law_and_science.people": 640,
    "training.managers_and_teachers.count": 8,
    "training.managers_and_teachers.people": 312,
    "training.community_centre_staff.count": 2,
    "training.community_centre_staff.people": 66,
    "news.count": 47,
    "book_drive.books.count": 1850,
}


def made(index: int, rows: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]]) -> Table:
    """A table of ``rows``; ``spans`` gives rows and columns of merged cells, what they cover is "·"."""
    cells = tuple(
        Cell(text, r, c, Anchor(table=index, row=r, column=c), *spans.get((r, c), (1, 1)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text != "·"
    )
    return Table(index, len(rows), len(rows[0]), cells, Anchor(table=index))


def read(
    *tables: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]] | None = None
) -> AnnexReading:
    blocks: list[Block] = []
    for index, rows in enumerate(tables):
        blocks += [Paragraph("Bảng", Anchor(paragraph=index)), made(index, rows, spans or {})]
    source = Source("x.docx", "0" * 64, "x", 1)
    return claim(Document(source, Reading.TEXT, tuple(blocks)), form("llw-2021"))


def values(reading: AnnexReading, *, review: bool = False) -> dict[str, int]:
    return {
        f"{o.indicator}.{o.measure}": o.value
        for o in reading.observations
        if o.needs_review is review
    }


def told(reading: AnnexReading) -> set[str]:
    return {f"{f.indicator}.{f.measure}" for f in reading.findings if f.indicator}


def test_a_second_table_without_a_head_goes_on_with_the_first_ones_columns() -> None:
    swapped = [[*row[:3], row[4], row[3]] for row in (HEAD, LAW, STAFF, CENTRE, NEWS, BOOKS)]
    reading = read(swapped[:4], swapped[4:])
    assert values(reading) == FULL


def test_without_a_head_counts_and_people_are_told_apart_by_their_figures_alone() -> None:
    rows = [LAW, STAFF, CENTRE, NEWS, BOOKS]
    assert values(read(rows)) == FULL
    assert values(read([[*row[:3], row[4], row[3]] for row in rows])) == FULL


def test_without_a_head_a_plan_beside_its_result_is_never_taken() -> None:
    rows = [LAW, STAFF, CENTRE, [*NEWS[:4], "60"], [*BOOKS[:4], "2.000"]]
    reading = read(rows)
    assert not reading.observations
    assert "unclaimed_column" in {f.rule.value for f in reading.findings}


def test_without_a_head_more_than_two_columns_of_numbers_are_nobodys() -> None:
    rows = [[*row, str(at)] for at, row in enumerate((LAW, STAFF, CENTRE, NEWS, BOOKS), 3)]
    assert not read(rows).observations


def test_a_figure_that_stands_over_two_rows_is_looked_at() -> None:
    rows = [HEAD, LAW, [*STAFF[:3], "·", "312"], CENTRE, NEWS, BOOKS]
    reading = read(rows, spans={(1, 3): (2, 1)})
    assert values(reading, review=True).keys() >= {"training.law_and_science.count"}
    assert "training.law_and_science.count" not in values(reading)


def test_two_figures_in_one_merged_cell_are_no_thousands() -> None:
    rows = [HEAD, [*LAW[:4], "2 640\n312"], [*STAFF[:4], "·"], CENTRE, NEWS, BOOKS]
    reading = read(rows, spans={(1, 4): (2, 1)})
    assert "training.law_and_science.people" in told(reading)
    assert 2640312 not in {o.value for o in reading.observations}


def test_a_figure_merged_into_the_cell_before_it_is_told() -> None:
    rows = [HEAD, LAW, STAFF, CENTRE, [*NEWS[:2], "tin bài 47", "·", ""], BOOKS]
    reading = read(rows, spans={(4, 2): (1, 2)})
    assert "news.count" in told(reading)


def test_a_row_of_people_may_stand_above_the_row_of_classes() -> None:
    head = ["TT", "Nội dung", "Đơn vị", "Số lượng"]
    people = ["1", LAW[1], "Người", "640"]
    rows = [head, people, ["1", LAW[1], "Lớp", "12"], [*NEWS[:4]], [*BOOKS[:4]], [*CENTRE[:4]]]
    found = read(rows)
    assert {**values(found), **values(found, review=True)} == {
        "training.law_and_science.count": 12,
        "training.law_and_science.people": 640,
        "news.count": 47,
        "book_drive.books.count": 1850,
        "training.community_centre_staff.count": 2,
    }


def test_halves_side_by_side_are_read_one_after_the_other() -> None:
    head = ["Nội dung", "Số lượng", "Nội dung", "Số lượng"]
    rows = [
        head,
        [LAW[1], "12", "Số người học", "640"],
        [CENTRE[1], "2", "Số người học", "66"],
        ["Số tin bài", "47", "Băng rôn, khẩu hiệu", "260"],
        ["Tập thể, cá nhân tặng sách", "12", "Số sách đã huy động", "1.850"],
    ]
    assert values(read(rows)) == {
        "training.law_and_science.count": 12,
        "training.law_and_science.people": 640,
        "training.community_centre_staff.count": 2,
        "training.community_centre_staff.people": 66,
        "news.count": 47,
        "publications.count": 260,
        "book_drive.donors.count": 12,
        "book_drive.books.count": 1850,
    }


@pytest.mark.parametrize("numbered", ["{}", "({})"])
def test_a_matrix_of_communes_gives_its_total(numbered: str) -> None:
    columns = ["", *(numbered.format(at) for at in range(1, 7))]
    rows = [
        ["STT", "Xã", "Lớp khoa học, pháp luật cho NLĐ", "·", "Tin bài", "Cơ sở GD khai mạc", "·"],
        ["·", "·", "Số lớp", "Người", "·", "Đơn vị", "Người"],
        columns,
        ["1", "Lương Bằng", "5", "310", "9", "5", "2.450"],
        ["2", "Toàn Thắng", "3", "175", "6", "3", "1.320"],
        ["3", "Các xã còn lại", "8", "412", "17", "12", "4.215"],
        ["", "Toàn huyện", "16", "897", "32", "20", "7.985"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (0, 4): (2, 1), (0, 5): (1, 2)}
    assert values(read(rows, spans=spans)) == {
        "training.law_and_science.count": 16,
        "training.law_and_science.people": 897,
        "news.count": 32,
        "opening.institutions.count": 20,
        "opening.institutions.people": 7985,
    }


def test_a_number_said_again_in_words_is_that_number() -> None:
    rows = [HEAD, [*LAW[:3], "12 (mười hai)", "640"], STAFF, [*NEWS[:3], "47 (bốn mươi tám)", ""]]
    reading = read(rows)
    assert values(reading)["training.law_and_science.count"] == 12
    assert "news.count" not in values(reading)
    assert "news.count" in told(reading)


def test_people_split_by_kind_give_their_total() -> None:
    rows = [
        ["TT", "Nội dung", "Số lớp, cuộc", "Số người tham gia", "·", "·"],
        ["·", "·", "·", "Tổng số", "CB, GV", "Nhân dân"],
        ["1", LAW[1], "16", "912", "12", "900"],
        ["2", STAFF[1], "9", "405", "400", "5"],
        ["3", CENTRE[1], "2", "44", "20", "23"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (2, 1), (0, 3): (1, 3)}
    reading = read(rows, spans=spans)
    assert values(reading)["training.law_and_science.people"] == 912
    assert values(reading)["training.managers_and_teachers.people"] == 405
    assert values(reading, review=True)["training.community_centre_staff.people"] == 44


def test_rows_that_begin_with_thereof_are_the_parts_of_the_whole_above() -> None:
    rows = [
        HEAD,
        ["1", "Tổng số lớp bồi dưỡng, tập huấn", "Lớp", "20", "952"],
        ["", f"Trong đó: {LAW[1]}", "Lớp", "12", "640"],
        ["", f"Trong đó: {STAFF[1]}", "Lớp", "8", "312"],
        ["", "Trong đó: nữ", "", "", "500"],
    ]
    found = values(read(rows))
    assert found["training.law_and_science.count"] == 12
    assert found["training.managers_and_teachers.people"] == 312
    assert 500 not in found.values()


def test_one_table_of_counts_and_one_of_people_are_no_twins() -> None:
    counts = [["TT", "Hoạt động", "Số lượng", "Đơn vị"]]
    counts += [[r[0], r[1], r[3], r[2]] for r in (LAW, STAFF, CENTRE, NEWS, BOOKS)]
    people = [["TT", "Hoạt động", "Số người", "Trong đó nữ"]]
    people += [[r[0], r[1], r[4], "9"] for r in (LAW, STAFF, CENTRE)]
    assert values(read(counts, people)) == FULL


def test_a_column_of_names_under_a_head_of_counts_holds_none() -> None:
    rows = [["TT", "Hoạt động", "Đơn vị thực hiện", "ĐVT", "Số lớp/cuộc", "Số người"]]
    rows += [
        [r[0], r[1], who, *r[2:]]
        for r, who in zip(
            (LAW, STAFF, CENTRE, NEWS, BOOKS),
            ("17 TTHTCĐ", "Phòng GDĐT", "Hội Khuyến học", "Các đơn vị", "Các trường"),
            strict=True,
        )
    ]
    assert values(read(rows)) == FULL


def test_a_strange_head_over_the_one_column_of_results_is_no_doubt() -> None:
    rows = [["TT", "Chỉ tiêu", "Đơn vị tính", "Đã làm được"]]
    rows += [r[:4] for r in (LAW, STAFF, NEWS, BOOKS)]
    assert values(read(rows))["book_drive.books.count"] == 1850
    planned = [[*rows[0][:3], "Chỉ tiêu giao"], *rows[1:]]
    assert not values(read(planned))


def test_the_mark_of_a_note_is_no_number() -> None:
    reading = read([HEAD, LAW, STAFF, [*NEWS[:3], "47 (1)", ""], BOOKS])
    assert values(reading, review=True) == {"news.count": 47}


def test_a_label_cut_short_is_not_trusted_as_a_row_of_another_head() -> None:
    rows = [
        HEAD,
        LAW,
        STAFF,
        ["4", "Quyên góp sách", "", "", ""],
        ["", "Số tập thể", "TT/CN", "34", ""],
        ["", *BOOKS[1:]],
    ]
    assert values(read(rows), review=True) == {"awards.collectives.count": 34}


def test_what_is_still_to_be_done_is_no_result() -> None:
    over = ["TT", "Nội dung", "Đơn vị", "Đã làm", "Đã làm", "Sẽ làm đến 31/12", "Sẽ làm đến 31/12"]
    head = [*HEAD, *HEAD[3:]]
    awards = ["6", "Khen thưởng tập thể", "Đơn vị", "", "", "10", ""]
    later = [[*row, "2", "80"] for row in (LAW, STAFF, CENTRE)]
    assert values(read([over, head, *later, [*NEWS, "", ""], [*BOOKS, "", ""], awards])) == FULL


def test_of_two_columns_of_counts_neither_is_trusted() -> None:
    head = [*HEAD[:3], "Số lượng", "Số lượng", "Số người"]
    rows = [[*row[:3], row[3], "9", row[4]] for row in (LAW, STAFF, CENTRE)]
    reading = read([head, *rows, ["5", "Số sách đã huy động", "Quyển", "", "90", ""]])
    assert "book_drive.books.count" not in values(reading)


def test_a_row_whose_cells_stand_one_place_off_is_not_trusted() -> None:
    table = [
        ["TT", "Nội dung", "Đơn vị", "Số lượng", "Người", "Ghi chú"],
        ["1", "Phổ biến kiến thức khoa học, kiến thức pháp luật", "Lớp", "10", "900", ""],
        ["2", "", "Sinh hoạt chuyên đề học tập suốt đời", "Số cuộc", "161", "19600"],
        ["3", "Số sách đã huy động tặng thư viện", "Quyển", "1850", "", ""],
    ]
    reading = read(table)
    assert values(reading) == {
        "training.law_and_science.count": 10,
        "training.law_and_science.people": 900,
        "book_drive.books.count": 1850,
    }
    assert reading.findings
