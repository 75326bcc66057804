"""What closes a letter is no part of what it reports."""

from __future__ import annotations

from typing import Any

import pytest

CLOSINGS = [
    "Trân trọng./.",
    "Nhà trường xin báo cáo./.",
    "(Có phụ lục kèm theo)",
    "Phòng GDĐT huyện Văn Lâm báo cáo./.",
    "Ban Chỉ đạo thành phố báo cáo./.",
    "Phòng GDĐT huyện Văn Lâm báo cáo để Sở tổng hợp./.",
    "Gửi kèm báo cáo của trường điểm. Trân trọng./.",
    "Kết quả cụ thể có 03 bảng tổng hợp gửi kèm. Trên đây là báo cáo của Phòng GD&ĐT huyện Văn Lâm./.",
    "UBND huyện trân trọng báo cáo Sở Giáo dục và Đào tạo xem xét, chỉ đạo./.",
    "Xin trân trọng cảm ơn!",
    "Trên đây là kết quả của Phòng GDĐT TP. Hưng Yên, xin báo cáo Sở./.",
]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_closing_is_left_out(letter: Any, closing: str) -> None:
    for body in (["Cấp thêm sách.", closing], [f"Cấp thêm sách. {closing}"]):
        report = letter("1. Kiến nghị, đề xuất", *body)
        assert {n.field: n.text for n in report.narrative} == {"recommendations": "Cấp thêm sách."}


@pytest.mark.parametrize(
    "last",
    [
        "Đề nghị Sở cấp kinh phí cho các xã./.",
        "Sở xây dựng phần mềm báo cáo để các phòng nhập số liệu trực tiếp.",
        "Đề nghị Sở ban hành biểu mẫu kèm theo hướng dẫn.",
        "Trung tâm đề nghị Sở tổ chức tập huấn về công tác báo cáo./.",
        "Trân trọng đề nghị Sở GDĐT bổ sung kinh phí mua sách.",
        "Phòng GD&ĐT tham mưu cấp kinh phí xây phòng thư viện đạt chuẩn.",
    ],
)
def test_a_last_request_is_kept(letter: Any, last: str) -> None:
    report = letter("1. Kiến nghị, đề xuất", "Cấp thêm sách.", last)
    assert [n.text for n in report.narrative] == [f"Cấp thêm sách.\n{last}"]
