"""The end of a letter's text: "Trên đây là báo cáo …", "Trân trọng./.", "(Có phụ lục kèm theo)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.letter import UPPER, flat
from schemas.document import Paragraph

_SENTENCE = re.compile(rf"(?<!\bTP\.)(?<!\bTX\.)(?<!\bTT\.)(?<=[.!;])\s+(?=[{UPPER}(])")
_WHO = (
    r"(?:phong|nha truong|truong|trung tam|ttgdnn|tthtcd|ubnd|uy ban|ban (?:chi dao|to chuc|giam)|so|"
    r"hoi|xa|phuong|thi tran|huyen|thi xa|thanh pho|tinh|don vi|co quan|chung toi|bcd|thpt|thcs)"
)
_TO = (
    r"(?:so|phong|ubnd|uy ban|bo|quy|cap|ban|lanh dao|hoi|tinh|huyen|thanh pho|thuong truc|bcd|"
    r"de|toi|len|ve|va|voi|nhu|theo|tong hop|xem xet|dong chi|ong|ba|giam doc|chu tich|truong (?:phong|ban)|hoi dong|cac)"
)
_SPEAKS = rf"(?:bao cao(?: ket qua)?|kinh trinh|cam on|kinh gui|xin gui|tran trong gui)(?: {_TO}\b.{{0,120}})?"
_ENDS = re.compile(
    r"^\W*(?:"
    r"(?:tren day|vay,? )\b.*|"
    r"(?:xin )?(?:tran trong|chan thanh)(?: (?:kinh |xin )?(?:bao cao|cam on|kinh trinh|kinh gui|de nghi\W*$).{0,120})?|"
    rf"(?:{_WHO}\b(?:(?!\b(?:da|se|chua|khong|phai|can|cac|de nghi|kien nghi)\b).){{0,90}}? )?"
    rf"(?:(?:xin|tran trong|kinh) )+{_SPEAKS}|"
    rf"(?P<who>{_WHO}\b.{{0,90}}? |){_SPEAKS}|"
    rf"(?:kinh|tran trong) (?:de nghi|mong) {_TO}\b.{{0,60}}(?:xem xet,? (?:quyet dinh|phe duyet|tong hop)|tong hop(?: bao cao)?)"
    r")\W*$"
)
_ATTACHED = re.compile(
    r"^(?!.*\b(?:de nghi|kien nghi|ban hanh|nen|can)\b)(?=.*\b(?:kem|phu luc|xem|chi tiet|cu the)\b)"
    r"(?=.*\b(?:bang|bieu|phu luc|so lieu|danh sach|bao cao|hinh anh|anh|tai lieu|minh chung|san pham)\b)"
    r".*\b(?:kem theo|gui kem|dinh kem|kem|(?:xem|o|tai|trong|theo) (?:cac )?(?:phu luc|bieu|bang))\b.*$"
)
_SENT_ALONG = re.compile(r"^\W*(?:so lieu|bieu|bang|phu luc).{0,80}(?:kem theo|dinh kem)\W*$")
_CAPTION = re.compile(
    r"^\W*(?:(?:bang|bieu|phu luc)(?: (?:so|thong ke|tong hop))* [\da-hivx]{1,4}\s*[.:\-–].{0,80}|"
    r"(?:bang|bieu)(?: \S+){0,4}\s*:|kem theo (?:bao cao|cong van|van ban)\b.*)\W*$"
)
"""The name of a table, or the line under an annex's name."""
_CLOSING = re.compile(
    r"^(?:tren day la|noi nhan|.{0,90}(?:tran trong|kinh) (?:bao cao|cam on|de nghi)\W*$)|"
    r"^.{0,90}bao cao .{0,40}tong hop\W*$|"
    r"^(?:vay |.{0,60}bao cao (?:de|ve)? ?.{0,60}(?:biet|duoc biet)\W*$)"
)
_OF_NAMES = frozenset(("huyen", "xa", "phuong", "thi", "tran", "thanh", "pho", "tinh", "va", "duc", "dao", "tao", "chuc", "truong", "tam", "ban", "nhan", "dan", "hoc", "tap", "cong", "dong", "le", "hoa", "hoi", "-", "&", "giao", "vi", "chi", "hieu", "hop", "khuyen", "tieu", "mam", "non", "trung"))  # fmt: skip
"""Words of an agency's name that may be set in small letters."""
_LONGEST = 60
_SHORT = 14
"""Words of a line that only points to a table, at most."""


