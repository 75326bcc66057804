"""A page that lies on its side or head is shown as it was read: upright, with boxes on their places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pipelines.show import ShowTask
from tests.parsers.scan.conftest import EDGES, PITCH, ROWS, TOP
from tools.make_scans import Spoiling, save, spoil_page

GRID = (150, 170, 210)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_page_and_boxes_are_drawn_upright(
    rotate: int, drawn_page: NDArray[Any], tmp_path: Path
) -> None:
    how = Spoiling(seed=5, rotate=rotate)
    path = tmp_path / "page.png"
    save([spoil_page(drawn_page, how, np.random.default_rng(5))], path, how)
    ShowTask(path, "page.png", "33", None, None, tmp_path).run()
    with Image.open(tmp_path / "page.png.page-1.png") as drawn:
        rows, columns = drawn_page.shape[:2]
        scale = min(drawn.height / rows, drawn.width / 1.55 / columns)
        page = np.array(drawn.convert("RGB"))[:, : round(columns * scale)]
    blue = (np.abs(page.astype(int) - GRID).sum(axis=2) < 12)[: round(rows * scale)]
    across, down = np.flatnonzero(blue.any(axis=0)), np.flatnonzero(blue.any(axis=1))
    bottom = TOP + PITCH * (len(ROWS) + 1)
    wanted = (EDGES[0], EDGES[-1], TOP, bottom)
    found = (across.min(), across.max(), down.min(), down.max())
    assert [f / scale for f in found] == pytest.approx(wanted, abs=25)
    # The heading's ink is on top and the last lines' below the table, not the other way about.
    ink = page.min(axis=2) < 110
    assert ink[round(190 * scale) : round(250 * scale)].sum() > 100
    assert ink[round(1490 * scale) : round(1600 * scale)].sum() > 100
