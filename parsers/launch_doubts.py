"""What may be said of an opening ceremony and was not understood, told to a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from parsers.launch_means import MEETING, Span
from parsers.launch_sentences import (
    Sentence,
    is_campaign,
    of_others,
    own,
    prepares,
    sentences_of,
)
from parsers.letter import Line
from schemas.finding import Finding, RuleCode, Severity

_NAMED = re.compile(
    r"(?<![a-z])(?:khai mac|phat dong|mo man|khai man|ra quan|khai hoi|khai truong tuan le|le ra mat|"
    r"(?<!tuan )le huong ung|mit tinh)(?![a-z])"
)
_UNREAD = {
    "venues": (
        re.compile(r"(?<![\d/])\d{1,4}\s*(?:diem|dau) cau|(?:diem|dau) cau[^.;,\d]{0,12}\d"),
        "số điểm cầu",
    ),
    "time": (re.compile(r"(?<![\d/])\d{1,2}\s*(?:gio(?! (?:hoc|day))|h(?:\d\d)?(?![a-z]))"), "giờ khai mạc"),
    "mode": (
        re.compile(r"truc tuyen|truc tiep(?! (?:chi dao|phat bieu|du))|tap trung tai|livestream|san (?:truong|van dong|khau)|hoi truong|"
            r"nha (?:van hoa|thi dau|da nang)|quang truong"),
        "hình thức tổ chức",
    ),
}  # fmt: skip
"""Words that tell of a field of the ceremony, by field, and what the field is called."""


def _finding(
    one: Sentence,
    span: Span,
    message: str,
    field: str,
    severity: Severity,
    value: str | None = None,
) -> Finding:
    where = one.line.where(span[0] + one.start, span[1] + one.start)
    return Finding(
        RuleCode.LAUNCH_UNCERTAIN, severity, message, (where,), value=value, field=field
    )  # fmt: skip


def unclear(one: Sentence, span: Span) -> Finding:
    """The words at ``span`` do not settle whether people met at a place, online, or both."""
    said = one.text[span[0] : span[1]].strip()
    message = f"Chưa rõ lễ khai mạc trực tiếp hay trực tuyến: «{said}»."
    return _finding(one, span, message, "launch.mode", Severity.WARNING, said)


def apart(one: Sentence, span: Span) -> Finding:
    """The platform was named apart from the ceremony."""
    said = one.text[span[0] : span[1]].strip()
    message = (
        f"«{said}» được nhắc ở câu khác trong phần khai mạc nên được hiểu là nền tảng tổ chức lễ."
    )
    return _finding(one, span, message, "launch.platform", Severity.INFO, said)


def dayless(said: Sequence[Sentence], known: Collection[str]) -> tuple[Finding, ...]:
    """A ceremony of which more is said, but no day that could be read."""
    if "held_on" in known:
        return ()
    message = "Có nói về lễ khai mạc nhưng chưa rõ ngày tổ chức."
    whole = (0, len(said[0].text))
    return (_finding(said[0], whole, message, "launch.held_on", Severity.INFO),)


def unread(said: Sequence[Sentence], known: Collection[str]) -> tuple[Finding, ...]:
    """Words of hour, places linked or way of meeting, where nothing was understood of it."""
    out = []
    for field, (pattern, name) in _UNREAD.items():
        if field in known:
            continue
        for one in own(said):
            match = pattern.search(one.folded) or (
                MEETING.search(one.text) if field == "mode" else None
            )
            if match is not None and not of_others(one):
                shown = one.text[match.start() : match.end()].strip()
                message = f"Phần khai mạc có «{shown}» nhưng chưa đọc được {name}."
                out.append(
                    _finding(one, match.span(), message, f"launch.{field}", Severity.INFO, shown)
                )
                break
    return tuple(out)


def missed(body: Sequence[Line], under: Sequence[Sentence]) -> tuple[Finding, ...]:
    """A ceremony named, of which nothing was understood: a doubt where a day or an hour is told too,
    or where it stands ``under`` a heading of its own; else only news."""
    if under:
        return (_unread_sentence(under[0], (0, len(under[0].text)), Severity.WARNING),)
    told = []
    for one in sentences_of(body):
        named = _NAMED.search(one.folded)
        if named is None or is_campaign(one) or prepares(one):
            continue
        dated = one.tells_when
        if dated or not of_others(one):
            told.append((not dated, one, named.span()))
    if not told:
        return ()
    undated, one, span = min(told, key=lambda each: each[0])
    return (_unread_sentence(one, span, Severity.INFO if undated else Severity.WARNING),)


def _unread_sentence(one: Sentence, span: Span, severity: Severity) -> Finding:
    message = f"Có câu nói về lễ khai mạc nhưng chưa đọc được: «{one.text.strip()[:120]}»."
    return _finding(one, span, message, "launch", severity)
