"""What a sentence says before a number that settles what it counts: what was held, and of all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.count_context import turns_to_done
from parsers.counted import Counted, Words, holds, plain
from parsers.labels import BENIGN
from schemas.form import Indicator

_LABEL = re.compile(r"(.*):\s*(?:(?:co|gom|duoc|la|tong|so|da|toan|huyen|xa)\s+)*$")
_AT = re.compile(
    r"\b(?:to chuc|tien hanh|dien ra|thuc hien|trien khai|khai dien)\b[^,;:.\d]*\b(?:tai|o)\s*$"
)
_GUESTS = re.compile(
    r"\b(?:cap (?:tinh|huyen|thi xa|thanh pho|xa|phuong)|du|tham du|kiem tra|giam sat|den|moi|dai dien|dai bieu|truyen|ket noi|phat song|dua tin|chuan bi)\b"
)
_COMING = re.compile(
    r"\W*(?:(?!voi\b|co\b|so\b)\w+ ){1,4}?(?:tham du|tham gia|du|cu|duoc moi|theo doi)\b"
)
_ALL = re.compile(
    r"\b(?:(?:toan|ca) (?:huyen|tinh|thi xa|thanh pho|xa|phuong|truong|trung tam|nganh)|"
    r"tong (?:so|cong)|tat ca|ca thay)\b"
)
_JOINING = frozenset(
    ["voi", "co", "thu", "hut", "mo", "dat", "gom", "hoc", "vien", "dai", "bieu", "len"]
)


def held_before(one: Words, before: str, until: str) -> bool:
    """Whether what must be said of the row ``one`` stands before its number, and makes it the row's.

    A label with a colon says it ("Các trường cùng tổ chức lễ khai mạc: 16 cơ sở"), or a verb with the
    places behind it ("lễ khai mạc được tiến hành tại 52 cơ sở"); who only came to it is not counted.
    ``before`` is folded and ends where the number begins, ``until`` goes on to the next number.
    """
    if not one.then:
        return False
    label, at = _LABEL.match(before), _AT.search(before)
    told = label[1] if label else before[: at.start()] if at else ""
    said = plain(told)
    named = any(holds(said, word) for word in one.then[-1])
    return named and not _GUESTS.search(told) and not _COMING.match(until)


def whole_of(
    rows: Sequence[Words], context: str, before: str, until: str, counted: Counted
) -> Indicator | None:
    """The row whose parts ``rows`` are, where the words speak of all of them and of no one: "toàn huyện
    mở 52 lớp với 2.376 người học"."""
    codes = {w.row.code for w in rows}
    wholes = [i for i in counted.form.indicators if codes and codes <= set(i.parts)]
    goes_on = context.rpartition("\n")[2] if turns_to_done(before) else ""
    if len(wholes) != 1 or not _ALL.search(f"{goes_on} {before}"):
        return None
    told = plain(f"{context} {before}")
    if any(holds(told, phrase) for w in rows for phrase in w.phrases):
        return None
    own = {word for w in rows for noun in w.nouns for word in noun.split()}
    rest = plain(re.split(r"[;:(]", until)[0]).split()
    return wholes[0] if all(w in own or w in BENIGN or w in _JOINING for w in rest) else None
