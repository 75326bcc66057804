"""The opening ceremony: day, time, mode, platform and connected places, from its own sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parsers.dates import find_dates, find_day_months, find_time
from parsers.launch_means import Span, means_of, platform_of, venues_of
from parsers.letter import UPPER, Line
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Launch, LaunchMode, Located

_ACT = r"(?:khai mac|phat dong|ra quan|khai giang)"
_CEREMONY = re.compile(
    rf"(?:le|buoi|chuong trinh|hoi nghi|to chuc|mit tinh|lien hoan)\s*(?:le )?{_ACT}|^\W*{_ACT}\b|"
    r"khai mac (?:luc|vao|ngay|tai|duoc|truc|tuan le|qua|tren|bang|theo|hoi|sang|chieu|cap)|"
    r"phat dong (?:huong ung )?tuan le|(?:phat dong|khai mac) (?:truc|tap trung|online|luc|vao|ngay|tai)|"
    r"(?:du|don|dong loat|da|cung) khai mac|le huong ung|mit tinh huong ung"
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
_LABEL = 4
"""Words of a label, at most: what stands behind it is said of it."""
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
) -> tuple[Launch | None, tuple[Located, ...], tuple[Finding, ...]]:
    """The ceremony as ``section`` (the part about it, may be empty) or else ``body`` states it.

    The findings tell of what may be said of a ceremony and was not understood.
    """
    under = _sentences(section)
    near = _near(under) or ([] if under else _near(_sentences(body)))
    found = _Found()
    for scope in (near or under, under):
        own = _own(scope)
        for dated in (None, year):
            for one in own:
                _day_and_time(one, found, dated)
        for one in own:
            _platform_and_venues(one, found)
    findings = _mode(_own(near or under), _own(under), found)
    if not found.values:
        return None, (), _missed(body, under)
    findings = (*findings, *_dayless(near or under, found))
    return Launch(**found.values), tuple(found.located), findings  # type: ignore[arg-type]


def _near(sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """What speaks of a ceremony, with the sentences of its paragraph and the labels that go on."""
    out: list[_Sentence] = []
    for one in sentences:
        goes_on = bool(out) and (
            _GOES_ON.match(one.folded) is not None or len(out[-1].text.split()) <= _LABEL
        )
        if _speaks(one) or (goes_on and one.line.block - out[-1].line.block <= 1):
            out.append(one)
    return out


def _speaks(one: _Sentence) -> bool:
    return any(
        _CAMPAIGN.match(one.folded, m.end() - len("phat dong")) is None or "khai mac" in one.folded
        for m in _CEREMONY.finditer(one.folded)
    )


def _own(sentences: list[_Sentence]) -> list[_Sentence]:
    """Without what is said of others' ceremonies, or of how one was prepared, if more is said."""
    for other in (_GUEST, _MANY, _PREPARES):
        kept = [s for s in sentences if not other.search(s.folded)]
        if len(kept) < len(sentences) and any(_tells(s) for s in kept):
            sentences = kept
    return sentences


def _of_others(one: _Sentence) -> bool:
    """Whether only the ceremonies of others are told: those of the schools, or one of a guest's."""
    return any(other.search(one.folded) for other in (_GUEST, _MANY))


def _tells(one: _Sentence) -> bool:
    """Whether a sentence says of a ceremony when, where or how it was held."""
    if not _CEREMONY.search(one.folded):
        return False
    said = means_of(one.text, one.folded)
    when = find_dates(one.text) or find_day_months(one.text, 2000) or find_time(one.text)
    return bool(when or said.mode or said.venue)


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
    time = find_time(one.text)
    if time is not None:
        found.put("time", time[2], one, (time[0], time[1]))


def _in_range(before: str, after: str) -> bool:
    return bool(
        re.match(r"\s*(?:den|-)\s*(?:het )?(?:ngay)?", after)
        or re.search(r"(?:den|-)\s*(?:het )?(?:ngay)?\s*$", before)
    )


