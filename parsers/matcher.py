"""Matching a label to a form's rows by meaning: folded, expanded, fuzzy, with a margin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from schemas.form import Form, Indicator
from schemas.text import fold, words

ACCEPT = 82.0
MARGIN = 6.0
NEAR = 93.0
"""From here on what differs is a letter or two, as a scan spoils them; no other word fits in."""
FAR = 85.0
"""Below it the label shares words with a row but may count another thing: it is looked at."""
_ABBREVIATIONS = {
    "cbql": "can bo quan ly", "gv": "giao vien", "hs": "hoc sinh", "tthtcd": "trung tam hoc tap cong dong",
    "thhtcd": "trung tam hoc tap cong dong", "htcd": "hoc tap cong dong", "htsd": "hoc tap suot doi",
    "xhht": "xa hoi hoc tap", "gd": "giao duc", "csgd": "co so giao duc", "nld": "nguoi lao dong",
    "khkt": "khoa hoc ky thuat", "kh": "khoa hoc", "pl": "phap luat", "sl": "so luong", "tl": "tuan le",
    "bcv": "bao cao vien", "bd": "boi duong", "ld": "lao dong", "zon": "ron", "tx": "thi xa",
    "tp": "thanh pho", "th": "thuc hien", "cb": "can bo", "sh": "sinh hoat", "cd": "chuyen de",
}  # fmt: skip
_PREFIX = re.compile(
    r"^\s*(?:[-–+•*]\s*|\(?[ivxIVX]{1,4}[.)]\s+|\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s+|\(?[a-zđA-Z][.)]\s+|\d+(?:\.\d+)+[.)]?\s*)+"
)
_STOP = frozenset(
    ["cac", "so", "to", "chuc", "ve", "cho", "va", "tai", "cua", "trong", "nhung", "duoc"]
)

_BENIGN = _STOP | frozenset(
    [
        "tong",
        "luong",
        "viec",
        "cong",
        "tac",
        "hoat",
        "dong",
        "thuc",
        "hien",
        "trien",
        "khai",
        "ket",
        "qua",
        "da",
        "hinh",
        "thuc",
        "truc",
        "tuyen",
        "tiep",
        "toan",
        "tren",
        "dia",
        "ban",
        "nam",
        "tuan",
        "le",
        "huong",
        "ung",
        "hoc",
        "tap",
        "suot",
        "doi",
        "mot",
        "nguoi",
        "tham",
        "gia",
        "voi",
        "bang",
        "qua",
    ]
)
_QUALIFIED = re.compile(
    r"\b(?:chua|khong|ke hoach|du kien|chi tieu|phan dau|nam truoc|cung ky|rieng)\b|trong do"
)
"""Words that turn a row into another one: what was not held, was planned, was only a part."""


@dataclass(frozen=True, slots=True)
class Match:
    """``score`` 0 to 100; ``how`` is ``exact``, ``alias``, ``fuzzy`` or ``loose``
    (words the row does not know); ``margin`` to the next."""

    code: str
    score: float
    margin: float
    how: str


def label_key(label: str) -> str:
    """A row label as compared: no number in front, no brackets, abbreviations spelled out."""
    bare = _PREFIX.sub("", re.sub(r"\([^)]*\)", " ", label))
    bare = bare or label
    return " ".join(_ABBREVIATIONS.get(w, w) for w in words(bare).split())


def full_key(label: str) -> str:
    """Like ``label_key`` with what brackets hold."""
    return " ".join(_ABBREVIATIONS.get(w, w) for w in words(_PREFIX.sub("", label)).split())


class _ByForm:
    """What is worked out once for a form: hashing a whole form at each call costs more than it saves."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.keys = _keys(form)
        self.never = _never(form)
        self.scores: dict[str, list[tuple[str, float, str]]] = {}


_FORMS: dict[int, _ByForm] = {}


def _of(form: Form) -> _ByForm:
    known = _FORMS.get(id(form))
    if known is None or known.form is not form:
        known = _FORMS[id(form)] = _ByForm(form)
    return known


