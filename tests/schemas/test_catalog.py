"""A form with an error is told by file and place, and nothing else is touched."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from schemas.catalog import read_forms
from schemas.errors import FormError

BASE = files("schemas").joinpath("forms", "llw", "2021.yaml").read_text("utf-8")


def folder(tmp_path: Path, **texts: str) -> Path:
    (tmp_path / "llw").mkdir()
    for name, text in texts.items():
        (tmp_path / "llw" / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def test_a_whole_form_is_read(tmp_path: Path) -> None:
    assert list(read_forms(folder(tmp_path, a=BASE))) == ["llw-2021"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (BASE + "\n  - [never closed\n", "dòng"),
        ("title: không có mã đợt\n", "campaign"),
        ("- một danh sách\n", "campaign"),
        (BASE.replace("year: 2021", "year: nhiều"), "year"),
        (BASE.replace("severity: error, whole", "severity: loud, whole"), "rules"),
        (BASE.replace("{rule: outlier,", "{rule: outlierr,"), "rules"),
        ("campaign: x\nextends: nobody\n", "extends"),
        ("campaign: x\nextends: x\n", "extends"),
    ],
)
def test_an_error_is_told_by_file_and_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(FormError) as caught:
        read_forms(folder(tmp_path, bad=text))
    assert caught.value.name == "bad.yaml"
    assert caught.value.place.startswith(place)
    assert caught.value.exit_status == 2


def test_two_files_of_one_campaign_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError) as caught:
        read_forms(folder(tmp_path, a=BASE, b=BASE))
    assert caught.value.name == "b.yaml"


def test_a_year_that_changes_nothing_shares_the_words_of_the_year_it_extends(
    tmp_path: Path,
) -> None:
    later = (
        "campaign: llw-2031\nextends: llw-2021\nassumed: true\ntitle: Tuần lễ năm 2031\nyear: 2031\n"
        "starts_on: 2031-10-01\nends_on: 2031-10-07\n"
    )
    read = read_forms(folder(tmp_path, a=BASE, b=later))
    assert read["llw-2031"].year == 2031
    assert read["llw-2031"].indicators is read["llw-2021"].indicators
    assert not read["llw-2021"].assumed
