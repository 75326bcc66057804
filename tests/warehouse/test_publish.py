"""What analysts open says what the database says, appears whole or not at all, and is described."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.errors import PublishingFailed
from schemas.registry_index import admin_units
from tests.loopback import wait_until
from tools import country, write_dictionary
from tools.country import hand_in
from warehouse import comments, decisions, dictionary, frames, publications
from warehouse.engine import Warehouse, open_warehouse
from warehouse.publish import publish
from warehouse.views import PUBLISHED

FORM = form("llw-2021")


def fill(warehouse: Warehouse, units: int = 4) -> None:
    for issuer in country.institutions(units):
        one = country.report(FORM, "33", issuer)
        with warehouse.write() as connection:
            hand_in(connection, one, country.receipt(one), "7", FORM, admin_units(), "33")
    made = Decision(
        one.source.sha256, "news.count", Action.CORRECT, "lan", "nhầm", "r1", value="41"
    )
    with warehouse.write() as connection:
        decisions.post(connection, made)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Warehouse]:
    """For what does not depend on the engine."""
    made = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")
    yield made
    made.dispose()


def plain(value: object) -> object:
    """One spelling of a value for every engine: dates as text, truth as truth, sums as integers."""
    if isinstance(value, dt.datetime):
        at = value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
        return at.isoformat(sep=" ")
    if isinstance(value, str) and value[4:5] == "-" and value[13:14] == ":":
        return plain(dt.datetime.fromisoformat(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str):
        return value
    return round(float(value), 9)  # type: ignore[arg-type]


def test_every_published_table_is_the_database_view(warehouse: Warehouse, tmp_path: Path) -> None:
    fill(warehouse)
    with warehouse.snapshot() as connection:
        made = publish(connection, None, tmp_path)
        with duckdb.connect(str(tmp_path / "tonghop.duckdb"), read_only=True) as base:
            base.execute("set timezone = 'UTC'")
            for name in PUBLISHED:
                result = connection.exec_driver_sql(f"select * from {name}")
                titles = list(result.keys())
                expected = sorted(([plain(v) for v in row] for row in result), key=str)
                found = base.execute(f"select * from {name}")
                assert [d[0] for d in found.description] == titles, name
                rows = sorted(([plain(v) for v in row] for row in found.fetchall()), key=str)
                assert rows == expected, name
                assert made.rows[name] == len(rows)
                parquet = pq.read_table(tmp_path / "parquet" / f"{name}.parquet")
                assert parquet.column_names == titles
                assert parquet.num_rows == len(rows)
    assert made.rows["fact_observation"] > 50


def test_each_file_carries_the_dictionary(embedded: Warehouse, tmp_path: Path) -> None:
    fill(embedded, 2)
    with embedded.snapshot() as connection:
        publish(connection, "llw-2021", tmp_path / "out")
        described = comments.columns(connection)
    with duckdb.connect(str(tmp_path / "out" / "tonghop.duckdb"), read_only=True) as base:
        silent = base.execute(
            "select table_name, column_name from duckdb_columns() where comment is null and not internal"
        )
        assert silent.fetchall() == []
        rows = base.execute("select count(*) from data_dictionary").fetchone()
    assert rows == (sum(map(len, described.values())),)
    notes = pq.read_schema(tmp_path / "out" / "parquet" / "lineage.parquet").metadata
    assert json.loads(notes[b"columns"])["part"] == dictionary.COLUMNS["part"][0]
    book = openpyxl.load_workbook(tmp_path / "out" / "tonghop.xlsx", read_only=True)
    assert book.sheetnames[0] == "data_dictionary"
    assert set(book.sheetnames) == {*PUBLISHED, "data_dictionary"}


def test_no_column_is_without_a_meaning(embedded: Warehouse) -> None:
    with embedded.read() as connection:
        rows = dictionary.rows(comments.columns(connection))
    assert [(r["table_name"], r["column_name"]) for r in rows if not r["meaning"]] == []


def test_the_page_of_the_dictionary_is_current() -> None:
    assert write_dictionary.PAGE.read_text("utf-8") == write_dictionary.page()


def test_postgresql_says_what_its_columns_mean(warehouse: Warehouse) -> None:
    if warehouse.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no comments; the table data_dictionary stands there too")
    query = "select col_description('lineage'::regclass, ordinal_position) from information_schema.columns where table_name = 'lineage' and column_name = 'part'"
    with warehouse.read() as connection:
        assert connection.exec_driver_sql(query).scalar() == dictionary.COLUMNS["part"][0]


def test_the_same_warehouse_gives_the_same_bytes(warehouse: Warehouse, tmp_path: Path) -> None:
    fill(warehouse)
    with warehouse.snapshot() as connection:
        one, two = (publish(connection, None, tmp_path / n) for n in ("one", "two"))
    assert one.files == two.files
    assert len(one.files or {}) > len(PUBLISHED)
    for _ in range(2):
        with warehouse.write() as connection:
            publications.record(connection, one)
    with warehouse.read() as connection:
        (kept,) = publications.all_of(connection)
    assert kept["parser_versions"] == ["7"]
    assert kept["row_counts"]["fact_observation"] == one.rows["fact_observation"]


def test_publishing_the_same_again_makes_no_second_edition(
    embedded: Warehouse, tmp_path: Path
) -> None:
    fill(embedded, 2)
    with embedded.snapshot() as connection:
        publish(connection, None, tmp_path / "out")
        publish(connection, None, tmp_path / "out")
    assert len(list((tmp_path / "out" / ".editions").iterdir())) == 1


def test_a_file_of_an_older_program_gives_way(embedded: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "out" / "parquet").mkdir(parents=True)
    (tmp_path / "out" / "tonghop.duckdb").write_bytes(b"old")
    (tmp_path / "out" / "note.txt").write_text("of the office", encoding="utf-8")
    with embedded.snapshot() as connection:
        publish(connection, None, tmp_path / "out")
    with duckdb.connect(str(tmp_path / "out" / "tonghop.duckdb"), read_only=True) as base:
        assert base.execute("select count(*) from province_annex").fetchone() == (0,)
    assert (tmp_path / "out" / "note.txt").exists()


def test_an_open_reader_keeps_what_it_opened(embedded: Warehouse, tmp_path: Path) -> None:
    fill(embedded, 2)
    with embedded.snapshot() as connection:
        publish(connection, None, tmp_path / "out")
    base = duckdb.connect(str(tmp_path / "out" / "tonghop.duckdb"), read_only=True)
    count = "select count(*) from dim_document"
    assert base.execute(count).fetchone() == (2,)
    fill_more = country.report(FORM, "33", "Trường THPT Thêm")
    with embedded.write() as connection:
        hand_in(connection, fill_more, country.receipt(fill_more), "7", FORM, admin_units(), "33")
    with embedded.snapshot() as connection:
        publish(connection, None, tmp_path / "out", keep=1)
    assert base.execute(count).fetchone() == (2,)
    base.close()
    with duckdb.connect(str(tmp_path / "out" / "tonghop.duckdb"), read_only=True) as fresh:
        assert fresh.execute(count).fetchone() == (3,)
    assert len(list((tmp_path / "out" / ".editions").iterdir())) == 1


SCRIPT = """
import sys
from pathlib import Path
from warehouse.engine import open_warehouse
from warehouse.publish import publish
{before}
warehouse = open_warehouse(sys.argv[1])
with warehouse.snapshot() as connection:
    publish(connection, None, Path(sys.argv[2]), also={also})
