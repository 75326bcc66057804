"""The stamp of arrival is known by its lines, in a PDF's words and in a scan's alike."""

from __future__ import annotations

import pytest

from parsers.readers import arrival
from parsers.readers.ocr import Word
from parsers.readers.scan_receipt import without_receipt


@pytest.mark.parametrize(
    "text", ["ĐẾN", "CÔNG VĂN ĐẾN", "VĂN BẢN ĐẾN", "CV ĐẾN", "| ĐÉN", "ĐẾN Số: 2914"]
)
def test_titles(text: str) -> None:
    assert arrival.is_title(text)


@pytest.mark.parametrize("text", ["Đến", "công văn đến", "ĐẾN THĂM", "Đến Số: 12", "ĐIỂM ĐẾN"])
def test_what_is_none(text: str) -> None:
    assert not arrival.is_title(text)


@pytest.mark.parametrize("text", ["Số: 2914", "Số đến:", "Số", "Số và ký hiệu HS", "Ngày: 13/10/2021", "Giờ", "Chuyển: VP", "Lưu hồ sơ số:", "Kính chuyển"])  # fmt: skip
def test_lines(text: str) -> None:
    assert arrival.is_line(text)


@pytest.mark.parametrize("text", ["Số: 12/BC-PGDĐT", "Sở Giáo dục và Đào tạo", "Số liệu kèm theo", "Kính gửi: Sở", "Giờ/GDĐT"])  # fmt: skip
def test_lines_of_the_letter(text: str) -> None:
    assert not arrival.is_line(text)


def test_a_title_with_its_number_is_a_stamp_by_itself_on_a_scan_too() -> None:
    title = [Word("ĐẾN", 100, 100, 160, 130, 0.9, 0), Word("Số:", 170, 100, 220, 130, 0.9, 0)]
    number = Word("214", 230, 100, 280, 130, 0.9, 0)
    other = Word("Kính", 100, 900, 180, 930, 0.9, 3)
    assert without_receipt([*title, number, other], 200.0, 2339) == [other]
    bare = [title[0], other]
    assert without_receipt(bare, 200.0, 2339) == bare
