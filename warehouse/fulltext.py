"""Narratives that hold words, best first: one query, the same on SQLite, PostgreSQL and DuckDB.

The words may be typed without diacritics. Ranked by: the words as one phrase; how many of them;
how often, for the length of the text; then campaign, unit and field, so that ties do not wander.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from schemas.text import words as folded_words
from warehouse.search import Pieces, excerpt

_COLUMNS = "campaign, unit_code, unit_name, field, document_number, document_sha256, text"
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One narrative: ``pieces`` is a passage in the original spelling, what was sought marked True."""

    campaign: str
    unit_code: str | None
    unit_name: str | None
    field: str
    document_number: str | None
    document_sha256: str
    pieces: Pieces


def query(words: str, *, campaign: str | None = None, limit: int = 50) -> str:
    """The SQL; empty where ``words`` hold no letter or digit.

    Rows: ``campaign, unit_code, unit_name, field, document_number, document_sha256, text``. At
    least half of the words must stand in a text, each as a whole word. The words are folded to
    a-z and 0-9 and therefore safe to stand in the text of the query.
    """
    wanted = list(dict.fromkeys(folded_words(words).split()))[:_MOST_WORDS]
    if not wanted:
        return ""
    phrase = " ".join(folded_words(words).split())
    held = " + ".join(f"case when words like '% {w} %' then 1 else 0 end" for w in wanted)
    often = " + ".join(
        f"(length(words) - length(replace(words, ' {w} ', ''))) / {len(w) + 2}.0" for w in wanted
    )
    where = f" and campaign = '{_quoted(campaign)}'" if campaign is not None else ""
    return (
        f"select {_COLUMNS} from (select n.*, case when words like '% {phrase} %' then 1 else 0 end as whole,"
        f" {held} as held, ({often}) / length(words) as density from narrative_words n) ranked"
        f" where 2 * held >= {len(wanted)}{where}"
        f" order by whole desc, held desc, density desc, campaign, unit_code, field limit {limit}"
    )


def find(
    connection: Connection, words: str, *, campaign: str | None = None, limit: int = 50
) -> list[Found]:
    """What ``query`` finds in the warehouse, with a passage of each."""
    sql = query(words, campaign=campaign, limit=limit)
    return list(passages(words, connection.execute(text(sql)))) if sql else []


def passages(words: str, rows: Any) -> Iterator[Found]:
    """Rows of ``query``, from whichever engine, with the passage around what was sought."""
    wanted = folded_words(words).split()
    for row in rows:
        campaign, unit_code, unit_name, field, number, sha256, said = row
        shown = excerpt(said, wanted)
        yield Found(campaign, unit_code, unit_name, field, number, sha256, shown)


def _quoted(value: str) -> str:
    return value.replace("'", "''")
