"""Text under no heading of a field: placed by its first words and told, or told as not taken."""

from __future__ import annotations

from typing import Any


def told(report: Any) -> dict[str, str]:
    return {one.field: one.text for one in report.narrative}


def shown(report: Any) -> list[str]:
    return [f.value for f in report.findings if f.field == "narrative"]


PROSE = [
    "Thực hiện Kế hoạch số 143/KH-UBND ngày 21/9/2021, Phòng GDĐT báo cáo như sau:",
    "Một là, về công tác chỉ đạo: Phòng đã hướng dẫn các trường.",
    "Hai là, về lễ khai mạc: Huyện khai mạc trực tuyến.",
    "Ba là, về các lớp học: Các xã mở lớp buổi tối.",
    "Đánh giá chung, Tuần lễ đạt yêu cầu đề ra.",
    "Khó khăn hiện nay là thiếu thiết bị.",
    "Kiến nghị Sở GDĐT cấp thêm máy tính.",
]


def test_a_letter_without_headings(letter: Any) -> None:
    report = letter(*PROSE)
    assert told(report) == dict(
        zip(
            ("direction", "launch", "activities", "results", "difficulties", "recommendations"),
            PROSE[1:],
            strict=True,
        )
    )
    assert len(shown(report)) == 6


def test_an_unknown_heading_is_told_and_its_text_not_taken(letter: Any) -> None:
    report = letter(
        "*1. Công tác chỉ đạo", "D.", "*2. Câu chuyện làng nghề", "Làng Nôm đúc đồng.", "*3. Kiến nghị", "P."
    )  # fmt: skip
    assert told(report) == {"direction": "D.", "recommendations": "P."}
    assert shown(report) == ["2. Câu chuyện làng nghề"]


def test_plans_and_figures_are_no_field(letter: Any) -> None:
    report = letter(
        "*I. KẾT QUẢ ĐẠT ĐƯỢC", "R.", "*1. Số liệu", "Xem bảng.", "*II. PHƯƠNG HƯỚNG NĂM 2022", "Mở 40 lớp.",
        "*III. HOẠT ĐỘNG TIẾP THEO", "Mở thêm 12 lớp.", "*IV. KIẾN NGHỊ", "P.",
    )  # fmt: skip
    assert told(report) == {"results": "R.", "recommendations": "P."}
    assert shown(report) == []


def test_the_ceremony_under_the_heading_of_the_direction(letter: Any) -> None:
    ceremony = "Lễ khai mạc tổ chức lúc 8h00 ngày 01/10/2021 tại Trường THCS Đình Dù."
    report = letter("I. Tình hình triển khai", "Mỗi thôn cử một đầu mối.", ceremony)
    assert told(report) == {"direction": "Mỗi thôn cử một đầu mối.", "launch": ceremony}
    assert len(shown(report)) == 1
    joined = letter("1. Chỉ đạo và khai mạc", "Mỗi thôn cử một đầu mối.", ceremony)
    assert told(joined) == told(report)
    assert shown(joined) == []


def test_lines_of_a_form_to_fill_in_are_no_text(letter: Any) -> None:
    report = letter(
        "II. Kết quả", "1. Các lớp bồi dưỡng, tập huấn:",
        "a) Lớp khoa học, pháp luật: ...... 9 ...... lớp; số người: ...... 402 ...... người.",
        "III. Mặt làm được", "Các thôn đều có hoạt động.",
    )  # fmt: skip
    assert told(report) == {"results": "Các thôn đều có hoạt động."}


def test_a_label_in_plain_letters_is_part_of_its_sentence(letter: Any) -> None:
    report = letter(
        "III. NHẬN XÉT",
        "a) Mặt được: Dân vui.",
        "b) Mặt chưa được: Sách ít.",
        "c) Kiến nghị: Cấp sách.",
    )
    assert told(report) == {
        "results": "a) Mặt được: Dân vui.",
        "difficulties": "b) Mặt chưa được: Sách ít.",
        "recommendations": "c) Kiến nghị: Cấp sách.",
    }
    assert shown(report) == []


def test_an_evaluation_that_also_tells_what_is_wanting_and_asked(letter: Any) -> None:
    report = letter(
        "*III. ĐÁNH GIÁ, ĐỀ XUẤT", "Nhìn lại, Tuần lễ được đón nhận.", "Tuy nhiên, 4 xã chưa có phòng đọc.",
        "Phòng đề nghị Sở mở lớp tập huấn.",
    )  # fmt: skip
    assert told(report) == {
        "results": "Nhìn lại, Tuần lễ được đón nhận.",
        "difficulties": "Tuy nhiên, 4 xã chưa có phòng đọc.",
        "recommendations": "Phòng đề nghị Sở mở lớp tập huấn.",
    }


def test_what_was_done_under_results_that_are_weighed_further_on(letter: Any) -> None:
    report = letter(
        "*II. Kết quả", "Chiều 02/10/2021, huyện mở Lễ phát động ở Nhà văn hóa.", "Các tổ dạy người già cài ứng dụng.",
        "Kinh phí: 12 triệu đồng.", "*III. Nhận xét chung", "Nhìn chung các hoạt động sát dân.",
        "Hạn chế là cán bộ còn bỡ ngỡ.",
    )  # fmt: skip
    assert told(report) == {
        "launch": "Chiều 02/10/2021, huyện mở Lễ phát động ở Nhà văn hóa.",
        "activities": "Các tổ dạy người già cài ứng dụng.",
        "budget": "Kinh phí: 12 triệu đồng.",
        "results": "Nhìn chung các hoạt động sát dân.",
        "difficulties": "Hạn chế là cán bộ còn bỡ ngỡ.",
    }
    assert shown(report)


def test_what_a_letter_says_of_its_sender_is_placed_or_told(letter: Any) -> None:
    report = letter(
        "*1) Khái quát", "Trung tâm đã xây dựng kế hoạch 7 ngày và niêm yết tại bảng tin.", "*2) Kiến nghị", "P."
    )  # fmt: skip
    assert told(report)["direction"].startswith("Trung tâm đã xây dựng")
    assert len(shown(report)) == 1
