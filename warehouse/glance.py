"""What the home page shows of a campaign: who has reported, what is found, what waits."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from schemas.finding import Severity

_APPROVAL = (
    "case when d.approved = (1 = 1) then 'approved'"
    " when exists (select 1 from approval a where a.sha256 = d.sha256) then 'stale'"
    " else 'none' end"
)


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit that is expected to report, or did without being asked.

    ``status``: reported, late or missing. ``approval``: none, approved, or stale
    where values changed since. ``flagged``: values not to be trusted unseen. ``findings``:
    open ones by severity.
    """

    unit_code: str
    unit_name: str
    channel: str
    status: str
    due_on: dt.date | None
    sha256: str | None
    number: str | None
    document_name: str | None
    issued_on: dt.date | None
    received_at: dt.datetime | None
    approval: str
    flagged: int = 0
    findings: dict[str, int] = field(default_factory=dict)

    @property
    def worst(self) -> str | None:
        """The gravest severity among the open findings."""
        return next((s.value for s in Severity if self.findings.get(s.value)), None)

    @property
    def open_findings(self) -> int:
        return sum(self.findings.values())


def units(connection: Connection, campaign: str) -> list[UnitStanding]:
    """Every unit of a campaign: districts before direct units, by code."""
    rows = connection.execute(
        text(
            "select r.unit_code, r.unit_name, r.channel, r.status, b.due_on, d.sha256, d.number,"
            " d.name, d.issued_on, d.received_at,"
            f" {_APPROVAL} as approval from reporting_status r"
            " left join document d on d.campaign = r.campaign and d.unit_code = r.unit_code"
            "  and d.current = (1 = 1)"
            " left join obligation b on b.campaign = r.campaign and b.unit_code = r.unit_code"
            " where r.campaign = :c and r.status <> 'replaced'"
        ),
        {"c": campaign},
    ).all()
    flagged = _flagged(connection, campaign)
    found = _findings(connection, campaign)
    made = [
        UnitStanding(
            r.unit_code or "",
            r.unit_name or "",
            r.channel or "",
            r.status,
            day(r.due_on),
            r.sha256,
            r.number,
            r.name,
            day(r.issued_on),
            moment(r.received_at),
            r.approval,
            flagged.get(r.sha256, 0),
            dict(found.get(r.unit_code, {})),
        )
        for r in rows
    ]
    return sorted(made, key=lambda u: (u.channel != "district", u.unit_code, u.sha256 or ""))


def unit(connection: Connection, campaign: str, unit_code: str) -> UnitStanding | None:
    """One unit; the province itself too, which reports but is not expected to. None: unknown."""
    known = next((u for u in units(connection, campaign) if u.unit_code == unit_code), None)
    if known is not None:
        return known
    row = connection.execute(
        text(
            f"select d.*, {_APPROVAL} as approval from document d where d.campaign = :c and d.unit_code = :u"
            " order by d.current desc, d.received_at desc limit 1"
        ),
        {"c": campaign, "u": unit_code},
    ).first()
    if row is None:
        return None
    return UnitStanding(
        unit_code,
        row.unit_name or unit_code,
        row.channel or "",
        "reported",
        None,
        row.sha256 if row.current else None,
        row.number,
        row.name,
        day(row.issued_on),
        moment(row.received_at),
        row.approval,
        _flagged(connection, campaign).get(row.sha256, 0),
        dict(_findings(connection, campaign).get(unit_code, {})),
    )


def _flagged(connection: Connection, campaign: str) -> dict[str, int]:
    rows = connection.execute(
        text(
            "select sha256, count(*) from effective_value where campaign = :c"
            " and current = (1 = 1) and needs_review = (1 = 1) group by sha256"
        ),
        {"c": campaign},
    )
    return {row[0]: row[1] for row in rows}


def _findings(connection: Connection, campaign: str) -> dict[str, Counter[str]]:
    """Open findings about a report, by unit and severity; that it is missing is its status."""
    rows = connection.execute(
        text(
            "select f.unit_code, f.severity, count(*) as many from open_findings f"
            " where f.campaign = :c and f.unit_code is not null and f.rule <> 'missing_report'"
            " group by f.unit_code, f.severity"
        ),
        {"c": campaign},
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        found[row.unit_code][row.severity] += row.many
    return found


def by_rule(connection: Connection, campaign: str) -> list[dict[str, Any]]:
    """Open findings counted by severity and rule, gravest and most frequent first."""
    rows = connection.execute(
        text(
            "select severity, rule, count(*) as many from open_findings where campaign = :c"
            " group by severity, rule"
        ),
        {"c": campaign},
    )
    order = [s.value for s in Severity]
    found = [dict(row._mapping) for row in rows]
    return sorted(found, key=lambda r: (order.index(r["severity"]), -r["many"], r["rule"]))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day reports are due, and how many days off ``today`` it is (negative: gone by)."""

    due_on: dt.date
    days: int


def deadline(connection: Connection, campaign: str, today: dt.date) -> Deadline | None:
    """When reports of a campaign are due; None where the form sets no day."""
    due = connection.execute(
        text("select max(due_on) from obligation where campaign = :c"), {"c": campaign}
    ).scalar()
    due_on = day(due)
    return None if due_on is None else Deadline(due_on, (due_on - today).days)


def unread(connection: Connection, limit: int = 200) -> list[dict[str, Any]]:
    """Files that count for nothing yet, newest first."""
    rows = connection.execute(
        text("select * from unread_documents order by received_at desc limit :n"), {"n": limit}
    )
    return [dict(row._mapping) for row in rows]


def day(value: Any) -> dt.date | None:
    """A date as both engines give it: a text or a date."""
    if value is None or isinstance(value, dt.date):
        return value
    return dt.date.fromisoformat(str(value)[:10])


def moment(value: Any) -> dt.datetime | None:
    """A time in UTC as both engines give it: a text, or a time with or without zone."""
    if value is None:
        return None
    at = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)
