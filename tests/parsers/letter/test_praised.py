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
