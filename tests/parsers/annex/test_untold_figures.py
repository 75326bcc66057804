"""No number of the running text is lost in silence: what nothing took is told, with its likely row."""

from __future__ import annotations

import pytest

from parsers.plain_numbers import plain_numbers
from parsers.untold import untold
from schemas.catalog import form
from schemas.document import Anchor, Paragraph
from schemas.finding import Finding
from schemas.report import IssuerLevel

FORM = form("llw-2021")


def told(
    *texts: str, quiet: bool = False, others: tuple[int, ...] = (), level: IssuerLevel | None = None
) -> tuple[Finding, ...]:
    paragraphs = [Paragraph(text, Anchor(paragraph=i)) for i, text in enumerate(texts)]
    return untold(paragraphs, FORM, (), (), others, level=level, quiet=quiet)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Đã có 38/40 trường và 1.250 học viên hưởng ứng", [38, 1250]),
        ("Lúc 8 giờ 30 phút ngày 02/10/2021, năm học 2021 - 2022, tuổi từ 60 tuổi", []),
        ("Công văn số 1755 và Điều 12, khoản 3, trang 7", []),
        ("Kinh phí 62.300.000 đồng, đạt 97% và 97,5 %, tăng 20 triệu", []),
        ("2. Phòng đọc phục vụ 340 lượt", [340]),
        ("Đăng 62 tin (tăng 16 tin so với năm 2020)", [62]),
        ("Liên hệ 0912345678", []),
    ],
)
def test_which_numbers_may_be_counts(text: str, values: list[int]) -> None:
    assert [n.value for n in plain_numbers(text)] == values


@pytest.mark.parametrize(
    ("texts", "key", "value"),
    [
        (("Buổi lễ khai mạc ở trường quy tụ 934 phụ huynh và học sinh.",), "opening.institutions.people", "934"),
        (("Khen thưởng", "- Tập thể 11",), "awards.collectives.count", "11"),
        (("Thư viện xã nhận về 415 cuốn sách.",), "book_drive.books.count", "415"),
    ],
)  # fmt: skip
def test_a_number_beside_words_of_a_row_names_the_row(
    texts: tuple[str, ...], key: str, value: str
) -> None:
    found = {f"{f.indicator}.{f.measure}": f for f in told(*texts, level=IssuerLevel.INSTITUTION)}
    assert found[key].value == value
    assert found[key].where


def test_any_other_number_is_told_where_no_table_gives_the_counts() -> None:
    assert [f.value for f in told("Các xã lập 46 góc học tập.")] == ["46"]
    assert told("Các xã lập 46 góc học tập.", quiet=True) == ()


def test_what_a_table_holds_is_not_told_again() -> None:
    assert told("Trong Tuần lễ mở 23 lớp.", quiet=True, others=(23,)) == ()
    assert [f.value for f in told("Trong Tuần lễ mở 23 lớp.", quiet=True)] == ["23"]
