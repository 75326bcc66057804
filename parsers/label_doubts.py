"""What in the words of a label may make it another row than the one it is like."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from parsers.counted import counted_by, holds, plain
from parsers.labels import BENIGN, STOP, Labels, labels_of, weighty
from parsers.per_form import PerForm
from schemas.form import Form
from schemas.text import fold

NEAR = 93.0
"""From here on what differs is a letter or two, as a scan spoils them; no other word fits in."""
FAR = 85.0
"""Below it the label shares words with a row but may count another thing: it is looked at, unless
every word is the row's own and no other row is anywhere near."""
_QUALIFIED = re.compile(
    r"\b(?:chua|khong|ke hoach|du kien|chi tieu|phan dau|nam truoc|cung ky|rieng|khac|tham du)\b|trong do|"
    r"\bcap (?:tinh|bo|trung uong|quoc gia|xa|phuong|truong|co so|cum)\b"
)
"""Words that turn a row into another one: what was not held, was planned, was a part or the rest, or
was done at another level."""

_QUANTITY = re.compile(r"^(?:(?:tong|so|luong|luot) )+")
_LEVEL = frozenset(["cap"])
_OPENING = frozenset(["tong", "luong", "luot", "viec", "cong", "tac", "cap", "hoat", "dong", "mo"])
"""Words that a label may begin with before it says what it counts."""
_LETTER_OFF = 75
_KEPT = 4096
"""Words that are remembered."""
_LISTED = re.compile(r"[,;/&+–]|\s-\s|\(|\)")
_SOFT = ("strange", "topic", "near")
_TRUNK = re.compile(r"^(.*\b(?:cho|khác)\b.*?|[^:–-]*\bkhác)\s*(?:\bvề\b|[:–(-])", re.IGNORECASE)
_ABOUT = re.compile(r"^([^:(]{12,}?)\s+về\b", re.IGNORECASE)
_TAIL = re.compile(
    r".*(?:\bvà|[,:–-])\s*((?:các |những )?[^,:–-]*\bkhác)\s*(?:\(|$)", re.IGNORECASE
)
"""What stands before a topic or a list: "Tập huấn cho giáo viên | về chuyển đổi số", "Lớp khác: …",
and what ends a list as all the rest: "Lớp kỹ năng số và các lớp khác"."""


class _Row:
    """The words of one row, as labels are held against them."""

    def __init__(self, known: Labels, code: str) -> None:
        counted, keys = counted_by(known.form), known.keys_of(code)
        row = next(row for row, _ in known.keys if row.code == code)
        heads = [k for one, several in known.keys if one.code == row.parent for k in several]
        turns = (*keys, *counted.turns(code))
        self.keys = [weighty(key) for key in keys]
        self.begins = [key.split()[:1] for key in self.keys]
        self.spelled = " ".join(keys)
        self.turns = {pair for told in turns for pair in pairwise(told.split())}
        self.firsts = {_first(k) for k in (*keys, *heads, *counted.nouns(code))}
        self.quantities = {_after_quantity(key) for key in keys if _QUANTITY.match(key)}
        self.others = [plain(other) for other in row.prose.not_after]
        self.one_of_many = bool(row.prose.phrases)
        """Whether it counts what others count too (classes, meetings), so that the topic decides."""
        self._familiar = known.vocabulary[code] | counted.vocabulary(code) | _LEVEL
        self.knows = lru_cache(maxsize=_KEPT)(self._knows)

    def near(self, label: str, known: Labels) -> float:
        """How like its nearest wording ``label`` is, 0 to 100."""
        mine = {weighty(known.short(label)), weighty(known.full(label))}
        return max(fuzz.token_sort_ratio(one, key) for one in mine for key in self.keys)

    def _knows(self, word: str) -> bool:
        """Whether a wording of the row has the word, letters a scan confuses apart."""
        if word.isdigit() or word in self._familiar:
            return True
        found = process.extractOne(
            word, self._familiar, scorer=fuzz.ratio, score_cutoff=_LETTER_OFF
        )
        return found is not None and found[1] > _LETTER_OFF


class _Rows:
    """The rows of one form by their codes."""

    def __init__(self, form: Form) -> None:
        known = labels_of(form)
        self.rows = {row.code: _Row(known, row.code) for row, _ in known.keys}


_ROWS = PerForm(_Rows)


def _row(known: Labels, code: str) -> _Row:
    return _ROWS.of(known.form).rows[code]


def doubt(known: Labels, code: str, label: str, *, sure: bool, under: bool) -> str | None:
    """What the label, which is like the row ``code``, leaves unsure (see ``matcher.Match``), or None.

    ``sure`` says that no other row is anywhere near, ``under`` that it stands under the row's parent:
    it may then leave out what is done, "cho quản lý, báo cáo viên TTHTCĐ".
    """
    whole = _doubt(known, code, label, sure=sure, under=under)
    return None if whole in _SOFT and named_within(known, code, label) else whole


