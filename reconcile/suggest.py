"""Which single cell, changed as figures really go wrong, makes a broken sum hold: never applied.

For a broken identity each cell has exactly one value that repairs it (the residual says which);
what is left to judge is whether paper and typing turn the one into the other. Mechanisms and
costs after error localisation (Fellegi and Holt 1976), weighted by how likely a slip is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reconcile.rules import Values, judge_report, values_of
from schemas.document import Reading
from schemas.effective import EffectiveValue, ValueStatus
from schemas.finding import Finding, RuleCode
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.report import Report
from schemas.rule import WholeParts

AT_MOST = 3
_CONFUSED = {frozenset(p) for p in ("17", "38", "06", "56", "08", "49", "27", "35", "14", "69")}
_BLANK_COST = 3.5
_AGREES = 1.0
"""Taken off the cost where the prose states the proposed value."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One cell and what it might read; ``old`` is None where the cell is blank. Low cost first."""

    indicator: str
    measure: str
    old: int | None
    new: int
    mechanism: str
    cost: float
    message: str


def slip(old: int, new: int) -> tuple[float, str] | None:
    """How ``new`` on paper may have come to be ``old``: cost and name, None if by no known slip."""
    a, b = str(old), str(new)
    if old == new or min(old, new) < 0:
        return None
    if old and new and (old == new * 1000 or new == old * 1000):
        return 1.2, "lost_group"
    if len(a) == len(b):
        return _same_length(a, b)
    if len(a) + 1 == len(b) and _one_more(b, a):
        return 1.8, "lost_digit"
    if len(b) + 1 == len(a) and _one_more(a, b):
        return 1.6, "extra_digit"
    return None


def _same_length(a: str, b: str) -> tuple[float, str] | None:
    at = [i for i in range(len(a)) if a[i] != b[i]]
    if len(at) == 1:
        likely = frozenset((a[at[0]], b[at[0]])) in _CONFUSED
        return (1.0, "confused_digit") if likely else (2.0, "other_digit")
    if len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]:
        return 1.5, "swapped_digits"
    return None


def _one_more(longer: str, shorter: str) -> bool:
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


_SAYS = {
    "lost_group": "lệch đúng một nhóm ba chữ số (dấu chấm ngăn nghìn)",
    "lost_digit": "thiếu một chữ số",
    "extra_digit": "thừa một chữ số",
    "confused_digit": "hai chữ số hay nhầm với nhau",
    "other_digit": "khác một chữ số",
    "swapped_digits": "hai chữ số đổi chỗ",
    "neighbour": "trùng số liệu của ô bên cạnh",
    "blank": "ô đang để trống",
}


def suggest(
    finding: Finding,
    report: Report,
    form: Form,
    units: AdminUnits,
    *,
    values: Values | None = None,
    province: str = "33",
) -> tuple[Suggestion, ...]:
    """At most three ways to make ``finding`` (a broken sum) hold that break no other rule.

    Empty for other findings, and where no single known slip explains the difference.
    """
    seen = values_of(report) if values is None else values
    sums = (r for r in form.rules if isinstance(r, WholeParts))
    rule = next((r for r in sums if r.whole == finding.indicator), None)
    broken_sum = finding.rule is RuleCode.WHOLE_DIFFERS_FROM_PARTS
    if not broken_sum or rule is None or finding.measure is None:
        return ()
    before = _broken(report, form, units, seen, province)
    stated = {(m.indicator, m.measure, m.value) for m in report.mentions}
    out = []
    for one in _repairs(rule, finding.measure, seen):
        after = _broken(report, form, units, _changed(seen, one, report), province)
        if (finding.rule, finding.indicator, finding.measure) in after or after - before:
            continue
        agrees = (one.indicator, one.measure, one.new) in stated
        held = seen.get((one.indicator, one.measure))
        trust = held.confidence if held is not None and held.decided_by is None else 1.0
        cost = round(one.cost * (0.5 + 0.5 * trust) - _AGREES * agrees, 3)
        out.append(replace(one, cost=cost, message=_message(one, form, report)))
    out.sort(key=lambda s: (s.cost, s.indicator, s.measure))
    return tuple(out[:AT_MOST])


def _repairs(rule: WholeParts, measure: str, values: Values) -> Iterator[Suggestion]:
    cells = {code: values.get((code, measure)) for code in (rule.whole, *rule.parts)}
    numbers = {code: v.value for code, v in cells.items() if v is not None and v.value is not None}
    gap = numbers[rule.whole] - sum(numbers.get(p, 0) for p in rule.parts)
    for code in (rule.whole, *rule.parts):
        old = numbers.get(code)
        new = (old or 0) + (-gap if code == rule.whole else gap)
        if new < 0:
            continue
        if old is None:
            yield Suggestion(code, measure, None, new, "blank", _BLANK_COST, "")
            continue
        how = slip(old, new) or _neighbour(code, measure, old, values)
        if how is not None:
            yield Suggestion(code, measure, old, new, how[1], how[0], "")


def _neighbour(code: str, measure: str, old: int, values: Values) -> tuple[float, str] | None:
    """The cell repeats the figure of the row above or below, or of its row's other column."""
    order = list(values)
    if (code, measure) not in order or old < 10:
        return None
    column = [k for k in order if k[1] == measure]
    at = column.index((code, measure))
    beside = [k for k in order if k[0] == code and k[1] != measure]
    near = [*column[max(0, at - 1) : at], *column[at + 1 : at + 2], *beside]
    return (2.5, "neighbour") if any(values[k].value == old for k in near) else None


def _changed(
    values: Values, one: Suggestion, report: Report
) -> dict[tuple[str, str], EffectiveValue]:
    key = (one.indicator, one.measure)
    held = values.get(key) or EffectiveValue(
        report.source.sha256, report.header.issuer_unit, one.indicator, one.measure, None
    )
    return {**values, key: replace(held, value=one.new, status=ValueStatus.REPORTED)}


def _broken(
    report: Report, form: Form, units: AdminUnits, values: Values, province: str
) -> set[tuple[RuleCode, str | None, str | None]]:
    found = judge_report(report, form, units, values, province)
    return {(f.rule, f.indicator, f.measure) for f in found}


def _message(one: Suggestion, form: Form, report: Report) -> str:
    label = form.indicator(one.indicator).label
    old = "để trống" if one.old is None else f"ghi {one.old}"
    head = f"«{label}» {old}; nếu là {one.new} thì tổng khớp ({_SAYS[one.mechanism]})."
    if report.reading in {Reading.OCR, Reading.MIXED}:
        return f"{head} Đối chiếu với ảnh trang."
    return f"{head} Văn bản điện tử ghi đúng như vậy: hỏi lại đơn vị."
