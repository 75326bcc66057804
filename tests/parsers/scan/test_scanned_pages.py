"""What an officer would notice: every figure of the page right, or marked as doubtful."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from parsers.readers.ocr_number import integer
from parsers.readers.page_content import PageContent
from parsers.readers.scan import read_image_pages
from schemas.document import Cell, Paragraph, Table
from tests.parsers.scan.conftest import DPI, EDGES, PITCH, ROWS, TOP
from tools.make_scans import Spoiling, save, spoil_page

GOOD = {
    "grey": Spoiling(seed=1),
    "colour": Spoiling(seed=2, mode="color", skew=-2.0),
    "tilted": Spoiling(seed=3, skew=4.0),
    "bilevel": Spoiling(seed=4, mode="bilevel"),
    "upside down": Spoiling(seed=5, rotate=180),
    "sideways": Spoiling(seed=6, rotate=90),
    "other side": Spoiling(seed=7, rotate=270),
    "copier": Spoiling(seed=8, border=True),
    "telephone": Spoiling(seed=9, photo=True, mode="color"),
    "faded": Spoiling(seed=10, fade=0.5),
}
BAD = {
    "red seal": Spoiling(seed=11, mode="color", seal="table"),
    "grey seal": Spoiling(seed=12, seal="table"),
    "dirt": Spoiling(seed=13, noise=16, specks=0.004, blur=1.0, jpeg=40),
}


def read_spoiled(page: NDArray[Any], how: Spoiling, folder: Path) -> PageContent:
    suffix = ".tif" if how.mode == "bilevel" else ".png"
    path = folder / f"page{suffix}"
    spoiled = spoil_page(page, how, np.random.default_rng(how.seed))
    save([spoiled], path, how)
    return next(iter(read_image_pages(path)))


def numbers(content: PageContent) -> dict[tuple[int, int], Cell]:
    tables = [b for b in content.blocks if isinstance(b, Table)]
    assert len(tables) == 1
    assert (tables[0].rows, tables[0].columns) == (len(ROWS) + 1, 5)
    return {(c.row - 1, c.column): c for c in tables[0].cells if c.row > 0 and c.column in (3, 4)}


def is_marked(cell: Cell) -> bool:
    return bool(cell.doubts) or cell.confidence < 0.8


@pytest.mark.parametrize("name", GOOD)
def test_figures_of_a_clean_scan_are_all_right(name: str, drawn_page, tmp_path: Path) -> None:
    found = numbers(read_spoiled(drawn_page, GOOD[name], tmp_path))
    marked = 0
    for (row, column), cell in found.items():
        wanted = ROWS[row][column]
        assert integer(cell.text) == integer(wanted), (row, column, cell)
        assert bool(cell.text) == bool(wanted)
        marked += is_marked(cell)
    assert marked <= 1


@pytest.mark.parametrize("name", BAD)
def test_no_figure_of_a_bad_scan_is_silently_wrong(name: str, drawn_page, tmp_path: Path) -> None:
    for (row, column), cell in numbers(read_spoiled(drawn_page, BAD[name], tmp_path)).items():
        right = integer(cell.text) == integer(ROWS[row][column])
        assert right or is_marked(cell), (row, column, cell)


def test_boxes_lead_back_to_the_page_as_it_is_shown(drawn_page, tmp_path: Path) -> None:
    content = read_spoiled(drawn_page, Spoiling(seed=5, rotate=180, skew=0.0), tmp_path)
    cell = numbers(content)[(3, 4)]
    k = 72.0 / DPI
    left, top = EDGES[4] * k, (TOP + 4 * PITCH) * k
    right, bottom = EDGES[5] * k, (TOP + 5 * PITCH) * k
    width, height = content.page.width, content.page.height
    wanted = (width - right, height - bottom, width - left, height - top)
    assert cell.frame is not None
    assert max(abs(a - b) for a, b in zip(cell.frame, wanted, strict=True)) < 4


def test_words_around_the_table_are_paragraphs_in_order(drawn_page, tmp_path: Path) -> None:
    content = read_spoiled(drawn_page, GOOD["grey"], tmp_path)
    kinds = [type(block) for block in content.blocks]
    assert kinds.index(Table) > 0
    assert kinds[-1] is Paragraph
    text = " ".join(b.text for b in content.blocks if isinstance(b, Paragraph))
    assert "143/KH-UBND" in text
    assert "161 buổi" in text
    assert text.index("Thực hiện") < text.index("giao lưu")


def test_every_page_of_a_tiff_is_read(drawn_page, tmp_path: Path) -> None:
    gray = Image.fromarray(drawn_page).convert("1")
    path = tmp_path / "two.tif"
    gray.save(path, save_all=True, append_images=[gray], compression="group4", dpi=(DPI, DPI))
    pages = list(read_image_pages(path))
    assert [content.page.number for content in pages] == [1, 2]
    assert all(integer(numbers(content)[(1, 4)].text) == 1800 for content in pages)
