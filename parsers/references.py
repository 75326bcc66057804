"""Documents that a letter cites: number, type, date and issuer, each number once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.dates import DateMatch, find_dates
from parsers.letter import Line, flat
from parsers.symbols import PARTY_NUMBER, TYPE_NAMES, tidy, type_of
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Reference

_DASH = r"[-\u2010-\u2015\u2212]"
_UP = "A-ZĐƯƠÔÂĂÊ"
_WORD = r"(?:[^\W\d_]|&)"
_NUMBER = re.compile(
    rf"(?<![\d/.,\w])(?P<n>\d{{1,5}}[a-zA-Z]?)\s*/\s*"
    rf"(?P<s>(?:\d{{4}}\s*/\s*)?[{_UP}]{_WORD}*"
    rf"(?:(?:{_DASH}|/)\s?[{_UP}]{_WORD}*|"
    rf"\s+{_DASH}\s*[{_UP}&]{{2,}}[a-z]?[{_UP}]*(?![^\W\d_]))*\d{{0,2}})"
)
_TYPES = re.compile(
    r"(?P<word>" + "|".join(sorted(TYPE_NAMES, key=len, reverse=True)) + r"|van ban|luat|cv)"
    r"(?:\s+lien tich|\s+lien nganh|\s+huong dan)?\s*(?:so)?\s*[:.]?\s*$"
)
_OF = re.compile(r"^[\s,()]*(?:của|do)\s+")
_STOP = re.compile(
    r"\s*(?:[,;:()\"“”./]|(?<!\w)(?:về|[Vv]/[Vv]|giao|ban hành|hướng dẫn|triển khai|quy định|"
    r"phê duyệt|và(?!\s+(?:Đào|đào|Du|Thông|Công|Xã|Môi|Phát)\s)|yêu cầu|tổ chức|chỉ đạo|thực hiện|"
    r"gửi|đề nghị|cùng|trong đó|đã|để|nhằm|ký|chuyển|kèm|ngày)(?!\w))"
)
_ISSUED = re.compile(
    r"[-+\s]*(?P<who>(?:UBND|Ủy ban|Uỷ ban|Sở|Phòng|Bộ|Trường|Trung tâm|Ban|Hội)\s[^,;.:]{1,60}?)"
    r"\s+(?:đã\s+)?(?:kịp thời\s+)?ban hành\s+[^,;.:\d]{0,40}$"
)
_MADE = re.compile(r"(?:da |co |duoc )*(?:ban hanh|ra|ky|xay dung|tham muu|co)\b")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[^\W\d_a-z])|\n")


@dataclass(slots=True)
class _Cited:
    number: str
    kind: str | None
    day: dt.date | None
    issuer: str | None
    line: Line
    start: int
    end: int
    conflict: dt.date | None = None


def read_references(
    lines: Sequence[Line], own: str | None
) -> tuple[tuple[Reference, ...], tuple[Finding, ...]]:
    """The documents cited in ``lines`` in order of first mention, without the letter's ``own``."""
    cited: dict[str, _Cited] = {}
    for line in lines:
        if "/" not in line.text:
            continue
        for one in _in_line(line):
            if own is not None and _key(one.number) == _key(own):
                continue
            known = cited.setdefault(_key(one.number), one)
            if known is not one:
                _merge(known, one)
    made = tuple(
        Reference(c.number, c.kind, c.day, c.issuer, c.line.where(c.start, c.end))
        for c in cited.values()
    )
    return made, tuple(_conflict(c) for c in cited.values() if c.conflict)


def citations(line: Line) -> list[tuple[str, dt.date | None, int, int]]:
    """Number, date and place (characters ``[start, end)``) of each document that ``line`` cites."""
    return [(c.number, c.day, c.start, c.end) for c in _in_line(line)]


def _key(number: str) -> str:
    return re.sub(r"[^a-z0-9]", "", flat(number))


def _merge(known: _Cited, again: _Cited) -> None:
    known.kind = known.kind or again.kind
    known.issuer = known.issuer or again.issuer
    if known.day and again.day and known.day != again.day:
        known.conflict = again.day
    known.day = known.day or again.day


def _conflict(cited: _Cited) -> Finding:
    return Finding(
        RuleCode.REFERENCE_DIFFERS,
        Severity.WARNING,
        f"Văn bản {cited.number} được dẫn với hai ngày khác nhau: "
        f"{cited.day:%d/%m/%Y} và {cited.conflict:%d/%m/%Y}.",
        (cited.line.where(cited.start, cited.end),),
        value=str(cited.day),
        other_value=str(cited.conflict),
    )


