"""A small table that says what it counts only together with the heading it stands under: below "Lễ khai
mạc" the rows "Huyện" and "Cơ sở giáo dục"."""

from __future__ import annotations

import re

from parsers.columns import Columns
from parsers.count_sentences import heads
from parsers.grid import Grid
from parsers.heads import role_under
from parsers.matcher import match_row
from parsers.phrases import is_numeric
from parsers.row_places import SURE
from parsers.unheaded import is_elsewhere, thereof
from schemas.document import Block, Paragraph
from schemas.form import Form
from schemas.text import words

_DIGIT = re.compile(r"\d")
_HOLDERS = re.compile(r"so (?:luong )?(?:don vi|truong|co so|noi)(?: (?:to chuc|khai mac))*$")
"""How many held it, where each row counts who did: elsewhere "đơn vị tổ chức" names who is in charge."""
_LABEL = 0
"""The column that names the rows of so small a table."""


def section_under(block: Block, before: str | None, form: Form) -> str | None:
    """The row of others under it that ``block`` names, if it is a heading, for what follows; ``before``
    where it is none."""
    if not isinstance(block, Paragraph) or not heads(block):
        return before
    match = match_row(form, block.text.rstrip(" :."), None)
    parents = {row.parent for row in form.indicators}
    known = match is not None and match.how in SURE and match.code in parents
    return match.code if match is not None and known else None


def columns_under(grid: Grid, section: str, form: Form) -> Columns | None:
    """The columns of a table below a heading that names ``section``; None where its rows are not rows
    of that section, or its head names no measure."""
    texts = grid.texts
    if len(texts) < 2 or any(map(_DIGIT.search, texts[0])):
        return None
    numeric = [c for c in range(1, grid.table.columns) if is_numeric(texts[1:], c)]
    roles = {c: role_under(texts[:1], c, form) for c in numeric}
    named = [(c, role[1]) for c, role in roles.items() if role and role[0] == "measure" and role[1]]
    held = any(row.level for row in form.indicators if row.parent == section)
    loose = [
        c
        for c in numeric
        if roles[c] is None
        and ((held and _HOLDERS.match(words(texts[0][c]))) or not _of_another(texts[0], c, form))
    ]
    unnamed = "count" if len(loose) == 1 and [m for _, m in named] in ([], ["people"]) else None
    measures = [*named, *((c, unnamed) for c in loose if unnamed)]
    if not measures or not _rows_of(grid, section, form):
        return None
    rest = () if unnamed else tuple(loose)
    return Columns(
        _LABEL, 1, measures=tuple(sorted(measures)), unknown=rest, few=True, unnamed=unnamed
    )


def _of_another(head: list[str], column: int, form: Form) -> bool:
    return is_elsewhere(words(head[column]), form.year) or thereof([head], column)


def _rows_of(grid: Grid, section: str, form: Form) -> bool:
    """Whether most rows are rows of ``section``, each of another one."""
    own = {row.code for row in form.indicators if row.parent == section}
    labels = [row[_LABEL] for row in grid.texts[1:] if row[_LABEL]]
    found = [m.code for label in labels if (m := match_row(form, label, section, filled=True))]
    codes = [code for code in found if code in own]
    return bool(codes) and len(set(codes)) == len(codes) and 2 * len(codes) > len(labels)
