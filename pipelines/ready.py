"""Imported once by the fork server, so that every process that reads begins with everything at hand.

Registry, forms, matchers and compiled patterns are made on first use; a process a file would make
them again for each file, which costs several times what reading it does.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import count

from parsers.counts import mentions
from pipelines.understand import understand_document
from schemas.catalog import forms
from schemas.document import Anchor, Cell, Document, Paragraph, Reading, Source, Table
from schemas.errors import TonghopError
from schemas.form import Form
from schemas.settings import load_settings


def _blank_report(form: Form) -> Document:
    """A report of ``form`` as its sender would begin it: every heading and row, no figure."""
    rows = [(row.ordinal, row.label) for row in (*form.section_rows, *form.indicators)]
    head = [column.title for column in form.columns]
    texts = [*form.titles, form.annex_title, *(h.examples[0] for h in form.headings if h.examples)]
    grid = [head, *([*row, *[""] * (len(head) - len(row))][: len(head)] for row in rows)]
    cells = tuple(
        Cell(text, row, column, Anchor(table=0, row=row, column=column))
        for row, line in enumerate(grid)
        for column, text in enumerate(line)
    )
    numbered = count()
    letters = tuple(Paragraph(text, Anchor(paragraph=next(numbered))) for text in texts)
    table = Table(0, len(grid), len(head), cells, Anchor(table=0))
    return Document(Source("", "", "", 0), Reading.TEXT, (*letters, table))


def _sentences(form: Form) -> list[Paragraph]:
    """The form's own sentences of running text."""
    told = [one.text for row in form.indicators for one in row.prose.examples]
    return [Paragraph(text, Anchor(paragraph=at)) for at, text in enumerate(told)]


with suppress(TonghopError):
    for _campaign, _form in forms().items():
        understand_document(_blank_report(_form), load_settings().province, _campaign)
        mentions(_sentences(_form), _form)
