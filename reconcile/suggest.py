"""Which cell, changed as figures really go wrong, makes the rules hold: never applied by itself.

For a broken identity each cell has exactly one value that repairs it (the residual says which);
what is left to judge is whether paper and typing turn the one into the other, whether the prose or
another rendition says the same, and whether another rule breaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reconcile.rules import Values, judge_report, values_of
from reconcile.slips import BLANK_COST, SAYS, neighbour, ratio_gain, slip, undone
from reconcile.smallest_set import smallest_set
from schemas.document import Reading
from schemas.effective import EffectiveValue, ValueStatus
from schemas.finding import Finding, RuleCode
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import Report
from schemas.rule import WholeParts

AT_MOST = 3
_AGREES = 1.0
"""Taken off the cost where the prose states the proposed value."""
_SETTLES = 1.0
"""Taken off for each further finding that the change settles."""
_UNEXPLAINED = 3.0
"""Cost of a value that is stated elsewhere but that no known slip leads to."""
_PER_CELL = 3.0
_IMAGE = frozenset({Reading.OCR, Reading.MIXED})
_STATED = {
    RuleCode.TEXT_DIFFERS_FROM_TABLE: "prose",
    RuleCode.RENDITIONS_DIFFER: "rendition",
    RuleCode.PROVINCE_DIFFERS_FROM_SUM: "sum",
}

_BOUNDED = frozenset(
    {
        RuleCode.PEOPLE_FEWER_THAN_SESSIONS,
        RuleCode.RATIO_OUT_OF_RANGE,
        RuleCode.COUNT_EXCEEDS_REGISTRY,
    }
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One cell and what it might read; ``old`` is None where the cell is blank. Low cost first.

    ``also`` are further cells (indicator, measure, new value) that must change with it.
    """

    indicator: str
    measure: str
    old: int | None
    new: int
    mechanism: str
    cost: float
    message: str
    also: tuple[tuple[str, str, int], ...] = ()


def suggest(
    finding: Finding,
    report: Report,
    form: Form,
    units: AdminUnits,
    *,
    values: Values | None = None,
    province: str = "33",
) -> tuple[Suggestion, ...]:
    """At most three ways to settle ``finding`` that break no other rule, likeliest first.

    Empty for findings that are about no figure, and where nothing known explains the difference.
    """
    seen = values_of(report) if values is None else values
    if finding.indicator is None or finding.measure is None:
        return ()

    def breaks(one: Suggestion) -> set[tuple[RuleCode, str | None, str | None]] | None:
        """What stays broken, None where the finding does or something else breaks."""
        after = _broken(report, form, units, _changed(seen, one, report), province)
        mended = (finding.rule, finding.indicator, finding.measure) not in after
        return after if mended and not after - before else None

    before = _broken(report, form, units, seen, province)
    stated = {(m.indicator, m.measure, m.value) for m in report.mentions}
    out = []
    for one in _candidates(finding, report, form, seen):
        after = breaks(one)
        if after is None:
            continue
        cost = _weighed(one, seen, stated, settles=len(before - after))
        out.append(replace(one, cost=cost, message=_message(one, form, report)))
    if not out and not any(breaks(one) is not None for one in _singles(finding, form, seen)):
        sets = [s for s in _several(finding, seen, form) if breaks(s) is not None]
        out = [replace(s, message=_message(s, form, report)) for s in sets]
    out.sort(key=lambda s: (s.cost, s.indicator, s.measure))
    return tuple(out[:AT_MOST])


def _weighed(
    one: Suggestion, seen: Values, stated: set[tuple[str, str, int]], *, settles: int
) -> float:
    held = seen.get((one.indicator, one.measure))
    trust = held.confidence if held is not None and held.decided_by is None else 1.0
    agrees = (one.indicator, one.measure, one.new) in stated
    cost = one.cost * (0.5 + 0.5 * trust) - _AGREES * agrees - _SETTLES * max(0, settles - 1)
    return round(cost + ratio_gain((one.indicator, one.measure), one.old, one.new, dict(seen)), 3)


def _candidates(finding: Finding, report: Report, form: Form, seen: Values) -> Iterator[Suggestion]:
    read = report.reading in _IMAGE
    if finding.rule is RuleCode.WHOLE_DIFFERS_FROM_PARTS:
        for rule in form.rules_of(WholeParts):
            if rule.whole == finding.indicator and finding.measure in rule.measures:
                yield from _repairs(rule, finding.measure, seen, read)
    elif finding.rule in _STATED:
        yield from _as_stated(finding, seen, read)
    elif finding.rule in _BOUNDED:
        if finding.rule is RuleCode.PEOPLE_FEWER_THAN_SESSIONS:
            yield from _columns(finding, seen)
        yield from _within(finding, seen, read)


