"""Text of a letter under no heading that names a field: placed by its first words, or told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.headings import Headings
from parsers.letter import flat
from parsers.loose_order import Trail, by_order, by_words, of_background
from parsers.loose_told import Loose, guessed, left, placed, unknown
from parsers.openings import asks, introduces, lacks, opening, opens_launch
from parsers.outline import DASH, PLUS, SMALL, mark_of
from schemas.document import Anchor, Paragraph
from schemas.finding import Finding
from schemas.report import NARRATIVE_FIELDS

_SOURCES = {
    "direction": ("activities",),
    "launch": ("direction", "activities", "results"),
    "budget": ("activities", "results"),
    "difficulties": ("results",),
    "recommendations": ("results", "difficulties"),
}
"""Under which other fields' headings the text of one without a heading stands."""
_DONE = re.compile(r"^\W*(?:(?:phan (?:thu )?\w+|[ivx]+|\d+)\W+)?(?:mot so |nhung |cac )*ket qua\b")
_WEIGHS = re.compile(
    r"danh gia|nhan xet|nhan dinh|nhin lai|tong ket|ket luan|(?:viec|dieu|mat) (?:duoc|lam duoc) va (?:viec |dieu |mat )?chua|uu diem|mat (?:duoc|manh|lam duoc|tich cuc)|rut kinh nghiem"
)
_WIDE = re.compile(r"[^\S\n]{2,}|\t")
"""Tabs and blanks behind a number, or that set words apart: on paper, a gap like any other."""
_COUNTED = 2
"""Paragraphs with figures that show what a section tells was done."""
_ENOUGH = 15
"""Words of a paragraph that says something: fewer are a greeting or a label."""
_LITTLE = 3
"""The same in a letter without any heading."""


PLAIN_TITLE = 1000
"""In place of a depth: a heading by its number and its shortness alone."""


@dataclass(slots=True)
class Gathered:
    """The text of one field so far; ``titles`` are the headings it stood under."""

    lines: list[tuple[str, int | None]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    """How many lines stood before each heading, and the heading."""
    where: Anchor | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)

    def add(self, paragraph: Paragraph, text: str, depth: int | None = None) -> None:
        """Adds a line; one with a ``depth`` is a heading that only names what is below it."""
        self.lines.append((text, depth))
        self.paragraphs.append(paragraph)
        self.where = self.where or paragraph.anchor

    def put(self, paragraph: Paragraph, text: str) -> None:
        """Adds a line where it stands in the letter among those of other parts."""
        place = paragraph.anchor.paragraph
        later = (i for i, one in enumerate(self.paragraphs) if _behind(one.anchor.paragraph, place))
        at = next(later, len(self.lines))
        self.lines.insert(at, (text, None))
        self.paragraphs.insert(at, paragraph)
        self.sections = [(n + (n > at), title) for n, title in self.sections]
        self.where = self.where or paragraph.anchor

    def begin(self, title: str, where: Anchor) -> None:
        """Goes on under a further heading; one above it that has nothing below itself is dropped."""
        while self.lines and self.lines[-1][1] is not None:
            self.lines.pop()
            self.paragraphs.pop()
        self.sections.append((len(self.lines), title))
        self.titles.append(title)
        self.where = self.where or where

    def drop(self, paragraph: Paragraph) -> None:
        """Takes a paragraph out."""
        at = next(i for i, one in enumerate(self.paragraphs) if one is paragraph)
        del self.paragraphs[at]
        del self.lines[at]

    def text(self) -> str:
        """The lines without the headings among them; a plain one with nothing below it is a line."""
        below = [depth for _, depth in self.lines[1:]] + [0]
        return "\n".join(
            _WIDE.sub(" ", text)
            for (text, depth), after in zip(self.lines, below, strict=False)
            if depth is None or (depth == PLAIN_TITLE and after is not None)
        )


def place_loose(
    gathered: dict[str, Gathered], trail: Trail, headings: Headings
) -> tuple[Finding, ...]:
    """Adds to ``gathered`` what words or place settle; the findings tell of it and of all that is left."""
    if not any(one.text() for one in gathered.values()):
        return _prose(gathered, [one for one in trail if isinstance(one, Loose)], headings)
    known = {name for name, one in gathered.items() if one.text()}
    missing = set(NARRATIVE_FIELDS) - known
    worded = by_words(trail, missing, headings)
    ordered = by_order(trail, missing, worded)
    worded |= dict.fromkeys(of_background(trail, missing), "direction")
    told: list[tuple[Paragraph, str, str]] = []
    by_place: list[tuple[Loose, str]] = []
    rest: list[Loose] = []
    for at, one in enumerate(trail):
        if not isinstance(one, Loose):
            continue
        name = worded.get(at) or ordered.get(at)
        if name is None and not one.under and not introduces(one.text):
            spoken = opening(one.text, headings)
            name = spoken if spoken not in known else None
        if name is None:
            rest.append(one)
            continue
        gathered.setdefault(name, Gathered()).put(one.paragraph, one.text)
        if at in ordered:
            by_place.append((one, name))
        else:
            told.append((one.paragraph, one.text, name))
    fields = [one for one in trail if isinstance(one, str)]
    told += _apart(gathered, headings, last=fields[-1:] == ["results"])
    return (*placed(told), *guessed(by_place), *_rest(rest))


def _rest(rest: Sequence[Loose]) -> list[Finding]:
    """What was not taken: each unknown heading, and paragraphs that say something."""
    under = {one.under: one for one in reversed(rest) if one.under}
    plain = [
        one
        for one in rest
        if not one.under and not introduces(one.text) and len(one.text.split()) >= _ENOUGH
    ]
    return [*(unknown(one) for one in reversed(under.values())), *left(plain)]


