"""Units praised in the words of many officers, and units named for other reasons."""

from __future__ import annotations

from typing import Any

import pytest

PRAISED = [
    ("Các xã hoạt động sôi nổi: xã Lạc Đạo, xã Đình Dù.", ["Lạc Đạo", "Đình Dù"]),
    ("Những trung tâm hoạt động có hiệu quả là: TTHTCĐ xã Lạc Đạo; TTHTCĐ xã Chỉ Đạo.", ["Lạc Đạo", "Chỉ Đạo"]),
    ("Đơn vị làm tốt: thị trấn Như Quỳnh, xã Tân Quang và xã Trưng Trắc.", ["Như Quỳnh", "Tân Quang", "Trưng Trắc"]),
    ("Dẫn đầu phong trào là xã Lạc Đạo, xã Minh Hải.", ["Lạc Đạo", "Minh Hải"]),
    ("Biểu dương tinh thần của các xã: Lạc Đạo, Minh Hải.", ["Lạc Đạo", "Minh Hải"]),
    ("Xã Lạc Đạo, xã Minh Hải là những đơn vị đi đầu.", ["Lạc Đạo", "Minh Hải"]),
    ("Trong đó nổi bật có xã Lạc Đạo và thị trấn Như Quỳnh.", ["Lạc Đạo", "Như Quỳnh"]),
    ("Điểm sáng: TTHTCĐ xã Đại Đồng.", ["Đại Đồng"]),
    ("Nhiều đơn vị có cách làm hay, sáng tạo như TTHTCĐ các xã Lạc Đạo, Đình Dù.", ["Lạc Đạo", "Đình Dù"]),
    ("Đề nghị Sở tặng giấy khen cho Trung tâm GDNN-GDTX Văn Lâm.", ["Văn Lâm"]),
    ("Tuyên dương Trường THPT Trưng Vương, Trường THPT Văn Lâm.", ["Trưng Vương", "Văn Lâm"]),
    ("Khen thưởng các tập thể: UBND xã Lạc Đạo, Trường THCS Đình Dù.", ["Lạc Đạo", "THCS Đình Dù"]),
    ("Tiêu biểu có Trường Tiểu học Lạc Đạo A, Trường Mầm non Hoa Sen.", ["Tiểu học Lạc Đạo A", "Mầm non Hoa Sen"]),
    ("Điển hình là các trường THCS: Tân Quang, Lạc Hồng.", ["THCS Tân Quang", "THCS Lạc Hồng"]),
    ("Ghi nhận sự vào cuộc của xã Lạc Đạo, xã Việt Hưng.", ["Lạc Đạo", "Việt Hưng"]),
    ("Nhiều nơi làm tốt, nhất là xã Lạc Đạo và xã Đình Dù.", ["Lạc Đạo", "Đình Dù"]),
    ("Gương mặt mới là xã Minh Hải.", ["Minh Hải"]),
    ("Nổi lên là thị trấn Như Quỳnh, xã Tân Quang.", ["Như Quỳnh", "Tân Quang"]),
    ("Phòng đánh giá cao cách làm của các xã Lạc Đạo, Minh Hải và trường THCS Đình Dù.", ["Lạc Đạo", "Minh Hải", "THCS Đình Dù"]),
    ("Hai lá cờ đầu của phong trào là thị trấn Như Quỳnh và xã Lạc Đạo.", ["Như Quỳnh", "Lạc Đạo"]),
    ("Đáng khen là Trường THCS Đình Dù.", ["THCS Đình Dù"]),
    ("Tổng kết đợt vận động, huyện khen xã Lạc Đạo và xã Việt Hưng.", ["Lạc Đạo", "Việt Hưng"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), PRAISED)
def test_praised(letter: Any, text: str, names: list[str]) -> None:
    assert [c.name for c in letter("1. Kết quả đạt được", text).commended] == names


NOT_PRAISED = [
    "Lễ khai mạc tổ chức tốt tại Trường THCS Tân Quang.",
    "Công tác tuyên truyền đạt hiệu quả trên địa bàn xã Lạc Đạo.",
    "Khen thưởng 05 tập thể, 12 cá nhân.",
    "Nhà trường biểu dương cô Nguyễn Thị Lan, thầy Trần Văn Bình.",
    "Xã Lạc Đạo chưa thực hiện tốt, nộp báo cáo chậm.",
]


@pytest.mark.parametrize("text", NOT_PRAISED)
def test_not_praised(letter: Any, text: str) -> None:
    assert letter("1. Kết quả đạt được", text).commended == ()


def test_praise_that_names_a_unit_outside_a_list_is_shown(letter: Any) -> None:
    report = letter(
        "1. Kết quả đạt được",
        "Mô hình tủ sách dòng họ ở thôn 3 xã Lạc Đạo được đánh giá là điển hình.",
    )
    assert report.commended == ()
    assert [f.value for f in report.findings if f.field == "commended"] == ["xã Lạc Đạo"]


WEAKLY_PRAISED = [
    ("Sự vào cuộc rất rõ, nhất là UBND xã Lạc Đạo, UBND xã Đình Dù; khối trường có Trường THPT Văn Lâm.", ["Lạc Đạo", "Đình Dù", "Văn Lâm"]),
    ("Các xã Lạc Đạo, Minh Hải và Trường THPT Văn Lâm tổ chức bài bản.", ["Lạc Đạo", "Minh Hải", "Văn Lâm"]),
    ("Thị trấn Như Quỳnh, xã Đình Dù triển khai sớm, có sản phẩm cụ thể.", ["Như Quỳnh", "Đình Dù"]),
    ("Trường THPT Văn Lâm và Trường THPT Trưng Vương chuẩn bị chu đáo.", ["Văn Lâm", "Trưng Vương"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), WEAKLY_PRAISED)
def test_units_a_sentence_speaks_well_of_are_praised_and_told(
    letter: Any, text: str, names: list[str]
) -> None:
    report = letter("1. Kết quả đạt được", f"Nhân dân hưởng ứng. {text}")
    assert [c.name for c in report.commended] == names
    assert {f.severity for f in report.findings if f.field == "commended"} == {"info"}
    elsewhere = letter("1. Công tác chỉ đạo", text)
    assert elsewhere.commended == ()


def test_units_that_come_first_are_praised(letter: Any) -> None:
    report = letter(
        "3. Nhận xét",
        "Đứng đầu về số lớp là thị trấn Như Quỳnh; xã Lạc Đạo và xã Đình Dù có nhiều sách quyên góp.",
    )
    assert [c.name for c in report.commended] == ["Như Quỳnh", "Lạc Đạo", "Đình Dù"]


def test_units_named_in_an_evaluation_in_unknown_words_are_told(letter: Any) -> None:
    report = letter("1. Kết quả đạt được", "Xã Lạc Đạo, xã Đình Dù làm nên không khí của Tuần lễ.")
    assert report.commended == ()
    assert [f.value for f in report.findings if f.field == "commended"] == [
        "Xã Lạc Đạo, xã Đình Dù"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Xã Lạc Đạo tổ chức 03 lớp, xã Đình Dù 02 lớp.",
        "Xã Lạc Đạo, xã Đình Dù chưa tổ chức tốt.",
        "Các đơn vị tổ chức bài bản.",
    ],
)
def test_an_evaluation_that_praises_no_unit(letter: Any, text: str) -> None:
    assert letter("1. Kết quả đạt được", text).commended == ()


def test_a_school_keeps_the_word_of_the_place_it_is_named_after(letter: Any) -> None:
    report = letter(
        "1. Kết quả đạt được",
        "Tiêu biểu là Trường THCS thị trấn Như Quỳnh, xã Phương Chiểu và TTHTCĐ xã Đình Dù.",
    )
    assert [c.name for c in report.commended] == [
        "THCS thị trấn Như Quỳnh",
        "Phương Chiểu",
        "Đình Dù",
    ]


def test_several_units_in_an_evaluation_are_told_whatever_it_says(letter: Any) -> None:
    report = letter("1. Kết quả đạt được", "Người dân nhắc mãi xã Lạc Đạo và xã Đình Dù.")
    assert report.commended == ()
    assert [f.value for f in report.findings if f.field == "commended"] == ["xã Lạc Đạo"]


PLAINLY_PRAISED = [
    ("Nêu gương: Trung tâm học tập cộng đồng xã Đình Dù, Trường THPT Văn Lâm.", ["Đình Dù", "Văn Lâm"]),
    ("Xã Lạc Đạo, xã Đình Dù và Trung tâm GDNN-GDTX Văn Lâm được đề nghị khen.", ["Lạc Đạo", "Đình Dù", "Văn Lâm"]),
    ("Xã cũng đề nghị khen hai đơn vị tích cực là Trường THCS Đình Dù, Trường THPT Văn Lâm.", ["THCS Đình Dù", "Văn Lâm"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), PLAINLY_PRAISED)
@pytest.mark.parametrize("heading", ["1. Kết quả đạt được", "2. Kiến nghị"])
def test_honours_in_other_words(letter: Any, text: str, names: list[str], heading: str) -> None:
    report = letter(heading, text)
    assert [c.name for c in report.commended] == names


def test_units_named_behind_a_first_colon_that_lists_none(letter: Any) -> None:
    report = letter("3. Kết quả: các xã đều mở lớp, dẫn đầu là xã Lạc Đạo, xã Đình Dù.")
    assert [c.name for c in report.commended] == ["Lạc Đạo", "Đình Dù"]


LISTED = [
    ("UBND huyện tặng Giấy khen cho 03 tập thể (xã Lạc Đạo, Trường THPT Văn Lâm, Trung tâm GDNN-GDTX Văn Lâm) và 12 cá nhân.",
     ["Lạc Đạo", "Văn Lâm", "Văn Lâm"]),
    ("Đơn vị dẫn đầu: Thị trấn Như Quỳnh; thứ nhì: xã Lạc Đạo; thứ ba: xã Đình Dù.", ["Như Quỳnh", "Lạc Đạo", "Đình Dù"]),
    ("Tiêu biểu phải kể tới xã Lạc Đạo với mô hình “Tủ sách dòng họ”, xã Đình Dù với “Cà phê sách”.", ["Lạc Đạo", "Đình Dù"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), LISTED)
def test_lists_in_brackets_by_rank_and_with_what_was_done(
    letter: Any, text: str, names: list[str]
) -> None:
    assert [c.name for c in letter("2. Đánh giá", text).commended] == names


def test_other_bodies_that_were_praised_are_told(letter: Any) -> None:
    report = letter(
        "2. Đánh giá", "Hội Khuyến học huyện, Huyện đoàn được Chủ tịch UBND huyện khen thưởng."
    )
    assert [f.value for f in report.findings if f.field == "commended"] == [
        "Hội Khuyến học huyện, Huyện đoàn"
    ]
