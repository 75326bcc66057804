"""A working copy of a DOCX in which every place of our Document carries a bookmark.

LibreOffice exports bookmarks as named destinations of its PDF, and so each cell and paragraph
gets a page and a position. The copy is marked by the very walk that reads, so that places agree.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from parsers.legacy_encodings import to_unicode
from parsers.readers.docx import Walk, open_docx
from parsers.readers.docx_package import cut_off
from parsers.readers.docx_styles import Said
from parsers.readers.docx_xml import cell_content
from parsers.readers.numbering import W
from schemas.document import Anchor, BlockKind, Cell, Paragraph

MAX_MARKS = 20_000
_PREFIX = "tonghopplace"
_FIRST_ID = 900_000
_PLAIN_FONT = "Times New Roman"


def mark_name(number: int) -> str:
    """The bookmark of place ``number``: letters and digits only, LibreOffice escapes the rest."""
    return f"{_PREFIX}{number}"


class _MarkingWalk(Walk):
    """``places`` are (anchor, text) in document order; text boxes stand after their paragraph."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.places: list[tuple[Anchor, str]] = []

    def _paragraph(self, node: Any, kind: BlockKind) -> None:
        at = len(self.places)
        self.places.append((Anchor(paragraph=self._paragraphs), ""))
        before = len(self.blocks)
        super()._paragraph(node, kind)
        made = self.blocks[before] if len(self.blocks) > before else None
        if isinstance(made, Paragraph) and made.anchor == self.places[at][0]:
            self.places[at] = (made.anchor, made.full_text)
        _bookmark(node, at)

    def _cell(
        self, node: Any, table: int, row: int, column: int, span: int, nested: list[Any]
    ) -> Cell:
        at = len(self.places)
        self.places.append((Anchor(table=table, row=row, column=column), ""))
        made = super()._cell(node, table, row, column, span, nested)
        self.places[at] = (self.places[at][0], made.text)
        paragraphs = [child for child in cell_content(node) if child.tag == f"{W}p"]
        if paragraphs:
            _bookmark(paragraphs[0], at)
        return made

    def _run(self, run: Any, out: list[Said]) -> None:
        super()._run(run, out)
        font = self.styles.font(run.find(f"{W}rPr"), self._font) if self.letters.legacy else None
        if font in self.letters.legacy:
            _show_in_unicode(run, font)


def mark(path: Path, name: str, target: Path) -> list[tuple[Anchor, str]]:
    """Writes the marked copy of the DOCX at ``path`` and gives the place of each mark.

    Nothing that the copy links to is left to be fetched. Raises what reading the file raises.
    """
    opened, walk = open_docx(path, name, _MarkingWalk)
    body = opened.element.body
    walk.all_of(opened)
    # LibreOffice drops what is marked in a table that ends a document.
    body.insert(len(body) - (body.find(f"{W}sectPr") is not None), body.makeelement(f"{W}p"))
    cut_off(opened)
    opened.save(str(target))
    return walk.places


def _bookmark(paragraph: Any, number: int) -> None:
    if number >= MAX_MARKS:
        return
    at = 0 if paragraph.find(f"{W}pPr") is None else 1
    for shift, tag in enumerate(("bookmarkStart", "bookmarkEnd")):
        node = paragraph.makeelement(f"{W}{tag}")
        node.set(f"{W}id", str(_FIRST_ID + number))
        if tag == "bookmarkStart":
            node.set(f"{W}name", mark_name(number))
        paragraph.insert(at + shift, node)


def _show_in_unicode(run: Any, font: str | None) -> None:
    """A picture in a font that no machine has any more would show other letters than were read."""
    for node in run.findall(f"{W}t"):
        node.text = to_unicode(node.text or "", font)
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = run.makeelement(f"{W}rPr")
        run.insert(0, properties)
    fonts = properties.find(f"{W}rFonts")
    if fonts is None:
        fonts = properties.makeelement(f"{W}rFonts")
        properties.insert(0, fonts)
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(f"{W}{script}", _PLAIN_FONT)
