"""The net under the narrative: a part that reports nearly always have, missing though its words occur."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from parsers.letter import flat
from parsers.loose_told import absent
from parsers.openings import asks, directs, lacks, opens_launch
from schemas.document import Paragraph
from schemas.finding import Finding
from schemas.report import Narrative

_ASKED = re.compile(r"\b(?:de nghi|kien nghi|de xuat|mong (?:muon|so|duoc|cap))\b")
_RESULTS = re.compile(
    r"^\W*(?:mot so |nhung |cac )*(?:ket qua|viec|cong viec)\b(?!.*\b(?:danh gia|noi bat|uu diem)\b)"
)
_DONE = re.compile(
    r"\b(?:mở|tổ chức|huy động|quyên góp|trao tặng|treo|tập huấn|bồi dưỡng|thi (?:kể|viết|vẽ|đọc)|tọa đàm)\b"
)


def _requests(text: str) -> bool:
    return asks(text) or _ASKED.search(flat(text)) is not None


def _tells_deeds(text: str) -> bool:
    return _DONE.search(text.casefold()) is not None


_WORDS: Mapping[str, Callable[[str], bool]] = {
    "direction": directs,
    "launch": opens_launch,
    "activities": _tells_deeds,
    "difficulties": lacks,
    "recommendations": _requests,
}
"""What speaks of a field, wherever it stands."""


def absent_fields(
    found: Sequence[Narrative],
    body: Sequence[Paragraph],
    held: Mapping[str, Sequence[Paragraph]],
) -> tuple[Finding, ...]:
    """One finding for each field that is not ``found`` of which ``body`` speaks somewhere.

    ``held`` are the paragraphs of the fields that were found: what was done is looked for under one
    heading "Kết quả" alone, and with its figures where nothing was taken, for the table tells it in
    most reports. A letter that has no part at all is none
    of a report's, and is told of elsewhere.
    """
    if not found:
        return ()
    known = {one.field for one in found}
    results = next((one for one in found if one.field == "results"), None)
    plain = (
        results is not None
        and len(results.headings) == 1
        and _RESULTS.match(flat(results.headings[0]))
    )
    taken = {id(paragraph) for several in held.values() for paragraph in several}
    rest = [p for p in body if id(p) not in taken and re.search(r"\d", p.text)]
    out = []
    for name, speaks in _WORDS.items():
        where = (held.get("results", ()) if plain else rest) if name == "activities" else body
        spoken = next((p for p in where if speaks(p.text)), None) if name not in known else None
        if spoken is not None:
            out.append(absent(spoken, name))
    return tuple(out)
