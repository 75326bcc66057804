"""A database of an older version with data in it comes up to date and loses nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, insert, inspect, select, text

from schemas.report_json import to_json
from tests.warehouse.hand import load, made, province
from warehouse import approvals, decisions, tables as t
from warehouse.engine import Warehouse
from warehouse.history import Past
from warehouse.schema import _config, is_current, migrate


def test_migrations_make_the_tables_that_the_code_describes(warehouse: Warehouse) -> None:
    with warehouse.read() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": t.metadata})
        assert compare_metadata(context, t.metadata) == []


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(_config()).get_heads()) == 1


def as_of_the_first_release(warehouse: Warehouse, *rows: tuple[str, dict[str, Any]]) -> None:
    """Takes the database back to its first shape, with ``rows`` (table, values) in it."""
    with warehouse.write() as connection:
        for view in inspect(connection).get_view_names():
            cascade = "cascade" if connection.dialect.name == "postgresql" else ""
            connection.execute(text(f"drop view if exists {view} {cascade}"))
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("pragma defer_foreign_keys=on")
        t.metadata.drop_all(connection)
        connection.execute(text("drop table alembic_version"))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        old = MetaData()
        old.reflect(connection)
        for table, row in rows:
            connection.execute(insert(old.tables[table]).values(**row))


def test_an_older_database_keeps_its_data(warehouse: Warehouse) -> None:
    blob = {"sha256": "a" * 64, "size": 1, "first_seen_at": dt.datetime.now(dt.UTC)}
    as_of_the_first_release(warehouse, ("blob", blob))
    assert not is_current(warehouse.engine)
    with warehouse.write() as connection:
        migrate(connection)
    assert is_current(warehouse.engine)
    with warehouse.read() as connection:
        assert connection.execute(select(t.blob.c.sha256)).scalar_one() == "a" * 64
        assert connection.execute(text("select count(*) from province_annex")).scalar_one() == 0


NOW = dt.datetime(2021, 10, 20, 8, tzinfo=dt.UTC)


def report_of_before() -> tuple[str, list[tuple[str, dict[str, Any]]]]:
    """A loaded report, a correction and an approval, as the first release wrote them."""
    report = made("old", {"news.count": 7})
    sha256 = report.source.sha256
    decision = {
        "request_id": "r1",
        "sha256": sha256,
        "subject": "news.count",
        "action": "correct",
        "value": "70",
        "status": "reported",
        "base_value": "7",
        "base_raw": "7",
        "reason": "đọc sai",
        "note": "",
        "actor": "lan",
        "undoes": None,
        "previous_hash": "",
    }
    signed = "|".join([*(str(decision[k]) for k in sorted(decision)), NOW.isoformat()])
    told = report.header
    return sha256, [
        ("blob", {"sha256": sha256, "size": 1, "first_seen_at": NOW}),
        ("extraction", {"id": 0, "sha256": sha256, "parser_version": "0", "read_at": NOW, "status": "ok", "report": json.dumps(to_json(report))}),
        ("document", {"sha256": sha256, "extraction_id": 0, "campaign": "llw-2021", "province_code": "33", "unit_code": "325", "unit_name": "Huyện Văn Lâm", "channel": "district", "name": "old", "number": told.number, "document_type": "BC", "issued_on": told.issued_on, "received_at": NOW, "status": "ok", "rendition_rank": 1, "current": True}),
        ("observation", {"extraction_id": 0, "indicator": "news", "measure": "count", "sha256": sha256, "value": 7, "unit": "tin bài", "raw": "7", "origin": "annex", "confidence": 0.9, "needs_review": False, "evidence": "", "label": ""}),
        ("form_cell", {"campaign": "llw-2021", "indicator": "news", "measure": "count", "unit": "tin bài", "label": "Tin", "position": 0, "is_whole": False}),
        ("obligation", {"campaign": "llw-2021", "province_code": "33", "unit_code": "325", "unit_name": "Huyện Văn Lâm", "channel": "district"}),
        ("decision", {"id": 0, **decision, "decided_at": NOW, "hash": hashlib.sha256(signed.encode()).hexdigest()}),
        ("decided", {"sha256": sha256, "indicator": "news", "measure": "count", "decision_id": 0, "value": 70, "status": "reported", "actor": "lan", "decided_at": NOW}),
        ("approval", {"sha256": sha256, "content_hash": "0" * 64, "approver": "hoa", "approved_at": NOW}),
    ]  # fmt: skip


def test_a_corrected_report_of_before_still_counts_is_signed_and_has_its_history(
    warehouse: Warehouse,
) -> None:
    sha256, rows = report_of_before()
    as_of_the_first_release(warehouse, *rows)
    with warehouse.write() as connection:
        migrate(connection)
    assert province(warehouse, "news.count") == 70
    with warehouse.read() as connection:
        assert decisions.broken_links(connection) == []
        assert approvals.state(connection, sha256) is approvals.State.STALE
        then = Past(connection, "llw-2021", NOW).province_table("33")
        before = Past(connection, "llw-2021", NOW - dt.timedelta(days=1)).province_table("33")
    assert [r.value for r in then if r.indicator == "news"] == [70]
    assert [r.value for r in before if r.indicator == "news"] == [None]
    load(warehouse, made("old", {"news.count": 9}), "1")
    assert province(warehouse, "news.count") == 70
