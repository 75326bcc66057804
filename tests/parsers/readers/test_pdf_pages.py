"""Digital PDF pages as a viewer shows them: turned, cropped, with few letters."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from drawn_pdf import ruled, write_pdf
from pypdfium2 import raw

from parsers.read import read
from schemas.document import Document, Table, TableKind

ROWS = [
    ["TT", "Nội dung hoạt động", "Đơn vị", "Số lượng", "Người"],
    ["1", "Phổ biến kiến thức khoa học cho người lao động", "Lớp", "10", "900"],
    ["2", "Bồi dưỡng cho cán bộ quản lý, giáo viên", "Lớp", "30", "800"],
    ["3", "Số tin bài về các hoạt động của Tuần lễ", "Tin bài", "35", ""],
]
EDGES = [60.0, 95.0, 330.0, 400.0, 460.0, 530.0]


def texts(table: Table) -> list[list[str]]:
    return [["" if c is None else c.text for c in row] for row in table.grid()]


def only_table(document: Document) -> Table:
    (table,) = document.tables()
    return table


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "plain.pdf", [ruled(ROWS, EDGES, 120)])


def test_ruled_table_is_read_cell_by_cell(plain: Path) -> None:
    table = only_table(read(plain))
    assert table.kind is TableKind.RULED
    assert texts(table) == ROWS


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_turned_upright_reads_as_the_plain_one(plain: Path, tmp_path: Path, turn: int) -> None:
    document = pdfium.PdfDocument(str(plain))
    page = document[0]
    width, height = page.get_size()
    matrix = {
        90: (0, 1, -1, 0, height, 0),
        180: (-1, 0, 0, -1, width, height),
        270: (0, -1, 1, 0, 0, width),
    }[turn]
    everything = raw.FS_RECTF(-5000, 5000, 5000, -5000)
    assert raw.FPDFPage_TransFormWithClip(page.raw, raw.FS_MATRIX(*matrix), everything)
    if turn != 180:
        page.set_mediabox(0, 0, height, width)
    page.set_rotation(turn)
    document.save(str(tmp_path / "turned.pdf"))
    straight, turned = read(plain), read(tmp_path / "turned.pdf")
    assert texts(only_table(turned)) == ROWS
    for one, other in zip(only_table(straight).cells, only_table(turned).cells, strict=True):
        assert other.anchor.box == pytest.approx(one.anchor.box, abs=1.0)


def test_cropped_page_keeps_words_in_their_cells(plain: Path, tmp_path: Path) -> None:
    document = pdfium.PdfDocument(str(plain))
    document[0].set_cropbox(25, 40, 560, 800)
    document.save(str(tmp_path / "cropped.pdf"))
    table = only_table(read(tmp_path / "cropped.pdf"))
    assert texts(table) == ROWS
    before = next(c for c in only_table(read(plain)).cells if c.text == "900").anchor.box
    after = next(c for c in table.cells if c.text == "900").anchor.box
    assert before is not None and after is not None
    assert after[0] == pytest.approx(before[0] - 25, abs=0.6)
    assert after[1] == pytest.approx(before[1] - (842 - 800), abs=0.6)


def test_last_rows_alone_on_a_page_belong_to_the_table(tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "tail.pdf", [ruled(ROWS[:3], EDGES, 600), ruled(ROWS[3:], EDGES, 60)]
    )
    assert texts(only_table(read(path))) == ROWS


def test_word_in_a_slot_without_its_own_frame_is_not_lost(tmp_path: Path) -> None:
    page = ruled(ROWS, EDGES, 120)
    page.words.append((540.0, 155.0, "ghi thêm"))
    document = read(write_pdf(tmp_path / "beside.pdf", [page]))
    assert texts(only_table(document)) == ROWS
    assert any("ghi thêm" in p.text for p in document.paragraphs())


def test_blank_page_is_counted(plain: Path, tmp_path: Path) -> None:
    document = pdfium.PdfDocument(str(plain))
    document.new_page(595, 842)
    document.save(str(tmp_path / "blank.pdf"))
    made = read(tmp_path / "blank.pdf")
    assert made.source.pages == 2
    assert [p.number for p in made.pages] == [1, 2]


def test_outer_columns_without_outer_rules_are_kept(tmp_path: Path) -> None:
    page = ruled(ROWS, EDGES, 120)
    page.rules = [r for r in page.rules if r[3] - r[1] < 5 or EDGES[0] < r[0] < EDGES[-1]]
    table = only_table(read(write_pdf(tmp_path / "open.pdf", [page])))
    assert texts(table) == ROWS


def test_two_tables_on_a_page_and_the_text_between(tmp_path: Path) -> None:
    page, second = ruled(ROWS, EDGES, 120), ruled(ROWS, EDGES, 400)
    page.words += [
        *second.words,
        (88.0, 300.0, "Bảng thứ hai như sau, kèm theo báo cáo của phòng:"),
    ]
    page.rules += second.rules
    document = read(write_pdf(tmp_path / "two.pdf", [page]))
    assert [t.index for t in document.tables()] == [0, 1]
    kinds = [isinstance(b, Table) for b in document.blocks]
    assert kinds == [True, False, True]
