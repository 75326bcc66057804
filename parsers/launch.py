"""The opening ceremony (day, time, mode, platform, venues) and the theme of the Week."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.daytime import find_date, find_time
from schemas.document import Paragraph
from schemas.report import Launch, LaunchMode
from schemas.text import fold, fold_map, one_line

_PLATFORMS = re.compile(
    r"Microsoft\s+Teams|MS\s*Teams|Teams|Zoom(?:\s+Meetings?)?|Google\s+Meet|Zavi|Webex|K12\s?Online|Skype|Zalo|"
    r"Trueconf|TrueConf|VNPT\s+Meeting|Viettel\s+Meet|Facebook\s+Live|Youtube", re.IGNORECASE)  # fmt: skip
_CEREMONY = re.compile(r"(le )?(khai mac|phat dong)")
_VENUES = re.compile(r"(?<![\d.])(\d{1,4})\s+(?:diem cau|diem ket noi|dau cau)")
_THEME = re.compile(r"ch[ủu] đề[^“”\"«»:.;]{0,80}:?\s*[“\"«]\s*([^”\"»]{8,300}?)\s*[”\"»]", re.IGNORECASE)
_BARE_THEME = re.compile(r"ch[ủu] đề(?:\s+(?:của\s+)?(?:Tuần lễ|năm)[^:“]{0,60})?\s*(?:là\s*)?:\s*([^“”\"«».;\n]{12,300})", re.IGNORECASE)


def read_launch(paragraphs: Sequence[Paragraph]) -> tuple[Launch | None, Paragraph | None]:
    """The ceremony from the sentence that dates it; None where no sentence does."""
    for paragraph in paragraphs:
        for sentence in re.split(r"(?<=[^\d])\.\s+(?=[A-ZĐ“])|\n", paragraph.text):
            folded = fold(sentence)
            if not _CEREMONY.search(folded) or re.search(r"\d+\s?/\s?[A-ZĐ]{2}", sentence):
                continue
            found = _day(sentence)
            if found is None:
                continue
            rest = paragraph.text[paragraph.text.find(sentence) :]
            return _launch(sentence, rest, found), paragraph
    return None, None


def _day(sentence: str) -> tuple[object, int, int] | None:
    return find_date(sentence)


def _launch(sentence: str, rest: str, found: tuple[object, int, int]) -> Launch:
    import datetime as dt  # noqa: PLC0415

    day = found[0]
    platform = _PLATFORMS.search(sentence) or _PLATFORMS.search(rest)
    venues = _VENUES.search(fold_map(sentence)) or _VENUES.search(fold_map(rest))
    return Launch(
        day if isinstance(day, dt.date) else None,
        find_time(sentence),
        _mode(fold(sentence)) or _mode(fold(rest)),
        one_line(platform[0]) if platform else None,
        int(venues[1]) if venues else None,
    )


def _mode(folded: str) -> LaunchMode | None:
    online = "truc tuyen" in folded or "online" in folded
    in_person = "truc tiep" in folded and "truyen hinh truc tiep" not in folded
    if online and in_person:
        return LaunchMode.HYBRID
    if online:
        return LaunchMode.ONLINE
    return LaunchMode.IN_PERSON if in_person else None


def read_theme(paragraphs: Sequence[Paragraph]) -> tuple[str | None, Paragraph | None]:
    """The Week's theme: what stands quoted after "chủ đề", else what follows its colon."""
    for pattern in (_THEME, _BARE_THEME):
        for paragraph in paragraphs:
            match = pattern.search(paragraph.text.replace("\n", " "))
            if match is not None:
                return one_line(match[1]).strip(" .;,"), paragraph
    return None, None
