"""What the province's documents are written from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from schemas.catalog import forms
from schemas.form import Form, Indicator
from schemas.registry_index import AdminUnits
from schemas.report import Commended, CommendedKind, Report
from warehouse import queries
from warehouse.publish import as_of

Values = dict[tuple[str, str], int | None]


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row of the annex: ``values`` by measure, None where blank; ``indicator`` empty for a row
    that only heads others."""

    ordinal: str
    label: str
    unit: str
    values: dict[str, int | None]
    bold: bool
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one unit's report says, and which document says it."""

    unit_name: str
    document_number: str
    text: str


@dataclass(frozen=True, slots=True)
class ProvinceData:
    """A province's campaign as it stood at ``as_of``, the newest event the warehouse knows."""

    form: Form
    province: str
    rows: tuple[AnnexRow, ...]
    lineage: list[dict[str, Any]]
    status: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    provisional: bool
    as_of: dt.date
    last_year: Values = field(default_factory=dict)
    last_title: str = ""
    narratives: dict[str, tuple[Gathered, ...]] = field(default_factory=dict)
    commended: tuple[Gathered, ...] = ()
    directives: tuple[str, ...] = ()
    theme: str = ""

    @property
    def missing(self) -> list[str]:
        """Names of units that have not reported."""
        return [str(r["unit_name"]) for r in self.status if r["status"] == "missing"]

    @property
    def expected(self) -> list[dict[str, Any]]:
        """One row for each unit: whether it has reported; replaced documents left out."""
        return [r for r in self.status if r["status"] != "replaced"]

    def sources(self, indicator: str, measure: str) -> list[dict[str, Any]]:
        """The rows of ``lineage`` that add up to one cell."""
        return [r for r in self.lineage if (r["indicator"], r["measure"]) == (indicator, measure)]


def load_data(connection: Any, form: Form, province: str, units: AdminUnits) -> ProvinceData:
    """Everything the documents need, in one read."""
    table = queries.province_table(connection, form.campaign, province)
    values: Values = {(r["indicator"], r["measure"]): r["value"] for r in table}
    unit = units.get(province, form.ends_on)
    reports = [
        (d, queries.effective_report(connection, d.sha256))
        for d in queries.documents(connection, form.campaign)
        if d.layer is not None and d.channel in {"district", "direct"}
    ]
    reports.sort(key=lambda pair: (pair[0].channel != "district", pair[0].unit_code or ""))
    last = _last_year(form)
    at = as_of(connection) or dt.datetime.now(dt.UTC)
    return ProvinceData(
        form,
        unit.name if unit else province,
        tuple(_rows(form, values)),
        _ordered(form, queries.view(connection, "lineage", form.campaign)),
        queries.view(connection, "reporting_status", form.campaign),
        queries.view(connection, "open_findings", form.campaign),
        any(r["provisional"] for r in table),
        at.date(),
        _values(connection, last, province),
        last.title if last else "",
        _narratives(reports),
        tuple(
            Gathered(d.unit_name or "", d.number or "", ", ".join(map(_praised, r.commended)))
            for d, r in reports
            if r.commended
        ),
        _directives(connection, form.campaign),
        _usual(r.theme for _, r in reports),
    )


def _last_year(form: Form) -> Form | None:
    family = form.campaign.rpartition("-")[0]
    return next(
        (
            f
            for f in forms().values()
            if f.year == form.year - 1 and f.campaign.rpartition("-")[0] == family
        ),
        None,
    )


def _values(connection: Any, form: Form | None, province: str) -> Values:
    if form is None:
        return {}
    table = queries.province_table(connection, form.campaign, province)
    return {(r["indicator"], r["measure"]): r["value"] for r in table}


def _ordered(form: Form, lineage: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the form's order, so that the sources of one cell stand together."""
    order = {i.code: at for at, i in enumerate(form.indicators)}
    return sorted(
        lineage,
        key=lambda r: (
            order.get(r["indicator"], len(order)),
            r["measure"],
            str(r["unit_code"]),
            str(r.get("part") or ""),
        ),
    )


def _narratives(reports: list[tuple[Any, Report]]) -> dict[str, tuple[Gathered, ...]]:
    found: dict[str, list[Gathered]] = {}
    for document, report in reports:
        for one in report.narrative:
            made = Gathered(document.unit_name or "", document.number or "", one.text)
            found.setdefault(one.field, []).append(made)
    return {name: tuple(several) for name, several in found.items()}


_TYPES = {
    "CV": "Công văn",
    "KH": "Kế hoạch",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "HD": "Hướng dẫn",
}


def _directives(connection: Any, campaign: str) -> tuple[str, ...]:
    """Documents above the districts that reports cite, as most of them give number and date."""
    rows = queries.view(connection, "directive_chain", campaign)
    votes: Counter[tuple[int, str, str, str, str]] = Counter(
        (
            r["step"],
            r["majority_number"] or r["number"],
            r["document_type"] or "",
            str(r["majority_issued_on"] or ""),
            r["issuer"] or "",
        )
        for r in rows
        if r["step"] <= 3
    )
    kept: dict[str, tuple[int, str]] = {}
    for (step, number, kind, day, issuer), _ in votes.most_common():
        if number in kept:
            continue
        words = f"{_TYPES.get(kind, 'Văn bản')} số {number}"
        words += f" ngày {_in_words(day)}" if day else ""
        kept[number] = (step, words + (f" của {issuer}" if issuer else ""))
    return tuple(words for _, words in sorted(kept.values(), key=lambda p: p[0]))


_KINDS = {
    CommendedKind.PROVINCE: "Tỉnh",
    CommendedKind.HIGH_SCHOOL: "Trường THPT",
    CommendedKind.VOCATIONAL_CONTINUING_CENTRE: "Trung tâm GDNN-GDTX",
    CommendedKind.COMMUNITY_LEARNING_CENTRE: "TTHTCĐ",
    CommendedKind.SCHOOL: "Trường",
}


def _praised(one: Commended) -> str:
    """The unit with its kind before its name, unless the name says it already."""
    kind = _KINDS.get(one.kind, "")
    return one.name if one.name.startswith(kind) else f"{kind} {one.name}"


def _in_words(day: str) -> str:
    """As Nghị định 30 writes it: days below ten and the first two months with a zero."""
    at = dt.date.fromisoformat(day[:10])
    month = f"{at.month:02d}" if at.month < 3 else str(at.month)
    return f"{at.day:02d} tháng {month} năm {at.year}"


def _usual(words: Any) -> str:
    """What most reports say; empty where none says anything."""
    counted = Counter(w for w in words if w)
    return counted.most_common(1)[0][0] if counted else ""


def _rows(form: Form, values: Values) -> list[AnnexRow]:
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
                indicator.code,
            )
        )
    return out


def _unit(indicator: Indicator) -> str:
    return "/".join(m.unit for m in indicator.measures).capitalize()
