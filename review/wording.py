"""Words for codes: what an officer reads where the program keeps a code. All are catalogue texts."""

from __future__ import annotations


def _(message: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return message


REPORT_STATUS = {
    "reported": _("đã nộp"),
    "late": _("nộp muộn"),
    "missing": _("chưa nộp"),
    "replaced": _("đã thay"),
}
READING = {"ok": _("đọc được"), "partial": _("đọc được một phần"), "failed": _("không đọc được")}
VALUE_STATUS = {
    "reported": _("có số"),
    "blank": _("để trống"),
    "not_applicable": _("không có hoạt động này"),
    "unreadable": _("không đọc được"),
}
SEVERITY = {"error": _("Lỗi"), "warning": _("Cảnh báo"), "info": _("Lưu ý")}
CHANNEL = {
    "district": _("Huyện, thị xã, thành phố"),
    "direct": _("Đơn vị trực thuộc"),
    "province": _("Tỉnh"),
}
ROLE = {
    "reviewer": _("Người duyệt"),
    "approver": _("Người phê duyệt"),
    "analyst": _("Người phân tích"),
    "admin": _("Quản trị"),
}
ORIGIN = {"annex": _("phụ lục"), "narrative": _("phần lời")}
FIELD = {
    "direction": _("Công tác chỉ đạo"),
    "launch": _("Lễ khai mạc"),
    "activities": _("Các hoạt động"),
    "budget": _("Kinh phí"),
    "results": _("Kết quả"),
    "difficulties": _("Khó khăn, vướng mắc"),
    "recommendations": _("Kiến nghị, đề xuất"),
}
ACTION = {
    "confirm": _("xác nhận"),
    "correct": _("sửa"),
    "set_status": _("ghi là không có số"),
    "defer": _("để lại"),
    "undo": _("rút lại"),
    "reject": _("bác"),
    "reopen": _("mở lại"),
    "note": _("ghi chú"),
}
AUDIT = {
    "login.success": _("đăng nhập"),
    "login.failure": _("đăng nhập không được"),
    "logout": _("đăng xuất"),
    "account.add": _("thêm người dùng"),
    "account.change": _("sửa người dùng"),
    "account.password": _("đặt mật khẩu"),
    "report.claim": _("nhận làm báo cáo"),
    "report.finished": _("duyệt xong báo cáo"),
    "report.returned": _("gửi lại đơn vị"),
    "report.reopened": _("mở lại báo cáo"),
    "report.approve": _("phê duyệt báo cáo"),
    "decision.confirm": _("xác nhận một mục"),
    "decision.correct": _("sửa một mục"),
    "decision.set_status": _("ghi một mục là không có số"),
    "decision.defer": _("để một mục lại"),
    "decision.undo": _("rút một quyết định lại"),
    "finding.accept": _("chấp nhận một điều phát hiện"),
    "check.draw": _("lấy số để gõ lại"),
    "check.answer": _("gõ lại không nhìn"),
    "change": _("duyệt, sửa"),
    "upload": _("nộp tệp"),
    "upload.done": _("nạp xong tệp"),
    "download": _("tải về"),
    "original": _("tải bản gốc"),
}
FILE = {
    ".docx": _("văn bản Word"),
    ".xlsx": _("bảng tính Excel"),
    ".html": _("trang xem nhanh, không cần mạng"),
    ".duckdb": _("phân tích bằng SQL (DuckDB)"),
    ".parquet": _("phân tích bằng Python, R"),
    ".csv": _("dữ liệu dạng bảng (CSV)"),
    ".json": _("trao đổi với phần mềm khác (JSON)"),
}
RULE = {
    "annex_date_differs": _("Ngày ở phụ lục khác ngày văn bản"),
    "annex_number_differs": _("Số hiệu ở phụ lục khác số văn bản"),
    "whole_differs_from_parts": _("Tổng khác cộng các phần"),
    "text_differs_from_table": _("Phần lời khác phụ lục"),
    "people_fewer_than_sessions": _("Số người ít hơn số lớp, số cuộc"),
    "province_differs_from_sum": _("Số của tỉnh khác cộng các đơn vị"),
    "count_exceeds_registry": _("Nhiều hơn số đơn vị có thật"),
    "unclaimed_row": _("Hàng không nhận ra"),
    "unreadable_cell": _("Ô không đọc được"),
    "unknown_unit": _("Không nhận ra đơn vị"),
    "missing_report": _("Chưa có báo cáo"),
    "late_report": _("Báo cáo nộp muộn"),
    "replaced_report": _("Báo cáo đã được thay"),
    "duplicate_report": _("Báo cáo trùng"),
    "reference_differs": _("Văn bản viện dẫn không khớp"),
    "renditions_differ": _("Các bản của một văn bản khác nhau"),
    "outlier": _("Số khác hẳn các đơn vị khác"),
    "unclaimed_column": _("Cột không nhận ra"),
    "unclaimed_table": _("Bảng không nhận ra"),
    "duplicate_row": _("Một hàng có hai lần"),
    "ambiguous_row": _("Hàng có thể hiểu hai cách"),
    "misplaced_value": _("Số nằm sai cột"),
    "unit_differs": _("Đơn vị tính khác mẫu"),
    "missing_row": _("Thiếu hàng của mẫu"),
    "approximate_count": _("Số ước chừng"),
    "nothing_reported": _("Báo cáo không có số liệu"),
    "number_uncertain": _("Số hiệu chưa chắc"),
    "date_uncertain": _("Ngày chưa chắc"),
    "header_uncertain": _("Phần đầu văn bản chưa chắc"),
    "launch_uncertain": _("Lễ khai mạc chưa chắc"),
    "commended_uncertain": _("Đơn vị được biểu dương chưa chắc"),
    "narrative_uncertain": _("Phần lời văn chưa rõ thuộc mục nào"),
    "lost_letters": _("Chữ bị mất dấu hoặc lỗi phông"),
    "unknown_name": _("Tên không có trong danh mục"),
    "readings_disagree": _("Hai lần đọc khác nhau"),
    "several_documents": _("Tệp có nhiều văn bản"),
    "ratio_out_of_range": _("Tỷ lệ bất thường"),
    "suspicious_figure": _("Con số đáng ngờ"),
    "hidden_characters": _("Ký tự ẩn đảo chiều chữ"),
    "macros_ignored": _("Tệp có macro, đã bỏ qua"),
    "picture_unread": _("Ảnh chụp chữ hoặc bảng chưa đọc được"),
    "external_content_ignored": _("Nội dung lấy từ nơi khác, đã bỏ qua"),
    "reading_changed": _("Lần đọc mới ra số khác"),
    "decision_without_source": _("Quyết định không còn chỗ dựa trong văn bản"),
    "decision_carried": _("Quyết định giữ từ văn bản trước"),
    "changed_since_last_year": _("Khác nhiều so với năm trước"),
    "same_as_last_year": _("Y hệt năm trước"),
    "copied_from_other_unit": _("Trùng số liệu với đơn vị khác"),
    "revision_unclear": _("Chưa rõ thay thế hay bổ sung"),
    "revised_report_unknown": _("Chưa nhận báo cáo được nói đến"),
    "number_confirmed": _("Số hiệu được văn bản khác xác nhận"),
    "date_confirmed": _("Ngày được văn bản khác xác nhận"),
    "cited_otherwise": _("Văn bản khác dẫn số hoặc ngày khác"),
    "form_assumed": _("Mẫu biểu của năm là mẫu giả định"),
}


def word(table: dict[str, str], code: object) -> str:
    """The word for ``code``; the code itself where there is none yet, so that nothing is hidden."""
    return table.get(str(code), str(code)) if code not in (None, "") else ""
