"""Letterheads as offices really set them: every issuer, every layout."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
FREE = "Độc lập - Tự do - Hạnh phúc"
TITLE = (
    "^BÁO CÁO",
    "^Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021",
    "Thực hiện kế hoạch.",
)


def head(left: str, place: str, day: str = "ngày 12 tháng 10 năm 2021") -> list[list[str]]:
    return [[left, f"{MOTTO}\n{FREE}\n{place}, {day}"]]


ISSUERS = [
    ("UBND TỈNH HƯNG YÊN\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 2005/BC-SGDĐT", "Hưng Yên",
     "Sở Giáo dục và Đào tạo Hưng Yên", "33", "province"),
    ("UBND TỈNH HƯNG YÊN\nSỞ GIÁO DỤC VÀ ĐÀO\nTẠO\nSố: 2005/BC-SGDĐT", "Hưng Yên",
     "Sở Giáo dục và Đào tạo Hưng Yên", "33", "province"),
    ("UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 12/BC-PGDĐT", "Văn Lâm",
     "Phòng Giáo dục và Đào tạo huyện Văn Lâm", "325", "district"),
    ("UBND THỊ XÃ MỸ HÀO\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 12/BC-PGD&ĐT", "Mỹ Hào",
     "Phòng Giáo dục và Đào tạo thị xã Mỹ Hào", "328", "district"),
    ("UBND THÀNH PHỐ HƯNG YÊN\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 12/BC-PGDĐT", "Thành phố Hưng Yên",
     "Phòng Giáo dục và Đào tạo thành phố Hưng Yên", "323", "district"),
    ("ỦY BAN NHÂN DÂN\nHUYỆN ÂN THI\nSố: 05/BC-UBND", "Ân Thi",
     "Ủy ban nhân dân huyện Ân Thi", "329", "district"),
    ("UBND HUYỆN KIM ĐỘNG\nBAN CHỈ ĐẠO XÂY DỰNG\nXÃ HỘI HỌC TẬP\nSố: 05/BC-BCĐ", "Kim Động",
     "Ban Chỉ đạo Xây dựng xã hội học tập huyện Kim Động", "331", "district"),
    ("UBND XÃ LẠC ĐẠO\nSố: 05/BC-UBND", "Lạc Đạo", "UBND xã Lạc Đạo", "11977", "commune"),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO HƯNG YÊN\nTRƯỜNG THPT VĂN GIANG\nSố: 33/BC-THPTVG", "Văn Giang",
     "Trường THPT Văn Giang", None, "institution"),
    ("UBND TỈNH HƯNG YÊN\nTRƯỜNG THPT CHUYÊN HƯNG YÊN\nSố: 33/BC-THPT", "Hưng Yên",
     "Trường THPT Chuyên Hưng Yên", None, "institution"),
    ("UBND HUYỆN KHOÁI CHÂU\nTRUNG TÂM GDNN-GDTX\nSố: 33/BC-TTGDNN-GDTX", "Khoái Châu",
     "Trung tâm GDNN-GDTX huyện Khoái Châu", None, "institution"),
    ("PHÒNG GD&ĐT VĂN LÂM\nTRƯỜNG THCS TÂN QUANG\nSố: 68 /BC-THCS", "Văn Lâm",
     "Trường THCS Tân Quang", None, "institution"),
    ("UBND THÀNH PHỐ HÀ NỘI\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 5/BC-SGDĐT", "Hà Nội",
     "Sở Giáo dục và Đào tạo Hà Nội", "01", "province"),
    ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 5/BC-PGDĐT", "Văn Lâm",
     "Phòng Giáo dục và Đào tạo huyện Văn Lâm", "325", "district"),
    ("UBND XÃ LẠC ĐẠO\nTRUNG TÂM HỌC TẬP CỘNG ĐỒNG\nSố: 5/BC-TTHTCĐ", "Lạc Đạo",
     "Trung tâm Học tập cộng đồng xã Lạc Đạo", "11989", "commune"),
    ("UBND HUYỆN PHÙ CỪ\nTRUNG TÂM GIÁO DỤC NGHỀ NGHIỆP -\nGIÁO DỤC THƯỜNG XUYÊN\nSố: 5/BC-TT", "Phù Cừ",
     "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện Phù Cừ", None, "institution"),
    ("BỘ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 5607/BC-BGDĐT", "Hà Nội",
     "Bộ Giáo dục và Đào tạo", None, "ministry"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "place", "issuer", "unit", "level"), ISSUERS)
def test_issuer(
    read: Any, left: str, place: str, issuer: str, unit: str | None, level: str
) -> None:
    header = read(head(left, place), *TITLE).header
    assert header.issuer is not None
    assert header.issuer.casefold() == issuer.casefold()
    assert header.issuer_level == level
    if level != "commune":
        assert header.issuer_unit == unit
    assert header.place == place
    assert header.issued_on == dt.date(2021, 10, 12)


NUMBERS = [
    ("Số: 68 /BC-THMH", "68/BC-THMH"),
    ("Số: 255 / BC-BCĐPCGD-\nXMC", "255/BC-BCĐPCGD-XMC"),
    ("Số:02/UB", "02/UB"),
    ("Số2624 /QĐ-BGDĐT", "2624/QĐ-BGDĐT"),
    ("Số: 111/BC-SGD&ĐT", "111/BC-SGD&ĐT"),
    ("Số: 19 /BC – PGDĐT", "19/BC-PGDĐT"),
    ("Số : 7/ BC- PGDĐT.", "7/BC-PGDĐT"),
    ("45/BC-PGDĐT", "45/BC-PGDĐT"),
    ("Số: 36-BC/HU", "36-BC/HU"),
    ("Số 61 - BC/TTGDNN-GDTX", "61-BC/TTGDNN-GDTX"),
    ("Số:      /BC-PGDĐT", None),
    ("Số: …./BC-PGDĐT", None),
    ("Số:", None),
]


@pytest.mark.parametrize(("line", "number"), NUMBERS)
def test_number(read: Any, line: str, number: str | None) -> None:
    report = read(head(f"UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\n{line}", "Văn Lâm"), *TITLE)
    assert report.header.number == number
    assert report.header.document_type == "BC"
    assert report.header.issuer == "Phòng Giáo dục và Đào tạo huyện Văn Lâm"


LAYOUTS: dict[str, list[Any]] = {
    "tabs": [f"UBND HUYỆN VĂN LÂM\t{MOTTO}", f"PHÒNG GIÁO DỤC VÀ ĐÀO TẠO\t{FREE}",
             "Số: 68/BC-PGDĐT\tVăn Lâm, ngày 12 tháng 10 năm 2021"],
    "blanks": [f"UBND HUYỆN VĂN LÂM          {MOTTO}", f"PHÒNG GIÁO DỤC VÀ ĐÀO TẠO      {FREE}",
               "Số: 68/BC-PGDĐT             Văn Lâm, ngày 12 tháng 10 năm 2021"],
    "one blank": [f"UBND HUYỆN VĂN LÂM {MOTTO}", f"PHÒNG GIÁO DỤC VÀ ĐÀO TẠO {FREE}",
                  "Số: 68/BC-PGDĐT Văn Lâm, ngày 12 tháng 10 năm 2021"],
    "left then right": ["UBND HUYỆN VĂN LÂM", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Số: 68/BC-PGDĐT",
                        MOTTO, FREE, "Văn Lâm, ngày 12 tháng 10 năm 2021"],
    "right then left": [MOTTO, FREE, "Văn Lâm, ngày 12 tháng 10 năm 2021", "UBND HUYỆN VĂN LÂM",
                        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Số: 68/BC-PGDĐT"],
    "joined": ["UBND HUYỆN VĂN LÂM PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", MOTTO + " " + FREE, "Số: 68/BC-PGDĐT",
               "Văn Lâm, ngày 12 tháng 10 năm 2021"],
    "four cells": [[["UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO", f"{MOTTO}\n{FREE}\n-------"],
                    ["Số: 68/BC-PGDĐT", "Văn Lâm, ngày 12 tháng 10 năm 2021"]]],
    "stamp": ["SỞ GDĐT HƯNG YÊN", "ĐẾN", "Số: 4711", "Ngày: 15/10/2021", "Chuyển: ............",
              "UBND HUYỆN VĂN LÂM", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Số: 68/BC-PGDĐT", MOTTO, FREE,
              "Văn Lâm, ngày 12 tháng 10 năm 2021"],
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(read: Any, layout: str) -> None:
    header = read(*LAYOUTS[layout], *TITLE).header
    assert header.number == "68/BC-PGDĐT"
    assert header.issued_on == dt.date(2021, 10, 12)
    assert header.place == "Văn Lâm"
    assert header.issuer == "Phòng Giáo dục và Đào tạo huyện Văn Lâm"
    assert header.issuer_unit == "325"
    assert header.title == "Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("ngày 02 tháng 4 năm 2021", dt.date(2021, 4, 2)),
        ("ngày 15 tháng10năm 2021", dt.date(2021, 10, 15)),
        ("ngày     tháng 10 năm 2021", None),
        ("ngày … tháng … năm 2021", None),
    ],
)
def test_day(read: Any, printed: str, day: dt.date | None) -> None:
    report = read(head("UBND XÃ LẠC ĐẠO\nSố: 1/BC-UBND", "Lạc Đạo", printed), *TITLE)
    assert report.header.issued_on == day
    assert report.header.place == "Lạc Đạo"


def test_congvan_subject_and_addressees(read: Any) -> None:
    left = ("UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 300/PGDĐT-GDTX\n"
            "V/v báo cáo kết quả tổ chức\nTuần lễ hưởng ứng học tập suốt đời năm 2021")  # fmt: skip
    report = read(head(left, "Văn Lâm"), "Kính gửi:", "- Sở Giáo dục và Đào tạo Hưng Yên;",
                  "- UBND huyện Văn Lâm.", "Thực hiện công văn của Sở, Phòng báo cáo như sau:")  # fmt: skip
    assert report.header.document_type == "CV"
    assert report.header.number == "300/PGDĐT-GDTX"
    assert (
        report.header.title == "báo cáo kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021"
    )
    assert report.header.addressees == ("Sở Giáo dục và Đào tạo Hưng Yên", "UBND huyện Văn Lâm")
    assert report.campaign == "llw-2021"


def test_report_with_subject_in_letter_style(read: Any) -> None:
    report = read(head("PHÒNG GD & ĐT TP PR-TC\nTRƯỜNG TH MỸ HƯƠNG\nSố: 68 /BC-THMH", "Mỹ Hương"),
                  "^BÁO CÁO HOẠT ĐỘNG:", "^V/v: Triển khai thực hiện Tuần lễ học tập suốt đời năm 2021",
                  "Thực hiện công văn")  # fmt: skip
    assert report.header.document_type == "BC"
    assert "Tuần lễ học tập suốt đời năm 2021" in (report.header.title or "")
    assert report.header.issuer == "Trường TH Mỹ Hương"


@pytest.mark.parametrize(
    "cut",
    [
        "Khoái Châu, ngày\n16 tháng 10 năm 2021",
        "Khoái Châu,\nngày 16 tháng 10 năm 2021",
        "Khoái Châu, ngày 16\ntháng 10 năm 2021",
        "Khoái Châu, ngày 16 tháng 10\nnăm 2021",
    ],
)
def test_place_and_date_on_two_lines(read: Any, cut: str) -> None:
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    report = read([["UBND XÃ LẠC ĐẠO\nSố: 1/BC-UBND", f"{nation}\n{cut}"]], *TITLE, "Tốt.")
    assert (report.header.place, report.header.issued_on) == ("Khoái Châu", dt.date(2021, 10, 16))


SIGNATURES = [
    ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n(Đã ký)\n\nĐỗ Tiến Hùng", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Tiến Hùng"),
    ("TRƯỞNG PHÒNG\n\n\nNguyễn Thị Hoa", None, "TRƯỞNG PHÒNG", "Nguyễn Thị Hoa"),
    ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn Bình", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
     "PHÓ CHỦ TỊCH", "Lê Văn Bình"),
    ("TM. UBND XÃ\nCHỦ TỊCH\nTrần Đức", "TM. UBND XÃ", "CHỦ TỊCH", "Trần Đức"),
    ("HIỆU TRƯỞNG\n(Ký tên, đóng dấu)\nPHẠM MINH TUẤN", None, "HIỆU TRƯỞNG", "PHẠM MINH TUẤN"),
    ("K/T TRƯỞNG PHÒNG\nP. TRƯỞNG PHÒNG\nDương Thị Mận", "K/T TRƯỞNG PHÒNG", "P. TRƯỞNG PHÒNG", "Dương Thị Mận"),
    ("PHỤ TRÁCH PHÒNG\n\nVương Đình Tứ", None, "PHỤ TRÁCH PHÒNG", "Vương Đình Tứ"),
    ("Q. GIÁM ĐỐC\n\nNgô Bá Khiêm", None, "Q. GIÁM ĐỐC", "Ngô Bá Khiêm"),
    ("Q. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTạ Văn Tuyến", "Q. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Tạ Văn Tuyến"),
    ("TL.CHỦ TỊCH\nTRƯỞNG PHÒNG GD&ĐT\nVũ Đình Nam", "TL.CHỦ TỊCH", "TRƯỞNG PHÒNG GD&ĐT", "Vũ Đình Nam"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "authority", "position", "name"), SIGNATURES)
def test_signer(read: Any, right: str, authority: str | None, position: str, name: str) -> None:
    foot = [["Nơi nhận:\n- Sở GDĐT (để báo cáo);\n- UBND huyện;\n- Lưu: VT, GDTX.", right]]
    report = read(
        head("UBND XÃ LẠC ĐẠO\nSố: 1/BC-UBND", "Lạc Đạo"), *TITLE, "Trên đây là báo cáo./.", foot
    )
    assert report.header.copies_to == ("Sở GDĐT (để báo cáo)", "UBND huyện", "Lưu: VT, GDTX")
    assert report.header.signer is not None
    assert report.header.signer.authority == authority
    assert report.header.signer.position == position
    assert report.header.signer.name == name


@pytest.mark.parametrize(
    "lines",
    [
        ["Nơi nhận:\tKT. GIÁM ĐỐC", "- Bộ GDĐT;\tPHÓ GIÁM ĐỐC", "- Lưu: VT.", "\tĐỗ Tiến Hùng"],
        ["Nơi nhận: KT. GIÁM ĐỐC", "- Bộ GDĐT; PHÓ GIÁM ĐỐC", "- Lưu: VT. Đỗ Tiến Hùng"],
        ["Nơi nhận:", "- Bộ GDĐT;", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Tiến Hùng"],
        ["Nơi nhận:", "- Bộ GDĐT;", "- Lưu: VT.", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC", "Đỗ Tiến Hùng"],
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Tiến Hùng", "Nơi nhận:", "- Bộ GDĐT;", "- Lưu: VT."],
        # What LibreOffice makes of a DOC that ends with the table of both columns.
        ["Nơi nhận:", "- Bộ GDĐT;", "- Lưu: VT.KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Tiến Hùng"],
    ],
)
def test_foot_without_table(read: Any, lines: list[str]) -> None:
    report = read(head("UBND XÃ LẠC ĐẠO\nSố: 1/BC-UBND", "Lạc Đạo"), *TITLE, *lines)
    signer = report.header.signer
    assert report.header.copies_to == ("Bộ GDĐT", "Lưu: VT")
    assert signer is not None
    assert (signer.authority, signer.position, signer.name) == (
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Đỗ Tiến Hùng",
    )


def test_scanned_number_needs_review_until_confirmed(letter: Any) -> None:
    alone = letter("I. KẾT QUẢ", "Tốt.", ocr=True)
    assert {f.rule for f in alone.findings} >= {"number_uncertain", "date_uncertain"}
    named = letter("I. KẾT QUẢ", "Tốt.", ocr=True, name="68-BC-PGDDT 12.10.2021.pdf")
    assert not {f.rule for f in named.findings} & {"number_uncertain", "date_uncertain"}


def test_a_signer_whose_surname_is_luu_is_no_copy(read: Any) -> None:
    report = read(
        [["UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 68/BC-PGDĐT",
          "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"]],
        "^BÁO CÁO", "^Kết quả Tuần lễ hưởng ứng học tập suốt đời năm 2021", "1. Kết quả", "Tốt.",
        "Nơi nhận:\n- Sở GDĐT;\n- Lưu: VT.", "*KT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\nLưu Thị Hằng",
    )  # fmt: skip
    assert report.header.copies_to == ("Sở GDĐT", "Lưu: VT")
    assert report.header.signer.name == "Lưu Thị Hằng"


@pytest.mark.parametrize(
    ("said", "addressees"),
    [
        ("Phòng GDTX - Sở Giáo dục và Đào tạo Hưng Yên", ("Phòng GDTX - Sở Giáo dục và Đào tạo Hưng Yên",)),
        ("Sở GDĐT Hưng Yên - Phòng GDCN-GDTX", ("Sở GDĐT Hưng Yên - Phòng GDCN-GDTX",)),
        ("- Sở GDĐT - UBND huyện", ("Sở GDĐT", "UBND huyện")),
    ],
)  # fmt: skip
def test_a_department_and_its_agency_are_one_addressee(
    read: Any, said: str, addressees: tuple[str, ...]
) -> None:
    report = read(
        "^BÁO CÁO", "^Kết quả Tuần lễ hưởng ứng học tập suốt đời năm 2021", f"Kính gửi: {said}", "1. Kết quả", "Tốt.",
    )  # fmt: skip
    assert report.header.addressees == addressees


def test_a_signer_of_two_offices(read: Any) -> None:
    report = read(
        "^BÁO CÁO", "^Kết quả Tuần lễ hưởng ứng học tập suốt đời năm 2021", "1. Kết quả", "Tốt.",
        [["Nơi nhận:\n- Lưu: VT.",
          "TM. BAN CHỈ ĐẠO\nKT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nTRƯỞNG PHÒNG GDĐT\n\nNguyễn Văn An"]],
    )  # fmt: skip
    assert report.header.signer.position == "PHÓ TRƯỞNG BAN TRƯỞNG PHÒNG GDĐT"
    assert report.header.signer.name == "Nguyễn Văn An"


def test_a_department_in_brackets_is_no_addressee_of_its_own(read: Any) -> None:
    report = read(head("UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC & ĐÀO TẠO\nSố: 12/BC-PGDĐT", "Văn Lâm", "ngày mồng 5 tháng 10 năm 2021"),
                  *TITLE[:2], "Kính gửi: Sở Giáo dục và Đào tạo Hưng Yên (Phòng GDTrH - GDTX)", TITLE[2])  # fmt: skip
    assert report.header.addressees == ("Sở Giáo dục và Đào tạo Hưng Yên (Phòng GDTrH - GDTX)",)
    assert report.header.place == "Văn Lâm"
    assert report.header.issued_on == dt.date(2021, 10, 5)
    assert report.header.issuer == "Phòng Giáo dục & Đào tạo huyện Văn Lâm"


def test_initials_in_an_agencys_name_stay_capitals(read: Any) -> None:
    report = read(
        head("UBND HUYỆN VĂN LÂM\nBAN CHỈ ĐẠO TUẦN LỄ HTSĐ\nSố: 03/BC-BCĐ", "Văn Lâm"), *TITLE
    )
    assert report.header.issuer == "Ban Chỉ đạo Tuần lễ HTSĐ huyện Văn Lâm"
