"""One document and one correction, through every room of the house."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pdfplumber
import pytest

from pipelines import steps
from schemas.decision import Action, Decision
from schemas.settings import Settings, load_settings
from warehouse import approvals, decisions, queries
from warehouse.engine import Warehouse

DISTRICT = Path("samples/week-2021/02-325.pdf")
NEWS = "indicator = 'news' and measure = 'count'"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path / "home", workers=1, pictures=False)


def published(settings: Settings, warehouse: Warehouse, query: str) -> list[tuple[object, ...]]:
    out = settings.home / "published"
    steps.publish_all(settings, warehouse, out, None, lambda _: None)
    with duckdb.connect(str(out / "tonghop.duckdb"), read_only=True) as analyst:
        return analyst.execute(query).fetchall()


def test_one_report_and_one_correction(settings: Settings) -> None:
    warehouse = steps.warehouse_of(settings)
    assert steps.ingest(settings, warehouse, [str(DISTRICT)], lambda _: None).loaded == 1
    assert steps.ingest(settings, warehouse, [str(DISTRICT)], lambda _: None).unchanged == 1
    steps.reconcile_all(settings, warehouse)
    with warehouse.read() as connection:
        [document] = queries.documents(connection, "llw-2021")
    original = steps.archive_of(settings).fetch(document.sha256)
    assert original.read_bytes() == DISTRICT.read_bytes()

    # From a cell of the province's table down to the letters on the page.
    [(total, reports)] = published(
        settings, warehouse, f"select value, reports from province_annex where {NEWS}"
    )
    [(page, x0, top, x1, bottom, raw, value)] = published(
        settings,
        warehouse,
        f"select page, x0, top, x1, bottom, raw, value from lineage where {NEWS}",
    )
    assert (total, reports) == (value, 1)
    with pdfplumber.open(original) as pdf:
        box = (float(str(x0)) - 1, float(str(top)) - 1, float(str(x1)) + 1, float(str(bottom)) + 1)
        assert pdf.pages[int(str(page)) - 1].crop(box).extract_text() == raw

    # A person corrects it: the total follows, the reading stays, the approval goes stale.
    with warehouse.write() as connection:
        approvals.approve(connection, document.sha256, "quan")
    right = int(str(value)) + 7
    correction = Decision(
        document.sha256, "news.count", Action.CORRECT, "hoa", "Đơn vị báo lại", "walk-1", str(right)
    )
    with warehouse.write() as connection:
        decisions.post(connection, correction)
        assert approvals.state(connection, document.sha256) is approvals.State.STALE
    steps.reconcile_all(settings, warehouse)
    found = published(
        settings, warehouse, f"select value, decided_by, raw from lineage where {NEWS}"
    )
    assert found == [(right, "hoa", raw)]
    assert published(
        settings, warehouse, f"select value, provisional from province_annex where {NEWS}"
    ) == [(right, True)]
    with warehouse.read() as connection:
        read = queries.report(connection, document.sha256)
    assert [o.value for o in read.observations if o.indicator == "news"] == [value]
    warehouse.dispose()
