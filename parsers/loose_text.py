"""Text of a letter under no heading that names a field: placed by its first words, or told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from parsers.headings import Headings
from parsers.letter import flat
from parsers.openings import introduces, opening, opens_launch
from parsers.outline import DASH, PLUS, SMALL, mark_of
from schemas.document import Anchor, Paragraph
from schemas.finding import Finding, RuleCode, Severity

_NAMES = {
    "direction": "Công tác chỉ đạo", "launch": "Lễ phát động", "activities": "Các hoạt động",
    "budget": "Kinh phí", "results": "Kết quả đạt được", "difficulties": "Khó khăn, tồn tại",
    "recommendations": "Kiến nghị, đề xuất",
}  # fmt: skip
_SOURCES = {
    "launch": ("direction", "activities", "results"),
    "budget": ("activities", "results"),
    "difficulties": ("results",),
    "recommendations": ("results", "difficulties"),
}
"""Under which other fields' headings the text of one without a heading stands."""
_DONE = re.compile(r"^\W*(?:(?:phan (?:thu )?\w+|[ivx]+|\d+)\W+)?(?:mot so |nhung |cac )*ket qua\b")
_WEIGHS = re.compile(
    r"danh gia|nhan xet|nhan dinh|uu diem|mat (?:duoc|manh|lam duoc|tich cuc)|rut kinh nghiem"
)
_ENOUGH = 15
"""Words of a paragraph that says something: fewer are a greeting or a label."""
_SHOWN = 60


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
        """The lines, without headings that have nothing below them."""
        depths = [depth for _, depth in self.lines]
        return "\n".join(
            text
            for (text, depth), after in zip(self.lines, [*depths[1:], 0], strict=False)
            if depth is None or after is None or after > depth
        )


@dataclass(frozen=True, slots=True)
class Loose:
    """A paragraph in no field; ``under`` is the unknown heading above it, "" where none is."""

    paragraph: Paragraph
    text: str
    under: str


def place_loose(
    gathered: dict[str, Gathered], loose: Sequence[Loose], headings: Headings
) -> tuple[Finding, ...]:
    """Adds to ``gathered`` what first words place; the findings tell of it and of all that is left."""
    if not any(one.text() for one in gathered.values()):
        return _prose(gathered, loose, headings)
    known = {name for name, one in gathered.items() if one.text()}
    findings: list[Finding] = []
    unknown: set[str] = set()
    left: list[Loose] = []
    for one in loose:
        if one.under and one.under not in unknown:
            unknown.add(one.under)
            findings.append(_unknown(one))
        elif not one.under and not introduces(one.text):
            name = opening(one.text, headings)
            if name is not None and name not in known:
                gathered.setdefault(name, Gathered()).add(one.paragraph, one.text)
                findings.append(_placed(one.paragraph, one.text, name))
            elif len(one.text.split()) >= _ENOUGH:
                left.append(one)
    return (*findings, *_left(left), *_apart(gathered, headings))


def _prose(
    gathered: dict[str, Gathered], loose: Sequence[Loose], headings: Headings
) -> tuple[Finding, ...]:
    """A letter without headings: lists go on with what is above them, and so do the activities."""
    name: str | None = None
    findings = []
    left = []
    for one in loose:
        if not gathered and introduces(one.text):
            continue
        goes_on = name == "activities" or mark_of(one.paragraph).depth in (DASH, PLUS, SMALL)
        name = opening(one.text, headings) or (name if goes_on else None)
        if name is None:
            left += [one] if len(one.text.split()) >= _ENOUGH else []
            continue
        gathered.setdefault(name, Gathered()).add(one.paragraph, one.text)
        findings.append(_placed(one.paragraph, one.text, name))
    return (*findings, *_left(left))


def _apart(gathered: dict[str, Gathered], headings: Headings) -> list[Finding]:
    """Paragraphs of fields that have no heading in this letter, told under another's."""
    findings = _activities_apart(gathered)
    for name, sources in _SOURCES.items():
        if name in gathered and gathered[name].text():
            continue
        for source in sources:
            for paragraph, line in _speaking(gathered.get(source), name, headings):
                gathered[source].drop(paragraph)
                gathered.setdefault(name, Gathered()).add(paragraph, line)
                findings.append(_placed(paragraph, line, name))
    return findings


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


def _activities_apart(gathered: dict[str, Gathered]) -> list[Finding]:
    """What was done, told under "Kết quả" in a letter that weighs it under a heading further on."""
    results = gathered.get("results")
    if results is None or ("activities" in gathered and gathered["activities"].text()):
        return []
    first, *later = [(at, flat(title)) for at, title in results.sections]
    weighed = [at for at, title in later if _WEIGHS.search(title)]
    if not _DONE.match(first[1]) or not weighed or weighed[0] == first[0]:
        return []
    moved = list(zip(results.paragraphs, results.lines, strict=True))[: weighed[0]]
    findings = []
    for paragraph, (text, depth) in moved:
        results.drop(paragraph)
        gathered.setdefault("activities", Gathered()).add(paragraph, text, depth)
        findings.append(_placed(paragraph, text, "activities"))
    return findings


def _finding(message: str, paragraph: Paragraph, value: str) -> Finding:
    return Finding(
        RuleCode.NARRATIVE_UNCERTAIN, Severity.INFO, message, (paragraph.anchor,), value=value,
        field="narrative",
    )  # fmt: skip


def _placed(paragraph: Paragraph, text: str, name: str) -> Finding:
    said = _shown(text)
    message = f"Đoạn «{said}» không có đề mục riêng; được xếp vào «{_NAMES[name]}» theo lời mở đầu."
    return _finding(message, paragraph, said)


def _unknown(one: Loose) -> Finding:
    said = _shown(one.under)
    message = (
        f"Đề mục «{said}» không rõ thuộc phần nào của báo cáo; đoạn dưới đề mục chưa được lấy."
    )
    return _finding(message, one.paragraph, said)


def _left(loose: Sequence[Loose]) -> list[Finding]:
    """One finding that shows the first and where all are."""
    if not loose:
        return []
    said = _shown(loose[0].text)
    message = f"Đoạn «{said}» không có đề mục; đoạn này chưa được lấy vào phần nào."
    found = _finding(message, loose[0].paragraph, said)
    return [replace(found, where=tuple(one.paragraph.anchor for one in loose))]


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + " …"
