"""Lines become paragraphs in reading order, side-by-side blocks apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from parsers.readers.lines import Line, Word, paragraph, rows_of, segments
from parsers.readers.side_by_side import column_runs, sides
from schemas.document import Alignment, Paragraph

CLOSED = re.compile(r"[.;:!?…)][”\"')\]]*$")
_ITEM = re.compile(
    r"^([-–+•*]|\(?\d{1,2}(\.\d{1,2})*[.)/]|[IVX]{1,5}[.)/]|[a-zđ][.)/]|[A-Z][./])\s"
)


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    right: float
    leading: float
    width: float


def _frame(rows: Sequence[list[Line]], width: float) -> _Frame:
    boxes = [line.box for row in rows for line in row]
    if not boxes:
        return _Frame(0, width, 16, width)
    starts = Counter(round(row[0].box[0] / 4) for row in rows)
    left = (
        min((k for k, n in starts.items() if n >= max(2, len(rows) // 8)), default=min(starts)) * 4
    )
    tops = [row[0].box[3] for row in rows]
    gaps = [b - a for a, b in pairwise(tops) if 4 < b - a < 40]
    return _Frame(left, max(b[2] for b in boxes), median(gaps) if gaps else 16, width)


def paragraphs_of(
    words: Sequence[Word], page: int, width: float, around: Sequence[Word] = ()
) -> tuple[list[Paragraph], bool, bool]:
    """Paragraphs in reading order, side-by-side blocks left first.

    Also whether the first may continue the page before, and whether the last ran to the margin.
    A side-by-side block (letterhead, signatures) is one paragraph a side, lines kept by newlines.
    ``around`` are all words of the page outside its tables: its margins are theirs.
    """
    rows = [segments(row) for row in rows_of(words)]
    frame = _frame([segments(row) for row in rows_of(around)] if around else rows, width)
    out: list[Paragraph] = []
    body: list[Line] = []
    position = 0
    runs = column_runs(rows, (frame.left + frame.right) / 2, letterhead=page == 1)
    first_plain = bool(rows) and (not runs or runs[0][0] > 0)
    while position < len(rows):
        run = next((r for r in runs if r[0] == position), None)
        if run is None:
            body.append(Line(tuple(w for line in rows[position] for w in line.words)))
            position += 1
            continue
        out += _flow(body, frame, page)
        body = []
        out += sides(rows[run[0] : run[1]], run[2], page)
        position = run[1]
    out += _flow(body, frame, page)
    starts = first_plain and bool(rows) and not _opens(rows[0][0], frame, None)
    ends = bool(body) and body[-1].box[2] > frame.right - 0.12 * (frame.right - frame.left)
    return out, starts, ends


_OPENS_ALWAYS = re.compile(r"N[ơo]i (?:nh[ậâa]n|g[ửư]i)\s*:")
_HEADING = re.compile(r"^(?:[IVX]{1,5}|[A-Z])[.)/]\s+(\w)")


_NUMBERED = re.compile(r"(?P<n>\d{1,2}|[a-eđghik])(?P<mark>[.)/])\s")
_LETTERS = "abcdđeghiklm"
_PAGE_NUMBER = re.compile(r"(?:[Tt]rang\s*)?[-–\s]*\d{1,3}(?:\s*/\s*\d{1,3})?[-–\s]*")
_NEAR = 10.0
"""Points from the right margin within which an indented line fills it: none is centred so far off."""
_SMALLER = 0.8
_ALIGNED = 4.0
"""Points by which lines under one another may begin apart."""


def _is_heading(line: Line) -> bool:
    """A bold line that a Roman number or a capital heads: it goes on with nothing above it."""
    found = _HEADING.match(line.text) if line.bold else None
    return found is not None and found.group(1).isupper()


def is_item(text: str) -> bool:
    """Whether a line begins with a bullet or a typed number."""
    return bool(_ITEM.match(text))


def _opens(line: Line, frame: _Frame, before: Line | None) -> bool:
    """Whether ``line`` begins a paragraph of its own after ``before``."""
    indented = line.box[0] > frame.left + 10
    if before is None:
        return indented or bool(_OPENS_ALWAYS.match(line.text)) or is_item(line.text)
    if _PAGE_NUMBER.fullmatch(before.text) and before.box[0] > frame.left + 0.25 * frame.width:
        return True
    ragged = _ragged(before, line) or _runs_on(before, line, frame)
    centred, after_centred = (not ragged and _centred(one, frame) for one in (line, before))
    small = line.text[:1].islower()
    if before.text.isupper() and not line.text.isupper() and _ends_capitals(before, line):
        return True
    if centred and small and line.bold == before.bold and _balanced(before, frame):
        return line.box[1] - before.box[3] > 1.1 * frame.leading
    if centred and after_centred and not small and _deliberate(before, line):
        return True
    if _is_heading(line) or _OPENS_ALWAYS.match(line.text) or _another_hand(before, line):
        return True
    short = before.box[2] < frame.right - 0.12 * (frame.right - frame.left)
    return (
        (indented and not (centred and after_centred))
        or line.box[1] - before.box[3] > 1.1 * frame.leading
        or (short and not indented and (not small or bool(CLOSED.search(before.text))))
        or (is_item(line.text) and (short or indented or line.bold != before.bold))
        or (centred != after_centred)
        or (line.bold != before.bold and (short or centred))
        or (bool(CLOSED.search(before.text)) and _set_apart(line, before, frame))
    )


def _ends_capitals(before: Line, line: Line) -> bool:
    """Whether ``line`` leaves capitals behind: a title goes on in capitals, nor into a bracket."""
    return line.text.startswith("(") or (len(before.words) < 8 and not line.text[:1].islower())


def _another_hand(before: Line, line: Line) -> bool:
    """Whether both weight and slant change, or capitals follow a line that is not in capitals."""
    if line.bold != before.bold and line.italic != before.italic:
        return True
    capitals = line.text.isupper() and len(line.words) > 1
    return capitals and line.italic != before.italic and not before.text.isupper()


def _set_apart(line: Line, before: Line, frame: _Frame) -> bool:
    """Signs of a new paragraph that count only after a closed sentence."""
    return (
        is_item(line.text)
        or line.italic != before.italic
        or line.bold != before.bold
        or line.box[3] - before.box[3] > 1.3 * frame.leading
    )


def _deliberate(before: Line, line: Line) -> bool:
    """Whether two centred lines were broken on purpose: other case, or the next word had room."""
    if before.text.isupper() != line.text.isupper():
        return True
    first = line.words[0].box
    room = (line.box[2] - line.box[0]) - (before.box[2] - before.box[0])
    return first[2] - first[0] + 0.25 * line.size < room


def _ragged(one: Line, other: Line) -> bool:
    """Whether both begin at one place and end apart: then neither was centred on purpose."""
    return abs(one.box[0] - other.box[0]) < 1 and abs(one.box[2] - other.box[2]) > 2 * _ALIGNED


def _runs_on(before: Line, line: Line, frame: _Frame) -> bool:
    """Whether ``before`` is an indented first line that had no room for the next one's first word."""
    first = line.words[0].box
    room = frame.right - before.box[2] - 0.25 * line.size
    below = line.box[1] - before.box[3] <= 1.1 * frame.leading
    return below and line.box[0] < frame.left + _ALIGNED and first[2] - first[0] > room


