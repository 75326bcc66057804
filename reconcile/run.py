"""Runs every rule over what the warehouse holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from reconcile.campaign import Submitted, judge_campaign
from reconcile.outlived import about_carried, about_readings, about_replacements
from reconcile.standing import judged_document
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
        campaign = form.campaign
        values: dict[str, dict[tuple[str, str], EffectiveValue]] = defaultdict(dict)
        effective = queries.effective_values(connection, campaign)
        for value in effective:
            values[value.document_sha256][value.key] = value
        documents = [
            Submitted(
                d.sha256,
                d.name,
                d.unit_code,
                d.unit_name,
                d.channel,
                d.current,
                d.superseded_by,
                queries.stated_report(connection, d.sha256),
                frozenset(decided.fields(connection, d.sha256)),
            )
            for d in queries.documents(connection, campaign)
        ]
        raised = [
            r
            for d in documents
            for r in judged_document(d, values[d.sha256], form, units, province)
        ]
        totals = {
            (r["indicator"], r["measure"]): r["value"]
            for r in queries.province_table(connection, campaign, province)
        }
        status = queries.view(connection, "reporting_status", campaign)
        raised += [
            findings.Raised(j.finding, j.sha256, j.unit_code)
            for j in judge_campaign(documents, effective, totals, status, form)
        ]
        units_of = {d.sha256: d.unit_code for d in documents}
        raised += [
            *about_readings(outlived.read_again(connection, campaign), form),
            *about_replacements(outlived.inherited(connection, campaign), form),
            *about_carried(outlived.carried(connection, campaign), units_of, form),
        ]
        change = findings.replace(connection, campaign, raised)
    counts = Counter(
        r.finding.rule.value
        for r in {findings.fingerprint(campaign, r): r for r in raised}.values()
    )
    return Summary(
        campaign, change.opened, change.still_open, change.gone, dict(counts.most_common())
    )
