"""What a careful officer would notice in one report: pure rules over its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.admin_unit import UnitLevel
from schemas.effective import EffectiveValue, ValueStatus
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import Report
from schemas.rule import PeoplePerSession, Plain, Ratio, Rule, WholeParts, WithinRegistry
from schemas.text import number_key

Values = Mapping[tuple[str, str], EffectiveValue]


def values_of(report: Report) -> dict[tuple[str, str], EffectiveValue]:
    """A report's own observations as values, for judging it before it is stored."""
    return {
        o.key: EffectiveValue(
            report.source.sha256,
            report.header.issuer_unit,
            o.indicator,
            o.measure,
            o.value,
            ValueStatus.REPORTED,
            o.raw,
            o.origin,
            o.confidence,
            o.needs_review,
            o.where,
        )
        for o in report.observations
    }


def judge_report(
    report: Report,
    form: Form,
    units: AdminUnits,
    values: Values | None = None,
    province: str = "33",
) -> tuple[Finding, ...]:
    """Findings of every rule of ``form`` that looks at one report alone."""
    seen = values_of(report) if values is None else values
    year = form.year
    out: list[Finding] = []
    for rule in form.rules:
        if rule.since is None or rule.since <= year:
            out += _judge(rule, report, form, units, seen, province)
    return tuple(out)


def _judge(
    rule: Rule, report: Report, form: Form, units: AdminUnits, values: Values, province: str
) -> list[Finding]:
    if isinstance(rule, WholeParts):
        return [f for m in rule.measures for f in _whole(rule, m, form, values)]
    if isinstance(rule, PeoplePerSession):
        return [f for i in rule.indicators for f in _people(rule, i, form, values)]
    if isinstance(rule, WithinRegistry):
        return _registry(rule, report, form, units, values, province)
    if isinstance(rule, Ratio):
        return [f for i in rule.indicators for f in _ratio(rule, i, form, values)]
    return _plain(rule, report, values, form) if isinstance(rule, Plain) else []


def _number(values: Values, indicator: str, measure: str) -> EffectiveValue | None:
    found = values.get((indicator, measure))
    return found if found is not None and found.value is not None else None


def _label(form: Form, indicator: str) -> str:
    return form.indicator(indicator).label


def _whole(rule: WholeParts, measure: str, form: Form, values: Values) -> list[Finding]:
    whole = _number(values, rule.whole, measure)
    parts = [v for p in rule.parts if (v := _number(values, p, measure)) is not None]
    total = sum(v.value or 0 for v in parts)
    if whole is None or not parts or abs((whole.value or 0) - total) <= rule.tolerance:
        return []
    return [
        Finding(
            RuleCode.WHOLE_DIFFERS_FROM_PARTS,
            rule.severity,
            f"«{_label(form, rule.whole)}» ghi {whole.value}, nhưng cộng {len(parts)} mục con được {total}.",
            (whole.where, *(v.where for v in parts)),
            rule.whole,
            measure,
            str(whole.value),
            str(total),
        )
    ]


def _people(rule: PeoplePerSession, indicator: str, form: Form, values: Values) -> list[Finding]:
    sessions, people = (
        _number(values, indicator, rule.sessions),
        _number(values, indicator, rule.people),
    )
    if sessions is None or people is None or (people.value or 0) >= (sessions.value or 0):
        return []
    return [
        Finding(
            RuleCode.PEOPLE_FEWER_THAN_SESSIONS,
            rule.severity,
            f"«{_label(form, indicator)}»: {people.value} người ít hơn {sessions.value} lớp/cuộc.",
            (people.where, sessions.where),
            indicator,
            rule.people,
            str(people.value),
            str(sessions.value),
        )
    ]


def _registry(
    rule: WithinRegistry,
    report: Report,
    form: Form,
    units: AdminUnits,
    values: Values,
    province: str,
) -> list[Finding]:
    value = _number(values, rule.indicator, rule.measure)
    if value is None:
        return []
    day = report.header.issued_on or form.ends_on
    level = UnitLevel(rule.level)
    own = units.get(report.header.issuer_unit, day) if report.header.issuer_unit else None
    limit = (
        1
        if own is not None and own.level == level
        else len(units.children(own.code if own else province, level=level, day=day))
    )
    if (value.value or 0) <= limit:
        return []
    return [
        Finding(
            RuleCode.COUNT_EXCEEDS_REGISTRY,
            rule.severity,
            f"«{_label(form, rule.indicator)}» ghi {value.value}, nhưng danh mục hành chính chỉ có {limit}.",
            (value.where,),
            rule.indicator,
            rule.measure,
            str(value.value),
            str(limit),
        )
    ]


