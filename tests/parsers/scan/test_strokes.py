"""Rules looked at where they are drawn: the same as looking at the whole page, and blanks hold none."""

import cv2
import numpy as np
import pytest

from parsers.readers.strokes import closed, components


def _page(*rules: tuple[int, int, int, int]) -> np.ndarray:
    page = np.zeros((300, 400), np.uint8)
    for left, top, width, height in rules:
        page[top : top + height, left : left + width] = 255
    return page


TABLE = ((40, 50, 120, 2), (166, 50, 100, 2), (40, 50, 2, 90), (262, 52, 2, 80), (330, 280, 60, 2))
EDGES = ((0, 0, 30, 2), (38, 0, 30, 2), (398, 250, 2, 50))


@pytest.mark.parametrize("rules", [TABLE, EDGES], ids=["inside", "at the edges"])
@pytest.mark.parametrize(("width", "height"), [(11, 1), (1, 15), (5, 5)])
def test_closes_gaps_as_on_the_whole_page(
    rules: tuple[tuple[int, int, int, int], ...], width: int, height: int
) -> None:
    page = _page(*rules)
    whole = cv2.morphologyEx(page, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8))
    assert np.array_equal(closed(page, width, height), whole)


def test_components_lie_where_they_are_drawn() -> None:
    labels, stats = components(_page(*TABLE))
    assert {tuple(one[:4]) for one in stats[1:]} == {
        (40, 50, 120, 90), (166, 50, 100, 82), (330, 280, 60, 2),
    }  # fmt: skip
    for at, (left, top, *_rest) in enumerate(stats[1:], 1):
        assert labels[top, left] == at
    assert np.count_nonzero(labels) == np.count_nonzero(_page(*TABLE))


def test_a_blank_page_holds_none() -> None:
    labels, stats = components(_page())
    assert len(stats) == 1
    assert not labels.any()
    assert not closed(_page(), 9, 9).any()
