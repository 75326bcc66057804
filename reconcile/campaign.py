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
from reconcile.slips import slip
from schemas.effective import EffectiveValue
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.rule import Outlier
from warehouse.layers import one_document, same_number


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
        *_status(status),
        *_superseded(documents),
        *_unheld(documents),
        *_uncounted(documents),
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


def _status(status: Sequence[Mapping[str, object]]) -> list[Judged]:
    out = []
    for row in status:
        if row["status"] == "missing":
            text = f"Chưa nhận được báo cáo của {row['unit_name']}."
            severity = Severity.WARNING if row["channel"] == "district" else Severity.INFO
            out.append(
                Judged(
                    Finding(RuleCode.MISSING_REPORT, severity, text), None, str(row["unit_code"])
                )
            )
        elif row["status"] == "late":
            text = f"Báo cáo của {row['unit_name']} ban hành ngày {row['issued_on']}, quá hạn."
            out.append(
                Judged(
                    Finding(RuleCode.LATE_REPORT, Severity.INFO, text), None, str(row["unit_code"])
                )
            )
    return out


def _superseded(documents: Sequence[Submitted]) -> list[Judged]:
    by_sha = {d.sha256: d for d in documents}
    out = []
    for one in documents:
        other = by_sha.get(one.superseded_by or "")
        if other is None:
            continue
        mine, theirs = one.report.header.number or "", other.report.header.number or ""
        days = one.report.header.issued_on, other.report.header.issued_on
        if not one_document(mine, days[0], theirs, days[1]):
            said = other.report.revises
            declared = said is not None and said.clear and same_number(mine, said.number or "")
            tail = "theo chính văn bản mới." if declared else "cần xác nhận."
            finding = Finding(
                RuleCode.REPLACED_REPORT,
                Severity.INFO if declared else Severity.WARNING,
                f"{one.unit_name}: báo cáo {mine or one.name} đã có báo cáo mới hơn {theirs or other.name}; {tail}",
                value=mine or one.name,
                other_value=theirs or other.name,
            )
            out.append(Judged(finding, one.sha256, one.unit_code))
        else:
            out.append(_rendition(one, other))
    return out


def _rendition(one: Submitted, other: Submitted) -> Judged:
    mine = {o.key: o.value for o in one.report.observations}
    theirs = {o.key: o.value for o in other.report.observations}
    differing = sorted(k for k in mine.keys() | theirs.keys() if mine.get(k) != theirs.get(k))
    if not differing:
        day, days = one.report.header.issued_on, other.report.header.issued_on
        if day is not None and days is not None and day != days:
            rule, severity = RuleCode.RENDITIONS_DIFFER, Severity.WARNING
            text = f"{one.name} và {other.name} là hai bản của một văn bản nhưng ghi ngày {day:%d/%m/%Y} và {days:%d/%m/%Y}."
        else:
            rule, severity = RuleCode.DUPLICATE_REPORT, Severity.INFO
            text = f"{one.name} và {other.name} là hai bản của cùng một báo cáo."
        same = Finding(rule, severity, text, value=one.name, other_value=other.name)
        return Judged(same, one.sha256, one.unit_code)
    key = differing[0]
    text = f"{one.name} và {other.name} là hai bản của một văn bản nhưng khác nhau ở {len(differing)} số liệu, ví dụ {key[0]}: {mine.get(key)} và {theirs.get(key)}."
    finding = Finding(
        RuleCode.RENDITIONS_DIFFER,
        Severity.ERROR,
        text,
        (),
        key[0],
        key[1],
        str(mine.get(key)),
        str(theirs.get(key)),
    )
    return Judged(finding, one.sha256, one.unit_code)


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


def _unheld(documents: Sequence[Submitted]) -> list[Judged]:
    """A report that revises one we do not hold: it may have gone astray, or be misread."""
    out = []
    for one in documents:
        revises = one.report.revises
        if revises is None or revises.number is None:
            continue
        number = revises.number
        if any(
            same_number(other.report.header.number, number)
            for other in documents
            if other is not one and other.unit_code == one.unit_code
        ):
            continue
        finding = Finding(
            RuleCode.REVISED_REPORT_UNKNOWN, Severity.WARNING,
            f"{one.unit_name or one.name}: văn bản nói về báo cáo {number} nhưng chưa nhận được báo cáo ấy.",
            (revises.where,), value=number,
        )  # fmt: skip
        out.append(Judged(finding, one.sha256, one.unit_code))
    return out


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


def _uncounted(documents: Sequence[Submitted]) -> list[Judged]:
    """A report of the campaign that no channel counts is said, never dropped."""
    return [
        Judged(
            Finding(
                RuleCode.UNKNOWN_UNIT,
                Severity.ERROR,
                f"Báo cáo «{d.name}» của «{d.report.header.issuer or 'không rõ đơn vị'}» không được cộng vào bảng tỉnh: không thuộc cấp phải báo cáo.",
            ),
            d.sha256,
            d.unit_code,
        )
        for d in documents
        if d.channel is None
    ]
