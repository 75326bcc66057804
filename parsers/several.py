"""Several letters in one file: which Quốc hiệu begin a letter, and the first letter alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.letter import Line, lines_of
from parsers.symbols import HEADER_NUMBER
from parsers.zones import is_addressee, is_stamp, is_type_line, nations_of
from schemas.document import Document, Paragraph

_AGENCY = re.compile(
    r"(?:ubnd|uy ban|so|phong|truong|trung tam|ban chi dao|ban to chuc|hoi|hdnd|dang uy|bo)\s"
)
_NUMBER = re.compile(r"^\W*s[o0]\s*[:.]?\s*(?=[\d.…_\s]*/)")
_LETTERHEAD = 3
"""Paragraphs of an agency's name above a Quốc hiệu, at most."""
_HEAD = 30
"""Lines in which a letter says its number, its type or its addressee."""


@dataclass(frozen=True, slots=True)
class Letters:
    """``first`` is the document up to the second letter; ``starts`` the line of each Quốc hiệu.

    ``apart`` says whether what follows the first letter is known to be one of its own. Without it
    ``first`` is the whole document: a Quốc hiệu may also head the letter's own annex.
    """

    first: Document
    starts: tuple[Line, ...]
    apart: bool


def letters_in(document: Document) -> Letters:
    """Cuts ``document`` where its second letter begins."""
    lines = lines_of(document, long_tables(document))
    nations = nations_of(lines)
    heads = [(at, *_said(lines, at, until)) for at, until in _stretches(nations, len(lines))]
    number = heads[0][1] if heads else None
    later = [at for at, own, letter in heads[1:] if letter or (own and number and own != number)]
    cut = _begin(document, lines[later[0]].block) if later else 0
    if cut == 0:
        return Letters(document, tuple(lines[at] for at in nations), apart=False)
    starts = tuple(lines[at] for at in (nations[0], *later))
    return Letters(replace(document, blocks=document.blocks[:cut]), starts, apart=True)


def long_tables(document: Document) -> set[int]:
    """Tables too long to be a letterhead or a signature block."""
    return {t.index for t in document.tables() if t.rows > 6 or (t.columns > 3 and t.rows > 2)}


def _stretches(nations: Sequence[int], end: int) -> list[tuple[int, int]]:
    return [(at, min((*nations[i + 1 :], at + _HEAD, end))) for i, at in enumerate(nations)]


def _said(lines: Sequence[Line], at: int, until: int) -> tuple[str | None, bool]:
    """The number under the Quốc hiệu, and whether a letter's type or addressee stands there.

    An annex may have a title like a type's name; its stamp tells it from a letter.
    """
    own, letter, stamped = None, False, False
    block = lines[at].block
    beside = [line for line in lines[max(0, at - 8) : at] if line.block >= block - 1]
    for line in (*beside, *lines[at:until]):
        place = _NUMBER.match(line.folded)
        number = HEADER_NUMBER.search(line.text, place.end()) if place and not own else None
        if number:
            own = re.sub(r"\W", "", number[0]).casefold()
        alone = is_type_line(line) and len(line.text.split()) <= 3
        letter = letter or bool(alone) or is_addressee(line)
        stamped = stamped or is_stamp(line)
    return own, letter and not stamped


def _begin(document: Document, block: int) -> int:
    """The block of a letter's first line: the agency may stand above the Quốc hiệu."""
    for _ in range(_LETTERHEAD):
        above = document.blocks[block - 1] if block else None
        if not isinstance(above, Paragraph) or not _names_agency(above):
            break
        block -= 1
    return block


def _names_agency(paragraph: Paragraph) -> bool:
    head = Line(paragraph.text.strip().partition("\n")[0], paragraph, 0, 0)
    return head.upper and _AGENCY.match(head.folded) is not None
