"""One file that holds several letters, cut into one file each, the same bytes every time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from parsers.readers.docx import Walk, open_docx
from parsers.readers.numbering import W
from parsers.sniff import DOCX, PDF
from schemas.document import Anchor, BlockKind

_FILE_ID = re.compile(rb"/ID ?\[ ?<[0-9A-Fa-f]+> ?<[0-9A-Fa-f]+> ?\]")
_DAY_ONE = (1980, 1, 1, 0, 0, 0)


def split(path: Path, kind: str, starts: Sequence[Anchor], folder: Path, name: str) -> list[Path]:
    """A file for each letter; ``starts`` are where each letter's Quốc hiệu stands.

    Empty where they cannot be told apart: two on one page, or a kind of file that is not cut.
    """
    if kind == PDF:
        return _split_pdf(path, starts, folder)
    if kind == DOCX:
        return _split_docx(path, starts, folder, name)
    return []


def _split_pdf(path: Path, starts: Sequence[Anchor], folder: Path) -> list[Path]:
    import pypdfium2 as pdfium  # noqa: PLC0415

    pages = [anchor.page or 0 for anchor in starts]
    if len(set(pages)) < len(pages) or len(pages) < 2 or not all(pages):
        return []
    opened = pdfium.PdfDocument(str(path))
    try:
        cuts = [1, *sorted(pages)[1:], len(opened) + 1]
        made = []
        for number, (first, after) in enumerate(pairwise(cuts), 1):
            part = pdfium.PdfDocument.new()
            part.import_pages(opened, list(range(first - 1, after - 1)))
            target = folder / f"{number}.pdf"
            part.save(str(target))
            part.close()
            target.write_bytes(_FILE_ID.sub(_without_id, target.read_bytes()))
            made.append(target)
        return made
    finally:
        opened.close()


def _without_id(found: re.Match[bytes]) -> bytes:
    """The file's random number as noughts, of the same length: places in the file stay true."""
    return b"/ID" + re.sub(rb"[0-9A-Fa-f]", b"0", found[0][3:])


class _Locating(Walk):
    """Knows which node each place was read from."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.nodes: dict[tuple[str, int], Any] = {}

    def _paragraph(self, node: Any, kind: BlockKind) -> None:
        self.nodes["paragraph", self._paragraphs] = node
        super()._paragraph(node, kind)

    def _table(self, node: Any, holder: int | None) -> None:
        self.nodes["table", self._tables] = node
        super()._table(node, holder)


def _split_docx(path: Path, starts: Sequence[Anchor], folder: Path, name: str) -> list[Path]:
    made: list[Path] = []
    for number in range(len(starts)):
        # Opened anew for each: what one leaves out is gone from the tree.
        opened, walk = open_docx(path, name, _Locating)
        body = opened.element.body
        walk.blocks_of(body, BlockKind.BODY)
        cuts = [_child_of(body, walk.nodes, anchor) for anchor in starts]
        if None in cuts or len(cuts) < 2 or len(set(cuts)) < len(cuts):
            return []
        first = 0 if number == 0 else cuts[number]
        after = cuts[number + 1] if number + 1 < len(cuts) else len(body)
        for at, child in enumerate(list(body)):
            if not first <= at < after and child.tag != f"{W}sectPr":
                body.remove(child)
        plain = folder / f"{number + 1}.tmp"
        opened.save(str(plain))
        made.append(_repacked(plain, folder / f"{number + 1}.docx"))
    return made


def _child_of(body: Any, nodes: dict[tuple[str, int], Any], anchor: Anchor) -> Any:
    """The position among the body's children of what holds the place; None where it is not found."""
    if anchor.table is not None:
        node = nodes.get(("table", anchor.table))
    else:
        node = nodes.get(("paragraph", anchor.paragraph if anchor.paragraph is not None else -1))
    while node is not None and node.getparent() is not body:
        node = node.getparent()
    return None if node is None else list(body).index(node)


def _repacked(plain: Path, target: Path) -> Path:
    """The package without the hour it was written at: the same letters give the same bytes."""
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            bare = zipfile.ZipInfo(member.filename, _DAY_ONE)
            new.writestr(bare, old.read(member), zipfile.ZIP_DEFLATED)
    plain.unlink()
    return target
