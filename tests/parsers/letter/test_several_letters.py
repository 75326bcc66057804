"""A second letter in the file says nothing about the first."""

from __future__ import annotations

import datetime as dt
from typing import Any

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
FOOT = [["Nơi nhận:\n- Sở GDĐT;\n- Lưu: VT.", "TRƯỞNG PHÒNG\n\nNguyễn Văn An"]]
ROWS = [
    ["TT", "Các hoạt động", "Đơn vị", "Số lượng", "Người"],
    ["1", "Số tin bài về các hoạt động của Tuần lễ", "Tin bài", "35", ""],
    ["2", "Các cuộc thi khác", "Số cuộc", "2", "50"],
]


def head(number: str, day: int) -> list[list[str]]:
    return [
        [f"UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: {number}",
         f"{MOTTO}\nVăn Lâm, ngày {day} tháng 10 năm 2021"],
    ]  # fmt: skip


FIRST = [
    head("68/BC-PGDĐT", 12), "^BÁO CÁO", "^Kết quả Tuần lễ hưởng ứng học tập suốt đời năm 2021",
    "Kính gửi: Sở Giáo dục và Đào tạo Hưng Yên", "1. Kiến nghị", "Cấp thêm sách.", FOOT,
]  # fmt: skip
OWN_ANNEX = ["^BẢNG SỐ LIỆU", "(Gửi kèm Báo cáo số 68/BC-PGDĐT ngày 13/10/2021)", ROWS]
OTHER = [
    head("69/TTr-PGDĐT", 14), "^TỜ TRÌNH", "^Về việc mua sắm thiết bị", "Kính gửi: UBND huyện Văn Lâm",
    "1. Kiến nghị", "Cho mua 20 máy tính.",
    [["Nơi nhận:\n- Phòng TC-KH.", "TRƯỞNG PHÒNG\n\nTrần Thị Bình"]],
]  # fmt: skip


def test_only_the_first_letter_is_reported(read: Any) -> None:
    report = read(*FIRST, *OWN_ANNEX, *OTHER)
    assert report.header.number == "68/BC-PGDĐT"
    assert report.header.copies_to == ("Sở GDĐT", "Lưu: VT")
    assert report.header.signer.name == "Nguyễn Văn An"
    assert [n.text for n in report.narrative] == ["Cấp thêm sách."]
    assert (report.annex.number, report.annex.issued_on) == ("68/BC-PGDĐT", dt.date(2021, 10, 13))
    assert sorted(o.value for o in report.observations) == [2, 35, 50]
    (told,) = [f for f in report.findings if f.rule == "several_documents"]
    assert len(told.where) == 2


def test_agency_above_the_second_motto_is_of_the_second_letter(read: Any) -> None:
    second = [
        "UBND HUYỆN VĂN LÂM",
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
        MOTTO,
        "Số: 69/TTr-PGDĐT",
        *OTHER[1:],
    ]
    report = read(*FIRST, *second)
    assert report.header.copies_to == ("Sở GDĐT", "Lưu: VT")
    assert report.header.signer.name == "Nguyễn Văn An"


def test_an_annex_under_a_letterhead_of_its_own_is_still_read(read: Any) -> None:
    bare = [["UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", MOTTO]]
    report = read(*FIRST, bare, "^BÁO CÁO", OWN_ANNEX[1].replace("68/", "86/"), ROWS)
    assert sorted(o.value for o in report.observations) == [2, 35, 50]
    assert report.annex.number == "86/BC-PGDĐT"
    assert [f.rule for f in report.findings if f.rule == "several_documents"]
