"""How a ceremony was held: gathered at a place, online, or both; on what platform; how many linked.

"Trực tiếp" is said of many things (who directs, what television shows), "trực tuyến" of classes and
contests as well: a word counts only where it can be said of the ceremony. A named hall, yard, school
or square tells that people gathered there, where nothing is said of being online.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.numbers import parse_count
from schemas.report import LaunchMode

Span = tuple[int, int]

_DIRECT = re.compile(
    r"(?<![a-z])(?:truc tiep|offline|(?:hinh thuc|to chuc) tap trung|tap trung tai)(?![a-z])"
)
_SHOWN = re.compile(
    r"(?:truyen hinh|phat|phat song|tuong thuat|truyen|chieu|phat thanh|dua tin)\s*$"
)
_PERSONS = re.compile(
    r"\s*(?:chi dao|du(?![a-z])|tham du|tham gia|phat bieu|huong dan|trao|quan ly|phu trach|dieu hanh|"
    r"chu tri|lanh dao|kiem tra|phat dong|tang|bao cao|tuyen truyen|xuong|qua|tren|cho|giao luu)"
)
_ONLINE = re.compile(
    r"(?<![a-z])(?:truc tuyen|on-?line|live ?stream|(?:phat(?: song)?|truyen) truc tiep (?:tren|qua|toi)|"
    r"(?:qua|bang) (?:he thong )?(?:cau )?truyen hinh|hoi nghi truyen hinh|"
    r"tren (?:cac )?(?:nen tang so|khong gian mang|moi truong mang)|diem cau|dau cau)(?![a-z])"
)
_BROADCAST = re.compile(r"(?:phat|phat song|truyen|chieu|duoc) $|^(?:phat|truyen|live)")
_OTHER_THING = re.compile(
    r"(?<![a-z])(?<!ket )(?<!phoi )(?<!tich )(?:thi|hoc|day|lop|tap huan|boi duong|khoa hoc|tai lieu|hoc lieu|kho sach|thu vien|doc sach|"
    r"dang ky|binh chon|khao sat|giai phap|toa dam|hop|giao ban|dich vu cong|cong dong|hinh thuc hoc|"
    r"bai giang|sach|ung dung|cau lac bo|minigame|tro choi|trac nghiem)\s*$"
)
_DENIED = re.compile(
    r"(?:khong|chua|thay vi|thay cho|han che)(?: (?:the|to chuc|theo|bang|phai|hinh thuc|duoc|duoi)){0,4}"
    r"\s*$"
)
_JOINT = re.compile(
    r"(?<![a-z])(?:va|ket hop|lan|dong thoi|cung|ca hai|vua|song song|xen ke|hoac|\+|/|&)(?![a-z])|[-,]"
)
_BOTH = re.compile(
    r"(?:ca )?(?:hai|2|02) hinh thuc|(?<![a-z])hybrid(?![a-z])|hinh thuc (?:hon hop|ket hop)(?! voi)"
)
_PLACE = (
    r"hoi truong|san(?! choi)|nha van hoa|quang truong|nha thi dau|nha da nang|nha da chuc nang|"
    r"nha truyen thong|nha hat|nha hoi nghi|nha tuong niem|nha thieu nhi|nha sinh hoat|phong hop|"
    r"phong doc|phong hoi thao|phong truyen thong|thu vien|cong vien|tru so|truong|nha truong|"
    r"trung tam(?! cau)|tttt|ttvh|tthtcd|tt gdnn|ttgdnn|den|dinh|chua|mieu|dai tuong niem|tuong dai|"
    r"khu di tich|di tich|van mieu|bao tang|rap|cung van hoa|khuon vien|ubnd|"
    r"uy ban nhan dan|huyen uy|thanh uy|thi uy|tinh uy|dang uy|so giao duc|so gd|phong gd|"
    r"xuong|khu (?:luu niem|tuong niem|van hoa|the thao)|nha luu niem|hoi quan|san van dong|phong hoc|"
    r"phong giao duc|th|thcs|thpt|mam non|mn|tieu hoc|hoc vien|dai hoc|diem truong|buu dien"
)
_VENUE = re.compile(
    rf"(?:(?<![a-z])(?:(?:tai|o)\s+(?:tang \d+,?\s+)?|(?:tren|ngoai|giua|duoi)\s+(?=san(?! choi)|quang truong|khuon vien)|"
    rf"trong\s+(?=hoi truong|nha (?:da nang|thi dau|van hoa)|khuon vien|san ))|dia diem(?: to chuc)?\s*:[\s.…_]*(?:tai\s+)?)"
    rf"(?P<place>(?:{_PLACE})(?![a-z]))"
)
_LINKS = re.compile(
    r"(?<![a-z])(?:(?:ket noi|noi|noi cau|truyen)(?: [a-z]+){0,2}|"
    r"(?:ket noi|dong thoi truyen|truyen hinh anh)[a-z0-9 ]{0,50} (?:voi|toi|den|qua)(?: [a-z0-9]+){0,3})\s*$"
)
_BARE_VENUE = re.compile(
    r"[,:(\-]\s*(?P<place>hoi truong|san van dong|san truong|san nha|nha van hoa|quang truong|nha thi dau|"
    r"nha da nang|trung tam (?:van hoa|hoi nghi))(?![a-z])"
)
_LABELLED_VENUE = re.compile(
    rf"^[\W\d]*(?:[a-e][.)]\s*)?(?:le |buoi )?(?:khai mac|phat dong|ra quan)[^.;:]{{0,40}}:[^.;]*?[,:(\-]\s*(?P<place>(?:{_PLACE})(?![a-z]))"
    r"(?![^.;,]*(?<![a-z])(?:to chuc|tham gia|tham du|du|phoi hop|chu tri|bieu dien|trao|tang|thuc hien)(?![a-z]))"
)
_NOWHERE = re.compile(
    r"(?<![a-z])(?:tai|o)\s+(?P<many>\d*\s*(?:cac|tat ca|100%|moi|nhieu|mot so|tung)\s+\w+)"
)
_UNKNOWN_PLACE = re.compile(
    r"(?:(?<![a-z])tai\s+|dia diem(?: to chuc)?\s*:\s*)(?!\d|diem cau|dau cau|cac |ke hoach|cong van|"
    r"van ban|huyen(?! uy)|xa |phuong |thi |thanh pho|tinh(?! uy)|dia phuong|don vi|co so|day|cho |bo |so |"
    r"hung yen|viet nam|quyet dinh|thong bao|huong dan|buoi|le |tuan )(?P<place>[a-z]+(?: [a-z]+){0,5})"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one sentence tells of the mode: spans in it, None where it tells nothing.

    ``joint`` says that the sentence joins being there and being online in so many words, ``doubtful``
    that it tells of both and does not say how they go together.
    """

    direct: Span | None = None
    online: Span | None = None
    joint: bool = False
    venue: Span | None = None
    unclear: Span | None = None
    doubtful: bool = False
    shown: bool = False
    """Whether it was only shown to others, as by television: people may have met all the same."""

    @property
    def mode(self) -> LaunchMode | None:
        """By words alone; a place says nothing yet."""
        if self.direct and self.online:
            return LaunchMode.HYBRID
        if self.joint and self.online:
            return LaunchMode.HYBRID
        if self.online:
            return LaunchMode.ONLINE
        return LaunchMode.IN_PERSON if self.direct else None

    @property
    def span(self) -> Span:
        """Where the words stand, from the first to the last."""
        spans = [s for s in (self.direct, self.online) if s] or [self.venue or (0, 0)]
        return min(s[0] for s in spans), max(s[1] for s in spans)


