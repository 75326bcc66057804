"""Which narrative field a heading opens, by the form's aliases, through folding and likeness."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from parsers.letter import flat
from parsers.per_form import PerForm
from schemas.form import Form

_WORDS = re.compile(r"[^a-z0-9]+")
_KEPT = 4096
_EXACT, _CLOSE = 93.0, 84.0
_SHORT_FORMS = (
    (re.compile(r"\bhtsd\b"), "hoc tap suot doi"),
    (re.compile(r"\bxhht\b"), "xa hoi hoc tap"),
)
_WEEK = re.compile(
    r" (?:cua |trong |ve |huong ung )*tuan le(?: huong ung)?"
    r"(?: hoc tap suot doi)?(?: nam \d{4})?.*$"
)
_BEYOND = re.compile(
    r"(?<=\w) (?:sau|ngoai|ben canh) (?:le |buoi |ngay )*(?:khai mac|phat dong|ra quan)(?: tuan le)?\b"
)
"""What a heading says it does not tell of: "Các hoạt động sau khai mạc"."""
_JOINS = re.compile(r"\s*[,;&]\s*|\s+-\s+|\s+và\s+", re.IGNORECASE)
_ENDS = ("results", "difficulties", "recommendations")
_SPECIFIC = ("launch", "budget", "difficulties", "recommendations")
_SAME = 97
"""Of a hundred: likeness from which a heading is an alias, give or take a letter."""

_BY_NAME = ("launch", "budget")
"""Fields whose headings name them: likeness alone ("Tình hình thực hiện") is not enough."""
_BENIGN = frozenset((
    "cong", "tac", "ve", "viec", "mot", "so", "nhung", "cac", "tinh", "hinh", "thuc", "hien",
    "to", "chuc", "trong", "tuan", "le", "huong", "ung", "hoc", "tap", "suot", "doi", "nam",
    "cua", "va", "tren", "dia", "ban", "tai", "huyen", "xa", "truong", "cap", "don", "vi", "da",
    "duoc", "cu", "the", "chung", "noi", "bat", "chinh", "mat", "y", "kien", "voi", "nguyen",
    "nhan", "dat", "phan", "dung", "qua", "trinh", "danh", "gia", "ngay", "diem", "giao", "duc", "chu", "yeu", "co", "nha",
))  # fmt: skip
_LEAD = re.compile(r"^(?:ve |cong tac |mot so |nhung |cac |danh gia |tinh hinh |noi dung )+")


@dataclass(frozen=True, slots=True)
class Claim:
    """Fields a heading opens, best first (two where it joins two), and how sure that is.

    ``broad`` says that the field ends with the first sub-heading.
    """

    fields: tuple[str, ...]
    score: float
    broad: bool = False


def plain(text: str) -> str:
    """Folded words with single spaces and without brackets' content."""
    folded = re.sub(r"\([^)]*\)", " ", flat(text))
    words = _BEYOND.sub("", _WORDS.sub(" ", folded).strip())
    for pattern, full in _SHORT_FORMS:
        words = pattern.sub(full, words)
    return words


