"""Words of two syllables that reports of offices are made of: where marks are unsure, these decide.

Recognisers take hook for acute and acute for tilde ("tố chức", "phố biến"). Only words whose
letters without marks spell no other common word are here.
"""

from __future__ import annotations

import unicodedata

from schemas.text import fold, nfc

_WORDS = """
tổ chức|tổng hợp|tổng kết|tổng số|phổ biến|phổ thông|phổ cập|chuyển đổi|chuyển biến|cơ hội|cơ sở|cơ quan|hưởng ứng
học tập|suốt đời|tuần lễ|khai mạc|bối cảnh|đại dịch|mọi người|tất cả|kết quả|thực hiện|triển khai|kế hoạch|công văn
chỉ đạo|lãnh đạo|hướng dẫn|phối hợp|ban hành|căn cứ|nhiệm vụ|phát động|trực tuyến|trực tiếp|kết nối|điểm cầu|hình thức
nội dung|hoạt động|phong trào|phong phú|thiết thực|hiệu quả|tích cực|sôi nổi|tiêu biểu|biểu dương|khen thưởng|điển hình
bồi dưỡng|tập huấn|giáo dục|đào tạo|giáo viên|học sinh|sinh viên|cán bộ|quản lý|báo cáo|cộng đồng|trung tâm|thường xuyên
nghề nghiệp|hướng nghiệp|kiến thức|khoa học|kỹ thuật|kỹ năng|pháp luật|người lao|lao động|nâng cao|nhận thức|vai trò
ý nghĩa|tầm quan|quan trọng|xây dựng|xã hội|khuyến học|khuyến đọc|thư viện|tủ sách|văn hóa|thể thao|du lịch|đọc sách
quyên góp|huy động|ủng hộ|tập thể|cá nhân|đơn vị|địa phương|địa bàn|huyện thị|thị xã|thành phố|ủy ban|nhân dân
hội đồng|phụ huynh|phụ nữ|thanh niên|thiếu niên|cựu chiến|chiến binh|đoàn thể|ban ngành|các cấp|chính quyền|đảng ủy
tuyên truyền|thông tin|truyền thông|truyền thanh|đăng tải|tin bài|băng rôn|khẩu hiệu|áp phích|tờ rơi|ấn phẩm|cuộc thi
tọa đàm|hội thảo|hội nghị|chuyên đề|sinh hoạt|giao lưu|tham gia|tham dự|số lượng|số liệu|ghi chú|kinh phí|nguồn lực
ngân sách|hỗ trợ|đóng góp|xã hội|hạn chế|tồn tại|khó khăn|vướng mắc|nguyên nhân|giải pháp|kiến nghị|đề xuất|đề nghị
ưu điểm|nhược điểm|đánh giá|tình hình|diễn biến|phức tạp|dịch bệnh|phòng chống|chương trình|công tác|thời gian|địa điểm
nhà trường|trường học|tiểu học|trung học|mầm non|đại học|cao đẳng|lớp học|bài giảng|công nghệ|ứng dụng|sử dụng|hiện đại
linh hoạt|đa dạng|thuận lợi|đồng bộ|chặt chẽ|cụ thể|mục tiêu|mục đích|yêu cầu|chất lượng|phát triển|kinh tế|đời sống
trang thiết|thiết bị|vật chất|cơ bản|bảo đảm|đảm bảo|phù hợp|duy trì|tiếp tục|đẩy mạnh|tăng cường|khuyến khích|tạo điều
điều kiện|điều chỉnh|kiểm tra|đôn đốc|giám sát|theo dõi|giám đốc|phó giám|hiệu trưởng|chủ tịch|trưởng phòng|trưởng ban
nơi nhận|kính gửi|độc lập|hạnh phúc|cộng hòa|chủ nghĩa|việt nam|phụ lục|đính kèm|kèm theo|nghị định|nghị quyết|quyết định
thông tư|thông báo|chỉ thị|công điện|văn bản|bảng tổng|bằng khen|giấy khen|thành tích|xuất sắc|tổ dân|tổ trưởng|hội viên
thành viên|đại biểu|lãnh thổ|toàn dân|toàn tỉnh|toàn huyện|các xã|mô hình|gia đình|dòng họ|công dân|cuộc sống|tương lai
trân trọng|đồng thời|bên cạnh|tuy nhiên|trong đó|ngoài ra|đặc biệt|cuối cùng|bước đầu|hằng năm|hàng năm|khuyết tật
để báo|để biết|để phối|ubnd tỉnh|ubnd huyện|đốc sở|như trên|chia sẻ|nguồn học|học liệu|tài liệu|tài nguyên|nguồn kinh|cổ động|hưởng thụ|tiếp cận|tự học|chủ đề|chủ động|sáng tạo
thúc đẩy|biểu mẫu|biểu quyết|tìm hiểu|hiểu biết|buổi sáng|buổi chiều|buổi tối|sổ tay|độ tuổi|mở rộng|mở lớp|bổ sung|cổng thông
trao đổi|tổ quốc|mặt trận|phân công|phân bổ|tổ chuyên|tổ văn|nắm bắt|nắm chắc|nắm tình|lân cận|hằng tuần|hằng tháng|kể chuyện|nhật ký|sổ nhật
nhỏ lẻ|cải tiến|cải thiện|nỗ lực|khởi động|khởi xướng|khảo sát|thảo luận|hiến tặng|giải thưởng|giải nhất|hỏi đáp
quảng bá|đổi mới|giữ gìn|lễ hội|lễ phát|hữu ích
""".replace("\n", "|")


