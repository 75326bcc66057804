"""Running text read from a picture: the words in it that are not sure, named for whoever reads it.

Nothing is changed here. A word is not sure where its readings differed, or where it is no word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from parsers.header import Front
from parsers.letter import Line, flat, is_image
from parsers.loose_told import NAMES
from parsers.trust_image import field_findings
from schemas.document import Anchor, Document, Paragraph
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import Located

_SURE, _WORD_SURE = 0.6, 0.71
"""Below it no two readings agreed; a word in small letters is sure only if its first two readings did,
for in running text nothing else tells one mark from another."""

_SHOWN, _GAP = 6, 2.6
_EDGE = " .,;:()[]\"'“”‘’"
_SIGN = re.compile(r"[^\w\s.,;:()/&+\-–'\"“”‘’…*]|_")
_STROKE = re.compile(r"^\w/[A-ZĐ]$")
_BRACKET = re.compile(r"\((?!b/c|p/h|t/h|k/t|bc|ph)([^\W\d]{1,2}|[^\W\d]/[^\W\d])\)", re.IGNORECASE)
_ALONE = frozenset("vàyở")
"""What is not written in a list of offices: signs, "b/C", "(h/c)"; what may stand there by itself."""


def unsure_parts(
    front: Front,
    paragraphs: Mapping[str, Sequence[Paragraph]],
    located: Sequence[Located],
    document: Document,
) -> list[Finding]:
    """What was read from a picture and not surely: fields, words of the text, names in "Nơi nhận"."""
    return [
        *field_findings(located, document),
        *doubtful_text(paragraphs, document),
        *doubtful_copies(front, document),
    ]


def doubtful_text(
    paragraphs: Mapping[str, Sequence[Paragraph]], document: Document
) -> list[Finding]:
    """One finding for each narrative field that holds words read from a picture and not surely."""
    out = []
    for name, own in paragraphs.items():
        told = [one for paragraph in own for one in _unsure(paragraph, document)]
        if told:
            out.append(_finding(f"Phần «{NAMES[name]}»", f"narrative.{name}", told))
    return out


def _unsure(paragraph: Paragraph, document: Document) -> Iterator[tuple[str, Anchor]]:
    """The unsure words of ``paragraph`` and their places."""
    if is_image(document, paragraph.anchor):
        for span in paragraph.spans:
            text = paragraph.text[span.start : span.end]
            if span.confidence < (_WORD_SURE if _is_word(text) else _SURE):
                yield text, paragraph.locate(span.start, span.end)


def _is_word(text: str) -> bool:
    bare = text.strip(_EDGE)
    return bare.isalpha() and not bare.isupper()


def doubtful_copies(front: Front, document: Document) -> list[Finding]:
    """One finding if "Nơi nhận" was read from a picture, and not surely or not as one is written."""
    zones, copies = front.zones, front.header.copies_to
    if zones.tail is None or not copies or not is_image(document, front.lines[zones.tail].where()):
        return []
    head = front.lines[zones.tail].where()
    told = [(one, head) for one in copies if _is_odd(one)]
    if not flat(copies[-1]).startswith("luu") or _is_gapped(front.lines[zones.tail : zones.annex]):
        told.append((copies[-1], head))
    stated = {word.strip(_EDGE) for one in copies for word in one.split()} - {""}
    for line in front.lines[zones.tail : zones.annex]:
        if _is_copy(line, copies) and _has_unsure(line, stated):
            told.append((line.text, line.where()))
    return [_finding("Nơi nhận", "header.copies_to", told)] if told else []


def _is_gapped(lines: Sequence[Line]) -> bool:
    """Whether between "Nơi nhận" and the entries under it, or between two of them, one may be lost."""
    listed = [line for at, line in enumerate(lines) if at == 0 or line.text[:1] in "-–+•*"]
    boxes = [
        w.box for line in listed if (w := line.where()).page == listed[0].where().page and w.box
    ]
    steps = [below[1] - above[1] for above, below in pairwise(boxes) if below[1] > above[1]]
    return bool(steps) and max(steps) > _GAP * min(box[3] - box[1] for box in boxes)


def _is_copy(line: Line, copies: Sequence[str]) -> bool:
    bare = line.text.strip(_EDGE + "-–+•*")
    return len(bare) > 1 and any(bare in one or one in line.text for one in copies)


def _has_unsure(line: Line, stated: Collection[str]) -> bool:
    """Whether an unsure word of ``line`` is one of those ``stated``."""
    own = (s for s in line.home.spans if line.start <= s.start < line.start + len(line.text))
    unsure = (line.home.text[s.start : s.end] for s in own if s.confidence < _SURE)
    return any(part.strip(_EDGE) in stated for text in unsure for part in text.split())


def _is_odd(text: str) -> bool:
    """Whether nobody writes so: a sign out of place, capitals in a word or after a stroke ("SởGDĐT",
    "b/C"), a letter by itself."""
    if _SIGN.search(text) or _BRACKET.search(text):
        return True
    bare = [word.strip(_EDGE) for word in text.split()]
    runs_on = any(a.islower() and b.isupper() for word in bare for a, b in pairwise(word))
    lone = any(len(word) == 1 and word.isalpha() and word not in _ALONE for word in bare)
    return runs_on or lone or any(_STROKE.search(word) for word in bare)


def _finding(name: str, field: str, told: Sequence[tuple[str, Anchor]]) -> Finding:
    words = list(dict.fromkeys(text for text, _ in told))
    shown = "», «".join(words[:_SHOWN])
    message = f"{name} đọc từ ảnh có chỗ chưa chắc chắn: «{shown}»."
    places = tuple(where for _, where in told if where != Anchor())
    return Finding(
        RuleCode.READINGS_DISAGREE, Severity.INFO, message, places, value=words[0], field=field
    )
