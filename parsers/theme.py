"""The Week's theme: the words quoted, or set after a colon, behind "chủ đề"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.letter import Line

_AFTER = r"(?<![a-z])chu de\b(?P<gap>[^\"'.;]{0,60}?)"
_QUOTED = re.compile(_AFTER + r"[:,]?\s*[\"'*]{1,3}\s*(?P<theme>[^\"]{8,300}?)\s*[*]*[\"](?![a-z])")
_ITALIC = re.compile(_AFTER + r"[:,]?\s*'(?P<theme>[^']{8,300})'")
_COLON = re.compile(
    r"(?<![a-z])chu de(?: (?:cua )?tuan le)?(?: nam \d{4})?(?: la)?\s*:\s*"
    r"(?P<theme>[^\"';\n]{12,250}?)\s*(?:[;\n]|\.(?=\s|$)|$)"
)
_IS = re.compile(
    r"(?<![a-z])chu de(?: cua)?(?: tuan le)?(?: nam \d{4})? la\s+(?P<theme>[^\"';:.\n]{12,250})"
)


def read_theme(lines: Iterable[Line]) -> tuple[str | None, Line | None, tuple[int, int]]:
    """The theme as spelled, its line and its place in the line; None where none is stated."""
    candidates = [line for line in lines if "chu de" in line.folded]
    for pattern in (_QUOTED, _ITALIC, _COLON, _IS):
        for line in candidates:
            match = pattern.search(line.folded)
            if match and not re.search(r"chuyen de|sinh hoat", match.groupdict().get("gap") or ""):
                start, end = match.span("theme")
                theme = " ".join(line.text[start:end].split()).strip(' *_.,;:"“”')
                if theme:
                    return theme, line, (start, end)
    return None, None, (0, 0)
