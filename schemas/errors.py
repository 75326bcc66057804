"""Every failure this program names: a class, a code, the file, the place, the next step.

Messages are for officers and therefore Vietnamese; codes, logs and class names are English.
``docs/errors.md`` is generated from the classes below.
"""

from __future__ import annotations

from typing import ClassVar


class TonghopError(Exception):
    """The root. ``exit_status`` is the command's: 1 for bad input, 2 for usage or configuration."""

    code: ClassVar[str] = "internal_error"
    exit_status: ClassVar[int] = 1
    says: ClassVar[str] = "Chương trình gặp lỗi không lường trước."
    next_step: ClassVar[str] = "Gửi tệp và nhật ký cho người quản trị."

    def __init__(self, *, name: str = "", place: str = "", detail: str = "") -> None:
        self.name = name
        self.place = place
        self.detail = detail
        super().__init__(self.message)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.name, self.place, self.detail))

    @property
    def message(self) -> str:
        """One Vietnamese line: file, place, what is wrong, what to do next."""
        head = ", ".join(part for part in (self.name, self.place) if part)
        body = f"{self.says} ({self.detail})" if self.detail else self.says
        return f"{head}: {body} {self.next_step}" if head else f"{body} {self.next_step}"


def _rebuild(cls: type[TonghopError], name: str, place: str, detail: str) -> TonghopError:
    return cls(name=name, place=place, detail=detail)


class ConfigurationError(TonghopError):
    code = "configuration_error"
    exit_status = 2
    says = "Cấu hình chưa đúng."
    next_step = "Sửa tonghop.toml hoặc biến TONGHOP_* rồi chạy lại."


class FormError(ConfigurationError):
    code = "form_error"
    says = "Tệp mẫu biểu có lỗi."
    next_step = "Sửa tệp YAML theo thông báo rồi chạy «tonghop forms check»."


class RegistryError(ConfigurationError):
    code = "registry_error"
    says = "Danh mục đơn vị hành chính có lỗi."
    next_step = "Sửa tệp CSV theo thông báo."


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


class HiddenCharacters(Precaution):
    code = "hidden_characters"
    says = "Có ký tự ẩn đảo chiều chữ: số trên màn hình có thể khác số trong tệp."
    next_step = "So ô này với bản in hoặc bản ký."


class SourceError(TonghopError):
    code = "source_unreachable"
    says = "Không lấy được tệp từ nguồn."
    next_step = "Kiểm tra địa chỉ và quyền truy cập của nguồn."


class ServerNotStarted(TonghopError):
    code = "server_not_started"
    says = "Máy chủ Prefect không khởi động được."
    next_step = "Xem nhật ký nêu trong ngoặc; thử cổng khác bằng --port."


class MailNotSent(TonghopError):
    code = "mail_not_sent"
    says = "Không gửi được thư."
    next_step = "Kiểm tra mục [mail] trong tonghop.toml và máy chủ thư; lần sau sẽ gửi lại."


class WarehouseError(TonghopError):
    code = "warehouse_error"
    says = "Kho dữ liệu không nhận được thao tác này."
    next_step = "Chạy «tonghop doctor» hoặc xem docs/operations.md."


class WarehouseUnavailable(WarehouseError):
    code = "warehouse_unavailable"
    says = "Không kết nối được kho dữ liệu, hoặc kho đang bị khoá."
    next_step = "Kiểm tra máy chủ cơ sở dữ liệu rồi chạy lại; chưa có gì bị mất."


class WarehouseFull(WarehouseError):
    code = "warehouse_full"
    says = "Kho dữ liệu hết chỗ."
    next_step = "Dọn hoặc thêm chỗ trống rồi chạy lại; chưa có gì bị mất."


class RunStillGoing(WarehouseError):
    code = "run_still_going"
    says = "Một lượt chạy khác còn đang làm việc."
    next_step = "Chờ lượt ấy xong; nếu nó treo, xem «tonghop doctor»."


class RunLost(WarehouseError):
    code = "run_lost"
    says = "Lượt chạy này đã bị lượt khác thay."
    next_step = "Không cần làm gì: lượt kia làm tiếp."


class ArchiveUnreachable(WarehouseError):
    code = "archive_unreachable"
    says = "Không ghi hoặc không đọc được kho lưu tệp gốc."
    next_step = (
        "Kiểm tra chỗ trống, quyền ghi và đường truyền tới kho lưu rồi chạy lại; chưa có gì bị mất."
    )