class Headings:
    """The headings of one form, ready to be matched."""

    def __init__(self, form: Form) -> None:
        self._groups = [
            (h.field, _plain_all((*h.aliases, *h.examples)), _plain_all(h.never))
            for h in form.headings
        ]
        self._broad = {one: h.field for h in form.headings for one in _plain_all(h.broad)}
        self._whole = {one: h.field for h in form.headings for one in _plain_all(h.whole)}
        self._aliases = [alias for _, aliases, _ in self._groups for alias in aliases]
        self._keywords = {h.field: _plain_all(h.keywords) for h in form.headings}
        # Reports of one campaign share their headings: each is worked out once.
        self.claim = lru_cache(_KEPT)(self._claim)
        self.exact = lru_cache(_KEPT)(self._exact)

    def _claim(self, title: str) -> Claim | None:
        """What ``title`` (without its number) opens; None where nothing is near enough.

        One that ends a sentence is known by its aliases only, not by single words.
        """
        words = plain(title)
        if not words or len(words.split()) > 24:
            return None
        if words in self._broad:
            return Claim((self._broad[words],), 100.0, broad=True)
        if words in self._whole:
            return Claim((self._whole[words],), 100.0)
        if pair := self._pair(title):
            return Claim(pair, _CLOSE)
        scores = self._scores(words)
        best, name = scores[0]
        if best < _CLOSE:
            return self._by_keywords(title, words, 0.6, 14)
        joined = self._joined(words)
        if len(joined) > 1:
            return Claim(joined, best)
        named = any(f" {one} " in f" {words} " for one in self._keywords[name])
        if name in _BY_NAME and best < _SAME and not named:
            return None
        if len(scores) > 1 and best - scores[1][0] < 2 and best < _SAME:
            return None
        return Claim((name,), best)

    def _pair(self, title: str) -> tuple[str, ...]:
        """The ceremony and one field more, or two of the last: "Chỉ đạo và khai mạc"."""
        parts = _JOINS.split(title)
        if len(parts) != 2 or len(title.split()) > 12:
            return ()
        claims = [self.exact(part) for part in parts]
        names = tuple(c.fields[0] for c in claims if c is not None and len(c.fields) == 1)
        joins = "launch" in names or set(names) <= set(_ENDS)
        return names if len(set(names)) == 2 and joins else ()

    def _exact(self, title: str) -> Claim | None:
        """As ``_claim``, but only for words that are all but an alias: for text run in."""
        words = plain(title)
        if words in self._whole:
            return Claim((self._whole[words],), 100.0)
        if words in self._broad:
            return Claim((self._broad[words],), 100.0, broad=True)
        near = cdist([words], self._aliases, scorer=fuzz.ratio)[0]
        owners = [name for name, aliases, _ in self._groups for _ in aliases]
        best = max(zip(near, owners, strict=True), default=(0.0, ""))
        joined = self._joined(words)
        if best[0] < _EXACT and len(joined) > 1 and len(words.split()) < 9:
            return Claim(joined, 90.0)
        if best[0] < _EXACT:
            return self._by_keywords(title, words, 1.0, 6)
        return Claim((best[1],), float(best[0]))

    def _by_keywords(self, title: str, words: str, share: float, most: int) -> Claim | None:
        """The field whose words a heading consists of, ``share`` of it at least, in ``most`` words."""
        if title.rstrip().endswith((".", ";")):
            return None
        if any(fuzz.ratio(words, one) >= 92 for _, _, never in self._groups for one in never):
            return None
        said = words.split()
        padded = f" {words} "
        found = {
            name: padded.index(f" {one} ")
            for name, keywords in self._keywords.items()
            for one in keywords
            if f" {one} " in padded
        }
        if not found or len(said) > most:
            return None
        known = {w for name in found for one in self._keywords[name] for w in one.split()} | _BENIGN
        if sum(w in known or w.isdigit() for w in said) < share * len(said):
            return None
        return Claim(_chosen(found), 85.0)

    def _joined(self, words: str) -> tuple[str, ...]:
        """Fields joined by one heading: "Khó khăn, kiến nghị"."""
        if len(words.split()) > 10:
            return ()
        found = []
        padded = f" {words} "
        for name, aliases, _ in self._groups:
            places = [padded.find(f" {alias} ") for alias in aliases if len(alias) > 6]
            first = min((at for at in places if at >= 0), default=-1)
            if first >= 0:
                found.append((first, name))
        ends = {"results", "difficulties", "recommendations"}
        names = tuple(name for _, name in sorted(found) if name in ends)
        return names if len(names) > 1 else ()

    def _scores(self, words: str) -> list[tuple[float, str]]:
        """How near ``words`` come to each field's headings, best first."""
        bare = _LEAD.sub("", _WEEK.sub("", words)) or words
        near = cdist([words, bare], self._aliases, scorer=fuzz.ratio)
        ratios = iter(np.maximum(near[0], near[1] - 1).tolist())
        out = []
        for name, aliases, never in self._groups:
            own = [
                _score(words, alias, ratio) for alias, ratio in zip(aliases, ratios, strict=False)
            ]
            barred = any(fuzz.ratio(words, one) >= 92 for one in never)
            out.append((0.0 if barred else max(own, default=0.0), name))
        return sorted(out, reverse=True)


def _score(words: str, alias: str, ratio: float) -> float:
    if ratio < 97 and " " in alias and words.startswith(alias + " "):
        return max(ratio, 96.0)
    long = len(words.split()) > 6
    if ratio < 92 and len(alias) > (9 if long else 7) and f" {alias} " in f" {words} ":
        return max(ratio, 86.0 + min(len(alias) / max(len(words), 1), 1) * 6)
    return ratio


def _chosen(found: dict[str, int]) -> tuple[str, ...]:
    """Of the fields whose words a heading has, in order of place: the more telling ones."""
    order = sorted(found, key=lambda name: found[name])
    specific = tuple(n for n in order if n in _SPECIFIC)
    ends = tuple(n for n in order if n in ("results", "difficulties", "recommendations"))
    if len(ends) > 1:
        return ends
    if specific:
        return specific[:1]
    for name in ("activities", "direction", "results"):
        if name in found:
            return (name,)
    return (order[0],)


def _plain_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(t) for t in texts))


_made = PerForm(Headings)


def headings_of(form: Form) -> Headings:
    """The matcher for ``form``."""
    return _made.of(form)
