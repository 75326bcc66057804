"""Counts in running text: "tổ chức 30 lớp với 800 CBQL, giáo viên tham gia".

spaCy's phrase matcher over a blank pipeline finds what is counted; the grammar of numbers reads how
many. A count is taken only where the phrase beside it names one row of the form and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from parsers.confidence import REVIEW_BELOW, confidence_of
from schemas.document import Paragraph
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form, Indicator
from schemas.numbers import parse_count
from schemas.report import Observation, Origin
from schemas.text import fold_map, words

_COUNT = re.compile(
    r"(?<![\d/.,])((?:khoang|hon|tren|gan)\s+)?(\d{1,3}(?:[. ]\d{3})+|\d{1,7})(?![\d/%]|[.,]\d)\s+([a-z]+(?: [a-z]+){0,2})"
)
_DELTA = re.compile(r"\([^)]*\b(?:tang|giam|so voi)\b[^)]*\)")
_EXAMPLE = re.compile(r"\b(?:rieng|dien hinh|tieu bieu|vi du|chang han)\b")
"""What follows is a part picked out, not the reporting unit's own figure."""

_NAMED_PART = re.compile(
    r"\b(?i:xã|phường|thị trấn|trường|trung tâm)(?: (?:MN|TH|THCS|THPT|mầm non|tiểu học))* [A-ZĐÀ-Ỹ][a-zà-ỹ]"
)
_OPENING = {
    "opening.districts": re.compile(r"\s*huyen\b[^.;\d]{0,40}to chuc[^.;\d]{0,20}khai mac"),
    "opening.institutions": re.compile(
        r"\s*(?:truong|trung tam|co so)\b[^.;\d]{0,50}to chuc[^.;\d]{0,20}khai mac"
    ),
}
_DONORS = re.compile(r"\s*(?:tap the|to chuc|don vi)\s*(?:/|,|va|-)\s*ca nhan")
_PLANNED = re.compile(r"phan dau|du kien|chi tieu|ke hoach giao|muc tieu|toi thieu|it nhat")
_SESSIONS = {"lop", "khoa"}
_EVENTS = {"cuoc", "buoi", "hoi"}
_PEOPLE = (
    "luot nguoi",
    "nguoi",
    "cbql",
    "can bo",
    "giao vien",
    "hoc vien",
    "dai bieu",
    "bao cao vien",
    "lao dong",
    "hoc sinh",
    "gv",
    "cb",
    "luot",
)
_SINGLE = {
    "news": ("tin", "bai", "tin bai", "luot tin"),
    "publications": ("an pham", "to roi", "bang ron", "khau hieu", "ap phich"),
    "book_drive.books": ("cuon", "quyen", "ban sach", "dau sach"),
    "awards.collectives": ("tap the",),
    "awards.individuals": ("ca nhan",),
}
_PRAISE = re.compile(r"khen thuong|khen|giay khen|bang khen|tuyen duong|bieu duong")
_BOOKS = re.compile(r"huy dong|quyen gop|van dong|ung ho|tang|thu duoc")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a sentence: ``noun`` is the folded words after it."""

    start: int
    end: int
    raw: str
    noun: str


@dataclass(slots=True)
class _Read:
    observations: list[Observation]
    loose: list[Finding]


def mentions(
    paragraphs: Sequence[Paragraph], form: Form
) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    """Every count the text states of an indicator of ``form``, in reading order; and a finding for
    each count of classes, events or people's units that names no row of the form."""
    read = _Read([], [])
    for paragraph in paragraphs:
        if any(c.isdigit() for c in paragraph.text):
            for start, sentence in _sentences(paragraph.text):
                _of_sentence(paragraph, start, sentence, form, read)
    return tuple(read.observations), tuple(read.loose)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in re.finditer(r"[;\n]|(?<=[^\d\s.])\.\s+(?=\S)|$", text):
        if match.start() > start:
            yield start, text[start : match.start()]
        start = match.end()


def _of_sentence(paragraph: Paragraph, offset: int, sentence: str, form: Form, read: _Read) -> None:
    folded = _DELTA.sub(lambda m: " " * len(m[0]), fold_map(sentence))
    if _PLANNED.search(folded) or _other_year(folded, form.year):
        return
    numbers = _numbers(sentence, folded)
    taken: set[int] = set()
    for at, number in enumerate(numbers):
        if at in taken:
            continue
        until = next(
            (n.start for n in numbers[at + 1 :] if not n.noun.startswith(_PEOPLE)), len(folded)
        )
        scope = folded[number.start : until]
        made = (
            _sessions(number, numbers[at + 1 :], scope, form)
            or _opening(number, numbers[at + 1 :], folded, form)
            or _single(number, folded, form)
        )
        before = sentence[: number.start]
        if made and _EXAMPLE.search(folded[: number.start]):
            made = []
        part = bool(_NAMED_PART.search(before))
        for indicator, measure, which in made:
            taken.add(numbers.index(which))
            one = _observation(paragraph, offset, indicator, measure, which, part)
            if one is not None:
                read.observations.append(one)
        if not made and number.noun.split()[0] in _SESSIONS | _EVENTS:
            where = paragraph.locate(offset + number.start, offset + number.end)
            shown = sentence[number.start : number.start + 60].strip()
            text = f"Lời văn ghi «{shown}…» nhưng không rõ thuộc mục nào của mẫu; số chưa được lấy."
            read.loose.append(
                Finding(RuleCode.UNCLAIMED_ROW, Severity.WARNING, text, (where,), value=number.raw)
            )


