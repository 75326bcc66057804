"""What a poor scan does to a report: the same document, read again with other digits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from schemas.catalog import form
from schemas.finding import Finding, RuleCode, Severity
from schemas.registry_index import admin_units
from schemas.report import Report
from tools.country import hand_in
from warehouse import queries
from warehouse.engine import Warehouse
from warehouse.load import Receipt

CAMPAIGN = "llw-2021"


def sha_of(warehouse: Warehouse, name: str) -> str:
    """The document of that file name."""
    with warehouse.read() as connection:
        return next(d.sha256 for d in queries.documents(connection, CAMPAIGN) if d.name == name)


def misread(
    warehouse: Warehouse,
    name: str,
    values: dict[str, tuple[int, str]],
    findings: tuple[Finding, ...] = (),
    theme: str | None = None,
) -> str:
    """Loads the document once more with ``values`` (by subject: value and raw text) doubtful."""
    sha256 = sha_of(warehouse, name)
    with warehouse.read() as connection:
        report = queries.report(connection, sha256)
    report = _changed(report, values, findings, theme)
    receipt = Receipt("test", f"again|{sha256}", name, dt.datetime.now(dt.UTC))
    with warehouse.write() as connection:
        hand_in(connection, report, receipt, "misread", form(CAMPAIGN), admin_units(), "33")
    return sha256


def _changed(
    report: Report,
    values: dict[str, tuple[int, str]],
    findings: tuple[Finding, ...],
    theme: str | None,
) -> Report:
    observations = []
    for one in report.observations:
        subject = f"{one.indicator}.{one.measure}"
        if subject in values:
            value, raw = values[subject]
            one = replace(one, value=value, raw=raw, confidence=0.55, needs_review=True)  # noqa: PLW2901
        observations.append(one)
    return replace(
        report,
        observations=tuple(observations),
        findings=(*report.findings, *findings),
        theme=theme or report.theme,
    )


def unclaimed(report: Report, wording: str, numbers: str) -> Finding:
    """A row with figures that matched no row of the form, where the first value stands."""
    return Finding(
        RuleCode.UNCLAIMED_ROW,
        Severity.ERROR,
        f"Hàng «{wording}» không khớp hàng nào của mẫu; số chưa được lấy: {numbers}.",
        (report.observations[0].where,),
        value=numbers,
    )
