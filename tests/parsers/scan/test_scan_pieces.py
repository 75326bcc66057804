"""The pieces whose failure would be silent."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, strategies as st
from PIL import Image, ImageDraw, ImageFont

from parsers.readers import (
    grid,
    grid_read,
    ocr,
    ocr_number,
    scan,
    scan_clean,
    scan_layer,
    scan_source,
    scan_text,
)
from parsers.readers.lines import Word
from parsers.readers.page_content import PageContent
from schemas.document import Anchor, Cell, Page, Paragraph, Reading, Span, Table
from schemas.errors import DamagedFile, MissingProgram
from tests.parsers.scan.conftest import DPI, EDGES, FONT, PITCH, TOP


def test_a_missing_language_names_the_package() -> None:
    with pytest.raises(MissingProgram, match="tesseract-ocr-lao"):
        ocr.data_path("lao")


@given(quarters=st.integers(0, 7), x=st.floats(0, 300), y=st.floats(0, 200))
def test_turning_a_page_keeps_every_point_in_its_place(quarters: int, x: float, y: float) -> None:
    picture = np.zeros((200, 300), np.uint8)
    bitmap = scan_source.Bitmap(picture, np.eye(3), 300, 200)
    turned = scan_clean.turned(bitmap, quarters)
    back = np.linalg.inv(turned.to_page)
    ((px, py),) = scan_source.project(back, np.array([[x, y]]))
    rows, columns = turned.picture.shape
    assert -0.01 <= px <= columns + 0.01
    assert -0.01 <= py <= rows + 0.01


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.800", 1800),
        ("165000", 165000),
        ("02", 2),
        ("7.112.", 7112),
        ("1,8", None),
        ("1O", None),
        ("", None),
    ],
)
def test_only_whole_counts_are_integers(text: str, value: int | None) -> None:
    assert ocr_number.integer(text) == value


@given(st.text(max_size=20))
def test_no_text_upsets_the_integer_reader(text: str) -> None:
    value = ocr_number.integer(text)
    assert value is None or value >= 0


def test_of_two_readings_the_one_read_with_ease_is_shown() -> None:
    assert ocr_number._elected([441, 44, 44], [0.71, 0.0, 0.0], 441) == 441
    assert ocr_number._elected([441, 44, 44], [0.71, 0.6, 0.5], None) == 44


def test_a_digit_that_was_dropped_shows_in_the_strokes() -> None:
    crop = np.full((60, 200), 255, np.uint8)
    cv2.putText(crop, "3760", (10, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    assert ocr_number.strokes_fit(crop, "3760")
    assert not ocr_number.strokes_fit(crop, "37")
    assert not ocr_number.strokes_fit(crop, "376000000")


def _gray(page: Any) -> Any:
    return cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)


def test_gaps_in_a_rule_do_not_join_cells(drawn_page: Any) -> None:
    page = _gray(drawn_page)
    y, x = TOP + 2 * PITCH, EDGES[3]
    page[y - 3 : y + 4, 1100:1118] = 255
    page[y + 20 : y + 34, x - 3 : x + 4] = 255
    found = grid.find_grids(DPI, grid.find_rules(page, DPI))
    assert [(one.rows, one.columns, len(one.slots)) for one in found] == [(6, 5, 30)]
    assert not found[0].broken


def test_a_rule_that_is_half_gone_still_separates(drawn_page: Any) -> None:
    page = _gray(drawn_page)
    y = TOP + 3 * PITCH
    page[y - 3 : y + 4, EDGES[3] + 10 : EDGES[3] + 90] = 255
    (found,) = grid.find_grids(DPI, grid.find_rules(page, DPI))
    spans = {(slot.row, slot.column): slot.row_span for slot in found.slots}
    assert spans[(2, 3)] == spans[(3, 3)] == 1


def test_columns_that_only_two_low_rows_show_are_parted() -> None:
    """A group's title over the whole width, and two rows below it: all that went overleaf."""
    page = np.full((600, 1240), 255, np.uint8)
    for y in (100, 134, 168, 202):
        cv2.line(page, (100, y), (1140, y), 0, 2)
    for x, top in ((100, 100), (300, 100), (600, 134), (900, 134), (1140, 100)):
        cv2.line(page, (x, top), (x, 202), 0, 2)
    (found,) = grid.find_grids(150, grid.find_rules(page, 150))
    assert (found.rows, found.columns) == (3, 4)


