"""Decisions on what is not a number: they reach documents, views and what is published."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.decision import Action
from schemas.document import Anchor
from schemas.effective import ValueStatus
from schemas.errors import DecisionConflict, InvalidDecision, UnknownCell
from schemas.fields import SUBJECTS, applied, stated
from schemas.report import Commended, CommendedKind, Launch, LaunchMode, Narrative, Reference
from tests.warehouse.hand import CAMPAIGN, decide, load, made, province, undo
from warehouse import decisions, queries
from warehouse.engine import Warehouse
from warehouse.publish import publish

REPORT = made(
    "a",
    {"news.count": 7},
    narrative=(Narrative("budget", "Không có"), Narrative("results", "Kết quả tốt")),
    references=(Reference("3764/BGDĐT-GDTrH", "CV", dt.date(2021, 8, 31), "Bộ GDĐT"),),
    commended=(Commended("Văn Lâm", CommendedKind.DISTRICT, "325"),),
    launch=Launch(dt.date(2021, 10, 1), "08:00", LaunchMode.ONLINE, "Zoom", 10),
    theme="Chuyển đổi số",
)


def rows(warehouse: Warehouse, view: str) -> list[dict[str, object]]:
    with warehouse.read() as connection:
        return queries.view(connection, view, CAMPAIGN)


def test_a_header_decision_moves_the_report_to_its_unit_and_outlives_a_reading(
    warehouse: Warehouse,
) -> None:
    load(warehouse, made("older", {"news.count": 5}, "1/BC-PGDĐT", 10, unit="326"))
    load(warehouse, REPORT)
    assert province(warehouse, "news.count") == 12
    request = decide(warehouse, REPORT, "header.issuer_unit", "326")
    assert province(warehouse, "news.count") == 7
    load(warehouse, REPORT, "2")
    assert province(warehouse, "news.count") == 7
    (document,) = (d for d in rows(warehouse, "document") if d["name"] == "a")
    assert (document["unit_code"], document["unit_name"]) == ("326", "Huyện Văn Giang")
    undo(warehouse, REPORT, "header.issuer_unit", request)
    assert province(warehouse, "news.count") == 12


def test_a_decided_date_decides_which_report_counts(warehouse: Warehouse) -> None:
    load(warehouse, made("other", {"news.count": 5}, "9/BC-PGDĐT", 20))
    load(warehouse, REPORT)
    assert province(warehouse, "news.count") == 5
    decide(warehouse, REPORT, "header.issued_on", "2021-10-21")
    assert province(warehouse, "news.count") == 7


def test_a_school_that_was_not_recognised_can_be_named(warehouse: Warehouse) -> None:
    lost = replace(REPORT, header=replace(REPORT.header, issuer_unit=None, issuer="TRƯỜNG T"))
    load(warehouse, lost)
    assert province(warehouse, "news.count") is None
    decide(warehouse, lost, "header.issuer_level", "institution")
    decide(warehouse, lost, "header.issuer_unit", "33-thpt-van-giang")
    assert province(warehouse, "news.count") == 7
    (document,) = rows(warehouse, "document")
    assert (document["unit_code"], document["channel"]) == ("33-thpt-van-giang", "direct")


def test_narratives_and_references_show_as_decided(warehouse: Warehouse, tmp_path: Path) -> None:
    load(warehouse, REPORT)
    decide(warehouse, REPORT, "narrative.results", "Đạt kế hoạch đề ra")
    decide(warehouse, REPORT, "narrative.difficulties", "Thiếu kinh phí")
    decide(
        warehouse,
        REPORT,
        "narrative.budget",
        None,
        action=Action.SET_STATUS,
        status=ValueStatus.BLANK,
    )
    cited = [{"number": "3764/BGDĐT-GDTX", "document_type": "CV", "issued_on": "2021-08-31"}]
    decide(warehouse, REPORT, "references", json.dumps(cited))
    told = {r["field"]: r["text"] for r in rows(warehouse, "narratives")}
    assert told == {"results": "Đạt kế hoạch đề ra", "difficulties": "Thiếu kinh phí"}
    assert [r["number"] for r in rows(warehouse, "directives")] == ["3764/BGDĐT-GDTX"]
    with warehouse.read() as connection:
        found = queries.search_narratives(connection, "thieu kinh phi")
        publish(connection, None, tmp_path)
    assert [r["field"] for r in found] == ["difficulties"]
    import duckdb

    with duckdb.connect(str(tmp_path / "tonghop.duckdb"), read_only=True) as base:
        assert base.execute("select number from directives").fetchall() == [("3764/BGDĐT-GDTX",)]
        assert ("results", "Đạt kế hoạch đề ra") in base.execute(
            "select field, text from narratives"
        ).fetchall()


def test_the_effective_report_holds_every_decision(warehouse: Warehouse) -> None:
    load(warehouse, REPORT)
    named = [{"name": "Ân Thi", "kind": "district", "unit": "329"}]
    decide(warehouse, REPORT, "commended", json.dumps(named, ensure_ascii=False))
    decide(warehouse, REPORT, "launch.venues", "12")
    decide(warehouse, REPORT, "theme", "Học tập suốt đời")
    decide(warehouse, REPORT, "annex.issued_on", "2021-10-28")
    decide(warehouse, REPORT, "news.count", "9", place=Anchor(2, (1.0, 2.0, 3.0, 4.0)))
    decide(warehouse, REPORT, "seminars.count", "3")
    with warehouse.read() as connection:
        now = queries.effective_report(connection, REPORT.source.sha256)
        read = queries.report(connection, REPORT.source.sha256)
    assert [(c.name, c.unit) for c in now.commended] == [("Ân Thi", "329")]
    assert now.launch is not None
    assert (now.launch.venues, now.launch.platform) == (12, "Zoom")
    assert now.theme == "Học tập suốt đời"
    assert now.annex is not None
    assert now.annex.issued_on == dt.date(2021, 10, 28)
    assert {o.key: o.value for o in now.observations} == {
        ("news", "count"): 9,
        ("seminars", "count"): 3,
    }
    assert read == REPORT


def test_where_a_person_pointed_is_where_the_figure_stands(warehouse: Warehouse) -> None:
    load(warehouse, REPORT)
    decide(warehouse, REPORT, "news.count", "9", place=Anchor(2, (1.0, 2.0, 3.0, 4.0)))
    decide(warehouse, REPORT, "seminars.count", "3", place=Anchor(None, None, 0, 9, 3))
    traced = {r["indicator"]: r for r in rows(warehouse, "lineage")}
    assert [traced["news"][k] for k in ("page", "x0", "bottom", "row_index")] == [2, 1, 4, None]
    assert [traced["seminars"][k] for k in ("page", "table_index", "row_index")] == [None, 0, 9]
    with warehouse.read() as connection:
        assert decisions.broken_links(connection) == []


def test_undoing_an_undoing_brings_the_decision_back(warehouse: Warehouse) -> None:
    load(warehouse, REPORT)
    first = decide(warehouse, REPORT, "theme", "Một")
    second = undo(warehouse, REPORT, "theme", first)
    with warehouse.read() as connection:
        assert decisions.in_force(connection, REPORT.source.sha256, "theme") == "Chuyển đổi số"
    undo(warehouse, REPORT, "theme", second)
    with warehouse.read() as connection:
        assert decisions.in_force(connection, REPORT.source.sha256, "theme") == "Một"
        assert len(decisions.history(connection, REPORT.source.sha256, "theme")) == 3


@pytest.mark.parametrize(
    ("subject", "value"),
    [
        ("header.issued_on", "27/10/2021"),
        ("header.issuer_level", "village"),
        ("launch.venues", "nhiều"),
        ("references", '{"number": "1"}'),
        ("references", '[{"number": ""}]'),
        ("references", "[1]"),
        ("commended", '[{"name": "A", "kind": "star"}]'),
        ("header.signer", '{"nom": "A"}'),
        ("header.copies_to", "[1]"),
        ("news.count", "1.8"),
        ("news.count", "-1"),
        ("news.count", None),
    ],
)
def test_a_value_that_is_none_is_refused_and_nothing_is_written(
    warehouse: Warehouse, subject: str, value: str | None
) -> None:
    load(warehouse, REPORT)
    with pytest.raises(InvalidDecision):
        decide(warehouse, REPORT, subject, value)
    with warehouse.read() as connection:
        assert decisions.history(connection, REPORT.source.sha256, subject) == []


def test_a_field_no_report_has_is_refused(warehouse: Warehouse) -> None:
    load(warehouse, REPORT)
    with pytest.raises(UnknownCell):
        decide(warehouse, REPORT, "header.colour", "đỏ")
    with pytest.raises(InvalidDecision):
        undo(warehouse, REPORT, "theme", "never posted")


def test_the_second_to_change_a_field_is_told(warehouse: Warehouse) -> None:
    from schemas.decision import Decision

    load(warehouse, REPORT)
    decide(warehouse, REPORT, "theme", "Một")
    late = Decision(REPORT.source.sha256, "theme", Action.CORRECT, "hoa", "", "late", "Hai")
    with pytest.raises(DecisionConflict), warehouse.write() as connection:
        decisions.post(connection, late, expected_base="Chuyển đổi số")


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_what_is_stated_can_be_decided_unchanged(subject: str) -> None:
    text = stated(REPORT, subject)
    again = applied(REPORT, {subject: text})
    assert stated(again, subject) == text
    assert stated(applied(REPORT, {subject: None}), subject) is None
