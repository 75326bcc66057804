"""Tables without rules in pictures: every lone figure is read, in its own row and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from parsers.readers.scan_borderless import reread
from parsers.readers.scan_clean import CleanPage
from parsers.readers.scan_columns import find_columns
from parsers.readers.scan_source import Bitmap, scaling
from schemas.document import Anchor, Cell, Table, TableKind
from tests.parsers.scan.conftest import DPI, FONT
from tests.parsers.scan.drawn_tables import (
    FIRST,
    HEAD,
    PITCH,
    SECOND,
    Row,
    draw,
    figures,
    joined,
    read,
    texts,
)
from tools.make_scans import Spoiling

HANDS = [
    Spoiling(seed=1),
    Spoiling(seed=2, skew=-2.5, mode="color"),
    Spoiling(seed=6, photo=True, mode="color", seal="table"),
]


@pytest.mark.parametrize("how", HANDS)
def test_lone_figures_and_wrapped_labels_keep_to_their_rows(how: Spoiling, tmp_path: Path) -> None:
    page = draw(HEAD + FIRST + SECOND, ("BẢNG TỔNG HỢP KẾT QUẢ NĂM 2021",))
    (table,) = read([page], how, tmp_path).tables()
    got = texts(table)
    assert figures(got[1:]) == figures(joined(FIRST + SECOND))
    assert [row[1] for row in got] == [row[1] for row in joined(HEAD + FIRST + SECOND)]


def test_a_table_goes_on_overleaf_below_its_head_said_again(tmp_path: Path) -> None:
    pages = [draw(HEAD + FIRST), draw(HEAD + SECOND)]
    (table,) = read(pages, Spoiling(seed=3), tmp_path).tables()
    assert figures(texts(table)[1:]) == figures(joined(FIRST + SECOND))
    assert {c.anchor.page for c in table.cells if c.text == "62"} == {2}


def test_a_table_goes_on_overleaf_without_a_head(tmp_path: Path) -> None:
    pages = [draw(HEAD + FIRST), np.roll(draw(SECOND), 30, axis=1)]
    (table,) = read(pages, Spoiling(seed=4), tmp_path).tables()
    assert figures(texts(table)[1:]) == figures(joined(FIRST + SECOND))


def test_running_text_below_is_no_part_of_the_table(tmp_path: Path) -> None:
    below = (
        "Các cơ sở giáo dục đã tích cực tổ chức các lớp học, tập huấn, hội thảo và",
        "giao lưu với các nội dung, hình thức học tập phong phú trong Tuần lễ này.",
    )
    document = read([draw(HEAD + FIRST + SECOND, (), below)], Spoiling(seed=5), tmp_path)
    (table,) = document.tables()
    assert figures(texts(table)[1:]) == figures(joined(FIRST + SECOND))
    assert any("phong phú trong Tuần lễ này" in p.text for p in document.paragraphs())


def test_prose_has_no_columns() -> None:
    lines = ("Các cơ sở giáo dục đã tổ chức 30 lớp với 800 người.",) * 9
    gray = draw([], lines)[:, :, 0]
    assert find_columns(gray, DPI, 0, gray.shape[0]) is None


UNNUMBERED: list[Row] = [
    ((), ("Nội dung",), ("ĐVT",), ("Số lượng",), ("Số người",), ()),
    ((), ("Phổ biến kiến thức", "pháp luật"), ("lớp",), ("4",), ("318",), ()),
    ((), ("Cán bộ, giáo viên",), ("lớp",), ("3",), ("176",), ()),
    ((), ("Tin bài",), ("tin",), ("23",), (), ()),
    ((), ("Lễ khai mạc",), ("trường",), ("14",), ("9.420",), ()),
]


def ruled_page(*, upright: bool) -> NDArray[Any]:
    """``UNNUMBERED`` in a frame with upright rules alone, or with a rule under each row alone."""
    page = draw(UNNUMBERED)
    tops = [112]
    for row in UNNUMBERED:
        tops.append(tops[-1] + PITCH * max(map(len, row)) + 10)
    for y in (tops[0], tops[-1]) if upright else tops:
        cv2.line(page, (240, y), (1210, y), (0, 0, 0), 2)
    for x in (240, 600, 835, 1028, 1210) if upright else ():
        cv2.line(page, (x, tops[0]), (x, tops[-1]), (0, 0, 0), 2)
    return page


@pytest.mark.parametrize("upright", [True, False])
def test_a_table_ruled_one_way_is_read_by_rows(upright: bool, tmp_path: Path) -> None:
    (table,) = read([ruled_page(upright=upright)], Spoiling(seed=9), tmp_path).tables()
    rows = [[text for text in row if text] for row in texts(table)]
    assert rows == [[" ".join(lines) for lines in row if lines] for row in UNNUMBERED]


def cell_read_short(written: str, read_as: str, left: int) -> Cell:
    """A cell of which only the ink right of ``left`` was read, after its numbers are read again."""
    image = Image.new("L", (900, 300), 255)
    ImageDraw.Draw(image).text((400, 100), written, fill=0, font=ImageFont.truetype(FONT, 36))
    bitmap = Bitmap(np.array(image), scaling(0.36, 0.36), 324, 108)
    page = CleanPage(bitmap, None, False, 1.0)
    frame = page.flat(380, 90, 800, 150)
    anchor = Anchor(page=1, box=page.flat(left, 100, 780, 140), table=0, row=1, column=2)
    cell = Cell(read_as, 1, 2, anchor, frame=frame)
    table = Table(0, 2, 3, (cell,), Anchor(page=1, table=0), TableKind.BORDERLESS)
    return reread(page, table).cells[0]


def test_a_figure_that_was_passed_over_is_found_beside_those_read() -> None:
    assert cell_read_short("1.800", "800", 424).text == "1.800"


def test_a_figure_passed_over_before_what_it_counts_is_never_silent() -> None:
    short = cell_read_short("10846 người", "846 người", 438)
    assert [d.code for d in short.doubts] == ["weak_ink"]
    assert cell_read_short("846 người", "846 người", 402).doubts == ()


def test_figures_with_what_they_count_are_read_twice(tmp_path: Path) -> None:
    rows: list[Row] = [
        (("1",), ("Tập huấn giáo viên",), ("lớp",), ("3",), ("2.220 người",), ()),
        (("2",), ("Các cuộc thi khác",), ("cuộc",), ("11",), ("904 người",), ()),
        (("3",), ("Hội thảo chuyên đề",), ("cuộc",), ("7",), ("52 người",), ()),
    ]
    (table,) = read([draw(HEAD + rows)], Spoiling(seed=8), tmp_path).tables()
    assert figures(texts(table)[1:]) == figures(joined(rows))
    assert all(not c.doubts for c in table.cells if "người" in c.text)