def _ratio(rule: Ratio, indicator: str, form: Form, values: Values) -> list[Finding]:
    top, under = (
        _number(values, indicator, rule.numerator),
        _number(values, indicator, rule.denominator),
    )
    if (
        top is None
        or under is None
        or not under.value
        or rule.minimum <= (top.value or 0) / under.value <= rule.maximum
    ):
        return []
    ratio = (top.value or 0) / under.value
    return [
        Finding(
            RuleCode.RATIO_OUT_OF_RANGE,
            rule.severity,
            f"«{_label(form, indicator)}»: trung bình {ratio:.0f} người một lớp/cuộc, ngoài khoảng {rule.minimum:.0f}–{rule.maximum:.0f}.",
            (top.where, under.where),
            indicator,
            rule.numerator,
            str(top.value),
            str(under.value),
        )
    ]


def _plain(rule: Plain, report: Report, values: Values, form: Form) -> list[Finding]:
    if rule.rule == "annex_date_differs":
        return _stamp_date(rule, report)
    if rule.rule == "annex_number_differs":
        return _stamp_number(rule, report)
    if rule.rule == "text_differs_from_table":
        return _text(rule, report, values, form)
    return []


def _place(report: Report, field: str) -> tuple[object, ...]:
    return tuple(x.where for x in report.located if x.field == field)


def _stamp_date(rule: Plain, report: Report) -> list[Finding]:
    inner, outer = report.annex.issued_on if report.annex else None, report.header.issued_on
    if inner is None or outer is None or inner == outer:
        return []
    return [
        Finding(
            RuleCode.ANNEX_DATE_DIFFERS,
            rule.severity,
            f"Phụ lục ghi kèm theo văn bản ngày {inner:%d/%m/%Y}, văn bản ghi ngày {outer:%d/%m/%Y}.",
            tuple(x.where for x in report.located if x.field in {"header.issued_on", "annex"}),
            value=outer.isoformat(),
            other_value=inner.isoformat(),
        )
    ]


def _stamp_number(rule: Plain, report: Report) -> list[Finding]:
    inner, outer = report.annex.number if report.annex else None, report.header.number
    if not inner or not outer or number_key(inner) == number_key(outer):
        return []
    return [
        Finding(
            RuleCode.ANNEX_NUMBER_DIFFERS,
            rule.severity,
            f"Phụ lục ghi số {inner}, văn bản ghi số {outer}.",
            tuple(x.where for x in report.located if x.field in {"header.number", "annex"}),
            value=outer,
            other_value=inner,
        )
    ]


def _text(rule: Plain, report: Report, values: Values, form: Form) -> list[Finding]:
    out = []
    said: dict[tuple[str, str], list[int]] = {}
    for mention in report.mentions:
        said.setdefault(mention.key, []).append(mention.value)
    for mention in report.mentions:
        value = _number(values, *mention.key)
        if value is None or value.value in said.get(mention.key, ()):
            continue
        out.append(
            Finding(
                RuleCode.TEXT_DIFFERS_FROM_TABLE,
                rule.severity,
                f"Lời văn ghi {mention.raw}, bảng ghi {value.raw or value.value} cho «{_label(form, mention.indicator)}».",
                (mention.where, value.where),
                mention.indicator,
                mention.measure,
                str(mention.value),
                str(value.value),
            )
        )
        said[mention.key].append(value.value or 0)
    return out


def own_findings(report: Report) -> Sequence[Finding]:
    """Findings the reading itself raised and that no later value can settle by arithmetic."""
    judged = {RuleCode.TEXT_DIFFERS_FROM_TABLE}
    return [f for f in report.findings if f.rule not in judged]


__all__ = ["Severity", "judge_report", "number_key", "own_findings", "values_of"]
