"""The tables of a document as the form lays its annex out, however they were typed.

The one step between reading and taking. Each arrangement makes of a table another one of the same
cells: rows typed as lines of one row are taken apart, halves set side by side are put one below the
other, a table on its side is turned, and what has no head goes on with the table above. In whichever
row and column a cell comes to stand, its ``anchor`` stays the place it was read at: what is taken of
it is traced by that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from parsers.captioned import columns_under, section_under
from parsers.columns import Columns, find_columns
from parsers.grid import Grid
from parsers.inner_heads import crossed, parted
from parsers.matcher import match_row
from parsers.phrases import is_count
from parsers.row_places import SURE
from parsers.rows import holds_figures
from parsers.side_by_side import unfolded
from parsers.stacked import unstacked
from parsers.transposed import upright
from schemas.document import Document, Table
from schemas.form import Form

_HEADED: tuple[Callable[[Grid, Form], Table | None], ...] = (unfolded, unstacked)
"""What a table under the form's columns may need: the table arranged, None where it lies as it should."""


@dataclass(frozen=True, slots=True)
class Annex:
    """One table of the annex, arranged as the form has it, and what its columns hold."""

    grid: Grid
    columns: Columns
    section: str | None = None
    """The row of the form with others under it that a heading above the table names, if its rows say
    what they are only with that."""

    @property
    def table(self) -> Table:
        """The table as arranged."""
        return self.grid.table


def annexes(document: Document, form: Form) -> Iterator[Annex]:
    """Every table of ``document`` that looks like the form's annex, in its order."""
    above: Annex | None = None
    section: str | None = None
    for block in document.blocks:
        if not isinstance(block, Table):
            section = section_under(block, section, form)
            continue
        for grid in parted(Grid(block), form):
            found = _laid_out(grid, form) or _under(grid, section, form)
            if above is not None and (found is None or not found.columns.first):
                found = _going_on(grid, above, form) or found
            if found is not None:
                above = found
                yield found


def _laid_out(grid: Grid, form: Form) -> Annex | None:
    """The table by its own head; on its side only where it says nothing as it stands."""
    for arrangement in _HEADED:
        arranged = arrangement(grid, form)
        grid = Grid(arranged) if arranged is not None else grid
    columns = find_columns(grid, form)
    aside = columns is None and holds_figures(grid, form)
    turned = (crossed(grid, form) or upright(grid, form)) if aside else None
    if turned is not None:
        grid = Grid(turned)
        columns = find_columns(grid, form)
    return Annex(grid, columns) if columns is not None else None


def _under(grid: Grid, section: str | None, form: Form) -> Annex | None:
    """The table by the heading it stands under."""
    if section is None or not holds_figures(grid, form):
        return None
    columns = columns_under(grid, section, form)
    return Annex(grid, columns, section) if columns is not None else None


def _going_on(grid: Grid, above: Annex, form: Form) -> Annex | None:
    """``grid`` with the columns of the annex's table ``above``, where it has no head of its own.

    None where it is another table: it must be as wide, name a row of the form where the labels stand,
    and hold counts where the counts stand and text nowhere among them.
    """
    before = above.columns
    if grid.table.columns != above.table.columns:
        return None
    labels = [row[before.label] for row in grid.texts]
    named = [m for label in labels if (m := match_row(form, label, None)) and m.how in SURE]
    slots = [c for c, _ in before.measures]
    told = [row[c] for row in grid.texts for c in slots if any(ch.isalnum() for ch in row[c])]
    if not named or not told or not all(any(ch.isdigit() for ch in v) for v in told):
        return None
    if not any(is_count(v) for v in told):
        return None
    return Annex(grid, replace(before, first=0, few=False))
