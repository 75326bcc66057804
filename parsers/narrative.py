"""The seven narrative fields, gathered under their headings however those are numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.asides import is_aside, is_background, is_filled_in
from parsers.closing import closes, is_caption, leads_to_table, without_closing
from parsers.headings import Claim, Headings
from parsers.letter import flat
from parsers.loose_text import PLAIN_TITLE, Gathered, place_loose
from parsers.loose_told import Loose
from parsers.narrative_nets import absent_fields
from parsers.openings import opening, opens_launch
from parsers.outline import (
    ARABIC,
    DASH,
    INLINE,
    NESTED,
    PART,
    PLUS,
    ROMAN,
    SMALL,
    TEXT,
    Mark,
    is_plain_title,
    mark_of,
    without_count,
)
from schemas.document import Anchor, Paragraph
from schemas.finding import Finding
from schemas.report import NARRATIVE_FIELDS, Narrative

_GIVEN = -1
"""In place of a title's depth: the line is filled in under a label that names its field."""
_TITLE = 16
"""Words of a heading, at most."""
_RUN_IN = re.compile(r"^(?P<title>[^:.;]{3,90}?)\s*[:.]\s+(?P<rest>\S.*)$", re.DOTALL)
_LABEL = re.compile(r"^(?:[^\s:.;]+\s+){0,6}[^\s:.;]+\s*:\s+\S")
_AS_FOLLOWS = re.compile(r"\bbao cao\b.{0,60}\b(?:nhu sau|sau day|cu the)\W*$")
_HEAD = 120
_NOT_HEADING_END = (";", ",", "./.")
_ENDS = ("results", "difficulties", "recommendations")
_SPLITTERS = re.compile(r"^(?:de nghi|kien nghi|de xuat)\b")


@dataclass(slots=True)
class _Section:
    fields: tuple[str, ...]
    depth: int
    title: str
    broad: bool = False
    run_in: bool = False
    """Whether its text begins in the paragraph of the heading itself."""


@dataclass(frozen=True, slots=True)
class Sections:
    """``narrative`` in the order of the fields; ``paragraphs`` by field, for closer reading."""

    narrative: tuple[Narrative, ...]
    paragraphs: dict[str, tuple[Paragraph, ...]]
    findings: tuple[Finding, ...] = ()


def read_narrative(paragraphs: Sequence[Paragraph], headings: Headings) -> Sections:
    """Gathers the body's ``paragraphs``; what stands before the first heading belongs to none."""
    walk = _Walk(headings)
    for paragraph, text in without_closing(paragraphs):
        if text.strip() and not is_caption(text):
            walk.take(paragraph, text)
    findings = place_loose(walk.gathered, walk.trail, headings)
    found = tuple(
        Narrative(name, text, one.where or Anchor(), tuple(one.titles))
        for name in NARRATIVE_FIELDS
        if (one := walk.gathered.get(name)) is not None and (text := one.text())
    )
    held = {k: tuple(v.paragraphs) for k, v in walk.gathered.items()}
    absent = absent_fields(found, paragraphs, held)
    return Sections(found, held, (*findings, *absent))