def _numbers(sentence: str, folded: str) -> list[_Number]:
    return [
        _Number(m.start(2), m.end(2), sentence[m.start(1) if m[1] else m.start(2) : m.end(2)], m[3])
        for m in _COUNT.finditer(folded)
        if not re.search(
            r"(?:ngay|thang|nam|so|khoa|lop|quyet dinh)\s*$", folded[: m.start(2)][-12:]
        )
    ]


def _other_year(folded: str, year: int) -> bool:
    years = {int(y) for y in re.findall(r"nam (20\d\d)(?!\s*-)", folded)}
    return bool(years) and year not in years


Made = list[tuple[Indicator, str, _Number]]


def _sessions(number: _Number, later: Sequence[_Number], scope: str, form: Form) -> Made:
    first = number.noun.split()[0]
    if first in _SESSIONS:
        family = [i for i in form.indicators if i.code.startswith("training.")]
    elif first in _EVENTS:
        family = [i for i in form.indicators if i.code.startswith(("contests", "seminars"))]
    else:
        return []
    indicator = _named(scope, family)
    if indicator is None:
        return []
    made: Made = [(indicator, "count", number)]
    people = next(
        (n for n in later if n.noun.startswith(_PEOPLE) and n.start < number.start + len(scope)),
        None,
    )
    if people is not None:
        made.append((indicator, "people", people))
    return made


def _opening(number: _Number, later: Sequence[_Number], folded: str, form: Form) -> Made:
    """Districts or schools that held the opening; donors of books, counted together."""
    after = folded[number.end :]
    codes = [code for code, pattern in _OPENING.items() if pattern.match(after)]
    gives = "sach" in folded and _BOOKS.search(folded) and not _PRAISE.search(folded)
    if _DONORS.match(after) and gives:
        codes = ["book_drive.donors"]
    indicator = next((i for i in form.indicators if i.code in codes), None)
    if indicator is None:
        return []
    made: Made = [(indicator, "count", number)]
    if len(indicator.measures) > 1 and later and later[0].noun.startswith(_PEOPLE):
        made.append((indicator, "people", later[0]))
    return made


def _single(number: _Number, folded: str, form: Form) -> Made:
    before = folded[: number.start]
    for code, nouns in _SINGLE.items():
        if not any(number.noun == n or number.noun.startswith(n + " ") for n in nouns):
            continue
        indicator = next((i for i in form.indicators if i.code == code), None)
        if indicator is None:
            return []
        if code.startswith("awards") and not _PRAISE.search(before):
            return []
        if code == "book_drive.books" and not (
            _BOOKS.search(folded)
            and "sach" in folded[max(0, number.start - 40) : number.end + 24]
            and "vo" not in number.noun.split()
        ):
            return []
        if code == "awards.collectives" and "tang sach" in folded[number.start :]:
            return []
        return [(indicator, indicator.measures[0].code, number)]
    return []


_MATCHERS: dict[int, Any] = {}


def _named(scope: str, family: Sequence[Indicator]) -> Indicator | None:
    """The one row of ``family`` whose phrases stand in ``scope``: the longest phrase wins, a tie is none."""
    nlp, matcher = _matcher(family)
    document = nlp(words(scope))
    hits = [(document[a:b].text, nlp.vocab.strings[key]) for key, a, b in matcher(document)]
    if not hits:
        return None
    longest = max(len(text) for text, _ in hits)
    codes = {code for text, code in hits if len(text) == longest}
    return next((i for i in family if i.code in codes), None) if len(codes) == 1 else None


def _matcher(family: Sequence[Indicator]) -> tuple[Any, Any]:
    key = hash(tuple((i.code, i.phrases) for i in family))
    if key not in _MATCHERS:
        import spacy  # noqa: PLC0415
        from spacy.matcher import PhraseMatcher  # noqa: PLC0415

        nlp = spacy.blank("xx")
        matcher = PhraseMatcher(nlp.vocab)
        for one in family:
            matcher.add(one.code, [nlp.make_doc(words(p)) for p in one.phrases])
        _MATCHERS[key] = (nlp, matcher)
    nlp, matcher = _MATCHERS[key]
    return nlp, matcher


def _observation(
    paragraph: Paragraph,
    offset: int,
    indicator: Indicator,
    measure: str,
    number: _Number,
    part: bool,
) -> Observation | None:
    reading = parse_count(number.raw)
    unit = next((m for m in indicator.measures if m.code == measure), None)
    if reading.value is None or unit is None:
        return None
    evidence = [
        "origin:narrative",
        f"number:{reading.style}",
        *(["number:approximate"] if reading.approximate else []),
        *(["phrase:loose"] if part else []),
        *(["reading:doubtful"] if any(d.code == "struck_out" for d in paragraph.doubts) else []),
    ]
    where = paragraph.locate(offset + number.start, offset + number.end)
    trust = min(
        (
            s.confidence
            for s in paragraph.spans
            if s.start < offset + number.end and s.end > offset + number.start
        ),
        default=1.0,
    )
    confidence = confidence_of(evidence, trust)
    return Observation(
        indicator.code,
        measure,
        reading.value,
        unit.unit,
        number.raw.strip(),
        Origin.NARRATIVE,
        confidence,
        confidence < REVIEW_BELOW,
        where,
        tuple(evidence),
        indicator.label,
    )
