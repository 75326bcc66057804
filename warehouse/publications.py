"""The record of what was published: kept in the warehouse, one row an edition."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from warehouse.publish import Published
from warehouse.tables_publication import publication


def record(connection: Connection, made: Published, now: dt.datetime | None = None) -> None:
    """Notes an edition; the same content published again changes nothing."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {
        "content_hash": made.content_hash,
        "campaign": made.campaign,
        "as_of": made.as_of,
        "published_at": now or dt.datetime.now(dt.UTC),
        "place": str(made.out),
        "row_counts": json.dumps(made.rows),
        "files": json.dumps(made.files),
        "parser_versions": json.dumps(made.parser_versions),
    }
    connection.execute(dialect.insert(publication).values(row).on_conflict_do_nothing())


def all_of(connection: Connection) -> list[dict[str, Any]]:
    """Every edition, oldest first, its JSON columns read."""
    rows = connection.execute(select(publication).order_by(publication.c.published_at))
    kept = []
    for row in rows:
        one = dict(row._mapping)
        for name in ("row_counts", "files", "parser_versions"):
            one[name] = json.loads(one[name])
        kept.append(one)
    return kept
