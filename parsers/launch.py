"""The opening ceremony: day, time, mode, platform and connected places, from its own sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.dates import find_dates, find_day_months, find_time
from parsers.letter import UPPER, Line
from schemas.numbers import parse_count
from schemas.report import Launch, LaunchMode, Located

_CEREMONY = re.compile(
    r"(?:le|buoi|chuong trinh|hoi nghi|to chuc)\s*(?:le )?(?:khai mac|phat dong|ra quan|khai giang)"
    r"|^\W*khai mac\b|khai mac (?:luc|vao|ngay|tai|duoc|truc)|khai mac tuan le|phat dong (?:huong ung )?tuan le|le huong ung"
)
_SENTENCE = re.compile(rf"(?<=[.;!])\s+(?=[{UPPER}+-])")
_HYBRID = re.compile(
    r"truc tiep (?:va |ket hop |ket hop voi |ket hop ca |, |lan |\+ ?|- ?)+(?:hinh thuc )?"
    r"truc tuyen|"
    r"truc tuyen (?:va |ket hop |ket hop voi |, |lan )+(?:hinh thuc )?truc tiep"
)
_ONLINE = re.compile(r"truc tuyen|tren nen tang so|qua cau truyen hinh")
_IN_PERSON = re.compile(
    r"(?:khai mac|phat dong|dien ra) truc tiep|hinh thuc (?:to chuc )?(?:tap trung |la )?truc tiep|to chuc truc tiep|truc tiep tai|"
    r"tap trung truc tiep|hinh thuc tap trung"
)
_PLATFORM = re.compile(
    r"Microsoft[ -]?Teams?|MS[ -]?Teams?|(?:Cisco )?Webex(?: Meetings?)?|"
    r"Zoom(?:[ -](?:Cloud )?Meetings?)?|Google[ -]?Meet|GG ?Meet|Jitsi(?: Meet)?|Skype|TrueConf|"
    r"VNPT[ -]?Meeting|VNPT[ -]?\w+|Viettel[ -]?\w+|Polycom|K12 ?Online|Zavi|"
    r"(?<!MS )(?<!Microsoft )\bTeams|Zalo(?: (?:Meet|Video))?|Facebook(?: Live)?|YouTube",
    re.IGNORECASE,
)
_VENUES = re.compile(
    r"(?P<n>\d{1,4}|(?:muoi )?(?:mot|hai|ba|bon|nam|lam|sau|bay|tam|chin)|muoi)"
    r"\s*(?:\(\d+\)\s*)?(?:diem cau|diem ket noi|diem truc tuyen)(?! (?:chinh|trung tam))"
)
_GUEST = re.compile(r"(?:tham du|tham gia|du|dung) (?:le|buoi|chuong trinh)")
_LINKED = re.compile(
    r"(?:ket noi|truc tuyen|truyen hinh)[^.;\d]{0,40}?(?:toi|den|voi)\s+(?:hon |tren )?"
    r"(?P<n>\d{1,4})\s*(?:/\s*\d+\s*)?"
    r"(?:xa|phuong|thi tran|huyen|thi xa|truong|co so|don vi|diem|dia phuong|trung tam)(?![a-z])"
)
_CITED = re.compile(r"/[^\W\d_][^\s]*\s*,?\s*(?:ngay\s*)?$")


@dataclass(frozen=True, slots=True)
class _Sentence:
    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]

    @property
    def folded(self) -> str:
        return self.line.folded[self.start : self.end]


class _Found:
    """Collects the first statement of each field, with its place."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.located: list[Located] = []

    def put(
        self,
        name: str,
        value: object,
        one: _Sentence,
        span: tuple[int, int],
        doubtful: bool = False,
    ) -> None:
        if value is None or name in self.values:
            return
        start, end = span[0] + one.start, span[1] + one.start
        trust = one.line.confidence(start, end)
        self.values[name] = value
        review = doubtful or trust < 0.7
        confidence = round(min(trust, 0.6 if doubtful else 0.97), 3)
        place = one.line.where(start, end)
        self.located.append(
            Located(f"launch.{name}", place, one.line.text[start:end].strip(), confidence, review)
        )


