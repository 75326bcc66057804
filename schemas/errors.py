"""Every failure this program names: a class, a code, the file, the place, the next step.

Messages are for officers and therefore Vietnamese; codes, logs and class names are English.
``docs/errors.md`` is generated from the classes below.
"""

from __future__ import annotations

from schemas.error_root import TonghopError as TonghopError

# Given on from there: whoever catches an error of reading finds it here too.
from schemas.reading_errors import (
    ArchiveTooDeep as ArchiveTooDeep,
    DamagedFile as DamagedFile,
    EmptyArchive as EmptyArchive,
    EmptyFile as EmptyFile,
    EncryptedArchive as EncryptedArchive,
    EncryptedOffice as EncryptedOffice,
    EncryptedPdf as EncryptedPdf,
    ExternalContentIgnored as ExternalContentIgnored,
    FileTooLarge as FileTooLarge,
    HiddenCharacters as HiddenCharacters,
    ImageTooLarge as ImageTooLarge,
    LimitError as LimitError,
    MacrosIgnored as MacrosIgnored,
    MissingProgram as MissingProgram,
    NotAReport as NotAReport,
    NoTextLayer as NoTextLayer,
    OutputTooLarge as OutputTooLarge,
    PageTooLarge as PageTooLarge,
    PdfLoop as PdfLoop,
    PdfStreamTooLarge as PdfStreamTooLarge,
    PictureUnread as PictureUnread,
    Precaution as Precaution,
    ReadError as ReadError,
    ReadingCrashed as ReadingCrashed,
    ReadingOutOfMemory as ReadingOutOfMemory,
    ReadingTimedOut as ReadingTimedOut,
    SeveralReports as SeveralReports,
    TooManyPages as TooManyPages,
    TooManyRows as TooManyRows,
    UnknownForm as UnknownForm,
    UnsafePath as UnsafePath,
    UnsafeXml as UnsafeXml,
    UnsupportedArchive as UnsupportedArchive,
    UnsupportedFormat as UnsupportedFormat,
    ZipBomb as ZipBomb,
)


class ConfigurationError(TonghopError):
    code = "configuration_error"
    exit_status = 2
    says = "Cấu hình chưa đúng."
    next_step = "Sửa tonghop.toml hoặc biến TONGHOP_* rồi chạy lại."


class NoGoldError(ConfigurationError):
    code = "no_gold"
    says = "Thư mục không có văn bản nào kèm đáp án để chấm."
    next_step = "Đặt cạnh mỗi văn bản một tệp «TÊN.gold.json» mang đúng tên đầy đủ của văn bản."


class FormError(ConfigurationError):
    code = "form_error"
    says = "Tệp mẫu biểu có lỗi."
    next_step = "Sửa tệp YAML theo thông báo rồi chạy «tonghop forms check»."


class RegistryError(ConfigurationError):
    code = "registry_error"
    says = "Danh mục đơn vị hành chính có lỗi."
    next_step = "Sửa tệp CSV theo thông báo."


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


class ReadingNotStored(WarehouseError):
    code = "reading_not_stored"
    says = "Không ghi được số đọc từ tệp vào kho dữ liệu."
    next_step = "Tệp vẫn được lưu. Gửi tệp này cho người phụ trách phần mềm."


class RunStillGoing(WarehouseError):
    code = "run_still_going"
    says = "Một lượt chạy khác còn đang làm việc."
    next_step = "Chờ lượt ấy xong; nếu nó treo, xem «tonghop doctor»."


class RunLost(WarehouseError):
    code = "run_lost"
    says = "Lượt chạy này đã bị lượt khác thay."
    next_step = "Không cần làm gì: lượt kia làm tiếp."


class TargetNotEmpty(WarehouseError):
    code = "target_not_empty"
    exit_status = 2
    says = "Kho dữ liệu đích đã có dữ liệu."
    next_step = "Chỉ khôi phục hoặc chuyển vào kho trống; dùng địa chỉ khác."


class CopyDiffers(WarehouseError):
    code = "copy_differs"
    says = "Bản chép không giống bản gốc; chưa có gì thay đổi ở đích."
    next_step = "Chạy lại khi không có lượt chạy nào khác; nếu còn, gửi nhật ký cho người quản trị."


class BackupDamaged(WarehouseError):
    code = "backup_damaged"
    says = "Bản sao lưu không dùng được."
    next_step = "Chọn bản sao lưu khác bằng --name."


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


class SignOnFailed(AccessError):
    code = "sign_on_failed"
    says = "Không đăng nhập được qua tài khoản cơ quan."
    next_step = "Thử lại; nếu vẫn không được, gửi dòng này cho người quản trị."


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
