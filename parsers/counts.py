"""Counts in running text: "tổ chức 30 lớp với 800 CBQL, giáo viên tham gia".

What names a row is the form's (``schemas.prose``); here is only the grammar: sentences, plans and
other years, parts picked out, which side of a number says what it counts. A count is taken only
where the words beside it name one row of the form and no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parsers.ceremony_counts import came
from parsers.confidence import REVIEW_BELOW, confidence_of
from parsers.count_context import (
    continues,
    elsewhere,
    may_be_part,
    named_apart,
    picked_out,
    thereof,
    without_asides,
    without_differences,
)
from parsers.count_numbers import Number, numbers_of
from parsers.count_rows import Claim, Sentence, claim_number
from parsers.count_sentences import heads, may_count, sentences, without_leaders
from parsers.counted import Counted, counted_by
from parsers.labelled_counts import labelled
from parsers.letter import flat
from parsers.other_words import masked
from parsers.people_rows import PEOPLE, has_people
from parsers.said_counts import people_behind, said_counts
from schemas.document import Anchor, Paragraph
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form, Indicator
from schemas.numbers import parse_count
from schemas.report import IssuerLevel, Observation, Origin
from schemas.text import fold


@dataclass(slots=True)
class _Read:
    """What is found so far; ``here`` are rows counted in the paragraph being read."""

    counted: Counted
    own: str
    year: int
    observations: list[Observation] = field(default_factory=list)
    loose: list[Finding] = field(default_factory=list)
    left: list[tuple[str, Finding]] = field(default_factory=list)
    heading: str = ""
    here: set[str] = field(default_factory=set)
    level: IssuerLevel | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence in its paragraph: ``offset`` is where it begins, ``context`` what stands before;
    ``folded`` is ``text`` letter by letter."""

    paragraph: Paragraph
    offset: int
    text: str
    folded: str
    context: str

    def where(self, number: Number) -> Anchor:
        return self.paragraph.locate(self.offset + number.start, self.offset + number.end)


def mentions(
    paragraphs: Sequence[Paragraph], form: Form, own: str = "", level: IssuerLevel | None = None
) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    """Every count the text states of an indicator of ``form``, in reading order; and a finding for
    each count of something that rows count which names no row, or that was passed over.

    ``own`` is the reporting unit's name: what it says of itself is no part of it; of its own ``level``
    is a ceremony of which no level is told.
    """
    read = _Read(counted_by(form), fold(own), form.year, level=level)
    for paragraph in paragraphs:
        told = without_leaders(paragraph.text)
        if may_count(told):
            context, last, read.here = read.heading, None, set()
            folded = flat(told)
            for start, sentence in sentences(told):
                said = folded[start : start + len(sentence)]
                if may_count(sentence):
                    place = _Place(paragraph, start, sentence, said, context)
                    last = _of_sentence(place, read, last)
                context = f"{context}\n{said}"
        if heads(paragraph):
            read.heading = flat(told)
    taken = {o.indicator for o in read.observations}
    loose = [*read.loose, *(finding for code, finding in read.left if code not in taken)]
    return tuple(read.observations), tuple(loose)


def _of_sentence(place: _Place, read: _Read, last: Claim | None) -> Claim | None:
    """Reads one sentence; gives the last row claimed, for the sentence after it."""
    folded = without_asides(without_differences(place.folded), read.year)
    numbers = numbers_of(place.text, folded, read.counted.counts)
    passed = elsewhere(folded, read.heading, read.year)
    known, unclear = len(read.observations), len(read.loose)
    if not numbers:
        last = None
    elif last is not None and continues(folded):
        _observe(place, read, replace(last, taken=_beside(last, numbers[0], folded, read)), True)
    begun = len(read.observations)
    last = _claimed(place, read, folded, numbers, last, passed=passed)
    if passed:
        return last
    _said(place, read, folded, numbers)
    if len(read.observations) == begun and _of_line(place, read, numbers):
        del read.loose[unclear:]
    if len(read.observations) == known:
        _came(place, read, folded, numbers)
    return last


def _claimed(
    place: _Place, read: _Read, folded: str, numbers: Sequence[Number], last: Claim | None,
    *, passed: bool,
) -> Claim | None:  # fmt: skip
    """Reads the numbers that stand before what they count; gives the last row claimed."""
    if not numbers:
        return last
    sentence = Sentence(place.text, masked(place.text, folded), place.context, tuple(numbers))
    taken: set[int] = set()
    for at, number in enumerate(numbers):
        claim = claim_number(sentence, at, taken, read.counted) if at not in taken else None
        if claim is None:
            continue
        before = place.text[: number.start]
        if claim.row is None:
            read.loose.append(_unclear(place, number))
        elif passed or (picked_out(before, folded) and not _apart(read, before, folded, claim)):
            told = [(claim.row.code, _passed_over(place, claim.row, *one)) for one in claim.taken]
            read.left += told
        elif claim.row.code not in read.here or not thereof(folded, before):
            spans = [(n.start, n.end) for _, n in claim.taken]
            taken |= {i for i, n in enumerate(numbers) if any(a <= n.start < b for a, b in spans)}
            part = may_be_part(place.text, folded, before, read.own)
            _observe(place, read, claim, part or picked_out(before, folded))
            read.here.add(claim.row.code)
            last = claim
    return last


