"""What a sentence with a number speaks of: this campaign's result, or a plan, another year, a part."""

from __future__ import annotations

import re
from collections.abc import Collection

from parsers.letter import UPPER
from schemas.text import fold

_DELTA = re.compile(
    r"\bgap (?:ruoi|doi|ba|[\d,.]+ lan|hon \w+)(?: (?:so voi|cua))? (?:cung ky |nam )(?:(?:hoc )?\d{4}|truoc|ngoai)?(?:\s*\([^)]*\))?|"
    r"\([^)]*\b(?:tang|giam|so voi)\b[^)]*\)|"
    r"\b(?:tang|giam|vuot|(?:nhieu|it|cao|thap) hon)\b[^,;.]*\bso voi\b[^,;]*|"
    r"\b(?:dat|bang|vuot) [\d.,]+ ?%(?: so voi)? (?:chi tieu|ke hoach|muc tieu|dang ky)\b(?: (?:giao|de ra|dat ra|nam|dau nam))*"
)
_BARE_YEAR = re.compile(r"\(\s*(20\d\d)\s*:")
_BRACKETS = re.compile(r"\([^()]*\)")
_EXAMPLE = re.compile(r"\b(?:rieng|dien hinh|tieu bieu|vi du|chang han)\b")
"""What follows is a part picked out, not the reporting unit's own figure."""

_NAMED_PART = re.compile(
    r"\b(?i:xã|phường|thị trấn|trường|trung tâm)(?: (?:MN|TH|THCS|THPT|mầm non|tiểu học))*"
    rf"(?: [{UPPER}]\w+)+"
)
_PLANNED = re.compile(
    r"phan dau|du kien|du dinh|chi tieu|ke hoach (?:giao|de ra)|muc tieu|toi thieu|it nhat|"
    r"s(?<=\bs)e (?:duoc )?(?:to chuc|mo|tiep tuc|trien khai|them)"
)
_AHEAD = re.compile(r"phuong huong|nhiem vu trong tam|thoi gian toi|nam tiep theo")
"""Headings, and words, over what is still to come."""
_YEAR = re.compile(r"nam (?:hoc )?(20\d\d)(?!\s*-(?!\s*20\d\d))")
_ATTENDING = re.compile(
    r"^\W*(?:(?:da |voi |co )?(?:tong )?so (?:luot )?(?:luong )?(?:nguoi|hoc vien|luot)|"
    r"(?:da )?thu hut|voi su tham gia)"
)
_EACH = re.compile(r"\b(?:mỗi|bình quân|trung bình)\b", re.IGNORECASE)
_OF_EACH = re.compile(r"\b(?:moi|binh quan|trung binh)\b[^,;.:()]*$")
_ALL = re.compile(r"\b(?:cả|toàn|tổng)\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:vuot(?: muc)?|so voi|dang ky|ke hoach|chi tieu|yeu cau|dinh muc|cung ky|nam (?:truoc|ngoai))"
    r"(?: (?:la|duoc|giao|de ra|ban dau|moi co|chi co|mo duoc))*[ :]+$"
)
"""Right before a number that a result is only measured against: "vượt mức đăng ký 300 cuốn"."""
_APART = re.compile(r"\brieng\b(?!.*\b(?:rieng|dien hinh|tieu bieu|vi du|chang han)\b)")
_BY_OTHERS = re.compile(
    r"\bdo (?:bo|so|tinh|trung uong|ubnd tinh)\b[^,;]{0,40}\b(?:to chuc|mo|trien khai|chu tri)\b|"
    r"\b(?:ca nuoc|toan quoc)\b"
)
"""Behind a number: what the offices above held, or was counted of the whole country."""
_TURNS = re.compile(r"\W*(?:nhung|song|thuc te|tuy nhien|den nay)\b")
_THEREOF = re.compile(r"\b(?:trong do|bao gom|gom co)\b")


def without_differences(folded: str) -> str:
    """``folded`` with what only says by how much a figure grew or fell blanked out."""
    if not ("so voi" in folded or "(" in folded or "gap " in folded or "%" in folded):
        return folded
    return _DELTA.sub(lambda m: " " * len(m[0]), folded)


def without_asides(folded: str, year: int) -> str:
    """``folded`` with brackets that only tell of plans or of other years than ``year`` blanked out."""
    return _BRACKETS.sub(lambda m: " " * len(m[0]) if _aside(m[0], year) else m[0], folded)


def _aside(bracket: str, year: int) -> bool:
    begun = _BARE_YEAR.match(bracket)
    return elsewhere(bracket, "", year) or (begun is not None and int(begun[1]) != year)


def elsewhere(folded: str, heading: str, year: int) -> bool:
    """Whether the sentence, or the heading over it, speaks of plans or of other years than ``year``.

    A school year counts as the year that it begins in.
    """
    ahead = _AHEAD.search(heading) or _AHEAD.search(folded) or _PLANNED.search(folded)
    years = {int(y) for y in _YEAR.findall(folded)}
    return bool(ahead) or (bool(years) and year not in years)


def turns_to_done(folded: str) -> bool:
    """Whether the sentence goes on about what was planned before, as it was done."""
    return _TURNS.match(folded) is not None


def continues(folded: str) -> bool:
    """Whether the sentence says who took part in what the one before it counted."""
    return _ATTENDING.match(folded) is not None


def picked_out(before: str, folded: str) -> bool:
    """Whether a number behind ``before`` is an example's, that of each of many, or one that the
    result is measured against."""
    told = folded[: len(before)]
    each = _EACH.search(_ALL.split(before)[-1])
    return bool(_EXAMPLE.search(told) or each or _AGAINST.search(told))


def named_apart(before: str, folded: str, phrases: Collection[str]) -> bool:
    """Whether a number behind ``before`` is picked out by "riêng" only, and what follows that word is
    one of ``phrases``, which name another row: "riêng đội ngũ báo cáo viên được tập huấn 1 lớp"."""
    told = folded[: len(before)]
    found = _APART.search(told)
    if found is None or _EACH.search(before) or _AGAINST.search(told):
        return False
    rest = told[found.end() :]
    return not _NAMED_PART.search(before[found.end() :]) and any(p in rest for p in phrases)


def of_each(folded: str, start: int) -> bool:
    """Whether the number at ``start`` is that of each of many: "34 buổi, mỗi xã | 2 buổi"."""
    return _OF_EACH.search(folded[:start]) is not None


def thereof(folded: str, before: str) -> bool:
    """Whether what stands behind ``before`` is a part of what the sentence has named."""
    return _THEREOF.search(folded[: len(before)]) is not None


def may_be_part(text: str, folded: str, before: str, own: str) -> bool:
    """Whether the number behind ``before`` may be a part's: a commune or school that is not the
    reporting unit ``own`` is named before it, or the sentence only goes on about another's total."""
    if _THEREOF.match(folded.lstrip(" -+")) or _EACH.search(text):
        return True
    if _BY_OTHERS.search(folded, len(before)):
        return True
    return any(fold(m[0]) not in own for m in _NAMED_PART.finditer(before))
