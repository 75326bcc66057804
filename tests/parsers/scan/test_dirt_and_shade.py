"""A line that dirt draws down a scan is no rule; a sheet photographed half in the shade is found whole."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from parsers.readers.photo import find_sheet
from parsers.readers.scan import read_bitmap
from parsers.readers.scan_source import Bitmap, scaling
from parsers.readers.scan_streaks import without_streaks
from schemas.document import Table
from tests.parsers.scan.conftest import DPI, ROWS


def bitmap_of(picture: Any) -> Bitmap:
    scale = 72.0 / DPI
    rows, columns = picture.shape[:2]
    return Bitmap(picture, scaling(scale, scale), columns * scale, rows * scale)


def streaked(page: Any, at: int, width: int = 2, level: int = 90) -> Any:
    out = page.copy()
    out[:, at : at + width] = np.minimum(out[:, at : at + width], level)
    return out


@pytest.mark.parametrize("across", [False, True])
def test_a_streak_is_painted_over_and_nothing_else(drawn_page: Any, across: bool) -> None:
    page = np.ascontiguousarray(drawn_page.swapaxes(0, 1)) if across else drawn_page
    dirty = streaked(drawn_page, 330)
    cleaned = without_streaks(np.ascontiguousarray(dirty.swapaxes(0, 1)) if across else dirty)
    assert np.mean(cleaned != page) < 0.0005
    assert without_streaks(page) is page


def test_a_streak_through_a_table_makes_no_column(drawn_page: Any) -> None:
    content = read_bitmap(bitmap_of(streaked(drawn_page, 330)), 1)
    (table,) = (block for block in content.blocks if isinstance(block, Table))
    texts = [[cell.text if cell else "" for cell in row] for row in table.grid()]
    assert [row[3:] for row in texts[1:]] == [list(row[3:]) for row in ROWS]


def photographed(page: Any, corners: Any, shade: float) -> Any:
    """``page`` on a grained brown table, its lower right corner in a shade that leaves ``shade``."""
    height, width = 2700, 2000
    grain = np.random.default_rng(3).normal(0, 9, (height, 1))
    ground = np.clip(np.array([45.0, 62.0, 85.0]) + grain[:, :, None], 0, 255)
    ground = np.broadcast_to(ground, (height, width, 3)).astype(np.uint8)
    rows, columns = page.shape[:2]
    flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
    move = cv2.getPerspectiveTransform(flat, corners)
    laid = cv2.warpPerspective(page, move, (width, height))
    sheet = cv2.warpPerspective(np.full((rows, columns), 255, np.uint8), move, (width, height))
    out = np.where(sheet[:, :, None] > 127, laid, ground).astype(np.float64)
    down, right = np.mgrid[0:height, 0:width]
    light = 1 - (1 - shade) * np.clip((down / height + right / width - 0.7) / 1.3, 0, 1)
    return np.clip(out * light[:, :, None], 0, 255).astype(np.uint8)


@pytest.mark.parametrize("shade", [1.0, 0.6, 0.45, 0.35])
def test_a_sheet_half_in_the_shade_is_found(drawn_page: Any, shade: float) -> None:
    corners = np.array([[190, 150], [1850, 205], [1930, 2560], [80, 2500]], np.float32)
    found = find_sheet(photographed(drawn_page, corners, shade))
    assert found is not None
    assert np.abs(found - corners).max() < 25


def test_a_scan_is_no_sheet_on_a_table(drawn_page: Any) -> None:
    assert find_sheet(drawn_page) is None
