"""Reports made by hand, and the shortest way to load and decide about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count
from typing import Any

from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.document import Anchor, Reading, Source
from schemas.registry_index import admin_units
from schemas.report import Header, IssuerLevel, Observation, Origin, Report, Status
from tools.country import hand_in
from warehouse import decisions, queries
from warehouse.engine import Warehouse
from warehouse.load import Receipt

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIRST = dt.datetime(2021, 10, 20, tzinfo=dt.UTC)
CAMPAIGN = "llw-2021"
_UNITS = {"count": "cái", "people": "người"}
_requests = count()


def cells(numbers: dict[str, int]) -> tuple[Observation, ...]:
    """Observations by ``indicator.measure``, each in a row of its own."""
    return tuple(
        Observation(
            *key.rsplit(".", 1),
            value,
            _UNITS[key.rsplit(".", 1)[1]],
            str(value),
            Origin.ANNEX,
            0.99,
            False,
            Anchor(None, None, 0, row, 3),
        )
        for row, (key, value) in enumerate(numbers.items(), 2)
    )


def made(
    name: str,
    numbers: dict[str, int] | None = None,
    number: str = "10/BC-PGDĐT",
    day: int = 15,
    unit: str = "325",
    media: str = WORD,
    **more: Any,
) -> Report:
    """A district's report that states ``numbers`` and nothing else."""
    return Report(
        Status.OK,
        Source(name, name.encode().hex().rjust(64, "0"), media, 1, 100),
        reading=Reading.TEXT,
        campaign=CAMPAIGN,
        header=Header(
            number=number,
            document_type="BC",
            issuer="Phòng GDĐT",
            issuer_unit=unit,
            issuer_level=IssuerLevel.DISTRICT,
            issued_on=dt.date(2021, 10, day),
        ),
        **{"observations": cells(numbers or {}), **more},
    )


def load(warehouse: Warehouse, report: Report, version: str = "1", hours: int = 0) -> None:
    name = report.source.name
    receipt = Receipt("test", f"{name}|{version}", name, FIRST + dt.timedelta(hours=hours))
    with warehouse.write() as connection:
        hand_in(connection, report, receipt, version, form(CAMPAIGN), admin_units(), "33")


def decide(
    warehouse: Warehouse,
    report: Report,
    subject: str,
    value: str | None,
    actor: str = "lan",
    **more: Any,
) -> str:
    """Posts a correction (or what ``more`` says); the request's id."""
    request = f"r{next(_requests)}"
    made = Decision(
        report.source.sha256, subject, Action.CORRECT, actor, "đối chiếu bản gốc", request, value
    )
    with warehouse.write() as connection:
        decisions.post(connection, replace(made, **more))
    return request


def undo(warehouse: Warehouse, report: Report, subject: str, request: str) -> str:
    return decide(warehouse, report, subject, None, action=Action.UNDO, undoes=request)


def province(warehouse: Warehouse, key: str) -> int | None:
    """The province's figure for ``indicator.measure``."""
    return rolled_up(warehouse)[key]["value"]


def rolled_up(warehouse: Warehouse) -> dict[str, dict[str, Any]]:
    with warehouse.read() as connection:
        rows = queries.province_table(connection, CAMPAIGN, "33")
    return {f"{r['indicator']}.{r['measure']}": r for r in rows}
