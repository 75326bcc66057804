"""Tables without rules: columns by white gutters, over pages, up to the text that follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn_pdf import Drawing, spaced, write_pdf

from parsers.read import read
from schemas.document import Table, TableKind

STARTS = [60.0, 95.0, 330.0, 400.0, 470.0]
HEAD = ["TT", "Nội dung hoạt động", "Đơn vị", "Số lượng", "Người"]
ROWS = [
    ["1", "Phổ biến kiến thức khoa học", "Lớp", "10", "900"],
    ["", "Bồi dưỡng cho giáo viên", "Lớp", "30", "800"],
    ["2", "Số tin bài của Tuần lễ", "Tin bài", "35", ""],
    ["3", "Ấn phẩm thông tin", "Quyển", "1230", ""],
]


def texts(table: Table) -> list[list[str]]:
    return [["" if c is None else c.text for c in row] for row in table.grid()]


def test_columns_are_found_by_their_gutters(tmp_path: Path) -> None:
    (table,) = read(write_pdf(tmp_path / "a.pdf", [spaced([HEAD, *ROWS], STARTS, 120)])).tables()
    assert table.kind is TableKind.BORDERLESS
    assert texts(table) == [HEAD, *ROWS]


def test_text_after_the_table_is_not_a_row(tmp_path: Path) -> None:
    page = spaced([HEAD, *ROWS], STARTS, 120)
    page.words.append(
        (88.0, 300.0, "Trên đây là kết quả tổ chức Tuần lễ của huyện, trân trọng báo cáo.")
    )
    document = read(write_pdf(tmp_path / "b.pdf", [page]))
    (table,) = document.tables()
    assert texts(table) == [HEAD, *ROWS]
    assert any(p.text.startswith("Trên đây") for p in document.paragraphs())


def test_rows_on_the_next_page_belong_to_the_table(tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "c.pdf", [spaced([HEAD, *ROWS[:2]], STARTS, 600), spaced(ROWS[2:], STARTS, 70)]
    )
    (table,) = read(path).tables()
    assert texts(table) == [HEAD, *ROWS]
    assert [c.anchor.page for c in table.cells if c.text in {"10", "35"}] == [1, 2]


def test_a_heading_over_two_columns_spans_them(tmp_path: Path) -> None:
    page = Drawing()
    page.words = [
        (60, 128, "TT"),
        (95, 128, "Nội dung hoạt động"),
        (330, 128, "Đơn vị"),
        (415, 120, "Số lượng"),
        (400, 138, "Số lớp"),
        (470, 138, "Người"),
    ]
    page.words += spaced(ROWS, STARTS, 165).words
    (table,) = read(write_pdf(tmp_path / "d.pdf", [page])).tables()
    spanning = next(c for c in table.cells if c.text == "Số lượng")
    assert (spanning.row, spanning.column, spanning.column_span) == (0, 3, 2)
    assert texts(table)[1][3:] == ["Số lớp", "Người"]
    assert texts(table)[2:] == ROWS


def test_prose_is_no_table(tmp_path: Path) -> None:
    page = Drawing(
        words=[
            (85, 100 + 20 * n, "Các cơ sở giáo dục đã tổ chức 30 lớp với 800 người tham gia.")
            for n in range(9)
        ]
    )
    document = read(write_pdf(tmp_path / "e.pdf", [page]))
    assert not list(document.tables())


def test_uneven_white_never_gives_a_row_its_neighbours_number(tmp_path: Path) -> None:
    rows = [["1", "Các lớp tổ chức trong Tuần lễ", "Lớp", "", ""], *ROWS[1:]]
    page = spaced([HEAD], STARTS, 120)
    for at, row in zip((140, 155, 185, 200), rows, strict=True):
        page.words += spaced([row], STARTS, at).words
    (table,) = read(write_pdf(tmp_path / "f.pdf", [page])).tables()
    assert texts(table) == [HEAD, *rows]


def test_wrapped_labels_and_centred_numbers_stay_one_row(tmp_path: Path) -> None:
    page = spaced([HEAD], STARTS, 120)
    for top, ordinal in ((150, "1"), (200, "2")):
        page.words += [
            (95, top, "Phổ biến kiến thức khoa học"),
            (95, top + 14, "cho người lao động"),
        ]
        page.words += [(60, top, ordinal), (330, top, "Lớp"), (400, top, "10"), (470, top, "900")]
    (table,) = read(write_pdf(tmp_path / "g.pdf", [page])).tables()
    label = "Phổ biến kiến thức khoa học cho người lao động"
    assert texts(table)[1:] == [["1", label, "Lớp", "10", "900"], ["2", label, "Lớp", "10", "900"]]


def test_a_head_said_again_overleaf_takes_no_row_of_a_group_begun_before(tmp_path: Path) -> None:
    parts = [
        ["", "+ Số huyện tổ chức khai mạc", "huyện", "01", "200"],
        ["", "+ Số trường tổ chức khai mạc", "Trường", "26", "832"],
        ["5", "Hội thảo chuyên đề", "Cuộc", "04", "776"],
    ]
    pages = [spaced([HEAD, *ROWS], STARTS, 600), spaced([HEAD, *parts], STARTS, 70)]
    (table,) = read(write_pdf(tmp_path / "h.pdf", pages)).tables()
    assert texts(table) == [HEAD, *ROWS, *parts]


def test_the_rest_of_a_label_below_a_head_said_again_is_no_part_of_the_head(tmp_path: Path) -> None:
    rest = [["", "xây dựng xã hội học tập", "", "", ""], ["5", "Hội thảo", "Cuộc", "04", "776"]]
    last = ["4", "Các buổi tọa đàm về", "Cuộc", "13", "260"]
    pages = [spaced([HEAD, *ROWS, last], STARTS, 600), spaced([HEAD, *rest], STARTS, 70)]
    (table,) = read(write_pdf(tmp_path / "i.pdf", pages)).tables()
    whole = [last[0], "Các buổi tọa đàm về xây dựng xã hội học tập", *last[2:]]
    assert texts(table) == [HEAD, *ROWS, whole, rest[1]]


@pytest.mark.parametrize("first", ["(1)", "(l)", "q)"])
def test_numbers_of_columns_are_no_headings(first: str, tmp_path: Path) -> None:
    page = spaced([HEAD, [first, "(2)", "(3)", "(4)", "(5)"]], STARTS, 120)
    page.words += spaced(ROWS, STARTS, 165).words
    (table,) = read(write_pdf(tmp_path / "j.pdf", [page])).tables()
    assert texts(table) == [HEAD, *ROWS]
