"""Page numbers, and lines repeated on page after page: they are no part of what a document says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from parsers.readers.page_content import PageContent
from schemas.document import Alignment, Block, Page, Paragraph, Table
from schemas.text import fold


def open_table_of(content: PageContent | None) -> Table | None:
    """The table that ends a page, and so may go on; page numbers do not end it.

    A page that lay askew has said so itself, in points of the page held straight.
    """
    if content is not None and content.open_table is not None:
        return content.open_table
    blocks = list(content.blocks) if content else []
    while blocks and isinstance(blocks[-1], Paragraph) and _ends_nothing(blocks[-1]):
        blocks.pop()
    last = blocks[-1] if blocks else None
    return last if isinstance(last, Table) else None


def without_running_lines(pages: Sequence[PageContent]) -> list[PageContent]:
    """Moves page numbers and lines repeated at the top or bottom of pages into ``aside``."""
    repeated = Counter(
        key for content in pages for key in {_running_key(p) for p in _margin(content)} if key
    )
    often = max(2, len(pages) // 2)
    out = []
    for content in pages:
        gone = {
            id(p)
            for p in _margin(content)
            if _is_page_number(p)
            or _is_smudge(p)
            or (len(pages) > 2 and repeated[_running_key(p)] >= often)
        }
        blocks = tuple(b for b in content.blocks if id(b) not in gone)
        gone_ones = (b for b in content.blocks if id(b) in gone and isinstance(b, Paragraph))
        aside = (*content.aside, *gone_ones)
        first_gone = bool(content.blocks) and id(content.blocks[0]) in gone
        starts = _starts_inside(blocks) if first_gone else content.starts_inside
        last_gone = bool(content.blocks) and id(content.blocks[-1]) in gone
        ends = _runs_on(blocks, content.page) if last_gone else content.ends_inside
        aside = (*content.aside, *aside)
        kept = replace(content, blocks=blocks, aside=aside, starts_inside=starts, ends_inside=ends)
        out.append(kept)
    return out


def _starts_inside(blocks: tuple[Block, ...]) -> bool:
    first = blocks[0] if blocks else None
    return (
        isinstance(first, Paragraph)
        and first.indent < 10
        and first.alignment is not Alignment.CENTER
    )


def _runs_on(blocks: tuple[Block, ...], page: Page) -> bool:
    last = blocks[-1] if blocks else None
    return (
        isinstance(last, Paragraph)
        and bool(last.spans)
        and last.spans[-1].box[2] > page.width * 0.8
    )


def _margin(content: PageContent) -> list[Paragraph]:
    height = content.page.height
    return [
        b
        for b in (*content.blocks[:2], *content.blocks[-2:])
        if isinstance(b, Paragraph)
        and b.anchor.box is not None
        and (b.anchor.box[3] < height * 0.09 or b.anchor.box[1] > height * 0.91)
    ]


def _is_page_number(paragraph: Paragraph) -> bool:
    return bool(
        re.fullmatch(
            r"(?:[-–\s]*(trang\s*)?|.{0,90}\btrang )\d{1,3}(\s*/\s*\d{1,3})?[-–\s]*",
            fold(paragraph.text),
        )
    )


def _ends_nothing(paragraph: Paragraph) -> bool:
    return _is_page_number(paragraph) or _is_smudge(paragraph)


def _is_smudge(paragraph: Paragraph) -> bool:
    """The edge of the sheet or a fold, read as a few letters that nothing vouches for."""
    worst = max((span.confidence for span in paragraph.spans), default=1.0)
    return worst < 0.5 and len(paragraph.text) <= 12


def _running_key(paragraph: Paragraph) -> str:
    return re.sub(r"\d+", "#", fold(paragraph.text))
