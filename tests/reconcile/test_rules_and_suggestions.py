"""A broken sum is seen, its likely cell is named, and nothing is said of what is well."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from reconcile.rules import judge_report
from reconcile.slips import slip
from reconcile.smallest_set import smallest_set
from reconcile.suggest import Suggestion, suggest
from schemas.catalog import form
from schemas.document import Anchor, Reading, Source
from schemas.finding import RuleCode
from schemas.registry_index import admin_units
from schemas.report import AnnexStamp, Header, Observation, Origin, Report, Status

FORM = form("llw-2021")
UNITS = admin_units()
PARTS = (
    "training.law_and_science",
    "training.managers_and_teachers",
    "training.community_centre_staff",
)
GOOD = {
    ("training", "count"): 191,
    ("training", "people"): 20650,
    (PARTS[0], "count"): 161,
    (PARTS[0], "people"): 19600,
    (PARTS[1], "count"): 30,
    (PARTS[1], "people"): 1050,
}


def report(
    cells: dict[tuple[str, str], int],
    *,
    reading: Reading = Reading.OCR,
    annex: AnnexStamp | None = None,
    unit: str = "325",
    mentions: tuple[Observation, ...] = (),
) -> Report:
    seen = tuple(cell(k, v, row) for row, (k, v) in enumerate(cells.items()))
    header = Header(
        number="100/BC-PGDĐT", issuer="Phòng GDĐT", issuer_unit=unit, issued_on=dt.date(2021, 10, 9)
    )
    return Report(
        Status.OK,
        Source("a.pdf", "0" * 64, "application/pdf", 1),
        reading,
        campaign="llw-2021",
        header=header,
        annex=annex,
        observations=seen,
        mentions=mentions,
    )


def cell(key: tuple[str, str], value: int, row: int = 0) -> Observation:
    return Observation(
        *key, value, "", str(value), Origin.ANNEX, 0.9, False, Anchor(6, table=0, row=row)
    )


def codes(one: Report) -> set[RuleCode]:
    return {f.rule for f in judge_report(one, FORM, UNITS)}


def test_a_report_that_adds_up_has_no_findings() -> None:
    assert codes(report(GOOD)) == set()


def test_a_sum_that_fails_names_both_sides_and_every_place() -> None:
    (found,) = judge_report(report(GOOD | {(PARTS[0], "count"): 167}), FORM, UNITS)
    assert found.rule is RuleCode.WHOLE_DIFFERS_FROM_PARTS
    assert (found.value, found.other_value) == ("191", "197")
    assert len(found.where) == 3


def test_a_whole_left_blank_is_not_zero() -> None:
    assert codes(report({k: v for k, v in GOOD.items() if k[0] != "training"})) == set()


def test_fewer_people_than_sessions() -> None:
    assert RuleCode.PEOPLE_FEWER_THAN_SESSIONS in codes(
        report({("seminars", "count"): 12, ("seminars", "people"): 3})
    )


@pytest.mark.parametrize(
    ("unit", "count", "wrong"),
    [("33", 10, False), ("33", 11, True), ("325", 1, False), ("325", 2, True)],
)
def test_no_more_districts_than_there_are(unit: str, count: int, wrong: bool) -> None:
    found = codes(report({("opening.districts", "count"): count}, unit=unit))
    assert (RuleCode.COUNT_EXCEEDS_REGISTRY in found) is wrong


@pytest.mark.parametrize(
    ("annex", "expected"),
    [
        (AnnexStamp("100/BC-PGDĐT", dt.date(2021, 10, 9)), set()),
        (AnnexStamp(None, None), set()),
        (AnnexStamp("100 / BC–PGDĐT", dt.date(2021, 10, 9)), set()),
        (AnnexStamp("101/BC-PGDĐT", dt.date(2021, 10, 9)), {RuleCode.ANNEX_NUMBER_DIFFERS}),
        (AnnexStamp("100/BC-PGDĐT", dt.date(2021, 10, 10)), {RuleCode.ANNEX_DATE_DIFFERS}),
    ],
)
def test_the_stamp_is_compared_only_where_it_says_something(
    annex: AnnexStamp, expected: set[RuleCode]
) -> None:
    assert codes(report(GOOD, annex=annex)) == expected


def test_prose_that_contradicts_the_table() -> None:
    said = (cell(("news", "count"), 45),)
    assert codes(report({("news", "count"): 54}, mentions=said)) == {
        RuleCode.TEXT_DIFFERS_FROM_TABLE
    }
    assert codes(report({("news", "count"): 45}, mentions=said)) == set()


SLIPS = [
    ((PARTS[0], "count"), 167, "confused_digit"),
    ((PARTS[0], "people"), 16900, "swapped_digits"),
    ((PARTS[0], "people"), 196000, "extra_digit"),
    (("training", "people"), 2650, "lost_digit"),
]


@pytest.mark.parametrize(("key", "read", "mechanism"), SLIPS)
def test_the_misread_cell_is_offered_with_its_slip(
    key: tuple[str, str], read: int, mechanism: str
) -> None:
    one = report(GOOD | {key: read})
    offered = {
        (s.indicator, s.measure, s.new, s.mechanism)
        for f in judge_report(one, FORM, UNITS)
        for s in suggest(f, one, FORM, UNITS)
    }
    assert (*key, GOOD[key], mechanism) in offered


@pytest.mark.parametrize(("key", "read", "mechanism"), SLIPS)
def test_the_cell_the_reader_doubts_comes_first(
    key: tuple[str, str], read: int, mechanism: str
) -> None:
    one = report(GOOD | {key: read})
    seen = tuple(replace(o, confidence=0.3 if o.key == key else 0.98) for o in one.observations)
    one = replace(one, observations=seen)
    found = next(
        f for f in judge_report(one, FORM, UNITS) if f.rule is RuleCode.WHOLE_DIFFERS_FROM_PARTS
    )
    first = suggest(found, one, FORM, UNITS)[0]
    assert (first.indicator, first.new, first.mechanism) == (key[0], GOOD[key], mechanism)


def test_the_prose_settles_which_cell() -> None:
    one = report(GOOD | {("training", "count"): 193}, mentions=(cell(("training", "count"), 191),))
    found = next(
        f for f in judge_report(one, FORM, UNITS) if f.rule is RuleCode.WHOLE_DIFFERS_FROM_PARTS
    )
    first = suggest(found, one, FORM, UNITS)[0]
    assert (first.indicator, first.new) == ("training", 191)


def test_what_the_author_typed_is_asked_not_read_again() -> None:
    one = report(GOOD | {(PARTS[0], "count"): 167}, reading=Reading.TEXT)
    (found,) = judge_report(one, FORM, UNITS)
    assert "hỏi lại đơn vị" in suggest(found, one, FORM, UNITS)[0].message


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_slip_never_explains_nothing_and_works_both_ways(a: int, b: int) -> None:
    assert slip(a, a) is None
    assert (slip(a, b) is None) == (slip(b, a) is None)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_suggestions_always_repair_and_are_few(whole: int, part: int) -> None:
    one = report(
        {("training", "people"): whole, (PARTS[0], "people"): part, (PARTS[1], "people"): 500}
    )
    for found in judge_report(one, FORM, UNITS):
        offered = suggest(found, one, FORM, UNITS)
        assert len(offered) <= 3
        for s in offered:
            changed = {o.key: o.value for o in one.observations} | {(s.indicator, s.measure): s.new}
            changed |= {(i, m): new for i, m, new in s.also}
            assert not judge_report(report(changed), FORM, UNITS)


def of(one: Report, rule: RuleCode, indicator: str) -> list[Suggestion]:
    found = next(
        f for f in judge_report(one, FORM, UNITS) if f.rule is rule and f.indicator == indicator
    )
    return list(suggest(found, one, FORM, UNITS))


def test_columns_in_each_others_place_are_seen() -> None:
    one = report({("contests", "count"): 250, ("contests", "people"): 2})
    (first, *_) = of(one, RuleCode.PEOPLE_FEWER_THAN_SESSIONS, "contests")
    assert (first.measure, first.new, first.mechanism) == ("people", 250, "swapped_columns")
    assert first.also == (("contests", "count", 2),)


def test_prose_against_table_offers_what_the_prose_says() -> None:
    one = report({("news", "count"): 85}, mentions=(cell(("news", "count"), 35),))
    (only,) = of(one, RuleCode.TEXT_DIFFERS_FROM_TABLE, "news")
    assert (only.old, only.new, only.mechanism) == (85, 35, "confused_digit")


def test_a_lost_group_puts_a_ratio_right() -> None:
    one = report({("contests", "count"): 2, ("contests", "people"): 250000})
    (first, *_) = of(one, RuleCode.RATIO_OUT_OF_RANGE, "contests")
    assert (first.measure, first.new, first.mechanism) == ("people", 250, "lost_group")


def test_nothing_looks_alike_to_who_typed_it() -> None:
    assert slip(137, 131) == (1.0, "confused_digit")
    assert slip(137, 131, read=False) == (2.0, "other_digit")


def test_where_no_single_cell_will_do_the_fewest_are_named() -> None:
    one = report(
        {
            ("training", "count"): 1,
            ("training", "people"): 10,
            (PARTS[0], "count"): 40,
            (PARTS[0], "people"): 40,
            (PARTS[1], "count"): 30,
            (PARTS[1], "people"): 30,
        }
    )
    changed = smallest_set({o.key: o.value for o in one.observations}, {}, FORM)
    assert changed is not None
    assert len(changed) == 2
    after = report({o.key: o.value for o in one.observations} | changed)
    assert not [
        f
        for f in judge_report(after, FORM, UNITS)
        if f.rule in {RuleCode.WHOLE_DIFFERS_FROM_PARTS, RuleCode.PEOPLE_FEWER_THAN_SESSIONS}
    ]


def test_the_fewest_cells_begin_with_those_the_reader_doubts() -> None:
    numbers = {("training", "count"): 10, (PARTS[0], "count"): 4, (PARTS[1], "count"): 5}
    for doubted in numbers:
        assert list(smallest_set(numbers, {doubted: 0.2}, FORM) or {}) == [doubted]
