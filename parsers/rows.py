"""What a row of the annex says outside its number columns, and what the annex does not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from parsers.columns import Columns
from parsers.grid import Grid
from parsers.heads import measured
from parsers.phrases import FIGURE, bare_of_words
from schemas.document import Cell, Table
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form, Indicator
from schemas.numbers import parse_count, split_pair
from schemas.report import Observation
from schemas.text import fold, one_line

_MOST = 160
_EMBEDDED = re.compile(r"^(.*?\D)\s*(?:[:：=]|\blà)\s*(\d[^:：]{0,24})$", re.IGNORECASE)
_IN_BRACKETS = re.compile(
    r"^(.*?\D)\s*\((?:(?:tổng|cộng)(?: số| cộng)?\s*:?\s*)?(\d[^()]{1,40})\)$", re.IGNORECASE
)
_ENDS_IN_FIGURE = re.compile(r"[:：=à]\s*\d[^:：]{0,24}$", re.IGNORECASE)


def split_label(label: str) -> tuple[str, str]:
    """``Số tin bài: 35 tin`` as the label and what stands behind its colon, or as ``Các lớp (tổng số 49
    lớp, 2.330 người)`` in brackets; else the label and ""."""
    told = _IN_BRACKETS.match(label) if label.endswith(")") else None
    if told is not None and all(
        parse_count(half).unit for half in split_pair(told[2]) or (told[2],)
    ):
        return told[1].strip(), told[2].strip()
    match = _EMBEDDED.match(label) if _ENDS_IN_FIGURE.search(label) else None
    if match is None or fold(match[1]).endswith((" nam", " so", " ngay")):
        return label, ""
    return match[1].strip(" :"), match[2].strip()


def holds_words(cells: Sequence[Cell | None], columns: Columns) -> bool:
    """Whether a number column of the row holds a word and no figure: a unit that belongs beside it.

    With a number outside the number columns it says that the row's cells stand one place off.
    """
    texts = [cell.text for c, _ in columns.measures if (cell := cells[c]) is not None]
    return any(
        re.search(r"[^\W\d_]{2}", text) and not FIGURE.search(text) and not parse_count(text).blank
        for text in texts
    )


def beside(
    label: str,
    texts: Sequence[str],
    cells: Sequence[Cell | None],
    columns: Columns,
    missing: Callable[[], Sequence[tuple[str, str]]],
) -> Iterator[Finding]:
    """A finding for each bare number of the row in a column that is none of the number columns.

    ``missing`` gives the indicators and measures of the row without a value: the number may be theirs.
    It is asked only where there is such a number.
    """
    known = {columns.label, columns.ordinal, *columns.unknown, *columns.parts}
    known |= {column for column, _ in columns.measures}
    for column, cell in enumerate(cells):
        if cell is None or column in known or cell.column != column:
            continue
        text = texts[column]
        if re.search(r"\d", text) and parse_count(text).value is not None:
            message = (
                f"Hàng «{one_line(label)}» ghi số «{text}» ở cột không phải cột số liệu; "
                "số này chưa được lấy."
            )
            for code, measure in missing() or ((None, None),):
                yield Finding(
                    RuleCode.MISPLACED_VALUE, Severity.WARNING, message, (cell.anchor,), code,
                    measure, text,
                )  # fmt: skip


def shared_measure(table: Table, measure: str) -> Finding:
    """Two columns of ``table`` give the same measure for one row."""
    named = "số người" if measure == "people" else "số lượng"
    message = f"Bảng có hai cột cùng ghi {named} cho một hàng; chưa rõ lấy cột nào."
    return Finding(
        RuleCode.UNCLAIMED_COLUMN, Severity.ERROR, message, (table.anchor,), measure=measure
    )


def run_together(
    indicator: Indicator, filled: Sequence[tuple[str, Cell]], observations: Sequence[Observation]
) -> Iterator[Finding]:
    """A finding that lists what stands in a cell of too many figures: rows may have run together."""
    for _, cell in filled:
        figures = FIGURE.findall(one_line(cell.text)[:_MOST])
        apart = re.fullmatch(
            r"[^\d]*\d[\d. ]*(?:\s[^\d/(,-]*)?\s\d[\d. ]*\W*", one_line(cell.text)[:_MOST]
        )
        if apart and len(figures) > 1 and not observations:
            shown = ", ".join(figures)
            message = (
                f"Ô «{indicator.label}» có nhiều số ({shown}); có thể hai hàng của bảng bị đọc "
                "liền nhau; số chưa được lấy."
            )
            where = (cell.anchor,)
            yield Finding(RuleCode.UNCLAIMED_ROW, Severity.ERROR, message, where, value=shown)


def holds_figures(grid: Grid, form: Form) -> bool:
    """Whether a table is one of numbers: no letterhead, no list of names with their ordinals. Of few
    figures it is one where its head is that of an annex of ``form``."""
    table = grid.table
    if table.rows < 2 or table.columns < 2:
        return False
    figures = [c.row for c in table.cells if c.column and _is_figure(c.text)]
    lines = len(set(figures))
    if table.columns == 2 and table.rows == 2:
        return all(c.row == 0 or _is_figure(c.text) for c in table.cells)
    if table.columns == 2:
        return lines >= 3 and 2 * lines > table.rows
    if (len(figures) >= 4 and lines >= 2) or (lines == 1 and len(figures) >= 2):
        return True
    return bool(figures) and measured(grid.texts[0], form)


def _is_figure(text: str) -> bool:
    return parse_count(text).value is not None or split_pair(bare_of_words(text)[0]) is not None


def unclaimed_table(table: Table, *, alone: bool) -> Finding:
    """A table of numbers of which nothing was taken; ``alone`` if the document has no other annex."""
    message = "Có bảng số liệu không theo mẫu; số trong bảng chưa được lấy."
    severity = Severity.ERROR if alone else Severity.WARNING
    return Finding(RuleCode.UNCLAIMED_TABLE, severity, message, (table.anchor,))


def missing_rows(form: Form, seen: Collection[str]) -> Iterator[Finding]:
    """One finding that names the form's rows which the annex does not have."""
    missing = [one for one in form.indicators if one.code not in seen]
    if missing:
        names = "; ".join(f"«{one.label}»" for one in missing)
        yield Finding(
            RuleCode.MISSING_ROW, Severity.INFO, f"Bảng không có các hàng sau của mẫu: {names}."
        )
