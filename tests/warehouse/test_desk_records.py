"""What the desk keeps: claims, states of reports, blind checks, wordings; on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml
from sqlalchemy import Connection, insert

from schemas.effective import ValueStatus
from schemas.errors import DecisionConflict
from warehouse import blind_checks, claims, recognised, report_states, tables as t
from warehouse.engine import Warehouse
from warehouse.recognised import Recognised
from warehouse.report_states import EventKind, Question, ReportEvent, ReportState

SHA = "a" * 64
NOW = dt.datetime(2021, 10, 20, 8, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=11)


def document(connection: Connection) -> None:
    connection.execute(insert(t.blob).values(sha256=SHA, size=1, first_seen_at=NOW))
    made = connection.execute(
        insert(t.extraction)
        .values(sha256=SHA, parser_version="1", read_at=NOW, status="ok", report="{}")
        .returning(t.extraction.c.id)
    ).scalar_one()
    connection.execute(
        insert(t.document).values(
            sha256=SHA,
            extraction_id=made,
            campaign="llw-2021",
            name="a.pdf",
            received_at=NOW,
            status="ok",
            rendition_rank=2,
            current=True,
        )
    )


def state(connection: Connection, approvals: dict[str, str] | None = None) -> ReportState:
    return report_states.states(connection, "llw-2021", NOW, approvals or {})[SHA]


def test_a_claim_is_seen_by_others_and_ends_by_itself(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        document(connection)
        claims.take(connection, SHA, "lan", NOW)
        assert claims.take(connection, SHA, "minh", NOW).actor == "lan"
        assert claims.take(connection, SHA, "minh", LATER).actor == "minh"
        assert claims.take(connection, SHA, "lan", LATER, over=True).actor == "lan"
        claims.release(connection, SHA, "lan")
        assert claims.holder(connection, SHA, LATER) is None


def test_a_report_goes_from_to_do_to_approved_and_stale(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        document(connection)
        assert state(connection) is ReportState.TO_DO
        claims.take(connection, SHA, "lan", NOW)
        assert state(connection) is ReportState.IN_REVIEW
        asked = (Question("training.count", "Số lớp là 10 hay 18?"),)
        returned = ReportEvent(SHA, EventKind.RETURNED, "lan", NOW, "", asked)
        report_states.record(connection, returned)
        assert state(connection) is ReportState.RETURNED
        assert report_states.events(connection, SHA)[-1].questions == asked
        report_states.record(connection, ReportEvent(SHA, EventKind.REOPENED, "lan", NOW))
        assert state(connection) is ReportState.IN_REVIEW
        report_states.record(connection, ReportEvent(SHA, EventKind.FINISHED, "lan", NOW))
        assert state(connection) is ReportState.FINISHED
        assert state(connection, {SHA: "approved"}) is ReportState.APPROVED
        assert state(connection, {SHA: "stale"}) is ReportState.STALE


def test_the_lot_can_be_drawn_again(warehouse: Warehouse) -> None:
    cells = [(SHA, f"news{i}.count", i) for i in range(100)]
    drawn = []
    for campaign in ("llw-2021", "llw-2022"):
        with warehouse.write() as connection:
            if campaign == "llw-2021":
                document(connection)
            shuffled = cells[50:] + cells[:50]
            assert blind_checks.draw(connection, campaign, "audit", shuffled, 7, NOW, 10) == 10
            assert blind_checks.draw(connection, campaign, "audit", cells, 7, NOW, 10) == 0
            drawn.append({r.subject for r in blind_checks.waiting(connection, campaign)})
    assert drawn[0] == drawn[1]


def test_a_check_is_answered_once_and_the_rate_has_an_interval(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        document(connection)
        cells = [(SHA, f"news{i}.count", i) for i in range(4)]
        blind_checks.draw(connection, "llw-2021", "audit", cells, 7, NOW)
        ids = [r.id for r in blind_checks.waiting(connection, "llw-2021")]
        for at, check in enumerate(ids):
            typed = 99 if at == 3 else at
            agrees = blind_checks.answer(
                connection, check, "lan", str(typed), typed, ValueStatus.REPORTED, at, NOW
            )
            assert agrees is (at != 3)
        with pytest.raises(DecisionConflict):
            blind_checks.answer(connection, ids[0], "minh", "5", 5, ValueStatus.REPORTED, 0, NOW)
        rate = blind_checks.error_rate(connection, "llw-2021", "audit")
        assert (rate.checked, rate.wrong) == (4, 1)
        assert (round(rate.low, 3), round(rate.high, 3)) == (0.046, 0.699)


def test_nothing_checked_says_nothing() -> None:
    assert blind_checks.wilson(0, 0) == (0.0, 1.0)


def test_a_blank_typed_for_a_number_is_a_difference(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        document(connection)
        blind_checks.draw(connection, "llw-2021", "weighty", [(SHA, "news.count", 5)], 1, NOW)
        check = blind_checks.waiting(connection, "llw-2021")[0].id
        assert not blind_checks.answer(
            connection, check, "lan", "", None, ValueStatus.BLANK, 5, NOW
        )


def test_a_wording_is_given_back_as_yaml(warehouse: Warehouse) -> None:
    with warehouse.write() as connection:
        document(connection)
        for text in ("Số bài đăng báo", "SỐ BÀI  ĐĂNG BÁO"):
            recognised.record(
                connection,
                Recognised("llw-2021", "alias", text, "news", "count", SHA, "lan", NOW),
            )
        found = yaml.safe_load(recognised.as_yaml(connection, "llw-2021"))
    assert found["indicators"] == [{"code": "news", "aliases": ["Số bài đăng báo"]}]
