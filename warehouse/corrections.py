"""Corrections as test cases for the parser: what was read, what a person says is right, and where.

With as many confirmed cells as corrected ones, or a parser that changes everything would look good.
Names of persons and running text stay in the office.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from schemas.decision import Action
from warehouse import queries, tables as t
from warehouse.decided import in_force, is_number

SCHEMA = "tonghop.correction/1"
_PRIVATE = ("narrative.", "header.signer", "commended", "theme")
_MASK = "…"


def cases(connection: Connection, campaign: str, seed: int = 7) -> Iterator[dict[str, Any]]:
    """One case a corrected cell or field, and a lot of equal size of confirmed cells."""
    found = [
        case for sha256 in _documents(connection, campaign) for case in _cases(connection, sha256)
    ]
    corrected = [c for c in found if c["kind"] == "corrected"]
    confirmed = [c for c in found if c["kind"] == "confirmed"]
    drawn = random.Random(seed).sample(confirmed, min(len(corrected), len(confirmed)))
    yield from sorted((*corrected, *drawn), key=lambda c: (c["document"], c["subject"]))


def _documents(connection: Connection, campaign: str) -> list[str]:
    d = t.document.c
    rows = connection.execute(select(d.sha256).where(d.campaign == campaign).order_by(d.sha256))
    return list(rows.scalars())


def _cases(connection: Connection, sha256: str) -> Iterator[dict[str, Any]]:
    d, e = t.decision.c, t.extraction.c
    rows = connection.execute(select(t.decision).where(d.sha256 == sha256).order_by(d.id)).all()
    if not rows:
        return
    version = connection.execute(
        select(e.parser_version)
        .join(t.document, t.document.c.extraction_id == e.id)
        .where(t.document.c.sha256 == sha256)
    ).scalar_one()
    read = {
        f"{o.indicator}.{o.measure}": o for o in queries.report(connection, sha256).observations
    }
    for subject, row in in_force(rows).items():
        one = read.get(subject)
        yield {
            "schema": SCHEMA,
            "kind": "confirmed" if row.action == Action.CONFIRM.value else "corrected",
            "document": sha256,
            "subject": subject,
            "read": _text(subject, str(one.value) if one else row.base_value),
            "right": _text(subject, row.value),
            "status": row.status,
            "raw": _text(subject, one.raw if one else row.base_raw),
            "label": one.label if one else None,
            "where": _where(one, row),
            "parser_version": version,
            "reason": row.reason,
        }


def _where(one: Any, row: Any) -> Any:
    """Where a person pointed to, else where it was read."""
    if row.place:
        return json.loads(row.place)
    if one is None:
        return None
    box = list(one.where.box) if one.where.box else None
    place = {"page": one.where.page, "bbox": box, "table": one.where.table}
    return {**place, "row": one.where.row, "column": one.where.column}


def _text(subject: str, text: str | None) -> str | None:
    """``text``, or a mask where it may name a person."""
    if text is None or is_number(subject) or not subject.startswith(_PRIVATE):
        return text
    return _MASK