"""


def run(url: str, out: Path, before: str = "", also: str = "None") -> subprocess.Popen[bytes]:
    script = SCRIPT.format(before=before, also=also)
    return subprocess.Popen(
        [sys.executable, "-c", script, url, str(out)],
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )


def state(out: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(out)): p.read_bytes()
        for p in sorted(out.rglob("*"))
        if p.is_file() and ".editions" not in p.parts
    }


@pytest.fixture
def published(tmp_path: Path) -> tuple[Warehouse, str, Path]:
    """A published SQLite warehouse with one more report than was published."""
    url = f"sqlite:///{tmp_path / 'w.sqlite'}"
    warehouse = open_warehouse(url)
    fill(warehouse, 2)
    with warehouse.snapshot() as connection:
        publish(connection, None, tmp_path / "out")
    one = country.report(FORM, "33", "Trường THPT Thêm")
    with warehouse.write() as connection:
        hand_in(connection, one, country.receipt(one), "7", FORM, admin_units(), "33")
    return warehouse, url, tmp_path / "out"


@pytest.mark.parametrize("size", [4_000, 1_500_000])
def test_a_full_disk_leaves_what_was_published(
    published: tuple[Warehouse, str, Path], size: int
) -> None:
    """The system refuses to let any file grow beyond ``size`` bytes, as a full disk does."""
    warehouse, url, out = published
    before = state(out)
    limit = f"import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    process = run(url, out, before=limit)
    _, errors = process.communicate()
    assert process.returncode != 0
    assert PublishingFailed.says in errors.decode()
    assert state(out) == before
    assert not list((out / ".editions").glob(".part-*"))
    with warehouse.snapshot() as connection:
        assert publish(connection, None, out).rows["dim_document"] == 3


def test_being_killed_in_the_middle_leaves_what_was_published(
    published: tuple[Warehouse, str, Path],
) -> None:
    warehouse, url, out = published
    before = state(out)
    process = run(url, out, also="lambda folder: __import__('time').sleep(600)")
    editions = out / ".editions"
    wait_until(lambda: list(editions.glob(".part-*/tonghop.xlsx")), "an edition half made")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert list(editions.glob(".part-*"))
    assert state(out) == before
    with warehouse.snapshot() as connection:
        assert publish(connection, None, out).rows["dim_document"] == 3
    assert not list(editions.glob(".part-*"))


def test_other_systems_get_every_value(embedded: Warehouse, tmp_path: Path) -> None:
    fill(embedded, 3)
    with embedded.snapshot() as connection:
        made = publish(connection, None, tmp_path / "out")
    values = json.loads((tmp_path / "out" / "dhis2-dataValueSets.json").read_text("utf-8"))
    assert len(values["dataValues"]) == made.rows["fact_observation"]
    corrected = [v for v in values["dataValues"] if v["storedBy"] == "lan"]
    assert [(v["dataElement"], v["period"], v["value"]) for v in corrected] == [
        ("news.count", "2021", "41")
    ]
    with duckdb.connect() as base:
        base.execute(
            f"create table s as from read_csv('{tmp_path / 'out' / 'tonghop.sdmx.csv'}', all_varchar=true)"
        )
        head = [row[0] for row in base.execute("describe s").fetchall()]
        assert head[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
        keys = base.execute(
            "select count(*), count(distinct (STRUCTURE_ID, REF_AREA, INDICATOR, MEASURE, TIME_PERIOD)) from s"
        ).fetchone()
    assert keys == (made.rows["fact_observation"] + made.rows["province_annex"],) * 2


def test_frames_keep_blanks_blank(embedded: Warehouse, tmp_path: Path) -> None:
    fill(embedded, 3)
    with embedded.snapshot() as connection:
        publish(connection, None, tmp_path / "out")
    long, wide = (
        frames.table(tmp_path / "out", "fact_observation"),
        frames.unit_table(tmp_path / "out", "llw-2021"),
    )
    assert int(wide.sum().sum()) == int(long["obs_value"].sum())
    assert int(wide.notna().sum().sum()) == len(long) < wide.size
