"""The annex by meaning: renamed, reordered, missing, unclear rows; numbers in odd places."""

from __future__ import annotations

import pytest

from parsers.claims import AnnexReading, claim
from schemas.catalog import form
from schemas.document import Anchor, Cell, Document, Doubt, Reading, Source, Table

HEAD = ["TT", "Các hoạt động", "Đơn vị", "Số lớp/số cuộc thi", "Người", "Ghi chú"]
ROWS = [
    ["1", "Các lớp bồi dưỡng, tập huấn tổ chức trong Tuần lễ", "Lớp", "", "", ""],
    [
        "",
        "Phổ biến kiến thức khoa học, kiến thức pháp luật cho người lao động",
        "Lớp/người",
        "2",
        "90",
        "",
    ],
    ["", "Bồi dưỡng tập huấn cho CBQL, giáo viên", "Lớp/người", "03", "1.800", ""],
    ["2", "Số tin bài về các hoạt động của Tuần lễ", "Tin bài", "35", "", ""],
    ["4", "Phát động phong trào và tổ chức quyên góp sách", "", "", "", ""],
    ["", "Số tập thể/ cá nhân tặng sách", "Tập thể/ cá nhân", "3", "", ""],
    ["8", "Khen thưởng", "", "", "", ""],
    ["", "Tập thể", "Đơn vị", "", "02", ""],
    ["", "Cá nhân", "Người", "", "50", ""],
]


def read(
    rows: list[list[str]],
    head: list[str] | None = None,
    doubts: dict[tuple[int, int], str] | None = None,
) -> AnnexReading:
    grid = [head or HEAD, *rows]
    cells = tuple(
        Cell(
            text,
            r,
            c,
            Anchor(table=0, row=r, column=c),
            doubts=(Doubt(doubts[r, c]),) if doubts and (r, c) in doubts else (),
        )
        for r, row in enumerate(grid)
        for c, text in enumerate(row)
    )
    table = Table(0, len(grid), len(grid[0]), cells, Anchor(table=0))
    return claim(
        Document(Source("x.docx", "0" * 64, "x", 1), Reading.TEXT, (table,)), form("llw-2021")
    )


def values(reading: AnnexReading) -> dict[str, int]:
    return {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}


def rules(reading: AnnexReading) -> list[str]:
    """What was noticed, but for the rows of the form that these short tables leave out."""
    return [f.rule.value for f in reading.findings if f.rule.value != "missing_row"]


EXPECTED = {
    "training.law_and_science.count": 2,
    "training.law_and_science.people": 90,
    "training.managers_and_teachers.count": 3,
    "training.managers_and_teachers.people": 1800,
    "news.count": 35,
    "book_drive.donors.count": 3,
    "awards.collectives.count": 2,
    "awards.individuals.people": 50,
}


def test_every_value_of_the_form_is_read() -> None:
    reading = read(ROWS)
    assert values(reading) == EXPECTED
    assert not rules(reading)
    assert not any(o.needs_review for o in reading.observations)


def test_rows_in_another_order() -> None:
    assert values(read(ROWS[6:] + ROWS[4:6] + ROWS[:4])) == EXPECTED


@pytest.mark.parametrize(
    "head",
    [
        ["STT", "Nội dung", "ĐVT", "Số lượng", "Số người tham gia", "Ghi chú"],
        ["TT", "Nội dung hoạt động", "Đơn vị tính", "Số lớp/cuộc", "Lượt người", "Ghi chú"],
    ],
)
def test_other_column_heads(head: list[str]) -> None:
    assert values(read(ROWS, head)) == EXPECTED


def test_columns_in_another_order() -> None:
    swapped = [[r[0], r[1], r[2], r[4], r[3], r[5]] for r in [HEAD, *ROWS]]
    assert values(read(swapped[1:], swapped[0])) == EXPECTED


