"""An office with three reports read and one number corrected by a person."""

from __future__ import annotations

from pathlib import Path

from pipelines import steps
from schemas.decision import Action, Decision
from schemas.settings import Settings
from warehouse import decisions
from warehouse.engine import Warehouse

WEEK = Path("samples/week-2021").resolve()
FILES = ("01-323.docx", "03-326.docx", "05-328.docx")


def an_office(home: Path, url: str) -> Settings:
    """Three reports loaded and one number corrected by a person."""
    settings = Settings(home=home, database_url=url, workers=1, pictures=False)
    warehouse = steps.warehouse_of(settings)
    steps.ingest(settings, warehouse, [str(WEEK / f) for f in FILES], lambda _: None)
    correct(warehouse)
    steps.reconcile_all(settings, warehouse)
    warehouse.dispose()
    return settings


def correct(warehouse: Warehouse) -> None:
    """A person says what ``news`` of the first report reads."""
    with warehouse.write() as connection:
        sha256 = connection.exec_driver_sql(
            "select sha256 from document where name = '01-323.docx'"
        ).scalar_one()
        decisions.post(
            connection, Decision(sha256, "news.count", Action.CORRECT, "lan", "sai", "r1", "999")
        )


def corrected(warehouse: Warehouse) -> list[tuple[object, ...]]:
    """The corrected cell as it counts now."""
    with warehouse.read() as connection:
        return [
            tuple(r)
            for r in connection.exec_driver_sql(
                "select value, decided_by from effective_value where indicator = 'news'"
                " and measure = 'count' and document_name = '01-323.docx'"
            )
        ]
