"""What one page holds, before pages are joined: the seam between page readers and the Document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.readers.page_joins import continues_paragraph, join_paragraphs, join_tables
from schemas.document import (
    Anchor,
    Block,
    Document,
    Doubt,
    Page,
    Paragraph,
    Reading,
    Source,
    Table,
)


@dataclass(frozen=True, slots=True)
class PageContent:
    """Blocks of one page in reading order; running headers and page numbers stand in ``aside``.

    Indexes of tables, rows and paragraphs count within the page and are numbered anew by
    ``assemble``. ``runs_on`` says that the last line reaches the right margin, ``runs_in`` that the
    first line starts like a continuation; None where the reader cannot tell.
    """

    page: Page
    blocks: tuple[Block, ...]
    aside: tuple[Paragraph, ...] = ()
    runs_on: bool | None = None
    runs_in: bool | None = None


def assemble(
    pages: list[PageContent], source: Source, doubts: tuple[Doubt, ...] = ()
) -> Document:
    """One Document of pages in order: what a page break cut is joined, tables are numbered from 0.

    Pure. A table or paragraph is joined only where nothing but asides stands between its parts.
    """
    blocks: list[Block] = []
    previous: PageContent | None = None
    for content in pages:
        fresh = list(content.blocks)
        if blocks and fresh and previous is not None and previous.blocks:
            fresh = _join(blocks, fresh, previous, content)
        blocks.extend(fresh)
        previous = content
    readings = {content.page.reading for content in pages}
    return Document(
        source=replace(source, pages=len(pages)),
        reading=readings.pop() if len(readings) == 1 else Reading.MIXED,
        blocks=_numbered(blocks),
        pages=tuple(content.page for content in pages),
        aside=tuple(paragraph for content in pages for paragraph in content.aside),
        doubts=doubts,
    )


def _join(
    blocks: list[Block], fresh: list[Block], previous: PageContent, content: PageContent
) -> list[Block]:
    """Joins the first of ``fresh`` to the last of ``blocks`` where it belongs; gives the rest."""
    last, first = blocks[-1], fresh[0]
    if isinstance(last, Table) and isinstance(first, Table):
        joined = join_tables(last, first)
        if joined is not None:
            blocks[-1] = joined
            return fresh[1:]
    elif isinstance(last, Paragraph) and isinstance(first, Paragraph):
        if continues_paragraph(last, first, previous.runs_on, content.runs_in):
            blocks[-1] = join_paragraphs(last, first)
            return fresh[1:]
    return fresh


def _numbered(blocks: list[Block]) -> tuple[Block, ...]:
    out: list[Block] = []
    tables = paragraphs = 0
    for block in blocks:
        if isinstance(block, Table):
            out.append(_table_numbered(block, tables))
            tables += 1
        else:
            out.append(replace(block, anchor=replace(block.anchor, paragraph=paragraphs)))
            paragraphs += 1
    return tuple(out)


def _table_numbered(table: Table, index: int) -> Table:
    cells = tuple(
        replace(cell, anchor=replace(cell.anchor, table=index, row=cell.row, column=cell.column))
        for cell in sorted(table.cells, key=lambda c: (c.row, c.column))
    )
    anchor = Anchor(page=table.anchor.page, box=table.anchor.box, table=index)
    return replace(table, index=index, cells=cells, anchor=anchor)