def means_of(text: str, folded: str) -> Said:
    """What a sentence about the ceremony says of its mode; ``folded`` is ``text`` without marks."""
    both = _BOTH.search(folded)
    if both:
        return Said(both.span(), both.span(), True)
    direct, online, venue = _direct(folded), _online(text, folded), _venue(folded)
    unclear = None if venue else _first(_NOWHERE, folded) or _first(_UNKNOWN_PLACE, folded, "place")
    if online is None:
        return Said(direct, None, False, venue, unclear)
    other = direct or venue
    joint = other is not None and _joined(folded, other, online)
    if direct is None and venue is not None and _is_broadcast(folded, online):
        # Shown on the net from a place where people sat: whether that makes it both is not said.
        return Said(venue, online, joint, venue, None, not joint)
    if venue is not None and venue[1] < online[0] and _LINKS.search(folded[venue[1] : online[0]]):
        # Gathered at one place and linked to others from there: both, though not in so many words.
        return Said(venue, online, joint, venue, None, not joint)
    linked = folded[online[0] : online[1]] in ("diem cau", "dau cau")
    doubtful = other is not None and (linked or (direct is not None and not joint))
    return Said(direct, online, joint, venue, None, doubtful, _is_broadcast(folded, online))


def _first(pattern: re.Pattern[str], folded: str, group: str | int = 0) -> Span | None:
    match = pattern.search(folded)
    return match.span(group) if match else None


def _direct(folded: str) -> Span | None:
    for match in _DIRECT.finditer(folded):
        before, after = folded[: match.start()], folded[match.end() :]
        if not (_SHOWN.search(before) or _PERSONS.match(after) or _DENIED.search(before)):
            return match.span()
    return None


def _online(text: str, folded: str) -> Span | None:
    for match in _ONLINE.finditer(folded):
        before = folded[: match.start()]
        if not (_OTHER_THING.search(before) or _DENIED.search(before)):
            return match.span()
    meeting = MEETING.search(text)
    return meeting.span() if meeting else None


def _venue(folded: str) -> Span | None:
    match = next(
        filter(None, (p.search(folded) for p in (_VENUE, _BARE_VENUE, _LABELLED_VENUE))), None
    )
    return match.span("place") if match else None


