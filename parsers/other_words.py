"""Everyday words that without their marks look like those by which a form's rows are known."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"\b(?:hiện|tăng|trào|trưởng|trương|sạch|thì|bãi|tín|cước|cuộn|lợp|huyền)\b", re.IGNORECASE
)
"""«thư viện hiện có» gives no books («hiến»), «tăng» is no «tặng», «phong trào» no «trao», «12 trưởng
thôn» are no schools («trường»)."""


def masked(text: str, folded: str) -> str:
    """``folded``, which is ``text`` letter for letter, with such words made unknown ones."""
    found = [m.span() for m in _WORDS.finditer(text)]
    for start, end in found:
        folded = f"{folded[:start]}{'w' * (end - start)}{folded[end:]}"
    return folded