def test_no_unit_column() -> None:
    cut = [[r[0], r[1], r[3], r[4], r[5]] for r in [HEAD, *ROWS]]
    assert values(read(cut[1:], cut[0])) == EXPECTED


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Tập huấn cho cán bộ quản lý và giáo viên", "training.managers_and_teachers.count"),
        ("BỒI DƯỠNG TẬP HUẤN CHO CBQL, GIÁO VIÊN", "training.managers_and_teachers.count"),
        ("Boi duong tap huan cho CBQL, giao vien", "training.managers_and_teachers.count"),
        (
            "1.2. Bồi dưỡng tập huấn cho CBQL, giáo viên (trực tuyến)",
            "training.managers_and_teachers.count",
        ),
        (
            "Bồi dưỡng tập huấn cho cán bộ quản lý, báo cáo viên trung tâm học tập cộng đồng",
            "training.community_centre_staff.count",
        ),
    ],
)
def test_renamed_rows(label: str, key: str) -> None:
    rows = [list(r) for r in ROWS]
    rows[2] = ["", label, "Lớp/người", "7", "80", ""]
    assert values(read(rows))[key] == 7


def test_a_row_of_another_form_is_not_guessed() -> None:
    reading = read(
        [*ROWS, ["9", "Số hộ gia đình đạt danh hiệu gia đình học tập", "Hộ", "1234", "", ""]]
    )
    assert values(reading) == EXPECTED
    assert rules(reading) == ["unclaimed_row"]
    assert "1234" in reading.findings[0].message


def test_a_total_row_is_ignored_by_name() -> None:
    reading = read([*ROWS, ["", "Tổng cộng", "", "45", "1940", ""]])
    assert values(reading) == EXPECTED
    assert not rules(reading)


def test_two_rows_for_one_indicator_are_flagged() -> None:
    reading = read(
        [*ROWS, ["9", "Số tin bài về các hoạt động của Tuần lễ", "Tin bài", "36", "", ""]]
    )
    assert "duplicate_row" in rules(reading)
    assert next(o for o in reading.observations if o.indicator == "news").needs_review


@pytest.mark.parametrize("raw", ["1,8", "3S", "12/15/9", "nhiều"])
def test_an_unclear_cell_gives_a_finding_and_no_value(raw: str) -> None:
    rows = [list(r) for r in ROWS]
    rows[3][3] = raw
    reading = read(rows)
    assert "news.count" not in values(reading)
    assert rules(reading) == ["unreadable_cell"]
    assert reading.findings[0].value == raw


@pytest.mark.parametrize(
    ("raw", "expected"), [("0", 0), ("00", 0), ("-", None), ("–", None), ("", None)]
)
def test_zero_is_a_value_and_a_dash_is_none(raw: str, expected: int | None) -> None:
    rows = [list(r) for r in ROWS]
    rows[3][3] = raw
    assert values(read(rows)).get("news.count") == expected


def test_two_numbers_in_one_cell() -> None:
    rows = [list(r) for r in ROWS]
    rows[1][3], rows[1][4] = "2 lớp/90 người", ""
    assert values(read(rows)) == EXPECTED


def test_numbers_in_both_columns_of_a_single_measure_are_flagged() -> None:
    rows = [list(r) for r in ROWS]
    rows[3][4] = "40"
    reading = read(rows)
    assert "misplaced_value" in rules(reading)
    assert next(o for o in reading.observations if o.indicator == "news").needs_review


def test_a_doubtful_reading_is_flagged() -> None:
    reading = read(ROWS, doubts={(4, 3): "under_seal"})
    assert next(o for o in reading.observations if o.indicator == "news").needs_review


def test_a_column_of_numbers_without_a_head_is_said() -> None:
    wide = [
        [*r, x]
        for r, x in zip(
            [HEAD, *ROWS],
            ["Ghi thêm", "", "40", "900", "12", "", "1", "", "1", "20"],
            strict=True,
        )
    ]
    assert "unclaimed_column" in rules(read(wide[1:], wide[0]))


def test_a_table_of_something_else_is_left_alone() -> None:
    rows = [["1", "Nguyễn Văn A", "Xã", "12", "1", ""], ["2", "Trần Thị B", "Xã", "13", "2", ""]]
    assert read(rows).tables == ()