class ArchiveDamaged(WarehouseError):
    code = "archive_damaged"
    says = "Tệp trong kho lưu không còn đúng như lúc nhận."
    next_step = "Lấy lại tệp này từ bản sao lưu (docs/operations.md), không sửa tay."


class PublishingFailed(WarehouseError):
    code = "publishing_failed"
    says = "Không ghi được bản phát hành; bản trước vẫn nguyên vẹn."
    next_step = "Kiểm tra chỗ trống và quyền ghi của thư mục rồi chạy lại «tonghop publish»."


class DecisionConflict(WarehouseError):
    code = "decision_conflict"
    says = "Ô này vừa được người khác sửa."
    next_step = "Xem giá trị mới rồi quyết định lại."


class UnknownCell(WarehouseError):
    code = "unknown_cell"
    says = "Không có ô này trong văn bản."
    next_step = "Tải lại trang và chọn lại ô."


class UnknownDocument(WarehouseError):
    code = "unknown_document"
    exit_status = 2
    says = "Không có văn bản nào, hoặc có nhiều hơn một, với mã băm này."
    next_step = "Xem mã băm (SHA-256) trong kho rồi gõ đủ dài."


class AccessError(TonghopError):
    """The door of the review site says no."""

    code = "access_error"
    exit_status = 2
    says = "Không được phép."
    next_step = "Hỏi người quản trị."


class NotLoggedIn(AccessError):
    code = "not_logged_in"
    says = "Bạn chưa đăng nhập hoặc phiên làm việc đã hết hạn."
    next_step = "Đăng nhập rồi làm tiếp."


class NotAllowed(AccessError):
    code = "not_allowed"
    says = "Vai trò của bạn không được làm việc này."
    next_step = "Nhờ người có quyền, hoặc hỏi người quản trị."


class LoginRefused(AccessError):
    code = "login_refused"
    says = "Tên đăng nhập hoặc mật khẩu không đúng."
    next_step = "Gõ lại; kiểm tra phím Caps Lock và bộ gõ tiếng Việt."


class LoginThrottled(AccessError):
    """Too many wrong passwords; ``seconds`` until the next try counts."""

    code = "login_throttled"
    says = "Sai quá nhiều lần."
    next_step = "Chờ rồi thử lại, hoặc nhờ người quản trị đặt lại mật khẩu."

    def __init__(
        self, *, seconds: int = 0, name: str = "", place: str = "", detail: str = ""
    ) -> None:
        self.seconds = seconds
        super().__init__(name=name, place=place, detail=detail or f"còn {seconds} giây")


class AccountExists(AccessError):
    code = "account_exists"
    says = "Tên đăng nhập này đã có."
    next_step = "Chọn tên khác."


class UnknownAccount(AccessError):
    code = "unknown_account"
    says = "Không có người dùng này."
    next_step = "Tải lại danh sách người dùng."


class LastAdmin(AccessError):
    code = "last_admin"
    says = "Đây là người quản trị cuối cùng."
    next_step = "Giao quyền quản trị cho người khác trước."


class WeakPassword(AccessError):
    code = "weak_password"
    says = "Mật khẩu chưa đủ mạnh: cần ít nhất 12 ký tự và khác tên đăng nhập."
    next_step = "Chọn một câu ngắn dễ nhớ, ví dụ bốn từ không liên quan."


class UploadRefused(AccessError):
    code = "upload_refused"
    says = "Không nhận tệp này."
    next_step = "Gửi DOCX, DOC, PDF, ảnh quét hoặc ZIP trong giới hạn kích thước."


class UploadTooLarge(UploadRefused):
    code = "upload_too_large"
    says = "Dữ liệu gửi lên quá lớn."


class NotFound(AccessError):
    code = "not_found"
    exit_status = 1
    says = "Không tìm thấy trang hoặc dữ liệu này."
    next_step = "Kiểm tra địa chỉ, hoặc bắt đầu lại từ trang chủ."


class InvalidDecision(WarehouseError):
    code = "invalid_decision"
    says = "Nội dung quyết định không hợp lệ."
    next_step = "Sửa lại giá trị rồi gửi lại."


class ApprovalRefused(WarehouseError):
    code = "approval_refused"
    says = "Không thể phê duyệt báo cáo này."
    next_step = "Nhờ một người chưa sửa số liệu của báo cáo phê duyệt."


class UnknownRun(WarehouseError):
    code = "unknown_run"
    says = "Không có lượt đọc lại này."
    next_step = "Xem số của lượt ở dòng cuối khi chạy «tonghop reread»."
