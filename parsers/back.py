"""The end of a letter: who gets copies, and who signs with what authority."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.front import Piece, pieces
from schemas.document import Document
from schemas.report import Signer
from schemas.text import fold

_AUTHORITY = re.compile(r"^(kt|tm|tl|tuq|q|t/m|k/t|t/l)\s*\.?\s*(?=\S)")
_POSITION = re.compile(
    r"^(pho |quyen )?(giam doc|truong phong|hieu truong|chu tich|truong ban|bo truong|thu truong|chanh van phong|"
    r"truong ty|vu truong|truong doan|pho|bi thu)"
)
_NAME = re.compile(r"^(?:[A-ZÀ-ỸĐ][\wà-ỹđ]*\.?\s*){2,6}$")


def read_back(document: Document) -> tuple[tuple[str, ...], Signer | None]:
    """Copies and signer of the first signature block; empty and None where there is none."""
    lines = list(pieces(document))
    start = next((i for i, p in enumerate(lines) if re.match(r"^\W*noi nhan", fold(p.text))), None)
    if start is None:
        return (), _signer(lines[-40:]) if lines else None
    end = min(len(lines), start + 40)
    return _copies(lines[start:end]), _signer(lines[max(0, start - 6) : end])


def _copies(lines: Sequence[Piece]) -> tuple[str, ...]:
    out: list[str] = []
    side = (lines[0].block, lines[0].side)
    first = re.sub(r"^\W*n[ơo]i\s+nh[ậa]n\s*[:.]?\s*", "", lines[0].text, flags=re.IGNORECASE)
    for text, place in [(first, side), *((p.text, (p.block, p.side)) for p in lines[1:])]:
        if not text.strip():
            continue
        if re.match(r"^[-–+•*]\s*\S", text):
            out.append(re.sub(r"^[-–+•*\s]+", "", text))
        elif out and place == side and not _stops(text) and not _ended(out[-1]):
            out[-1] = f"{out[-1]} {text}"
        elif out and (place == side or _ended(out[-1])):
            break
    return tuple(re.sub(r"[\s;.,/]+$", "", one) for one in out if one.strip(" ;.,"))


def _ended(text: str) -> bool:
    return text.rstrip().endswith((".", "./."))


def _stops(text: str) -> bool:
    folded = fold(text)
    return bool(_AUTHORITY.match(folded) or _POSITION.match(folded) or text.isupper())


def _signer(lines: Sequence[Piece]) -> Signer | None:
    authority = position = name = None
    for piece in lines:
        folded = fold(piece.text)
        if authority is None and position is None and _AUTHORITY.match(folded) and piece.text[:2].isupper() and len(folded) < 60:
            authority = piece.text.strip()
        elif position is None and _POSITION.match(folded) and piece.text.isupper() and len(folded) < 60:
            position = piece.text.strip()
        elif (position or authority) and _looks_like_name(piece.text):
            name = piece.text.strip()
            break
    if authority is None and position is None:
        return None
    return Signer(name, position, authority)


def _looks_like_name(text: str) -> bool:
    stripped = text.strip()
    if not _NAME.match(stripped) or re.search(r"\d|[-:;(]", stripped):
        return False
    return not stripped.isupper() or len(stripped.split()) in (2, 3, 4)
