"""Search over reports and narratives, typed with or without diacritics."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, text

from schemas.text import fold, fold_map, nfc
from warehouse.glance import day

_AROUND = 90
Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces; True for a piece that was searched for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found: by its letterhead (``field`` None) or by a narrative."""

    sha256: str
    campaign: str | None
    unit_code: str | None
    unit_name: str | None
    number: str | None
    name: str
    issued_on: Any
    field: str | None
    pieces: Pieces


def search(connection: Connection, words: str, limit: int = 100) -> list[Hit]:
    """Documents holding every word, those found by letterhead first. No words: nothing."""
    wanted = fold(words).split()[:12]
    if not wanted:
        return []
    found = _letterheads(connection, wanted, limit)
    return [*found, *_narratives(connection, wanted, limit - len(found))]


def _letterheads(connection: Connection, wanted: list[str], limit: int) -> list[Hit]:
    rows = connection.execute(
        text(
            "select sha256, unit_name, number, name from document"
            " where current = (1 = 1) or campaign is null order by campaign desc, unit_code"
        )
    ).all()
    letters = ((row[0], " · ".join(filter(None, row[1:]))) for row in rows)
    held = [one for one in letters if _holds(_folded(one[1]), wanted)][:limit]
    if not held:
        return []
    query = text(
        "select sha256, campaign, unit_code, unit_name, number, name, issued_on from document"
        " where sha256 in :found"
    ).bindparams(bindparam("found", expanding=True))
    whole = {r.sha256: r for r in connection.execute(query, {"found": [s for s, _ in held]})}
    return [_hit(whole[s], None, marked(nfc(letter), wanted)) for s, letter in held]


def _narratives(connection: Connection, wanted: list[str], limit: int) -> list[Hit]:
    """Those that hold the words as one phrase come first."""
    clauses = " and ".join(f"n.folded like :w{i} escape '!'" for i in range(len(wanted)))
    rows = connection.execute(
        text(
            "select d.sha256, d.campaign, d.unit_code, d.unit_name, d.number, d.name, d.issued_on,"
            " n.field, n.text, n.folded from narrative n"
            " join document d on d.extraction_id = n.extraction_id"
            f" where d.current = (1 = 1) and {clauses} order by d.campaign desc, d.unit_code limit :n"
        ),
        {**{f"w{i}": f"%{_escaped(w)}%" for i, w in enumerate(wanted)}, "n": 10 * limit},
    )
    phrase = " ".join(wanted)
    kept = [row for row in rows if _holds(row.folded, wanted)]
    kept.sort(key=lambda row: phrase not in row.folded)
    return [_hit(row, row.field, excerpt(row.text, wanted)) for row in kept[:limit]]


def _holds(folded: str, wanted: list[str]) -> bool:
    """Whether every word stands at the beginning of a word."""
    # The plain test first: it is cheap and settles nearly all.
    return all(word in folded and _begins(word).search(folded) for word in wanted)


@lru_cache(20_000)
def _folded(letter: str) -> str:
    return fold_map(nfc(letter))


@lru_cache(200)
def _begins(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}")


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _hit(row: Any, field: str | None, pieces: Pieces) -> Hit:
    return Hit(
        row.sha256,
        row.campaign,
        row.unit_code,
        row.unit_name,
        row.number,
        row.name,
        day(row.issued_on),
        field,
        pieces,
    )


def excerpt(whole: str, wanted: list[str]) -> Pieces:
    """The text around the phrase, else around the first word."""
    kept = " ".join(nfc(whole).split())
    folded = fold_map(kept)
    at = folded.find(" ".join(wanted))
    if at < 0:
        first = _begins(wanted[0]).search(folded)
        at = first.start() if first else 0
    start = kept.rfind(" ", 0, at - _AROUND) + 1 if at > _AROUND else 0
    end = kept.find(" ", at + 2 * _AROUND)
    end = len(kept) if end < 0 else end
    cut = ("… " if start else "") + kept[start:end] + (" …" if end < len(kept) else "")
    return marked(cut, wanted)


def marked(shown: str, wanted: list[str]) -> Pieces:
    """``shown`` (NFC) in pieces, what was searched for apart; its letters stay as they are."""
    folded = fold_map(shown)
    phrase = " ".join(wanted)
    hit = [False] * len(shown)
    for word in [phrase] if phrase in folded else wanted:
        for match in _begins(word).finditer(folded):
            hit[match.start() : match.end()] = [True] * len(word)
    pieces: list[tuple[str, bool]] = []
    for char, is_hit in zip(shown, hit, strict=True):
        if pieces and pieces[-1][1] == is_hit:
            pieces[-1] = (pieces[-1][0] + char, is_hit)
        else:
            pieces.append((char, is_hit))
    return tuple(pieces)