def named_within(known: Labels, code: str, label: str) -> bool:
    """Whether a part of ``label`` that says all is a wording of the row.

    What is told of the classes for whom they were held makes them no others, nor what is listed
    before "và các lớp khác".
    """
    parts = [m[1] for pattern in (_TRUNK, _TAIL) if (m := pattern.search(label))]
    about = _ABOUT.search(label)
    exact = about is not None and _row(known, code).near(about[1], known) >= NEAR
    return exact or any(_is_one_of(known, code, part) for part in parts)


def lists_only(known: Labels, code: str, label: str) -> bool:
    """Whether a label lists nothing but what the row counts: "Pa nô, băng rôn và tờ gấp"."""
    if _row(known, code).one_of_many:
        return False
    counted = counted_by(known.form)
    nouns = counted.nouns(code)
    parts = [plain(part) for part in re.split(r"[,;/&+()–]|\bvà\b", label)]
    told = [_QUANTITY.sub("", part) for part in parts if part]
    return len(told) > 1 and all(
        any(part == noun or part.startswith(f"{noun} ") for noun in nouns)
        and not strange(known, code, part)
        for part in told
    )


def _doubt(known: Labels, code: str, label: str, *, sure: bool, under: bool) -> str | None:
    row = _row(known, code)
    near = row.near(label, known)
    if counts_others(known, code, label):
        return "loose"
    if near >= NEAR:
        return None
    short = known.short(label)
    begun = (under and not _QUANTITY.match(short)) or _begins_alike(known, code, short)
    if strange(known, code, short):
        return "loose" if not begun else "topic" if row.one_of_many else "strange"
    counted = counted_by(known.form).of_label(label)
    if counted is not None and counted.code == code:
        return None
    same = (near >= FAR or sure) and _in_own_turns(known, code, label)
    if same and weighty(short).split()[:1] in row.begins:
        return None
    if not begun:
        return "loose"
    return "topic" if another_topic(known, code, label) else "near"


def _is_one_of(known: Labels, code: str, trunk: str) -> bool:
    """Whether ``trunk`` is a wording of the row, but for letters."""
    near = _row(known, code).near(trunk, known)
    return near >= FAR and not _doubt(known, code, trunk, sure=True, under=False)


def another_topic(known: Labels, code: str, label: str) -> bool:
    """Whether ``label`` has words or turns the row does not know, where such words tell it from others."""
    odd = bool(strange(known, code, known.short(label))) or not _in_own_turns(known, code, label)
    return odd and _row(known, code).one_of_many


def strange(known: Labels, code: str, key: str) -> list[str]:
    """Words of ``key`` that no wording of the row has, letters a scan confuses apart."""
    row = _row(known, code)
    return [word for word in key.split() if not row.knows(word)]


def _in_own_turns(known: Labels, code: str, label: str) -> bool:
    """Whether each two words of ``label`` that carry meaning stand side by side in a wording of the row.

    "Tập huấn cho học viên TTHTCĐ" trains others, though every word is in one of the row's wordings.
    """
    turns = _row(known, code).turns
    return all(
        b in BENIGN or a in STOP or (a, b) in turns
        for part in _LISTED.split(label)
        for a, b in pairwise(known.short(part).split())
    )


def _begins_alike(known: Labels, code: str, key: str) -> bool:
    """Whether ``key`` begins with what the row counts or does: "Số thư viện được tặng sách" does not."""
    first, firsts = _first(key), _row(known, code).firsts
    return max((fuzz.ratio(first, one) for one in firsts), default=0) > _LETTER_OFF or not first


def qualified(known: Labels, code: str, label: str) -> bool:
    """Whether the label has words that turn the row into another one: a plan, a part, another level."""
    spelled = _row(known, code).spelled
    return any(found not in spelled for found in _QUALIFIED.findall(fold(label)))


def of_another_year(label: str, year: int) -> bool:
    """Whether the label names years, and none of them is ``year``."""
    if "20" not in label:
        return False
    named = set(re.findall(r"\b20\d\d\b", label))
    return bool(named) and str(year) not in named


def counts_others(known: Labels, code: str, label: str) -> bool:
    """Whether the label counts people where the row counts what they take part in, or those to whom
    something was done: "Số giáo viên tham gia tập huấn", "Số cá nhân được tặng sách"."""
    mine = known.short(label)
    row, counted = _row(known, code), counted_by(known.form)
    pairs = list(pairwise(mine.split()))
    # "Huy động được" is a turn of the row's own: what follows is not done to whom is counted.
    begun_by = [("", ""), *pairs]
    done = {
        p
        for p, before in zip(pairs, begun_by, strict=False)
        if p[0] == "duoc" and before not in row.turns
    }
    if done - row.turns or any(holds(mine, other) for other in row.others):
        return True
    begun = _QUANTITY.match(mine)
    return (
        begun is not None
        and bool(counted.measures(mine[begun.end() :]))
        and mine.split()[begun[0].count(" ")] not in row.quantities
    )


def _after_quantity(key: str) -> str:
    return next(iter(_QUANTITY.sub("", key).split()), "")


def _first(key: str) -> str:
    """The first word of ``key`` that says what is counted or done."""
    return next((w for w in weighty(key).split() if w not in _OPENING), "")
