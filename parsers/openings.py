"""What a paragraph without a heading speaks of, by its first words."""

from __future__ import annotations

import re

from parsers.dates import find_dates, find_time
from parsers.headings import Headings
from parsers.letter import flat

_ORDINAL = re.compile(
    r"^\W*(?:(?:(?:mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi) la|"
    r"thu (?:nhat|hai|ba|tu|nam|sau|bay|tam)(?: la)?|truoc het|truoc tien|dau tien|tiep theo|cuoi cung|"
    r"ngoai ra|ben canh do|dong thoi)\s*[,:]?\s*)"
)
_ABOUT = re.compile(
    r"^(?:ve|doi voi|trong(?! (?:tuan|dip|thoi gian|khuon kho|nam|thang|ngay|cac ngay))) (?P<what>(?:cong tac |viec )?[^,:.;]{3,60}?)\s*[,:]\s"
)
_GROUNDS = re.compile(
    r"^\W*(?:thuc hien|can cu|theo|trien khai|tiep tuc thuc hien|bam sat|huong ung|nham|duoc su|thi hanh|tren co so|"
    r"phuc dap|quan triet|nhan(?: duoc)? (?:cong van|cv|van ban|ke hoach|huong dan|chi dao))\b"
)
_DONE = re.compile(
    r"\bda (?:\S+ ){0,2}(?:ban hanh|chi dao|tham muu|huong dan|trien khai|xay dung|thanh lap|to chuc|phan cong|pho bien|"
    r"quan triet|phoi hop|chuyen|giao|lap|hop|gui|ra|ky|yeu cau|don doc|kiem tra)\b|"
    r"\b(?:lap|thanh lap|phan cong|giao) (?:ban|to|nhom|doan|phong|truong|cac|cho|\d)"
)
_AS_FOLLOWS = re.compile(r"(?:nhu sau|sau day|duoi day|cu the)\W*$")
_REPORTS = re.compile(r"\b(?:bao cao|tong hop|gui (?:toi |den )?(?:quy )?so)\b[^.]{0,80}\W*$")
_WHO = (
    r"(?:phong|nha truong|truong|trung tam|ubnd|uy ban|ban|huyen|xa|phuong|thi tran|don vi|so|cac)"
)
_ASKS = r"(?:de nghi|kien nghi|de xuat|mong (?:muon|so|phong|duoc|cap|ubnd|quy))"
_MEANWHILE = re.compile(
    r"^\W*trong (?:tuan le|tuan|dip nay|khuon kho tuan le|thoi gian (?:nay|dien ra))\b"
)
_FIRST = tuple(
    (field, re.compile(rf"^\W*(?:{pattern})"))
    for field, pattern in (
        (
            "recommendations",
            rf"(?:{_WHO}\b[^.;:,]{{0,50}}? )?(?:(?:xin|kinh|tran trong|rat|de) )*{_ASKS}\b|"
            r"xin (?:so|phong|ubnd|cap tren|duoc)\b|(?:de dat|nguyen vong|y kien de nghi)\b",
        ),
        (
            "difficulties",
            r"(?:nhung |mot so |ve |cac )*(?:kho khan|han che|ton tai|vuong mac|bat cap|thieu sot|tro ngai)\b|"
            r"(?:mat |diem |nhung diem )?(?:yeu|chua (?:duoc|tot|lam duoc)|can khac phuc)\s*:|"
            r"tuy (?:nhien|vay)\b|ben canh (?:do|nhung|cac|ket qua|uu diem)[^.]{0,60}\b(?:con|gap)\b",
        ),
        (
            "results",
            r"(?:danh gia|nhan xet|nhin) chung\b|nhin lai\b|tom lai\b|danh gia\b|nhan xet\b|"
            r"(?:nhung )?(?:ket qua (?:chung|noi bat|dat duoc)|uu diem|mat manh|diem noi bat)\b|(?:mat |diem )?(?:manh|duoc|tot)\s*:|"
            r"(?:qua|sau|ket thuc) (?:mot |dot )?tuan le\b|"
            r"tuan le (?:hoc tap suot doi )?(?:da )?(?:dat|thanh cong|gop phan|tao|thu hut|dien ra)\b",
        ),
        ("budget", r"(?:ve |tong |nguon )*(?:kinh phi|chi phi)\b"),
    )
)
_BEFORE_ASKING = re.compile(
    r"^\W*(?:(?:trong )?thoi gian toi|(?:trong )?nam (?:toi|sau|hoc toi)|nhan dip nay|qua (?:day|bao cao nay|dot nay)|"
    r"tu (?:thuc te|nhung|ket qua)[^,]{0,50}|vi vay|do do|de [^,]{3,70}),\s*"
)
_BESIDES = re.compile(r"^\W*(?:ben canh do|ben canh|ngoai ra|dong thoi|song|tuy nhien|tuy vay)\b")
_OPENS = re.compile(r"\b(?:le (?:khai mac|phat dong|ra quan)|khai mac tuan le|phat dong tuan le)\b")
_OPENS_THEN = re.compile(
    r"\b(?:khai mac|mo man|khai man|ra quan|khai hoi|phat dong(?! (?:phong trao|cuoc|van dong|thi dua|quyen gop|ung ho|chien dich)))\b"
)
_DAY = re.compile(r"(?<![\d/])\d{1,2}[/-]\d{1,2}(?![\d/])")
_OPENS_FIRST = re.compile(r"^\W*(?:buoi )?(?:le )?(?:khai mac|phat dong|ra quan)\b")
_EACH = re.compile(
    r"(?:(?<![\d/.])\d{1,3}|\b(?:cac|nhieu|mot so|tat ca|moi|nhung)) (?:truong|nha truong|co so|don vi|xa|phuong|trung tam)\b"
)
_PRAISES = re.compile(
    r"\b(?:tieu bieu|dien hinh|bieu duong|hoat dong tot|lam tot|noi bat|noi len|noi troi|dan dau|di dau|tuyen duong|cach lam hay|dang khen|khen)\b"
)
_DIRECTS = re.compile(
    r"\b(?:ban hanh|chi dao|tham muu|quan triet|thanh lap (?:ban|to)|xay dung ke hoach|huong dan|"
    r"phan cong|lam dau moi|(?:chuyen|gui|soan thao|cu the hoa)(?: \S+){0,3} (?:cong van|cv|ke hoach|van ban|huong dan)|giao (?:phong|hoi|truong|doan|to|cho) |"
    r"xay dung (?:chuong trinh|lich|phuong an|kich ban)|lap (?:lich|danh sach|ban|to|nhom)|co quan thuong truc|lap ke hoach|len ke hoach|co ke hoach|ky cam ket)\b"
)