def _joined(folded: str, one: Span, other: Span) -> bool:
    """Whether what stands between two words, or before them, joins them: "vừa … vừa", "và"."""
    first, last = sorted((one, other))
    between = folded[first[1] : last[0]]
    if len(between) > 90 or re.search(r"[.;]\s", between):
        return False
    words = [m for m in _JOINT.finditer(between) if m[0] not in ",-"]
    near = words and len(between) - words[-1].end() <= 32
    plain = re.fullmatch(r"\s*[,\-]\s*(?:hinh thuc )?", between)
    return bool(near or plain)


def _is_broadcast(folded: str, online: Span) -> bool:
    said = folded[online[0] : online[1]]
    return bool(
        _BROADCAST.search(folded[max(0, online[0] - 10) : online[0]]) or _BROADCAST.match(said)
    )


MEETING = re.compile(
    r"\b(?:Microsoft[ -]?Teams?|MS[ -]?Teams?|(?:Cisco )?Webex(?: Meetings?)?|"
    r"Zoom(?:[ -]?(?:Cloud )?Meetings?)?|Google[ -]?Meet(?:ing)?|GG ?Meet|Jitsi(?: Meet)?|Skype|TrueConf|"
    r"(?:VNPT|Viettel)[ -]?(?:\w*[ -]?Meet\w*|\w*Conf\w*)|\w{0,6}Meeting|Polycom|"
    r"K12 ?Online|Zavi|Teams|Zalo (?:Meet|Video))(?!\w)",
    re.IGNORECASE,
)
"""Programs made for meeting: to name one is to say that one met online."""
_SHOWING = re.compile(r"\b(?:Zalo|Facebook(?: Live)?|YouTube)(?!\w)", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:nền tảng|phần mềm|ứng dụng|hệ thống)(?: (?:họp|hội nghị|trực tuyến|học|dạy|truyền hình))*\s+"
    r"(?P<name>[A-Z][A-Za-z0-9]+(?:[ -][A-Z][A-Za-z0-9]+){0,2})(?!\w)"
)


def platform_of(text: str, folded: str) -> tuple[Span, bool] | None:
    """The platform's place in the sentence, and whether that it is one is in doubt."""
    meeting = MEETING.search(text)
    if meeting:
        return meeting.span(), False
    if _online(text, folded) is None:
        return None
    named = _NAMED.search(text)
    if named:
        return named.span("name"), True
    shown = _SHOWING.search(text)
    return (shown.span(), False) if shown else None


_TENS = r"(?:(?:hai|ba|bon|nam|sau|bay|tam|chin) )?muoi(?: (?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin))?"
_N = rf"(?P<n>\d{{1,4}}|{_TENS}|mot|hai|ba|bon|nam|sau|bay|tam|chin)"
_POINT = r"(?:diem|dau) (?:cau|ket noi|truc tuyen|cau truyen hinh)(?: truc tuyen)?"
_VENUES = re.compile(
    rf"(?<![\d/.,a-z]){_N}\s*(?:\([^)]{{1,30}}\)\s*)?(?:/\s*\d+\s*)?{_POINT}(?! (?:chinh|trung tam))"
)
_COUNTED = re.compile(rf"(?:so )?{_POINT}(?: thanh phan)?\s*:\s*{_N}(?![\d/a-z]|\.\d)")
_LINKED = re.compile(
    r"(?:ket noi|truc tuyen|truyen hinh)[^.;\d]{0,40}?(?:toi|den|voi)\s+(?:hon |tren )?"
    r"(?P<n>\d{1,4})\s*(?:/\s*\d+\s*)?"
    r"(?:xa|phuong|thi tran|huyen|thi xa|truong|co so|don vi|diem|dia phuong|trung tam|nha van hoa|thon|to dan pho|khu dan cu|cum|chi hoi)(?![a-z])|"
    r"(?<![a-z])noi (?:toi|den|voi)\s+(?P<m>\d{1,4})\s*(?:/\s*\d+\s*)?(?:diem|lop|phong|truong|xa|cum|don vi)(?![a-z])"
)


def venues_of(folded: str) -> tuple[int | None, Span, bool] | None:
    """The connected places beside the main one: their number, its place, and whether in doubt."""
    counts = [*_VENUES.finditer(folded), *_COUNTED.finditer(folded)]
    if counts:
        best = _beside_main(folded, counts)
        after = folded[best.end() : best.end() + 25]
        total = re.search(r"trong do|bao gom|gom", after) is not None
        total = total or re.search(r"tong (?:so|cong)\s*:?\s*$", folded[: best.start()]) is not None
        return parse_count(best["n"]).value, best.span(), total
    linked = _LINKED.search(folded)
    if linked is None:
        return None
    # "kết nối trực tuyến tới 17 xã": places, though nobody calls them điểm cầu.
    group = "n" if linked["n"] else "m"
    return parse_count(linked[group]).value, linked.span(group), True


def _beside_main(folded: str, counts: Sequence[re.Match[str]]) -> re.Match[str]:
    joined = (m for m in counts if re.search(r"(?:va|cung)\s*$", folded[: m.start()]))
    return next(joined, counts[0])