def read_launch(
    body: Sequence[Line], section: Sequence[Line], year: int | None
) -> tuple[Launch | None, tuple[Located, ...]]:
    """The ceremony as ``section`` (the part about it, may be empty) or else ``body`` states it."""
    near = _own([s for s in _sentences(section or body) if _CEREMONY.search(s.folded)])
    under = _own(_sentences(section))
    near = near or under
    found = _Found()
    for scope in (near, under):
        for one in scope:
            _day_and_time(one, found, None)
        for one in scope:
            _day_and_time(one, found, year)
        for one in scope:
            _means(one, found)
    if not found.values:
        return None, ()
    return Launch(**found.values), tuple(found.located)  # type: ignore[arg-type]


def _own(sentences: list[_Sentence]) -> list[_Sentence]:
    """Without the ceremony that the issuer was a guest at, if it tells of one of its own."""
    held = [s for s in sentences if not _GUEST.search(s.folded)]
    return held if any(_CEREMONY.search(s.folded) for s in held) else sentences


def _sentences(lines: Iterable[Line]) -> list[_Sentence]:
    out = []
    for line in lines:
        start = 0
        for match in _SENTENCE.finditer(line.text):
            out.append(_Sentence(line, start, match.start()))
            start = match.end()
        out.append(_Sentence(line, start, len(line.text)))
    return out


def _day_and_time(one: _Sentence, found: _Found, year: int | None) -> None:
    """The first day that is neither a citation's nor an end of a range, and the time before it."""
    dates = find_dates(one.text) if year is None else find_day_months(one.text, year)
    folded = one.folded
    for match in dates:
        before = folded[max(0, match.start - 60) : match.start]
        after = folded[match.end : match.end + 12]
        if (
            match.day is None
            or _CITED.search(before.replace("ngay ", ""))
            or _in_range(before, after)
        ):
            continue
        found.put("held_on", match.day, one, (match.start, match.end), match.doubtful)
        break
    time = find_time(folded)
    if time is not None:
        found.put("time", time[2], one, (time[0], time[1]))


def _in_range(before: str, after: str) -> bool:
    return bool(
        re.match(r"\s*(?:den|-)\s*(?:het )?(?:ngay)?", after)
        or re.search(r"(?:den|-)\s*(?:het )?(?:ngay)?\s*$", before)
    )


def _means(one: _Sentence, found: _Found) -> None:
    folded = one.folded
    for pattern, mode in (
        (_HYBRID, LaunchMode.HYBRID),
        (_ONLINE, LaunchMode.ONLINE),
        (_IN_PERSON, LaunchMode.IN_PERSON),
    ):
        match = pattern.search(folded)
        if match:
            both = mode is LaunchMode.ONLINE and _IN_PERSON.search(folded) is not None
            found.put("mode", LaunchMode.HYBRID if both else mode, one, match.span(), both)
            break
    platform = _PLATFORM.search(one.text)
    if platform:
        found.put("platform", platform[0], one, platform.span())
    _venues(one, found)


def _venues(one: _Sentence, found: _Found) -> None:
    folded = one.folded
    counts = list(_VENUES.finditer(folded))
    linked = _LINKED.search(folded)
    if counts:
        best = next(
            (m for m in counts if re.search(r"(?:va|cung)\s*$", folded[: m.start()])),
            counts[0],
        )
        total = re.search(r"trong do|bao gom|gom", folded[best.end() : best.end() + 25]) is not None
        found.put("venues", parse_count(best["n"]).value, one, best.span(), total)
    elif linked is not None:
        # "kết nối trực tuyến tới 17 xã": places, though nobody calls them điểm cầu.
        found.put("venues", parse_count(linked["n"]).value, one, linked.span("n"), True)
