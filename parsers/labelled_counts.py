"""A line of text that is a row of the form in all but ruling: "Số tin bài đã đăng: 26."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.confidence import REVIEW_BELOW, confidence_of
from parsers.count_numbers import Number
from parsers.counted import counted_by, plain
from parsers.matcher import Match, match_row
from parsers.people_rows import PEOPLE, form_row, people_of
from parsers.phrases import PEOPLE as PEOPLE_UNIT
from parsers.plain_numbers import plain_numbers
from parsers.row_places import SURE
from parsers.row_units import unit_words
from parsers.rows import split_label
from schemas.document import Paragraph
from schemas.form import Form, Indicator
from schemas.numbers import CountReading, parse_count
from schemas.report import Observation, Origin
from schemas.text import fold, words

_LAST = re.compile(r"([^\d]*[^\W\d_])\s+(\d{1,3}(?:[.]\d{3})+|\d{1,6})")
"""What is counted with its number behind it."""
_ASIDE = re.compile(
    r"(?<=\d)\s*(?:\([^()]*\)?|,\s*(?:trị giá|hết|kinh phí|chi phí|đạt|tăng|giảm)\b.*)$"
)
"""What is told of a count behind it: "Tin, bài: 11 (đăng từ 25/9)", "260, trị giá 2,6 triệu đồng"."""
_SO = re.compile(r"\b(?:so|luot|luong) ((?:\w+ ?){1,3})$")
"""Who is counted, at a label's end: "Tập huấn giáo viên: số học viên"."""
_LONGEST = 600
"""Letters of a line that may still be a label with its counts."""
_BULLET = re.compile(r"^[\s+*•–-]+")
_SUBJECT = re.compile(
    r"([^:,;]{8,90}?)\s+(?:(?:đã )?(?:được )?tổ chức|diễn ra|thu hút|với sự)\b", re.IGNORECASE
)
"""Who or what a sentence is about: "Lễ khai mạc cấp huyện | được tổ chức …, thu hút 1.150 người"."""
_HELD = re.compile(r"(?:cuoc|buoi|lop|le|lan|dot)\b")
"""What any row counts that counts what was held."""


def labelled(
    paragraph: Paragraph,
    offset: int,
    text: str,
    form: Form,
    numbers: Sequence[Number] = (),
    above: str | None = None,
    heading: str = "",
) -> list[Observation]:
    """The counts of a line whose label, up to its colon, is a row's.

    ``numbers`` are those of ``text`` with something counted behind them; ``above`` is the row that
    the line before counted: people told of it are its own. ``heading`` is what the line stands
    under: it may say what a label leaves out ("Khai mạc", "Cấp huyện: …").
    """
    if len(text) > _LONGEST:
        return []
    bare = _ASIDE.sub("", _BULLET.sub("", text).rstrip(" .,;"))
    label, value = split_label(bare)
    reading = parse_count(value)
    if reading.value is not None:
        start = offset + text.rindex(value)
        one = _single(paragraph, start, label, value, reading, form, above, heading)
        if one is not None:
            return [one]
    one = _ending(paragraph, offset, bare, text, form)
    return (
        [one] if one is not None else list(_told(paragraph, offset, text, form, numbers, heading))
    )


def _ending(
    paragraph: Paragraph, offset: int, bare: str, text: str, form: Form
) -> Observation | None:
    """The count that ends a part of a line whose head says what the parts are of: "Khen thưởng:
    tập thể 06; cá nhân 13"."""
    found = _LAST.fullmatch(bare.rpartition(":")[2].strip())
    head, colon, _ = paragraph.text.partition(":")
    if found is None or not colon:
        return None
    label = found[1].strip()
    over = section_of(form, _BULLET.sub("", head))
    match = match_row(form, label, over, filled=True)
    row = form_row(form, match.code) if match is not None and match.how in SURE else None
    if over is None or row is None or row.parent != over:
        match = match_row(form, f"{_BULLET.sub('', head)} {label}", None, filled=True)
        row = form_row(form, match.code) if match is not None and match.how in SURE else None
    if match is None or row is None or label in head:
        return None
    start = offset + text.rindex(found[2])
    code = row.measures[0].code
    return line_count(paragraph, start, found[2], row, code, match, "label:subject")


def section_of(form: Form, heading: str) -> str | None:
    """The row of the form that ``heading`` names as over others."""
    match = match_row(form, heading, None) if heading else None
    return match.code if match is not None and match.how in SURE else None


