"""What shows only when all reports of a campaign lie side by side: pure rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from reconcile.comparisons import (
    Earlier,
    by_unit,
    judge_copied,
    judge_directives,
    judge_one_per_unit,
    judge_years,
)
from reconcile.judged import Judged, Placed, Submitted
from reconcile.reporting import judge_units
from reconcile.slips import slip
from schemas.effective import EffectiveValue
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.rule import Outlier


def judge_campaign(
    documents: Sequence[Submitted],
    values: Sequence[EffectiveValue],
    totals: Mapping[tuple[str, str], int | None],
    status: Sequence[Mapping[str, object]],
    form: Form,
    units: AdminUnits,
    earlier: Earlier | None = None,
) -> list[Judged]:
    """Findings across reports; ``earlier`` holds the figures of the year before, if any."""
    figures = by_unit(documents, values)
    return [
        *_assumed(form),
        *judge_units(documents, status),
        *judge_directives(documents, form),
        *judge_years(figures, earlier, form),
        *judge_copied(figures, form),
        *judge_one_per_unit(figures, form, units),
        *judge_values(documents, values, totals, form),
    ]


def judge_values(
    documents: Sequence[Placed],
    values: Sequence[EffectiveValue],
    totals: Mapping[tuple[str, str], int | None],
    form: Form,
) -> list[Judged]:
    """Those findings across reports that one changed value can open or close.

    What it says of a cell depends on the values and the total of that cell alone, so ``values``
    may be those of some cells only.
    """
    return [
        *_declared(documents, values, totals, form),
        *_outliers(documents, values, form),
    ]


def _assumed(form: Form) -> list[Judged]:
    if not form.assumed:
        return []
    text = f"Chưa có mẫu biểu chính thức của năm {form.year}: báo cáo được đọc theo mẫu giả định."
    return [Judged(Finding(RuleCode.FORM_ASSUMED, Severity.INFO, text), None, None)]


def _declared(
    documents: Sequence[Placed],
    values: Sequence[EffectiveValue],
    totals: Mapping[tuple[str, str], int | None],
    form: Form,
) -> list[Judged]:
    rule = form.plain("province_differs_from_sum")
    own = {d.sha256 for d in documents if d.channel == "province" and d.current}
    direct = {d.sha256 for d in documents if d.channel == "direct"}
    if rule is None or not own or not (direct or any(d.channel == "district" for d in documents)):
        return []
    out = []
    for value in values:
        total = totals.get(value.key)
        if value.document_sha256 not in own or value.value is None:
            continue
        if abs(value.value - (total or 0)) > rule.tolerance:
            text = (
                f"Báo cáo của tỉnh ghi {value.value} cho «{form.indicator(value.indicator).label}», cộng các đơn vị được {total or 0}"
                f" (trong đó đơn vị trực thuộc {_added(direct, value.key, values)})."
                f"{_likeliest(value, total or 0, documents, values)}"
            )
            finding = Finding(
                RuleCode.PROVINCE_DIFFERS_FROM_SUM,
                rule.severity,
                text,
                (value.where,),
                value.indicator,
                value.measure,
                str(value.value),
                str(total or 0),
            )
            out.append(Judged(finding, value.document_sha256, value.unit_code))
    return out


def _added(documents: set[str], key: tuple[str, str], values: Sequence[EffectiveValue]) -> int:
    """What ``documents`` report in one cell, together."""
    return sum(v.value or 0 for v in values if v.key == key and v.document_sha256 in documents)


def _likeliest(
    declared: EffectiveValue,
    total: int,
    documents: Sequence[Placed],
    values: Sequence[EffectiveValue],
) -> str:
    """Whose figure, changed by one known slip, makes the sum hold; nothing where several may."""
    gap = (declared.value or 0) - total
    names = {d.sha256: d.unit_name for d in documents if d.channel in {"district", "direct"}}
    found = []
    for value in values:
        if value.key != declared.key or value.document_sha256 not in names or value.value is None:
            continue
        how = slip(value.value, value.value + gap)
        if how is not None:
            cost = how[0] * (0.5 + 0.5 * (1.0 if value.decided_by else value.confidence))
            found.append((cost, value.document_sha256, value.value))
    found.sort()
    if not found or (len(found) > 1 and found[1][0] - found[0][0] < _CLEAR):
        return ""
    _, sha256, old = found[0]
    return f" Có thể do {names[sha256]} ghi {old}: nếu là {old + gap} thì khớp."


_CLEAR = 0.3
"""How much likelier the first must be than the second to be named."""


def _outliers(
    documents: Sequence[Placed], values: Sequence[EffectiveValue], form: Form
) -> list[Judged]:
    """Districts whose figure is far from all others', as the form's rule says."""
    return [f for rule in form.rules_of(Outlier) for f in _far_off(rule, documents, values, form)]


def _far_off(
    rule: Outlier, documents: Sequence[Placed], values: Sequence[EffectiveValue], form: Form
) -> list[Judged]:
    districts = {d.sha256 for d in documents if d.channel == "district" and d.current}
    grouped: dict[tuple[str, str], list[EffectiveValue]] = defaultdict(list)
    for value in values:
        if value.document_sha256 in districts and value.value is not None:
            grouped[value.key].append(value)
    out = []
    for several in grouped.values():
        numbers = [v.value or 0 for v in several]
        middle = median(numbers)
        spread = median(abs(n - middle) for n in numbers)
        if len(numbers) < rule.units or spread == 0:
            continue
        for value in several:
            score = 0.6745 * abs((value.value or 0) - middle) / spread
            if score > rule.threshold:
                text = f"«{form.indicator(value.indicator).label}» ghi {value.value}, khác hẳn các đơn vị khác (giữa là {middle:g})."
                finding = Finding(
                    RuleCode.OUTLIER,
                    rule.severity,
                    text,
                    (value.where,),
                    value.indicator,
                    value.measure,
                    str(value.value),
                    f"{middle:g}",
                )
                out.append(Judged(finding, value.document_sha256, value.unit_code))
    return out