class _Walk:
    """One pass over the body: a stack of open sections, innermost last."""

    def __init__(self, headings: Headings) -> None:
        self._headings = headings
        self._open: list[_Section] = []
        self._last: dict[int, int] = {}
        self._listing: dict[int, int] = {}
        self._under = ""
        self.gathered: dict[str, Gathered] = {}
        self._background = False
        self._background_at: int | None = None
        self._lone_part = False
        self.trail: list[str | Loose] = []

    def take(self, paragraph: Paragraph, text: str) -> None:
        """Reads the next paragraph, whose ``text`` may lack what closes the letter."""
        if closes(text):
            self._open = []
            return
        if leads_to_table(text):
            self._add(paragraph, text)
            return
        mark = mark_of(paragraph)
        title = text[mark.end :].strip()
        claim, rest = self._claim(paragraph, mark, title)
        depth = self._depth(paragraph, mark, claim)
        self._lone_part = mark.depth == PART and not title
        if claim is not None and not self._tells_of_sender(depth, claim):
            self._close(depth)
            if self._open and self._open[-1].broad:
                self._open.pop()
            self._open_section(paragraph, claim, depth, title, run_in=bool(rest))
            if rest:
                self._add(paragraph, rest, _GIVEN if re.search(r"\d", rest) else None)
            return
        inline = bool(self._open) and self._open[-1].run_in and self._open[-1].depth >= INLINE - 1
        if mark.depth == TEXT and inline and _LABEL.match(title):
            self._open.pop()
        heads = self._is_heading(paragraph, mark, title)
        if heads or (depth in (DASH, PLUS) and self._open and self._open[-1].depth >= INLINE):
            self._close(depth)
        if heads and self._open and self._open[-1].broad:
            self._open.pop()
        titled = heads and _is_short(title)
        if not titled and self._open and is_plain_title(paragraph, mark, title):
            self._add(paragraph, text, PLAIN_TITLE if mark.depth != TEXT else depth)
            return
        self._keep(paragraph, text, depth if titled else None)

    def _keep(self, paragraph: Paragraph, text: str, depth: int | None) -> None:
        """Adds a paragraph that opens no field; ``depth`` is given where it may be a title."""
        if self._open:
            styled = paragraph.bold or text.isupper() or text.endswith(":")
            plain = depth is not None and is_plain_title(
                paragraph, mark_of(paragraph), _bare(paragraph, text)
            )
            self._add(paragraph, text, depth if styled else PLAIN_TITLE if plain else None)
        elif depth is not None:
            self._background = is_background(_bare(paragraph, text))
            self._background_at = depth if self._background else self._background_at
            self._under = "" if self._background else text.strip()
        else:
            self.trail.append(Loose(paragraph, text.strip(), self._under, self._background))

    def _claim(self, paragraph: Paragraph, mark: Mark, title: str) -> tuple[Claim | None, str]:
        """The fields that the paragraph opens, and the text run in after its heading."""
        if _is_aside(paragraph, mark, title):
            return Claim((), 100.0), ""
        if (led := self._led(paragraph, mark)) is not None:
            return led
        run_in = _RUN_IN.match(title)
        exact = self._headings.exact(run_in["title"]) if run_in else None
        if run_in is not None and exact is not None and not _AS_FOLLOWS.search(flat(title)):
            clause = self._is_clause(paragraph, mark, exact, run_in["rest"])
            return (None, "") if clause else (exact, paragraph.full_text)
        whole = title.rstrip(" :.")
        if len(whole.split()) <= 24 and not title.endswith(_NOT_HEADING_END):
            styled = paragraph.bold or whole.isupper()
            shown = whole if styled else title.rstrip(" :")
            if title.endswith(".") and len(whole.split()) > 5 and not styled:
                return self._headings.exact(shown), ""
            return self._heading_claim(paragraph, mark, shown), ""
        return None, ""

    def _led(self, paragraph: Paragraph, mark: Mark) -> tuple[Claim, str] | None:
        """The fields that words in bold at a paragraph's head open; they are no part of its text."""
        text = paragraph.full_text
        lead = len(text) - len(paragraph.text) + paragraph.bold_lead
        title = without_count(text[mark.end : lead].strip(" :.-–"))
        if not paragraph.bold_lead or len(title.split()) > _TITLE or text[lead:].strip()[:1] == "":
            return None
        claim = self._headings.claim(title)
        return None if claim is None else (claim, text[lead:].lstrip(" :.-–\t").rstrip())

    def _is_clause(self, paragraph: Paragraph, mark: Mark, claim: Claim, rest: str) -> bool:
        """Whether "Kết quả: huy động 1.975 cuốn sách" only goes on with the section it stands in."""
        elsewhere = bool(self._open) and not set(claim.fields) & set(self._open[-1].fields)
        plain = mark.depth == TEXT and not paragraph.bold and rest[:1].islower()
        return elsewhere and plain and claim.fields == ("results",)

    def _heading_claim(self, paragraph: Paragraph, mark: Mark, whole: str) -> Claim | None:
        if mark.depth in (DASH, PLUS):
            return self._headings.exact(whole)
        if mark.depth != TEXT:
            return self._headings.claim(whole)
        if len(whole.split()) > 16:
            return None
        styled = paragraph.bold or paragraph.level is not None or whole.isupper()
        return self._headings.claim(whole) if styled else self._headings.exact(whole)

    def _tells_of_sender(self, depth: int, claim: Claim) -> bool:
        """Whether "Thuận lợi", "Khó khăn" stand below a heading that presents the sender."""
        if self._background_at is None or depth <= self._background_at:
            self._background_at = None
            return False
        return set(claim.fields) <= {"results", "difficulties"}

    def _depth(self, paragraph: Paragraph, mark: Mark, claim: Claim | None) -> int:
        if mark.depth != TEXT:
            return mark.depth
        if self._lone_part and (paragraph.bold or paragraph.text.isupper()):
            return PART  # "Phần thứ hai" on a line of its own, its title below
        if claim is None and not (paragraph.bold and len(paragraph.text.split()) <= 16):
            return TEXT
        if paragraph.level is not None:
            return min(ROMAN + paragraph.level - 1, SMALL)
        if paragraph.text.isupper():
            return ROMAN
        return ARABIC if self._open and self._open[-1].depth <= ARABIC else INLINE - 1

    def _is_heading(self, paragraph: Paragraph, mark: Mark, title: str) -> bool:
        """Whether an unclaimed paragraph ends the sections at and below its depth."""
        if mark.depth >= DASH:
            return mark.depth == TEXT and (
                (title.isupper() and 2 <= len(title.split()) <= 20)
                or (paragraph.bold and self._ends_plain(title))
            )
        if mark.depth <= ROMAN:
            return len(title.split()) <= 40
        short = len(title.split()) <= 30 and not title.endswith((";", "."))
        styled = paragraph.bold or title.isupper()
        last = self._last.get(mark.depth, 0)
        follows = mark.order == last + 1
        nested = mark.order == self._listing.get(mark.depth, 0) + 1
        if styled or (short and follows) or (follows and not nested):
            self._count(mark)
            return True
        if mark.depth >= NESTED:
            return True
        self._listing[mark.depth] = mark.order
        return False

    def _ends_plain(self, title: str) -> bool:
        """Whether a bold title without a number ends a section that was opened without one."""
        short = 2 <= len(title.split()) <= 8 and title[-1:].isalnum()
        return short and bool(self._open) and self._open[-1].depth >= INLINE - 1

    def _count(self, mark: Mark) -> None:
        self._last[mark.depth] = mark.order
        self._listing.pop(mark.depth, None)
        for deeper in [d for d in (*self._last, *self._listing) if d > mark.depth]:
            self._last.pop(deeper, None)
            self._listing.pop(deeper, None)

    def _close(self, depth: int) -> None:
        while self._open and self._open[-1].depth >= depth:
            self._open.pop()

    def _open_section(
        self, paragraph: Paragraph, claim: Claim, depth: int, title: str, *, run_in: bool
    ) -> None:
        mark = mark_of(paragraph)
        if PART <= mark.depth < DASH:
            self._count(mark)
        fields = claim.fields
        outer = self._open[-1] if self._open else None
        if outer is not None and len(outer.fields) > 1 and set(fields) <= set(outer.fields):
            for name in outer.fields:
                self.gathered.setdefault(name, Gathered())
        self._open.append(_Section(fields, depth, title, claim.broad, run_in))
        self.trail += fields
        for name in fields:
            one = self.gathered.setdefault(name, Gathered())
            one.begin(title[:_HEAD].rstrip(" :."), paragraph.anchor)

    def _add(self, paragraph: Paragraph, text: str, depth: int | None = None) -> None:
        if not self._open or (is_filled_in(text) and depth != _GIVEN):
            return
        depth = None if depth == _GIVEN else depth
        fields = self._open[-1].fields
        bare = flat(text.lstrip("-+•* "))
        if "recommendations" in fields and len(fields) > 1 and _SPLITTERS.match(bare):
            fields = ("recommendations",)
        elif "launch" in fields and len(fields) > 1:
            others = tuple(name for name in fields if name != "launch")
            fields = ("launch",) if opens_launch(text) else others
        elif len(fields) > 1 and (named := opening(text, self._headings)) in _ENDS:
            fields = (str(named),)
        for name in fields:
            self.gathered.setdefault(name, Gathered()).add(paragraph, text.strip(), depth)


def _is_aside(paragraph: Paragraph, mark: Mark, title: str) -> bool:
    """Whether a heading opens what is no field of a report."""
    styled = mark.depth < DASH or (mark.depth == TEXT and (paragraph.bold or title.isupper()))
    return styled and _is_short(title) and is_aside(title)


def _bare(paragraph: Paragraph, text: str) -> str:
    return text[mark_of(paragraph).end :]


def _is_short(title: str) -> bool:
    return len(title.split()) <= _TITLE and not title.endswith((";", "."))
