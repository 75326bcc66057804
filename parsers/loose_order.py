"""Text under headings that no form names, placed by where it stands: reports keep one order.

What directs comes before the ceremony, then what was done, what came of it, what was wanting and what
is asked. A part whose heading is in other words stands between two that are known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from parsers.headings import Headings
from parsers.letter import flat
from parsers.loose_told import Loose
from parsers.openings import asks, directs, opening

_ORDER = ("direction", "launch", "activities", "results", "difficulties", "recommendations")
_RANK = {name: at for at, name in enumerate(_ORDER)}
_TOPICS = (
    (
        "results",
        re.compile(r"\b(?:khen thuong|bieu duong|tuyen duong|thi dua|ton vinh|tong ket)\b"),
    ),
    (
        "activities",
        re.compile(
            r"\b(?:tuyen truyen|truyen thong|thong tin|cac lop|mo lop|lop hoc|tap huan|boi duong|sach|thu vien|van hoa doc|"
            r"khuyen doc|khuyen hoc|hoi thi|cuoc thi|toa dam|chuyen de|hoi thao|giao luu|ngay hoi doc|phong trao|mo hinh|"
            r"trung tam hoc tap cong dong|tthtcd|chuyen doi so|cong dong|nha truong|doan the)\b"
        ),
    ),
)
"""What headings name that are no field's own: matters of which reports tell."""
_TO_COME = re.compile(
    r"\b(?:phuong huong|nhiem vu|ke hoach|giai phap|toi day|sap toi|nam (?:toi|sau)|muc dich|yeu cau)\b"
)
Trail = Sequence[str | Loose]
"""The letter from top to bottom: a field for each heading that opens one, and loose paragraphs."""


def by_words(trail: Trail, missing: Collection[str], headings: Headings) -> dict[int, str]:
    """Fields, by the place in ``trail``, of text under unknown headings whose first words name one, or
    which are headed by what it tells of: "Công tác tuyên truyền" is an activity."""
    out: dict[int, str] = {}
    for at, one in enumerate(trail):
        if isinstance(one, Loose) and one.under:
            name = opening(one.text, headings)
            topic = _topic(one.under)
            name = name if name in missing else topic
            low, high = _between(trail, at, {})
            if name in _RANK and low <= _RANK[name] <= high:
                out[at] = name
    return out


def _topic(heading: str) -> str | None:
    """The field of the matter that a heading names; None where it names none, or something to come."""
    folded = flat(heading)
    if _TO_COME.search(folded):
        return None
    return next((field for field, topic in _TOPICS if topic.search(folded)), None)


def by_order(trail: Trail, missing: Collection[str], known: dict[int, str]) -> dict[int, str]:
    """The same of the rest, where one field only is missing between what stands before and behind.

    ``known`` are the places of ``by_words``. At the letter's end it must also ask for something.
    """
    out: dict[int, str] = {}
    for at, one in enumerate(trail):
        if not isinstance(one, Loose) or not one.under or at in known:
            continue
        if (name := _goes_on(trail, at, {**known, **out})) is not None:
            out[at] = name
            continue
        low, high = _between(trail, at, known)
        fits = [name for name in _ORDER if name in missing and low < _RANK[name] < high]
        last = high == len(_ORDER)
        if len(fits) == 1 and (not last or (fits[0] == "recommendations" and asks(one.text))):
            out[at] = fits[0]
    return out


def _goes_on(trail: Trail, at: int, known: dict[int, str]) -> str | None:
    """The field of the paragraph before, under the same unknown heading; a ceremony is told at once."""
    one, before = trail[at], trail[at - 1] if at else ""
    same = isinstance(one, Loose) and isinstance(before, Loose) and one.under == before.under
    name = known.get(at - 1) if same else None
    return None if name == "launch" else name


def of_background(trail: Trail, missing: Collection[str]) -> list[int]:
    """The places of what a letter says of its sender, where it tells there who directed what."""
    own = [at for at, one in enumerate(trail) if isinstance(one, Loose) and one.background]
    told = any(directs(one.text) for at in own if isinstance(one := trail[at], Loose))
    return own if told and "direction" in missing else []


def _between(trail: Trail, at: int, known: dict[int, str]) -> tuple[int, int]:
    """The ranks of the fields next before and next behind a place; -1 and one too many at the ends."""
    ranks = [
        _RANK.get(one if isinstance(one, str) else known.get(place, ""))
        for place, one in enumerate(trail)
    ]
    before = [rank for rank in ranks[:at] if rank is not None]
    behind = [rank for rank in ranks[at + 1 :] if rank is not None]
    return (before[-1] if before else -1), (behind[0] if behind else len(_ORDER))
