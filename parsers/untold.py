"""The net under the running text: a number that nothing took is told, with the row it may be of.

What reads counts (``parsers.counts``) takes only what the words settle. Here the words need settle
nothing: a number beside words of a row is put before a person, so that no count is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.count_context import elsewhere
from parsers.counted import Counted, Words, counted_by, holds, plain
from parsers.letter import flat
from parsers.people_rows import PEOPLE, has_people
from parsers.plain_numbers import Plain, plain_numbers
from schemas.document import Anchor, Paragraph
from schemas.finding import Finding, RuleCode, Severity
from schemas.form import Form, Indicator
from schemas.report import IssuerLevel, Observation

_SENTENCE = re.compile(r"\n|\.(?<=[^\d\s.]\.)\s+(?=\S)")
_ENOUGH = 3
_AT_MOST = 2
_HEADING = 16
_MOST = 400
"""Numbers of a document that are looked at: more are no report's, and a person sees the first."""
_LONGEST = 1200
"""Letters of a sentence that are looked at together."""


def untold(
    paragraphs: Sequence[Paragraph],
    form: Form,
    observations: Sequence[Observation],
    told: Sequence[Finding],
    others: Collection[int],
    *,
    level: IssuerLevel | None = None,
    quiet: bool,
) -> tuple[Finding, ...]:
    """A finding for each number of ``paragraphs`` that no observation, finding or table holds.

    ``others`` are the figures of the tables. Where the words point to a row that lacks a value, the
    finding names it; of two that are alike the one of the reporter's own ``level``. ``quiet`` says that a table gives the counts: only such findings are made then.
    """
    known = {o.key for o in observations} | {(f.indicator, f.measure) for f in told}
    net = _Net(counted_by(form), level, tuple(observations), tuple(told), others, quiet, known)
    out: list[Finding] = []
    heading, looked_at = "", 0
    for paragraph in paragraphs:
        text, folded = paragraph.text, flat(paragraph.text)
        for start, sentence in _sentences(text):
            said = folded[start : start + len(sentence)]
            numbers = list(plain_numbers(sentence, said))
            if not numbers:
                continue
            place = _Place(paragraph, start, sentence, said, f"{heading} {folded[:start]}")
            far = elsewhere(said, heading, form.year)
            for number in numbers:
                looked_at += 1
                if looked_at > _MOST:
                    return (*out, _nameless(place, number))
                out += _of_number(net, place, number, far=far)
        if len(text.split()) <= _HEADING and not re.search(r"\d{2}", text):
            heading = folded
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Net:
    counted: Counted
    level: IssuerLevel | None
    observations: tuple[Observation, ...]
    told: tuple[Finding, ...]
    others: Collection[int]
    quiet: bool
    known: Collection[tuple[str | None, str | None]]
    """Rows with a measure that have a value, or of which a finding tells."""

    def spoken(self, value: int) -> bool:
        """Whether the number is one that was read, told of, or stands in a table."""
        return (
            value in self.others
            or any(o.value == value for o in self.observations)
            or any(_figure(f) == str(value) for f in self.told)
        )

    def taken(self, value: int, place: Anchor) -> bool:
        """Whether the number was read just here."""
        return any(
            _same(o.where, place)
            and (o.value == value or value in {n.value for n in plain_numbers(o.raw)})
            for o in self.observations
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence in its paragraph, as it stands and ``folded`` letter by letter; ``above`` is what
    stands before it, and over it, folded."""

    paragraph: Paragraph
    offset: int
    text: str
    folded: str
    above: str

    def where(self, number: Plain) -> Anchor:
        return self.paragraph.locate(self.offset + number.start, self.offset + number.end)


def _same(one: Anchor, other: Anchor) -> bool:
    if one.box is None or other.box is None:
        return (one.paragraph, one.page) == (other.paragraph, other.page)
    a, b = one.box, other.box
    return one.page == other.page and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _of_number(net: _Net, place: _Place, number: Plain, *, far: bool) -> list[Finding]:
    """What is said of one number: the rows that it may be of; else, where it may be one, itself."""
    spoken = net.spoken(number.value)
    if net.taken(number.value, place.where(number)) or (net.quiet and spoken):
        return []
    rows = _pointed(net, place, number)
    missing = [(row, m) for row, m in rows if (row.code, m) not in net.known]
    own = [(row, m) for row, m in missing if row.level is not None and row.level is net.level]
    found = [_named(place, number, *one) for one in own or missing]
    if found or far or spoken:
        return found
    # Beside words of a row to which the table gives another value, it may be that value said otherwise.
    if net.quiet and not rows and not net.counted.counts(place.folded[number.end :]):
        return []
    return [_nameless(place, number)]


def _figure(finding: Finding) -> str:
    """The digits of what the finding tells of."""
    return re.sub(r"\D", "", finding.value or "").lstrip("0")


def beside_annex(loose: Sequence[Finding], observations: Sequence[Observation]) -> list[Finding]:
    """Loose counts of the prose where a table says the counts: only news, and no alarm."""
    told = {str(one.value) for one in observations}
    return [replace(one, severity=Severity.INFO) for one in loose if _figure(one) not in told]


def without_named(findings: Sequence[Finding], named: Sequence[Finding]) -> list[Finding]:
    """``findings`` without those that only say of a number that its row is unknown, where one of
    ``named`` says which it may be."""
    places = {(f.where, f.value) for f in named if f.indicator}
    return [
        f
        for f in findings
        if f.rule is not RuleCode.UNCLAIMED_ROW or f.indicator or (f.where, f.value) not in places
    ]


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end, after in (*(m.span() for m in _SENTENCE.finditer(text)), (len(text), 0)):
        for begin in range(start, end, _LONGEST):
            yield begin, text[begin : min(begin + _LONGEST, end)]
        start = after


def _pointed(net: _Net, place: _Place, number: Plain) -> list[tuple[Indicator, str]]:
    """The rows, with a measure each, that the words around ``number`` speak of most."""
    around = _around(net.counted, place.folded, number)
    here, above = plain(place.folded), plain(place.above)
    weighed = []
    for one in net.counted.rows:
        measure, beside = _measure(one, around)
        if measure is not None:
            weight = beside + _spoken_of(one, here, 2) + _spoken_of(one, above, 1)
            weighed.append((weight, one.row, measure))
    best = max((weight for weight, _, _ in weighed), default=0)
    found = [(row, measure) for weight, row, measure in weighed if weight == best]
    return found if best >= _ENOUGH and len(found) <= _AT_MOST else []


@dataclass(frozen=True, slots=True)
class _Around:
    """Plain words before a number and behind it; ``people`` says that they speak of people."""

    before: str
    behind: str
    people: bool


def _around(counted: Counted, folded: str, number: Plain) -> _Around:
    behind = re.sub(r"^\s*[;,.:)].*", "", folded[number.end :], flags=re.DOTALL)
    before = re.split(r"[,;:()]|\d", folded[: number.start].rstrip(" :-"))[-1]
    people = PEOPLE in counted.measures(behind) or re.search(
        r"\b(?:so|luot) (?:nguoi|luot|hoc vien|dai bieu)\b", before
    )
    return _Around(plain(before), f"{plain(behind[:60])} ", bool(people))


def _measure(one: Words, around: _Around) -> tuple[str | None, int]:
    """The measure of the row that the number may be, and how near the word for it stands."""
    first = one.row.measures[0].code
    if any(around.behind.startswith(f"{noun} ") for noun in one.nouns):
        return first, 2
    if around.people and has_people(one.row):
        return PEOPLE, 1
    if any(holds(around.before, noun) for noun in one.nouns):
        return first, 1 + any(around.before.endswith(noun) for noun in one.nouns)
    return None, 0


def _spoken_of(one: Words, told: str, weight: int) -> int:
    """How much the plain words ``told`` speak of the row: its phrases, or its cues."""
    phrases = [p for p in one.phrases if holds(told, p)]
    if phrases:
        return weight + max(len(p) for p in phrases) // 100
    if one.cues:
        return weight * (sum(any(holds(told, w) for w in group) for group in one.cues) > 0)
    return 0 if one.phrases else weight


def _named(place: _Place, number: Plain, row: Indicator, measure: str) -> Finding:
    unit = next(m.unit for m in row.measures if m.code == measure)
    message = (
        f"Lời văn ghi «{_shown(place.text, number)}», có thể là số của «{row.label}» ({unit}) "
        "nhưng chưa chắc; số chưa được lấy."
    )
    where = (place.where(number),)
    return Finding(
        RuleCode.UNCLAIMED_ROW, Severity.WARNING, message, where, row.code, measure, number.raw
    )


def _nameless(place: _Place, number: Plain) -> Finding:
    message = (
        f"Lời văn ghi «{_shown(place.text, number)}» nhưng không rõ thuộc mục nào của mẫu; "
        "số chưa được lấy."
    )
    where = (place.where(number),)
    return Finding(RuleCode.UNCLAIMED_ROW, Severity.INFO, message, where, value=number.raw)


def _shown(sentence: str, number: Plain) -> str:
    """The number with what stands beside it."""
    head = sentence[max(0, number.start - 40) : number.start]
    head = head if number.start <= 40 else head.partition(" ")[2]
    tail = sentence[number.start : number.end + 40]
    tail = tail if number.end + 40 >= len(sentence) else tail.rpartition(" ")[0]
    return f"{head}{tail}".strip(" .,;+-–•")
