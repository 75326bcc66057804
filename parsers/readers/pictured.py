"""Print inside pictures on a page that has text of its own: an annex that was pasted in as an image."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from parsers.readers.lines import Word
from parsers.readers.page_content import PageContent
from parsers.readers.pdf_words import placer
from parsers.text_quality import usable
from schemas.document import Block, Box, Doubt, Paragraph, Table
from schemas.errors import PictureUnread

LEAST_WIDTH, LEAST_HEIGHT = 227.0, 70.0
"""Points (8 by 2.5 cm): seals, signatures and logos are smaller."""

_DPI = 72.0
_FEW_WORDS = 4
_NEAR_PAPER, _DARKER = 32, 60
_LEAST_PAPER, _LIGHT = 0.6, 120
_LEAST_INK, _MOST_INK = 0.004, 0.3


def looks_printed(gray: NDArray[np.uint8]) -> bool:
    """Whether a grey picture shows ink on paper: one light tone nearly everywhere, some dark on it."""
    paper = float(np.percentile(gray, 75))
    if paper < _LIGHT:
        return False
    even = float(np.mean(np.abs(gray.astype(np.int16) - paper) <= _NEAR_PAPER))
    ink = float(np.mean(gray < paper - _DARKER))
    return even >= _LEAST_PAPER and _LEAST_INK <= ink <= _MOST_INK


def print_boxes(page: Any, words: Sequence[Word]) -> tuple[Box, ...]:
    """Where a pypdfium2 page shows pictures that hold print, in points of the page as it is shown.

    A picture that ``words`` of the page stand on is its ground, and was read with them.
    """
    boxes = [b for b in _pictures(page) if not _is_ground(b, words)]
    if not boxes:
        return ()
    drawn = page.render(scale=_DPI / 72.0, grayscale=True).to_numpy()
    gray = drawn[:, :, 0] if drawn.ndim == 3 else drawn
    return tuple(box for box in boxes if _printed_at(gray, box))


def _printed_at(gray: NDArray[np.uint8], box: Box) -> bool:
    left, top, right, bottom = (max(0, round(v * _DPI / 72.0)) for v in box)
    inside = gray[top:bottom, left:right]
    return inside.size > 0 and looks_printed(inside)


def _pictures(page: Any) -> Iterator[Box]:
    place = placer(page)
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        box = place(left, right, bottom, top)
        if box[2] - box[0] >= LEAST_WIDTH and box[3] - box[1] >= LEAST_HEIGHT:
            yield box


def _is_ground(box: Box, words: Sequence[Word]) -> bool:
    inside = (
        box[0] < (w.box[0] + w.box[2]) / 2 < box[2] and box[1] < (w.box[1] + w.box[3]) / 2 < box[3]
        for w in words
    )
    return sum(inside) > _FEW_WORDS


def with_pictures(
    content: PageContent, inside: Sequence[tuple[Box, PageContent | None]]
) -> PageContent:
    """The page with what was read from its pictures, each where it stands; None was not readable."""
    blocks = list(content.blocks)
    ends = content.ends_inside
    starts = content.starts_inside
    doubts = content.page.doubts
    read: list[Box] = []
    for box, one in sorted(inside, key=lambda pair: pair[0][1]):
        found = _legible(one) if one is not None else ()
        if not found:
            doubts = (*doubts, Doubt(PictureUnread.code, f"trang {content.page.number}"))
            continue
        read.append(box)
        at = next((i for i, block in enumerate(blocks) if _top(block) >= box[1]), len(blocks))
        starts = starts and at > 0
        ends = ends and at < len(blocks)
        blocks[at:at] = found
    page = replace(content.page, pictures=tuple(read), doubts=doubts)
    return replace(
        content,
        page=page,
        blocks=tuple(blocks),
        starts_inside=starts,
        ends_inside=ends,
        pictured=(),
    )


def _legible(content: PageContent) -> tuple[Block, ...]:
    """What of a picture is worth having: its tables, and its lines where they are Vietnamese."""
    said = " ".join(b.text for b in content.blocks if isinstance(b, Paragraph))
    keep = usable(said)
    return tuple(b for b in content.blocks if keep or isinstance(b, Table))


def _top(block: Block) -> float:
    return block.anchor.box[1] if block.anchor.box is not None else 0.0
