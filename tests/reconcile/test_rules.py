"""What a careful officer would notice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.understand import understand
from reconcile.rules import judge_report
from schemas.catalog import form
from schemas.registry_index import admin_units
from schemas.report import Observation, Report


@pytest.fixture(scope="module")
def seed() -> Report:
    return understand(Path("samples/real/a_report.docx"), "a_report.docx", "33")


def judged(report: Report) -> list[str]:
    return [f.rule.value for f in judge_report(report, form("llw-2021"), admin_units())]


def changed(report: Report, indicator: str, measure: str, value: int) -> Report:
    def one(o: Observation) -> Observation:
        return replace(o, value=value) if o.key == (indicator, measure) else o

    return replace(report, observations=tuple(map(one, report.observations)))


def test_the_seed_has_one_fault(seed: Report) -> None:
    assert judged(seed) == ["annex_date_differs"]


def test_a_blank_stamp_is_silent(seed: Report) -> None:
    assert judged(replace(seed, annex=None)) == []


def test_people_fewer_than_sessions(seed: Report) -> None:
    assert "people_fewer_than_sessions" in judged(
        changed(seed, "contests.thematic_sessions", "people", 160)
    )


def test_more_districts_than_exist(seed: Report) -> None:
    findings = judge_report(
        changed(seed, "opening.districts", "count", 11), form("llw-2021"), admin_units()
    )
    found = next(f for f in findings if f.rule.value == "count_exceeds_registry")
    assert (found.value, found.other_value) == ("11", "10")
    assert found.where[0].row is not None


def test_a_whole_against_its_parts(seed: Report) -> None:
    whole = replace(seed.observations[0], indicator="training", measure="count", value=57)
    findings = judge_report(
        replace(seed, observations=(*seed.observations, whole)), form("llw-2021"), admin_units()
    )
    found = next(f for f in findings if f.rule.value == "whole_differs_from_parts")
    assert (found.value, found.other_value) == ("57", "56")
    assert len(found.where) == 5


def test_contests_is_not_the_sum_of_its_children(seed: Report) -> None:
    assert "whole_differs_from_parts" not in judged(seed)
