"""DOCX to Document: python-docx opens the package, an own walk over its XML keeps every letter.

python-docx's ``.text`` drops tracked insertions, text boxes and content controls, and
``table.cell`` is quadratic; so the body is walked once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from parsers.readers.docx_layout import framed, letterhead
from parsers.readers.docx_letters import Letters
from parsers.readers.docx_package import open_package, parts_of, root_of
from parsers.readers.docx_signs import (
    BETWEEN,
    FORMULA_TEXT,
    SIGN,
    is_pictured,
    sign,
    unseen_figures,
    with_marks,
)
from parsers.readers.docx_styles import (
    Own,
    Said,
    Styles,
    alignment,
    look_of,
    own_of,
    throughout,
)
from parsers.readers.docx_xml import (
    CELL,
    PARAGRAPH,
    PARAGRAPH_LOOK,
    ROW,
    RUN,
    RUN_LOOK,
    SKIP,
    TABLE,
    TEXT,
    VALUE,
    below,
    cell_content,
    cell_shape,
    first,
    grid_offset,
    letters,
    shown_text,
    texts_of,
    trimmed,
)
from parsers.readers.numbering import Numbering, W
from parsers.readers.soft_breaks import parted
from schemas.document import (
    Anchor,
    Block,
    BlockKind,
    Cell,
    Doubt,
    Paragraph,
    Table,
)
from schemas.errors import HiddenCharacters, TooManyRows
from schemas.text import SUPERSCRIPT, reorders, typed

Held = tuple[str, tuple[Doubt, ...]]
MAX_CELLS = 100_000
MAX_ROWS = 20_000
AnyWalk = TypeVar("AnyWalk", bound="Walk")
_BARE = {TEXT, FORMULA_TEXT}
_BOX, _SECTION, _TURNED = f"{W}txbxContent", f"{W}sectPr", f"{W}bdo"


def open_docx(path: Path, name: str, kind: type[AnyWalk]) -> tuple[Any, AnyWalk]:
    """The package as python-docx opens it, and a walk of ``kind`` that knows its styles.

    Raises DamagedFile, UnsafeXml.
    """
    opened = open_package(path, name)
    parts = parts_of(opened)
    walk = kind(
        name, Styles(root_of(parts, "styles", name)), Numbering(root_of(parts, "numbering", name))
    )
    walk.letters.learn(opened.element.body)
    walk.learn_turns(opened.element.body)
    return opened, walk


class Walk:
    """One pass over the body, counting tables and paragraphs in document order."""

    def __init__(self, name: str, styles: Styles, numbering: Numbering) -> None:
        self.name = name
        self.styles = styles
        self.numbering = numbering
        self.blocks: list[Block] = []
        self.letters = Letters(styles)
        self._paragraphs = self._tables = 0
        self._boxes: list[Any] = []
        self._font: str | None = None
        self._turns = False

    def learn_turns(self, root: Any) -> None:
        """Learns whether runs below ``root`` are shown in another order than they are kept in."""
        self._turns = self._turns or next(root.iter(_TURNED), None) is not None

    def all_of(self, opened: Any) -> None:
        """Emits what a python-docx document shows as its text, footnotes apart."""
        head = letterhead(opened)
        if head is not None:
            self.blocks_of(head, BlockKind.BODY)
        self.blocks_of(opened.element.body, BlockKind.BODY)

    def blocks_of(self, parent: Any, kind: BlockKind, holder: int | None = None) -> None:
        """Emits paragraphs and tables below ``parent``, looking through content controls."""
        for child in parent:
            tag = child.tag
            if tag == PARAGRAPH:
                self._paragraph(child, kind)
            elif tag == TABLE:
                self._table_or_frame(child, kind, holder)
            elif tag not in SKIP and tag != _SECTION:
                self.blocks_of(child, kind, holder)

    def _table_or_frame(self, node: Any, kind: BlockKind, holder: int | None) -> None:
        cells = framed(node)
        if cells is None:
            self._table(node, holder)
        for cell in cells or ():
            self.blocks_of(cell, kind, holder)

    def _paragraph(self, node: Any, kind: BlockKind) -> None:
        made = self.paragraph(node, Anchor(paragraph=self._paragraphs), kind)
        self._paragraphs += 1
        if made.text.strip():
            self.blocks += parted(made)
        self._text_boxes()

    def _text_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks_of(box, BlockKind.TEXT_BOX)

    def paragraph(self, node: Any, anchor: Anchor, kind: BlockKind) -> Paragraph:
        """One ``w:p`` as text, numbering label and looks."""
        own = own_of(first(node, PARAGRAPH_LOOK))
        style = self.styles.of(own)
        self._font = style.font
        runs = with_marks([run for run in self._runs(node) if run.text])
        written = self.letters.written(runs, style)
        text = typed(written).strip(" \n")
        turned = reorders(written) or (self._turns and next(node.iter(_TURNED), None) is not None)
        looks = [run.look for run in runs if run.text.strip()]
        return Paragraph(
            text=text,
            anchor=anchor,
            kind=kind,
            style=style.name,
            level=style.level,
            label=self._label(own, style.numbering),
            bold=throughout([look.bold for look in looks], style.bold),
            bold_lead=self.letters.bold_lead(text, runs, style),
            italic=throughout([look.italic for look in looks], style.italic),
            alignment=alignment(own, style),
            doubts=(
                *((Doubt(HiddenCharacters.code),) if turned and text else ()),
                *((Doubt("struck_out"),) if any(look.struck for look in looks) else ()),
                *((Doubt("unseen_ink"),) if unseen_figures(node, runs) else ()),
            ),
        )

    def _label(self, own: Own, inherited: tuple[str, int] | None) -> str:
        if own.numbering is not None:
            num, level = (first(own.numbering, f"{W}{name}") for name in ("numId", "ilvl"))
            said = "" if num is None else num.get(VALUE)
            num_id = inherited[0] if num is None and inherited else said
            depth = 0 if level is None else int(level.get(VALUE, 0))
            return self.numbering.label(num_id, depth)
        return self.numbering.label(*inherited) if inherited else ""

    def _runs(self, node: Any) -> list[Said]:
        out: list[Said] = []
        for child in node:
            tag = child.tag
            if tag in SKIP:
                continue
            if tag == RUN:
                self._run(child, out)
            elif tag == _BOX:
                self._boxes.append(child)
            elif tag in _BARE:
                out.append(Said(child.text or "", look_of(None), None))
            else:
                out.append(Said(BETWEEN.get(tag, ""), look_of(None), None))
                out.extend(self._runs(child))
        return out

    def _run(self, run: Any, out: list[Said]) -> None:
        properties = first(run, RUN_LOOK)
        look = look_of(properties)
        if look.hidden:
            return
        shown = [child for child in run if child.tag not in SKIP]
        text = "".join(sign(child) if child.tag == SIGN else letters(child) for child in shown)
        out.append(Said(text.translate(SUPERSCRIPT) if look.raised else text, look, properties))
        for child in shown:
            if len(child):
                out.extend(self._runs(child))

    def _table(self, node: Any, holder: int | None) -> None:
        index = self._tables
        self._tables += 1
        place = len(self.blocks)
        cells: dict[tuple[int, int], Cell] = {}
        open_merges: dict[int, tuple[int, int]] = {}
        width = row_number = 0
        nested: list[Any] = []
        rows = below(node, ROW)
        if len(rows) > MAX_ROWS:
            raise TooManyRows(name=self.name, detail=f"{len(rows)} hàng")
        for row in rows:
            column = grid_offset(row)
            for cell in below(row, CELL):
                span, merge = cell_shape(cell)
                if merge == "continue" and column in open_merges:
                    at = open_merges[column]
                    cells[at] = replace(cells[at], row_span=cells[at].row_span + 1)
                else:
                    cells[row_number, column] = self._cell(
                        cell, index, row_number, column, span, nested
                    )
                    open_merges.pop(column, None)
                    if merge:
                        open_merges[column] = (row_number, column)
                column += span
            width = max(width, column)
            row_number += 1
            if row_number * max(width, 1) > MAX_CELLS:
                raise TooManyRows(name=self.name, detail=f"{row_number} hàng")
        table = Table(
            index, row_number, width, tuple(cells.values()), Anchor(table=index), parent=holder
        )
        self.blocks.insert(place, table)
        for inner in nested:
            self._table(inner, index)
        self._text_boxes()

    def _cell(
        self, node: Any, table: int, row: int, column: int, span: int, nested: list[Any]
    ) -> Cell:
        anchor = Anchor(table=table, row=row, column=column)
        lines: list[Paragraph] = []
        held: list[str] = []
        boxes = len(self._boxes)
        content = cell_content(node)
        for child in content:
            if child.tag == TABLE:
                nested.append(child)
                held += texts_of(child)
            else:
                lines.append(self.paragraph(child, anchor, BlockKind.BODY))
        text, above = trimmed([line.full_text for line in lines])
        inked = [line for line in lines if line.text]
        nesting: tuple[Doubt, ...] = ()
        if not text:
            text, nesting = self._held(content, held, boxes)
        return Cell(
            text,
            row,
            column,
            anchor,
            column_span=span,
            bold=bool(inked) and all(line.bold for line in inked),
            italic=bool(inked) and all(line.italic for line in inked),
            doubts=tuple(dict.fromkeys((*nesting, *(d for line in inked for d in line.doubts)))),
            above=above,
        )

    def _held(self, content: Sequence[Any], held: Sequence[str], boxes: int) -> Held:
        """What a cell without a text of its own shows: in a table inside it, or in a text box.

        A figure set in a small table of its own is still the cell's; of several, which is? A box may
        stand anywhere, and a picture has no letters.
        """
        if held:
            return (held[0], ()) if len(held) == 1 else ("", (Doubt("nested_table"),))
        boxed = [said for box in self._boxes[boxes:] if (said := typed(shown_text(box)).strip())]
        if len(boxed) == 1:
            del self._boxes[boxes:]
            return boxed[0], (Doubt("text_box"),)
        return "", (Doubt("picture"),) if boxed or is_pictured(content) else ()
