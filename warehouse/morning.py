"""Where each campaign stands, for the people who read it in the morning."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from warehouse import queries, tables as t


@dataclass(frozen=True, slots=True)
class Standing:
    """One campaign. ``arrived`` are (unit, file); ``missing`` and ``late`` names of units; the rest
    counts."""

    campaign: str
    arrived: tuple[tuple[str | None, str], ...]
    missing: tuple[str, ...]
    late: tuple[str, ...]
    reported: int
    to_review: int
    errors: int
    warnings: int

    @property
    def rate(self) -> float | None:
        """Share of the expected units that have reported; None where nobody is expected."""
        expected = self.came + len(self.missing)
        return self.came / expected if expected else None

    @property
    def came(self) -> int:
        """How many units have reported, in time or not."""
        return self.reported + len(self.late)


def standing(connection: Connection, since: dt.datetime) -> list[Standing]:
    """Every campaign with documents; what arrived is what was first read after ``since``."""
    return [_one(connection, campaign, since) for campaign in queries.campaigns(connection)]


def _one(connection: Connection, campaign: str, since: dt.datetime) -> Standing:
    rows = queries.view(connection, "reporting_status", campaign)
    severities = connection.execute(
        text("select severity from open_findings where campaign = :c and rule <> 'missing_report'"),
        {"c": campaign},
    ).scalars()
    by_severity = Counter(str(one) for one in severities)
    to_review = connection.execute(
        text("select count(*) from unit_annex where campaign = :c and needs_review = (1 = 1)"),
        {"c": campaign},
    ).scalar_one()
    return Standing(
        campaign,
        _arrived(connection, campaign, since),
        _named(rows, "missing"),
        _named(rows, "late"),
        sum(r["status"] == "reported" for r in rows),
        int(to_review),
        by_severity["error"],
        by_severity["warning"],
    )


def _named(rows: list[dict[str, Any]], status: str) -> tuple[str, ...]:
    return tuple(sorted(str(r["unit_name"]) for r in rows if r["status"] == status))


def _arrived(
    connection: Connection, campaign: str, since: dt.datetime
) -> tuple[tuple[str | None, str], ...]:
    d, e = t.document.c, t.extraction.c
    first = select(e.sha256, func.min(e.read_at).label("at")).group_by(e.sha256).subquery()
    rows = connection.execute(
        select(d.unit_name, d.name)
        .join(first, first.c.sha256 == d.sha256)
        .where(d.campaign == campaign, d.status != "failed", first.c.at >= since)
        .order_by(d.unit_name, d.name)
    )
    return tuple((unit, name) for unit, name in rows)
