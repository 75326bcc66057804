"""Rows of a scanned annex that are seen on the paper but not in its table: said, never dropped.

A recogniser may take a table's last rows for text, above all where it goes on overleaf. What it
reads of their figures is told by ``loose_figures``; here is told which rows and which page they are
of, whether or not a figure was read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from parsers.letter import flat, is_image
from parsers.matcher import match_row
from parsers.span_lines import span_lines
from schemas.document import Anchor, Box, Cell, Document, Paragraph, Table, union
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form, Indicator

_FOOT = re.compile(r"^\W*(?:n\S{1,2}i nh\S{1,2}n\b|(?:kt|tm|tl|tuq|k/t|t/m)\s*[./])")
_LETTERHEAD = re.compile(r"cong hoa xa hoi|doc lap\W+tu do")
_FIGURES = re.compile(r"(?:^|\s)[\d.,]+(?=\s|$)")
_ALONE, _FEW = re.compile(r"\d[\d.,]*"), 3
_SURE = ("exact", "alias", "fuzzy")
_MOST = 12
_TITLE = (5, 4)
"""Least words of a column's title with a row behind it, and what no title has as many of."""
_OUTSIDE = "có ở trang {} nhưng nằm ngoài bảng đã đọc"
_SWALLOWED = "bị đọc lẫn vào đầu bảng"

_Line = tuple[str, Box]


def lost_rows(
    document: Document, claimed: Collection[int], form: Form, unseen: Collection[str]
) -> tuple[Finding, ...]:
    """What the pages of the annex and those it goes on to hold of the ``unseen`` rows of ``form``.

    ``claimed`` are the indices of the tables that were read as annex. A page after one of theirs on
    which none of theirs stands gets a finding; so does each measure of a row named there, below the
    table or in its head, which the table does not have.
    """
    held = _pages_of(document, claimed)
    if not held or not unseen:
        return ()
    out = [
        finding
        for table in document.tables()
        if table.index in claimed and is_image(document, table.anchor)
        for cell, code in _in_head(table, form, unseen)
        for finding in _lost_row(form.indicator(code), _SWALLOWED, cell.anchor)
    ]
    out += _pages_before(document, min(held), form, unseen)
    page = min(held)
    last = max((p.number for p in document.pages), default=page)
    while page <= last and is_image(document, Anchor(page=page)):
        lines, ended = _lines_on(document, page, claimed)
        if page not in held and not lines:
            break
        named = _named(lines, form, unseen)
        if page not in held and (named or any(c.isdigit() for text, _ in lines for c in text)):
            out.append(_lost_page(page, lines, form, unseen))
        for code, box in named.items():
            where = Anchor(page=page, box=box)
            out += _lost_row(form.indicator(code), _OUTSIDE.format(page), where)
        if ended:
            break
        page += 1
    return tuple(out)


def _pages_before(
    document: Document, first: int, form: Form, unseen: Collection[str]
) -> Iterator[Finding]:
    """The pages above the annex's first table on which figures stand alone: it began there."""
    page = first - 1
    while page > 0 and is_image(document, Anchor(page=page)):
        lines = [line for b in document.blocks for line in _written(b, page)]
        foot = max((i for i, (text, _) in enumerate(lines) if _FOOT.search(flat(text))), default=-1)
        lines = lines[foot + 1 :]
        if sum(bool(_ALONE.fullmatch(text)) for text, _ in lines) < _FEW:
            return
        yield _lost_page(page, lines, form, unseen)
        if foot >= 0:
            return
        page -= 1


def _pages_of(document: Document, claimed: Collection[int]) -> set[int]:
    """The pages on which cells of the ``claimed`` tables stand."""
    return {
        cell.anchor.page
        for table in document.tables()
        if table.index in claimed
        for cell in table.cells
        if cell.anchor.page is not None
    }


def _lines_on(document: Document, page: int, claimed: Collection[int]) -> tuple[list[_Line], bool]:
    """What is written on ``page`` outside the annex's tables, and below their beginning; and
    whether a signature or another letter follows, which ends the annex."""
    out: list[_Line] = []
    begun = not any(_holds(b, page) for b in document.blocks if _is_annex(b, claimed))
    for block in document.blocks:
        if _is_annex(block, claimed):
            begun = begun or _holds(block, page)
            continue
        if not begun:
            continue
        for text, box in _written(block, page):
            said = flat(text)
            if _FOOT.search(said) or _LETTERHEAD.search(said):
                return out, True
            out.append((text, box))
    return out, False


def _is_annex(block: Paragraph | Table, claimed: Collection[int]) -> bool:
    return isinstance(block, Table) and block.index in claimed


def _holds(table: Paragraph | Table, page: int) -> bool:
    return isinstance(table, Table) and any(c.anchor.page == page for c in table.cells)


def _written(block: Paragraph | Table, page: int) -> Iterator[_Line]:
    """The lines of ``block`` that stand on ``page``, each with its box."""
    if isinstance(block, Table):
        for cell in block.cells:
            if cell.text and cell.anchor.page == page and cell.anchor.box is not None:
                yield cell.text, cell.anchor.box
        return
    for line in span_lines(one for one in block.spans if one.page == page):
        yield block.text[line[0].start : line[-1].end], union([s.box for s in line])


def _named(lines: list[_Line], form: Form, unseen: Collection[str]) -> Mapping[str, Box]:
    """The ``unseen`` rows that a line names, or two lines together, each with its box."""
    out: dict[str, Box] = {}
    pairs = [(f"{one[0]} {other[0]}", union([one[1], other[1]])) for one, other in pairwise(lines)]
    for text, box in (*lines, *pairs):
        match = match_row(form, _FIGURES.sub(" ", text).strip(" ,.-–"), None)
        if match and match.how in _SURE and match.code in unseen:
            out.setdefault(match.code, box)
    return out


def _lost_page(page: int, lines: list[_Line], form: Form, unseen: Collection[str]) -> Finding:
    labels = [f"«{one.label}»" for one in form.indicators if one.code in unseen][:_MOST]
    return Finding(
        RuleCode.UNCLAIMED_TABLE,
        Severity.ERROR,
        f"Trang {page} nối tiếp bảng số liệu nhưng không đọc được thành bảng; số ở trang này chưa "
        f"được lấy. Các hàng chưa có: {'; '.join(labels)}.",
        (Anchor(page=page, box=union([box for _, box in lines])),),
    )


def _in_head(table: Table, form: Form, unseen: Collection[str]) -> Iterator[tuple[Cell, str]]:
    """The ``unseen`` rows that stand behind a column's title: the head ran on into the first row."""
    for cell in table.cells:
        words = cell.text.split()
        if cell.row > 0 or len(words) < _TITLE[0]:
            continue
        for first in range(1, _TITLE[1]):
            match = match_row(form, " ".join(words[first:]), None)
            if match and match.how in _SURE and match.code in unseen:
                yield cell, match.code
                break


def _lost_row(row: Indicator, lost: str, where: Anchor) -> Iterator[Finding]:
    for measure in row.measures:
        message = f"Hàng «{row.label}» ({measure.unit}) {lost}; số của hàng chưa được lấy."
        yield Finding(
            RuleCode.UNREADABLE_CELL, Severity.ERROR, message, (where,), row.code, measure.code
        )
