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


def test_a_heading_in_other_words_is_placed_between_its_neighbours_and_told(letter: Any) -> None:
    report = letter(
        "*1. Hậu trường", "Mỗi tổ cử một em giúp việc.", "*2. Lễ khai mạc", "C.", "*3. Các hoạt động", "A.",
        "*4. Kết quả", "R.", "*5. Chuyện chưa vui", "Phòng máy cũ.", "*6. Kiến nghị", "P.",
    )  # fmt: skip
    assert told(report)["direction"] == "Mỗi tổ cử một em giúp việc."
    assert told(report)["difficulties"] == "Phòng máy cũ."
    assert shown(report) == ["1. Hậu trường", "5. Chuyện chưa vui"]


def test_what_stands_last_is_no_request_unless_it_asks(letter: Any) -> None:
    parts = ["*1. Kết quả", "R.", "*2. Khó khăn", "D.", "*3. Thay lời kết"]
    assert "recommendations" not in told(letter(*parts, "Cán bộ tổng hợp là cô Lan."))
    assert told(letter(*parts, "Sở sớm có biểu mẫu."))["recommendations"] == "Sở sớm có biểu mẫu."


def test_numbered_parts_of_a_letter(letter: Any) -> None:
    report = letter(
        "*Mục 1. Tổ chức thực hiện", "D.", "*Mục 2. Đánh giá", "R.", "*Mục 3. Khó khăn", "K."
    )
    assert told(report) == {"direction": "D.", "results": "R.", "difficulties": "K."}


def test_an_evaluation_that_names_nothing_ends_in_wants_and_requests(letter: Any) -> None:
    report = letter(
        "*1. Các hoạt động", "A.", "*2. Đánh giá", "Trường THPT Văn Lâm chuẩn bị chu đáo.",
        "Trường giới thiệu 40 cuốn sách.", "Ba thôn chưa có đường truyền.", "Trang bị thêm 10 bộ máy tính.",
    )  # fmt: skip
    assert told(report) == {
        "activities": "A.",
        "results": "Trường THPT Văn Lâm chuẩn bị chu đáo.\nTrường giới thiệu 40 cuốn sách.",
        "difficulties": "Ba thôn chưa có đường truyền.",
        "recommendations": "Trang bị thêm 10 bộ máy tính.",
    }
    assert len(shown(report)) == 2


def test_what_was_done_is_told_apart_from_what_came_of_it(letter: Any) -> None:
    report = letter(
        "*1. Chỉ đạo", "D.", "*2. Kết quả", "Các trường quyên góp 3.150 quyển sách.", "Có 64 tin bài.",
        "Tuần lễ góp phần nâng cao nhận thức.", "*3. Tồn tại", "K.",
    )  # fmt: skip
    assert told(report)["activities"] == "Các trường quyên góp 3.150 quyển sách.\nCó 64 tin bài."
    assert told(report)["results"] == "Tuần lễ góp phần nâng cao nhận thức."


def test_a_ceremony_is_known_by_its_day_under_any_heading(letter: Any) -> None:
    ceremony = "7h00 thứ Hai ngày 04/10/2021, trường phát động trực tuyến tới 30 lớp."
    report = letter("*1. Chuẩn bị", "Ban giám hiệu ra kế hoạch.", "*2. Kết quả", "R.", ceremony)
    assert told(report)["launch"] == ceremony
    drive = "Ngày 04/10/2021, 12 trường khai mạc và phát động phong trào tặng sách."
    assert "launch" not in told(letter("*1. Chuẩn bị", "K.", "*2. Kết quả", "R.", drive))


def test_names_of_tables_and_pointers_to_them_are_no_text(letter: Any) -> None:
    report = letter(
        "*1. Kết quả", "Bảng 1. Học tập, tuyên truyền", "Phong trào lan rộng.", "*2. Đề nghị", "Cấp sách.",
        "(Bảng số liệu ở trang sau)", "Phòng GDĐT xin báo cáo đồng chí Giám đốc./.",
    )  # fmt: skip
    assert told(report) == {"results": "Phong trào lan rộng.", "recommendations": "Cấp sách."}


def test_a_part_that_is_missing_though_its_words_occur_is_told(letter: Any) -> None:
    def fields(*parts: str) -> list[str]:
        found = letter(*parts).findings
        return [f.field for f in found if (f.field or "").startswith("narrative.")]

    assert fields(
        "*1. Chỉ đạo", "D.", "*2. Kết quả", "Trung tâm mở nhiều lớp ngắn ngày.", "*3. Khó khăn", "K.",
        "*4. Kiến nghị", "P.",
    ) == ["narrative.activities"]  # fmt: skip
    assert fields(
        "*1. Chỉ đạo", "D.", "*2. Các hoạt động", "Hai xã phải hoãn vì mưa lớn.", "*3. Kết quả", "R.", "*4. Kiến nghị", "P.",
    ) == ["narrative.difficulties"]  # fmt: skip
    assert fields("*1. Chỉ đạo", "D.", "*2. Các hoạt động", "A.", "*3. Kết quả", "R.") == []


def test_what_helps_or_hinders_the_sender_is_no_result_and_no_difficulty(letter: Any) -> None:
    report = letter(
        "*A. ĐẶC ĐIỂM TÌNH HÌNH", "*1. Thuận lợi", "Trường đủ máy tính.", "*2. Khó khăn", "Học sinh ở xa.",
        "*B. KẾT QUẢ", "R.", "*C. HẠN CHẾ", "Ít sách mới.",
    )  # fmt: skip
    assert told(report) == {"results": "R.", "difficulties": "Ít sách mới."}
    assert "2. Khó khăn" in shown(report)


