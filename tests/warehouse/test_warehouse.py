"""Loading, effective values, decisions, views: on both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from pipelines.understand import understand
from reconcile.run import reconcile
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.errors import ConfigurationError, DecisionConflict, UnknownCell, WarehouseError
from schemas.registry_index import admin_units
from schemas.report import Report
from tools.country import hand_in
from warehouse import decisions, queries
from warehouse.engine import Warehouse, open_warehouse
from warehouse.load import Receipt
from warehouse.publish import publish

WEEK = Path("samples/week-2021")
NOW = dt.datetime(2021, 10, 20, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [
        understand(WEEK / n, n, "33")
        for n in ("01-323.docx", "03-326.docx", "11-33-thpt-chuyen-hung-yen.docx")
    ]


def load(warehouse: Warehouse, report: Report, version: str = "1") -> bool:
    with warehouse.write() as connection:
        receipt = Receipt(
            "test", f"test|{report.source.name}|{report.source.sha256}", report.source.name, NOW
        )
        return hand_in(
            connection, report, receipt, version, form("llw-2021"), admin_units(), "33"
        ).new


def cell(warehouse: Warehouse, indicator: str, measure: str) -> int | None:
    with warehouse.read() as connection:
        rows = queries.province_table(connection, "llw-2021", "33")
    return next(r["value"] for r in rows if (r["indicator"], r["measure"]) == (indicator, measure))


def correction(report: Report, value: str, request: str, **more: object) -> Decision:
    return Decision(
        report.source.sha256,
        "opening.institutions.count",
        Action.CORRECT,
        "lan",
        "đọc sai",
        request,
        value=value,
        **more,
    )


def test_the_same_bytes_twice_change_nothing(warehouse: Warehouse, reports: list[Report]) -> None:
    assert load(warehouse, reports[0])
    before = cell(warehouse, "opening.institutions", "count")
    assert not load(warehouse, reports[0])
    assert cell(warehouse, "opening.institutions", "count") == before


def test_the_province_is_the_sum_of_districts_and_direct_units(
    warehouse: Warehouse, reports: list[Report]
) -> None:
    for report in reports:
        load(warehouse, report)
    expected = sum(
        o.value
        for r in reports
        for o in r.observations
        if o.key == ("opening.institutions", "people")
    )
    assert cell(warehouse, "opening.institutions", "people") == expected
    assert cell(warehouse, "seminars", "count") is None


def test_a_correction_reaches_the_province_and_outlives_a_new_reading(
    warehouse: Warehouse, reports: list[Report]
) -> None:
    load(warehouse, reports[0])
    with warehouse.write() as connection:
        decisions.post(connection, correction(reports[0], "999", "r1"))
        decisions.post(connection, correction(reports[0], "999", "r1"))
    assert cell(warehouse, "opening.institutions", "count") == 999
    load(warehouse, reports[0], "2")
    assert cell(warehouse, "opening.institutions", "count") == 999
    with warehouse.read() as connection:
        assert (
            len(
                decisions.history(
                    connection, reports[0].source.sha256, "opening.institutions.count"
                )
            )
            == 1
        )


def test_undo_brings_the_reading_back(warehouse: Warehouse, reports: list[Report]) -> None:
    load(warehouse, reports[0])
    before = cell(warehouse, "opening.institutions", "count")
    with warehouse.write() as connection:
        decisions.post(connection, correction(reports[0], "999", "r1"))
        decisions.post(
            connection,
            replace(correction(reports[0], "0", "r2"), action=Action.UNDO, value=None, undoes="r1"),
        )
    assert cell(warehouse, "opening.institutions", "count") == before


def test_a_value_declared_blank_leaves_the_sum(warehouse: Warehouse, reports: list[Report]) -> None:
    load(warehouse, reports[0])
    with warehouse.write() as connection:
        decisions.post(
            connection,
            replace(
                correction(reports[0], "0", "r1"),
                action=Action.SET_STATUS,
                value=None,
                status=ValueStatus.BLANK,
            ),
        )
    assert cell(warehouse, "opening.institutions", "count") is None


def test_a_decision_on_an_unread_cell_counts(warehouse: Warehouse, reports: list[Report]) -> None:
    load(warehouse, reports[0])
    with warehouse.write() as connection:
        decisions.post(
            connection, replace(correction(reports[0], "4", "r1"), subject="seminars.count")
        )
    assert cell(warehouse, "seminars", "count") == 4


def test_the_second_of_two_people_is_told(warehouse: Warehouse, reports: list[Report]) -> None:
    load(warehouse, reports[0])
    with warehouse.write() as connection:
        seen = decisions.in_force(
            connection, reports[0].source.sha256, "opening.institutions.count"
        )
        decisions.post(connection, correction(reports[0], "998", "r1"), expected_base=seen)
    with pytest.raises(DecisionConflict), warehouse.write() as connection:
        decisions.post(connection, correction(reports[0], "997", "r2"), expected_base=seen)
    assert cell(warehouse, "opening.institutions", "count") == 998


def test_a_decision_on_an_unknown_document_is_refused(
    warehouse: Warehouse, reports: list[Report]
) -> None:
    with pytest.raises(UnknownCell), warehouse.write() as connection:
        decisions.post(connection, correction(reports[0], "1", "r1"))


def test_a_newer_report_of_the_same_unit_replaces_the_older(
    warehouse: Warehouse, reports: list[Report]
) -> None:
    old = reports[0]
    header = replace(old.header, number="200/BC-PGDĐT", issued_on=dt.date(2021, 10, 19))
    new = replace(
        old,
        source=replace(old.source, name="new.docx", sha256="f" * 64),
        header=header,
        observations=tuple(replace(o, value=o.value + 1) for o in old.observations),
    )
    load(warehouse, new)
    load(warehouse, old)
    expected = next(o.value for o in new.observations if o.key == ("opening.institutions", "count"))
    assert cell(warehouse, "opening.institutions", "count") == expected
    with warehouse.read() as connection:
        states = {
            r["document_name"]: r["status"]
            for r in queries.view(connection, "reporting_status", "llw-2021")
        }
    assert states["new.docx"] == "reported"
    assert states[old.source.name] == "replaced"


def test_findings_keep_their_identity(warehouse: Warehouse, reports: list[Report]) -> None:
    load(warehouse, reports[1])
    first = reconcile(warehouse, form("llw-2021"), admin_units(), "33")
    again = reconcile(warehouse, form("llw-2021"), admin_units(), "33")
    assert first.by_rule["annex_date_differs"] == 1
    assert first.by_rule["missing_report"] == 18
    assert (again.opened, again.gone) == (0, 0)
    assert again.still_open == first.opened


def test_searching_without_diacritics(warehouse: Warehouse, reports: list[Report]) -> None:
    load(warehouse, reports[0])
    with warehouse.read() as connection:
        found = queries.search_narratives(connection, "kinh phi han hep")
    assert [r["field"] for r in found] == ["difficulties"]


def test_published_files_agree_with_the_warehouse(
    warehouse: Warehouse, reports: list[Report], tmp_path: Path
) -> None:
    import duckdb

    for report in reports:
        load(warehouse, report)
    with warehouse.read() as connection:
        publish(connection, None, tmp_path / "out")
    with duckdb.connect(str(tmp_path / "out/tonghop.duckdb"), read_only=True) as base:
        value = base.execute("select value from province_annex where indicator = 'news'").fetchone()
        parquet = base.execute(
            f"select value from '{tmp_path / 'out/parquet/province_annex.parquet'}' where indicator = 'news'"
        ).fetchone()
        traced = base.execute("select sum(value) from lineage where indicator = 'news'").fetchone()
    assert value == parquet
    assert value is not None
    assert traced is not None
    assert value[0] == traced[0] == cell(warehouse, "news", "count")


def test_a_publication_that_fails_leaves_the_old_one(
    warehouse: Warehouse, reports: list[Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with warehouse.read() as connection:
        publish(connection, None, out)
        before = (out / "tonghop.duckdb").read_bytes()
        monkeypatch.setattr(
            "warehouse.publish.write_workbook",
            lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")),
        )
        with pytest.raises(WarehouseError):
            publish(connection, None, out)
    assert (out / "tonghop.duckdb").read_bytes() == before
    assert not list(out.glob(".publish-*"))


def test_loaders_and_reviewer_at_once(warehouse: Warehouse, reports: list[Report]) -> None:
    load(warehouse, reports[0])
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            for step in range(5):
                copy = replace(
                    reports[1],
                    source=replace(
                        reports[1].source,
                        sha256=f"{number}{step}".rjust(64, "0"),
                        name=f"{number}{step}",
                    ),
                )
                load(warehouse, copy)
                with warehouse.write() as connection:
                    decisions.post(
                        connection, correction(reports[0], str(step), f"{number}-{step}")
                    )
        except Exception as error:
            errors.append(error)

    threads = [Thread(target=work, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    with warehouse.read() as connection:
        assert (
            len(
                decisions.history(
                    connection, reports[0].source.sha256, "opening.institutions.count"
                )
            )
            == 15
        )
        assert len(queries.documents(connection, "llw-2021")) == 16


@pytest.mark.parametrize("address", ["nothing", "bogus://x", "sqlite+unheard://x"])
def test_a_bad_address_is_a_matter_of_configuration(address: str) -> None:
    with pytest.raises(ConfigurationError, match="TONGHOP_DATABASE_URL"):
        open_warehouse(address)


def test_a_database_that_does_not_answer_is_said() -> None:
    with pytest.raises(WarehouseError):
        open_warehouse("postgres://127.0.0.1:1/nothing")


def test_a_database_that_keeps_bytes_and_no_letters_is_refused_by_name(postgres: str) -> None:
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(
            "create database bytes encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0"
        )
    with pytest.raises(ConfigurationError, match=r"SQL_ASCII.*createdb -E UTF8"):
        open_warehouse(postgres.replace("/postgres?", "/bytes?"))
