"""Blind checks: a person types a value again from the page without seeing it.

``weighty`` takes the values that move the published totals most; ``audit`` draws by lot from those
nobody was asked about, which is the only unbiased measure of what the machine gets wrong unseen.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from schemas.effective import ValueStatus
from schemas.errors import DecisionConflict
from warehouse.tables_desk import blind_check

Cell = tuple[str, str, int | None]
"""Document, subject, and the value in force."""


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """``wrong`` of ``checked``; ``low`` and ``high`` are Wilson's 95 % interval (1927)."""

    checked: int
    wrong: int
    low: float
    high: float


def draw(
    connection: Connection,
    campaign: str,
    kind: str,
    cells: Sequence[Cell],
    seed: int,
    now: dt.datetime,
    size: int | None = None,
) -> int:
    """Adds ``cells`` to be checked, or ``size`` of them drawn by lot with ``seed``; how many are new.

    The same seed over the same cells draws the same ones.
    """
    c = blind_check.c
    chosen = sorted(cells, key=lambda one: one[:2])
    if size is not None:
        chosen = random.Random(seed).sample(chosen, min(size, len(chosen)))
    there = {
        (r.sha256, r.subject)
        for r in connection.execute(
            select(c.sha256, c.subject).where(c.campaign == campaign, c.kind == kind)
        )
    }
    rows = [
        {
            "kind": kind,
            "campaign": campaign,
            "sha256": sha256,
            "subject": subject,
            "seed": seed,
            "drawn_at": now,
            "expected": value,
        }
        for sha256, subject, value in chosen
        if (sha256, subject) not in there
    ]
    if rows:
        connection.execute(insert(blind_check), rows)
    return len(rows)


def waiting(connection: Connection, campaign: str, kind: str | None = None) -> list[Any]:
    """Checks nobody has done yet, in the order drawn: ``id, kind, sha256, subject``."""
    c = blind_check.c
    query = select(c.id, c.kind, c.sha256, c.subject).where(
        c.campaign == campaign, c.checked_at.is_(None)
    )
    if kind is not None:
        query = query.where(c.kind == kind)
    return list(connection.execute(query.order_by(c.id)))


def get(connection: Connection, check_id: int) -> Any:
    """One check; None if there is none."""
    return connection.execute(select(blind_check).where(blind_check.c.id == check_id)).first()


def agree(value: int | None, status: ValueStatus | None, in_force: int | None) -> bool:
    """Whether what a person typed blind is the value in force; nothing typed agrees with no value."""
    return value == in_force and (status is ValueStatus.REPORTED) == (in_force is not None)


def answer(
    connection: Connection,
    check_id: int,
    actor: str,
    typed: str,
    value: int | None,
    status: ValueStatus,
    in_force: int | None,
    now: dt.datetime,
) -> bool:
    """Notes what the person typed; whether it agrees with the value in force.

    Raises DecisionConflict where somebody answered before.
    """
    agrees = agree(value, status, in_force)
    c = blind_check.c
    changed = connection.execute(
        update(blind_check)
        .where(c.id == check_id, c.checked_at.is_(None))
        .values(
            actor=actor,
            typed=typed,
            value=value,
            status=status.value,
            expected=in_force,
            agrees=agrees,
            checked_at=now,
        )
    )
    if not changed.rowcount:
        raise DecisionConflict(place=str(check_id))
    return agrees


def error_rate(connection: Connection, campaign: str, kind: str) -> ErrorRate:
    """What the checks of one kind show."""
    c = blind_check.c
    query = select(func.count()).where(
        c.campaign == campaign, c.kind == kind, c.checked_at.is_not(None)
    )
    checked = connection.execute(query).scalar_one()
    wrong = connection.execute(query.where(c.agrees.is_(False))).scalar_one()
    return ErrorRate(checked, wrong, *wilson(wrong, checked))


def wilson(wrong: int, checked: int) -> tuple[float, float]:
    """Wilson's score interval at 95 %; (0, 1) where nothing was checked."""
    if not checked:
        return 0.0, 1.0
    z, p = 1.96, wrong / checked
    middle = (p + z * z / (2 * checked)) / (1 + z * z / checked)
    half = z * math.sqrt(p * (1 - p) / checked + z * z / (4 * checked**2)) / (1 + z * z / checked)
    return max(0.0, middle - half), min(1.0, middle + half)
