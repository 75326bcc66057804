"""A doubt about a field of the letter leads to that field, and goes when that field is decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reconcile.asked import field_of
from reconcile.desk import Desk
from reconcile.risk import subject_of
from reconcile.run import reconcile
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.document import Anchor
from schemas.finding import Finding, RuleCode, Severity
from schemas.registry_index import admin_units
from tests.warehouse import conftest as engines
from tests.warehouse.hand import CAMPAIGN, load, made
from warehouse import standing
from warehouse.engine import Warehouse

warehouse = engines.warehouse
LINE = (Anchor(paragraph=4),)
NO_SIGNER = Finding(
    RuleCode.HEADER_UNCERTAIN,
    Severity.WARNING,
    "Không đọc được người ký của văn bản.",
    field="header.signer",
)
NO_MODE = Finding(
    RuleCode.LAUNCH_UNCERTAIN, Severity.WARNING, "Chưa rõ.", LINE, field="launch.mode"
)
NO_TIME = replace(NO_MODE, field="launch.time")


def asked(warehouse: Warehouse) -> set[str | None]:
    """What people are asked to look at."""
    with warehouse.read() as connection:
        found = standing.open_findings(connection, CAMPAIGN)
    return {subject_of(one) for one in found if one.sha256}


@pytest.fixture
def document(warehouse: Warehouse) -> str:
    report = replace(made("a"), findings=(NO_SIGNER, NO_MODE, NO_TIME))
    load(warehouse, report)
    reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
    return report.source.sha256


def test_each_doubt_is_asked_where_it_is(warehouse: Warehouse, document: str) -> None:
    assert asked(warehouse) >= {"header.signer", "launch.mode", "launch.time"}
    with warehouse.read() as connection:
        rows = connection.exec_driver_sql(
            "select rule, field from open_findings where field is not null order by field"
        )
        assert [tuple(row) for row in rows] == [
            ("header_uncertain", "header.signer"),
            ("launch_uncertain", "launch.mode"),
            ("launch_uncertain", "launch.time"),
        ]


@pytest.mark.parametrize("judged", ["at the desk", "at night"])
def test_only_a_decision_about_the_field_itself_settles_it(
    warehouse: Warehouse, document: str, judged: str
) -> None:
    desk = Desk(warehouse, admin_units(), "33")
    signer = '{"name": "Lê Thị Lan", "position": null, "authority": null}'
    for subject, value, left in (
        ("header.issuer", "Phòng GDĐT huyện Văn Lâm", True),
        ("header.signer", signer, False),
    ):
        decision = Decision(document, subject, Action.CORRECT, "lan", "sai", subject, value=value)
        desk.commit(CAMPAIGN, decision)
        if judged == "at night":
            reconcile(warehouse, form(CAMPAIGN), admin_units(), "33")
        assert ("header.signer" in asked(warehouse)) is left
    assert asked(warehouse) >= {"launch.mode", "launch.time"}


def test_a_whole_part_in_doubt_leads_to_its_first_field_and_a_note_to_none() -> None:
    assert field_of(replace(NO_MODE, field="launch")) == "launch.held_on"
    note = Finding(
        RuleCode.NUMBER_CONFIRMED, Severity.INFO, "Số được xác nhận.", field="header.number"
    )
    assert subject_of(standing.OpenFinding("0" * 64, "a", "325", None, note)) is None
