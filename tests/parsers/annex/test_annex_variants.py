"""Annexes as units really fill them in: what could be taken for another figure is never trusted."""

from __future__ import annotations

import pytest

from parsers.claims import AnnexReading, claim
from schemas.catalog import form
from schemas.document import Anchor, Cell, Document, Reading, Source, Table
from schemas.report import IssuerLevel

HEAD = ["TT", "Các hoạt động", "Đơn vị", "Số lớp/số cuộc thi", "Người", "Ghi chú"]
ROWS = [
    ["1", "Các lớp bồi dưỡng, tập huấn tổ chức trong Tuần lễ", "Lớp", "", "", ""],
    ["", "Bồi dưỡng tập huấn cho CBQL, giáo viên", "Lớp/người", "30", "800", ""],
    ["2", "Số tin bài về các hoạt động của Tuần lễ", "Tin bài", "35", "", ""],
    ["3", "Ấn phẩm thông tin", "Ấn phẩm", "1230", "", ""],
    ["8", "Khen thưởng", "", "", "", ""],
    ["", "Tập thể", "Đơn vị", "", "02", ""],
    ["", "Cá nhân", "Người", "", "50", ""],
]


def made(index: int, rows: list[list[str]]) -> Table:
    cells = tuple(
        Cell(text, r, c, Anchor(table=index, row=r, column=c))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(index, len(rows), len(rows[0]), cells, Anchor(table=index))


def read(*tables: list[list[str]], level: IssuerLevel | None = None) -> AnnexReading:
    source = Source("x.docx", "0" * 64, "x", 1)
    blocks = tuple(made(i, rows) for i, rows in enumerate(tables))
    return claim(Document(source, Reading.TEXT, blocks), form("llw-2021"), level)


def trusted(reading: AnnexReading) -> dict[str, int]:
    return {
        f"{o.indicator}.{o.measure}": o.value for o in reading.observations if not o.needs_review
    }


def flagged(reading: AnnexReading) -> dict[str, int]:
    return {f"{o.indicator}.{o.measure}": o.value for o in reading.observations if o.needs_review}


def rules(reading: AnnexReading) -> list[str]:
    return [f.rule.value for f in reading.findings if f.rule.value != "missing_row"]


ALL = {
    "training.managers_and_teachers.count": 30,
    "training.managers_and_teachers.people": 800,
    "news.count": 35,
    "publications.count": 1230,
    "awards.collectives.count": 2,
    "awards.individuals.people": 50,
}


def test_the_form_as_it_is() -> None:
    assert trusted(read([HEAD, *ROWS])) == ALL
    assert rules(read([HEAD, *ROWS])) == []


def test_columns_in_another_order_without_notes() -> None:
    head = ["STT", "Nội dung", "Số người tham gia", "Số lớp, cuộc", "ĐVT"]
    rows = [[r[0], r[1], r[4], r[3], r[2]] for r in ROWS]
    assert trusted(read([head, *rows])) == ALL


def test_an_annex_cut_in_two_tables() -> None:
    reading = read([HEAD, *ROWS[:2]], [HEAD, *ROWS[2:4]], [HEAD, *ROWS[4:]])
    assert trusted(reading) == ALL
    assert reading.tables == (0, 1, 2)


def test_a_list_beside_the_annex_is_no_second_annex() -> None:
    listed = [["TT", "Đối tượng", "Số lượng"], ["1", "Tập thể", "2"], ["2", "Cá nhân", "50"]]
    reading = read(listed, [HEAD, *ROWS])
    assert trusted(reading) == ALL
    assert reading.tables == (1,)


@pytest.mark.parametrize("other", ["Số lớp năm 2020", "Kế hoạch", "Số lớp cùng kỳ năm trước"])
def test_the_figures_of_another_year_or_of_a_plan_are_left(other: str) -> None:
    head = ["TT", "Nội dung", other, "Số lớp", "Số người"]
    reading = read([head, *([r[0], r[1], "99", r[3], r[4]] for r in ROWS)])
    assert trusted(reading) == ALL
    assert "unclaimed_column" in rules(reading)
    assert 99 not in flagged(reading).values()


def test_two_columns_for_one_measure_are_not_trusted() -> None:
    head = ["TT", "Nội dung", "Số lớp", "Số cuộc", "Số người"]
    rows = [[r[0], r[1], r[3], "7" if r[3] else "", r[4]] for r in ROWS]
    reading = read([head, *rows])
    assert "news.count" not in trusted(reading)
    assert "training.managers_and_teachers.count" not in trusted(reading)
    assert "unclaimed_column" in rules(reading)


def test_columns_of_communes_are_said_and_nothing_is_taken() -> None:
    head = ["TT", "Nội dung", "Xã Tân Việt", "Xã Lý Thường Kiệt", "Cộng"]
    reading = read([head, *([r[0], r[1], r[3], r[4], r[3]] for r in ROWS)])
    assert not reading.observations
    assert rules(reading).count("unclaimed_column") == 3


def test_a_total_that_its_columns_add_up_to_is_the_count() -> None:
    head = ["TT", "Nội dung", "Mầm non", "Tiểu học", "Tổng cộng", "Số người"]
    reading = read([
        head,
        ["1", "Tập huấn CBQL, GV", "2", "3", "5", "540"],
        ["2", "Số tin bài", "1", "5", "6", ""],
        ["3", "Băng rôn, khẩu hiệu", "10", "20", "31", ""],
    ])  # fmt: skip
    assert trusted(reading) == {
        "training.managers_and_teachers.count": 5,
        "training.managers_and_teachers.people": 540,
        "news.count": 6,
    }
    assert flagged(reading) == {"publications.count": 31}
    assert "unclaimed_column" not in rules(reading)


def test_a_strange_first_row_is_not_taken_for_a_head() -> None:
    reading = read([HEAD, ["1", "Hội nghị khuyến nông toàn huyện", "hội", "7", "70", ""], *ROWS])
    assert trusted(reading) == ALL
    assert rules(reading) == ["unclaimed_row"]


@pytest.mark.parametrize(
    "label",
    [
        "Số huyện chưa tổ chức Lễ khai mạc Tuần lễ",
        "Số xã tổ chức Lễ khai mạc Tuần lễ",
        "Số huyện dự kiến tổ chức Lễ khai mạc Tuần lễ",
        "Bồi dưỡng tập huấn cho học sinh, sinh viên",
        "Số huyện tổ chức Lễ khai mạc Tuần lễ (kế hoạch)",
    ],
)
def test_a_label_that_says_something_else_is_never_trusted(label: str) -> None:
    reading = read([HEAD, *ROWS, ["", label, "", "12", "500", ""]])
    assert trusted(reading) == ALL
    assert flagged(reading) or "unclaimed_row" in rules(reading)


def test_numbers_in_the_notes_are_said() -> None:
    reading = read([HEAD, *([*r[:3], "", "", r[3] or r[4]] for r in ROWS)])
    assert not reading.observations
    said = {f.value for f in reading.findings if f.rule.value == "misplaced_value"}
    assert said == {"30", "35", "1230", "02", "50"}
    missing = {
        f.measure for f in reading.findings if f.indicator == "training.managers_and_teachers"
    }
    assert missing == {"count", "people"}


def test_a_number_inside_the_label_is_looked_at() -> None:
    rows = [r if r[0] != "2" else ["2", "Số tin bài: 35 tin", "", "", "", ""] for r in ROWS]
    assert flagged(read([HEAD, *rows])) == {"news.count": 35}


def test_the_year_in_a_label_is_no_value() -> None:
    label = "Số tin bài về các hoạt động của Tuần lễ năm 2021"
    rows = [r if r[0] != "2" else ["2", label, "", "", "", ""] for r in ROWS]
    assert "news.count" not in trusted(read([HEAD, *rows])) | flagged(read([HEAD, *rows]))


@pytest.mark.parametrize("unit", ["Nghìn quyển", "Trăm ấn phẩm", "%"])
def test_a_unit_of_thousands_or_a_share_is_not_trusted(unit: str) -> None:
    rows = [r if r[0] != "3" else [*r[:2], unit, *r[3:]] for r in ROWS]
    assert flagged(read([HEAD, *rows])) == {"publications.count": 1230}


def test_a_cell_merged_over_both_measures_is_not_trusted() -> None:
    table = made(0, [HEAD, *ROWS])
    cells = tuple(
        Cell("30", 2, 3, c.anchor, column_span=2) if (c.row, c.column) == (2, 3) else c
        for c in table.cells
        if (c.row, c.column) != (2, 4)
    )
    merged = Table(0, table.rows, table.columns, cells, table.anchor)
    source = Source("x.docx", "0" * 64, "x", 1)
    reading = claim(Document(source, Reading.TEXT, (merged,)), form("llw-2021"))
    assert flagged(reading) == {"training.managers_and_teachers.count": 30}


def test_rows_the_unit_left_out_are_named() -> None:
    reading = read([HEAD, *ROWS])
    (missing,) = [f for f in reading.findings if f.rule.value == "missing_row"]
    assert missing.severity.value == "info"
    assert "Số huyện tổ chức Lễ khai mạc" in missing.message


@pytest.mark.parametrize(
    "rows",
    [
        [["STT", "Họ và tên", "Chức vụ"], ["1", "Nguyễn Văn An", "Hiệu trưởng"]],
        [["Thời gian", "Nội dung"], ["8h00", "Khai mạc"], ["8h30", "Phát động"]],
        [["UBND HUYỆN VĂN LÂM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]],
    ],
)
def test_other_tables_are_left_alone(rows: list[list[str]]) -> None:
    reading = read(rows)
    assert reading.tables == ()
    assert not reading.findings


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Số lượng sách huy động tặng thư viện, trường học", "book_drive.books.count"),
        ("b) Bồi dưỡng cho CBQL và GV các trường (trực tuyến)", None),
        ("- Phổ biến kiến thức pháp luật, KHKT cho NLĐ", "training.law_and_science.count"),
        ("6.1. Số huyện tổ chức khai mạc", "opening.districts.count"),
        ("Số cơ sở giáo đục tồ chúc Lễ khaì mạc Tuần lê", "opening.institutions.count"),
        ("Số cơ sở giáo dụe tổ chức Lễ kha mạc Tuần lễ", "opening.institutions.count"),
    ],
)
def test_other_wordings_of_a_row(label: str, code: str | None) -> None:
    rows = [HEAD, ROWS[2], ROWS[3], *ROWS[4:], ["", label, "", "12", "", ""]]
    reading = read(rows)
    assert trusted(reading)[code or "training.managers_and_teachers.count"] == 12


@pytest.mark.parametrize(
    "label", ["Số thư viện được tặng sách", "Tập huấn cho học viên TTHTCĐ", "Số tập thể tặng sách"]
)
def test_a_row_that_counts_something_near_is_looked_at(label: str) -> None:
    reading = read([HEAD, *ROWS, ["", label, "", "12", "", ""]])
    assert trusted(reading) == ALL
    assert flagged(reading) or "unclaimed_row" in rules(reading)


def test_a_schools_opening_counts_schools() -> None:
    rows = [HEAD, *ROWS[2:], ["6", "Lễ khai mạc", "", "01", "520", ""]]
    opening = {"opening.institutions.count": 1, "opening.institutions.people": 520}
    reading = read(rows, level=IssuerLevel.INSTITUTION)
    assert opening.items() <= trusted(reading).items()
    rows[-1] = ["6", "Lễ khai mạc", "", "07", "520", ""]
    assert set(flagged(read(rows, level=IssuerLevel.INSTITUTION))) == set(opening)
    assert "unclaimed_row" in rules(read(rows))


def test_a_heads_figure_beside_its_rows_is_said_and_not_taken() -> None:
    rows = [
        HEAD,
        *ROWS,
        ["6", "Lễ khai mạc", "", "58", "520", ""],
        ["", "Cấp huyện", "", "1", "90", ""],
    ]
    reading = read(rows, level=IssuerLevel.DISTRICT)
    assert 58 not in [o.value for o in reading.observations]
    assert "unclaimed_row" in rules(reading)


def test_one_column_of_figures_under_a_strange_head_is_looked_at() -> None:
    rows = [[r[0], r[1], r[3]] for r in ROWS[:4]]
    reading = read([["TT", "Nội dung", "Ghi nhận"], *rows])
    assert trusted(reading) == {}
    assert flagged(reading)["news.count"] == 35


def test_the_year_of_the_form_is_told_from_the_year_before() -> None:
    rows = [[r[0], r[1], "99", r[3]] for r in ROWS[1:4]]
    reading = read([["TT", "Nội dung", "Năm 2020", "Năm 2021"], *rows])
    assert trusted(reading) == {"news.count": 35, "publications.count": 1230}
    assert flagged(reading) == {"training.managers_and_teachers.count": 30}
    assert "unclaimed_column" in rules(reading)


@pytest.mark.parametrize("head", ["Kinh phí (đồng)", "Tỷ lệ", "Kế hoạch"])
def test_money_shares_and_plans_are_never_counts(head: str) -> None:
    reading = read([["TT", "Nội dung", head], *([r[0], r[1], r[3]] for r in ROWS[1:4])])
    assert not reading.observations
    assert "unclaimed_column" in rules(reading)
