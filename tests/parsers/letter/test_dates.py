"""Dates as letters write them: whatever is printed is read back, and nothing else is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from parsers.dates import find_dates, find_time

SHAPES = [
    "{d} tháng {m} năm {y}", "ngày {d:02d} tháng {m:02d} năm {y}", "ngày {d}/{m}/{y}",
    "{d:02d}/{m:02d}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "ngày {d} / {m} / {y}",
    "NGÀY {d} THÁNG {m} NĂM {y}", "ngày {d} tháng{m}năm {y}",
]  # fmt: skip


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(SHAPES))
def test_every_shape_is_read_back(day: dt.date, shape: str) -> None:
    text = f"Công văn số 12/SGDĐT-GDTX {shape.format(d=day.day, m=day.month, y=day.year)} của Sở"
    assert [m.day for m in find_dates(text)] == [day]


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    for match in find_dates(text):
        assert 0 <= match.start < match.end <= len(text)
    find_time(text)


@pytest.mark.parametrize(
    ("text", "time"),
    [("từ 8h00 ngày", "08:00"), ("lúc 8 giờ 30 phút", "08:30"), ("7h30' sáng", "07:30"),
     ("14:00", "14:00"), ("2 giờ chiều", "14:00"), ("khối 8 gồm", None), ("tỷ lệ 25:99", None)],
)  # fmt: skip
def test_time(text: str, time: str | None) -> None:
    found = find_time(text)
    assert (found[2] if found else None) == time
