"""The registry's three states and its traps."""

from __future__ import annotations

import datetime as dt

import pytest

from schemas.admin_unit import UnitLevel
from schemas.registry_index import admin_units, institution_code

BEFORE, JANUARY, AFTER = dt.date(2021, 10, 1), dt.date(2025, 2, 1), dt.date(2025, 8, 1)


@pytest.mark.parametrize(
    ("day", "districts", "communes"), [(BEFORE, 10, 161), (JANUARY, 10, 139), (AFTER, 0, 104)]
)
def test_hung_yen_in_each_state(day: dt.date, districts: int, communes: int) -> None:
    units = admin_units()
    assert len(units.children("33", level=UnitLevel.DISTRICT, day=day)) == districts
    assert len(units.children("33", level=UnitLevel.COMMUNE, day=day)) == communes


def test_kinds_of_communes_in_2021() -> None:
    kinds = [u.kind for u in admin_units().children("33", level=UnitLevel.COMMUNE, day=BEFORE)]
    assert (kinds.count("Phường"), kinds.count("Thị trấn"), kinds.count("Xã")) == (14, 8, 139)


def test_a_name_may_be_province_and_city() -> None:
    levels = {u.level for u in admin_units().find("Hưng Yên", day=BEFORE)}
    assert levels == {UnitLevel.PROVINCE, UnitLevel.DISTRICT}


@pytest.mark.parametrize("name", ["huyện Văn Lâm", "H. Văn Lâm", "VĂN LÂM", "Van Lam"])
def test_spellings_of_a_district(name: str) -> None:
    assert [u.code for u in admin_units().find(name, day=BEFORE, level=UnitLevel.DISTRICT)] == [
        "325"
    ]


def test_a_commune_named_like_an_abolished_district() -> None:
    found = admin_units().find("Văn Giang", day=AFTER, within="33")
    assert [u.level for u in found] == [UnitLevel.COMMUNE]


def test_thai_binh_became_part_of_hung_yen() -> None:
    assert [s.to_code for s in admin_units().successors("34")] == ["33"]


def test_a_split_commune_has_two_successors() -> None:
    old = admin_units().find("Lạc Đạo", day=JANUARY, level=UnitLevel.COMMUNE, within="33")
    assert len(admin_units().successors(old[0].code)) == 2


def test_a_school_gets_the_same_code_however_spelled() -> None:
    assert institution_code("high_school", "TRƯNG VƯƠNG", "33") == institution_code(
        "high_school", "Trung Vương", "33"
    )
    assert institution_code("high_school", "Đức Hợp", "33") == "33-thpt-duc-hop"


def test_a_commune_of_the_report_of_2021_is_followed_through_both_reforms() -> None:
    units = admin_units()
    (old,) = units.find("xã Lý Thường Kiệt", day=BEFORE, within="33")

    def names(day: dt.date) -> list[str]:
        became = units.became(old.code, level=UnitLevel.COMMUNE, day_from=BEFORE, day_to=day)
        return [u.full_name for u in became]

    assert names(BEFORE) == ["Xã Lý Thường Kiệt"]
    assert names(JANUARY) == ["Xã Tân Minh"]
    assert names(AFTER) == ["Xã Yên Mỹ"]


@pytest.mark.parametrize("name", ["Hồng Quang", "Quang Vinh", "Đa Lộc", "Đồng Tiến"])
def test_a_name_kept_under_another_code_is_not_the_same_unit(name: str) -> None:
    units = admin_units()
    (old,) = units.find(name, day=BEFORE, level=UnitLevel.COMMUNE, within="33")
    (new,) = units.find(name, day=JANUARY, level=UnitLevel.COMMUNE, within="33")
    assert old.code != new.code
    assert units.get(old.code, JANUARY) is None
    assert units.became(old.code, level=UnitLevel.COMMUNE, day_from=BEFORE, day_to=JANUARY) == (
        new,
    )


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [("11980", "Xã Quảng Châu", "Phường Hồng Châu"), ("11983", "Xã Bảo Khê", "Phường Sơn Nam")],
)
def test_a_code_given_to_another_unit(code: str, before: str, after: str) -> None:
    found = [admin_units().get(code, day) for day in (BEFORE, AFTER)]
    assert [u.full_name if u else None for u in found] == [before, after]


@pytest.mark.parametrize("name", ["Sơn Nam", "Tân Hưng", "Mễ Sở", "Hoàn Long"])
def test_communes_made_of_two_districts_belong_to_neither(name: str) -> None:
    units = admin_units()
    (new,) = units.find(name, day=AFTER, level=UnitLevel.COMMUNE, within="33")
    parents = {
        old.parent
        for old in units.children("33", level=UnitLevel.COMMUNE, day=JANUARY)
        if new in units.became(old.code, level=UnitLevel.COMMUNE, day_from=JANUARY, day_to=AFTER)
    }
    assert len(parents) == 2
    assert new.parent == "33"


@pytest.mark.parametrize("province", ["33", "34"])
def test_no_commune_is_lost_and_every_new_one_comes_from_somewhere(province: str) -> None:
    units = admin_units()
    reached: set[str] = set()
    for old in units.children(province, level=UnitLevel.COMMUNE, day=BEFORE):
        now = units.became(old.code, level=UnitLevel.COMMUNE, day_from=BEFORE, day_to=AFTER)
        assert now, old
        reached |= {u.code for u in now}
    assert reached <= {u.code for u in units.children("33", level=UnitLevel.COMMUNE, day=AFTER)}


def test_a_district_has_no_recorded_successor() -> None:
    units = admin_units()
    assert not units.became("326", level=UnitLevel.DISTRICT, day_from=BEFORE, day_to=AFTER)
