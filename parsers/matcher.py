"""Matching a label to a form's rows by meaning: folded, expanded, fuzzy, with a margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from parsers.counted import counted_by
from parsers.label_doubts import (
    another_topic,
    counts_others,
    doubt,
    lists_only,
    named_within,
    of_another_year,
    qualified,
    strange,
)
from parsers.labels import BENIGN, Labels, labels_of, likeness, unnumbered, weighty
from parsers.per_form import PerForm
from schemas.form import Form
from schemas.text import fold

ACCEPT = 82.0
LEAST = 60.0
"""From here on a label shares enough words with a row to be taken for it where it can be no other."""
MARGIN = 6.0
_COUNTED = frozenset(["counted", "topic"])
WIDE = 15.0
_KEPT = 1 << 14
"""Labels that are remembered: whatever looks at a table's row or column asks for them again."""


@dataclass(frozen=True, slots=True)
class Match:
    """``score`` 0 to 100; ``how`` is ``exact``, ``alias``, ``fuzzy``, ``section`` (only with the
    words of the row it stands under), ``counted`` (only by what it counts, as running text would),
    ``near`` (the row's words in other turns), ``strange`` (with words the row does not know),
    ``topic`` (the same where the row is one of several that count the same), ``left`` (no other row
    is left for it) or ``loose`` (with words that make it another row); ``margin`` to the next."""

    code: str
    score: float
    margin: float
    how: str


def scores(form: Form, label: str) -> list[tuple[str, float, str]]:
    """``(code, score, how)`` of every row of the form, best first."""
    return _FOUND.of(form).scores(label)


def _scored(known: Labels, label: str) -> list[tuple[str, float, str]]:
    short, long = known.short(label), known.full(label)
    out = [
        (row.code, *_best(short, long, keys, near))
        for (row, keys), near in zip(known.keys, known.nearness(label), strict=True)
        if short not in known.never[row.code]
    ]
    return sorted(out, key=lambda s: -s[1])


def _best(short: str, long: str, keys: Sequence[str], near: float) -> tuple[float, str]:
    if short == keys[0] or long == keys[0]:
        return 100.0, "exact"
    return (99.0, "alias") if short in keys or long in keys else (near, "fuzzy")


def match_row(
    form: Form, label: str, section: str | None, ordinal: str = "", *, filled: bool = False
) -> Match | None:
    """The row ``label`` names, or None where no row is near or two are; figures alone name none.

    ``section`` is the code of the row it stands under: it lifts that row's children and lowers other
    rows' ones. ``filled`` says that the row holds numbers, which a row that only heads others does not.
    """
    if not any(map(str.isalpha, label)):
        return None
    found = _FOUND.of(form).matched(label, section, ordinal, filled)
    if found is None or not of_another_year(label, form.year):
        return found
    return None if found.how in _COUNTED else replace(found, how="loose")


class _Found:
    """What the labels seen of late were found to be, by the words of one form."""

    def __init__(self, form: Form) -> None:
        known = labels_of(form)
        self.scores = lru_cache(maxsize=_KEPT)(partial(_scored, known))
        self.matched = lru_cache(maxsize=_KEPT)(partial(_matched, known))


_FOUND = PerForm(_Found)


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
    under = section is not None and known.parents.get(best[0]) == section
    how = _how(known, best, label, margin, under=under)
    elsewhere = known.parents.get(best[0]) not in (None, section)
    if how in ("exact", "alias") and elsewhere and _cut_short(known, label, section):
        how = "near"
    return Match(best[0], best[2], margin, how)


def _cut_short(known: Labels, label: str, section: str | None) -> bool:
    """Whether ``label`` may be the beginning of a row's under the head that it stands under: "Tập thể"
    among books is hardly one that was praised."""
    said = set(weighty(known.short(label)).split())
    children = [keys for row, keys in known.keys if row.parent == section]
    return section is not None and any(said < set(key.split()) for keys in children for key in keys)


