"""Words on a page, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.document import Box, Span


def span_lines(words: Iterable[Span]) -> Iterator[list[Span]]:
    """``words``, in reading order, line by line: what does not stand right of the word before it, at
    its height, begins a line."""
    line: list[Span] = []
    for word in words:
        if line and not _beside(line[-1].box, word.box):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _beside(box: Box, following: Box) -> bool:
    """Whether ``following`` stands right of ``box`` in the same line."""
    shared = min(box[3], following[3]) - max(box[1], following[1])
    return following[0] >= box[0] and shared > 0
