"""Where what was read of a signature cannot be all of it: letters lost, strokes of a seal read as signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from parsers.header_tail import AUTHORITY, OFFICES, is_deputy
from parsers.letter import Line, flat
from schemas.report import Signer
from schemas.text import nfc

_FOREIGN = re.compile(r"[^\w\s.,&/()\-\u0300-\u0303\u0306\u0309\u031b\u0323]|[\d_]")
_ALONE = re.compile(r"(?<!\S)[^\s&-](?!\S)")
_RUN_ON = re.compile(r"\buy-|(?<!\S)[^\w&](?!\S)|[^\w\s.,&/()-]")
"""What stands in no authority: "UY-BAN", a sign by itself."""

_LISTED = re.compile(r"^(?:[-+*•–—]|n\S{1,2}i nh\S{1,2}n|luu\b)")


def is_doubtful(signer: Signer) -> bool:
    """Whether office or authority is damaged: a deputy without KT., letters lost under a seal."""
    if signer.position is None or not _is_whole(signer.position):
        return True
    if signer.authority and _RUN_ON.search(flat(signer.authority)):
        return True
    stated = signer.authority is not None and AUTHORITY.match(signer.authority) is not None
    return not stated and (signer.authority is not None or is_deputy(signer.position))


def has_left_over(foot: Sequence[Line], name: Line, stated: Sequence[str]) -> bool:
    """Whether a line in capitals above the ``name`` is part of no office that was read."""
    known = flat(" ".join(stated))
    above = foot[: foot.index(name)] if name in foot else ()
    return any(
        line.upper and flat(line.text) not in known and not _LISTED.match(line.folded)
        for line in above
    )


def _is_whole(position: str) -> bool:
    """Whether an office stands there mark for mark, and no stroke of a seal read as a letter."""
    shown = nfc(position)
    if _FOREIGN.search(unicodedata.normalize("NFD", shown)) or _ALONE.search(shown):
        return False
    named = [office for office in OFFICES if flat(office) in flat(shown)]
    return bool(named) and max(named, key=len) in shown.casefold()
