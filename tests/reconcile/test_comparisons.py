"""Figures beside last year's, other units' and the registry's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from reconcile.comparisons import (
    Earlier,
    by_unit,
    judge_copied,
    judge_directives,
    judge_one_per_unit,
    judge_years,
)
from reconcile.judged import Judged, Submitted
from reconcile.rules import values_of
from schemas.catalog import form
from schemas.effective import EffectiveValue
from schemas.finding import RuleCode
from schemas.form import Form
from schemas.registry_index import admin_units
from schemas.report import Reference, Report
from tests.warehouse.hand import made

FORM, UNITS = form("llw-2021"), admin_units()


def submitted(report: Report, channel: str = "district") -> Submitted:
    unit = report.header.issuer_unit
    return Submitted(
        report.source.sha256, report.source.name, unit, f"Huyện {unit}", channel, True, None, report
    )  # fmt: skip


def figures(*reports: Report) -> tuple[list[Submitted], list[EffectiveValue]]:
    return [submitted(r) for r in reports], [v for r in reports for v in values_of(r).values()]


def years(before: dict[str, int], now: dict[str, int]) -> list[Judged]:
    cells = {("325", (k.rpartition(".")[0], k.rpartition(".")[2])): v for k, v in before.items()}
    documents, values = figures(made("a", now))
    return judge_years(by_unit(documents, values), Earlier(2020, cells), FORM)


SAME = {"news.count": 12, "contests.count": 3, "contests.people": 90, "seminars.count": 4}


def test_a_report_like_last_years_is_told_once() -> None:
    (found,) = years(SAME, SAME)
    assert (found.finding.rule, found.sha256) == (
        RuleCode.SAME_AS_LAST_YEAR,
        made("a").source.sha256,
    )
    assert years(SAME, SAME | {"seminars.count": 5}) == []
    assert years({"news.count": 12}, {"news.count": 12}) == []


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [(100, 501, True), (100, 19, True), (100, 500, False), (3, 15, False), (0, 40, True)],
)
def test_a_change_beyond_the_forms_bounds_is_told(before: int, now: int, told: bool) -> None:
    found = years({"news.count": before}, {"news.count": now})
    assert [f.finding.rule for f in found] == [RuleCode.CHANGED_SINCE_LAST_YEAR] * told
    if told:
        assert (found[0].finding.value, found[0].finding.other_value) == (str(now), str(before))


def test_without_an_earlier_year_nothing_is_said() -> None:
    documents, values = figures(made("a", SAME))
    assert judge_years(by_unit(documents, values), None, FORM) == []


def test_the_later_of_two_units_with_the_same_figures_is_told() -> None:
    copied = {
        "news.count": 12,
        "contests.people": 90,
        "seminars.people": 44,
        "publications.count": 99,
    }
    one, other = (
        made("a", copied, day=10),
        made("b", copied | {"contests.count": 3}, unit="326", day=12),
    )
    (found,) = judge_copied(by_unit(*figures(one, other)), FORM)
    assert (found.finding.rule, found.unit_code) == (RuleCode.COPIED_FROM_OTHER_UNIT, "326")
    assert found.finding.other_value == "325"
    own = {"news.count": 13, "contests.people": 91, "seminars.people": 44, "publications.count": 99}
    assert judge_copied(by_unit(*figures(one, made("b", own, unit="326"))), FORM) == []


def test_exactly_one_for_each_commune_is_told() -> None:
    from schemas.admin_unit import UnitLevel

    day = dt.date(2021, 10, 15)
    communes = len(UNITS.children("325", level=UnitLevel.COMMUNE, day=day))
    assert communes > 5

    def told(count: int) -> list[Judged]:
        report = made("a", {"contests.thematic_sessions.count": count, "news.count": communes})
        return judge_one_per_unit(by_unit(*figures(report)), FORM, UNITS)

    (found,) = told(communes)
    assert (found.finding.rule, found.finding.indicator) == (
        RuleCode.SUSPICIOUS_FIGURE,
        "contests.thematic_sessions",
    )
    assert told(communes + 1) == []


def citing(name: str, number: str, day: int) -> Submitted:
    cited = (Reference(number, "CV", dt.date(2021, 8, day), "Bộ GDĐT"),)
    return submitted(replace(made(name), references=cited))


@pytest.mark.parametrize(
    ("number", "day", "told"),
    [
        ("3764/BGDĐT-GDTX", 31, False),
        ("3764/BGDĐT-GDTX", 30, True),
        ("3767/BGDĐT-GDTX", 31, True),
        ("1201/BGDĐT-GDTX", 31, False),
    ],
)
def test_a_directive_is_held_against_what_most_reports_cite(
    number: str, day: int, told: bool
) -> None:
    usual = [citing(f"u{i}", "3764/BGDĐT-GDTX", 31) for i in range(3)]
    odd = citing("odd", number, day)
    found = judge_directives([*usual, odd], FORM)
    assert [(f.finding.rule, f.sha256) for f in found] == (
        [(RuleCode.REFERENCE_DIFFERS, odd.sha256)] if told else []
    )


def test_a_rule_the_form_leaves_out_does_not_fire() -> None:
    bare = FORM.model_copy(update={"rules": ()})
    documents, values = figures(made("a", SAME), made("b", SAME, unit="326"))
    units = by_unit(documents, values)
    assert judge_copied(units, bare) == []
    assert judge_directives([citing("a", "1/BGDĐT", 1)], bare) == []


def test_the_unit_whose_slip_explains_the_provinces_difference_is_named() -> None:
    from reconcile.campaign import judge_campaign

    said = {"325": 120, "326": 45, "327": 810}
    reports = [made(f"d{u}", {"news.count": n}, unit=u) for u, n in said.items()]
    own = made("p", {"news.count": 120 + 45 + 180}, unit="33")
    documents = [*(submitted(r) for r in reports), submitted(own, "province")]
    values = [v for r in (*reports, own) for v in values_of(r).values()]
    totals: dict[tuple[str, str], int | None] = {("news", "count"): sum(said.values())}
    found = judge_campaign(documents, values, totals, [], FORM, UNITS)
    (told,) = (f for f in found if f.finding.rule is RuleCode.PROVINCE_DIFFERS_FROM_SUM)
    assert "ghi 345" in told.finding.message
    assert "đơn vị trực thuộc 0" in told.finding.message
    assert "Huyện 327 ghi 810: nếu là 180 thì khớp" in told.finding.message


def test_a_campaign_read_by_an_assumed_form_says_so() -> None:
    from reconcile.campaign import judge_campaign

    def told(form: Form) -> list[str]:
        return [j.finding.rule.value for j in judge_campaign([], [], {}, [], form, UNITS)]

    assert told(FORM) == []
    assert told(FORM.model_copy(update={"assumed": True})) == ["form_assumed"]
