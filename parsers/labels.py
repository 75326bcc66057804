"""Row labels as they are compared: folded, unnumbered, abbreviations spelled out, one word per thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from parsers.per_form import PerForm
from schemas.form import Form, Indicator
from schemas.text import words

_ABBREVIATIONS = {
    "cbql": "can bo quan ly", "gv": "giao vien", "hs": "hoc sinh", "tthtcd": "trung tam hoc tap cong dong",
    "thhtcd": "trung tam hoc tap cong dong", "htcd": "hoc tap cong dong", "htsd": "hoc tap suot doi",
    "xhht": "xa hoi hoc tap", "gd": "giao duc", "csgd": "co so giao duc", "nld": "nguoi lao dong",
    "khkt": "khoa hoc ky thuat", "kh": "khoa hoc", "pl": "phap luat", "sl": "so luong", "tl": "tuan le", "tt": "trung tam",
    "bcv": "bao cao vien", "bd": "boi duong", "ld": "lao dong", "zon": "ron", "tx": "thi xa",
    "tp": "thanh pho", "th": "thuc hien", "cb": "can bo", "sh": "sinh hoat", "cd": "chuyen de",
    "shcd": "sinh hoat chuyen de", "li": "ly", "ki": "ky", "qui": "quy",
    "kt": "kien thuc", "ktkh": "kien thuc khoa hoc", "ktpl": "kien thuc phap luat", "xd": "xay dung",
    "cbgv": "can bo giao vien", "cbqlgd": "can bo quan ly", "hv": "hoc vien",
}  # fmt: skip
_PREFIX = re.compile(
    r"^\s*(?:[-–+•*]\s*|\(?[ivxIVX]{1,4}[.)]\s+|\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s+|\(?[a-zđA-ZĐ][.)]\s+|\d+(?:\.\d+)+[.)]?\s*)+"
)
_BRACKETS = re.compile(r"\([^)]*\)")
_TT_CN = re.compile(r"\btt cn\b")
_TWICE = re.compile(r"\b(\w+ \w+|\w+)(?: \1)+\b")
_KEPT = 1 << 14
"""Labels that are remembered: each is asked for by all that may speak for or against it."""
STOP = frozenset(
    ["cac", "so", "to", "chuc", "ve", "cho", "va", "tai", "cua", "trong", "nhung", "duoc"]
)
"""Words that carry no meaning of their own."""

BENIGN = STOP | frozenset((
    "tong", "luong", "viec", "cong", "tac", "hoat", "dong", "thuc", "hien", "trien", "khai",
    "ket", "qua", "da", "hinh", "truc", "tuyen", "tiep", "toan", "tren", "dia", "ban", "nam",
    "tuan", "le", "huong", "ung", "hoc", "tap", "suot", "doi", "mot", "nguoi", "tham", "gia",
    "voi", "bang", "danh", "noi", "dung", "loai", "thuoc",
))  # fmt: skip
"""Words that any row of such an annex may carry without becoming another row."""


@lru_cache(maxsize=_KEPT)
def weighty(key: str) -> str:
    """``key`` without the words that carry no meaning of their own."""
    return " ".join(w for w in key.split() if w not in STOP) or key


def unnumbered(label: str) -> str:
    """``label`` without the number or sign in front of it."""
    return _PREFIX.sub("", label) or label


def spelled(key: str) -> str:
    """Folded words with abbreviations spelled out; "TT, CN" are no centres."""
    key = _TT_CN.sub("tap the ca nhan", key)
    return " ".join(_ABBREVIATIONS.get(w, w) for w in key.split())


def likeness(left: str, keys: Sequence[str]) -> Any:
    """How like ``left`` each of ``keys`` is, 0 to 100: the mean of order-free and order-bound
    likeness, on words that carry meaning (``keys`` already ``weighty``)."""
    mine = [weighty(left)]
    sort, set_, plain = (
        cdist(mine, keys, scorer=scorer, dtype=np.float64)[0]
        for scorer in (fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.ratio)
    )
    return 0.6 * sort + 0.4 * np.maximum(plain, set_ - 5)


class Labels:
    """The labels of one form, ready to be compared; worked out once for each form object."""

    def __init__(self, form: Form) -> None:
        self.form = form
        rows = (*form.indicators, *form.section_rows)
        self._synonyms = _pattern(form.synonyms)
        self._own = {words(s): words(k) for k, several in form.synonyms.items() for s in several}
        self.short = lru_cache(maxsize=_KEPT)(self._short)
        self.full = lru_cache(maxsize=_KEPT)(self._full)
        self.keys: tuple[tuple[Indicator, tuple[str, ...]], ...] = tuple(
            (row, self._all((row.label, *row.aliases))) for row in rows
        )
        self._of = {row.code: keys for row, keys in self.keys}
        self._told = [weighty(key) for _, keys in self.keys for key in keys]
        counts = [len(keys) for _, keys in self.keys]
        self._starts = np.cumsum([0, *counts[:-1]])
        self.never = {r.code: frozenset(self.short(t) for t in r.never) for r in rows}
        self.vocabulary = {
            row.code: frozenset(" ".join(keys).split()) | BENIGN for row, keys in self.keys
        }
        self.parents = {r.code: r.parent for r in form.indicators}
        self.ordinals = {r.code: r.ordinal for r in rows}
        self.heads = frozenset(r.code for r in form.section_rows)

    def keys_of(self, code: str) -> tuple[str, ...]:
        """The wordings of the row ``code``, as they are compared."""
        return self._of[code]

    def nearness(self, label: str) -> list[float]:
        """For each row, in order, how like its nearest wording ``label`` is."""
        best = np.maximum.reduce(
            [likeness(m, self._told) for m in {self.short(label), self.full(label)}]
        )
        return [float(v) for v in np.maximum.reduceat(best, self._starts)]

    def _short(self, label: str) -> str:
        """``label`` without the number in front and without what brackets hold."""
        bare = _PREFIX.sub("", _BRACKETS.sub(" ", label))
        return self._canonical(words(bare or label))

    def _full(self, label: str) -> str:
        """``label`` without the number in front, brackets' words kept."""
        return self._canonical(words(_PREFIX.sub("", label)))

    def _all(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(k for t in texts for k in (self.short(t), self.full(t))))

    def _canonical(self, key: str) -> str:
        one = spelled(key)
        if self._synonyms is None:
            return one
        one = self._synonyms.sub(lambda m: self._own[m[0]], one)
        # "bồi dưỡng, tập huấn" is one word said twice.
        return _TWICE.sub(r"\1", one)


def _pattern(synonyms: Mapping[str, Sequence[str]]) -> re.Pattern[str] | None:
    told = sorted((words(s) for many in synonyms.values() for s in many), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(told)})\b") if told else None


_made = PerForm(Labels)


def labels_of(form: Form) -> Labels:
    """The labels of ``form``."""
    return _made.of(form)