def _repairs(rule: WholeParts, measure: str, values: Values, read: bool) -> Iterator[Suggestion]:
    for one in _alone(rule, measure, values):
        if one.old is None:
            yield replace(one, mechanism="blank", cost=BLANK_COST)
            continue
        key = (one.indicator, measure)
        how = slip(one.old, one.new, read=read) or neighbour(key, one.old, dict(values))
        if how is not None:
            yield replace(one, mechanism=how[1], cost=how[0])


def _alone(rule: WholeParts, measure: str, values: Values) -> Iterator[Suggestion]:
    """Each cell of the identity with the one value that would repair it alone."""
    cells = {code: values.get((code, measure)) for code in (rule.whole, *rule.parts)}
    numbers = {code: v.value for code, v in cells.items() if v is not None and v.value is not None}
    if rule.whole not in numbers:
        return
    gap = numbers[rule.whole] - sum(numbers.get(p, 0) for p in rule.parts)
    for code in (rule.whole, *rule.parts):
        old = numbers.get(code)
        new = (old or 0) + (-gap if code == rule.whole else gap)
        if new >= 0:
            yield Suggestion(code, measure, old, new, "several", _UNEXPLAINED, "")


def _as_stated(finding: Finding, seen: Values, read: bool) -> Iterator[Suggestion]:
    """The cell as the other side of the comparison states it."""
    held = seen.get((finding.indicator or "", finding.measure or ""))
    old = held.value if held is not None else None
    for side in (finding.value, finding.other_value):
        if side is None or not side.isdigit() or int(side) == old:
            continue
        how = slip(old, int(side), read=read) if old is not None else None
        cost, name = how or (_UNEXPLAINED, _STATED[finding.rule])
        yield Suggestion(
            finding.indicator or "", finding.measure or "", old, int(side), name, cost, ""
        )


def _columns(finding: Finding, seen: Values) -> Iterator[Suggestion]:
    """Sessions and people in each other's column."""
    code = finding.indicator or ""
    people, count = seen.get((code, "people")), seen.get((code, "count"))
    if people is None or count is None or people.value is None or count.value is None:
        return
    yield Suggestion(
        code, "people", people.value, count.value, "swapped_columns", 1.0, "",
        ((code, "count", people.value),),
    )  # fmt: skip


def _within(finding: Finding, seen: Values, read: bool) -> Iterator[Suggestion]:
    """A figure beyond its bounds, or the one it is measured by, before a slip."""
    code = finding.indicator or ""
    alone = finding.rule is RuleCode.COUNT_EXCEEDS_REGISTRY
    for measure in (finding.measure or "",) if alone else ("people", "count"):
        held = seen.get((code, measure))
        if held is not None and held.value is not None:
            for new, cost, name in undone(held.value, read=read):
                yield Suggestion(code, measure, held.value, new, name, cost, "")


def _singles(finding: Finding, form: Form, seen: Values) -> Iterator[Suggestion]:
    for rule in form.rules_of(WholeParts):
        if rule.whole == finding.indicator and finding.measure in rule.measures:
            yield from _alone(rule, finding.measure or "", seen)


def _several(finding: Finding, seen: Values, form: Form) -> list[Suggestion]:
    """The smallest set of cells, where no single one repairs the report."""
    if finding.rule is not RuleCode.WHOLE_DIFFERS_FROM_PARTS:
        return []
    numbers = {key: v.value for key, v in seen.items() if v.value is not None}
    trust = {key: v.confidence if v.decided_by is None else 1.0 for key, v in seen.items()}
    found = smallest_set(numbers, trust, form)
    if not found or len(found) < 2:
        return []
    (key, new), *others = sorted(found.items(), key=lambda c: (trust[c[0]], c[0]))
    also = tuple((*k, v) for k, v in others)
    return [Suggestion(*key, numbers[key], new, "several", _PER_CELL * len(found), "", also)]


def _changed(
    values: Values, one: Suggestion, report: Report
) -> dict[tuple[str, str], EffectiveValue]:
    out = dict(values)
    for indicator, measure, new in ((one.indicator, one.measure, one.new), *one.also):
        key = (indicator, measure)
        held = values.get(key) or EffectiveValue(
            report.source.sha256, report.header.issuer_unit, indicator, measure, None
        )
        out[key] = replace(held, value=new, status=ValueStatus.REPORTED)
    return out


def _broken(
    report: Report, form: Form, units: AdminUnits, values: Values, province: str
) -> set[tuple[RuleCode, str | None, str | None]]:
    found = judge_report(report, form, units, values, province)
    return {(f.rule, f.indicator, f.measure) for f in found}


def _message(one: Suggestion, form: Form, report: Report) -> str:
    label = form.indicator(one.indicator).label
    old = "để trống" if one.old is None else f"ghi {one.old}"
    head = f"«{label}» {old}; nếu là {one.new} thì khớp ({SAYS[one.mechanism]})."
    for indicator, _, new in one.also:
        head += f" Cùng với «{form.indicator(indicator).label}» là {new}."
    if report.reading in _IMAGE:
        return f"{head} Đối chiếu với ảnh trang."
    return f"{head} Văn bản điện tử ghi đúng như vậy: hỏi lại đơn vị."
