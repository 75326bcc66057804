"""Where what was read of a signature cannot be all of it: letters lost, strokes of a seal read as signs."""

from __future__ import annotations

import re
import unicodedata

from parsers.header_tail import AUTHORITY, OFFICES, is_deputy
from parsers.letter import flat
from schemas.report import Signer
from schemas.text import nfc

_FOREIGN = re.compile(r"[^\w\s.,&/()\-\u0300-\u0303\u0306\u0309\u031b\u0323]|[\d_]")
_ALONE = re.compile(r"(?<!\S)[^\s&-](?!\S)")
_RUN_ON = re.compile(r"\buy-|(?<!\S)[^\w&](?!\S)|[^\w\s.,&/()-]")
"""What stands in no authority: "UY-BAN", a sign by itself."""


def is_doubtful(signer: Signer) -> bool:
    """Whether office or authority is damaged: a deputy without KT., letters lost under a seal."""
    if signer.position is None or not _is_whole(signer.position):
        return True
    if signer.authority and _RUN_ON.search(flat(signer.authority)):
        return True
    stated = signer.authority is not None and AUTHORITY.match(signer.authority) is not None
    return not stated and (signer.authority is not None or is_deputy(signer.position))


def _is_whole(position: str) -> bool:
    """Whether an office stands there mark for mark, and no stroke of a seal read as a letter."""
    shown = nfc(position)
    if _FOREIGN.search(unicodedata.normalize("NFD", shown)) or _ALONE.search(shown):
        return False
    named = [office for office in OFFICES if flat(office) in flat(shown)]
    return bool(named) and max(named, key=len) in shown.casefold()
