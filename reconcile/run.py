"""Runs every rule over what the warehouse holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from reconcile.campaign import judge_campaign
from reconcile.citations import Citation, citations_in, hear, judge_citations, with_confirmed
from reconcile.comparisons import Earlier
from reconcile.judged import Submitted
from reconcile.outlived import about_carried, about_readings, about_replacements
from reconcile.standing import judged_document
from schemas.catalog import forms
from schemas.effective import EffectiveValue
from schemas.form import Form
from schemas.registry_index import AdminUnits
from warehouse import decided, findings, outlived, queries
from warehouse.engine import Warehouse


@dataclass(frozen=True, slots=True)
class Summary:
    """``by_rule`` counts what is open now."""

    campaign: str
    opened: int
    still_open: int
    gone: int
    by_rule: dict[str, int]


def reconcile(warehouse: Warehouse, form: Form, units: AdminUnits, province: str) -> Summary:
    """Judges one campaign again, in one transaction; running it twice changes nothing."""
    with warehouse.write() as connection:
        return reconcile_in(connection, form, units, province)


def reconcile_in(connection: Any, form: Form, units: AdminUnits, province: str) -> Summary:
    """The same in a transaction that has begun."""
    campaign = form.campaign
    raised = _judged(connection, form, units, province)
    change = findings.replace(connection, campaign, raised)
    counts = Counter(
        r.finding.rule.value
        for r in {findings.fingerprint(campaign, r): r for r in raised}.values()
    )
    return Summary(
        campaign, change.opened, change.still_open, change.gone, dict(counts.most_common())
    )


def _judged(connection: Any, form: Form, units: AdminUnits, province: str) -> list[findings.Raised]:
    """Everything the rules find: in each report, across reports, and about what was decided."""
    campaign = form.campaign
    documents = [submitted(connection, row) for row in queries.documents(connection, campaign)]
    heard = hear(documents, cited_outside(connection, campaign), units)
    documents = with_confirmed(documents, heard)
    effective = queries.effective_values(connection, campaign)
    values = _by_report(documents, effective)
    raised = [
        r for d in documents for r in judged_document(d, values[d.sha256], form, units, province)
    ]
    totals = {
        (r["indicator"], r["measure"]): r["value"]
        for r in queries.province_table(connection, campaign, province)
    }
    status = queries.view(connection, "reporting_status", campaign)
    raised += [
        findings.Raised(j.finding, j.sha256, j.unit_code)
        for j in (
            *judge_campaign(
                documents, effective, totals, status, form, units, earlier_figures(connection, form)
            ),
            *judge_citations(documents, heard),
        )
    ]
    units_of = {d.sha256: d.unit_code for d in documents}
    return [
        *raised,
        *about_readings(outlived.read_again(connection, campaign), form),
        *about_replacements(outlived.inherited(connection, campaign), form),
        *about_carried(outlived.carried(connection, campaign), units_of, form),
    ]


def cited_outside(connection: Any, campaign: str) -> list[Citation]:
    """What documents of no campaign, or of another, cite."""
    return [
        c
        for d in queries.citing(connection, campaign)
        for c in citations_in(
            d.sha256, d.name, d.unit_code, queries.stated_report(connection, d.sha256)
        )
    ]


def submitted(connection: Any, row: queries.DocumentRow) -> Submitted:
    """A document as the rules see it: what it states, and which fields a person decided."""
    return Submitted(
        row.sha256,
        row.name,
        row.unit_code,
        row.unit_name,
        row.channel,
        row.current,
        row.superseded_by,
        queries.stated_report(connection, row.sha256),
        frozenset(decided.fields(connection, row.sha256)),
        row.layer,
    )


def _by_report(
    documents: list[Submitted], effective: list[EffectiveValue]
) -> dict[str, dict[tuple[str, str], EffectiveValue]]:
    """Values by the report they are judged with: what lies upon a unit's report goes with it."""
    mains = {d.unit_code: d.sha256 for d in documents if d.current and d.unit_code}
    values: dict[str, dict[tuple[str, str], EffectiveValue]] = defaultdict(dict)
    for value in effective:
        home = mains.get(value.unit_code or "", value.document_sha256)
        for one in {home, value.document_sha256}:
            values[one][value.key] = value
    return values


def earlier_figures(connection: Any, form: Form, unit_code: str | None = None) -> Earlier | None:
    """The figures, of one unit or of all, of the newest earlier year of the same form that holds any."""
    family = form.campaign.rpartition("-")[0]
    years = sorted(
        (other.year, code)
        for code, other in forms().items()
        if code.rpartition("-")[0] == family and other.year < form.year
    )
    for year, code in reversed(years):
        if not queries.holds_figures(connection, code):
            continue
        values = {
            (v.unit_code, v.key): v.value
            for v in queries.effective_values(connection, code, unit_code)
            if v.unit_code is not None and v.value is not None
        }
        return Earlier(year, values)
    return None
