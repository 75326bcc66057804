"""What the province's documents are written from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from schemas.form import Form, Indicator
from schemas.registry_index import AdminUnits
from warehouse import queries


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row of the annex: ``values`` by measure, None where blank."""

    ordinal: str
    label: str
    unit: str
    values: dict[str, int | None]
    bold: bool


@dataclass(frozen=True, slots=True)
class ProvinceData:
    """A province's campaign as it stands now."""

    form: Form
    province: str
    rows: tuple[AnnexRow, ...]
    lineage: list[dict[str, Any]]
    status: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    provisional: bool
    as_of: dt.date

    @property
    def missing(self) -> list[str]:
        """Names of units that have not reported."""
        return [str(r["unit_name"]) for r in self.status if r["status"] == "missing"]


def load_data(connection: Any, form: Form, province: str, units: AdminUnits) -> ProvinceData:
    """Everything the documents need, in one read."""
    table = queries.province_table(connection, form.campaign, province)
    values = {(r["indicator"], r["measure"]): r["value"] for r in table}
    unit = units.get(province, form.ends_on)
    return ProvinceData(
        form,
        unit.name if unit else province,
        tuple(_rows(form, values)),
        queries.view(connection, "lineage", form.campaign),
        queries.view(connection, "reporting_status", form.campaign),
        queries.view(connection, "open_findings", form.campaign),
        any(r["provisional"] for r in table),
        dt.datetime.now(dt.UTC).date(),
    )


def _rows(form: Form, values: dict[tuple[str, str], int | None]) -> list[AnnexRow]:
    sections = {s.code: s for s in form.section_rows}
    shown: set[str] = set()
    out = []
    for indicator in form.indicators:
        parent = sections.get(indicator.parent or "")
        if parent is not None and parent.code not in shown:
            shown.add(parent.code)
            out.append(AnnexRow(parent.ordinal, parent.label, "", {}, True))
        out.append(
            AnnexRow(
                indicator.ordinal,
                indicator.label,
                _unit(indicator),
                {m.code: values.get((indicator.code, m.code)) for m in indicator.measures},
                bool(indicator.ordinal),
            )
        )
    return out


def _unit(indicator: Indicator) -> str:
    return "/".join(m.unit for m in indicator.measures).capitalize()
