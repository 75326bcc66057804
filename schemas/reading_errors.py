"""Failures of reading one file; ``schemas.errors`` gives them to everyone."""

from __future__ import annotations

from schemas.error_root import TonghopError


class ReadError(TonghopError):
    """A file that could not be read. It is archived and listed all the same."""

    code = "unreadable_file"
    says = "Không đọc được tệp."
    next_step = "Mở thử tệp; nếu mở được, lưu lại bằng Word hoặc in ra PDF rồi gửi lại."


class EmptyFile(ReadError):
    code = "empty_file"
    says = "Tệp rỗng."
    next_step = "Đề nghị đơn vị gửi lại tệp."


class DamagedFile(ReadError):
    code = "damaged_file"
    says = "Tệp hỏng hoặc bị cắt cụt."
    next_step = "Đề nghị đơn vị gửi lại tệp."


class UnsupportedFormat(ReadError):
    code = "unsupported_format"
    says = "Loại tệp này chưa đọc được."
    next_step = "Đề nghị gửi DOCX hoặc PDF."


class EncryptedPdf(ReadError):
    code = "encrypted_pdf"
    says = "Tệp PDF có mật khẩu."
    next_step = "Đề nghị đơn vị gửi bản không đặt mật khẩu."


class EncryptedOffice(ReadError):
    code = "encrypted_office"
    says = "Tệp Word có mật khẩu."
    next_step = "Đề nghị đơn vị gửi bản không đặt mật khẩu."


class EncryptedArchive(ReadError):
    code = "encrypted_archive"
    says = "Tệp nén có mật khẩu."
    next_step = "Đề nghị đơn vị gửi bản không đặt mật khẩu, hoặc giải nén rồi nạp từng tệp."


class UnsupportedArchive(ReadError):
    code = "unsupported_archive"
    says = "Loại tệp nén này chưa mở được."
    next_step = "Giải nén rồi nạp từng tệp, hoặc nén lại thành ZIP."


class EmptyArchive(ReadError):
    code = "empty_archive"
    says = "Tệp nén hoặc thư không kèm báo cáo nào."
    next_step = "Đề nghị đơn vị gửi lại kèm tệp báo cáo (DOCX hoặc PDF)."


class SeveralReports(ReadError):
    code = "several_reports"
    says = "Tệp nén hoặc thư kèm nhiều báo cáo; lệnh này chỉ đọc tệp có đúng một báo cáo."
    next_step = "Dùng «tonghop ingest» để nạp tất cả, hoặc giải nén rồi đọc từng tệp."


class NoTextLayer(ReadError):
    code = "no_text_layer"
    says = "Tệp là bản chụp, không có lớp chữ."
    next_step = (
        "Gửi bản Word hoặc PDF xuất từ Word, hoặc bật nhận dạng chữ (cài tesseract-ocr-vie)."
    )


class NotAReport(ReadError):
    code = "not_a_report"
    says = "Văn bản này không phải báo cáo thuộc đợt tổng hợp nào."
    next_step = "Nếu đúng là báo cáo, hãy chỉ định đợt bằng --campaign."


class UnknownForm(ReadError):
    code = "unknown_form"
    says = "Chưa có mẫu biểu cho năm của báo cáo này."
    next_step = "Thêm tệp schemas/forms/<đợt>/<năm>.yaml (xem docs/adding-a-form.md)."


class LimitError(ReadError):
    """A file that asks for more than any honest report needs."""

    code = "over_limit"
    says = "Tệp vượt giới hạn an toàn."
    next_step = "Đề nghị đơn vị gửi tệp gọn hơn."


class FileTooLarge(LimitError):
    code = "file_too_large"
    says = "Tệp quá lớn; chỉ giữ lại mã băm và kích thước."


class TooManyPages(LimitError):
    code = "too_many_pages"
    says = "Tệp có quá nhiều trang."
    next_step = "Tách riêng báo cáo khỏi tài liệu kèm theo rồi gửi lại."


