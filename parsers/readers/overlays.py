"""What other hands put upon a finished page: the block of an electronic signature, the stamp of arrival.

A signing program writes "Ký bởi … Ngày ký …" over or beside the letter's own lines, and the receiving
office stamps "ĐẾN Số … Ngày …"; taken for the letter's, they give it a false title, day or signer.
The words come in the order of the file, in which a later hand's stand together (Nghị định 30/2020,
Phụ lục I, II.7 and 8; Điều 22 on the stamp).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from parsers.readers.arrival import is_line, is_title, is_whole
from parsers.readers.lines import Word
from schemas.text import fold

_BEGUN = re.compile(
    r"(?:duoc )?ky (?:so )?boi\b|nguoi ky\s*:|chu ky so\b|digitally signed by|signature (?:not )?(?:verified|valid)"
    r"|(?:thoi gian|ngay|gio) ky\s*:"
)
_ALSO = re.compile(
    r"(?:email|co quan|chuc vu|thoi gian ky|ngay ky|gio ky|nguoi ky|ky boi|ly do|dia diem|reason|location|date|dn"
    r"|serial|so hieu|so chung thu)\s*[:=]"
    r"|(?:c|s|l|o|ou|cn)=|.*\+0?7[:']?00|.*\b(?:cn|ou|o)="
)
_HINTS = ("Ký", "ký", "KÝ", "Digitally", "Signature", "ĐẾN")
_MOST_LINES = 8
_NEAR = 2.4
"""Line heights to the next line of a block."""

_SAME_SIZE = 0.6
_SMALLER = 0.85

_Line = list[int]


def overlaid(words: Sequence[Word]) -> frozenset[int]:
    """The places in ``words`` (in the order of the file) of those that a later hand put on the page."""
    if not any(_may_begin(word.text) for word in words):
        return frozenset()
    lines = list(_lines(words))
    usual = _usual_size(words)
    out: set[int] = set()
    at = 0
    while at < len(lines):
        taken = _block(words, lines, at, usual)
        out.update(place for line in lines[taken.start : taken.stop] for place in line)
        at = max(at + 1, taken.stop)
    return frozenset(out)


def _may_begin(text: str) -> bool:
    """A quick look at one word, for pages without any such block: all but a few."""
    return text.startswith(_HINTS)


def _block(words: Sequence[Word], lines: Sequence[_Line], at: int, usual: float) -> range:
    """The lines of the block that begins with line ``at``; an empty range where none does."""
    said = _said(words, lines[at])
    small = words[lines[at][0]].size < _SMALLER * usual
    if _BEGUN.match(said):
        end = _end(words, lines, at, _is_any if small else _is_of_signature)
        # A sentence may go on with "ký bởi" at a line's beginning: a block says more than that.
        return range(at, end if small or end - at > 1 else at)
    if is_title(_text(words, lines[at])):
        end = _end(words, lines, at, is_line)
        begun = at
        if small and at and _follows(words, lines[at - 1], lines[at]):
            begun = at - 1  # the office that received it
        stamped = end - at > 1 or is_whole(said)
        return range(begun, end) if stamped else range(at, at)
    return range(at, at)


def _is_of_signature(text: str) -> bool:
    return _ALSO.match(fold(text)) is not None


def _is_any(_: str) -> bool:
    return True


def _end(
    words: Sequence[Word], lines: Sequence[_Line], at: int, further: Callable[[str], bool]
) -> int:
    """The first line after ``at`` that does not go on the block, which ``further`` lines do."""
    end = at + 1
    while (
        end < min(len(lines), at + _MOST_LINES)
        and _follows(words, lines[end - 1], lines[end])
        and further(_text(words, lines[end]))
    ):
        end += 1
    return end


def _follows(words: Sequence[Word], above: _Line, below: _Line) -> bool:
    """Whether a line goes on in the block of the one before it: near under it, and of its size."""
    first, second = words[above[0]], words[below[0]]
    down = second.level - first.level
    right = max(words[place].box[2] for place in above)
    beside = second.box[0] < right + 20 and words[below[-1]].box[2] > first.box[0] - 20
    return abs(first.size - second.size) < _SAME_SIZE and 0 < down < _NEAR * first.size and beside


def _text(words: Sequence[Word], line: _Line) -> str:
    return " ".join(words[place].text for place in line)


def _said(words: Sequence[Word], line: _Line) -> str:
    return fold(_text(words, line)).strip()


def _usual_size(words: Sequence[Word]) -> float:
    sizes = sorted(word.size for word in words)
    return sizes[len(sizes) // 2]


def _lines(words: Sequence[Word]) -> Iterator[_Line]:
    """Words that follow each other in the file and on a line of the page."""
    line: _Line = []
    for at, word in enumerate(words):
        if line and not _goes_on(words[line[-1]], word):
            yield line
            line = []
        line.append(at)
    if line:
        yield line


def _goes_on(last: Word, word: Word) -> bool:
    return (
        abs(last.level - word.level) < 1.0
        and abs(last.size - word.size) < _SAME_SIZE
        and -1.0 < word.box[0] - last.box[2] < 2.5 * word.size
    )
