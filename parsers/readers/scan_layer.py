"""A text layer that some recogniser left under a page's picture: a second witness, never the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.readers import ocr_number
from parsers.readers.lines import Word
from parsers.readers.page_content import PageContent
from schemas.document import Block, Box, Cell, Doubt, Paragraph, Span

_DISTRUST = 0.4


def contradicted(content: PageContent, layer: Sequence[Word]) -> PageContent:
    """``content``, read from the picture, with figures doubted that ``layer`` has otherwise.

    Boxes of both are points of the shown page. What the layer lacks contradicts nothing.
    """
    figures = [word for word in layer if any(c.isdigit() for c in word.text)]
    if not figures:
        return content
    blocks = tuple(_block(block, figures, layer) for block in content.blocks)
    return replace(content, blocks=blocks)


def _block(block: Block, figures: Sequence[Word], layer: Sequence[Word]) -> Block:
    if isinstance(block, Paragraph):
        return _paragraph(block, figures)
    return replace(block, cells=tuple(_cell(cell, figures, layer) for cell in block.cells))


def _cell(cell: Cell, figures: Sequence[Word], layer: Sequence[Word]) -> Cell:
    value = ocr_number.integer(cell.text)
    if cell.frame is None or (value is None and cell.text.strip()):
        return cell
    if not any(_inside(word, cell.frame) for word in figures):
        return cell
    there = " ".join(word.text for word in layer if _inside(word, cell.frame))
    if ocr_number.integer(there) in {None, value}:
        return cell
    doubt = Doubt("layer_contradicts_image", there)
    readings = (*(cell.readings or (cell.text,)), there)
    return replace(cell, doubts=(*cell.doubts, doubt), readings=readings)


def _paragraph(paragraph: Paragraph, figures: Sequence[Word]) -> Paragraph:
    against = [
        (span, other)
        for span in paragraph.spans
        if (seen := _figures(paragraph.text[span.start : span.end]))
        and (other := _over(span.box, figures)) is not None
        and _figures(other.text) != seen
    ]
    if not against:
        return paragraph
    wrong = {id(span) for span, _ in against}
    spans = tuple(_distrusted(s) if id(s) in wrong else s for s in paragraph.spans)
    detail = ", ".join(other.text for _, other in against)
    doubts = (*paragraph.doubts, Doubt("layer_contradicts_image", detail))
    return replace(paragraph, spans=spans, doubts=doubts)


def _distrusted(span: Span) -> Span:
    return replace(span, confidence=min(span.confidence, _DISTRUST))


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)


def _inside(word: Word, frame: Box) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _over(box: Box, words: Sequence[Word]) -> Word | None:
    """The layer's word in the place of ``box``: the same middle, about the same width."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for word in words:
        left, top, right, bottom = word.box
        alike = 0.6 < (right - left) / max(box[2] - box[0], 1.0) < 1.7
        if alike and left <= x <= right and top - 2 <= y <= bottom + 2:
            return word
    return None