_LACKS = re.compile(
    r"\b(?:thiếu(?! (?:nhi|niên))|chưa(?! (?:từng|bao giờ))|khó (?:khăn|bố trí|tập trung|huy động|tiếp cận|thực hiện|tham gia|sắp xếp|theo dõi)|hạn chế|"
    r"(?:còn|quá|rất|vẫn|khá) (?:yếu|ít|thấp|chậm|hẹp|nghèo|mỏng|ngại|lúng túng|hình thức|tạm|nhiều bất cập|nhỏ|cũ|rời rạc|chung chung)|"
    r"hư (?:hại|hỏng)|(?:đã|bị) hỏng|thiệt hại|kiêm nhiệm|quá tải|xuống cấp|lạc hậu|mất điện|ngập|vắng (?:mặt|nhiều)|"
    r"trùng (?:với )?(?:mùa|vụ|dịp|thời gian|lịch|đợt)|bận (?:mùa|việc|thu hoạch|gặt)|phải (?:hoãn|lùi|dừng|hủy|đổi)|"
    r"bị (?:hoãn|lùi|hủy|ảnh hưởng|hỏng|hư|gián đoạn)|giãn cách|mưa (?:lớn|bão|to)|bão số|dịch (?:bệnh|covid)|đang sửa chữa|"
    r"không (?:đủ|đạt|kịp|đồng đều|ổn định|thể|còn chỗ|có nơi|mở|đến được)|vướng (?:mắc)?|bất cập|trễ hạn|nộp muộn|chỉ có)\b"
)
_IN_SPITE = re.compile(r"^\W*(?:dù|mặc dù|tuy|bất chấp|vượt qua|khắc phục)\b.*,")
_WANTS = re.compile(
    r"^\W*(?:(?:phòng|ubnd|ủy ban|sở|tỉnh|huyện|xã|phường|bộ|ngành|cấp trên|các cấp|lãnh đạo)\b[^.,;]{0,40}? )?"
    r"(?:cần|nên|sớm|cho phép|hỗ trợ|bổ sung|bố trí|trang bị|cấp(?! (?:huyện|xã|tỉnh|trường|ủy))|nhân rộng|mở rộng|"
    r"tăng(?! \d)|có (?:cơ chế|chính sách|quy định|nguồn|phần mềm|kế hoạch)|ban hành|giao|duy trì|đầu tư|cung cấp|xây dựng|"
    r"điều chỉnh|tập huấn|mong|xin|tiếp tục|hoàn thiện|đổi mới|hướng dẫn|quan tâm|phối hợp|tổ chức|mở|đưa|nâng|giới thiệu|lùi)\b"
)
_TOLD = re.compile(r"\b(?:đã|được (?:tổ chức|mở|trang bị|cấp)|vừa|đang)\b")