def _prose(
    gathered: dict[str, Gathered], loose: Sequence[Loose], headings: Headings
) -> tuple[Finding, ...]:
    """A letter without headings: lists go on with what is above them, and so do the activities."""
    name: str | None = None
    told = []
    rest = []
    for one in loose:
        if not gathered and introduces(one.text):
            continue
        goes_on = name == "activities" or mark_of(one.paragraph).depth in (DASH, PLUS, SMALL)
        spoken = opening(one.text, headings) or _at_the_end(one.text, gathered)
        name = spoken or (name if goes_on else None)
        if name is None:
            rest += [one] if len(one.text.split()) >= _LITTLE else []
            continue
        gathered.setdefault(name, Gathered()).add(one.paragraph, one.text)
        told.append((one.paragraph, one.text, name))
    return (*placed(told), *left(rest))


def _at_the_end(text: str, gathered: dict[str, Gathered]) -> str | None:
    """What is wanting or asked, once a letter without headings has told what was done."""
    if not gathered:
        return None
    return "recommendations" if asks(text) else "difficulties" if lacks(text) else None


def _apart(
    gathered: dict[str, Gathered], headings: Headings, *, last: bool
) -> list[tuple[Paragraph, str, str]]:
    """Paragraphs of fields that have no heading in this letter, told under another's."""
    told = _activities_apart(gathered)
    for name, sources in _SOURCES.items():
        if name in gathered and gathered[name].text():
            continue
        for source in sources:
            for paragraph, line in _speaking(gathered.get(source), name, headings):
                _move(gathered, source, name, paragraph, line)
                told.append((paragraph, line, name))
    return told + _done_among_results(gathered, headings) + _weighed_apart(gathered, last=last)


def _move(
    gathered: dict[str, Gathered], source: str, name: str, paragraph: Paragraph, line: str,
    depth: int | None = None,
) -> None:  # fmt: skip
    gathered[source].drop(paragraph)
    gathered.setdefault(name, Gathered()).add(paragraph, line, depth)


def _speaking(
    source: Gathered | None, name: str, headings: Headings
) -> list[tuple[Paragraph, str]]:
    """The paragraphs of ``source`` whose first words name the field ``name``."""
    if source is None:
        return []
    told = zip(source.paragraphs, source.lines, strict=True)
    return [
        (p, text)
        for p, (text, depth) in told
        if depth is None
        and (opens_launch(text) if name == "launch" else opening(text, headings) == name)
    ]


def _activities_apart(gathered: dict[str, Gathered]) -> list[tuple[Paragraph, str, str]]:
    """What was done, told under "Kết quả" in a letter that weighs it under a heading further on."""
    results = gathered.get("results")
    if results is None or _has(gathered, "activities"):
        return []
    first, *later = [(at, flat(title)) for at, title in results.sections] or [(0, "")]
    weighed = [at for at, title in later if _WEIGHS.search(title)]
    if not _DONE.match(first[1]) or not weighed or weighed[0] == first[0]:
        return []
    told = []
    for paragraph, (text, depth) in list(zip(results.paragraphs, results.lines, strict=True))[
        : weighed[0]
    ]:
        _move(gathered, "results", "activities", paragraph, text, depth)
        told.append((paragraph, text, "activities"))
    return told


def _done_among_results(
    gathered: dict[str, Gathered], headings: Headings
) -> list[tuple[Paragraph, str, str]]:
    """What was done, told under "Kết quả" together with what came of it: the latter is spoken of as
    such, the former counted."""
    results = gathered.get("results")
    if results is None or _has(gathered, "activities") or len(results.sections) != 1:
        return []
    if not _DONE.match(flat(results.sections[0][1])):
        return []
    lines = list(zip(results.paragraphs, results.lines, strict=True))
    done = [(p, one) for p, one in lines if opening(one[0], headings) != "results"]
    counted = sum(bool(re.search(r"\d", text[mark_of(p).end :])) for p, (text, _) in done)
    if len(done) == len(lines) or counted < _COUNTED:
        return []
    for paragraph, (text, depth) in done:
        _move(gathered, "results", "activities", paragraph, text, depth)
    return [(paragraph, text, "activities") for paragraph, (text, _) in done]


def _weighed_apart(
    gathered: dict[str, Gathered], *, last: bool
) -> list[tuple[Paragraph, str, str]]:
    """What was wanting and what is asked at the end of an evaluation that names neither; or of the
    results, where they come ``last`` in the letter."""
    results = gathered.get("results")
    if results is None or not results.sections:
        return []
    if not _WEIGHS.search(flat(results.sections[-1][1])) and not last:
        return []
    free = {n for n in ("difficulties", "recommendations") if not _has(gathered, n)}
    own = list(zip(results.paragraphs, results.lines, strict=True))[results.sections[-1][0] :]
    told: list[tuple[Paragraph, str, str]] = []
    at = len(own) - 1
    first = 0 if _DONE.match(flat(results.sections[-1][1])) else 1
    for name, says in (("recommendations", asks), ("difficulties", lacks)):
        while name in free and at >= first and says(own[at][1][0]):
            told.insert(0, (own[at][0], own[at][1][0], name))
            at -= 1
    for paragraph, text, name in told:
        _move(gathered, "results", name, paragraph, text)
    return told


def _behind(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other


def _has(gathered: dict[str, Gathered], name: str) -> bool:
    return name in gathered and bool(gathered[name].text())
