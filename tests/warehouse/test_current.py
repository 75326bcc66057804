"""Which report counts, readings that fail or move, and decisions nobody can alter unseen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.document import Anchor, Reading, Source
from schemas.errors import UnknownCell, WarehouseError
from schemas.registry_index import admin_units
from schemas.report import ErrorNote, Header, IssuerLevel, Observation, Origin, Report, Status
from tools.country import hand_in
from warehouse import decisions, queries, tables
from warehouse.engine import Warehouse
from warehouse.load import Receipt
from warehouse.publish import publish

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIRST = dt.datetime(2021, 10, 20, tzinfo=dt.UTC)


def made(
    name: str,
    value: int | None,
    number: str = "10/BC-PGDĐT",
    day: int = 15,
    unit: str = "325",
    media: str = WORD,
) -> Report:
    """A district's report that states how many news items there were, and nothing else."""
    seen: tuple[Observation, ...] = ()
    if value is not None:
        seen = (
            Observation(
                "news",
                "count",
                value,
                "tin bài",
                str(value),
                Origin.ANNEX,
                0.99,
                False,
                Anchor(None, None, 0, 6, 3),
            ),
        )
    return Report(
        Status.OK,
        Source(name, name.encode().hex().rjust(64, "0"), media, 1, 100),
        reading=Reading.TEXT,
        campaign="llw-2021",
        header=Header(
            number=number,
            document_type="BC",
            issuer="Phòng GDĐT",
            issuer_unit=unit,
            issuer_level=IssuerLevel.DISTRICT,
            issued_on=dt.date(2021, 10, day),
        ),
        observations=seen,
    )


def load(warehouse: Warehouse, report: Report, version: str = "1", hours: int = 0) -> None:
    name = report.source.name
    receipt = Receipt("test", f"{name}|{version}", name, FIRST + dt.timedelta(hours=hours))
    with warehouse.write() as connection:
        hand_in(connection, report, receipt, version, form("llw-2021"), admin_units(), "33")


def news(warehouse: Warehouse) -> int | None:
    with warehouse.read() as connection:
        rows = queries.province_table(connection, "llw-2021", "33")
    value: int | None = next(r["value"] for r in rows if r["indicator"] == "news")
    return value


def test_a_reading_that_fails_leaves_the_one_before(warehouse: Warehouse) -> None:
    report = made("a", 7)
    load(warehouse, report)
    error = ErrorNote("reader_crashed", "…")
    broken = replace(
        report, status=Status.FAILED, error=error, campaign=None, header=Header(), observations=()
    )
    load(warehouse, broken, "2")
    assert news(warehouse) == 7


def test_a_reading_that_finds_another_unit_gives_the_old_one_back(warehouse: Warehouse) -> None:
    load(warehouse, made("old", 5, "1/BC-PGDĐT", 10))
    load(warehouse, made("new", 9, "2/BC-PGDĐT", 12))
    assert news(warehouse) == 9
    load(warehouse, made("new", 9, "2/BC-PGDĐT", 12, unit="326"), "2")
    assert news(warehouse) == 14


def test_numbers_of_one_day_follow_as_numbers(warehouse: Warehouse) -> None:
    load(warehouse, made("late", 200, "200/BC-PGDĐT"))
    load(warehouse, made("early", 99, "99/BC-PGDĐT"))
    assert news(warehouse) == 200


def test_a_scan_with_a_later_misread_date_does_not_replace_its_word_file(
    warehouse: Warehouse,
) -> None:
    load(warehouse, made("word", 7))
    load(warehouse, made("scan", 1, day=28, media="image/tiff"), hours=1)
    assert news(warehouse) == 7


def test_of_one_document_the_file_with_figures_counts(warehouse: Warehouse) -> None:
    load(warehouse, made("letter", None))
    load(warehouse, made("annex", 7, media="image/tiff"))
    assert news(warehouse) == 7


def test_a_confirmation_keeps_the_value(warehouse: Warehouse) -> None:
    report = made("a", 7)
    load(warehouse, report)
    with warehouse.write() as connection:
        decisions.post(
            connection,
            Decision(report.source.sha256, "news.count", Action.CONFIRM, "lan", "đúng", "r1"),
        )
    assert news(warehouse) == 7


def test_a_decision_on_a_cell_no_form_has_is_refused(warehouse: Warehouse) -> None:
    report = made("a", 7)
    load(warehouse, report)
    with pytest.raises(UnknownCell), warehouse.write() as connection:
        decisions.post(
            connection,
            Decision(
                report.source.sha256, "nonsense.count", Action.CORRECT, "lan", "", "r1", value="1"
            ),
        )


def test_a_decision_altered_in_the_database_shows(warehouse: Warehouse) -> None:
    report = made("a", 7)
    load(warehouse, report)
    with warehouse.write() as connection:
        for step in ("1", "2", "3"):
            decisions.post(
                connection,
                Decision(
                    report.source.sha256, "news.count", Action.CORRECT, "lan", "", step, value=step
                ),
            )
    with warehouse.read() as connection:
        assert decisions.broken_links(connection) == []
    with warehouse.write() as connection:
        d = tables.decision
        connection.execute(update(d).where(d.c.request_id == "2").values(value="9"))
    with warehouse.read() as connection:
        assert decisions.broken_links(connection) == [2]


def test_publishing_where_no_file_can_be_written_is_told(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(warehouse, made("a", 7))
    out = tmp_path / "out"
    with warehouse.read() as connection:
        publish(connection, None, out)
        before = (out / "tonghop.duckdb").read_bytes()
        monkeypatch.setattr(
            "warehouse.edition.tempfile.mkdtemp", lambda **_: str(tmp_path / "gone" / "away")
        )
        with pytest.raises(WarehouseError):
            publish(connection, None, out)
    assert (out / "tonghop.duckdb").read_bytes() == before