def _balanced(line: Line, frame: _Frame) -> bool:
    return abs((line.box[0] + line.box[2] - frame.left - frame.right) / 2) < 12


def _centred(line: Line, frame: _Frame) -> bool:
    middle = (line.box[0] + line.box[2]) / 2
    centre = (frame.left + frame.right) / 2
    full = line.box[2] > frame.right - _NEAR  # an indented first line, set to both margins
    return abs(middle - centre) < 12 and line.box[0] > frame.left + 22 and not full


def _next_item(first: Line, line: Line) -> bool:
    """Whether ``line`` has the bullet of the paragraph it would go on, or the number after its own."""
    bullet = line.text[:2]
    one, other = _NUMBERED.match(first.text), _NUMBERED.match(line.text)
    if (
        one
        and other
        and one["mark"] == other["mark"]
        and _order(other["n"]) == _order(one["n"]) + 1
    ):
        return True
    return bullet in ("- ", "+ ", "• ", "* ", "– ") and first.text.startswith(bullet)


def _order(mark: str) -> int:
    """The place of a number, or of a small letter in the alphabet; letters lie far from numbers."""
    return int(mark) if mark.isdigit() else 1000 + _LETTERS.index(mark)


def _hangs(group: Sequence[Line], line: Line, frame: _Frame) -> bool:
    """Whether ``line`` goes on with an item, set under its words and not under its bullet."""
    first, before = group[0], group[-1]
    if not is_item(first.text) or is_item(line.text) or len(first.words) < 2:
        return False
    full = before.box[2] > frame.right - 0.12 * (frame.right - frame.left)
    below = line.box[1] - before.box[3] <= 1.1 * frame.leading
    under = abs(line.box[0] - first.words[1].box[0]) < _ALIGNED
    return full and below and under and line.bold == before.bold


def _runs_along(lines: Sequence[Line], at: int) -> bool:
    """Whether the page's first line ends above ``at``, or its last begins there, set so much smaller
    that it is the page's and not the text's: an address, the hour of printing.

    Letters on a picture have no size of their own.
    """
    first, last = at == 1, 0 < at == len(lines) - 1
    if not (first or last) or any(w.confidence < 1 for w in lines[at].words):
        return False
    above, here = lines[at - 1].size, lines[at].size
    return (first and above < _SMALLER * here) or (last and here < _SMALLER * above)


def _flow(lines: Sequence[Line], frame: _Frame, page: int) -> list[Paragraph]:
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        if _runs_along(lines, at):
            groups.append([line])
        elif (groups and _hangs(groups[-1], line, frame)) or (
            groups and not (_opens(line, frame, groups[-1][-1]) or _next_item(groups[-1][0], line))
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        paragraph(
            g,
            page,
            " ",
            Alignment.CENTER if all(_centred(x, frame) for x in g) else Alignment.LEFT,
            g[0].box[0] - frame.left,
        )
        for g in groups
    ]
