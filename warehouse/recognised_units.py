"""Names of units a person recognised: of who issued a report, or of who was commended."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from schemas.text import words
from warehouse import tables as t
from warehouse.tables_desk import recognised_unit
from warehouse.upsert import upsert


@dataclass(frozen=True, slots=True)
class RecognisedUnit:
    """``text`` in a document means the unit ``code``, which is called ``name``."""

    text: str
    code: str
    kind: str
    name: str
    sha256: str
    actor: str
    at: dt.datetime


def record(connection: Connection, one: RecognisedUnit) -> None:
    """Notes a wording; one already known stays as it was first recognised."""
    row = {name: getattr(one, name) for name in RecognisedUnit.__dataclass_fields__}
    if words(one.text):
        upsert(connection, recognised_unit, {**row, "folded": words(one.text)[:400]})


def known(connection: Connection) -> dict[str, RecognisedUnit]:
    """Every wording by how it is compared, the oldest first."""
    c = recognised_unit.c
    names = list(RecognisedUnit.__dataclass_fields__)
    query = select(c.folded, *(c[n] for n in names)).order_by(c.at, c.folded)
    return {
        row.folded: RecognisedUnit(**{n: getattr(row, n) for n in names})
        for row in connection.execute(query)
    }


def rows(connection: Connection) -> list[dict[str, Any]]:
    """The wordings by unit, plain, for a file."""
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in known(connection).values():
        grouped[(one.code, one.kind)].append(one.text)
    return [
        {"code": code, "kind": kind, "aliases": texts}
        for (code, kind), texts in sorted(grouped.items())
    ]


def commending(connection: Connection, campaign: str, names: set[str]) -> Iterator[str]:
    """Documents of ``campaign`` in whose reading a commended unit is worded as one of ``names``
    (as they are compared) and is none of the registry."""
    d, e = t.document.c, t.extraction.c
    query = select(d.sha256, e.report).join(t.extraction, d.extraction_id == e.id)
    counted = query.where(d.campaign == campaign, d.layer.is_not(None)).order_by(d.name)
    for row in connection.execute(counted, execution_options={"yield_per": 100}):
        told = json.loads(row.report).get("commended") or ()
        if any(not c.get("unit") and words(c["name"]) in names for c in told):
            yield row.sha256
