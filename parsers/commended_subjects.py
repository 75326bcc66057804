"""Units that a sentence begins with and says something good of: "Xã A và xã B tổ chức bài bản"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.commended_kinds import kind_of
from parsers.commended_lists import BLAME, NAME, praises_strongly
from parsers.letter import Line

_GOOD = re.compile(
    r"\b(?:tot|bai ban|som|cu the|tich cuc|chu dong|nghiem tuc|hieu qua|sang tao|(?:dung|xep) (?:dau|thu)|"
    r"nhat|vuot|nhieu|xuat sac|noi (?:bat|troi)|chu dao|soi noi|an tuong|(?:cach lam|mo hinh) (?:hay|moi)|day du|quan tam|guong|"
    r"thanh cong|hoan thanh|ghi nhan|nhiet tinh|ro net|rat ro|ro ret|trach nhiem|dung (?:tien do|han|ke hoach)|sau rong|"
    r"danh gia cao|dong dao|phong phu|ne nep|tien phong|dau tau|dau tien|ghi dau an|khoi sac|linh hoat|kip thoi|doc dao|moi me|xung kich|tan tam|tan tuy|chu trong|thiet thuc|dien hinh|tieu bieu|manh|gioi|dep|rong khap)\b"
)
"""Words that may praise; whether they do, the place in the letter must say too."""
_LEAD = re.compile(
    r"^[\s\-+*•–]*(?:(?:trong do|dac biet|nhat la|rieng|nhin chung|danh gia chung|cung voi do|ngoai ra|"
    r"o cap (?:xa|huyen|truong))\b[\s,:]*(?:la |co )?)*"
)
_NAMES_BY = re.compile(r"\b(?:nhat la|la|nhu|gom|co|ke den|thuoc ve|cua)\s+")
_JOINS = re.compile(r"\s*(?:[,&]|\bva\b|\bcung(?: voi)?\b)\s*")
_BRACKET = re.compile(r"\s*\([^)]*\)")
_OF_UNIT = re.compile(r"\s*(?:xa|phuong|thi tran|huyen|thi xa|thanh pho)\s+")
_NOT = re.compile(r"\b(?:chua|khong|con (?:it|cham|han che|lung tung)|thieu|yeu|kem|cham)\b")


@dataclass(frozen=True, slots=True)
class Subject:
    """A stretch of named units that begins a clause; ``sure`` where the rest surely praises them,
    ``likely`` where it may."""

    names: Line
    sure: bool
    likely: bool


def subjects(line: Line, start: int, end: int) -> Iterator[Subject]:
    """Clauses of a sentence that begin with named units, each with what the rest says of them."""
    for clause in re.finditer(r"[^;]+", line.text[start:end]):
        begin, stop = start + clause.start(), start + clause.end()
        lead = _LEAD.match(line.folded[begin:stop])
        begin += lead.end() if lead else 0
        last = _last_name(line, begin, stop)
        said = line.folded[last:stop] if last else ""
        if last is None or BLAME.search(said) or not re.search(r"[a-z]", said):
            continue
        sure = praises_strongly(said)
        likely = _GOOD.search(said) is not None and _NOT.search(said) is None
        if sure or likely or not re.search(r"\d", said):
            yield Subject(line.part(begin, last), sure, likely)


def named(line: Line, start: int, end: int) -> Iterator[Line]:
    """Units named behind what is well spoken of: "rất rõ, nhất là UBND xã A; khối trường học có …"."""
    good = False
    for clause in re.finditer(r"[^;]+", line.text[start:end]):
        begin, stop = start + clause.start(), start + clause.end()
        if BLAME.search(line.folded[begin:stop]) or _NOT.search(line.folded[begin:stop]):
            return
        for named_by in _NAMES_BY.finditer(line.folded, begin, stop):
            good = good or _GOOD.search(line.folded[begin : named_by.start()]) is not None
            last = _last_name(line, named_by.end(), stop)
            if good and last is not None:
                yield line.part(named_by.end(), last)
                break


def _last_name(line: Line, at: int, end: int) -> int | None:
    """Where the units end that the clause from ``at`` on begins with; None where it names none."""
    last: int | None = None
    kind = False
    while at < end:
        folded = line.folded[at:end]
        found = kind_of(folded)
        word = found[0] if found is not None else None
        kind = kind or word is not None
        at += word.end() if word else 0
        inner = _OF_UNIT.match(line.folded, at, end) if word else None
        at = (
            inner.end()
            if inner
            else at + (len(line.text[at:end]) - len(line.text[at:end].lstrip(" :")))
        )
        name = NAME.match(line.text, at, end)
        if name is None or not kind:
            break
        last = at = name.end()
        bracket = _BRACKET.match(line.text, at, end)
        joined = _JOINS.match(line.folded, bracket.end() if bracket else at, end)
        if joined is None:
            break
        at = joined.end()
    return last
