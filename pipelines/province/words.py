"""Words that all the province's documents share: states, numbers as they are written, the state line."""

from __future__ import annotations

from pipelines.province.data import ProvinceData

STATUS = {
    "reported": "Đã nộp",
    "late": "Nộp muộn",
    "missing": "Chưa nộp",
    "replaced": "Đã thay",
    "withdrawn": "Đã thu hồi",
}
CHANNEL = {"district": "Phòng GDĐT", "direct": "Trực thuộc Sở"}
SEVERITY = {"error": "Lỗi", "warning": "Cảnh báo", "info": "Lưu ý"}
MEASURE = {"count": "Số lượng", "people": "Số người"}


def shown(value: int | None) -> str:
    """A number as Vietnamese offices write it; blank stays blank."""
    return "" if value is None else f"{value:,}".replace(",", ".")


def state_line(data: ProvinceData) -> str:
    """What the table is worth: provisional or approved, and who is missing, by name."""
    state = "Số liệu tạm tính, chưa duyệt" if data.provisional else "Số liệu đã duyệt"
    missing = f"; chưa có báo cáo: {', '.join(data.missing)}" if data.missing else "; đủ báo cáo"
    return f"{state}, tính đến {data.as_of:%d/%m/%Y}{missing}."


def annex_title(data: ProvinceData) -> str:
    """The annex's title, as on the real form."""
    return f"{data.form.annex_title.format(year=data.form.year)} TỈNH {data.province.upper()}"
