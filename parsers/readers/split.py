"""One file that holds several letters, cut into one file each, the same bytes every time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from parsers.readers.docx import Walk, open_docx
from parsers.readers.numbering import W
from parsers.readers.split_pages import split_pdf, split_tiff
from parsers.sniff import DOCX, PDF, TIFF
from schemas.document import Anchor, BlockKind

_AGENCY = re.compile(r"(?:UBND|ỦY BAN|UỶ BAN|SỞ|PHÒNG|TRƯỜNG|TRUNG TÂM|BAN|HỘI)\s")
_DAY_ONE = (1980, 1, 1, 0, 0, 0)


def split(path: Path, kind: str, starts: Sequence[Anchor], folder: Path, name: str) -> list[Path]:
    """A file for each letter; ``starts`` are where each letter's Quốc hiệu stands.

    Empty where they cannot be told apart, as two on one picture, or in a kind of file that is not cut.
    """
    if kind == PDF:
        return split_pdf(path, starts, folder)
    if kind == TIFF:
        return split_tiff(path, starts, folder)
    if kind == DOCX:
        return _split_docx(path, starts, folder, name)
    return []


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
    return None if node is None else _above(body, list(body).index(node))


def _above(body: Any, at: int) -> int:
    """Before the agency's lines, where they stand above the Quốc hiệu and not beside it."""
    for step in range(1, 4):
        before = body[at - step] if at >= step else None
        text = "" if before is None else "".join(before.itertext()).strip()
        if (
            before is None
            or before.tag != f"{W}p"
            or not _AGENCY.match(text)
            or text != text.upper()
        ):
            return at - step + 1
    return at - 3


def _repacked(plain: Path, target: Path) -> Path:
    """The package without the hour it was written at: the same letters give the same bytes."""
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            bare = zipfile.ZipInfo(member.filename, _DAY_ONE)
            new.writestr(bare, old.read(member), zipfile.ZIP_DEFLATED)
    plain.unlink()
    return target
