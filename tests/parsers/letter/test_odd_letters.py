"""Letters set otherwise than the model: stamps in other words, an annex in front, odd addressees and feet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
HEAD = [["UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 68/BC-PGDĐT",
         f"{MOTTO}\nVăn Lâm, ngày 12 tháng 10 năm 2021"]]  # fmt: skip
TITLE = ("^BÁO CÁO", "^Kết quả Tuần lễ hưởng ứng học tập suốt đời năm 2021")
TO = "Kính gửi: Sở Giáo dục và Đào tạo Hưng Yên"
ANNEX = [
    ["TT", "Các hoạt động", "Đơn vị", "Số lượng", "Người", "Ghi chú"],
    ["2", "Số tin bài về các hoạt động của Tuần lễ", "Tin bài", "35", "", ""],
    ["5", "Các cuộc thi khác", "Số cuộc", "2", "50", ""],
    ["7", "Tổ chức hội thảo/ sinh hoạt chuyên đề", "Cuộc", "1", "60", ""],
]
FOOT = [["Nơi nhận:\n- Sở GDĐT;\n- Lưu: VT.", "TRƯỞNG PHÒNG\n\nNguyễn Văn An"]]
DAY = dt.date(2021, 10, 13)

STAMPS = [
    (("(Kèm báo cáo số 68/BC-PGDĐT ngày 13/10/2021)",), "68/BC-PGDĐT", DAY),
    (("(kèm theo BC số 68/BC-PGDĐT, ngày 13-10-2021 của PGD)",), "68/BC-PGDĐT", DAY),
    (("Phụ lục kèm theo Báo cáo số 68/BC-PGDĐT ngày 13.10.2021",), "68/BC-PGDĐT", DAY),
    (("Bảng số liệu Tuần lễ của huyện Văn Lâm năm 2021 (Ban hành kèm theo Báo cáo số: 68 /BC-PGDĐT ngày 13 tháng 10 năm 2021)",),
     "68/BC-PGDĐT", DAY),
    (("Phụ lục của Báo cáo số 68/BC-PGDĐT ngày 13/10/2021",), "68/BC-PGDĐT", DAY),
    (("(Đính kèm Công văn 68/PGDĐT-GDTX", "ngày 13/10/2021 của Phòng GDĐT)"), "68/PGDĐT-GDTX", DAY),
    (("(Kèm theo Báo cáo số:       /BC-PGDĐT, ngày    /10/2021)",), None, None),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "number", "day"), STAMPS)
def test_stamp_in_other_words(
    read: Any, lines: tuple[str, ...], number: str | None, day: dt.date | None
) -> None:
    annex = read(HEAD, *TITLE, TO, "I. KẾT QUẢ", "Tốt.", FOOT, *lines, ANNEX).annex
    assert annex is not None
    assert (annex.number, annex.issued_on) == (number, day)


def test_what_is_attached_to_the_body_is_no_annex(read: Any) -> None:
    report = read(HEAD, *TITLE, TO, "I. KẾT QUẢ",
                  "Phòng đã gửi biểu mẫu tới các trường (kèm theo Công văn số 300/PGDĐT ngày 22/9/2021).",
                  "1. Kết quả đạt được", "Nhân dân hưởng ứng.", FOOT, ANNEX)  # fmt: skip
    assert report.annex is None
    assert "Nhân dân hưởng ứng." in str(report.narrative)


def test_annex_in_front_of_its_letter(read: Any) -> None:
    report = read("^PHỤ LỤC", "(Kèm theo Báo cáo số 68/BC-PGDĐT ngày 13/10/2021)", ANNEX,
                  HEAD, *TITLE, TO, "I. KẾT QUẢ", "Tốt.", FOOT)  # fmt: skip
    assert (report.annex.number, report.annex.issued_on) == ("68/BC-PGDĐT", DAY)
    assert report.header.number == "68/BC-PGDĐT"


@pytest.mark.parametrize(
    "opening", ["Kính trình: UBND huyện Văn Lâm", "*Kính báo cáo: UBND huyện Văn Lâm"]
)
def test_other_words_for_to_whom(read: Any, opening: str) -> None:
    header = read(HEAD, *TITLE, opening, "I. KẾT QUẢ", "Tốt.", FOOT, ANNEX).header
    assert header.addressees == ("UBND huyện Văn Lâm",)
    assert header.title == "Kết quả Tuần lễ hưởng ứng học tập suốt đời năm 2021"


FEET = [
    (["TL. TRƯỞNG PHÒNG", "CÁN BỘ TỔNG HỢP", "Đào Thị Hoa", "Nơi nhận:", "- Sở GDĐT;", "- Lưu: VT."],
     "Đào Thị Hoa", "CÁN BỘ TỔNG HỢP"),
    (["TUQ. CHỦ TỊCH", "THƯ KÝ BAN CHỈ ĐẠO", "Đào Thị Hoa Nơi nhận:", "- Sở GDĐT;", "- Lưu: VT."],
     "Đào Thị Hoa", "THƯ KÝ BAN CHỈ ĐẠO"),
    ([[["Nơi gửi:\n- Sở GDĐT;\n- Lưu: VT.", "KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\n\nĐÀO THỊ HOA"]]],
     "ĐÀO THỊ HOA", "PHÓ TRƯỞNG PHÒNG"),
]  # fmt: skip


@pytest.mark.parametrize(("foot", "name", "position"), FEET)
def test_foot(read: Any, foot: list[Any], name: str, position: str) -> None:
    header = read(HEAD, *TITLE, TO, "I. KẾT QUẢ", "Tốt.", *foot, ANNEX).header
    assert (header.signer.name, header.signer.position) == (name, position)
    assert header.copies_to == ("Sở GDĐT", "Lưu: VT")


YEARS = [
    ("năm học 2021-2022", "llw-2021"), ("năm học 2021 - 2022", "llw-2021"),
    ("năm 2021 (năm học 2021-2022)", "llw-2021"), ("năm học 2022-2023", "llw-2022"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "campaign"), YEARS)
def test_a_school_year_is_the_autumn_it_begins_with(read: Any, words: str, campaign: str) -> None:
    title = ("^BÁO CÁO", f"^Kết quả Tuần lễ hưởng ứng học tập suốt đời {words}")
    assert read(HEAD, *title, TO, "I. KẾT QUẢ", "Tốt.", FOOT, ANNEX).campaign == campaign
