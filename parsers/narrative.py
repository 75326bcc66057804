"""The seven narrative fields, under whatever headings and numbers a report puts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from parsers.matcher import label_key
from schemas.document import Paragraph
from schemas.form import Form
from schemas.report import Narrative
from schemas.text import fold

_NUMBERED = re.compile(
    r"^\s*(?:(phần\s+(?:thứ\s+)?[\wấậ]+)|([IVX]{1,5})[.)]|([A-E])[.)]|(\d{1,2}(?:\.\d{1,2})+)[.)]?|(\d{1,2})[.)]|([a-zđ])[.)])\s*",
    re.IGNORECASE,
)
_END = re.compile(r"^\W*(noi nhan|bang tong hop ket qua|phu luc|bieu tong hop)|(tran trong (bao cao|cam on)|xin bao cao|\./\.$)")
HEADING_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with its outline: ``level`` 1 is the top; None where it is no heading."""

    paragraph: Paragraph
    level: int | None
    field: str | None
    inline: str = ""


def outline(paragraphs: Sequence[Paragraph], form: Form) -> list[Line]:
    """Each paragraph as heading or text."""
    return [_line(p, form) for p in paragraphs]


def _line(paragraph: Paragraph, form: Form) -> Line:
    text = paragraph.full_text.replace("\n", " ").strip()
    number = _NUMBERED.match(text)
    head, _, inline = text.partition(":")
    short = len(text) <= HEADING_LENGTH and not text.rstrip().endswith((";", ","))
    if short and (number or paragraph.bold or paragraph.level is not None):
        field = _field(text.rstrip(" :."), form)
        plain = number is not None and not paragraph.bold and text.rstrip().endswith(".") and field is None
        if not plain:
            return Line(paragraph, _level(number, paragraph), field)
    if (number or paragraph.bold or inline) and len(head) <= 80 and inline.strip():
        field = _field(head, form, strict=True)
        if field is not None:
            return Line(paragraph, _level(number, paragraph), field, inline.strip())
    if short and len(text) < 60 and _field(text.rstrip(" :."), form, strict=True):
        return Line(paragraph, 2, _field(text.rstrip(" :."), form, strict=True))
    return Line(paragraph, None, None)


def _level(number: re.Match[str] | None, paragraph: Paragraph) -> int:
    if number is None:
        return paragraph.level or 2
    if number[1] or number[2] or number[3]:
        return 1
    if number[4]:
        return 2 + number[4].count(".")
    return 2 if number[5] else 4


def _field(text: str, form: Form, strict: bool = False) -> str | None:
    key = label_key(text)
    if not key or len(key) > 140:
        return None
    scored = []
    for heading in form.headings:
        best = max(_likeness(key, label_key(alias)) for alias in heading.aliases)
        scored.append((best, heading.field))
    scored.sort(reverse=True)
    floor = 93 if strict else 84
    if scored[0][0] < floor or (scored[0][0] < 95 and scored[0][0] - scored[1][0] < 3):
        return None
    return scored[0][1]


def _likeness(key: str, alias: str) -> float:
    """Whole likeness, or nearly full marks for a heading that begins with the alias."""
    if key == alias:
        return 100.0
    whole = max(fuzz.ratio(key, alias), fuzz.token_sort_ratio(key, alias) - 2)
    begins = key.startswith(alias + " ") and len(alias) >= 8 and len(alias.split()) >= 2
    return max(whole, 88.0 + min(8.0, 10.0 * len(alias) / len(key)) if begins else 0.0)


def read_narrative(paragraphs: Sequence[Paragraph], form: Form) -> tuple[Narrative, ...]:
    """Fields in the form's order; text keeps sub-headings and labels, one paragraph a line."""
    texts: dict[str, list[str]] = {}
    heads: dict[str, list[str]] = {}
    where: dict[str, Paragraph] = {}
    field: str | None = None
    level = 0
    for line in outline(paragraphs, form):
        text = line.paragraph.full_text.strip()
        if _END.search(fold(text)):
            field = None
        elif line.field is not None and (field is None or line.level is not None and line.level <= level or line.field != field):
            field, level = line.field, line.level or 2
            heads.setdefault(field, []).append(text if not line.inline else text.partition(":")[0])
            if line.inline:
                texts.setdefault(field, []).append(line.inline)
                where.setdefault(field, line.paragraph)
        elif line.level is not None and line.level <= level:
            field = None
        elif field is not None:
            texts.setdefault(field, []).append(text)
            where.setdefault(field, line.paragraph)
    return tuple(
        Narrative(h.field, "\n".join(texts[h.field]), where[h.field].anchor, tuple(heads.get(h.field, ())))
        for h in form.headings if h.field in texts
    )  # fmt: skip
