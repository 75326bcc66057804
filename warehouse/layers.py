"""Which of a unit's documents count, one upon another: pure.

A report that replaces stands alone; a supplement or correction lies upon the report it names, and
its cells hide those beneath; a withdrawn report counts no more, and its withdrawal never does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.report import RevisionKind
from schemas.text import number_key

_LEADING = re.compile(r"\d+")
_UPON = frozenset({RevisionKind.SUPPLEMENTS.value, RevisionKind.CORRECTS.value})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One readable document of the unit; ``figures`` counts its observations."""

    sha256: str
    number: str | None
    issued_on: dt.date | None
    received_at: dt.datetime
    rendition_rank: int
    figures: int
    revision: str | None = None
    revises: str | None = None


@dataclass(slots=True)
class Stack:
    """``layers`` by SHA-256 from 0; ``superseded`` by what took a document's place."""

    layers: dict[str, int] = field(default_factory=dict)
    superseded: dict[str, str] = field(default_factory=dict)


def stack(documents: Sequence[Candidate]) -> Stack:
    """The layers that count.

    Files of one number are one document, and so is a file without a number beside the one numbered
    report of its day (a draft, a scan whose number is written by hand). Of them one with figures
    counts before one without, then one that was issued before a draft (paper is numbered and dated
    after signing: Nghị định 30/2020, article 15.2), then Word before a PDF with text before a scan,
    then the one that arrived last. Between reports the date
    of issue decides, then the number as a number, then the arrival. A revision that names no
    report we hold is taken to mean the newest one before it.
    """
    groups = _documents(documents)
    best = sorted((_best(several) for several in groups.values()), key=_age)
    out = Stack()
    _fold_renditions(groups, best, out)
    gone = _withdrawn(best, out)
    standing = [b for b in best if b.sha256 not in gone]
    upon = [b for b in standing if b.revision in _UPON]
    reports = [b for b in standing if b.revision not in _UPON] or upon[:1]
    if not reports:
        return out
    main = _main(reports)
    out.layers[main.sha256] = 0
    for one in reports:
        if one is not main:
            out.superseded[one.sha256] = main.sha256
    for one in upon:
        if one is not main:
            _lay(one, main, reports, out)
    return out


def _documents(files: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """The files of each document, by the key of its number."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in files:
        if one.number:
            groups[_key(one)].append(one)
    numbered = [several[0] for several in groups.values() if several[0].revision is None]
    for one in files:
        if not one.number:
            same = [n for n in numbered if one_document(None, one.issued_on, n.number, n.issued_on)]
            groups[_key(same[0]) if len(same) == 1 and not one.revision else one.sha256].append(one)
    return groups


def _key(one: Candidate) -> str:
    return (one.number or one.sha256).casefold()


def one_document(
    number: str | None, day: dt.date | None, other: str | None, other_day: dt.date | None
) -> bool:
    """Whether two files of one unit render one document: the number says so, else the day.

    A draft has neither yet: it is taken for a rendition of the only report there is.
    """
    if number and other:
        return number_key(number) == number_key(other)
    return day is None or other_day is None or day == other_day


def _best(renditions: list[Candidate]) -> Candidate:
    def rank(one: Candidate) -> tuple[bool, int, int, dt.datetime, str]:
        issued = (one.number is not None) + (one.issued_on is not None)
        return (one.figures > 0, issued, -one.rendition_rank, one.received_at, one.sha256)

    return max(renditions, key=rank)


def _age(one: Candidate) -> tuple[dt.date, int, dt.datetime, str]:
    """Later is greater. The number is compared as a number: 99 comes before 200."""
    leading = _LEADING.match(one.number or "")
    return (
        one.issued_on or dt.date.min,
        int(leading.group()) if leading else 0,
        one.received_at,
        one.sha256,
    )


def _fold_renditions(
    groups: dict[str, list[Candidate]], best: Sequence[Candidate], out: Stack
) -> None:
    leading = {b.sha256 for b in best}
    for several in groups.values():
        (chosen,) = (one.sha256 for one in several if one.sha256 in leading)
        for one in several:
            if one.sha256 != chosen:
                out.superseded[one.sha256] = chosen


def _withdrawn(best: Sequence[Candidate], out: Stack) -> set[str]:
    """Documents that do not count: withdrawals, and what they withdraw."""
    gone = set()
    for one in best:
        if one.revision != RevisionKind.WITHDRAWS.value:
            continue
        gone.add(one.sha256)
        for other in best:
            if other is not one and one.revises and same_number(other.number, one.revises):
                gone.add(other.sha256)
                out.superseded[other.sha256] = one.sha256
    return gone


def same_number(number: str | None, named: str) -> bool:
    """Whether ``named`` names the document of ``number``; an abridged symbol is enough."""
    mine, theirs = number_key(number or ""), number_key(named)
    return bool(mine and theirs) and (
        mine == theirs or mine.startswith(f"{theirs}-") or theirs.startswith(f"{mine}-")
    )


def _main(reports: Sequence[Candidate]) -> Candidate:
    """The newest that no other report says it replaces; the newest where each is replaced."""
    replaced = {
        other.sha256
        for one in reports
        if one.revision == RevisionKind.REPLACES.value and one.revises
        for other in reports
        if other is not one and same_number(other.number, one.revises)
    }
    left = [r for r in reports if r.sha256 not in replaced] or list(reports)
    return max(left, key=_age)


def _lay(one: Candidate, main: Candidate, reports: Sequence[Candidate], out: Stack) -> None:
    named = [r for r in reports if one.revises and same_number(r.number, one.revises)]
    older = bool(named) and main not in named
    if older or (not named and _age(one) < _age(main)):
        out.superseded[one.sha256] = main.sha256
    else:
        out.layers[one.sha256] = max(out.layers.values()) + 1
