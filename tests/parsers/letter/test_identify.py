"""What is a report of a campaign, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.report import Status

WEEK = "Tuần lễ hưởng ứng học tập suốt đời năm 2021"
ANNEX = [
    ["TT", "Các hoạt động", "Đơn vị", "Số lượng", "Người", "Ghi chú"],
    ["2", "Số tin bài về các hoạt động của Tuần lễ", "Tin bài", "35", "", ""],
    ["3", "Ấn phẩm thông tin (tờ rơi, áp phích, băng rôn, khẩu hiệu)", "Quyển", "12", "", ""],
    ["5", "Các cuộc thi khác", "Số cuộc", "2", "50", ""],
]


def head(symbol: str, subject: str = "") -> list[list[str]]:
    left = f"UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 7/{symbol}"
    right = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nVăn Lâm, ngày 12 tháng 10 năm 2021"
    return [[f"{left}\n{subject}" if subject else left, right]]


@pytest.mark.parametrize(
    "title",
    [
        f"Kết quả tổ chức {WEEK}",
        "Tổng kết Tuần lễ học tập suốt đời năm 2021",
        "Kết quả hưởng ứng Tuần lễ HTSĐ năm 2021",
        "KẾT QUẢ TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2021",
        "Kêt quả tô chức Tuân lễ hưởng ưng học tập suôt đời năm 2021",
    ],
)
def test_reports(read: Any, title: str) -> None:
    report = read(head("BC-PGDĐT"), "^BÁO CÁO", f"^{title}", "Thực hiện kế hoạch.", ANNEX)
    assert report.campaign == "llw-2021"
    assert report.header.title == title
    assert report.observations


@pytest.mark.parametrize(
    ("symbol", "subject", "name", "title"),
    [
        ("KH-PGDĐT", "", "KẾ HOẠCH", f"Tổ chức {WEEK}"),
        ("PGDĐT-GDTX", f"V/v hướng dẫn tổ chức {WEEK}", "", ""),
        ("PGDĐT-GDTX", f"V/v đề nghị báo cáo kết quả {WEEK}", "", ""),
        ("GM-PGDĐT", "", "GIẤY MỜI", f"Dự Lễ khai mạc {WEEK}"),
        ("BC-PGDĐT", "", "BÁO CÁO", "Kết quả phổ cập giáo dục năm 2021"),
    ],
)
def test_other_documents(read: Any, symbol: str, subject: str, name: str, title: str) -> None:
    parts = [f"^{name}", f"^{title}"] if name else ["Kính gửi: Các trường"]
    report = read(head(symbol, subject), *parts, "Thực hiện chỉ đạo của Sở.", ANNEX)
    assert report.campaign is None
    assert report.observations == ()
    assert report.error is not None
    assert report.error.code == "not_a_report"
    assert report.status is Status.PARTIAL
    assert report.header.number == f"7/{symbol}"


def test_letter_that_reports(read: Any) -> None:
    subject = f"V/v báo cáo kết quả {WEEK}"
    report = read(head("PGDĐT-GDTX", subject), "Kính gửi: Sở GDĐT", "Phòng báo cáo:", ANNEX)
    assert report.campaign == "llw-2021"
    assert report.header.document_type == "CV"


def test_annex_alone(read: Any) -> None:
    report = read(
        "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN VĂN LÂM", "BẢNG TỔNG HỢP KẾT QUẢ TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG",
        "HỌC TẬP SUỐT ĐỜI NĂM 2021", "(Kèm theo Báo cáo số 7/BC-PGDĐT ngày 12/10/2021)", ANNEX,
    )  # fmt: skip
    assert report.campaign == "llw-2021"
    assert report.annex is not None
    assert report.annex.number == "7/BC-PGDĐT"
    assert report.header.issuer_unit == "325"
    assert report.header.number is None


def test_year_without_form_and_override(read: Any) -> None:
    parts = (head("BC-PGDĐT"), "^BÁO CÁO", "^Kết quả Tuần lễ hưởng ứng học tập suốt đời năm 2031",
             "Thực hiện.", ANNEX)  # fmt: skip
    report = read(*parts)
    assert report.campaign is None
    assert report.error is not None
    assert report.error.code == "unknown_form"
    assert read(*parts, campaign="llw-2021").campaign == "llw-2021"
    assert read(*parts, campaign="llw-1900").error.code == "unknown_form"


def test_a_year_without_a_known_form_is_read_by_the_rows_of_another(read: Any) -> None:
    report = read(head("BC-PGDĐT"), "^BÁO CÁO", f"^Kết quả {WEEK[:-4]}2024", "Thực hiện.", ANNEX)
    same = read(head("BC-PGDĐT"), "^BÁO CÁO", f"^Kết quả {WEEK}", "Thực hiện.", ANNEX)
    assert report.campaign == "llw-2024"
    assert report.observations
    assert [o.key for o in report.observations] == [o.key for o in same.observations]


def test_next_year_is_data(read: Any) -> None:
    report = read(head("BC-PGDĐT"), "^BÁO CÁO", f"^Kết quả {WEEK[:-4]}2022", "Thực hiện.", ANNEX)
    assert report.campaign == "llw-2022"
    assert "date_uncertain" in {f.rule for f in report.findings}


@pytest.mark.parametrize(("year", "other"), [("2021", "2024"), ("2024", "2021")])
def test_a_row_of_another_year_is_none_of_this_years(read: Any, year: str, other: str) -> None:
    """Years that share their rows' words each keep their own year."""

    def counted(told: str) -> bool:
        row = ["2", f"Số tin bài về các hoạt động của Tuần lễ năm {told}", "Tin bài", "35", "", ""]
        week = f"^Kết quả {WEEK[:-4]}{year}"
        report = read(head("BC-PGDĐT"), "^BÁO CÁO", week, "Thực hiện.", [ANNEX[0], row, *ANNEX[2:]])
        return any(o.indicator == "news" and not o.needs_review for o in report.observations)

    assert counted(year)
    assert not counted(other)
