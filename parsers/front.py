"""The pieces of a letter's front and back: lines of the letterhead, of the signature block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.document import Alignment, Anchor, Block, BlockKind, Document, Paragraph, Table
from schemas.text import fold, one_line

_GAP = re.compile(r"\t+| {3,}")
TYPE_NAMES = {
    "nghi quyet": "NQ", "quyet dinh": "QĐ", "chi thi": "CT", "quy che": "QC", "quy dinh": "QyĐ", "thong cao": "TC",
    "thong bao": "TB", "huong dan": "HD", "chuong trinh": "CTr", "ke hoach": "KH", "phuong an": "PA", "de an": "ĐA",
    "du an": "DA", "bao cao": "BC", "bien ban": "BB", "to trinh": "TTr", "hop dong": "HĐ", "cong dien": "CĐ",
    "ban ghi nho": "BGN", "ban thoa thuan": "BTT", "giay uy quyen": "GUQ", "giay moi": "GM", "giay gioi thieu": "GGT",
    "giay nghi phep": "GNP", "phieu gui": "PG", "phieu chuyen": "PC", "phieu bao": "PB",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of one column; ``block`` is the index of the block it comes from."""

    text: str
    anchor: Anchor
    block: int
    bold: bool = False
    centred: bool = False
    side: int = 0
    confidence: float = 1.0


def pieces(document: Document, blocks: Sequence[Block] | None = None) -> Iterator[Piece]:
    """Every line outside data tables, columns of one line apart, left before right."""
    for index, block in enumerate(document.blocks if blocks is None else blocks):
        if isinstance(block, Paragraph):
            yield from _of_paragraph(block, index)
        elif is_layout(block):
            for cell in block.cells:
                for line in cell.text.split("\n"):
                    for part in _GAP.split(line):
                        if part.strip():
                            yield Piece(one_line(part), cell.anchor, index, cell.bold, True, cell.column, cell.confidence)


def _of_paragraph(block: Paragraph, index: int) -> Iterator[Piece]:
    if block.kind is BlockKind.FOOTNOTE:
        return
    offset = 0
    for line in block.full_text.split("\n"):
        for side, part in enumerate(p for p in _GAP.split(line.strip()) if p.strip()):
            centred = block.alignment is Alignment.CENTER
            start = block.text.find(part.strip(), offset)
            where = block.locate(start, start + len(part)) if start >= 0 else block.anchor
            trust = min((s.confidence for s in block.spans if s.start < start + len(part) and s.end > start), default=1.0)
            yield Piece(one_line(part), where, index, block.bold, centred, side, trust)


def is_layout(table: Table) -> bool:
    """Whether a table only places text side by side: a letterhead, a signature block."""
    return table.columns <= 4 and table.rows <= 6 and not any(len(c.text) > 900 for c in table.cells) and table.columns * table.rows <= 12


def type_of_line(text: str) -> tuple[str, str] | None:
    """``(abbreviation, rest)`` where ``text`` begins with a document type's name in capitals."""
    folded = fold(text)
    for name, short in TYPE_NAMES.items():
        if folded == name or (folded.startswith(name + " ") and text[: len(name)].isupper()):
            return short, text[len(name) :].strip(" :")
    return None
