"""Figures beside those of the year before, of other units and of the registry: pure rules."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reconcile.judged import Judged, Submitted
from schemas.admin_unit import UnitLevel
from schemas.effective import EffectiveValue
from schemas.finding import Finding, RuleCode
from schemas.form import Form
from schemas.registry_index import AdminUnits
from schemas.rule import Copied, OnePerUnit, SameAsLastYear, YearChange
from schemas.text import number_key

Key = tuple[str, str]
Figures = Mapping[Key, EffectiveValue]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier year's figures by unit and cell."""

    year: int
    values: Mapping[tuple[str, Key], int]


def by_unit(
    documents: Sequence[Submitted], values: Sequence[EffectiveValue]
) -> dict[str, tuple[Submitted, dict[Key, EffectiveValue]]]:
    """The counted report of each unit with the unit's figures."""
    mains = {d.unit_code: d for d in documents if d.current and d.unit_code and d.channel}
    out: dict[str, tuple[Submitted, dict[Key, EffectiveValue]]] = {}
    for value in values:
        unit = value.unit_code or ""
        if unit in mains and value.value is not None:
            out.setdefault(unit, (mains[unit], {}))[1][value.key] = value
    return out


def judge_years(
    units: Mapping[str, tuple[Submitted, Figures]], earlier: Earlier | None, form: Form
) -> list[Judged]:
    """This year against the year before."""
    if earlier is None:
        return []
    out: list[Judged] = []
    for unit_code, (document, figures) in units.items():
        pairs = [
            (value, earlier.values[(unit_code, key)])
            for key, value in figures.items()
            if (unit_code, key) in earlier.values
        ]
        for same in form.rules_of(SameAsLastYear):
            out += _same(same, document, pairs, earlier.year)
        for change in form.rules_of(YearChange):
            out += _changed(change, document, pairs, earlier.year, form)
    return out


def _same(
    rule: SameAsLastYear, document: Submitted, pairs: list[tuple[EffectiveValue, int]], year: int
) -> Iterator[Judged]:
    told = [(value, before) for value, before in pairs if before or value.value]
    if len(told) < rule.cells or any(value.value != before for value, before in told):
        return
    text = f"Cả {len(told)} số liệu có ở hai năm đều y hệt năm {year}; cần hỏi lại đơn vị."
    places = tuple(value.where for value, _ in told[:5])
    finding = Finding(
        RuleCode.SAME_AS_LAST_YEAR, rule.severity, text, places, value=str(len(told)),
        other_value=str(year),
    )  # fmt: skip
    yield Judged(finding, document.sha256, document.unit_code)


def _changed(
    rule: YearChange,
    document: Submitted,
    pairs: list[tuple[EffectiveValue, int]],
    year: int,
    form: Form,
) -> Iterator[Judged]:
    for value, before in pairs:
        now = value.value or 0
        if rule.indicators and value.indicator not in rule.indicators:
            continue
        if max(now, before) < rule.floor:
            continue
        if before and rule.minimum <= now / before <= rule.maximum:
            continue
        text = (
            f"«{form.indicator(value.indicator).label}» ghi {now}, năm {year} là {before}:"
            f" thay đổi quá giới hạn ({rule.minimum:g}–{rule.maximum:g} lần)."
        )
        finding = Finding(
            RuleCode.CHANGED_SINCE_LAST_YEAR, rule.severity, text, (value.where,),
            value.indicator, value.measure, str(now), str(before),
        )  # fmt: skip
        yield Judged(finding, document.sha256, document.unit_code)


def judge_copied(units: Mapping[str, tuple[Submitted, Figures]], form: Form) -> list[Judged]:
    """Two units of one kind with the same figures: the later report is told."""
    out: list[Judged] = []
    for rule in form.rules_of(Copied):
        for one, other in _sharing(rule, units):
            out += _copied(rule, units[one], units[other])
    return out


def _sharing(
    rule: Copied, units: Mapping[str, tuple[Submitted, Figures]]
) -> Iterator[tuple[str, str]]:
    """Pairs of units of one kind that share as many large figures as ``rule`` asks for: thousands
    of units are not compared each with each."""
    holders: dict[tuple[str | None, Key, int], list[str]] = defaultdict(list)
    for code, (document, figures) in sorted(units.items()):
        told = [(document.channel, k, v.value) for k, v in figures.items() if v.value is not None]
        large = [one for one in told if one[2] >= rule.floor]
        shared = Counter(other for one in large for other in holders[one])
        yield from ((other, code) for other in sorted(shared) if shared[other] >= rule.cells)
        for one in large:
            holders[one].append(code)


def _copied(
    rule: Copied, one: tuple[Submitted, Figures], other: tuple[Submitted, Figures]
) -> Iterator[Judged]:
    same, large = alike(rule, one[1], other[1])
    if not same:
        return
    later, earlier = sorted((one, other), key=_issued, reverse=True)
    text = (
        f"{len(same)}/{large} số liệu của {later[0].unit_name} trùng với {earlier[0].unit_name};"
        " có thể chép lại."
    )
    places = tuple(later[1][k].where for k in same[:5])
    finding = Finding(
        RuleCode.COPIED_FROM_OTHER_UNIT, rule.severity, text, places, value=str(len(same)),
        other_value=earlier[0].unit_code,
    )  # fmt: skip
    yield Judged(finding, later[0].sha256, later[0].unit_code)


