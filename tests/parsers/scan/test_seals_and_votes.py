"""Seals over figures, and figures that only one reading ever gave: found, cleaned or doubted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from parsers.heads import role_of
from parsers.lost_rows import lost_rows
from parsers.readers import ocr_number, scan_clean
from parsers.readers.ocr import Word
from parsers.readers.scan_borderless import reread
from parsers.readers.scan_ring import office_under_ring
from parsers.readers.scan_seal import without_grey_seal, without_red
from schemas.catalog import form
from schemas.document import Anchor, Cell, Table, TableKind
from tests.parsers.scan.drawn_tables import FIRST, HEAD, Row, draw, read, texts
from tests.parsers.scan.test_tables_overleaf import written
from tools.make_scans import Spoiling

FORM = form("llw-2021")
NO_ORDINAL: list[Row] = [
    ((), ("Nội dung",), ("Đơn vị",), (), (), ()),
    ((), (), (), ("Số lớp",), ("Người",), ()),
]


def ruled_with_ring(thick: int, ink: int) -> Any:
    """A sheet at 200 dpi, ruled, over which a ring of ``ink`` lies."""
    sheet = np.full((1400, 1400), 252, np.uint8)
    for y in range(100, 1400, 72):
        cv2.line(sheet, (60, y), (1340, y), 0, 3)
    for x in (60, 500, 760, 1340):
        cv2.line(sheet, (x, 100), (x, 1396), 0, 3)
    ring = np.full_like(sheet, 255)
    cv2.circle(ring, (740, 700), 140, ink, thick)
    return np.minimum(sheet, ring)


@pytest.mark.parametrize("thick", [4, 8])
def test_a_grey_ring_is_known_for_a_seal_though_rules_cut_it(thick: int) -> None:
    sheet = ruled_with_ring(thick, 120)
    _, seal = without_grey_seal(sheet, 200.0, 1.0)
    assert seal is not None
    assert seal[560, 740] and seal[700, 600]
    assert without_grey_seal(ruled_with_ring(thick, 252), 200.0, 1.0)[1] is None


def test_letters_under_a_grey_seal_keep_their_thin_strokes_and_marks() -> None:
    page = written((640, 690, "Nguyễn Văn Dũng"), (640, 610, "PHÓ TRƯỞNG PHÒNG"))
    clear = cv2.GaussianBlur(page, (3, 3), 0)
    ring = np.full_like(page, 255)
    cv2.circle(ring, (700, 660), 140, 112, 7)
    for at, word in enumerate(("PHONG", "GIAO DUC")):
        cv2.putText(ring, word, (620, 650 + 30 * at), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 120, 2)
    gray, seal = without_grey_seal(np.minimum(clear, ring), 200.0, 1.0)
    assert seal is not None
    lost = (clear < 100) & (gray > 200)
    left = (ring < 200) & (clear > 250) & (gray < 200)
    assert lost.sum() < 0.03 * (clear < 100).sum()
    assert left.sum() < 0.03 * (ring < 200).sum()


def test_the_office_under_rings_as_black_as_its_letters_is_read_and_never_trusted() -> None:
    gray = written((150, 700, "Nơi nhận:"), (860, 720, "PHÓ GIÁM ĐỐC"))
    for radius in (142, 92):
        cv2.circle(gray, (960, 730), radius, 30, 3)
    page = scan_clean.CleanPage(_bitmap(gray), None, False, 1.0)
    foot = [Word("Nơi", 150, 705, 210, 735, 0.96, 0), Word("nhận:", 220, 705, 310, 735, 0.96, 0)]
    found = office_under_ring(page, foot)[2:]
    assert [w.text for w in found] == ["PHÓ", "GIÁM", "ĐỐC"]
    assert max(w.confidence for w in found) < 0.5
    assert office_under_ring(page, foot[1:]) == foot[1:], "no foot of a letter"


def test_the_thin_inner_ring_of_a_red_seal_goes_with_the_outer() -> None:
    page = np.full((900, 900, 3), 250, np.uint8)
    cv2.circle(page, (450, 450), 105, (90, 90, 210), 3)
    cv2.circle(page, (450, 450), 75, (205, 205, 222), 1)
    cv2.putText(page, "47", (430, 460), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2)
    gray, seal = without_red(page)
    assert seal is not None
    around = gray[450 - 90 : 450 + 90, 450 - 90 : 450 - 60]
    assert around.min() > 235
    assert gray[440:460, 425:470].min() < 60, "what stands inside is left"


def test_the_level_edge_of_a_sheet_does_not_say_how_its_lines_lie() -> None:
    words = [(300, y, "Số đơn vị, cá nhân tặng sách cho thư viện") for y in range(200, 1300, 300)]
    page = written(*words)
    turn = cv2.getRotationMatrix2D((827, 750), 1.4, 1.0)
    page = cv2.warpAffine(page, turn, page.shape[::-1], borderValue=255)
    page[:3] = 0
    assert scan_clean.skew(page, 200.0) == pytest.approx(-1.4, abs=0.2)


def cell(row: int, column: int, text: str, box: tuple[int, int, int, int]) -> Cell:
    points = tuple(v * 72 / 200 for v in box)
    frame = (points[0] - 4, points[1] - 4, points[2] + 4, points[3] + 4)
    return Cell(text, row, column, Anchor(page=1, box=points, row=row, column=column), frame=frame)


def table_of(rows: int, *cells: Cell) -> Table:
    return Table(0, rows, 3, cells, Anchor(page=1, table=0), TableKind.BORDERLESS)


def test_the_first_row_overleaf_is_voted_on_as_any_other() -> None:
    """A 7 that was seen as 1: no head stands above it, and its column holds words besides."""
    page = scan_clean.clean(_bitmap(written((700, 100, "7"), (200, 100, "Tập thể"))))
    first = cell(0, 2, "1", (695, 100, 725, 140))
    label = cell(0, 1, "Tập thể", (195, 100, 330, 140))
    table = table_of(1, label, first)
    again = next(c for c in reread(page, table).cells if c.column == 2)
    assert again.text == "7"
    assert again.readings == ("7", "1")


def test_a_word_that_all_digit_readings_know_for_a_number_is_shown_and_doubted() -> None:
    column = ((100, "11", "lãi"), (200, "12", "12"), (300, "lớp", "lớp"), (400, "26", "26"))
    page = scan_clean.clean(_bitmap(written(*((700, top, ink) for top, ink, _ in column))))
    cells = [
        cell(at, 2, seen, (695, top, 760, top + 45)) for at, (top, _, seen) in enumerate(column, 1)
    ]
    again = reread(page, table_of(5, *cells)).cells
    assert [c.text for c in again] == [ink for _, ink, _ in column]
    assert [bool(c.doubts) for c in again] == [True, False, False, False]


def test_a_figure_without_ink_is_doubted() -> None:
    page = scan_clean.clean(_bitmap(written((200, 100, "Tập thể"))))
    table = table_of(1, cell(0, 2, "5", (695, 100, 725, 140)))
    (again,) = reread(page, table).cells
    assert [d.code for d in again.doubts] == ["weak_ink"]


def test_a_number_that_a_columns_edge_crosses_is_read_whole() -> None:
    page = scan_clean.clean(_bitmap(written((700, 100, "10065"))))
    one = cell(1, 2, "10065", (698, 100, 795, 140))
    assert one.frame is not None
    left, top, _, bottom = one.frame
    narrow = replace(one, frame=(left, top, 725 * 72 / 200, bottom))
    table = table_of(2, narrow)
    (again,) = reread(page, table).cells
    assert (again.text, again.doubts) == ("10065", ())


def _bitmap(gray: Any) -> Any:
    from parsers.readers.scan_source import Bitmap, scaling

    rows, columns = gray.shape
    k = 72 / 200
    return Bitmap(gray, scaling(k, k), columns * k, rows * k)


def test_a_reading_that_the_ink_cannot_be_gives_way_to_one_it_can() -> None:
    crop = written((40, 20, "51"))[20:70, 30:90]
    assert ocr_number._fitting(crop, ["1", "1", "51"], 1) == "51"
    assert ocr_number._fitting(crop, ["51", "51", "1"], 51) is None


def test_a_head_of_two_letters_is_no_other_head_misread() -> None:
    assert role_of("SL", FORM) == ("measure", "count")
    assert role_of("STL", FORM) is None


def test_a_table_begins_under_a_head_whose_ordinal_was_not_read(tmp_path: Path) -> None:
    document = read([draw(NO_ORDINAL + FIRST)], Spoiling(seed=3), tmp_path)
    (table,) = document.tables()
    rows = texts(table)
    assert any("4.848" in row for row in rows)
    assert all(len(row) >= 4 for row in rows)


def test_figures_on_the_page_before_the_annexs_first_table_are_told(tmp_path: Path) -> None:
    loose = draw([], ("Nơi nhận:", "Tổ chức hội thảo", "20", "5.340", "34"))
    document = read([loose, draw(HEAD + FIRST)], Spoiling(seed=4), tmp_path)
    held = [t.index for t in document.tables()]
    found = lost_rows(document, held, FORM, {"seminars"})
    assert ("unclaimed_table", 1) in [(f.rule.value, f.where[0].page) for f in found]
