"""Matching a label to a form's rows by meaning: folded, expanded, fuzzy, with a margin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from parsers.counted import counted_by
from parsers.labels import BENIGN, STOP, Labels, labels_of, likeness, weighty
from schemas.form import Form
from schemas.text import fold

ACCEPT = 82.0
MARGIN = 6.0
WIDE = 15.0
NEAR = 93.0
"""From here on what differs is a letter or two, as a scan spoils them; no other word fits in."""
FAR = 85.0
"""Below it the label shares words with a row but may count another thing: it is looked at, unless
every word is the row's own and no other row is anywhere near."""
_QUALIFIED = re.compile(
    r"\b(?:chua|khong|ke hoach|du kien|chi tieu|phan dau|nam truoc|cung ky|rieng|khac)\b|trong do"
)
"""Words that turn a row into another one: what was not held, was planned, was a part or the rest."""

_QUANTITY = re.compile(r"^(?:(?:tong|so|luong|luot) )+")
_LEVEL = frozenset(["cap"])


@dataclass(frozen=True, slots=True)
class Match:
    """``score`` 0 to 100; ``how`` is ``exact``, ``alias``, ``fuzzy``, ``section`` (only with the
    words of the row it stands under), ``counted`` (only by what it counts, as running text would) or
    ``loose`` (words the row does not know); ``margin`` to the next."""

    code: str
    score: float
    margin: float
    how: str


def scores(form: Form, label: str) -> list[tuple[str, float, str]]:
    """``(code, score, how)`` of every row of the form, best first."""
    known = labels_of(form)
    if label not in known.scores:
        short, long = known.short(label), known.full(label)
        out = [
            (row.code, *_best(short, long, keys, near))
            for (row, keys), near in zip(known.keys, known.nearness(label), strict=True)
            if short not in known.never[row.code]
        ]
        known.scores[label] = sorted(out, key=lambda s: -s[1])
    return known.scores[label]


def _best(short: str, long: str, keys: Sequence[str], near: float) -> tuple[float, str]:
    if short == keys[0] or long == keys[0]:
        return 100.0, "exact"
    return (99.0, "alias") if short in keys or long in keys else (near, "fuzzy")


def match_row(
    form: Form, label: str, section: str | None, ordinal: str = "", *, filled: bool = False
) -> Match | None:
    """The row ``label`` names, or None where no row is near or two are. ``section`` is the code of
    the row it stands under: it lifts that row's children and lowers other rows' ones. ``filled``
    says that the row holds numbers, which a row that only heads others does not."""
    known = labels_of(form)
    asked = (label, section, ordinal, filled)
    if asked not in known.matches:
        known.matches[asked] = _matched(known, *asked)
    found: Match | None = known.matches[asked]
    return found


def _matched(
    known: Labels, label: str, section: str | None, ordinal: str, filled: bool
) -> Match | None:
    weighed = []
    for code, score, how in scores(known.form, label):
        parent = known.parents.get(code)
        lift = 0.0
        if section is not None and parent is not None:
            lift = 6.0 if parent == section else -6.0
        if ordinal and known.ordinals.get(code) == ordinal:
            lift += 3.0
        if filled and how == "fuzzy" and code in known.heads:
            lift -= 14.0
        weighed.append((code, score + lift, score, how))
    weighed.sort(key=lambda w: -w[1])
    if not weighed or weighed[0][2] < ACCEPT:
        return _under_section(known, label, section) or _by_what_it_counts(known, label, None)
    best, second = weighed[0], weighed[1][1] if len(weighed) > 1 else 0.0
    margin = best[1] - second
    if margin < MARGIN and best[3] == "fuzzy":
        near = frozenset(w[0] for w in weighed if best[1] - w[1] < MARGIN)
        return _by_what_it_counts(known, label, near)
    return Match(best[0], best[2], margin, _how(known, best, label, margin))


def _by_what_it_counts(known: Labels, label: str, near: frozenset[str] | None) -> Match | None:
    """The row whose thing the label counts, of those in ``near`` (None: of all)."""
    row = counted_by(known.form).of_label(label)
    if row is None or known.short(label) in known.never[row.code]:
        return None
    keys = next(keys for one, keys in known.keys if one.code == row.code)
    if (near is not None and row.code not in near) or _qualified(known.form, " ".join(keys), label):
        return None
    return Match(row.code, ACCEPT, 0.0, "counted")


