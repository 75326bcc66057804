"""Which of a unit's documents counts, decided anew whenever one of them changes."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, func, select, update

from warehouse import rollup
from warehouse import tables as t

_LEADING = re.compile(r"\d+")


def settle_current(connection: Connection, campaign: str, unit_code: str) -> None:
    """Of a unit's documents the newest counts; nothing is deleted.

    Files of one number are one document: of them one with figures before one without, then Word
    before a PDF with text before a scan, then the one that arrived last. Between documents the
    date of issue decides, then the number as a number, then the arrival. A failed reading never
    counts.
    """
    d = t.document.c
    here = (d.campaign == campaign, d.unit_code == unit_code)
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in _readable(connection, here):
        groups[(row.number or row.sha256).casefold()].append(row)
    current = max(map(_best, groups.values()), key=_age, default=None)
    connection.execute(update(t.document).where(*here).values(current=False, superseded_by=None))
    if current is not None:
        connection.execute(
            update(t.document)
            .where(*here, d.status != "failed", d.sha256 != current.sha256)
            .values(superseded_by=current.sha256)
        )
        connection.execute(
            update(t.document).where(d.sha256 == current.sha256).values(current=True)
        )
    rollup.refresh_unit(connection, campaign, unit_code)


def _readable(connection: Connection, here: tuple[Any, ...]) -> list[Any]:
    d, o = t.document.c, t.observation.c
    figures = (
        select(func.count()).where(o.extraction_id == d.extraction_id).correlate(t.document)
    ).scalar_subquery()
    query = select(
        d.sha256,
        d.number,
        d.issued_on,
        d.received_at,
        d.rendition_rank,
        figures.label("figures"),
    )
    return list(connection.execute(query.where(*here, d.status != "failed")).all())


def _best(renditions: list[Any]) -> Any:
    return max(
        renditions, key=lambda r: (r.figures > 0, -r.rendition_rank, r.received_at, r.sha256)
    )


def _age(row: Any) -> tuple[dt.date, int, dt.datetime, str]:
    """Later is greater. The number is compared as a number: 99 comes before 200."""
    leading = _LEADING.match(row.number or "")
    return (
        row.issued_on or dt.date.min,
        int(leading.group()) if leading else 0,
        row.received_at,
        row.sha256,
    )
