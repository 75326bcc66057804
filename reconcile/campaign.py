"""What shows only when all reports of a campaign lie side by side: pure rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from reconcile.rules import number_key
from schemas.effective import EffectiveValue
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form
from schemas.report import Report


@dataclass(frozen=True, slots=True)
class Submitted:
    """One document of the campaign as judged."""

    sha256: str
    name: str
    unit_code: str | None
    unit_name: str | None
    channel: str | None
    current: bool
    superseded_by: str | None
    report: Report
    decided: frozenset[str] = frozenset()
    """Fields a person decided."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the document and unit it is about."""

    finding: Finding
    sha256: str | None = None
    unit_code: str | None = None


def judge_campaign(
    documents: Sequence[Submitted],
    values: Sequence[EffectiveValue],
    totals: Mapping[tuple[str, str], int | None],
    status: Sequence[Mapping[str, object]],
    form: Form,
) -> list[Judged]:
    """Findings across reports."""
    return [
        *_status(status),
        *_superseded(documents),
        *_references(documents),
        *_uncounted(documents),
        *judge_values(documents, values, totals, form),
    ]


def judge_values(
    documents: Sequence[Submitted],
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
        if number_key(mine) != number_key(theirs):
            finding = Finding(
                RuleCode.REPLACED_REPORT,
                Severity.WARNING,
                f"{one.unit_name}: báo cáo {mine or one.name} đã có báo cáo mới hơn {theirs or other.name}; cần xác nhận.",
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
        text = f"{one.name} và {other.name} là hai bản của cùng một báo cáo."
        return Judged(
            Finding(
                RuleCode.DUPLICATE_REPORT,
                Severity.INFO,
                text,
                value=one.name,
                other_value=other.name,
            ),
            one.sha256,
            one.unit_code,
        )
    key = differing[0]
    text = f"{one.name} và {other.name} cùng số văn bản nhưng khác nhau ở {len(differing)} số liệu, ví dụ {key[0]}: {mine.get(key)} và {theirs.get(key)}."
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
    documents: Sequence[Submitted],
    values: Sequence[EffectiveValue],
    totals: Mapping[tuple[str, str], int | None],
    form: Form,
) -> list[Judged]:
    own = {d.sha256 for d in documents if d.channel == "province" and d.current}
    if not any(d.channel in {"district", "direct"} for d in documents):
        return []
    direct: dict[tuple[str, str], int] = defaultdict(int)
    channels = {d.sha256: d.channel for d in documents}
    for value in values:
        if channels.get(value.document_sha256) == "direct" and value.value is not None:
            direct[value.key] += value.value
    out = []
    for value in values:
        total = totals.get(value.key)
        if value.document_sha256 in own and value.value is not None and value.value != (total or 0):
            text = (
                f"Báo cáo của tỉnh ghi {value.value} cho «{form.indicator(value.indicator).label}», cộng các đơn vị được {total or 0}"
                f" (trong đó đơn vị trực thuộc {direct.get(value.key, 0)})."
            )
            finding = Finding(
                RuleCode.PROVINCE_DIFFERS_FROM_SUM,
                Severity.ERROR,
                text,
                (value.where,),
                value.indicator,
                value.measure,
                str(value.value),
                str(total or 0),
            )
            out.append(Judged(finding, value.document_sha256, value.unit_code))
    return out


def _references(documents: Sequence[Submitted]) -> list[Judged]:
    """A directive's date by majority over all reports that cite it."""
    dates: dict[str, Counter[object]] = defaultdict(Counter)
    for one in documents:
        for ref in one.report.references:
            if ref.issued_on is not None:
                dates[number_key(ref.number)][ref.issued_on] += 1
    out = []
    for one in documents:
        for ref in one.report.references:
            counted = dates[number_key(ref.number)]
            if ref.issued_on is None or len(counted) < 2:
                continue
            usual, votes = counted.most_common(1)[0]
            if usual != ref.issued_on and votes >= 2 and votes > counted[ref.issued_on]:
                text = f"Trích dẫn {ref.number} ngày {ref.issued_on:%d/%m/%Y}; {votes} báo cáo khác ghi ngày {usual:%d/%m/%Y}."
                finding = Finding(
                    RuleCode.REFERENCE_DIFFERS,
                    Severity.WARNING,
                    text,
                    (ref.where,),
                    value=str(ref.issued_on),
                    other_value=str(usual),
                )
                out.append(Judged(finding, one.sha256, one.unit_code))
    return out


def _outliers(
    documents: Sequence[Submitted], values: Sequence[EffectiveValue], form: Form
) -> list[Judged]:
    """Modified z-score (Iglewicz and Hoaglin 1993) above 10 over at least six districts."""
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
        if len(numbers) < 6 or spread == 0:
            continue
        for value in several:
            score = 0.6745 * abs((value.value or 0) - middle) / spread
            if score > 10:
                text = f"«{form.indicator(value.indicator).label}» ghi {value.value}, khác hẳn các đơn vị khác (giữa là {middle:g})."
                finding = Finding(
                    RuleCode.OUTLIER,
                    Severity.INFO,
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