def lacks(text: str) -> bool:
    """Whether a paragraph tells of what was wanting or went wrong, in whatever words."""
    said = text.casefold()  # with marks: "giới thiệu" is no "thiếu", "cán bộ" no "cần"
    return _LACKS.search(said) is not None and _IN_SPITE.match(said) is None


def asks(text: str) -> bool:
    """Whether a paragraph asks that something be done: it begins with what, or with who should."""
    said = text.casefold()
    return _WANTS.match(said) is not None and _TOLD.search(said) is None


def directs(text: str) -> bool:
    """Whether a paragraph tells anywhere that something was ordered, planned or handed out."""
    # "Chỉ Đạo" is also a commune's name.
    return any(text[m.end() - 2].islower() for m in _DIRECTS.finditer(flat(text)))


def introduces(text: str) -> bool:
    """Whether the paragraph only says on what grounds the letter reports."""
    folded = flat(text)
    if folded.rstrip().endswith(":") or _AS_FOLLOWS.search(folded):
        return True
    done = _DONE.search(folded) is not None and _REPORTS.search(folded) is None
    return _GROUNDS.match(folded) is not None and not done and not opens_launch(text)


def opens_launch(text: str) -> bool:
    """Whether the paragraph's first sentence tells of the opening ceremony itself."""
    first = _first_sentence(flat(text))
    if _OPENS_FIRST.match(first):
        return True
    dated = find_dates(first) or find_time(first) or _DAY.search(first)
    opened = _OPENS.search(first) or (_OPENS_THEN.search(first) if dated else None)
    if opened is None or _EACH.search(first):
        return False
    return _DIRECTS.search(first[: opened.start()]) is None


def opening(text: str, headings: Headings) -> str | None:
    """The field that the first words of ``text`` name; None where they name none."""
    folded = flat(text)
    counted = _ORDINAL.match(folded)
    rest = folded[counted.end() :] if counted else folded
    for name, pattern in _FIRST:
        if pattern.match(rest):
            return name
    led = _BEFORE_ASKING.match(rest)
    if led is not None and _FIRST[0][1].match(rest[led.end() :]):
        return "recommendations"
    if _BESIDES.match(folded) and lacks(text):
        return "difficulties"
    at = len(folded) - len(rest)
    about = _ABOUT.match(rest)
    if about is not None:
        claim = headings.claim(text[at + about.start("what") : at + about.end("what")])
        return claim.fields[0] if claim else "activities"
    if opens_launch(text):
        return "launch"
    if _GROUNDS.match(rest) and _DONE.search(rest) and not introduces(text):
        return "direction"
    if _PRAISES.search(_first_sentence(rest)):
        return "results"
    # "Chỉ Đạo" is also a commune's name.
    if any(text[at + m.end() - 2].islower() for m in _DIRECTS.finditer(_first_sentence(rest))):
        return "direction"
    return "activities" if counted or _MEANWHILE.match(rest) else None


def _first_sentence(folded: str) -> str:
    return re.split(r"(?<=[a-z)\"])\.\s", folded, maxsplit=1)[0][:300]