def ends_letter(text: str) -> bool:
    """Whether the sentence only closes the letter."""
    ends = _ENDS.match(flat(text)) if len(text.split()) <= _LONGEST else None
    if ends is None:
        return False
    who = text[ends.start("who") : ends.end("who")] if ends["who"] else ""
    return all(word[:1].isupper() or flat(word) in _OF_NAMES for word in who.split()[1:])


_POINTS = re.compile(
    r"^\W*(?:(?:va |xin )?(?:xem|gui|kem|dinh kem|gui kem|kem theo)\b.{0,20}\b(?:bieu|bang|phu luc|danh sach|so lieu|thong ke)\b.{0,60}|"
    r"(?:(?:cac |chi tiet |noi dung )*(?:so lieu|bieu|bang|phu luc|ket qua|danh sach|thong ke)\b|(?:chi tiet|cu the)\b).{0,50}"
    r"\b(?:(?:o|tai|trong|theo|xem|neu|ghi|the hien|duoi|dau|cuoi|sau) .{0,30}(?:bieu|bang|phu luc|trang|bao cao|duoi day|sau day|day)|"
    r"(?:kem theo|dinh kem|di kem|gui kem|nhu sau|sau|duoi day|ben duoi)).{0,30})\W*$"
)


def points_elsewhere(text: str) -> bool:
    """Whether a short paragraph only says where figures stand: "(Bảng số liệu ở trang sau)"."""
    return not text.rstrip().endswith(":") and _points(text)


def leads_to_table(text: str) -> bool:
    """Whether a line leads to the table below it, in the letter's own words: "Kết quả như sau:"."""
    return text.rstrip().endswith(":") and _points(text)


def _points(text: str) -> bool:
    folded = flat(text)
    if len(text.split()) > _SHORT or re.search(
        r"\d{2}|\b(?:de nghi|kien nghi|can|nen|da)\b", folded
    ):
        return False
    return _POINTS.match(folded) is not None


def closes(text: str) -> bool:
    """Whether a paragraph begins as what closes a letter does: no part goes on behind it."""
    return _CLOSING.match(flat(text[:200])) is not None


def is_caption(text: str) -> bool:
    """Whether a line only names a table, or points to one."""
    folded = flat(text[:200])
    return bool(_SENT_ALONG.match(folded) or _CAPTION.match(folded)) or points_elsewhere(text)


def tells_attachment(text: str) -> bool:
    """Whether the sentence only says what is sent along."""
    folded = flat(text)
    return len(text.split()) <= 25 and _ATTACHED.match(folded) is not None


def without_closing(paragraphs: Sequence[Paragraph]) -> list[tuple[Paragraph, str]]:
    """``paragraphs`` each with its text, the sentences left out that close the letter at its end."""
    out = [(one, one.full_text) for one in paragraphs]
    while out:
        paragraph, text = out[-1]
        kept = _kept(text)
        if kept == text:
            break
        if kept:
            out[-1] = (paragraph, kept)
            break
        out.pop()
    return out


def _kept(text: str) -> str:
    """``text`` up to the sentences at its end that close the letter."""
    starts = [0, *(m.end() for m in _SENTENCE.finditer(text))]
    end = len(text)
    for start in reversed(starts):
        sentence = text[start:end].strip()
        if not (ends_letter(sentence) or tells_attachment(sentence) or points_elsewhere(sentence)):
            return text[:end].rstrip()
        end = start
    return ""
