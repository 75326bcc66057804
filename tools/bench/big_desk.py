"""A warehouse of a hundred thousand values, a tenth of them doubtful, for measuring the desk."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

from reconcile.run import reconcile
from schemas.catalog import form
from schemas.document import Anchor, Reading, Source
from schemas.registry_index import admin_units
from schemas.report import Header, IssuerLevel, Observation, Origin, Report, Status
from tools.country import hand_in
from warehouse.engine import Warehouse, open_warehouse
from warehouse.load import Receipt

CAMPAIGN = "llw-2021"
_FORM = form(CAMPAIGN)
_CELLS = [(i.code, m.code, m.unit) for i in _FORM.indicators for m in i.measures]
_NOW = dt.datetime(2021, 10, 20, tzinfo=dt.UTC)


def report(number: int, chance: random.Random, doubtful: float) -> Report:
    """One school's report with every cell filled in; sums hold, so that only doubt is asked about."""
    values: dict[tuple[str, str], int] = {}
    for code, measure, _ in _CELLS:
        values[(code, measure)] = chance.randint(1, 40) * (30 if measure == "people" else 1)
    for one in _FORM.indicators:
        for m in one.measures if one.parts else ():
            values[(one.code, m.code)] = sum(values[(p, m.code)] for p in one.parts)
    observations = tuple(
        Observation(
            code,
            measure,
            values[(code, measure)],
            unit,
            str(values[(code, measure)]),
            Origin.ANNEX,
            *((0.6, True) if chance.random() < doubtful else (0.99, False)),
            Anchor(page=1, box=(300.0, 100.0 + 20 * row, 340.0, 112.0 + 20 * row)),
        )
        for row, (code, measure, unit) in enumerate(_CELLS)
    )
    return Report(
        Status.OK,
        Source(f"truong-{number}.pdf", f"{number:064x}", "application/pdf", 1),
        Reading.TEXT,
        campaign=CAMPAIGN,
        header=Header(
            number=f"{number}/BC-THPT",
            issuer=f"Trường THPT Số {number}",
            issuer_level=IssuerLevel.INSTITUTION,
            issued_on=dt.date(2021, 10, 9),
        ),
        observations=observations,
    )


def fill(home: Path, values: int, doubtful: float, progress: Callable[[str], None]) -> Warehouse:
    """A warehouse under ``home`` with about ``values`` values, judged."""
    warehouse = open_warehouse(f"sqlite:///{home / 'warehouse.sqlite'}")
    chance = random.Random(7)
    documents = values // len(_CELLS)
    for start in range(0, documents, 200):
        with warehouse.write() as connection:
            for number in range(start, min(start + 200, documents)):
                one = report(number + 1, chance, doubtful)
                receipt = Receipt("bench", one.source.sha256, one.source.name, _NOW)
                hand_in(connection, one, receipt, "1", _FORM, admin_units(), "33")
        progress(f"{min(start + 200, documents)}/{documents} reports")
    progress("judging ...")
    reconcile(warehouse, _FORM, admin_units(), "33")
    return warehouse