def _platform_and_venues(one: _Sentence, found: _Found) -> None:
    platform = platform_of(one.text, one.folded)
    if platform is not None:
        start, end = platform[0]
        found.put("platform", one.text[start:end], one, (start, end), platform[1])
    venues = venues_of(one.folded)
    if venues is not None:
        found.put("venues", venues[0], one, venues[1], venues[2])


def _mode(
    near: Sequence[_Sentence], under: Sequence[_Sentence], found: _Found
) -> tuple[Finding, ...]:
    """The mode as words tell it, else a named place; what contradicts or stays unclear is told."""
    told = [(one, means_of(one.text, one.folded)) for one in near]
    worded = [pair for pair in told if pair[1].mode]
    if not worded:
        worded = [(o, s) for o in under for s in [means_of(o.text, o.folded)] if s.mode]
    housed = [pair for pair in told if pair[1].venue]
    if worded:
        one, said = worded[0]
        modes = {s.mode for _, s in worded}
        apart = said.mode is LaunchMode.IN_PERSON and len(modes) > 1
        elsewhere = said.mode is LaunchMode.ONLINE and any(pair[0] is not one for pair in housed)
        mixed = said.mode is not LaunchMode.HYBRID and (len(modes) > 1 or elsewhere)
        mode = LaunchMode.HYBRID if apart else said.mode
        doubtful = said.doubtful or mixed or _of_others(one)
        found.put("mode", mode, one, said.span, doubtful)
        return (_unclear(one, said.span),) if doubtful else ()
    if housed:
        one, said = housed[0]
        found.put("mode", LaunchMode.IN_PERSON, one, said.span, _of_others(one))
        return (_unclear(one, said.span),) if _of_others(one) else ()
    unclear = next(((o, s.unclear) for o, s in told if s.unclear), None)
    return (_unclear(unclear[0], unclear[1]),) if unclear and unclear[1] else ()


def _unclear(one: _Sentence, span: Span) -> Finding:
    where = one.line.where(span[0] + one.start, span[1] + one.start)
    said = one.text[span[0] : span[1]].strip()
    message = f"Chưa rõ lễ khai mạc trực tiếp hay trực tuyến: «{said}»."
    return Finding(
        RuleCode.LAUNCH_UNCERTAIN,
        Severity.WARNING,
        message,
        (where,),
        value=said,
        field="launch.mode",
    )


def _dayless(said: Sequence[_Sentence], found: _Found) -> tuple[Finding, ...]:
    """A ceremony of which more is said, but no day that could be read."""
    if "held_on" in found.values:
        return ()
    message = "Có nói về lễ khai mạc nhưng chưa rõ ngày tổ chức."
    where = said[0].line.where(said[0].start, said[0].end)
    return (
        Finding(
            RuleCode.LAUNCH_UNCERTAIN, Severity.INFO, message, (where,), field="launch.held_on"
        ),
    )


def _missed(body: Sequence[Line], under: Sequence[_Sentence]) -> tuple[Finding, ...]:
    """A ceremony named together with a day or an hour, of which nothing was understood; what stands
    ``under`` a heading of its own is one without those too."""
    if under:
        one = under[0]
        message = f"Có câu nói về lễ khai mạc nhưng chưa đọc được: «{one.text.strip()[:120]}»."
        where = one.line.where(one.start, one.end)
        return (
            Finding(RuleCode.LAUNCH_UNCERTAIN, Severity.WARNING, message, (where,), field="launch"),
        )
    for one in _sentences(body):
        named = re.search(
            r"(?<![a-z])(?:khai mac|phat dong|mo man|ra quan|khai hoi|le ra mat)(?![a-z])",
            one.folded,
        )
        dated = find_dates(one.text) or find_day_months(one.text, 2000) or find_time(one.text)
        if (
            named
            and dated
            and not _CAMPAIGN.search(one.folded)
            and not _PREPARES.search(one.folded)
        ):
            where = one.line.where(one.start + named.start(), one.start + named.end())
            message = f"Có câu nói về lễ khai mạc nhưng chưa đọc được: «{one.text.strip()[:120]}»."
            return (
                Finding(
                    RuleCode.LAUNCH_UNCERTAIN, Severity.WARNING, message, (where,), field="launch"
                ),
            )
    return ()