def _keys(form: Form) -> tuple[tuple[Indicator, tuple[str, ...]], ...]:
    rows = (*form.indicators, *form.section_rows)
    return tuple(
        (
            row,
            tuple(
                dict.fromkeys(
                    k for t in (row.label, *row.aliases) for k in (label_key(t), full_key(t))
                )
            ),
        )
        for row in rows
    )


def _never(form: Form) -> dict[str, frozenset[str]]:
    return {
        r.code: frozenset(label_key(t) for t in r.never)
        for r in (*form.indicators, *form.section_rows)
    }


def scores(form: Form, label: str) -> list[tuple[str, float, str]]:
    """``(code, score, how)`` of every row of the form, best first."""
    known = _of(form)
    if label not in known.scores:
        short, long = label_key(label), full_key(label)
        out = [
            (row.code, *_best(short, long, keys))
            for row, keys in known.keys
            if short not in known.never[row.code]
        ]
        known.scores[label] = sorted(out, key=lambda s: -s[1])
    return known.scores[label]


def _best(short: str, long: str, keys: Sequence[str]) -> tuple[float, str]:
    if short == keys[0] or long == keys[0]:
        return 100.0, "exact"
    if short in keys or long in keys:
        return 99.0, "alias"
    return max(_similar(mine, key) for mine in {short, long} for key in keys), "fuzzy"


def _weighty(key: str) -> str:
    return " ".join(w for w in key.split() if w not in _STOP) or key


def _similar(left: str, right: str) -> float:
    """Mean of order-free and order-bound likeness, on words that carry meaning."""
    a, b = _weighty(left), _weighty(right)
    return 0.6 * fuzz.token_sort_ratio(a, b) + 0.4 * max(
        fuzz.ratio(a, b), fuzz.token_set_ratio(a, b) - 5
    )


def match_row(form: Form, label: str, section: str | None, ordinal: str = "") -> Match | None:
    """The row ``label`` names, or None where no row is near or two are. ``section`` is the code of
    the row it stands under: it lifts that row's children and lowers other rows' ones."""
    parents = {r.code: r.parent for r in form.indicators}
    ordinals = {r.code: r.ordinal for r in (*form.indicators, *form.section_rows)}
    weighed = []
    for code, score, how in scores(form, label):
        parent = parents.get(code)
        lift = 0.0
        if section is not None and parent is not None:
            lift = 6.0 if parent == section else -6.0
        if ordinal and ordinals.get(code) == ordinal:
            lift += 3.0
        weighed.append((code, score + lift, score, how))
    weighed.sort(key=lambda w: -w[1])
    if not weighed or weighed[0][2] < ACCEPT:
        return None
    best, second = weighed[0], weighed[1][1] if len(weighed) > 1 else 0.0
    margin = best[1] - second
    if margin < MARGIN and best[3] == "fuzzy":
        return None
    return Match(best[0], best[2], margin, _how(form, best[0], label, best[3]))


def _how(form: Form, code: str, label: str, how: str) -> str:
    """``loose`` where the label has a word that may make it another row."""
    keys = next(keys for row, keys in _of(form).keys if row.code == code)
    known = " ".join(keys)
    if any(found not in known for found in _QUALIFIED.findall(fold(label))):
        return "loose"
    if how != "fuzzy":
        return how
    mine = {_weighty(label_key(label)), _weighty(full_key(label))}
    likeness = max(fuzz.token_sort_ratio(one, _weighty(key)) for one in mine for key in keys)
    if likeness >= NEAR or likeness < FAR:
        return "fuzzy" if likeness >= NEAR else "loose"
    vocabulary = set(known.split()) | _BENIGN
    strange = [
        word
        for word in label_key(label).split()
        if not word.isdigit() and max(fuzz.ratio(word, one) for one in vocabulary) < 75
    ]
    return "loose" if strange else how


def is_ignored(form: Form, label: str) -> bool:
    """Whether the form knows this label as a row that holds nothing of its own."""
    return fold(label).strip(" :.") in {fold(r) for r in form.ignored_rows}
