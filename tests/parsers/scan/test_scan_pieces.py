"""The pieces whose failure would be silent."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.readers import grid, ocr, ocr_number, scan_clean, scan_layer, scan_source
from parsers.readers.lines import Word
from schemas.errors import DamagedFile, MissingProgram
from tests.parsers.scan.conftest import DPI, EDGES, PITCH, TOP


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


def test_a_page_without_a_table_has_none(drawn_page: Any) -> None:
    page = _gray(drawn_page)
    page[TOP - 10 : TOP + 7 * PITCH] = 255
    assert grid.find_grids(DPI, grid.find_rules(page, DPI)) == []


def test_a_layer_with_another_figure_is_found_out(drawn_page: Any) -> None:
    bitmap = scan_source.Bitmap(drawn_page, scan_source.scaling(0.36, 0.36), 595.4, 842.0)
    top = TOP + 4 * PITCH
    box = tuple(v * 0.36 for v in (EDGES[4] + 10, top + 14, EDGES[4] + 140, top + 56))
    assert scan_layer.layer_agrees(bitmap, [Word("165000", box)]) == 1.0
    assert scan_layer.layer_agrees(bitmap, [Word("16500", box)]) == 0.0
    nowhere = (10.0, 10.0, 60.0, 22.0)
    assert scan_layer.layer_agrees(bitmap, [Word("165000", nowhere)]) == 0.0


def test_a_broken_picture_is_refused_by_name(tmp_path: Any) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    with pytest.raises(DamagedFile):
        list(scan_source.file_bitmaps(path))
