"""Running text cut into the sentences that may state counts, and what they stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.document import Paragraph

_FIGURE = re.compile(r"\d")
_NUMERAL = re.compile(r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?=\w)")
_ENDS = re.compile(
    r"\n|;(?!\s*\d[\d. ]*(?:lượt )?(?:người|lượt|học viên|đại biểu|học sinh|em)\b[\s.]*(?:[;(]|$))|\.(?<=[^\d\s.]\.)\s+(?=\S)|,\s+(?=(?:nhưng|song|thực tế|tuy nhiên|đến nay)\b)"
)
"""Where a sentence ends, or turns from what was planned to what was done; no people are parted from
what they took part in: "02 lớp; 118 người"."""
_LEADER = re.compile(r"[.…_](?:[.…_]{2,}|(?<=…)…?)")
_LAST = re.compile(r"\s*[\d.]*\d\s*(?:[.…_]{3,}|…+)?\s*$")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+|[a-zđ])\s*[.)/-]\s*[^\d.;:,]{3,60}")
"""A line with a number before it and nothing but a name behind: "1. Khai mạc"."""
_BRACKET = 160
"""Letters of a bracket that a semicolon does not cut."""
_HEADING = 16
"""Words of a paragraph that may be a heading over what follows."""


def may_count(text: str) -> bool:
    """Whether ``text`` has what it must have to state a count; most has not, and is left alone."""
    return _FIGURE.search(text) is not None or _NUMERAL.search(text.lower()) is not None


def without_leaders(text: str) -> str:
    """``text``, letter for letter, with the dots of a form to be filled in as blanks: "……09…… lớp"; a
    colon where they stand between a label and the number that ends its line."""
    if not _LEADER.search(text):
        return text

    def blank(match: re.Match[str]) -> str:
        ends = (
            _LAST.match(text, match.end())
            and ":" not in text[max(0, match.start() - 3) : match.start()]
        )
        return (":" if ends else " ") + " " * (len(match[0]) - 1)

    return _LEADER.sub(blank, text)


def heads(paragraph: Paragraph) -> bool:
    """Whether what follows stands under this paragraph."""
    shown = (
        paragraph.bold
        or paragraph.level is not None
        or paragraph.text.rstrip().endswith(":")
        or _NUMBERED.fullmatch(paragraph.text) is not None
    )
    return shown and len(paragraph.text.split()) <= _HEADING


def sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in _ENDS.finditer(text):
        if match[0].startswith(";") and _inside(text, start, match.start()):
            continue
        if match.start() > start:
            yield start, text[start : match.start()]
        start = match.end()
    if start < len(text):
        yield start, text[start:]


def _inside(text: str, start: int, at: int) -> bool:
    """Whether a bracket that opened since ``start`` closes soon behind ``at``."""
    open_ones = text.count("(", start, at) - text.count(")", start, at)
    return open_ones > 0 and ")" in text[at : at + _BRACKET]
