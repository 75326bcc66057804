"""What the body says: citations, ceremony, theme, praised units, the seven fields."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schemas.report_json import from_json, to_json


def told(report: Any) -> dict[str, str]:
    return {one.field: one.text for one in report.narrative}


def test_references(letter: Any) -> None:
    report = letter(
        "Căn cứ Công văn số 1987/SGDĐT – GDCN – TX ngày 05 tháng 9 năm 2021 của Sở Giáo dục và Đào tạo "
        "Hưng Yên về việc tổ chức Tuần lễ; Kế hoạch số 121/KH-UBND của UBND huyện Văn Lâm ngày 20/9/2021; "
        "Hướng dẫn số 36-HD/VPTW ngày 03/4/2018 của Văn phòng Trung ương Đảng; Nghị định số 30/2020/NĐ-CP "
        "ngày 05/3/2020 của Chính phủ; Công văn 3764/BGDĐT-GDTX.",
        "Ngày 22/9/2021, Phòng GDĐT đã ban hành Công văn số 300/PGDĐT-GDTX hướng dẫn các trường.",
        "Quyết định số 89/QĐ-TTg ngày 09/01/2013 của Thủ tướng Chính phủ phê duyệt Đề án. Có 9/14 lớp, 12 lớp/900 người.",
    )
    found = {r.number: r for r in report.references}
    assert list(found) == [
        "1987/SGDĐT-GDCN-TX", "121/KH-UBND", "36-HD/VPTW", "30/2020/NĐ-CP", "3764/BGDĐT-GDTX",
        "300/PGDĐT-GDTX", "89/QĐ-TTg",
    ]  # fmt: skip
    assert found["1987/SGDĐT-GDCN-TX"].issued_on == dt.date(2021, 9, 5)
    assert found["1987/SGDĐT-GDCN-TX"].issuer == "Sở Giáo dục và Đào tạo Hưng Yên"
    assert found["1987/SGDĐT-GDCN-TX"].document_type == "CV"
    assert found["121/KH-UBND"].issued_on == dt.date(2021, 9, 20)
    assert found["121/KH-UBND"].issuer == "UBND huyện Văn Lâm"
    assert found["36-HD/VPTW"].document_type == "HD"
    assert found["30/2020/NĐ-CP"].issuer == "Chính phủ"
    assert found["3764/BGDĐT-GDTX"].issued_on is None
    assert found["300/PGDĐT-GDTX"].issued_on == dt.date(2021, 9, 22)
    assert found["300/PGDĐT-GDTX"].issuer == "Phòng GDĐT"
    assert found["89/QĐ-TTg"].issuer == "Thủ tướng Chính phủ"


LAUNCHES = [
    ("Huyện đã tổ chức Lễ khai mạc Tuần lễ vào hồi 7h30' ngày 02/10/2021 theo hình thức trực tiếp kết hợp trực tuyến "
     "qua Zoom Meeting tới 11 điểm cầu.", dt.date(2021, 10, 2), "07:30", "hybrid", "Zoom Meeting", 11),
    ("Lễ phát động được tổ chức lúc 8 giờ 30 phút ngày 01 tháng 10 năm 2021 bằng hình thức trực tuyến trên Google Meet, "
     "tại điểm cầu chính UBND huyện và mười điểm cầu các xã.", dt.date(2021, 10, 1), "08:30", "online", "Google Meet", 10),
    ("Ngày 04/10/2021, Phòng GDĐT tổ chức Lễ khai mạc Tuần lễ theo hình thức trực tiếp tại Trường THCS Như Quỳnh.",
     dt.date(2021, 10, 4), None, "in_person", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "time", "mode", "platform", "venues"), LAUNCHES)
def test_launch(
    letter: Any,
    text: str,
    day: dt.date,
    time: str | None,
    mode: str,
    platform: str | None,
    venues: int | None,
) -> None:
    for heading in (["2. Lễ khai mạc Tuần lễ"], []):
        launch = letter("I. TỔ CHỨC TRIỂN KHAI", *heading, text).launch
        assert launch is not None
        assert (launch.held_on, launch.time, launch.mode) == (day, time, mode)
        assert (launch.platform, launch.venues) == (platform, venues)


def test_no_launch_is_none(letter: Any) -> None:
    report = letter(
        "Từ ngày 01/10/2021 đến ngày 07/10/2021 các trường treo băng rôn, họp trực tuyến qua Zoom."
    )
    assert report.launch is None


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức Tuần lễ với chủ đề “Học để phát triển bản thân”.",
        'Chủ đề "Học để phát triển bản thân";',
        "- Chủ đề của Tuần lễ năm 2021: «Học để phát triển bản thân».",
        "Chủ đề: Học để phát triển bản thân.",
        "Chủ đề Tuần lễ là ‘Học để phát triển bản thân’",
        "Với thông điệp “Học để phát triển bản thân”, các trường đã tuyên truyền.",
        "Khẩu hiệu hành động là “Học để phát triển bản thân”.",
        "Các hoạt động đúng tinh thần “Học để phát triển bản thân”.",
    ],
)
def test_theme(letter: Any, text: str) -> None:
    assert letter("I. NỘI DUNG", text).theme == "Học để phát triển bản thân"


def test_commended_groups(letter: Any) -> None:
    report = letter(
        "II. ĐÁNH GIÁ", "1. Kết quả đạt được",
        "Một số đơn vị tiêu biểu như: Huyện Văn Lâm, Yên Mỹ, TP Hưng Yên và thị xã Mỹ Hào; Trường THPT: Chuyên Hưng Yên, "
        "Hưng Yên; Trung tâm GDNN-GDTX: Ân Thi, Phù Cừ; các xã: Lạc Đạo, Tân Quang; TTHTCĐ xã Đình Dù; Trường Tiểu học Như Quỳnh A.",
    )  # fmt: skip
    assert [(c.name, c.kind.value) for c in report.commended] == [
        ("Văn Lâm", "district"), ("Yên Mỹ", "district"), ("Hưng Yên", "district"), ("Mỹ Hào", "district"),
        ("Chuyên Hưng Yên", "high_school"), ("Hưng Yên", "high_school"),
        ("Ân Thi", "vocational_continuing_centre"), ("Phù Cừ", "vocational_continuing_centre"),
        ("Lạc Đạo", "commune"), ("Tân Quang", "commune"), ("Đình Dù", "community_learning_centre"),
        ("Tiểu học Như Quỳnh A", "school"),
    ]  # fmt: skip
    assert [c.unit for c in report.commended[:4]] == ["325", "327", "323", "328"]
    assert all(c.unit is None for c in report.commended[4:8])


def test_commended_one_a_line(letter: Any) -> None:
    report = letter("1. Kết quả đạt được", "Các đơn vị thực hiện tốt, đề nghị biểu dương:",
                    "- Xã Lạc Đạo;", "- Trường THCS Tân Quang;", "- TTHTCĐ xã Trưng Trắc.", "2. Khó khăn", "Thiếu kinh phí.")  # fmt: skip
    assert [(c.name, c.kind.value) for c in report.commended] == [
        ("Lạc Đạo", "commune"), ("THCS Tân Quang", "school"), ("Trưng Trắc", "community_learning_centre"),
    ]  # fmt: skip


def test_participants_are_not_commended(letter: Any) -> None:
    report = letter("2. Lễ khai mạc", "Thành phần tham dự tích cực gồm: Trường THPT Văn Lâm, Trường THPT Hưng Yên.",
                    "3. Khó khăn", "Một số đơn vị chưa thực hiện tốt như: huyện Văn Lâm, Yên Mỹ.")  # fmt: skip
    assert report.commended == ()


OUTLINES: dict[str, list[str]] = {
    "roman and arabic": [
        "I. TỔ CHỨC TRIỂN KHAI", "1. Công tác chỉ đạo", "D.", "2. Lễ khai mạc Tuần lễ", "L.", "3. Các hoạt động trong Tuần lễ",
        "A.", "4. Kinh phí thực hiện", "B.", "II. ĐÁNH GIÁ CHUNG", "1. Kết quả đạt được", "R.", "2. Khó khăn, vướng mắc", "K.",
        "3. Đề xuất, kiến nghị", "P."],
    "automatic labels": [
        "*I.|CÔNG TÁC CHỈ ĐẠO", "D.", "*II.|TỔ CHỨC LỄ PHÁT ĐỘNG", "L.", "*III.|NỘI DUNG HOẠT ĐỘNG", "A.", "*IV.|KINH PHÍ", "B.",
        "*V.|KẾT QUẢ THỰC HIỆN", "R.", "*VI.|TỒN TẠI, HẠN CHẾ", "K.", "*VII.|KIẾN NGHỊ", "P."],
    "parts": [
        "Phần thứ nhất: CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", "D.", "Phần thứ hai: CÁC HOẠT ĐỘNG ĐÃ TRIỂN KHAI", "1. Lễ khai mạc", "L.",
        "2. Nội dung các hoạt động", "A.", "3. Nguồn kinh phí", "B.", "Phần thứ ba: ĐÁNH GIÁ", "1. Ưu điểm", "R.", "2. Hạn chế", "K.",
        "3. Đề nghị", "P."],
    "letters and run in": [
        "A. CÔNG TÁC CHỈ ĐẠO", "D.", "B. LỄ PHÁT ĐỘNG", "L.", "C. HOẠT ĐỘNG HƯỞNG ỨNG", "A.", "**Kinh phí:** B.", "D. ĐÁNH GIÁ",
        "**1. Kết quả đạt được:** R.", "**2. Khó khăn.** K.", "**Thứ ba, về kiến nghị:** P."],
    "bold lines, no numbers": [
        "*Công tác chỉ đạo", "D.", "*Lễ khai mạc Tuần lễ", "L.", "*Các hoạt động hưởng ứng", "A.", "*Kinh phí", "B.",
        "*Kết quả đạt được", "R.", "*Khó khăn, hạn chế", "K.", "*Đề xuất, kiến nghị", "P."],
    "duplicate numbers": [
        "1. Công tác lãnh đạo, chỉ đạo", "D.", "1. Lễ khai mạc", "L.", "2. Nội dung hoạt động", "A.", "3. Kinh phí", "B.",
        "3. Kết quả thực hiện", "R.", "5. Những khó khăn, tồn tại", "K.", "5. Một số kiến nghị, đề xuất", "P."],
}  # fmt: skip


@pytest.mark.parametrize("outline", OUTLINES)
def test_seven_fields(letter: Any, outline: str) -> None:
    assert told(letter(*OUTLINES[outline])) == {
        "direction": "D.", "launch": "L.", "activities": "A.", "budget": "B.",
        "results": "R.", "difficulties": "K.", "recommendations": "P.",
    }  # fmt: skip


def test_lists_stay_in_their_field_and_sub_headings_are_no_text(letter: Any) -> None:
    found = told(letter("1. Các hoạt động trong Tuần lễ", "1.1. Tuyên truyền:", "- Treo băng rôn;", "a) Tặng sách", "Nhiều.",
                        "2. Kiến nghị, đề xuất", "1. Đề nghị Bộ có văn bản sớm.", "2. Đề nghị Sở cấp kinh phí.",
                        "3. Bảng tổng hợp kết quả", "Kèm theo.", "Phòng GDĐT trân trọng báo cáo./."))  # fmt: skip
    assert found["activities"] == "- Treo băng rôn;\na) Tặng sách\nNhiều."
    assert found["recommendations"].startswith(
        "1. Đề nghị Bộ có văn bản sớm.\n2. Đề nghị Sở cấp kinh phí."
    )
    assert "trân trọng" not in str(found)


def test_joined_heading_fills_both_fields(letter: Any) -> None:
    found = told(letter("1. Kết quả đạt được", "R.", "2. Khó khăn, kiến nghị", "Thiếu kinh phí."))
    assert found["difficulties"] == "Thiếu kinh phí."
    assert found["recommendations"] == "Thiếu kinh phí."


STAMPS = [
    (
        "(Kèm theo Báo cáo số 68/BC-PGDĐT ngày 13/10/2021 của Phòng GDĐT Văn Lâm)",
        "68/BC-PGDĐT",
        dt.date(2021, 10, 13),
    ),
    (
        "(Kèm theo Văn bản số 68 /BC-PGDĐT ngày 13 tháng 10 năm 2021 của Phòng)",
        "68/BC-PGDĐT",
        dt.date(2021, 10, 13),
    ),
    ("(Kèm theo Báo cáo số      /BC-PGDĐT ngày    tháng 10 năm 2021 của Phòng GDĐT)", None, None),
    ("Đính kèm báo cáo số: 68/BC-PGDĐT", "68/BC-PGDĐT", None),
]


@pytest.mark.parametrize(("text", "number", "day"), STAMPS)
def test_stamp(letter: Any, text: str, number: str | None, day: dt.date | None) -> None:
    assert letter("I. KẾT QUẢ", "Tốt.").annex is None
    stamped = letter("I. KẾT QUẢ", "Tốt.", after=text)
    assert stamped.annex is not None
    assert (stamped.annex.number, stamped.annex.issued_on) == (number, day)


def test_json_there_and_back(letter: Any) -> None:
    report = letter("1. Lễ khai mạc", "Lễ khai mạc ngày 01/10/2021 theo Kế hoạch số 143/KH-UBND.", "2. Kết quả đạt được",
                    "Tiêu biểu như: huyện Văn Lâm.")  # fmt: skip
    assert from_json(to_json(report)) == report


PRAISE = [
    (
        "Điển hình như các xã Lạc Đạo, Chỉ Đạo, Đình Dù đã tổ chức tốt.",
        ["Lạc Đạo", "Chỉ Đạo", "Đình Dù"],
    ),
    ("Phòng GDĐT các huyện Văn Lâm, Yên Mỹ có nhiều hoạt động tích cực.", ["Văn Lâm", "Yên Mỹ"]),
    ("Huyện Văn Lâm, Yên Mỹ được UBND tỉnh tặng Bằng khen.", ["Văn Lâm", "Yên Mỹ"]),
    (
        "Đề nghị khen thưởng huyện Văn Lâm và Yên Mỹ, Trường THPT Hưng Yên.",
        ["Văn Lâm", "Yên Mỹ", "Hưng Yên"],
    ),
    ("Tiêu biểu là xã Lạc Đạo (với 05 lớp), xã Tân Quang (03 lớp).", ["Lạc Đạo", "Tân Quang"]),
    ("Tuyên dương, khen thưởng 02 tập thể, 50 cá nhân.", []),
    ("Tích cực tuyên truyền trên các trang mạng như Facebook, Zalo, Viber.", []),
    ("Các hoạt động tích cực như: treo băng rôn, tổ chức tọa đàm, tặng sách.", []),
]


@pytest.mark.parametrize(("text", "names"), PRAISE)
def test_praise_in_running_text(letter: Any, text: str, names: list[str]) -> None:
    assert [c.name for c in letter("1. Kết quả đạt được", text).commended] == names


def test_theme_with_a_quotation_inside(letter: Any) -> None:
    report = letter("1. Nội dung hoạt động", "Chủ đề “Xây dựng “tủ sách lớp học” cho mọi người”.")
    assert report.theme == "Xây dựng “tủ sách lớp học” cho mọi người"


def test_places_of_launch_without_a_year_need_review(letter: Any) -> None:
    report = letter("2. Lễ khai mạc", "Lễ khai mạc được tổ chức sáng ngày 01/10 tại hội trường.")
    assert report.launch.held_on == dt.date(2021, 10, 1)
    assert [one.needs_review for one in report.located if one.field == "launch.held_on"] == [True]


def test_sub_heading_of_the_same_field_is_no_text(letter: Any) -> None:
    found = told(
        letter(
            "2. Lễ phát động Tuần lễ",
            "Tổ chức ngày 01/10/2021.",
            "2.1. Nội dung phối hợp trong Lễ khai mạc",
            "Tặng sách.",
        )
    )
    assert found["launch"] == "Tổ chức ngày 01/10/2021.\nTặng sách."


def test_schools_of_one_name_are_two(letter: Any) -> None:
    text = "Tiêu biểu: Trường Tiểu học Lạc Đạo, Trường THCS Lạc Đạo, Trường Mầm non Lạc Đạo."
    assert len(letter("1. Kết quả đạt được", text).commended) == 3


def test_a_short_sentence_is_no_heading(letter: Any) -> None:
    found = told(
        letter(
            "1. Kết quả đạt được", "Tốt.", "2. Hạn chế", "Kinh phí ít.", "3. Kiến nghị", "Không."
        )
    )
    assert found == {"results": "Tốt.", "difficulties": "Kinh phí ít.", "recommendations": "Không."}


def test_who_issued_by_the_sentence(letter: Any) -> None:
    report = letter("UBND xã Lạc Đạo đã ban hành Kế hoạch số 51/KH-UBND ngày 27/9/2021.")
    assert report.references[0].issuer == "UBND xã Lạc Đạo"


THEMES = [
    "Chủ đề của Tuần lễ năm nay là: Thúc đẩy chuyển đổi số.",
    "Chủ đề xuyên suốt Tuần lễ (Thúc đẩy chuyển đổi số) được treo ở các trường.",
    "Tuần lễ diễn ra với thông điệp: Thúc đẩy chuyển đổi số.",
    "Chủ đề năm nay là Thúc đẩy chuyển đổi số.",
    "Thông điệp: Cùng nhau học tập. Chủ đề: Thúc đẩy chuyển đổi số.",
]


@pytest.mark.parametrize("text", THEMES)
def test_a_theme_without_quotation_marks(letter: Any, text: str) -> None:
    assert letter("2. Lễ khai mạc", text).theme == "Thúc đẩy chuyển đổi số"
