"""Which row of the form a number in a sentence counts, and which numbers beside it are that row's too."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from parsers.count_context import of_each, turns_to_done
from parsers.count_numbers import Number
from parsers.counted import Counted, Words
from parsers.held import held_before, whole_of
from schemas.form import Indicator
from schemas.numbers import parse_count

_BETWEEN = 6
"""Words that may stand between two numbers of one row: "15 tập thể và 210 cá nhân"."""
_WHERE = re.compile(r"\b(?:tai|o|tren)(?: ca)?\s*$")
_NAMED = re.compile(
    r"[(,]\s*(?:so |tong )*([^(),;:\d]{2,40}?)\s*:\s*(\d{1,3}(?:[. ]\d{3})+|\d+)(?![\d/%])"
)
_SAID_AS = re.compile(
    r"\b(?:so|luong)(?: luong| luot)* ([a-z]+(?: [a-z]+){0,6}?)\s*(?:(?:la|dat|len|toi|den|:)\s*)*"
    r"((?:(?:khoang|hon|tren|gan)\s+)?(?:\d{1,3}(?:\.\d{3})+|\d+))(?![\d/%]|[.,]\d|\s*%)"
)
"""Who is counted before how many: "số người dự là 2.135"."""
_ATTENDS = re.compile(
    r"\b(?:tham gia|tham du|theo hoc|du)\b[^,;]*$|\b(?:thong qua|qua|trong|tai|o)\s*$"
)
"""Between people and what they took part in: "1.040 người lao động | qua 15 lớp"."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """``folded`` is ``text`` letter by letter; ``context`` is what stands over it and before it in its
    paragraph, a line each sentence."""

    text: str
    folded: str
    context: str
    numbers: tuple[Number, ...]

    def after(self, number: Number) -> str:
        return self.folded[number.end :]


@dataclass(frozen=True, slots=True)
class Claim:
    """``row`` is None where the number counts something that rows count but names none of them.

    ``taken`` are the measures with their numbers; ``loose`` says that the words may mean another row.
    """

    row: Indicator | None
    taken: tuple[tuple[str, Number], ...] = ()
    loose: bool = False


def claim_number(
    sentence: Sentence, at: int, taken: Collection[int], counted: Counted
) -> Claim | None:
    """What number ``at`` of ``sentence`` counts; None where it counts nothing that a row counts.

    ``taken`` are numbers that earlier claims have.
    """
    number = sentence.numbers[at]
    after = sentence.after(number)
    together = _together(sentence, at, counted)
    if together is not None:
        return together
    named = counted.rows_of(after)
    rows = [w for w in named if not counted.other_thing(w, after)]
    if not rows:
        return Claim(None) if any(counted.near_thing(w, after) for w in named) else None
    told = sentence.folded
    cued = [w for w in rows if counted.cued(w, told)]
    borrowed = not cued
    if borrowed:
        cued = [w for w in rows if counted.cued(w, f"{sentence.context} {told}")]
    until, before = _until_next(sentence, at), told[: number.start]
    listed = _listed(sentence, at, rows, counted)
    fitting = [
        w
        for w in cued
        if counted.fits(w, told, until, not listed and held_before(w, before, until))
    ]
    row, unsure = _row(sentence, at, fitting, counted)
    if row is None:
        whole = whole_of(rows, sentence.context, before, until, counted)
        row, unsure = whole, whole is not None
    if row is None:
        silent = all(w.row.prose.common for w in rows) and (borrowed or not cued)
        return None if silent else Claim(None)
    measures = ((row.measures[0].code, number), *_further(sentence, at, row, taken, counted))
    return Claim(row, measures, unsure or borrowed)


def _listed(sentence: Sentence, at: int, rows: Sequence[Words], counted: Counted) -> bool:
    """Whether another number of the sentence counts the same: "5 trường mầm non, 6 trường tiểu học"."""
    codes = {w.row.code for w in rows}
    return any(
        codes & {w.row.code for w in counted.rows_of(sentence.after(n))}
        for i, n in enumerate(sentence.numbers)
        if i != at
    )


def _together(sentence: Sentence, at: int, counted: Counted) -> Claim | None:
    """A row that counts two kinds together, each with a number of its own here."""
    if at + 1 >= len(sentence.numbers):
        return None
    one, two = sentence.numbers[at : at + 2]
    between = sentence.folded[one.end : two.start]
    rows = [
        w
        for w in counted.added(between, sentence.after(two))
        if len(between.split()) <= _BETWEEN
        and counted.cued(w, sentence.folded)
        and counted.fits(w, sentence.folded, sentence.after(two))
    ]
    values = [parse_count(n.raw).value for n in (one, two)]
    if len(rows) != 1 or None in values:
        return None
    raw = sentence.text[one.start : two.end]
    both = Number(one.start, two.end, raw, added=sum(v for v in values if v is not None))
    row = rows[0].row
    return Claim(row, ((row.measures[0].code, both),))


def _row(
    sentence: Sentence, at: int, rows: Sequence[Words], counted: Counted
) -> tuple[Indicator | None, bool]:
    """The one of ``rows`` that is meant, and whether it may be another.

    Text counts before it names ("10 lớp phổ biến pháp luật") or names before it counts ("Phổ biến
    pháp luật: 10 lớp"); the first number of a sentence shows which.
    """
    if all(not w.row.prose.phrases for w in rows):
        return (rows[0].row, False) if len(rows) == 1 else (None, False)
    number = sentence.numbers[at]
    ahead, apart = counted.named(rows, sentence.folded[number.start : _stop(sentence, at, counted)])
    behind = None
    if _named_first(sentence, at, counted):
        behind, _ = counted.named(rows, _before(sentence, at, counted))
    if ahead is None and behind is None and turns_to_done(sentence.folded):
        # "Hội thảo dự định 2 cuộc, | song chỉ tổ chức 1 cuộc" goes on about what was named before.
        return counted.named(rows, sentence.context.rpartition("\n")[2])[0], True
    if ahead is None or behind is None or ahead.code == behind.code:
        return ahead or behind, apart
    chunk = re.split(r"[,:()]", sentence.folded[number.start : _next_start(sentence, at)])[0]
    if counted.begins_with_name(ahead, sentence.after(number)):
        return ahead, apart
    return ahead if counted.named(rows, chunk)[0] is not None else behind, True


def _named_first(sentence: Sentence, at: int, counted: Counted) -> bool:
    """Whether the sentence names rows before their numbers: its first count has a row named before."""
    first = next(
        (i for i, n in enumerate(sentence.numbers) if counted.rows_of(sentence.after(n))), at
    )
    rows = counted.rows_of(sentence.after(sentence.numbers[first]))
    return first == at or counted.named(rows, _before(sentence, first, counted))[0] is not None


def _before(sentence: Sentence, at: int, counted: Counted) -> str:
    """The text between the count before this number and this number."""
    earlier = [n.end for n in sentence.numbers[:at] if not counted.measures(sentence.after(n))]
    return sentence.folded[earlier[-1] if earlier else 0 : sentence.numbers[at].start]


def _stop(sentence: Sentence, at: int, counted: Counted) -> int:
    """Where the next number begins that is no further measure of this one, nor says where it was."""
    later = (
        n
        for n in sentence.numbers[at + 1 :]
        if not counted.measures(sentence.after(n))
        and not _says_where(sentence, n, counted)
        and not of_each(sentence.folded, n.start)
    )
    return next((n.start for n in later), len(sentence.folded))


def _says_where(sentence: Sentence, number: Number, counted: Counted) -> bool:
    """Whether the number counts places only: "17 buổi tại 17 xã với 2.140 người"."""
    return bool(
        _WHERE.search(sentence.folded[: number.start])
        and not counted.rows_of(sentence.after(number))
    )


def _next_start(sentence: Sentence, at: int) -> int:
    later = sentence.numbers[at + 1 :]
    return later[0].start if later else len(sentence.folded)


def _until_next(sentence: Sentence, at: int) -> str:
    return sentence.folded[sentence.numbers[at].end : _next_start(sentence, at)]


def _further(
    sentence: Sentence, at: int, row: Indicator, taken: Collection[int], counted: Counted
) -> list[tuple[str, Number]]:
    """The row's further measures: numbers behind its own, or the one before that takes part in it."""
    out = []
    stop = _stop(sentence, at, counted)
    number = sentence.numbers[at]
    for measure in (m.code for m in row.measures[1:]):
        behind = (
            n
            for n in sentence.numbers[at + 1 :]
            if n.start < stop and measure in counted.measures(sentence.after(n))
        )
        found = next(behind, None)
        if found is None and at and at - 1 not in taken:
            before = sentence.numbers[at - 1]
            between = sentence.folded[before.end : number.start]
            attends = _ATTENDS.search(between) and measure in counted.measures(between)
            found = before if attends else None
        found = found or _behind_its_name(sentence, number.end, stop, measure, counted)
        if found is not None:
            out.append((measure, found))
    return out


def _behind_its_name(
    sentence: Sentence, start: int, stop: int, measure: str, counted: Counted
) -> Number | None:
    """The number that stands behind who is counted: "5 lớp (người học: 203)", "số người dự là 203"."""
    said = (p.finditer(sentence.folded, start, stop) for p in (_NAMED, _SAID_AS))
    for m in chain.from_iterable(said):
        if measure in counted.measures(m[1]):
            return Number(m.start(2), m.end(2), sentence.text[m.start(2) : m.end(2)])
    return None
