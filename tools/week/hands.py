"""The hands: how differently people lay out and word the same report."""

from __future__ import annotations

import random
from dataclasses import dataclass

LABELS: dict[str, tuple[str, ...]] = {
    "training": (
        "Các lớp bồi dưỡng, tập huấn tổ chức trong Tuần lễ",
        "Tổ chức các lớp bồi dưỡng, tập huấn trong Tuần lễ",
        "Các lớp bồi dưỡng, tập huấn (trực tiếp và trực tuyến)",
    ),
    "training.law_and_science": (
        "Phổ biến kiến thức khoa học, kiến thức pháp luật cho người lao động",
        "Lớp phổ biến kiến thức khoa học và pháp luật cho người lao động",
        "Phổ biến kiến thức pháp luật, khoa học cho NLĐ",
    ),
    "training.managers_and_teachers": (
        "Bồi dưỡng tập huấn cho CBQL, giáo viên",
        "Tập huấn cho cán bộ quản lý và giáo viên",
        "Bồi dưỡng, tập huấn CBQL, GV",
    ),
    "training.community_centre_staff": (
        "Bồi dưỡng tập huấn cho cán bộ quản lý, báo cáo viên TTHTCĐ",
        "Tập huấn cán bộ quản lý, báo cáo viên trung tâm học tập cộng đồng",
        "Bồi dưỡng CBQL, báo cáo viên của các TTHTCĐ",
    ),
    "training.other": (
        "Các lớp bồi dưỡng, tập huấn khác",
        "Lớp bồi dưỡng, tập huấn khác",
        "Các lớp tập huấn khác",
    ),
    "news": (
        "Số tin bài về các hoạt động của Tuần lễ",
        "Số tin, bài tuyên truyền về Tuần lễ",
        "Tin, bài về các hoạt động trong Tuần lễ",
    ),
    "publications": (
        "Ấn phẩm thông tin (tờ rơi, áp phích, băng rôn, khẩu hiệu)",
        "Ấn phẩm tuyên truyền (băng rôn, khẩu hiệu, tờ rơi)",
        "Số ấn phẩm thông tin: tờ rơi, áp phích, băng rôn, khẩu hiệu",
    ),
    "book_drive": (
        "Phát động phong trào và tổ chức quyên góp sách giúp xây dựng tủ sách lớp học, xây dựng thư viện trường học",
        "Phong trào quyên góp sách xây dựng tủ sách lớp học, thư viện trường học",
        "Quyên góp sách xây dựng tủ sách lớp học",
    ),
    "book_drive.donors": (
        "Số tập thể/ cá nhân tặng sách",
        "Số tập thể, cá nhân tặng sách",
        "Tập thể/cá nhân quyên góp, tặng sách",
    ),
    "book_drive.books": (
        "Số sách đã huy động tặng các trường học, thư viện",
        "Số sách huy động được tặng trường học, thư viện",
        "Số lượng sách đã huy động",
    ),
    "contests": (
        "Tổ chức các cuộc thi, các buổi tọa đàm về khuyến đọc, khuyến học và xây dựng XHHT",
        "Các cuộc thi, buổi tọa đàm về khuyến đọc, khuyến học, xây dựng xã hội học tập",
        "Tổ chức cuộc thi, tọa đàm về khuyến học, khuyến đọc và xây dựng XHHT",
    ),
    "contests.thematic_sessions": (
        "Sinh hoạt chuyên đề học tập suốt đời, xây dựng xã hội học tập",
        "Sinh hoạt chuyên đề về học tập suốt đời, xây dựng XHHT",
        "Các buổi sinh hoạt chuyên đề học tập suốt đời, xây dựng XHHT",
    ),
    "contests.other": ("Các cuộc thi khác", "Cuộc thi khác", "Các cuộc thi khác (nếu có)"),
    "opening": ("Tổ chức Lễ khai mạc Tuần Lễ", "Lễ khai mạc Tuần lễ", "Tổ chức khai mạc Tuần lễ"),
    "opening.districts": (
        "Số huyện tổ chức Lễ khai mạc Tuần lễ",
        "Số huyện/thị xã/thành phố tổ chức Lễ khai mạc",
        "Cấp huyện tổ chức Lễ khai mạc Tuần lễ",
    ),
    "opening.institutions": (
        "Số cơ sở giáo dục tổ chức Lễ khai mạc Tuần lễ",
        "Số trường, trung tâm tổ chức Lễ khai mạc Tuần lễ",
        "Số cơ sở giáo dục tổ chức khai mạc Tuần lễ",
    ),
    "seminars": (
        "Tổ chức hội thảo/ sinh hoạt chuyên đề",
        "Hội thảo, sinh hoạt chuyên đề",
        "Tổ chức hội thảo chuyên đề",
    ),
    "awards": ("Khen thưởng về tổ chức Tuần lễ", "Công tác khen thưởng", "Khen thưởng"),
    "awards.collectives": ("Tập thể", "Tập thể được khen", "Số tập thể"),
    "awards.individuals": ("Cá nhân", "Cá nhân được khen", "Số cá nhân"),
}
UNITS = {
    "training": "Lớp",
    "news": "Tin bài",
    "publications": "Ấn phẩm",
    "book_drive.donors": "Tập thể/ cá nhân",
    "book_drive.books": "Quyển",
    "contests": "Số cuộc",
    "opening.districts": "Huyện",
    "opening.institutions": "Trường/ trung tâm",
    "seminars": "Cuộc",
    "awards.collectives": "Đơn vị",
    "awards.individuals": "Người",
}
ORDINALS = {
    "training": "1",
    "news": "2",
    "publications": "3",
    "book_drive": "4",
    "contests": "5",
    "opening": "6",
    "seminars": "7",
    "awards": "8",
}
HEADS = (
    ("TT", "Các hoạt động", "Đơn vị", "Số lớp/số cuộc thi", "Người", "Ghi chú"),
    ("STT", "Nội dung hoạt động", "ĐVT", "Số lớp/cuộc", "Số người tham gia", "Ghi chú"),
    ("TT", "Nội dung", "Đơn vị tính", "Số lượng", "Số người", "Ghi chú"),
)
HEADINGS = (
    (
        "Công tác chỉ đạo, ban hành kế hoạch triển khai",
        "Lễ phát động Tuần lễ",
        "Nội dung các hoạt động đã triển khai trong Tuần lễ",
        "Kinh phí tổ chức Tuần lễ",
        "Kết quả đạt được",
        "Khó khăn, tồn tại",
        "Kiến nghị, đề xuất",
    ),
    (
        "Công tác lãnh đạo, chỉ đạo",
        "Tổ chức Lễ khai mạc Tuần lễ",
        "Các hoạt động hưởng ứng Tuần lễ",
        "Kinh phí thực hiện",
        "Ưu điểm",
        "Hạn chế",
        "Đề xuất, kiến nghị",
    ),
    (
        "Công tác chỉ đạo, triển khai",
        "Lễ khai mạc",
        "Các hoạt động đã tổ chức",
        "Kinh phí",
        "Kết quả thực hiện",
        "Khó khăn, vướng mắc",
        "Kiến nghị",
    ),
)
GENERAL = (
    "Đã ban hành kế hoạch, phân công cán bộ theo dõi và đôn đốc các trường, các trung tâm học tập cộng đồng thực hiện nghiêm túc.",
    "Tuyên truyền trên hệ thống loa truyền thanh, cổng thông tin điện tử; treo băng rôn, khẩu hiệu tại trụ sở và trường học.",
    "Kinh phí được bố trí từ ngân sách chi thường xuyên và nguồn xã hội hóa hợp pháp.",
    "Các hoạt động được tổ chức thiết thực, an toàn, phù hợp với điều kiện phòng, chống dịch; người dân tham gia tích cực.",
    "Kinh phí còn hạn hẹp; một số hoạt động tập trung đông người phải chuyển sang hình thức trực tuyến.",
    "Đề nghị cấp trên hỗ trợ học liệu số và tập huấn cho báo cáo viên trung tâm học tập cộng đồng.",
)


@dataclass(frozen=True, slots=True)
class Hand:
    """One office's habits."""

    header: str
    wording: int
    numbering: str
    numerals: str
    table: str
    reorder: bool = False
    drop_blank: bool = False
    total: bool = False
    late_annex: bool = False


def numeral(value: int, style: str, rng: random.Random) -> str:
    """``value`` as this hand writes it."""
    if value < 10 and rng.random() < 0.6:
        return f"0{value}"
    if value >= 1000 and style == "dot":
        return f"{value:,}".replace(",", ".")
    if value >= 1000 and style == "space":
        return f"{value:,}".replace(",", " ")
    return str(value)
