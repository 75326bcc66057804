"""The packaged registry has no hole; a hole is named by file and line."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from schemas.errors import RegistryError
from schemas.registry_check import check_registry

Rows = list[dict[str, str]]
UNIT = ("code", "level", "parent", "valid_from", "valid_to")
NEXT = ("from_code", "from_level", "to_code", "to_level", "effective_on")
GOOD = (
    ("33", "province", "", "1900-01-01", ""),
    ("325", "district", "33", "1900-01-01", "2025-07-01"),
    ("11989", "commune", "325", "1900-01-01", "2025-07-01"),
    ("11989", "commune", "33", "2025-07-01", ""),
)


def packaged(name: str) -> Rows:
    text = files("schemas").joinpath("registry", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def rows(head: tuple[str, ...], *lines: tuple[str, ...]) -> Rows:
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_the_packaged_registry_has_no_hole() -> None:
    check_registry(packaged("units.csv"), packaged("successions.csv"))


@pytest.mark.parametrize(
    "bad",
    [
        ("400", "district", "99", "1900-01-01", "2025-07-01"),
        ("12000", "commune", "325", "1900-01-01", ""),
        ("11989", "commune", "33", "2025-06-01", "2025-08-01"),
        ("12001", "commune", "33", "2025-07-01", "2025-07-01"),
        ("12002", "hamlet", "33", "2025-07-01", ""),
    ],
    ids=["no such parent", "parent ends first", "overlap", "empty period", "level"],
)
def test_a_hole_among_the_units_is_named(bad: tuple[str, ...]) -> None:
    with pytest.raises(RegistryError) as caught:
        check_registry(rows(UNIT, *GOOD, bad), [])
    assert (caught.value.name, caught.value.place) == ("units.csv", "dòng 6")


@pytest.mark.parametrize(
    "bad",
    [
        ("11989", "commune", "77777", "commune", "2025-07-01"),
        ("88888", "commune", "11989", "commune", "2025-07-01"),
        ("325", "district", "325", "district", "2025-07-01"),
    ],
    ids=["to nobody", "from nobody", "to a unit that ended"],
)
def test_a_succession_to_or_from_nothing_is_named(bad: tuple[str, ...]) -> None:
    with pytest.raises(RegistryError) as caught:
        check_registry(rows(UNIT, *GOOD), rows(NEXT, bad))
    assert (caught.value.name, caught.value.place) == ("successions.csv", "dòng 2")