def _in_line(line: Line) -> list[_Cited]:
    text, folded = line.text, line.folded
    matches = sorted(
        [*_NUMBER.finditer(text), *PARTY_NUMBER.finditer(text)], key=lambda m: m.start()
    )
    kept = [m for m in matches if _plausible(m, folded)]
    if not kept:
        return []
    dates = find_dates(text, folded)
    out = []
    for i, match in enumerate(kept):
        limit = kept[i + 1].start() if i + 1 < len(kept) else len(text)
        floor = kept[i - 1].end() if i else 0
        word = _TYPES.search(folded, max(floor, match.start() - 45), match.start())
        day, after = _day_after(folded, match.end(), limit, dates)
        issuer = _issuer(text, after, limit)
        if day is None:
            day, subject = _day_before(text, folded, floor, match.start(), dates)
            issuer = issuer or subject
        issuer = issuer or _subject(text, floor, match.start())
        symbol = match[0]
        out.append(
            _Cited(
                tidy(symbol), type_of(symbol, word["word"] if word else ""), day, issuer,
                line, match.start(), match.end(),
            )
        )  # fmt: skip
    return out


def _plausible(match: re.Match[str], folded: str) -> bool:
    """Whether it is a document's number and not "10/THPT": a type word, "số", or a compound."""
    symbol = tidy(match[0])
    before = folded[max(0, match.start() - 45) : match.start()]
    if re.search(r"\bso\s*[:.]?\s*$", before) or _TYPES.search(before):
        return True
    return len(symbol) > 6 and ("-" in symbol or re.match(r"\d+/\d{4}/", symbol) is not None)


def _day_after(
    folded: str, end: int, limit: int, dates: list[DateMatch]
) -> tuple[dt.date | None, int]:
    """The date printed right after the number, and where the text goes on."""
    for match in dates:
        if end <= match.start < min(limit, end + 40):
            gap = folded[end : match.start]
            if re.fullmatch(r"[\s,(]*(?:ban hanh|ky|duoc ban hanh|de)?\s*(?:ngay)?[\s,]*", gap):
                return match.day, match.end
            of = re.fullmatch(r"[\s,(]*cua .{2,60}?[\s,]*(?:ngay|ban hanh ngay)?[\s,]*", gap)
            if of and "ve " not in gap:
                return match.day, end
    for match in dates:
        if end <= match.start < min(limit, end + 90):
            gap = folded[end : match.start]
            if re.fullmatch(r"[\s,(]*cua [^.;,]{2,70}?[\s,]*(?:ban hanh )?ngay\s*", gap):
                return match.day, end
    return None, end


def _day_before(
    text: str, folded: str, floor: int, start: int, dates: list[DateMatch]
) -> tuple[dt.date | None, str | None]:
    """ "Ngày 22/9/2021, Sở GDĐT đã ban hành Công văn số …": its day, and who issued it."""
    begin = max(floor, max((m.end() for m in _SENTENCE.finditer(text, 0, start)), default=0))
    before = [m for m in dates if begin <= m.start and m.end <= start]
    if not before:
        return None, None
    last = before[-1]
    gap = folded[last.end : start]
    made = _MADE.search(gap)
    if made is None or re.search(r"(?<!\w)(?:den|tu ngay|theo|thuc hien)\b", gap[: made.start()]):
        return None, None
    if len(gap) > 160 or (
        last.start > 0 and re.search(r"(?:den|tu)\s*(?:ngay)?\s*$", folded[: last.start])
    ):
        return None, None
    subject = text[last.end : last.end + made.start()].strip(" ,;:")
    return last.day, subject if 2 < len(subject) < 70 and subject[0].isupper() else None


def _subject(text: str, floor: int, start: int) -> str | None:
    """ "UBND xã đã ban hành Kế hoạch số …": the office that opens the sentence and issued it."""
    begin = max(floor, max((m.end() for m in _SENTENCE.finditer(text, 0, start)), default=0))
    match = _ISSUED.match(text[begin:start])
    return " ".join(match["who"].split()) if match else None


def _issuer(text: str, after: int, limit: int) -> str | None:
    """Whom "của" names after number and date, as spelled."""
    of = _OF.match(text[after:limit])
    if of is None:
        return None
    rest = text[after + of.end() : limit]
    stop = _STOP.search(rest)
    name = rest[: stop.start() if stop else len(rest)].strip(" .,;:")
    return " ".join(name.split()) or None if len(name) <= 90 else None
