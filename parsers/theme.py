"""The Week's theme: the words quoted, or set after a colon, behind "chủ đề" (or "thông điệp")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.letter import Line

_AFTER = r"(?<![a-z])chu de\b(?P<gap>[^\"'.;]{0,60}?)"
_OPENED = re.compile(_AFTER + r"[:,]?\s*[*]*(?P<mark>''|[\"'])\s*")
_MESSAGE = re.compile(_OPENED.pattern.replace("chu de", "thong diep"))
_SLOGAN = re.compile(
    r"(?<![a-z])(?:khau hieu(?= (?:hanh dong|xuyen suot|chung|cua|nam|chinh|:|la))|phuong cham|tinh than)\b"
    r"(?P<gap>[^\"'.;]{0,60}?)[:,]?\s*[*]*(?P<mark>''|[\"'])\s*"
)
_LONG = 5
"""Words of a slogan that is the Week's theme: shorter ones hang on every wall."""
_CLOSING = {"“": "”", "«": "»", "‘": "’", "„": "”"}
_OF = r"(?:cua|tuan le|hoc tap suot doi|huong ung|nam \d{4}|nam nay|nay|nam hoc|xuyen suot|chinh|duoc chon)"
"""What stands between "chủ đề" and the theme itself."""
_BRACKET = re.compile(rf"(?<![a-z])chu de(?: {_OF})*\s*\((?P<theme>[^()\"']{{16,250}})\)")
_COLON = re.compile(
    rf"(?<![a-z])chu de(?: {_OF})*(?: la)?\s*:\s*"
    r"(?P<theme>[^\"';\n]{12,250}?)\s*(?:[;\n]|\.(?=\s|$)|$)"
)
_SAYS = re.compile(_COLON.pattern.replace("chu de", "thong diep"))
_IS = re.compile(rf"(?<![a-z])chu de(?: {_OF})* la\s+(?P<theme>[^\"';:.\n]{{12,250}})")


def read_theme(lines: Iterable[Line]) -> tuple[str | None, Line | None, tuple[int, int]]:
    """The theme as spelled, its line and its place in the line; None where none is stated."""
    told = list(lines)
    candidates = [line for line in told if "chu de" in line.folded]
    quoted = _quoted(_OPENED, candidates)
    if quoted is not None:
        return quoted
    for pattern in (_COLON, _IS, _BRACKET, _SAYS):
        for line in told if pattern is _SAYS else candidates:
            found = pattern.search(line.folded)
            if found:
                start, end = found.span("theme")
                theme = " ".join(line.text[start:end].split()).strip(' *_.,;:"“”')
                if theme:
                    return theme, line, (start, end)
    return _quoted(_MESSAGE, told) or _quoted(_SLOGAN, told, _LONG) or (None, None, (0, 0))


def _quoted(
    opened: re.Pattern[str], lines: Iterable[Line], least: int = 1
) -> tuple[str, Line, tuple[int, int]] | None:
    """The first words in quotation marks behind what ``opened`` matches."""
    for line in lines:
        for match in opened.finditer(line.folded):
            end = _closed(line.text, match.start("mark"), match.end())
            theme = " ".join(line.text[match.end() : end].split()).strip(" *_.,;:")
            if end > match.end() and 8 <= len(theme) <= 300 and len(theme.split()) >= least:
                return theme, line, (match.end(), end)
    return None


def _closed(text: str, mark: int, start: int) -> int:
    """Where the quotation opened at ``mark`` ends, inner ones passed over; -1 if never."""
    opening = text[mark]
    closing = _CLOSING.get(opening, opening)
    depth = 1
    for at in range(start, min(len(text), start + 320)):
        if text[at] == closing or (closing == "”" and text[at] == '"'):
            depth -= 1
        elif text[at] == opening:
            depth += 1
        if depth == 0:
            return at
    return -1
