"""A table that goes on overleaf: its rows are read, or it is said which page they stand on."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from parsers.lost_rows import lost_rows
from parsers.readers import scan_clean
from parsers.readers.borderless_head import find_head, head_top
from parsers.readers.lines import Line, Word
from parsers.readers.ocr import Gray
from parsers.readers.page_content import continues, join_tables
from parsers.readers.scan_columns import find_columns
from schemas.catalog import form
from schemas.document import Anchor, Cell, Document, Page, Reading, Source, Table, TableKind
from tests.parsers.scan.conftest import DPI, FONT
from tests.parsers.scan.drawn_tables import (
    FIRST,
    HEAD,
    SECOND,
    Row,
    draw,
    figures,
    joined,
    read,
    texts,
)
from tools.make_scans import Spoiling

FORM = form("llw-2021")
UNSEEN = {"seminars", "awards.individuals"}


def written(*words: tuple[int, int, str], size: int = 36) -> Gray:
    """A white page at 200 dpi with ``words`` at left and top."""
    image = Image.new("L", (1654, 1500), 255)
    font = ImageFont.truetype(FONT, size)
    for left, top, word in words:
        ImageDraw.Draw(image).text((left, top), word, fill=0, font=font)
    return np.array(image)


def said(document: Document) -> list[tuple[str, int | None, str | None]]:
    found = lost_rows(document, [t.index for t in document.tables()], FORM, UNSEEN)
    return [(f.rule.value, f.where[0].page, f.indicator) for f in found]


def test_a_page_of_the_annex_that_gives_no_table_is_named_with_its_rows(tmp_path: Path) -> None:
    rest = draw([], ("Tổ chức hội thảo", "Cá nhân"))
    assert said(read([draw(HEAD + FIRST), rest], Spoiling(seed=1), tmp_path)) == [
        ("unclaimed_table", 2, None),
        ("unreadable_cell", 2, "seminars"),
        ("unreadable_cell", 2, "seminars"),
        ("unreadable_cell", 2, "awards.individuals"),
    ]


def test_a_signature_overleaf_is_no_rest_of_the_annex(tmp_path: Path) -> None:
    rest = draw([], ("Nơi nhận:", "Lưu: VT, Cá nhân 12"))
    assert said(read([draw(HEAD + FIRST), rest], Spoiling(seed=1), tmp_path)) == []


def test_a_smudge_between_two_rows_does_not_end_the_table(tmp_path: Path) -> None:
    last: Row = ((), ("+ Số trường, trung", "tâm tổ chức"), ("Trường",), ("52",), ("10.244",), ())
    smudge = written((780, 325, "Á"), size=20)
    page = np.minimum(draw([*HEAD, *FIRST, *SECOND, last]), smudge[:, :, None])
    (table,) = read([page, draw(SECOND)], Spoiling(seed=4), tmp_path).tables()
    assert figures(texts(table)[-4:]) == figures(joined([last, *SECOND]))


def test_columns_on_the_next_page_are_moved_no_further_than_they_hold_all() -> None:
    rows = ((240, "1"), (560, "Hội thảo, tọa đàm"), (880, "-"), (1200, "32"))
    words = [(left, top, word) for top in range(200, 700, 100) for left, word in rows]
    found = find_columns(written(*words), DPI, 0, 1500, (236, 451, 879, 1189, 1275))
    assert found is not None
    assert found.edges[0] < 250
    assert 830 < found.edges[2] < 890


def test_a_small_stroke_for_none_is_seen() -> None:
    rows = ((240, "1"), (560, "Hội thảo"), (880, "-"), (1200, "32"))
    words = [(left, top, word) for top in range(200, 700, 100) for left, word in rows]
    found = find_columns(written(*words, size=25), DPI, 0, 1500)
    assert found is not None
    assert sum(880 <= b.left < 900 for b in found.blobs) == 5


def test_three_words_tell_how_a_sheet_lies() -> None:
    page = Image.fromarray(
        written((400, 700, "Khen cá nhân"), (800, 700, "Người"), (1100, 700, "14"))
    )
    tilted = np.array(page.rotate(2.0, fillcolor=255))
    assert abs(scan_clean.skew(tilted, DPI) + 2.0) < 0.5
    sideways = np.ascontiguousarray(np.rot90(tilted))
    assert scan_clean.skew(sideways, DPI) == 0.0


@pytest.mark.parametrize("degrees", [2.5, -2.5])
def test_columns_that_lean_are_read_apart_and_lead_back(degrees: float, tmp_path: Path) -> None:
    label = ("Bồi dưỡng giáo viên ở",)
    rows: list[Row] = [
        ((str(n),), label, ("lớp/người",), (str(7 * n),), (str(100 + n),), ()) for n in range(1, 20)
    ]
    lean = float(np.tan(np.radians(degrees)))
    page = draw(HEAD + rows)
    high, wide = page.shape[:2]
    shear = np.array([[1.0, lean, -lean * high / 2], [0.0, 1.0, 0.0]])
    page = cv2.warpAffine(page, shear, (wide, high), borderValue=(255, 255, 255))
    document = read([page], Spoiling(seed=4, skew=0.0), tmp_path)
    (table,) = document.tables()
    assert [row[1:5] for row in texts(table)[1:]] == [row[1:5] for row in joined(rows)]
    low = next(c for c in table.cells if c.text == "119")
    scale = wide / document.pages[0].width
    x0, y0, x1, y1 = (round(value * scale) for value in low.anchor.box or ())
    dark = np.flatnonzero((page[y0:y1, : x1 + 100, 0] < 100).any(axis=0))
    number = dark[dark > x0 - 50]
    assert abs(number.min() - x0) < 10
    assert abs(number.max() - x1) < 10


def test_a_row_that_ran_into_the_head_is_named() -> None:
    head = ("TT", "Nội dung Tổ chức hội thảo, sinh hoạt chuyên đề", "Số lượng", "Người")
    cells = tuple(
        Cell(text, row, column, Anchor(1, (0, 0, 9, 9), 0, row, column))
        for row, line in enumerate([head, ("1", "Cuộc thi khác", "3", "40")])
        for column, text in enumerate(line)
    )
    table = Table(0, 2, 4, cells, Anchor(1, (0, 0, 9, 9), 0), TableKind.BORDERLESS)
    source = Source("a.pdf", "0" * 64, "application/pdf", 1, 1)
    pages = (Page(1, 595, 842, Reading.OCR),)
    found = said(Document(source, Reading.OCR, (table,), pages))
    assert found == [("unreadable_cell", 1, "seminars")] * 2
    sure = Document(source, Reading.TEXT, (table,), (Page(1, 595, 842, Reading.TEXT),))
    assert said(sure) == []


def row(top: float, *words: tuple[float, str]) -> list[Line]:
    return [
        Line((Word(text, (left, top, left + 8 * len(text), top + 10), 10.0),))
        for left, text in words
    ]


def test_rows_whose_units_are_words_of_heads_do_not_begin_another_table() -> None:
    rows = [
        row(60, (162, "Hội thảo"), (239, "Cuộc"), (317, "17"), (392, "4.675")),
        row(120, (162, "Khen tập thể"), (275, "Đơn vị"), (345, "0"), (392, "-")),
        row(180, (162, "Khen cá nhân"), (275, "Người"), (345, "-"), (392, "42")),
    ]
    assert head_top(rows) is None
    head = row(20, (162, "Nội dung"), (275, "Đơn vị"), (345, "2021"), (392, "Người"))
    assert head_top([head, *rows]) == 20


def ruled(page: int, *edges: float) -> Table:
    cells = tuple(
        Cell("1", 0, at, Anchor(page, (left, 80, right, 99)), frame=(left, 80, right, 99))
        for at, (left, right) in enumerate(pairwise(edges))
    )
    return Table(0, 1, len(cells), cells, Anchor(page, (edges[0], 80, edges[-1], 99)))


def test_a_sheet_photographed_from_nearer_goes_on_with_the_table() -> None:
    first = ruled(1, 78, 217, 355, 493, 631, 760)
    nearer = ruled(2, 83, 228, 372, 517, 662, 797)
    assert continues(first, nearer, slack=48)
    assert not continues(first, nearer), "no camera was near a page of text"
    assert not continues(first, ruled(2, 83, 150, 372, 450, 662, 797), slack=48)


def paged(page: int, *rows: tuple[str, str, str]) -> Table:
    cells = tuple(
        Cell(text, at, column, Anchor(page, (0, 0, 9, 9)), frame=(90 * column, 0, 90, 9))
        for at, row in enumerate((("TT", "Nội dung", "Số lượng"), *rows))
        for column, text in enumerate(row)
    )
    return Table(0, len(rows) + 1, 3, cells, Anchor(page, (0, 0, 9, 9)))


def test_a_label_cut_by_the_page_goes_on_below_the_head_said_again() -> None:
    listed = (
        ("1", "Các lớp", ""),
        ("", "+ Pháp luật", "2"),
        ("", "+ Giáo viên", "7"),
        ("2", "Tin", "4"),
    )
    last = ("", "+ Tập huấn cán bộ, báo cáo viên", "38")
    rest = paged(2, ("", "Trung tâm HTCĐ", ""), ("", "+ Lớp khác", "4"))
    rows = [row[1] for row in texts(join_tables(paged(1, *listed, last), rest))]
    assert rows[-2:] == ["+ Tập huấn cán bộ, báo cáo viên Trung tâm HTCĐ", "+ Lớp khác"]
    plain = [(str(at), f"Việc {at}", "3") if at < 2 else ("", f"Việc {at}", "3") for at in range(6)]
    kept = [row[1] for row in texts(join_tables(paged(1, *plain), rest))]
    assert kept[-2:] == ["Trung tâm HTCĐ", "+ Lớp khác"]


def test_an_ordinal_read_as_strokes_ends_the_head() -> None:
    head = row(100, (50, "TT"), (100, "Nội dung"), (300, "Đơn vị"), (400, "Số lượng"))
    first = row(120, (52, "l|"), (100, "Các lớp tập huấn"))
    assert find_head([head, first]) == (0, 1)