def alike(rule: Copied, one: Figures, other: Figures) -> tuple[list[Key], int]:
    """The cells in which two units give the same large figure, and how many are large; no cells
    where they are too few for ``rule``."""
    both = one.keys() & other.keys()
    large = [k for k in both if max(one[k].value or 0, other[k].value or 0) >= rule.floor]
    same = sorted(k for k in large if one[k].value == other[k].value)
    enough = len(same) >= rule.cells and len(same) >= rule.share * len(large)
    return (same if enough else [], len(large))


def _issued(one: tuple[Submitted, Figures]) -> tuple[str, str]:
    day = one[0].report.header.issued_on
    return (day.isoformat() if day else "", one[0].sha256)


def judge_one_per_unit(
    units: Mapping[str, tuple[Submitted, Figures]], form: Form, registry: AdminUnits
) -> list[Judged]:
    """Exactly one for each commune: perhaps counted by rule of thumb, not by what took place."""
    out = []
    for rule in form.rules_of(OnePerUnit):
        for unit_code, (document, figures) in units.items():
            day = document.report.header.issued_on or form.ends_on
            below = len(registry.children(unit_code, level=UnitLevel(rule.level), day=day))
            for indicator in rule.indicators:
                value = figures.get((indicator, rule.measure))
                if value is None or below < rule.at_least or value.value != below:
                    continue
                text = (
                    f"«{form.indicator(indicator).label}» ghi {below}, đúng bằng số đơn vị cấp dưới;"
                    " có thể chỉ tính mỗi nơi một, cần hỏi lại."
                )
                finding = Finding(
                    RuleCode.SUSPICIOUS_FIGURE, rule.severity, text, (value.where,), indicator,
                    rule.measure, str(value.value), str(below),
                )  # fmt: skip
                out.append(Judged(finding, document.sha256, document.unit_code))
    return out


class Cited(Protocol):
    """One document that a report cites."""

    @property
    def number(self) -> str: ...
    @property
    def document_type(self) -> str | None: ...
    @property
    def issued_on(self) -> dt.date | None: ...


def judge_directives(
    documents: Sequence[Submitted], form: Form, cited: Iterable[Cited] | None = None
) -> list[Judged]:
    """A directive's date, and its number, by majority over all reports that cite it: what all
    ``documents`` cite, or ``cited`` where they are only some of the campaign's."""
    rule = form.plain("reference_differs")
    if rule is None:
        return []
    dates: dict[str, Counter[object]] = defaultdict(Counter)
    numbers: dict[tuple[object, object], Counter[str]] = defaultdict(Counter)
    theirs = (ref for one in documents for ref in one.report.references)
    for ref in theirs if cited is None else cited:
        if ref.issued_on is not None:
            dates[number_key(ref.number)][ref.issued_on] += 1
            numbers[(ref.document_type, ref.issued_on)][number_key(ref.number)] += 1
    out = []
    for one in documents:
        for ref in one.report.references:
            if ref.issued_on is None:
                continue
            told = _outvoted(dates[number_key(ref.number)], ref.issued_on, 2)
            named = _outvoted(
                numbers[(ref.document_type, ref.issued_on)], number_key(ref.number), 3
            )
            if told is not None:
                text = f"Trích dẫn {ref.number} ngày {ref.issued_on:%d/%m/%Y}; {told[1]} báo cáo khác ghi ngày {told[0]:%d/%m/%Y}."
                value, other = str(ref.issued_on), str(told[0])
            elif named is not None and _alike(number_key(ref.number), str(named[0])):
                text = f"Trích dẫn {ref.number} ngày {ref.issued_on:%d/%m/%Y}; {named[1]} báo cáo khác ghi số {named[0]} cùng ngày."
                value, other = ref.number, str(named[0])
            else:
                continue
            finding = Finding(
                RuleCode.REFERENCE_DIFFERS, rule.severity, text, (ref.where,), value=value,
                other_value=other,
            )  # fmt: skip
            out.append(Judged(finding, one.sha256, one.unit_code))
    return out


def _outvoted(
    counted: Counter[object] | Counter[str], mine: object, least: int
) -> tuple[object, int] | None:
    if len(counted) < 2:
        return None
    usual, votes = counted.most_common(1)[0]
    return (usual, votes) if usual != mine and votes >= least and votes > counted[mine] else None  # type: ignore[index]


def _alike(one: str, other: str) -> bool:
    """Whether the two numbers are the same but for a slip: at most two letters apart."""
    (mine, _, symbol), (theirs, _, usual) = one.partition("/"), other.partition("/")
    if symbol == usual:
        return (
            len(mine) == len(theirs) and sum(a != b for a, b in zip(mine, theirs, strict=True)) <= 2
        )
    return mine == theirs
