"""What a paragraph without a heading speaks of, by its first words."""

from __future__ import annotations

import re

from parsers.headings import Headings
from parsers.letter import flat

_ORDINAL = re.compile(
    r"^\W*(?:(?:(?:mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi) la|"
    r"thu (?:nhat|hai|ba|tu|nam|sau|bay|tam)(?: la)?|truoc het|truoc tien|dau tien|tiep theo|cuoi cung|"
    r"ngoai ra|ben canh do|dong thoi)\s*[,:]?\s*)"
)
_ABOUT = re.compile(r"^(?:ve|doi voi|trong) (?P<what>(?:cong tac |viec )?[^,:.;]{3,60}?)\s*[,:]\s")
_GROUNDS = re.compile(
    r"^\W*(?:thuc hien|can cu|theo|trien khai|tiep tuc thuc hien|bam sat|huong ung|nham|duoc su)\b"
)
_DONE = re.compile(
    r"\bda (?:ban hanh|chi dao|tham muu|huong dan|trien khai|xay dung|thanh lap|to chuc|phan cong)\b"
)
_WHO = (
    r"(?:phong|nha truong|truong|trung tam|ubnd|uy ban|ban|huyen|xa|phuong|thi tran|don vi|so|cac)"
)
_ASKS = r"(?:de nghi|kien nghi|de xuat|mong (?:muon|so|phong|duoc|cap|ubnd|quy))"
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
            r"(?:nhung )?(?:ket qua (?:chung|noi bat|dat duoc)|uu diem|mat manh|diem noi bat)\b|(?:mat |diem )?(?:manh|duoc)\s*:|"
            r"(?:qua|sau|ket thuc) (?:mot |dot )?tuan le\b|"
            r"tuan le (?:hoc tap suot doi )?(?:da )?(?:dat|thanh cong|gop phan|tao|thu hut|dien ra)\b",
        ),
        ("budget", r"(?:ve |tong |nguon )*(?:kinh phi|chi phi)\b"),
    )
)
_OPENS = re.compile(r"\b(?:le (?:khai mac|phat dong|ra quan)|khai mac tuan le|phat dong tuan le)\b")
_OPENS_FIRST = re.compile(r"^\W*(?:buoi )?(?:le )?(?:khai mac|phat dong|ra quan)\b")
_EACH = re.compile(
    r"\b(?:\d+|cac|nhieu|mot so|tat ca|moi|nhung) (?:truong|co so|xa|phuong|trung tam)\b"
)
_PRAISES = re.compile(
    r"\b(?:tieu bieu|dien hinh|bieu duong|hoat dong tot|lam tot|dan dau|di dau|tuyen duong|cach lam hay|dang khen|khen)\b"
)
_DIRECTS = re.compile(
    r"\b(?:ban hanh|chi dao|tham muu|quan triet|thanh lap (?:ban|to)|xay dung ke hoach|huong dan|"
    r"phan cong|lam dau moi|co quan thuong truc|lap ke hoach|len ke hoach|co ke hoach|ky cam ket)\b"
)


def introduces(text: str) -> bool:
    """Whether the paragraph only says on what grounds the letter reports."""
    folded = flat(text)
    grounds = _GROUNDS.match(folded) is not None and _DONE.search(folded) is None
    return folded.rstrip().endswith(":") or grounds


def opens_launch(text: str) -> bool:
    """Whether the paragraph's first sentence tells of the opening ceremony itself."""
    first = _first_sentence(flat(text))
    if _OPENS_FIRST.match(first):
        return True
    opened = _OPENS.search(first)
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
    at = len(folded) - len(rest)
    about = _ABOUT.match(rest)
    if about is not None:
        claim = headings.claim(text[at + about.start("what") : at + about.end("what")])
        return claim.fields[0] if claim else "activities"
    if opens_launch(text):
        return "launch"
    if _PRAISES.search(_first_sentence(rest)):
        return "results"
    # "Chỉ Đạo" is also a commune's name.
    if any(text[at + m.end() - 2].islower() for m in _DIRECTS.finditer(_first_sentence(rest))):
        return "direction"
    return "activities" if counted else None


def _first_sentence(folded: str) -> str:
    return re.split(r"(?<=[a-z)\"])\.\s", folded, maxsplit=1)[0][:300]
