"""A year as what differs from another year's form."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.catalog import forms
from schemas.errors import FormError
from schemas.form import Form
from schemas.form_merge import merged

BASE: dict[str, Any] = {
    "indicators": [
        {"code": "a", "label": "Lớp", "parts": ["a.x", "a.y"], "aliases": ["Số lớp"]},
        {"code": "a.x", "label": "Lớp pháp luật", "parent": "a"},
        {"code": "a.y", "label": "Lớp khác", "parent": "a"},
    ],
    "rules": [
        {"rule": "whole_differs_from_parts", "whole": "a", "parts": ["a.x", "a.y"]},
        {"rule": "count_exceeds_registry", "indicator": "a.y"},
    ],
    "year": 2021,
}


def codes(data: dict[str, Any]) -> list[str]:
    return [row["code"] for row in data["indicators"]]


def test_a_renamed_row_keeps_its_old_name_as_an_alias() -> None:
    told = merged(BASE, {"indicators": [{"code": "a", "label": "Số khóa"}]}, "y.yaml")
    assert told["indicators"][0]["label"] == "Số khóa"
    assert told["indicators"][0]["aliases"] == ["Số lớp", "Lớp"]
    assert codes(told) == ["a", "a.x", "a.y"]


def test_a_new_row_stands_where_it_says() -> None:
    told = merged(BASE, {"indicators": [{"code": "a.z", "after": "a.x", "label": "Mới"}]}, "y.yaml")
    assert codes(told) == ["a", "a.x", "a.z", "a.y"]
    assert "after" not in told["indicators"][2]


def test_a_retired_row_leaves_wholes_and_rules() -> None:
    told = merged(BASE, {"retired": ["a.y"], "year": 2022}, "y.yaml")
    assert codes(told) == ["a", "a.x"]
    assert told["indicators"][0]["parts"] == ["a.x"]
    assert told["rules"] == [{"rule": "whole_differs_from_parts", "whole": "a", "parts": ["a.x"]}]
    assert codes(BASE) == ["a", "a.x", "a.y"]


@pytest.mark.parametrize(
    "own",
    [
        {"retired": ["b"]},
        {"indicators": [{"code": "n", "after": "b", "label": "x"}]},
        {"indicators": [{"label": "x"}]},
    ],
)
def test_what_is_not_there_is_refused(own: dict[str, Any]) -> None:
    with pytest.raises(FormError):
        merged(BASE, own, "y.yaml")


def test_an_unknown_key_is_refused() -> None:
    data = forms()["llw-2021"].model_dump()
    with pytest.raises(ValueError, match="colour"):
        Form.model_validate({**data, "colour": "red"})
    data["indicators"][0]["colour"] = "red"
    with pytest.raises(ValueError, match="colour"):
        Form.model_validate(data)


def test_years_differ_by_rows_renamed_added_and_retired() -> None:
    old, new, later = (
        {i.code: i for i in forms()[f"llw-{year}"].indicators} for year in (2021, 2022, 2025)
    )
    assert old.keys() < new.keys()
    assert new.keys() - old.keys() == {"training.digital_skills"}
    assert old.keys() - later.keys() == {"opening.districts"}
    assert old["news"].label in new["news"].aliases
    assert old["news"].label != new["news"].label
