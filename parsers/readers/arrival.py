"""What stands in the stamp of the office that received a letter, wherever its words were read.

Nghị định 30/2020, phụ lục VI: title («CÔNG VĂN ĐẾN»), number, day, to whom passed on. None of it is the
letter's own.
"""

from __future__ import annotations

import re

from schemas.text import fold

_TITLE = re.compile(r"\W*(?P<title>(?:(?:cong van|van ban|cv|vb) )?den)(?P<number> so\W*\d.*)?\W*")
_LINE = re.compile(
    r"\W*(?:so(?= den\b| va ky hieu|\W*\d|\s*[:.…]|\W*$)|ngay|gio|chuyen|luu(?: ho so)?|kinh chuyen)\b"
)
_SYMBOL = re.compile(r"/\s*[^\W\d_]|[^\W\d_]{2,}\s*-\s*[^\W\d_]{2,}")


def is_title(text: str) -> bool:
    """Whether a line is the stamp's title, in capitals, with or without its number."""
    found = _TITLE.fullmatch(fold(text))
    if found is None:
        return False
    named = [word for word in text.split() if any(c.isalpha() for c in word)]
    return all(word.isupper() for word in named[: len(found["title"].split())])


def is_whole(text: str) -> bool:
    """Whether the title's line has the number too, so that it is a stamp by itself."""
    found = _TITLE.fullmatch(fold(text))
    return found is not None and found["number"] is not None


def is_line(text: str) -> bool:
    """Whether a line may stand in the stamp; one with the symbol of a document is the letter's own."""
    return _LINE.match(fold(text)) is not None and not _SYMBOL.search(text)