def _said(place: _Place, read: _Read, folded: str, numbers: Sequence[Number]) -> None:
    """Reads counts that stand behind their label."""
    known = {one.key for one in read.observations}
    above = read.observations[-1].indicator if read.observations else None
    context = f"{read.heading} {place.context}"
    told = said_counts(
        place.paragraph, place.offset, place.text, read.counted, context, above, known
    )
    for one, row, end in told:
        read.observations.append(one)
        people = people_behind(folded, end, numbers, read.counted) if has_people(row) else None
        if people is not None and one.measure != PEOPLE:
            _observe(place, read, Claim(row, ((PEOPLE, people),)), False)


def _came(place: _Place, read: _Read, folded: str, numbers: Sequence[Number]) -> None:
    """Reads who came to a ceremony of which the sentence tells nothing else."""
    context = f"{read.heading} {place.context}"
    found = came(place.text, folded, context, numbers, read.counted, read.level)
    if found is None or any(o.key == (found[0].code, PEOPLE) for o in read.observations):
        return
    row, number, sure = found
    _observe(place, read, Claim(row, ((PEOPLE, number),), not sure), False)


def _of_line(place: _Place, read: _Read, numbers: Sequence[Number]) -> bool:
    """Reads a line that is a row of the form but for its ruling; whether it gave anything."""
    above = read.observations[-1].indicator if read.observations else None
    found = labelled(
        place.paragraph, place.offset, place.text, read.counted.form, numbers, above, read.heading
    )
    read.observations += found
    return bool(found)


def _beside(
    claim: Claim, number: Number, folded: str, read: _Read
) -> tuple[tuple[str, Number], ...]:
    """The measure that ``number`` gives a row whose own number stood in the sentence before."""
    found = {measure for measure, _ in claim.taken}
    for measure in read.counted.measures(folded[number.end :]):
        if (
            measure not in found
            and claim.row
            and any(m.code == measure for m in claim.row.measures)
        ):
            return ((measure, number),)
    return ()


def _unclear(place: _Place, number: Number) -> Finding:
    shown = place.text[number.start : number.start + 60].strip()
    message = f"Lời văn ghi «{shown}…» nhưng không rõ thuộc mục nào của mẫu; số chưa được lấy."
    where = (place.where(number),)
    return Finding(RuleCode.UNCLAIMED_ROW, Severity.WARNING, message, where, value=number.raw)


def _apart(read: _Read, before: str, folded: str, claim: Claim) -> bool:
    """Whether the number is another row's and not an example of what the sentence has counted."""
    assert claim.row is not None
    phrases = [fold(phrase) for phrase in claim.row.prose.phrases]
    return claim.row.code not in read.here and named_apart(before, folded, phrases)


def _passed_over(place: _Place, row: Indicator, measure: str, number: Number) -> Finding:
    shown = place.text[number.start : number.start + 60].strip()
    message = (
        f"Lời văn ghi «{shown}…» trong câu nói về kế hoạch, năm khác hoặc một đơn vị riêng; "
        "số chưa được lấy."
    )
    where = (place.where(number),)
    return Finding(
        RuleCode.UNCLAIMED_ROW, Severity.INFO, message, where, row.code, measure, number.raw
    )


def _observe(place: _Place, read: _Read, claim: Claim, part: bool) -> None:
    made = [_observation(place, claim, measure, n, part) for measure, n in claim.taken]
    read.observations += [one for one in made if one is not None]


def _observation(
    place: _Place, claim: Claim, measure: str, number: Number, part: bool
) -> Observation | None:
    assert claim.row is not None
    indicator = claim.row
    reading = parse_count(number.raw)
    value = number.added if number.added is not None else reading.value
    unit = next((m for m in indicator.measures if m.code == measure), None)
    if value is None or unit is None:
        return None
    paragraph, start, end = place.paragraph, place.offset + number.start, place.offset + number.end
    evidence = [
        "origin:narrative",
        f"number:{'added' if number.added is not None else reading.style}",
        *(["number:spelled"] if number.spelled else []),
        *(["number:approximate"] if reading.approximate else []),
        *(["phrase:loose"] if part or claim.loose else []),
        *(["reading:doubtful"] if any(d.code == "struck_out" for d in paragraph.doubts) else []),
    ]
    spans = [s.confidence for s in paragraph.spans if s.start < end and s.end > start]
    confidence = confidence_of(evidence, min(spans, default=1.0))
    return Observation(
        indicator.code,
        measure,
        value,
        unit.unit,
        number.raw.strip(),
        Origin.NARRATIVE,
        confidence,
        confidence < REVIEW_BELOW,
        place.where(number),
        tuple(evidence),
        indicator.label,
    )