def test_the_title_of_a_part_on_a_line_of_its_own(letter: Any) -> None:
    report = letter(
        "*Phần thứ nhất", "*CHỈ ĐẠO", "D.", "*Phần thứ hai", "*KẾT QUẢ", "*I. Việc nổi trội", "R.", "*II. Hạn chế", "K.",
    )  # fmt: skip
    assert told(report)["results"].endswith("R.")
    assert told(report)["difficulties"] == "K."


def test_wants_and_requests_behind_words_that_lead_to_them(letter: Any) -> None:
    report = letter(
        "Phòng đã chỉ đạo các trường.", "Trong Tuần lễ, các xã đã mở lớp.", "Qua Tuần lễ, nhân dân ham học hơn.",
        "Bên cạnh đó, một số xã thiếu báo cáo viên.", "Trong thời gian tới, kính mong Sở hỗ trợ tài liệu.",
    )  # fmt: skip
    assert told(report)["difficulties"] == "Bên cạnh đó, một số xã thiếu báo cáo viên."
    assert told(report)["recommendations"].startswith("Trong thời gian tới")


def test_parts_headed_by_their_matter_are_what_was_done(letter: Any) -> None:
    report = letter(
        "*I. CHỈ ĐẠO", "D.", "*II. CÔNG TÁC TUYÊN TRUYỀN", "Treo băng rôn.", "*III. PHONG TRÀO ĐỌC SÁCH", "Tặng sách.",
        "*IV. KHEN THƯỞNG", "Khen các xã Lạc Đạo, Đình Dù.", "*V. ĐÁNH GIÁ", "Đạt kết quả tốt.", "*VI. ĐỀ XUẤT", "P.",
    )  # fmt: skip
    assert told(report)["activities"] == "Treo băng rôn.\nTặng sách."
    assert told(report)["results"] == "Khen các xã Lạc Đạo, Đình Dù.\nĐạt kết quả tốt."
    assert len(shown(report)) == 2


def test_what_followed_the_ceremony_is_no_part_of_it(letter: Any) -> None:
    report = letter(
        "*2. Ngày khai mạc", "Ngày 01/10/2021.", "*3. Các hoạt động sau khai mạc", "Mở lớp."
    )
    assert told(report) == {"launch": "Ngày 01/10/2021.", "activities": "Mở lớp."}


def test_causes_go_on_with_what_was_wanting(letter: Any) -> None:
    report = letter(
        "*a) Khuyết điểm", "Ít tin bài.", "*b) Nguyên nhân", "Cán bộ mới.", "*c) Kiến nghị", "P."
    )
    assert told(report)["difficulties"] == "Ít tin bài.\nCán bộ mới."


def test_sub_headings_are_no_text_and_items_are(letter: Any) -> None:
    report = letter(
        "*3. Các hoạt động", "*Công tác tuyên truyền", "Treo băng rôn.", "*Khuyến đọc", "Tặng sách.",
        "*4. Kết quả", "4.1. Nhận thức", "Được nâng lên.", "4.2. Mở thêm lớp cho công nhân", "4.3. Tặng sách",
    )  # fmt: skip
    assert told(report)["activities"] == "Treo băng rôn.\nTặng sách."
    assert (
        told(report)["results"] == "Được nâng lên.\n4.2. Mở thêm lớp cho công nhân\n4.3. Tặng sách"
    )


def test_a_heading_that_only_looks_like_the_budgets_is_not_the_budgets(letter: Any) -> None:
    report = letter(
        "*A. TÌNH HÌNH THỰC HIỆN", "*I. Công tác chỉ đạo", "D.", "*II. Công tác tuyên truyền", "Treo băng rôn.",
        "*III. Kinh phí", "Chi 20 triệu đồng.",
    )  # fmt: skip
    assert told(report) == {
        "direction": "D.",
        "activities": "Treo băng rôn.",
        "budget": "Chi 20 triệu đồng.",
    }


def test_a_numbered_part_run_in_goes_on_below(letter: Any) -> None:
    report = letter(
        "**III. Các hoạt động:** Xã mở 17 lớp.", "Tuyên truyền: có 33 tin bài.", "Các thôn tặng sách.", "**IV. Kinh phí:** K."
    )  # fmt: skip
    assert (
        told(report)["activities"]
        == "Xã mở 17 lớp.\nTuyên truyền: có 33 tin bài.\nCác thôn tặng sách."
    )


def test_words_that_lead_to_a_table_are_the_parts_own(letter: Any) -> None:
    report = letter(
        "*3. Các hoạt động", "Mở lớp.", "Số liệu tổng hợp như sau:", "*4. Kết quả", "R."
    )
    assert told(report)["activities"] == "Mở lớp.\nSố liệu tổng hợp như sau:"


def test_deeds_told_under_a_heading_of_figures_are_said_to_be_there(letter: Any) -> None:
    report = letter(
        "*I. CHỈ ĐẠO", "D.", "*II. SỐ LIỆU THỰC HIỆN", "1. Bồi dưỡng, tập huấn: 5 lớp.",
        "*III. KIẾN NGHỊ", "P.",
    )  # fmt: skip
    assert told(report) == {"direction": "D.", "recommendations": "P."}
    assert "narrative.activities" in [f.field for f in report.findings]
