"""The sentences of a letter that speak of an opening ceremony: its own, and not those of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.dates import DateMatch, find_dates, find_day_months, find_time
from parsers.launch_means import Said, means_of
from parsers.letter import UPPER, Line, flat

_ACT = r"(?:khai mac|phat dong|ra quan|khai giang)"
_CEREMONY = re.compile(
    rf"(?:le|buoi|chuong trinh|hoi nghi|to chuc|mit tinh|lien hoan)\s*(?:le )?{_ACT}|^\W*{_ACT}\b|"
    r"khai mac (?:luc|vao|ngay|tai|duoc|truc|tuan le|qua|tren|bang|theo|hoi|sang|chieu|cap)|"
    r"phat dong (?:huong ung )?tuan le|(?:phat dong|khai mac) (?:truc|tap trung|online|luc|vao|ngay|tai)|"
    r"(?:du|don|dong loat|da|cung) khai mac|(?<!tuan )le huong ung|mit tinh huong ung|"
    r"(?:tuan le|huyen|xa|phuong|thi xa|thanh pho|truong|trung tam)[^.;:]{0,30} (?:mo man|khai man|khai hoi)\b"
)
_CAMPAIGN = re.compile(
    r"phat dong (?:(?:cac|dot|va|huong ung|mot|\d+|nhieu|thanh cong|rong rai) )*"
    r"(?:phong trao|cuoc van dong|van dong|thi dua|quyen gop|ung ho|cuoc thi|hoi thi|thang|ngay hoi|"
    r"chien dich|chuong trinh|mo hinh|doc sach|tang sach|thu gom|sang tac|viet)"
)
_SENTENCE = re.compile(rf"(?<=[.;!])\s+(?=[{UPPER}+-])")
_GUEST = re.compile(r"(?:tham du|tham gia|du|dung|theo doi|xem) (?:le|buoi|chuong trinh)")
_MANY = re.compile(
    r"(?:100\s*%|cac|nhieu|mot so|tat ca|moi|hau het|\d+\s*(?:/\s*\d+)?) "
    r"(?:co so giao duc|truong|nha truong|don vi|xa|phuong|dia phuong|trung tam|tthtcd|thi tran|lop)"
    r"[^.;]{0,60}(?:to chuc|khai mac|phat dong)"
)
_PREPARES = re.compile(
    r"(?:ban hanh|xay dung|gui|ra|ky)(?: \S+){0,6} (?:cong van|ke hoach|van ban|huong dan|giay moi|"
    r"chuong trinh|kich ban)|(?<![a-z])(?<!ket )(?<!phoi )(?:hop|chuan bi|tong duyet|phan cong|tham muu|du kien)(?![a-z])"
)
_GOES_ON = re.compile(
    r"^\W*(?:tai |trong )?(?:buoi le|le (?:duoc|co|dien|to)|chuong trinh (?:duoc|dien)|thoi gian|dia diem|"
    r"hinh thuc|noi to chuc|nen tang|phan mem|quy mo|so diem cau|diem cau)"
)
_BRACKET = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_BEFORE = re.compile(r"nam (?:truoc|ngoai|lien truoc)|cung ky")
_LABEL = 4
"""Words of a label, at most: what stands behind it is said of it."""


@dataclass(frozen=True, eq=False)
class Sentence:
    """Characters ``[start, end)`` of a line; what a bracket says of another year is blanked.

    What it says is worked out once, however often it is asked.
    """

    line: Line
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        return _this_year(self.line.text[self.start : self.end])

    @cached_property
    def folded(self) -> str:
        return flat(self.text)

    @cached_property
    def means(self) -> Said:
        return means_of(self.text, self.folded)

    @cached_property
    def dates(self) -> list[DateMatch]:
        return find_dates(self.text, self.folded)

    @cached_property
    def time(self) -> tuple[int, int, str] | None:
        return find_time(self.text)

    @cached_property
    def tells_when(self) -> bool:
        """Whether it names a day or an hour."""
        return bool(self.dates or find_day_months(self.text, 2000) or self.time)


def _this_year(text: str) -> str:
    """``text`` with blanks for brackets that tell of another year than the words around them."""
    for bracket in _BRACKET.finditer(text):
        outside = set(_YEAR.findall(text[: bracket.start()] + text[bracket.end() :]))
        inside = set(_YEAR.findall(bracket[0]))
        if (inside and outside and not inside & outside) or _BEFORE.search(flat(bracket[0])):
            blank = " " * len(bracket[0])
            text = f"{text[: bracket.start()]}{blank}{text[bracket.end() :]}"
    return text


def near(sentences: Sequence[Sentence]) -> list[Sentence]:
    """What speaks of a ceremony, with the sentences of its paragraph and the labels that go on."""
    out: list[Sentence] = []
    for one in sentences:
        goes_on = bool(out) and (
            _GOES_ON.match(one.folded) is not None or len(out[-1].text.split()) <= _LABEL
        )
        if _speaks(one) or (goes_on and one.line.block - out[-1].line.block <= 1):
            out.append(one)
    return out


def _speaks(one: Sentence) -> bool:
    return any(
        _CAMPAIGN.match(one.folded, m.end() - len("phat dong")) is None or "khai mac" in one.folded
        for m in _CEREMONY.finditer(one.folded)
    )


def own(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Without what is said of others' ceremonies, or of how one was prepared, if more is said."""
    for other in (_GUEST, _MANY, _PREPARES):
        kept = [s for s in sentences if not other.search(s.folded)]
        if len(kept) < len(sentences) and any(_tells(s) for s in kept):
            sentences = kept
    return list(sentences)


def of_others(one: Sentence) -> bool:
    """Whether only the ceremonies of others are told: those of the schools, or one of a guest's."""
    return any(other.search(one.folded) for other in (_GUEST, _MANY))


def is_campaign(one: Sentence) -> bool:
    """Whether what is opened is a drive, a contest or the like."""
    return _CAMPAIGN.search(one.folded) is not None


def prepares(one: Sentence) -> bool:
    """Whether a sentence tells how a ceremony was prepared."""
    return _PREPARES.search(one.folded) is not None


def _tells(one: Sentence) -> bool:
    """Whether a sentence says of a ceremony when, where or how it was held."""
    if not _CEREMONY.search(one.folded):
        return False
    return bool(one.tells_when or one.means.mode or one.means.venue)


def sentences_of(lines: Iterable[Line]) -> list[Sentence]:
    out = []
    for line in lines:
        start = 0
        for match in _SENTENCE.finditer(line.text):
            out.append(Sentence(line, start, match.start()))
            start = match.end()
        out.append(Sentence(line, start, len(line.text)))
    return out