def _under_section(known: Labels, label: str, section: str | None) -> Match | None:
    """A label that leaves out what the row above it says: "Cấp huyện" under "Lễ khai mạc"."""
    children = [(row, keys) for row, keys in known.keys if row.parent == section]
    heads = next((keys for row, keys in known.keys if row.code == section), ())
    mine = known.short(label)
    if section is None or not children or len(mine.split()) > 8:
        return None
    spelled = [f"{a} {b}" for head in heads for a, b in ((mine, head), (head, mine))]
    found = sorted(
        (
            (max(max(likeness(one, [weighty(k) for k in keys])) for one in spelled), row.code)
            for row, keys in children
            if mine not in known.never[row.code] and _own_words(known, mine, row.code)
        ),
        reverse=True,
    )
    if not found or found[0][0] < ACCEPT:
        return None
    margin = found[0][0] - (found[1][0] if len(found) > 1 else 0.0)
    return Match(found[0][1], found[0][0], margin, "section") if margin >= MARGIN else None


def _own_words(known: Labels, mine: str, code: str) -> bool:
    """Whether the label has a word that tells this row from those beside it, and no strange one."""
    siblings = [row.code for row, _ in known.keys if row.parent == known.parents.get(code)]
    others = set().union(*(known.vocabulary[c] for c in siblings if c != code))
    said = set(weighty(mine).split())
    return bool(said & (known.vocabulary[code] - others)) and not _strange(known, code, mine)


def _strange(known: Labels, code: str, key: str) -> list[str]:
    """Words of ``key`` that no wording of the row has, letters a scan confuses apart."""
    familiar = known.vocabulary[code] | counted_by(known.form).vocabulary(code) | _LEVEL
    return [
        word
        for word in key.split()
        if not word.isdigit() and max(fuzz.ratio(word, one) for one in familiar) <= 75
    ]


def _says_same(known: Labels, code: str, label: str, *, turns: bool) -> bool:
    """Whether the label counts what the row counts, with ``turns`` in the row's own turns of phrase.

    "Số thư viện được tặng sách" counts libraries, "Tập huấn cho học viên TTHTCĐ" trains others,
    though every word stands in one of the row's wordings.
    """
    keys = next(keys for row, keys in known.keys if row.code == code)
    mine = known.short(label).split()
    begins = weighty(" ".join(mine)).split()[:1]
    known_turns = {pair for key in keys for pair in pairwise(key.split())}
    told = not turns or all(
        b in BENIGN or a in STOP or (a, b) in known_turns for a, b in pairwise(mine)
    )
    return told and begins in [weighty(key).split()[:1] for key in keys]


def _how(known: Labels, best: tuple[str, float, float, str], label: str, margin: float) -> str:
    """``loose`` where the label has a word that may make it another row."""
    code, how = best[0], best[3]
    keys = next(keys for row, keys in known.keys if row.code == code)
    if _qualified(known.form, " ".join(keys), label):
        return "loose"
    if how != "fuzzy":
        return how
    mine = {weighty(known.short(label)), weighty(known.full(label))}
    near = max(fuzz.token_sort_ratio(one, weighty(key)) for one in mine for key in keys)
    if _counts_others(known, keys, label):
        return "loose"
    if near >= NEAR:
        return how
    if _strange(known, code, known.short(label)):
        return "loose"
    counted = counted_by(known.form).of_label(label)
    if counted is not None and counted.code == code:
        return how
    sure = near >= FAR or margin >= WIDE
    return how if sure and _says_same(known, code, label, turns=near < FAR) else "loose"


def _qualified(form: Form, spelled: str, label: str) -> bool:
    """Whether the label has words that turn the row into another one: a plan, another year."""
    folded = fold(label)
    years = set(re.findall(r"\b20\d\d\b", folded))
    return bool(years and str(form.year) not in years) or any(
        found not in spelled for found in _QUALIFIED.findall(folded)
    )


def _counts_others(known: Labels, keys: Sequence[str], label: str) -> bool:
    """Whether the label counts people where the row counts what they take part in, or those to whom
    something was done: "Số giáo viên tham gia tập huấn", "Số cá nhân được tặng sách"."""
    mine = known.short(label)
    told = {pair for key in keys for pair in pairwise(key.split())}
    pairs = list(pairwise(mine.split()))
    # "Huy động được" is a turn of the row's own: what follows is not done to whom is counted.
    begun_by = [("", ""), *pairs]
    done = {
        p
        for p, before in zip(pairs, begun_by, strict=False)
        if p[0] == "duoc" and before not in told
    }
    if done - told:
        return True
    begun = _QUANTITY.match(mine)
    return (
        begun is not None
        and bool(counted_by(known.form).measures(mine[begun.end() :]))
        and mine.split()[begun[0].count(" ")] not in {_first(key) for key in keys}
    )


def _first(key: str) -> str:
    return next(iter(_QUANTITY.sub("", key).split()), "")


def is_ignored(form: Form, label: str) -> bool:
    """Whether the form knows this label as a row that holds nothing of its own."""
    return fold(label).strip(" :.") in {fold(r) for r in form.ignored_rows}