def _single(
    paragraph: Paragraph,
    start: int,
    label: str,
    value: str,
    reading: CountReading,
    form: Form,
    above: str | None,
    heading: str,
) -> Observation | None:
    """The one count that a line ends with."""
    unit = words(reading.unit)
    match = people_of(form, label, above, unit=unit) or match_row(form, label, None, filled=True)
    row = form_row(form, match.code) if match is not None else None
    if match is None or row is None:
        return None
    counted = counted_by(form)
    if (
        match.how == "fuzzy"
        and row.prose.cues
        and not counted.cued_row(row.code, f"{heading} {label}")
    ):
        return None  # «Số sách của thư viện» tells of no gift.
    ends = _SO.search(words(label))
    tail = ends[1] if ends is not None else ""
    told_of = PEOPLE in counted.measures(tail) and len(row.measures) > 1
    of_people = told_of or match.how in ("people", "beside") or bool(PEOPLE_UNIT.match(unit))
    measure = PEOPLE if of_people else row.measures[0].code
    # Another number before it may be the row's as well.
    told_by = "label:several" if any(plain_numbers(label)) else "label:line"
    return line_count(paragraph, start, value, row, measure, match, told_by)


def _told(
    paragraph: Paragraph,
    offset: int,
    text: str,
    form: Form,
    numbers: Sequence[Number],
    heading: str,
) -> Iterator[Observation]:
    """What a sentence tells behind its label: "…: tổ chức 01 buổi tại huyện với 320 đại biểu"."""
    named = _named(text, form, heading)
    if named is None:
        return
    label, told_by, match, row = named
    counted = counted_by(form)
    for measure in row.measures:
        first = measure.code == row.measures[0].code and measure.code != PEOPLE
        told = [
            number
            for number in numbers
            if number.start > len(label)
            and (
                _counts(row, fold(text[number.end :]).strip(), form)
                if first
                else measure.code in counted.measures(fold(text[number.end :]))
            )
        ]
        if len(told) == 1:
            at, raw = offset + told[0].start, told[0].raw
            value = told[0].added
            one = line_count(paragraph, at, raw, row, measure.code, match, told_by, value)
            if one is not None:
                yield one


def _named(text: str, form: Form, heading: str) -> tuple[str, str, Match, Indicator] | None:
    """What the text before the numbers is a row's label: up to the colon, or what it is about."""
    subject = _SUBJECT.match(_BULLET.sub("", text))
    label, colon, _ = text.partition(":")
    tried = [(label, "label:told")] if colon else []
    tried += [(subject[1], "label:subject")] if subject else []
    for words_before, told_by in tried:
        match = match_row(
            form, _BULLET.sub("", words_before), section_of(form, heading), filled=True
        )
        row = form_row(form, match.code) if match is not None and match.how in SURE else None
        if match is not None and row is not None:
            return words_before, told_by, match, row
    return None


def _counts(row: Indicator, after: str, form: Form) -> bool:
    """Whether the text behind a number begins with what ``row`` counts."""
    told = plain(after)
    nouns = {*unit_words(row.measures[0]), *counted_by(form).nouns(row.code)}
    return _HELD.match(told) is not None or any(
        told == noun or told.startswith(f"{noun} ") for noun in nouns
    )


def line_count(
    paragraph: Paragraph,
    start: int,
    raw: str,
    row: Indicator,
    code: str,
    match: Match,
    evidence_of_label: str,
    added: int | None = None,
) -> Observation | None:
    """What the number ``raw`` that begins at ``start`` of the paragraph says of ``row``. ``added`` is the value where ``raw`` holds two numbers: "58/60"."""
    reading = parse_count(raw)
    value = reading.value if added is None else added
    measure = next((m for m in row.measures if m.code == code), None)
    if measure is None or value is None:
        return None
    evidence = (
        "origin:narrative", f"row:{match.how}",
        f"number:{reading.style if added is None else 'added'}", evidence_of_label,
        *(["number:approximate"] if reading.approximate else []),
    )  # fmt: skip
    confidence = confidence_of(evidence)
    return Observation(
        row.code, code, value, measure.unit, raw, Origin.NARRATIVE, confidence,
        confidence < REVIEW_BELOW, paragraph.locate(start, start + len(raw)), evidence, row.label,
    )  # fmt: skip
