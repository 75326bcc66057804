"""A finding's life: opened, changed, gone, back, accepted with a reason, open again."""

from __future__ import annotations

import pytest

from schemas.errors import InvalidDecision, UnknownCell
from schemas.finding import Finding, RuleCode, Severity
from tests.warehouse.hand import CAMPAIGN
from warehouse import findings, queries
from warehouse.engine import Warehouse
from warehouse.findings import Raised


def raised(value: str = "7", severity: Severity = Severity.ERROR) -> Raised:
    from schemas.document import Anchor

    finding = Finding(
        RuleCode.WHOLE_DIFFERS_FROM_PARTS,
        severity,
        f"Tổng ghi {value}.",
        (Anchor(None, None, 0, 2, 3),),
        "training",
        "count",
        value,
        "9",
    )
    return Raised(finding, None, "325")


KEY = findings.fingerprint(CAMPAIGN, raised())


def run(warehouse: Warehouse, *found: Raised) -> findings.Change:
    with warehouse.write() as connection:
        return findings.replace(connection, CAMPAIGN, found)


def is_open(warehouse: Warehouse) -> bool:
    with warehouse.read() as connection:
        return bool(queries.view(connection, "open_findings", CAMPAIGN))


def told(warehouse: Warehouse) -> list[str]:
    with warehouse.read() as connection:
        return [e["event"] for e in findings.events(connection, KEY)]


def test_it_keeps_its_identity_while_it_opens_changes_goes_and_returns(
    warehouse: Warehouse,
) -> None:
    changes = [run(warehouse, raised()), run(warehouse, raised()), run(warehouse, raised("8"))]
    assert [(c.opened, c.still_open) for c in changes] == [(1, 0), (0, 1), (0, 1)]
    assert run(warehouse).gone == 1
    assert not is_open(warehouse)
    assert run(warehouse, raised("8")).opened == 1
    assert told(warehouse) == ["opened", "changed", "gone", "reopened"]


def test_accepted_stays_accepted_until_a_side_changes(warehouse: Warehouse) -> None:
    run(warehouse, raised())
    with warehouse.write() as connection:
        findings.accept(connection, KEY, "lan", "đơn vị xác nhận")
    run(warehouse, raised())
    assert not is_open(warehouse)
    run(warehouse, raised("8"))
    assert is_open(warehouse)
    assert told(warehouse) == ["opened", "accepted", "reopened"]
    with warehouse.read() as connection:
        accepted = findings.events(connection, KEY)[1]
    assert (accepted["actor"], accepted["reason"]) == ("lan", "đơn vị xác nhận")


def test_accepting_needs_a_reason_and_a_finding(warehouse: Warehouse) -> None:
    run(warehouse, raised())
    with pytest.raises(InvalidDecision), warehouse.write() as connection:
        findings.accept(connection, KEY, "lan", " ")
    with pytest.raises(UnknownCell), warehouse.write() as connection:
        findings.accept(connection, "0" * 64, "lan", "vì")
    assert is_open(warehouse)