@pytest.mark.parametrize(("bottom", "rows"), [(150, [1]), (500, [])])
def test_the_last_row_of_a_table_stands_alone_overleaf(bottom: int, rows: list[int]) -> None:
    """A frame many lines high with upright rules is no row: rows stand in it without rules."""
    page = np.full((600, 1240), 255, np.uint8)
    cv2.rectangle(page, (100, 100), (1140, bottom), 0, 2)
    for x in (200, 600, 750, 900):
        cv2.line(page, (x, 100), (x, bottom), 0, 2)
    assert [one.rows for one in grid.find_grids(150, grid.find_rules(page, 150))] == rows


def test_the_flats_of_a_ring_are_no_rules() -> None:
    ring = np.full((400, 400), 255, np.uint8)
    cv2.circle(ring, (200, 200), 106, 0, 6)
    assert not grid.find_rules(ring, 150).down.any()


def test_a_page_without_a_table_has_none(drawn_page: Any) -> None:
    page = _gray(drawn_page)
    page[TOP - 10 : TOP + 7 * PITCH] = 255
    assert grid.find_grids(DPI, grid.find_rules(page, DPI)) == []


def _content(text: str, *, in_table: bool) -> PageContent:
    box, page = (100.0, 200.0, 140.0, 214.0), Page(1, 595.0, 842.0, Reading.OCR)
    anchor = Anchor(page=1, box=box)
    if in_table:
        cell = Cell(text, 0, 0, anchor, frame=(90.0, 190.0, 160.0, 220.0), readings=(text,))
        return PageContent(page, (Table(0, 1, 1, (cell,), anchor),))
    spans = (Span(0, len(text), 1, box, 0.95),)
    return PageContent(page, (Paragraph(text, anchor, spans=spans),))


def test_a_layer_that_says_another_figure_makes_it_doubtful() -> None:
    layer = [Word("16500", (101.0, 201.0, 139.0, 213.0))]
    table = scan_layer.contradicted(_content("165000", in_table=True), layer).blocks[0]
    assert isinstance(table, Table)
    assert [d.code for d in table.cells[0].doubts] == ["layer_contradicts_image"]
    assert table.cells[0].text == "165000"
    said = scan_layer.contradicted(_content("165000", in_table=False), layer).blocks[0]
    assert isinstance(said, Paragraph)
    assert said.spans[0].confidence < 0.5
    empty = scan_layer.contradicted(_content("", in_table=True), layer).blocks[0]
    assert isinstance(empty, Table)
    assert empty.cells[0].doubts


def test_a_layer_that_agrees_or_lacks_the_figure_changes_nothing() -> None:
    for layer in ([Word("165.000", (101.0, 201.0, 139.0, 213.0))], [Word("học", (0, 0, 9, 9))]):
        for in_table in (True, False):
            content = _content("165000", in_table=in_table)
            assert scan_layer.contradicted(content, layer) == content


def test_a_broken_picture_is_refused_by_name(tmp_path: Any) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    with pytest.raises(DamagedFile):
        list(scan_source.file_bitmaps(path))


def test_marks_of_the_next_lines_capitals_are_no_letters(drawn_page: Any) -> None:
    small = ocr.Word("TA", 660, 218, 684, 224, 0.8, 2)
    letters = ocr.Word("TA", 660, 218, 684, 241, 0.8, 2)
    stroke = ocr.Word("-", 660, 218, 670, 221, 0.9, 2)
    seen = [scan_text.is_noise(word, DPI) for word in (small, letters, stroke)]
    assert seen == [True, False, False]


def test_a_faded_sheet_with_one_line_is_read() -> None:
    page = np.full((1200, 1654), 255, np.uint8)
    pen = ImageFont.truetype(FONT, 36)
    image = Image.fromarray(page)
    ImageDraw.Draw(image).text((1000, 300), "Phạm Quang Huy", fill=140, font=pen)
    bitmap = scan_source.Bitmap(np.array(image), scan_source.scaling(0.36, 0.36), 595, 432)
    content = scan.read_bitmap(bitmap, 2)
    assert [b.text for b in content.blocks if isinstance(b, Paragraph)] == ["Phạm Quang Huy"]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["Số lớp, số cuộc", "ọ", "1080", "ó"], True),
        (["-", "ọ", "1080", "-"], True),
        (["12", "Chưa tổ chức", "Có", "Đã xong"], False),
        (["Cuộc", "lớp/ người", "ó"], False),
        (["Cuộc", "4", "Tin bài", "5", "Quyển", "6"], True),
    ],
)
def test_a_column_of_few_rows_is_known_by_its_numbers(texts: list[str], numbers: bool) -> None:
    assert grid_read._are_numbers(texts) is numbers
