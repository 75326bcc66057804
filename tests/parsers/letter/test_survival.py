"""Whatever stands in a document, understanding it ends with a report."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from schemas.report_json import from_json, to_json

PIECES = st.sampled_from([
    "BÁO CÁO", "^BÁO CÁO", "KẾ HOẠCH", "Kính gửi:", "Kính gửi: Sở", "Số:", "Số: 12/BC-", "Số: /", "/BC-UBND", "ngày tháng năm 2021",
    "Hưng Yên, ngày 31 tháng 2 năm 2021", "Nơi nhận:", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ", "TM.", "I.", "1.", "a)", "-", "Phần thứ",
    "Khó khăn:", "Kết quả đạt được", "(Kèm theo", "Tiêu biểu như:", "huyện", "xã ;", "Trường THPT:", "chủ đề “", "Chủ đề: ''",
    "V/v", "Công văn số 12/", "12/A-", "Lễ khai mạc 8h ngày 1/10 qua 3 điểm cầu", "UBND TỈNH", "UBND XÃ", "SỞ", "PHÒNG", "*I.|", "\t",
    "Tuần lễ hưởng ứng học tập suốt đời năm 2021",
])  # fmt: skip
PARTS = st.lists(
    st.one_of(
        PIECES,
        st.text(max_size=40),
        st.lists(st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=2, max_size=2), min_size=1, max_size=3),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PARTS)
def test_any_document_becomes_a_report(read: Any, parts: list[Any]) -> None:
    report = read(*parts)
    assert from_json(to_json(report)) == report
    assert read(*parts, campaign="llw-2021", ocr=True).campaign == "llw-2021"