_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ALIKE = {"\u0301", "\u0303", "\u0309"}
"""Acute, tilde and hook: small, and above the letter."""


def _lexicon() -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for word in _WORDS.split("|"):
        first, _, second = word.strip().partition(" ")
        if second:
            found.setdefault((fold(first), fold(second)), set()).add((first, second))
    return {key: next(iter(spelled)) for key, spelled in found.items() if len(spelled) == 1}


_PAIRS = _lexicon()


def words() -> list[str]:
    """The syllables of all words here."""
    return _WORDS.replace("|", " ").split()


def spelled(first: str, second: str) -> tuple[str, str] | None:
    """The two syllables as their common word has them, in the same case; None where none is known.

    Also where other marks than a recogniser confuses part them from it: "khóa học" is not
    "khoa học" misread, nor "truyền thống" "truyền thông".
    """
    known = _PAIRS.get((fold(first), fold(second)))
    if known is None or not (_confused(first, known[0]) and _confused(second, known[1])):
        return None
    if first[:1].islower() and second[:1].isupper():
        return None  # the second begins a name or a sentence
    return _as(known[0], first), _as(known[1], second)


def _confused(seen: str, meant: str) -> bool:
    """Whether ``seen`` is ``meant`` but for marks that were lost, or taken for their like."""
    one, other = _marks(seen), _marks(meant)
    return len(one) == len(other) and all(
        tone in {"", meant_tone} | (_ALIKE if meant_tone in _ALIKE else set())
        and shape in {"", meant_shape}
        for (tone, shape), (meant_tone, meant_shape) in zip(one, other, strict=True)
    )


def _marks(word: str) -> list[tuple[str, str]]:
    """Tone and shape of each letter; of đ its stroke."""
    out: list[tuple[str, str]] = []
    for sign in unicodedata.normalize("NFD", nfc(word).casefold()):
        if not unicodedata.combining(sign):
            out.append(("", "đ" if sign == "đ" else ""))
        elif out and sign in _TONES:
            out[-1] = (sign, out[-1][1])
        elif out:
            out[-1] = (out[-1][0], sign)
    return out


def _as(word: str, model: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word.capitalize() if model[:1].isupper() else word
