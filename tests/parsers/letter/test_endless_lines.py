"""Lines that no officer would type, from broken converters or meant to hurt: read like any other."""

from __future__ import annotations

import pytest

from parsers.dates import find_dates
from parsers.header_tail import _NAME
from parsers.symbols import HEADER_NUMBER
from parsers.zones import _PERSON


@pytest.mark.parametrize("blank", [" ", "\n", ".", "_", "\t"])
def test_a_page_of_blanks_ends(blank: str) -> None:
    run = blank * 4000
    assert find_dates(f"80{run}tháng{run}h 8h") == []
    assert HEADER_NUMBER.search(f"{run}x") is None


def test_blanks_left_for_a_pen_are_a_date_that_is_not_filled_in() -> None:
    (found,) = find_dates("Hưng Yên, ngày ……… tháng ........ năm 2021")
    assert found.day is None
    number = HEADER_NUMBER.search("Số: ............ /BC-PGDĐT")
    assert number is not None
    assert number["s"] == "BC-PGDĐT"


def test_a_long_word_is_no_name_and_ends() -> None:
    assert _PERSON.fullmatch("A" * 4000 + "1") is None
    assert _NAME.fullmatch("a" * 4000 + "1") is None
    assert _NAME.fullmatch("Nguyễn Văn A.")
    assert _PERSON.fullmatch("NguyễnVănAn")
