"""The head of a table without rules: where it stands, where its rows begin, whether it is said again.

Pure, like ``borderless``, which it serves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from parsers.readers.lines import Line, Word
from schemas.document import Table
from schemas.text import fold

_ORDINAL_HEAD = re.compile(r"^(tt|stt|so tt)$")
_HEAD_WORDS = (
    "don vi",
    "dvt",
    "so luong",
    "ghi chu",
    "nguoi",
    "noi dung",
    "hoat dong",
    "so lop",
    "ket qua",
)
ORDINAL = re.compile(r"(\d{1,2}|[ivx]+|[a-zđ])[.)]?")
NUMBER = re.compile(r"[\d., ]+")
DASH = re.compile(r"[-–—]+")
BULLET = re.compile(r"(?:[-–—+•*]|[a-zđ]\))(?:\s|$)")
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)")
_STROKES = re.compile(r"[\dl|!i\[\]]{1,2}[.)]?")
YEAR = re.compile(r"(?:19|20)\d\d")
_SPACE = 0.75  # of the letters' size: wider gaps part columns, narrower ones words
_TITLE = 0.4
_SHORT = 4
_SAME_WORD, _SAME_ROW, _HEAD_LINES = 0.75, 0.6, 6

Row = list[Line]


def parts_of(row: Sequence[Line]) -> Row:
    """The row's words parted where the gap is wider than a space."""
    out: list[list[Word]] = []
    for word in (w for line in row for w in line.words):
        if out and word.box[0] - out[-1][-1].box[2] <= _SPACE * word.size:
            out[-1].append(word)
        else:
            out.append([word])
    return [Line(tuple(part)) for part in out]


def find_head(
    rows: Sequence[Row], *, ordinal: bool = True, label: int = 1
) -> tuple[int, int] | None:
    """The rows that head a table, first and end; None where none do.

    A head has an ordinal's title, or without ``ordinal`` three columns, and words of heads near.
    ``label`` is the place in it of what heads the labels.
    """
    head = next((i for i in range(len(rows)) if _is_head(rows, i, ordinal=ordinal)), None)
    if head is None:
        return None
    end = next(
        (i for i in range(head + 1, len(rows)) if _starts_data(rows[i], rows[head], label)), None
    )
    if end is None:
        return None
    start = head
    while start > 0 and end - start < 4 and _is_head_part(rows[start - 1], rows[head]):
        start -= 1
    return start, end


def head_top(rows: Sequence[Row]) -> float | None:
    """Where the first row lies that may head a table, whether or not its ordinal was read."""
    at = next((i for i in range(len(rows)) if _is_head(rows, i, ordinal=False)), None)
    if at is None:
        return None
    top = at
    while top > 0 and _is_head_part(rows[top - 1], rows[at]):
        top -= 1
    return min(line.box[1] for line in rows[top])


def _is_head(rows: Sequence[Row], at: int, *, ordinal: bool) -> bool:
    row = rows[at]
    numbered = any(_ORDINAL_HEAD.match(fold(line.text)) for line in row)
    if not numbered and (ordinal or len(row) < 2 or _side_by_side(rows[at : at + 3]) < 3):
        return False
    if not numbered and any(
        is_figure(p.text) and not YEAR.fullmatch(p.text) for p in parts_of(row)
    ):
        return False  # a row of values, whose units and labels use the words of heads
    text = " ".join(fold(line.text) for part in rows[at : at + 3] for line in part)
    return sum(word in text for word in _HEAD_WORDS) >= 2


def _side_by_side(rows: Sequence[Row]) -> int:
    """How many columns the parts of ``rows`` make, those over one another being one."""
    count, end = 0, float("-inf")
    for left, right in sorted((line.box[0], line.box[2]) for row in rows for line in row):
        count += left >= end
        end = max(end, right)
    return count


def _is_head_part(row: Sequence[Line], head: Sequence[Line]) -> bool:
    """Whether ``row``, above ``head``, stands over some of its columns; a title stands over most."""
    width = head[-1].box[2] - head[0].box[0]
    if any(line.box[2] - line.box[0] > _TITLE * width for line in row):
        return False
    text = " ".join(fold(line.text) for line in row)
    return len(row) <= 3 and any(word in text for word in _HEAD_WORDS) and len(text) < 60


def _starts_data(row: Row, head: Sequence[Line], label: int) -> bool:
    """An ordinal (a lone 1 may be read as strokes), a figure right of the labels, or a bullet: no
    head has one.

    The rows on top of a page may belong to a group whose ordinal stands on the page before.
    """
    if is_numbering(row):
        return False
    first = fold(row[0].words[0].text)
    ordinal = ORDINAL.fullmatch(first) or _STROKES.fullmatch(first)
    if label and ordinal and row[0].box[0] < head[0].box[2] + 10:
        return True
    if len(head) < 2:
        return False
    if BULLET.match(row[0].text) and row[0].box[0] < head[1].box[2]:
        return True
    right = [line.text for line in row if line.box[0] > head[label].box[2]]
    return any(is_figure(text) and not YEAR.fullmatch(text) for text in right)


def is_figure(text: str) -> bool:
    """Whether ``text`` is a bare number, or the stroke that stands for none."""
    return bool(NUMBER.fullmatch(text) or DASH.fullmatch(text))


def is_numbering(row: Row) -> bool:
    """Whether a row only numbers the columns, "(1)", "(2)", …: one or another may be misread."""
    texts = [part.text for part in parts_of(row)]
    numbers = sum(bool(_COLUMN_NUMBER.fullmatch(text)) for text in texts)
    if numbers == len(texts):
        return True
    return numbers > 1 and 2 * numbers >= len(texts) and max(map(len, texts)) <= _SHORT


def repeated_head(rows: Sequence[Row], before: Table) -> int:
    """How many of the first ``rows`` say the head of ``before`` again, each word at most once."""
    left = Counter(_head_words(before))
    if not left:
        return 0
    for at, row in enumerate(rows[:_HEAD_LINES]):
        said = [fold(w.text) for line in row for w in line.words]
        if any(is_figure(line.text) for line in row):
            return at
        known = [match for word in said if (match := _taken(word, left))]
        if sum(map(len, known)) < _SAME_ROW * sum(map(len, said)):
            return at
        left -= Counter(known)
    return min(len(rows), _HEAD_LINES)


def _taken(word: str, left: Counter[str]) -> str | None:
    """The word of ``left`` that ``word`` is, give or take a letter misread."""
    if left[word]:
        return word
    near = [w for w in left if left[w] and min(len(w), len(word)) > 2]
    return next(
        (w for w in near if SequenceMatcher(None, w, word, autojunk=False).ratio() >= _SAME_WORD),
        None,
    )


def _head_words(table: Table) -> list[str]:
    """The words of the table's head; none where it only goes on from a page before."""
    top = [c for c in table.cells if c.row == 0]
    rows = 1 + any(c.column_span > 1 for c in top)
    text = " ".join(fold(c.text) for c in table.cells if c.row < rows)
    return text.split() if sum(word in text for word in _HEAD_WORDS) >= 2 else []
