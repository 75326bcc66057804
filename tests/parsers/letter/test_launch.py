"""The opening ceremony in the words of many officers: when, where and how it was held."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

IN_PERSON, ONLINE, HYBRID = "in_person", "online", "hybrid"
MODES = [
    ("Lễ khai mạc được tổ chức tại Hội trường UBND huyện vào sáng ngày 01/10/2021.", IN_PERSON),
    ("Huyện khai mạc tại sân vận động trung tâm lúc 7 giờ ngày 02/10/2021.", IN_PERSON),
    ("Khai mạc Tuần lễ: sáng 01/10/2021, hội trường tầng 2 Huyện ủy.", IN_PERSON),
    ("Phát động tại Đình làng Đông Mai, ngày 01/10/2021.", IN_PERSON),
    ("Lễ phát động: ngày 01/10/2021; địa điểm: Nhà đa năng Trường THPT Trưng Vương.", IN_PERSON),
    ("Buổi khai mạc ngày 01/10/2021 ở trường Mầm non Hoa Sen, có 150 người dự.", IN_PERSON),
    ("Lễ khai mạc ngày 01/10/2021 tổ chức tập trung, bảo đảm giãn cách.", IN_PERSON),
    ("Ngày 01/10/2021, lễ khai mạc tổ chức tại Nhà văn hóa xã, được truyền hình trực tiếp trên Đài huyện.", IN_PERSON),
    ("Lễ khai mạc tại sân trường sáng 04/10/2021, phát động cuộc thi trực tuyến tìm hiểu sách.", IN_PERSON),
    ("Do không tổ chức trực tuyến được, lễ khai mạc ngày 01/10/2021 diễn ra tại hội trường xã.", IN_PERSON),
    ("Nhà trường khai mạc vào tiết chào cờ ngày 03/10/2021, trên sân trường.", IN_PERSON),
    ("Khai mạc ngày 01/10/2021 tại xưởng thực hành với 300 người dự.", IN_PERSON),
    ("Khai mạc 8 giờ ngày 01/10/2021 tại khu lưu niệm Nguyễn Văn Linh.", IN_PERSON),
    ("Lễ khai mạc diễn ra online qua Google Meet ngày 01/10/2021.", ONLINE),
    ("Ngày 01/10/2021 khai mạc qua Zoom với 21 điểm cầu.", ONLINE),
    ("Lễ phát động tổ chức qua hệ thống cầu truyền hình, ngày 01/10/2021.", ONLINE),
    ("Lễ khai mạc ngày 01/10/2021 dưới hình thức trực tuyến tại phòng họp UBND huyện.", ONLINE),
    ("Trường livestream lễ khai mạc trên Facebook lúc 8h ngày 01/10/2021.", ONLINE),
    ("Lễ khai mạc ngày 01/10/2021 vừa trực tiếp vừa trực tuyến.", HYBRID),
    ("Khai mạc bằng cả hai hình thức trực tiếp, trực tuyến ngày 01/10/2021.", HYBRID),
    ("Lễ phát động ngày 01/10/2021 trực tuyến kết hợp với trực tiếp.", HYBRID),
    ("Lễ khai mạc ngày 01/10/2021 tổ chức tại hội trường huyện và trực tuyến tới 14 xã.", HYBRID),
    ("Phát động trực tiếp tại sân trường đồng thời livestream trên fanpage ngày 04/10/2021.", HYBRID),
    ("Lễ khai mạc được tổ chức vào ngày 01/10/2021.", None),
    ("Đồng chí Phó Chủ tịch trực tiếp chỉ đạo lễ khai mạc ngày 01/10/2021.", None),
    ("Lễ khai mạc ngày 01/10/2021 trên địa bàn huyện Văn Lâm.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mode"), MODES)
def test_mode(letter: Any, text: str, mode: str | None) -> None:
    for parts in (["2. Lễ khai mạc Tuần lễ", text], [text]):
        report = letter("I. TỔ CHỨC TRIỂN KHAI", *parts)
        assert report.launch is not None
        assert report.launch.mode == mode
        assert not [f for f in report.findings if f.field == "launch.mode"]


DOUBTED = [
    ("Sáng 01/10/2021 các trường tổ chức lễ khai mạc tại sân trường.", IN_PERSON),
    ("Phòng GDĐT tham dự lễ khai mạc do Sở tổ chức trực tuyến ngày 01/10/2021.", ONLINE),
    ("Lễ khai mạc ngày 01/10/2021 tại sân trường, được phát trực tiếp trên fanpage.", HYBRID),
    ("Lễ khai mạc ngày 01/10/2021 tại hội trường huyện, có 12 điểm cầu tham dự.", ONLINE),
    (
        "Lễ khai mạc ngày 01/10/2021 tại hội trường UBND xã, kết nối trực tuyến tới 12 nhà văn hóa thôn.",
        HYBRID,
    ),
    ("Lễ khai mạc ngày 01/10/2021 tại khu đô thị phía bắc.", None),
    ("Lễ khai mạc ngày 01/10/2021 đồng loạt tại các xã, thị trấn.", None),
]


@pytest.mark.parametrize(("text", "mode"), DOUBTED)
def test_a_mode_that_is_not_plainly_told_is_shown(letter: Any, text: str, mode: str | None) -> None:
    report = letter("I. TỔ CHỨC TRIỂN KHAI", text)
    assert report.launch.mode == mode
    assert [f.field for f in report.findings if f.field == "launch.mode"] == ["launch.mode"]
    marks = [one.needs_review for one in report.located if one.field == "launch.mode"]
    assert marks == ([True] if mode else [])


def test_two_sentences_tell_of_two_ways(letter: Any) -> None:
    report = letter("Lễ khai mạc ngày 01/10/2021 tổ chức trực tiếp tại hội trường huyện. "
                    "Buổi lễ được kết nối trực tuyến tới 14 điểm cầu.")  # fmt: skip
    assert (report.launch.mode, report.launch.venues) == (HYBRID, 14)
    assert "launch.mode" in [f.field for f in report.findings]


TIMES = [
    ("lúc 7h30 ngày 01/10/2021", "07:30"), ("hồi 08 giờ 00 phút, ngày 01/10/2021", "08:00"),
    ("từ 7 giờ 30 đến 9 giờ ngày 01/10/2021", "07:30"), ("hồi 8 giờ kém 15 phút, ngày 01/10/2021", "07:45"), ("vào 7 giờ rưỡi ngày 01/10/2021", "07:30"),
    ("lúc 8h:15 ngày 01/10/2021", "08:15"), ("lúc 14g00 ngày 01/10/2021", "14:00"),
    ("2 giờ chiều ngày 01/10/2021", "14:00"), ("chiều 01/10/2021, lúc 2h30", "14:30"),
    ("lúc 7h tới 11 xã, ngày 01/10/2021", "07:00"), ("tối 01/10/2021, lúc 19h45'", "19:45"),
    ("ngày 01/10/2021, kéo dài 2 giờ", None), ("lúc 8 giờ 5 phút ngày 01/10/2021", "08:05"),
    ("sáng mùng 1 tháng 10 năm 2021, 07h00'", "07:00"), ("(8:00, ngày 1.10.2021)", "08:00"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "time"), TIMES)
def test_time_and_day(letter: Any, text: str, time: str | None) -> None:
    launch = letter("I. TỔ CHỨC TRIỂN KHAI", f"Lễ khai mạc được tổ chức {text}.").launch
    assert (launch.held_on, launch.time) == (dt.date(2021, 10, 1), time)


PLACES = [
    ("với điểm cầu chính tại UBND huyện và 17 điểm cầu", 17), ("với mười bốn điểm cầu", 14),
    ("tới hai mươi lăm điểm cầu xã", 25), ("tới 21/21 điểm cầu", 21), ("Số điểm cầu: 9", 9),
    ("với 12 (mười hai) điểm cầu", 12), ("tới 8 đầu cầu", 8), ("tới 30 lớp", None),
    ("nối với 6 lớp ở các xã", 6), ("có nội dung gửi tới 30 lớp", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "venues"), PLACES)
def test_connected_places(letter: Any, text: str, venues: int | None) -> None:
    launch = letter(f"Lễ khai mạc trực tuyến ngày 01/10/2021 {text}.").launch
    assert launch.venues == venues


PLATFORMS = [
    ("qua phần mềm Zoom Cloud Meetings", "Zoom Cloud Meetings"), ("trên MS Teams", "MS Teams"),
    ("trực tuyến qua nền tảng Trans", "Trans"), ("bằng VNPT Meeting", "VNPT Meeting"),
    ("trực tuyến, do VNPT Hưng Yên tài trợ đường truyền", None), ("trực tuyến trên Facebook", "Facebook"),
    ("tại hội trường; tuyên truyền trên Zalo, Facebook", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "platform"), PLATFORMS)
def test_platform(letter: Any, text: str, platform: str | None) -> None:
    assert letter(f"Lễ khai mạc ngày 01/10/2021 {text}.").launch.platform == platform


def test_labels_under_a_line_of_their_own(letter: Any) -> None:
    launch = letter("I. NỘI DUNG", "Lễ khai mạc cấp huyện:", "- Thời gian: 7h30, ngày 02/10/2021.",
                    "- Địa điểm: Nhà thi đấu huyện.", "- Thành phần: 300 đại biểu.").launch  # fmt: skip
    assert (launch.held_on, launch.time, launch.mode) == (dt.date(2021, 10, 2), "07:30", IN_PERSON)


def test_own_ceremony_before_those_of_schools_and_before_its_plan(letter: Any) -> None:
    launch = letter("Ngày 20/9/2021 Phòng ban hành Kế hoạch tổ chức lễ khai mạc. 100% các trường tổ chức lễ khai mạc trực "
                    "tuyến ngày 04/10/2021. Lễ khai mạc cấp huyện ngày 02/10/2021 tại Quảng trường huyện.").launch  # fmt: skip
    assert (launch.held_on, launch.mode) == (dt.date(2021, 10, 2), IN_PERSON)


@pytest.mark.parametrize("text", ["Ngày 05/10/2021, Đoàn trường phát động phong trào quyên góp sách.",
                                  "Ngày 05/10/2021, huyện phát động cuộc thi viết trực tuyến trên Zoom."])  # fmt: skip
def test_a_drive_is_no_ceremony(letter: Any, text: str) -> None:
    assert letter("1. Các hoạt động trong Tuần lễ", text).launch is None


def test_a_ceremony_that_was_not_understood_is_told(letter: Any) -> None:
    report = letter("I. NỘI DUNG", "Ngày 01/10/2021, nhân dân nô nức tới dự buổi lễ mừng khai mạc.")
    assert report.launch is not None or "launch" in [f.field for f in report.findings]


def test_a_ceremony_without_a_day_is_told(letter: Any) -> None:
    report = letter("2. Lễ khai mạc", "Lễ khai mạc tổ chức trực tuyến qua Zoom tới 11 điểm cầu.")
    assert report.launch.held_on is None
    assert [f.field for f in report.findings if (f.field or "").startswith("launch")] == [
        "launch.held_on"
    ]
    nothing = letter("2. Lễ khai mạc", "Buổi lễ trang trọng, tiết kiệm.")
    assert nothing.launch is None
    assert [f.field for f in nothing.findings if f.field == "launch"] == ["launch"]


def test_a_ceremony_behind_its_label_and_between_dots(letter: Any) -> None:
    labelled = letter(
        "1. Kết quả",
        "Khai mạc. Ngày 30/9/2021, huyện khai mạc sớm một ngày tại Nhà thi đấu thị trấn.",
    )
    assert labelled.launch.mode == "in_person"
    form = letter(
        "*A. Thông tin",
        "3. Ngày khai mạc: ……02/10/2021…… Giờ: ……7 giờ 15 phút…… Địa điểm: ……Sân trường……",
    )
    assert (form.launch.held_on.isoformat(), form.launch.time, form.launch.mode) == (
        "2021-10-02", "07:15", "in_person",
    )  # fmt: skip


def test_what_a_bracket_says_of_another_year_is_not_this_years(letter: Any) -> None:
    report = letter("Năm 2021 huyện tổ chức khai mạc trực tuyến lúc 8h00 ngày 01/10/2021 với 15 điểm "
                    "cầu xã, thị trấn (năm 2020 khai mạc trực tiếp ngày 02/10/2020).")  # fmt: skip
    assert (report.launch.mode, report.launch.held_on) == (ONLINE, dt.date(2021, 10, 1))


def test_a_place_under_the_heading_is_the_ceremonys_own_and_not_the_schools(letter: Any) -> None:
    report = letter("2. Khai mạc", "- 8h00 ngày 02/10/2021 tại Trung tâm Văn hóa xã.",
                    "- Sau lễ của xã, 9 nhà trường lần lượt làm lễ hưởng ứng.")  # fmt: skip
    assert report.launch.mode == IN_PERSON


def test_a_place_named_in_a_list_behind_a_label(letter: Any) -> None:
    report = letter("I. CÔNG TÁC TỔ CHỨC",
                    "1- Khai mạc: 9h00 ngày 01/10/2021, Trường Tiểu học Như Quỳnh; chủ đề: “Học”.")  # fmt: skip
    assert report.launch.mode == IN_PERSON


def test_a_platform_named_in_another_sentence_of_the_part_is_taken_and_told(letter: Any) -> None:
    report = letter("II. LỄ PHÁT ĐỘNG",
                    "Do phải giãn cách, huyện chọn cách họp qua phần mềm Zoom. Đúng 7 giờ 30 phút ngày "
                    "02/10/2021, đồng chí Phó Chủ tịch phát lệnh khai mạc tại điểm cầu trung tâm; 21 điểm cầu còn lại ở xã.")  # fmt: skip
    assert (report.launch.platform, report.launch.mode) == ("Zoom", ONLINE)
    assert "launch.platform" in [f.field for f in report.findings]


def test_an_hour_that_is_not_understood_is_told(letter: Any) -> None:
    report = letter("II. LỄ KHAI MẠC", "Lễ khai mạc ngày 02/10/2021 vào 25 giờ tại hội trường xã.")
    assert report.launch.time is None
    assert "launch.time" in [f.field for f in report.findings]


def test_the_weeks_own_name_is_no_ceremony(letter: Any) -> None:
    report = letter("Tuần lễ hưởng ứng học tập suốt đời diễn ra vào tháng 10 trên địa bàn huyện.")
    assert report.launch is None
    assert not [f for f in report.findings if (f.field or "").startswith("launch")]


def test_a_ceremony_that_was_also_broadcast_was_held_where_people_met(letter: Any) -> None:
    report = letter("Lễ khai mạc ngày 01/10/2021 tại Trường TH Nguyễn Huệ. Buổi lễ được phát trực tiếp "
                    "trên trang Facebook của Thành đoàn.")  # fmt: skip
    assert (report.launch.mode, report.launch.platform) == (IN_PERSON, None)
    assert "launch.mode" in [f.field for f in report.findings]
