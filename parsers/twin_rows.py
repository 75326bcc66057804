"""Rows of one name of which one counts what was held and the other who took part."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.annex_rows import Row
from parsers.matcher import Match
from parsers.people_rows import PEOPLE, counts_people, form_row, has_people
from parsers.phrases import PEOPLE as PEOPLE_UNIT
from parsers.row_places import SURE
from schemas.form import Form
from schemas.text import words


def part_twins(rows: Sequence[Row], form: Form) -> None:
    """Makes of two rows that were taken for one row of the form the one that counts people a row of
    people, in whichever order they stand, where it alone says so: by its unit, or by its label."""
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        counted = row.match is not None and not row.head and row.figures and not _two_columns(row)
        if row.match is not None and counted:
            by_code.setdefault(row.match.code, []).append(row)
    for code, several in by_code.items():
        if len(several) != 2 or not has_people(form_row(form, code)):
            continue
        if any(row.of_people for row in several):
            continue
        for told in (_unit_of_people, lambda row: counts_people(form, row.label)):
            found = [row for row in several if told(row)]
            if len(found) == 1:
                how = "beside" if found[0].match == several[0].match else "people"
                found[0].match = Match(code, 100.0, 0.0, how)
                break


def yield_to_named(rows: Sequence[Row]) -> None:
    """Takes from a row that may be a row of the form, as none other was left, what another is by name."""
    named = {row.match.code for row in rows if row.match is not None and row.match.how in SURE}
    for row in rows:
        if row.match is not None and row.match.how == "left" and row.match.code in named:
            row.match = None


def head_of_its_own(rows: Sequence[Row]) -> None:
    """Makes heads of the rows without figures and unit of which a surer one below has both: "III. Cuộc
    thi, tọa đàm" over "10. Cuộc thi, tọa đàm về khuyến đọc | cuộc | 04"."""
    for at, row in enumerate(rows):
        if row.head or row.match is None or not row.names_only or row.columns.unit is None:
            continue
        for other in rows[at + 1 :]:
            known = other.match is not None and other.match.code == row.match.code
            if known and other.figures and words(other.unit) and not other.of_people:
                row.head = True
                break


def _two_columns(row: Row) -> bool:
    return any(measure == PEOPLE for _, measure in row.columns.measures)


def _unit_of_people(row: Row) -> bool:
    return PEOPLE_UNIT.match(words(row.unit)) is not None
