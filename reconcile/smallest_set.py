"""The fewest cells whose change makes every rule of a report hold (Fellegi and Holt 1976).

A small integer programme, solved by HiGHS through ``scipy.optimize.milp`` with a time limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.form import Form
from schemas.rule import PeoplePerSession, WholeParts

Key = tuple[str, str]
SECONDS = 2.0
_LARGEST = 10**7


def smallest_set(
    numbers: Mapping[Key, int], trust: Mapping[Key, float], form: Form, seconds: float = SECONDS
) -> dict[Key, int] | None:
    """New values of the fewest cells, the less trusted first, so that wholes equal their parts and
    people are no fewer than sessions. None where there is none, or none was found in time.

    ``numbers`` are the filled cells; ``trust`` is 0 to 1 for each.
    """
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    cells = sorted(numbers)
    rows, low, high = _rules(cells, form)
    if not rows:
        return None
    n, top = len(cells), float(min(_LARGEST, 1000 * max(1, *numbers.values())))
    # Unknowns: each cell's value, then whether it changes (0 or 1).
    old = np.array([numbers[c] for c in cells], dtype=float)
    reach = np.full(n, top)
    eye = np.eye(n)
    constraints = [
        LinearConstraint(np.hstack([np.array(rows), np.zeros((len(rows), n))]), low, high),
        LinearConstraint(np.hstack([eye, -np.diag(reach)]), -np.inf, old),
        LinearConstraint(np.hstack([eye, np.diag(reach)]), old, np.inf),
    ]
    # A doubted cell is a little cheaper to change, never so much that two are changed for one.
    weights = np.array([1.0 + 0.5 * trust.get(c, 1.0) / (n + 1) for c in cells])
    found: Any = milp(
        np.hstack([np.zeros(n), weights]),
        constraints=constraints,
        integrality=np.ones(2 * n),
        bounds=Bounds(np.zeros(2 * n), np.hstack([np.full(n, top), np.ones(n)])),
        options={"time_limit": seconds},
    )
    if found.x is None or not found.success:
        return None
    return {
        cell: round(found.x[i])
        for i, cell in enumerate(cells)
        if round(found.x[i]) != numbers[cell]
    }


def _rules(cells: list[Key], form: Form) -> tuple[list[list[float]], list[float], list[float]]:
    at = {cell: i for i, cell in enumerate(cells)}
    rows: list[list[float]] = []
    low: list[float] = []
    high: list[float] = []

    def add(parts: Mapping[Key, float], least: float, most: float) -> None:
        row = [0.0] * len(cells)
        for cell, factor in parts.items():
            row[at[cell]] += factor
        rows.append(row)
        low.append(least)
        high.append(most)

    for rule in form.rules_of(WholeParts):
        for measure in rule.measures:
            parts = [(p, measure) for p in rule.parts if (p, measure) in at]
            if (rule.whole, measure) in at and parts:
                told = {(rule.whole, measure): 1.0} | dict.fromkeys(parts, -1.0)
                add(told, -rule.tolerance, rule.tolerance)
    for people in form.rules_of(PeoplePerSession):
        for code in people.indicators:
            more, fewer = (code, people.people), (code, people.sessions)
            if more in at and fewer in at:
                add({more: 1.0, fewer: -1.0}, 0.0, float("inf"))
    return rows, low, high
