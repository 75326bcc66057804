"""Pages set upright by quarter turns counter-clockwise: where their boxes come to stand. Pure.

A scan may lie on its side or upside down in its file. Boxes are stored on the page as the file has
it; whoever shows the page upright turns them, and turns back what a person draws on it.
"""

from __future__ import annotations

from schemas.document import Box


def turned_size(width: float, height: float, quarters: int) -> tuple[float, float]:
    """Width and height of a page of ``width`` by ``height`` after the turns."""
    return (height, width) if quarters % 2 else (width, height)


def turned_box(box: Box, width: float, height: float, quarters: int) -> Box:
    """``box`` of a page of ``width`` by ``height``, on the page after the turns.

    Turned ``-quarters`` times on a page of ``turned_size`` it is where it was.
    """
    for _ in range(quarters % 4):
        left, top, right, bottom = box
        box = (top, width - right, bottom, width - left)
        width, height = height, width
    return box