def _how(
    known: Labels, best: tuple[str, float, float, str], label: str, margin: float, *, under: bool
) -> str:
    """How far the label's words are the row's: see ``Match``."""
    code, how = best[0], best[3]
    if qualified(known, code, label):
        return "loose"
    if how != "fuzzy":
        return how
    return doubt(known, code, label, sure=margin >= WIDE, under=under) or how


def _by_what_it_counts(known: Labels, label: str, near: frozenset[str] | None) -> Match | None:
    """The row whose thing the label counts, of those in ``near`` (None: of all)."""
    row = counted_by(known.form).of_label(unnumbered(label))
    if row is None or known.short(label) in known.never[row.code]:
        return None
    if (near is not None and row.code not in near) or qualified(known, row.code, label):
        return None
    if named_within(known, row.code, label) or lists_only(known, row.code, label):
        return Match(row.code, ACCEPT, 0.0, "fuzzy")
    topic = another_topic(known, row.code, label)
    return Match(row.code, ACCEPT, 0.0, "topic" if topic else "counted")


def _under_section(known: Labels, label: str, section: str | None) -> Match | None:
    """A label that leaves out what the row above it says: "Cấp huyện" under "Lễ khai mạc"."""
    children = [(row, keys) for row, keys in known.keys if row.parent == section]
    initials = [
        row.code for row, _ in children if _initials(row.label) == fold(label).strip(" .:-+")
    ]
    if section is not None and len(initials) == 1:
        return Match(initials[0], 100.0, 100.0, "section")
    heads = next((keys for row, keys in known.keys if row.code == section), ())
    mine = known.short(label)
    if section is None or not children or len(mine.split()) > 8:
        return None
    spelled = [f"{a} {b}" for head in heads for a, b in ((mine, head), (head, mine))]
    found = sorted(
        (
            (max(max(likeness(one, [weighty(k) for k in keys])) for one in spelled), row.code)
            for row, keys in children
            if mine not in known.never[row.code]
            and _own_words(known, mine, row.code)
            and not counts_others(known, row.code, label)
        ),
        reverse=True,
    )
    if not found or found[0][0] < ACCEPT:
        return None
    margin = found[0][0] - (found[1][0] if len(found) > 1 else 0.0)
    return Match(found[0][1], found[0][0], margin, "section") if margin >= MARGIN else None


def _initials(label: str) -> str:
    """ "tt" of "Tập thể": under its section a row may be called so; none of one word."""
    said = fold(label).split()
    return "".join(word[0] for word in said) if len(said) > 1 else ""


def _own_words(known: Labels, mine: str, code: str) -> bool:
    """Whether the label has a word that tells this row from those beside it, and no strange one."""
    siblings = [row.code for row, _ in known.keys if row.parent == known.parents.get(code)]
    others = set().union(*(known.vocabulary[c] for c in siblings if c != code))
    said = set(weighty(mine).split())
    return bool(said & (known.vocabulary[code] - others)) and not strange(known, code, mine)


def left_for(form: Form, code: str, label: str) -> Match | None:
    """``label`` as the row ``code``, of which nothing but its place is sure, if no word forbids it."""
    known = labels_of(form)
    score = next((s for one, s, _ in scores(form, label) if one == code), 0.0)
    against = (
        qualified(known, code, label)
        or counts_others(known, code, label)
        or of_another_year(label, form.year)
        or not _shares_a_word(known, code, label)
    )
    return None if score < LEAST or against else Match(code, score, 0.0, "left")


def _shares_a_word(known: Labels, code: str, label: str) -> bool:
    """Whether the label has a word of weight that some wording of the row has: likeness of letters
    alone ("cây đã trồng", "cá nhân") says nothing."""
    own = known.vocabulary[code] | counted_by(known.form).vocabulary(code)
    return bool(set(weighty(known.short(label)).split()) & (own - BENIGN))


def is_ignored(form: Form, label: str) -> bool:
    """Whether the form knows this label as a row that holds nothing of its own."""
    return fold(label).strip(" :.") in {fold(r) for r in form.ignored_rows}