class TooManyRows(LimitError):
    code = "too_many_rows"
    says = "Bảng có quá nhiều hàng hoặc cột."


class PageTooLarge(LimitError):
    code = "page_too_large"
    says = "Khổ trang quá lớn."


class ImageTooLarge(LimitError):
    code = "image_too_large"
    says = "Ảnh quá lớn."
    next_step = "Quét lại ở 200–300 dpi."


class ZipBomb(LimitError):
    code = "zip_bomb"
    says = "Tệp nén nở ra quá lớn."


class ArchiveTooDeep(LimitError):
    code = "archive_too_deep"
    says = "Tệp nén lồng nhau quá nhiều lớp."


class PdfLoop(LimitError):
    code = "pdf_loop"
    says = "Tệp PDF có cấu trúc lặp không dứt; không mở."
    next_step = "In tệp ra PDF mới rồi gửi lại."


class PdfStreamTooLarge(LimitError):
    code = "pdf_stream_too_large"
    says = "Tệp PDF chứa dữ liệu nén nở ra quá lớn; không mở."
    next_step = "In tệp ra PDF mới rồi gửi lại."


class UnsafeXml(LimitError):
    code = "unsafe_xml"
    says = "Tệp chứa khai báo XML nguy hiểm."
    next_step = "Mở bằng Word, lưu lại thành DOCX mới rồi gửi lại."


class UnsafePath(LimitError):
    code = "unsafe_path"
    says = "Tệp nén chứa đường dẫn ra ngoài thư mục."


class OutputTooLarge(LimitError):
    code = "output_too_large"
    says = "Đọc tệp sinh ra dữ liệu tạm quá lớn nên đã dừng."
    next_step = "In tệp ra PDF mới rồi gửi lại."


class ReadingTimedOut(LimitError):
    code = "reading_timed_out"
    says = "Đọc tệp quá lâu nên đã dừng."
    next_step = "In tệp ra PDF mới rồi gửi lại."


class ReadingOutOfMemory(LimitError):
    code = "reading_out_of_memory"
    says = "Đọc tệp cần quá nhiều bộ nhớ nên đã dừng."
    next_step = "In tệp ra PDF mới rồi gửi lại."


class ReadingCrashed(LimitError):
    code = "reading_crashed"
    says = "Chương trình đọc bị sập vì tệp này."
    next_step = "In tệp ra PDF mới rồi gửi lại."


class MissingProgram(ReadError):
    code = "missing_program"
    says = "Thiếu chương trình cần để đọc loại tệp này."
    next_step = "Cài gói nêu trong ngoặc rồi chạy lại."


class Precaution(ReadError):
    """Not raised: the file is read all the same, and a finding with this code says what was left out."""

    code = "precaution"
    says = "Tệp có phần không an toàn; phần đó bị bỏ qua."
    next_step = "Mở bản gốc để kiểm tra nếu thấy thiếu."


class MacrosIgnored(Precaution):
    code = "macros_ignored"
    says = "Tệp có macro; macro không bao giờ được chạy."
    next_step = "Không mở bằng Word với macro bật; đề nghị đơn vị gửi bản DOCX không có macro."


class ExternalContentIgnored(Precaution):
    code = "external_content_ignored"
    says = "Tệp lấy một phần nội dung từ nơi khác; phần đó không được tải về."
    next_step = "Đề nghị đơn vị gửi bản đã nhúng đủ nội dung, hoặc bản PDF."


class PictureUnread(Precaution):
    code = "picture_unread"
    says = "Văn bản có ảnh chụp chữ hoặc bảng chưa đọc được; số liệu trong ảnh chưa được lấy."
    next_step = "Xem ảnh trong bản gốc và gõ số liệu, hoặc đề nghị đơn vị gửi bản có bảng thật."


class HiddenCharacters(Precaution):
    code = "hidden_characters"
    says = "Có ký tự ẩn đảo chiều chữ: số trên màn hình có thể khác số trong tệp."
    next_step = "So ô này với bản in hoặc bản ký."
