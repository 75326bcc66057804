"""Home and the province's table beside the year before, and the days to the deadline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from schemas.catalog import form
from schemas.registry_index import admin_units
from schemas.settings import Settings
from tools.country import hand_in
from warehouse import obligations, queries
from warehouse.engine import open_warehouse
from warehouse.load import Receipt

NOW = dt.datetime.now(dt.UTC)
LATER = "llw-2022"


@pytest.fixture(scope="module")
def settings(settings: Settings) -> Settings:
    """The samples, and one district's report of the year after with twice as many books."""
    warehouse = open_warehouse(settings.warehouse_url)
    with warehouse.read() as connection:
        known = next(d for d in queries.documents(connection, "llw-2021") if d.name == "02-325.pdf")
        old = queries.report(connection, known.sha256)
    later = replace(
        old,
        campaign=LATER,
        source=replace(old.source, name="2022.pdf", sha256="7" * 64),
        header=replace(old.header, issued_on=dt.date(2022, 10, 12), number="140/BC-PGDĐT"),
        observations=tuple(replace(o, value=2 * o.value) for o in old.observations),
    )
    with warehouse.write() as connection:
        receipt = Receipt("test", "later", "2022.pdf", NOW)
        hand_in(connection, later, receipt, "1", form(LATER), admin_units(), "33")
    warehouse.dispose()
    return settings


def table_row(page: str, label: str) -> str:
    """The words of the row that begins with ``label``."""
    rows = re.findall(r"<tr.*?</tr>", page, re.S)
    found = next(r for r in rows if label in r)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_this_year_stands_beside_the_year_before(client: Callable[..., Any]) -> None:
    me = client("reviewer")
    books = "sách"
    home = me.get(f"/?campaign={LATER}").text
    assert "Chưa có số của năm trước" not in home
    assert re.search(r"2021:\s*[\d.]+", home)
    before = me.get("/province/llw-2021/book_drive.books.count").text
    total = re.search(r'class="big">([\d.]+)<', before)
    assert total is not None
    assert f"2021: {total[1]}" in home
    assert books in home
    table = me.get(f"/province/{LATER}").text
    assert f">{total[1]}</td>" in table


@pytest.mark.parametrize(
    ("days", "said"), [(5, "ngày nữa đến hạn"), (0, "hôm nay là hạn nộp"), (-3, "đã qua 3 ngày")]
)
def test_the_days_to_the_deadline_are_told(
    client: Callable[..., Any], settings: Settings, days: int, said: str
) -> None:
    warehouse = open_warehouse(settings.warehouse_url)
    day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=days)
    with warehouse.write() as connection:
        obligations.set_deadline(connection, LATER, day)
    warehouse.dispose()
    home = client("reviewer").get(f"/?campaign={LATER}").text
    assert said in " ".join(re.sub(r"<[^>]+>", " ", home).split())
    if days:
        assert f"{day:%d/%m/%Y}" in home
