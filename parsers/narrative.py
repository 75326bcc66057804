"""The seven narrative fields, gathered under their headings however those are numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.headings import Claim, Headings
from parsers.letter import flat
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
    mark_of,
)
from schemas.document import Anchor, Paragraph
from schemas.report import NARRATIVE_FIELDS, Narrative

_CLOSING = re.compile(
    r"^(?:tren day la|noi nhan|.{0,90}(?:tran trong|kinh) (?:bao cao|cam on|de nghi)\W*$)|"
    r"^.{0,90}bao cao .{0,40}tong hop\W*$|"
    r"^\W*(?:so lieu|bieu|bang|phu luc).{0,80}(?:kem theo|dinh kem)\W*$|"
    r"^(?:vay |.{0,60}bao cao (?:de|ve)? ?.{0,60}(?:biet|duoc biet)\W*$)"
)
_ENDS = re.compile(
    r"(?:^|.{0,90}\b)(?:xin |tran trong |kinh |kinh trinh )+(?:bao cao|cam on|trinh)?\W*$|"
    r"^\W*(?:xin )?tran trong\W*$|^tren day la\b.{0,120}$"
)
_POINTS = re.compile(
    r"^\W*.{0,90}\b(?:bang|bieu|phu luc|so lieu)\b.{0,90}\b(?:kem|dinh kem|gui kem|kem theo|di kem)\W*$"
)
"""Sentences that end a letter, or point at its annex: neither tells anything."""
_RUN_IN = re.compile(r"^(?P<title>[^:.;]{3,90}?)\s*[:.]\s+(?P<rest>\S.*)$", re.DOTALL)
_NOT_HEADING_END = (";", ",", "./.")
_SPLITTERS = re.compile(r"^(?:de nghi|kien nghi|de xuat)\b")


@dataclass(slots=True)
class _Section:
    fields: tuple[str, ...]
    depth: int
    title: str
    broad: bool = False


@dataclass(slots=True)
class _Gathered:
    lines: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    where: Anchor | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sections:
    """``narrative`` in the order of the fields; ``paragraphs`` by field, for closer reading."""

    narrative: tuple[Narrative, ...]
    paragraphs: dict[str, tuple[Paragraph, ...]]


def read_narrative(paragraphs: Sequence[Paragraph], headings: Headings) -> Sections:
    """Gathers the body's ``paragraphs``; what stands before the first heading belongs to none."""
    walk = _Walk(headings)
    for paragraph in paragraphs:
        if paragraph.full_text.strip():
            walk.take(paragraph)
    found = tuple(
        Narrative(name, "\n".join(one.lines), one.where or Anchor(), tuple(one.titles))
        for name in NARRATIVE_FIELDS
        if (one := walk.gathered.get(name)) is not None and one.lines
    )
    return Sections(found, {k: tuple(v.paragraphs) for k, v in walk.gathered.items()})


def _closes(text: str) -> bool:
    """Whether a paragraph only ends the letter: "Nhà trường xin báo cáo./.", "(Có phụ lục kèm theo)"."""
    folded = flat(text[:400])
    if _CLOSING.match(folded[:200]):
        return True
    told = [one for one in re.split(r"(?<=[^\d])\.\s+", folded) if one.strip(" ./")]
    return bool(told) and all(_ENDS.match(one) or _POINTS.match(one) for one in told)


class _Walk:
    """One pass over the body: a stack of open sections, innermost last."""

    def __init__(self, headings: Headings) -> None:
        self._headings = headings
        self._open: list[_Section] = []
        self._last: dict[int, int] = {}
        self._listing: dict[int, int] = {}
        self.gathered: dict[str, _Gathered] = {}

    def take(self, paragraph: Paragraph) -> None:
        text = paragraph.full_text
        if _closes(text):
            self._open = []
            return
        mark = mark_of(paragraph)
        title = text[mark.end :].strip()
        claim, rest = self._claim(paragraph, mark, title)
        depth = self._depth(paragraph, mark, claim)
        if claim is not None:
            self._close(depth)
            if self._open and self._open[-1].broad:
                self._open.pop()
            self._stay(paragraph, claim, rest)
            self._open_section(paragraph, claim, depth, title)
            if rest:
                self._add(paragraph, rest)
            return
        heads = self._is_heading(paragraph, mark, title)
        if heads or (depth in (DASH, PLUS) and self._open and self._open[-1].depth >= INLINE):
            self._close(depth)
        if heads and self._open and self._open[-1].broad:
            self._open.pop()
        self._add(paragraph, text)

    def _claim(self, paragraph: Paragraph, mark: Mark, title: str) -> tuple[Claim | None, str]:
        """The fields that the paragraph opens, and the text run in after its heading."""
        run_in = _RUN_IN.match(title)
        exact = self._headings.exact(run_in["title"]) if run_in else None
        if run_in is not None and exact is not None:
            clause = self._is_clause(paragraph, mark, exact, run_in["rest"])
            return (None, "") if clause else (exact, run_in["rest"])
        whole = title.rstrip(" :.")
        if len(whole.split()) <= 24 and not title.endswith(_NOT_HEADING_END):
            styled = paragraph.bold or whole.isupper()
            shown = whole if styled else title.rstrip(" :")
            if title.endswith(".") and len(whole.split()) > 5 and not styled:
                return self._headings.exact(shown), ""
            return self._heading_claim(paragraph, mark, shown), ""
        return None, ""

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

    def _depth(self, paragraph: Paragraph, mark: Mark, claim: Claim | None) -> int:
        if mark.depth != TEXT:
            return mark.depth
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

    def _stay(self, paragraph: Paragraph, claim: Claim, rest: str) -> None:
        """A sub-heading that speaks of its own section's field stays in the text."""
        outer = self._open[-1] if self._open else None
        if outer is None or claim.fields != outer.fields or rest:
            return
        if self.gathered[outer.fields[0]].lines:
            self._add(paragraph, paragraph.full_text)

    def _open_section(self, paragraph: Paragraph, claim: Claim, depth: int, title: str) -> None:
        mark = mark_of(paragraph)
        if PART <= mark.depth < DASH:
            self._count(mark)
        fields = claim.fields
        outer = self._open[-1] if self._open else None
        if outer is not None and len(outer.fields) > 1 and set(fields) <= set(outer.fields):
            for name in outer.fields:
                self.gathered.setdefault(name, _Gathered())
        self._open.append(_Section(fields, depth, title, claim.broad))
        for name in fields:
            one = self.gathered.setdefault(name, _Gathered())
            one.titles.append(title.rstrip(" :."))
            one.where = one.where or paragraph.anchor

    def _add(self, paragraph: Paragraph, text: str) -> None:
        if not self._open:
            return
        section = self._open[-1]
        fields = section.fields
        bare = flat(text.lstrip("-+•* "))
        if "recommendations" in fields and len(fields) > 1 and _SPLITTERS.match(bare):
            fields = ("recommendations",)
        for name in fields:
            one = self.gathered[name]
            one.lines.append(text.strip())
            one.paragraphs.append(paragraph)
