"""Which items a person should look at first: how likely wrong, times how much of the total hangs on it.

Selective editing as official statistics do it (Granquist and Kovar 1997; Scholtus 2016): the score
is P(error) times the share of the published total, and each item says in one line why it is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from reconcile.asked import asked_field
from reconcile.standing import COUNTED, Standing, figures
from reconcile.totals import Key
from schemas.effective import EffectiveValue
from schemas.finding import Finding, RuleCode, Severity
from schemas.numbers import written
from warehouse.standing import OpenFinding

_BY_SEVERITY = {Severity.ERROR: 0.6, Severity.WARNING: 0.35, Severity.INFO: 0.1}
_WHOLE_REPORT, _ONE_ROW, _ONE_FIELD = 0.3, 0.08, 0.02
"""Influence of what no total hangs on: a report not counted, a row not understood, a field or a
figure of the province's own report."""
_WHY = {
    RuleCode.WHOLE_DIFFERS_FROM_PARTS: "Tổng không khớp các mục con",
    RuleCode.TEXT_DIFFERS_FROM_TABLE: "Lời văn và bảng ghi khác nhau",
    RuleCode.PEOPLE_FEWER_THAN_SESSIONS: "Số người ít hơn số lớp, số cuộc",
    RuleCode.UNREADABLE_CELL: "Máy không đọc được ô này",
    RuleCode.OUTLIER: "Khác hẳn các đơn vị khác",
    RuleCode.COUNT_EXCEEDS_REGISTRY: "Nhiều hơn số đơn vị có trong danh mục",
    RuleCode.PROVINCE_DIFFERS_FROM_SUM: "Báo cáo tỉnh khác tổng các đơn vị",
    RuleCode.SUSPICIOUS_FIGURE: "Đúng bằng số đơn vị cấp dưới, có thể chỉ tính mỗi nơi một",
    RuleCode.RATIO_OUT_OF_RANGE: "Số người trên mỗi lớp, mỗi cuộc khác thường",
    RuleCode.CHANGED_SINCE_LAST_YEAR: "Khác nhiều so với năm trước",
    RuleCode.DECISION_CARRIED: "Giữ quyết định từ văn bản trước, cần xác nhận",
    RuleCode.CITED_OTHERWISE: "Văn bản khác dẫn số, ngày khác",
    RuleCode.READING_CHANGED: "Lần đọc mới khác số đã duyệt",
    RuleCode.UNCLAIMED_ROW: "Có hàng trong bảng chưa hiểu là chỉ tiêu nào",
    RuleCode.AMBIGUOUS_ROW: "Có hàng có thể thuộc hai chỉ tiêu",
    RuleCode.DUPLICATE_ROW: "Có hàng đứng hai lần trong bảng",
    RuleCode.UNKNOWN_UNIT: "Chưa rõ đơn vị báo cáo nên chưa được cộng",
    RuleCode.ANNEX_DATE_DIFFERS: "Ngày ở phụ lục khác ngày văn bản",
    RuleCode.ANNEX_NUMBER_DIFFERS: "Số văn bản ở phụ lục khác ở đầu văn bản",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. ``subject`` is ``indicator.measure``, a field, or ``finding:…``."""

    sha256: str
    subject: str
    p_error: float
    influence: float
    reason: str
    findings: tuple[OpenFinding, ...] = ()
    value: EffectiveValue | None = None
    deferred: str = ""

    @property
    def risk(self) -> float:
        return self.p_error * self.influence

    @property
    def key(self) -> Key | None:
        """Indicator and measure of a number; None for other items."""
        indicator, _, measure = self.subject.rpartition(".")
        return (indicator, measure) if measure in {"count", "people"} else None


def p_error(confidence: float, findings: Iterable[Finding]) -> float:
    """How likely a value is wrong: its reading's doubt and each finding about it, as independent."""
    right = confidence
    for finding in findings:
        right *= 1 - _BY_SEVERITY[finding.severity]
    return min(0.99, max(0.01, 1 - right))


Scales = dict[Key, tuple[float, int]]
"""A middling value and the province's total of some cells, kept between calls."""


def influence(
    standing: Standing, key: Key, value: int | None, scales: Scales | None = None
) -> float:
    """Share of the province's total of ``key`` that hangs on one value, between 0.001 and 1.

    A value may be wrong by being far too small, so it weighs at least as much as a middling one.
    """
    known = scales if scales is not None else {}
    if key not in known:
        numbers = standing.totals.own[key].values()
        known[key] = (
            median(numbers) if numbers else 1,
            standing.totals.province(key) or 0,
        )
    typical, whole = known[key]
    weight = max(value or 0, typical)
    return float(min(1.0, max(0.001, weight / max(whole, weight, 1))))


def subject_of(one: OpenFinding) -> str | None:
    """What a finding asks a person to look at; None where there is nothing to decide."""
    finding = one.finding
    if finding.indicator and finding.measure:
        return f"{finding.indicator}.{finding.measure}"
    if (field := asked_field(finding)) is not None:
        return field
    return None if finding.severity is Severity.INFO else f"finding:{one.fingerprint[:16]}"


def items_of(
    standing: Standing,
    sha256: str,
    findings: Sequence[OpenFinding],
    settled: Mapping[str, object],
    deferred: Mapping[str, str],
    scales: Scales | None = None,
) -> list[Item]:
    """What a person should look at in one document.

    ``settled`` says when a person last decided each subject: what was decided after a finding
    opened is no longer asked. ``deferred`` holds the reason a subject was put off for.
    """
    document = standing.documents[sha256]
    if not document.current and not document.layer and document.channel is not None:
        return []
    by_subject: dict[str, list[OpenFinding]] = {}
    for one in findings:
        subject = subject_of(one)
        if subject is not None and not _settled(one, settled.get(subject)):
            by_subject.setdefault(subject, []).append(one)
    seen = figures(standing, document.unit_code or "", {})
    values = {f"{k[0]}.{k[1]}": v for k, v in seen.items()}
    mine = {s: v for s, v in values.items() if v.document_sha256 == sha256}
    doubtful = {s for s, v in mine.items() if v.needs_review and s not in settled}
    unsure = {f for f in standing.unsure.get(sha256, ()) if f not in settled}
    unsure -= standing.confirmed.get(sha256, frozenset())
    fields = {f for f in unsure if f.split(".")[0] in {"header", "launch"} or f == "theme"}
    return [
        _item(
            standing, sha256, s, values.get(s), by_subject.get(s, []), deferred.get(s, ""), scales
        )
        for s in sorted({*by_subject, *doubtful, *fields})
    ]


def _settled(finding: OpenFinding, at: object) -> bool:
    if at is None or finding.finding.rule is RuleCode.READING_CHANGED:
        return False
    return bool(_naive(finding.opened_at) < _naive(at))


def _naive(at: object) -> str:
    """A time as text without its zone: SQLite gives none, PostgreSQL gives UTC."""
    return str(at)[:26].removesuffix("+00:00")


def _item(
    standing: Standing,
    sha256: str,
    subject: str,
    value: EffectiveValue | None,
    findings: Sequence[OpenFinding],
    deferred: str,
    scales: Scales | None,
) -> Item:
    indicator, _, measure = subject.rpartition(".")
    raised = [f.finding for f in findings]
    share = 0.0
    weight, trust = _other_weight(raised), 0.7
    if measure in {"count", "people"}:
        trust = value.confidence if value is not None else 0.5
        if standing.documents[sha256].channel in COUNTED:
            number = value.value if value else None
            weight = share = influence(standing, (indicator, measure), number, scales)
    reason = _reason(value, raised, share)
    chance = p_error(trust, raised)
    return Item(sha256, subject, chance, weight, reason, tuple(findings), value, deferred)


def _other_weight(findings: Sequence[Finding]) -> float:
    rules = {f.rule for f in findings}
    if RuleCode.UNKNOWN_UNIT in rules:
        return _WHOLE_REPORT
    return _ONE_ROW if rules & {RuleCode.UNCLAIMED_ROW, RuleCode.AMBIGUOUS_ROW} else _ONE_FIELD


def _reason(value: EffectiveValue | None, findings: Sequence[Finding], weight: float) -> str:
    order = list(Severity)
    worst = min(findings, key=lambda f: order.index(f.severity), default=None)
    if worst is not None:
        why = _WHY.get(worst.rule, worst.message.rstrip("."))
    elif value is not None:
        why = f"Máy đọc chưa chắc ({value.confidence * 100:.0f} %)"
    else:
        why = "Máy đọc chưa chắc"
    if weight < 0.01:
        return why + "."
    share = written(round(weight * 100))
    return f"{why}; mục này nặng khoảng {share} % tổng của tỉnh."
