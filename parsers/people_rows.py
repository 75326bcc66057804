"""Rows that say how many people took part in what another row counts: "Số người dự Lễ khai mạc"."""

from __future__ import annotations

import re

from parsers.counted import counted_by
from parsers.labels import labels_of, weighty
from parsers.matcher import Match, match_row, scores
from schemas.form import Form, Indicator

PEOPLE = "people"
_QUANTITY = re.compile(r"^(?:tong )?(?:so |luot |luong )+")
_TAKING_PART = re.compile(
    r"\b(?:(?:da |duoc )?(?:tham gia|tham du|theo hoc|du|hoc(?! tap)|nghe|duoc))\b"
)
_LEAST = 60.0
_ANYBODY = re.compile(
    r"(?:luot |luong )*(?:nguoi|hoc vien|hoc sinh|dai bieu|luot|thi sinh|khach)(?: tham)?"
)


def people_of(form: Form, label: str, before: str | None, *, unit: str = "") -> Match | None:
    """The row whose people ``label`` counts; None where it counts no people, or those of no one row.

    ``before`` is the row that stands just above: where it is the one, that is sure ("beside"), else
    it is "people". ``unit`` is what the row is counted in.
    """
    key = labels_of(form).short(label)
    told = _told(form, key, unit)
    if told is None:
        return None
    who, where = told
    last = next((row for row in form.indicators if row.code == before and has_people(row)), None)
    if last is not None and _speaks_of(form, last, who, where):
        return Match(last.code, 100.0, 0.0, "beside")
    for text in _spelled(where, who):
        match = match_row(form, text, None, filled=True) if where else None
        if match is not None and match.how != "loose" and has_people(form_row(form, match.code)):
            return Match(match.code, match.score, match.margin, "people")
    return None


def _spelled(where: str, who: str) -> tuple[str, ...]:
    """What was taken part in, with those who did where they say more than that they are people:
    "bồi dưỡng cho cán bộ quản lý, giáo viên" is one row, "bồi dưỡng" another."""
    with_whom = (f"{where} {who}", f"{where} cho {who}")
    alone = not who or _ANYBODY.fullmatch(who) is not None
    return (where, *with_whom) if alone else (*with_whom, where)


def counts_people(form: Form, label: str) -> bool:
    """Whether ``label`` counts who took part: "Số cán bộ quản lý, giáo viên tham gia"."""
    return _told(form, labels_of(form).short(label), "") is not None


def form_row(form: Form, code: str) -> Indicator | None:
    """The row ``code``; None where it only heads others."""
    return next((row for row in form.indicators if row.code == code), None)


def has_people(row: Indicator | None) -> bool:
    """Whether the row counts people beside what it counts first."""
    return row is not None and PEOPLE in {m.code for m in row.measures[1:]}


def _told(form: Form, key: str, unit: str) -> tuple[str, str] | None:
    """Who is counted, and of what: "can bo giao vien", "boi duong". None where no people are."""
    begun = _QUANTITY.match(key)
    rest = key[begun.end() :] if begun else key
    if unit and PEOPLE not in counted_by(form).measures(unit):
        return None
    taking = _TAKING_PART.match(rest)
    if taking is not None and PEOPLE in counted_by(form).measures(unit):
        return "", rest[taking.end() :].strip()
    if PEOPLE not in counted_by(form).measures(rest):
        return None
    part = _TAKING_PART.search(rest)
    if begun is None and part is None and unit not in ("nguoi", "luot nguoi"):
        return None
    return (
        (rest, "") if part is None else (rest[: part.start()].strip(), rest[part.end() :].strip())
    )


def _speaks_of(form: Form, row: Indicator, who: str, where: str) -> bool:
    """Whether the words are those of ``row``: what was taken part in, or who the row is for."""
    known = labels_of(form).vocabulary[row.code] | counted_by(form).vocabulary(row.code)
    said = [w for w in weighty(where or who).split() if w not in ("nguoi", "luot", "lop", "cuoc")]
    if not said:
        return True
    if sum(word in known for word in said) < len(said):
        return False
    others = [one for one in scores(form, where) if one[0] != row.code][:1] if where else []
    mine = next((score for code, score, _ in scores(form, where) if code == row.code), 0.0)
    return not others or mine >= _LEAST or mine >= others[0][1]
