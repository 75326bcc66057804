"""Whatever a page break cuts is whole again: tables at any row, paragraphs in mid-sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from parsers.readers.page_content import PageContent, assemble, table_of
from schemas.document import Anchor, Cell, Page, Paragraph, Source, Table, TableKind

SOURCE = Source("a.pdf", "0" * 64, "application/pdf", 1)
EDGES = (60.0, 100.0, 300.0, 380.0, 450.0)
HEADER = ["TT", "Nội dung", "Đơn vị", "Số lượng"]


def grid_table(rows: list[list[str]], page: int = 1) -> Table:
    cells = [
        Cell(
            text,
            r,
            c,
            Anchor(page=page, row=r, column=c),
            frame=(EDGES[c], 50 + 20 * r, EDGES[c + 1], 70 + 20 * r),
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return table_of(TableKind.RULED, page, cells, len(rows), 4)


def content(
    number: int, *blocks: Paragraph | Table, starts: bool = False, ends: bool = False
) -> PageContent:
    return PageContent(Page(number, 595, 842), blocks, (), starts, ends)


def texts(table: Table) -> list[list[str]]:
    return [["" if c is None else c.text for c in row] for row in table.grid()]


words = st.text("abcdeghiklmnopqrstuvxyđêôơư ", min_size=1, max_size=20).map(str.strip).filter(bool)
data_rows = st.lists(st.tuples(words, words, st.integers(0, 99_999)), min_size=3, max_size=12)


@given(data_rows, st.data(), st.booleans())
def test_a_table_cut_at_any_rows_is_joined_to_itself(
    rows: list[tuple[str, str, int]], data: st.DataObject, repeat: bool
) -> None:
    body = [[str(i + 1), label, unit, str(n)] for i, (label, unit, n) in enumerate(rows)]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(body) - 1), min_size=1, max_size=3)))
    parts = [body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)], strict=True)]
    pages = [
        content(n + 1, grid_table([HEADER, *part] if repeat or n == 0 else part, n + 1))
        for n, part in enumerate(parts)
    ]
    (table,) = assemble(pages, SOURCE).tables()
    assert texts(table) == [HEADER, *body]
    assert [c.anchor.row for c in table.cells] == [c.row for c in table.cells]


@given(st.integers(1, 3))
def test_a_row_cut_by_the_page_is_one_row_and_says_so(cut: int) -> None:
    label = ["Bồi dưỡng", "tập huấn", "cho cán bộ", "quản lý"]
    upper = [HEADER, ["1", "Phổ biến", "lớp", "3"], ["2", " ".join(label[:cut]), "lớp", "10"]]
    lower = [["", " ".join(label[cut:]), "", ""], ["3", "Số tin bài", "tin", "35"]]
    (table,) = assemble(
        [content(1, grid_table(upper)), content(2, grid_table(lower, 2))], SOURCE
    ).tables()
    assert texts(table)[2] == ["2", " ".join(label), "lớp", "10"]
    assert table.joined_rows == (2,)
    assert table.rows == 4


def test_the_pieces_of_a_cut_cell_are_all_located() -> None:
    upper = [HEADER, ["1", "Phổ biến", "lớp", "3"]]
    table = grid_table(upper)
    (joined,) = assemble(
        [content(1, table), content(2, grid_table([["2", "Tin bài", "tin", "35"]], 2))], SOURCE
    ).tables()
    assert [c.anchor.page for c in joined.cells if c.text in {"3", "35"}] == [1, 2]


def test_a_caption_between_keeps_two_tables_apart() -> None:
    caption = Paragraph("Biểu 2", Anchor(page=2))
    rows = [HEADER, ["1", "Phổ biến", "lớp", "3"]]
    made = assemble(
        [content(1, grid_table(rows)), content(2, caption, grid_table(rows, 2))], SOURCE
    )
    assert [t.index for t in made.tables()] == [0, 1]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        (
            "theo Kế hoạch của UBND tỉnh",
            "Hưng Yên; tuân thủ",
            "theo Kế hoạch của UBND tỉnh Hưng Yên; tuân thủ",
        ),
        ("các trung tâm GDNN-", "GDTX phối hợp", "các trung tâm GDNN-GDTX phối hợp"),
    ],
)
def test_a_sentence_cut_by_the_page_is_one_paragraph(above: str, below: str, whole: str) -> None:
    first = Paragraph(above, Anchor(page=1))
    second = Paragraph(below, Anchor(page=2))
    made = assemble([content(1, first, ends=True), content(2, second, starts=True)], SOURCE)
    assert [p.text for p in made.paragraphs()] == [whole]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("hoạt động bị hạn chế do dịch bệnh.", "2. Khó khăn, tồn tại"),
        ("hoạt động bị hạn chế do dịch bệnh;", "- Tổ chức các diễn đàn"),
        ("hoạt động bị hạn chế do dịch bệnh.", "Một số địa phương"),
    ],
)
def test_a_heading_or_item_on_top_of_a_page_stands_alone(above: str, below: str) -> None:
    pages = [
        content(1, Paragraph(above, Anchor(page=1)), ends=True),
        content(2, Paragraph(below, Anchor(page=2)), starts=True),
    ]
    assert [p.text for p in assemble(pages, SOURCE).paragraphs()] == [above, below]


@pytest.mark.parametrize("repeat", [False, True])
def test_a_label_cut_by_the_page_keeps_its_figures_whether_the_header_repeats(repeat: bool) -> None:
    upper = [HEADER, ["1", "Phổ biến", "lớp", "3"], ["", "Bồi dưỡng cho cán bộ", "lớp/", "10"]]
    lower = [["", "quản lý nội dung số 7", "người", ""], ["2", "Số tin bài", "tin", "35"]]
    below = [HEADER, *lower] if repeat else lower
    pages = [content(1, grid_table(upper)), content(2, grid_table(below, 2))]
    (table,) = assemble(pages, SOURCE).tables()
    assert texts(table)[2:] == [
        ["", "Bồi dưỡng cho cán bộ quản lý nội dung số 7", "lớp/ người", "10"],
        ["2", "Số tin bài", "tin", "35"],
    ]
    assert table.joined_rows == (2,)


def test_a_row_of_its_own_on_top_of_a_page_is_not_glued() -> None:
    upper = [HEADER, ["1", "Phổ biến", "lớp", "3"], ["", "Các cuộc thi khác", "cuộc", ""]]
    lower = [HEADER, ["", "Sinh hoạt chuyên đề", "cuộc", ""], ["", "Hội thảo", "cuộc", "4"]]
    pages = [content(1, grid_table(upper)), content(2, grid_table(lower, 2))]
    (table,) = assemble(pages, SOURCE).tables()
    assert texts(table) == upper + lower[1:]
    assert table.joined_rows == ()


def test_a_label_cut_before_capitals_goes_on_where_its_last_word_leaves_it_open() -> None:
    upper = [HEADER, ["1", "Phổ biến", "lớp", "3"], ["", "Phổ biến pháp luật cho", "lớp", "10"]]
    lower = [HEADER, ["", "NLĐ", "", ""], ["2", "Số tin bài", "tin", "35"]]
    pages = [content(1, grid_table(upper)), content(2, grid_table(lower, 2))]
    (table,) = assemble(pages, SOURCE).tables()
    assert texts(table)[2:] == [
        ["", "Phổ biến pháp luật cho NLĐ", "lớp", "10"],
        ["2", "Số tin bài", "tin", "35"],
    ]
