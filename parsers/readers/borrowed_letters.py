"""Words whose marked letters a program took from another font because the text's own had none.

It draws the gap-toothed line first ("HUY  N") and the borrowed letters after it ("Ệ"), so that in the
file they are words by themselves; on the page they are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.readers.lines import Word
from schemas.document import union
from schemas.text import nfc

_TOUCHING = 0.14
"""Of the letters' size: less is no gap between words. A space is a quarter of it at least."""

_SAME_LINE = 1.0


def with_borrowed_letters(words: Sequence[Word]) -> list[Word]:
    """``words`` with each such letter in its word, which stands where its first part stood."""
    lefts = [word.box[0] for word in words]
    turns = (at for at, (one, other) in enumerate(pairwise(lefts)) if other < one)
    if not any(abs(words[at].level - words[at + 1].level) < _SAME_LINE for at in turns):
        return list(words)
    lines: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        lines[round(word.level / _SAME_LINE), round(word.size * 2)].append(at)
    made: dict[int, Word] = {}
    for line in lines.values():
        made |= _joined(words, sorted(line, key=lambda at: words[at].box[0]))
    return [made[at] for at in sorted(made)]


def _joined(words: Sequence[Word], line: Sequence[int]) -> dict[int, Word]:
    """The words of a line given by their places from left to right, by the first place of each."""
    out: dict[int, Word] = {}
    open_, last = line[0], line[0]
    out[open_] = words[open_]
    for at in line[1:]:
        if last + 1 != at and _touch(out[open_], words[at]):
            out[min(open_, at)] = _one(out.pop(open_), words[at])
            open_ = min(open_, at)
        else:
            open_ = at
            out[open_] = words[at]
        last = at
    return out


def _touch(one: Word, other: Word) -> bool:
    if any(c.isdigit() for c in one.text + other.text):
        return False  # figures never run together
    return -_TOUCHING * one.size < other.box[0] - one.box[2] < _TOUCHING * one.size


def _one(first: Word, second: Word) -> Word:
    text = nfc(first.text + second.text)
    return replace(first, text=text, box=union([first.box, second.box]))
