"""What numbers in running text may count, by the words of one form: rows, and their measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from parsers.labels import spelled
from parsers.per_form import PerForm
from schemas.form import Form, Indicator
from schemas.prose import Prose
from schemas.text import words

_FILLERS = re.compile(r"\b(?:va|cac|nhung)\b ?")
_LEADING = re.compile(r"^(?:(?:so|luong|tong|to chuc|mo|viet|dang|treo|in|cong tac|hoat dong) )+")
"""Words that a row's label may begin with before it says what it counts."""
_PLACE = frozenset(["tai", "o"])
_CLOSE = 6
"""Words behind a number that can still make it count something else."""
_APART = 4
"""Words that may stand between what must follow the number: "tổ chức thành công Lễ khai mạc"."""
_KEPT = 8192
"""Texts that are remembered: what stands behind a number is asked for every row."""
_REACH = 160
"""Letters behind a number that are looked at for what it counts."""


@dataclass(frozen=True, slots=True)
class Words:
    """One row's prose, folded as ``plain`` folds."""

    row: Indicator
    nouns: tuple[str, ...]
    phrases: tuple[str, ...]
    cues: tuple[tuple[str, ...], ...]
    then: tuple[tuple[str, ...], ...]
    not_after: tuple[str, ...]
    not_with: tuple[str, ...]
    added: tuple[tuple[str, ...], ...]


class Counted:
    """The prose of one form, ready to be compared."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.rows = tuple(self._words(i) for i in form.indicators if i.prose.nouns)
        self._nouns = _pattern(n for w in self.rows for n in w.nouns)
        self._beside = {
            measure: _pattern(plain(n) for n in nouns)
            for measure, nouns in form.measure_nouns.items()
        }
        self._matcher: Any = None

    def _words(self, row: Indicator) -> Words:
        prose: Prose = row.prose
        nouns, phrases = (tuple(map(plain, told)) for told in (prose.nouns, prose.phrases))
        cues, then, added = (
            tuple(tuple(map(plain, group)) for group in groups)
            for groups in (prose.cues, prose.then, prose.added)
        )
        nots = [tuple(map(plain, n)) for n in (prose.not_after, prose.not_with)]
        return Words(row, nouns, phrases, cues, then, nots[0], nots[1], added)

    def counts(self, after: str) -> bool:
        """Whether the folded text behind a number begins with what some row or measure counts."""
        told = plain(after[:_REACH])
        return bool(self._nouns.match(told)) or self.measures(after) != frozenset()

    def rows_of(self, after: str) -> list[Words]:
        """The rows whose noun the text begins with: only those of the longest one."""
        told = plain(after[:_REACH])
        fitting = [
            (max((len(n) for n in w.nouns if _begins(told, n)), default=0), w) for w in self.rows
        ]
        longest = max((length for length, _ in fitting), default=0)
        return [w for length, w in fitting if length == longest] if longest else []

    def measures(self, after: str) -> frozenset[str]:
        """The further measures whose nouns the text begins with."""
        told = plain(after[:_REACH])
        return frozenset(m for m, pattern in self._beside.items() if pattern.match(told))

    def named(self, rows: Sequence[Words], text: str) -> tuple[Indicator | None, bool]:
        """The one of ``rows`` whose phrases stand in ``text``, and whether another's do apart from it.

        The longest phrase wins, a tie is none. A phrase behind "tại" says where, not what.
        """
        nlp, matcher = self._phrases()
        document = nlp(plain(text))
        codes = {w.row.code for w in rows}
        hits = [
            (b - a, len(document[a:b].text), a, b, nlp.vocab.strings[key])
            for key, a, b in matcher(document)
            if nlp.vocab.strings[key] in codes and not (a and document[a - 1].text in _PLACE)
        ]
        if not hits:
            return None, False
        *longest, start, end, _ = max(hits)
        best = {code for *length, _, _, code in hits if length == longest}
        if len(best) > 1:
            return None, False
        apart = any(code not in best and (b <= start or a >= end) for _, _, a, b, code in hits)
        return next(w.row for w in rows if w.row.code in best), apart

    def begins_with_name(self, row: Indicator, after: str) -> bool:
        """Whether what the number counts is the row's own name: "3 | cuộc thi, tọa đàm"."""
        told = plain(after[:_REACH])
        own = next((w for w in self.rows if w.row.code == row.code), None)
        return own is not None and any(_begins(told, phrase) for phrase in own.phrases)

    def of_label(self, label: str) -> Indicator | None:
        """The one row whose thing a row's label counts: it begins with the noun, or brackets list it."""
        bare = re.sub(r"\([^)]*\)", " ", label)
        listed = " ".join(re.findall(r"\(([^)]*)\)", label))
        return self._begun(bare, label) or (self._begun(listed, label) if listed else None)

    def _begun(self, text: str, label: str) -> Indicator | None:
        """The row that ``text``, a part of ``label``, begins to count or to tell from others."""
        told = _LEADING.sub("", plain(text))
        topics = [w for w in self.rows if any(_begins(told, p) for p in self._held(w, told))]
        rows = [
            w
            for w in self.rows_of(told) or topics
            if not self.other_thing(w, told) and self.cued(w, label) and self.fits(w, label, told)
        ]
        longest = {w.row.code: max(map(len, self._held(w, label)), default=0) for w in rows}
        needed = {w.row.code for w in rows if w.row.prose.phrases}
        told_of = [w for w in rows if longest[w.row.code] or w.row.code not in needed]
        best = max((longest[w.row.code] for w in told_of), default=0)
        found = [w.row for w in told_of if longest[w.row.code] == best]
        return found[0] if len(found) == 1 else None

    def _held(self, one: Words, label: str) -> list[str]:
        told = plain(label)
        return [phrase for phrase in one.phrases if holds(told, phrase)]

    def nouns(self, code: str) -> tuple[str, ...]:
        """What running text counts for the row."""
        return next((w.nouns for w in self.rows if w.row.code == code), ())

    def turns(self, code: str) -> tuple[str, ...]:
        """The phrases by which running text knows the row."""
        one = next((w for w in self.rows if w.row.code == code), None)
        if one is None:
            return ()
        return (*one.nouns, *one.phrases, *(p for group in (*one.cues, *one.then) for p in group))

    def vocabulary(self, code: str) -> frozenset[str]:
        """Every word by which running text knows the row."""
        return frozenset(" ".join(self.turns(code)).split())

    def _phrases(self) -> tuple[Any, Any]:
        """spaCy's matcher over all rows' phrases, made when it is first needed."""
        if self._matcher is None:
            import spacy  # noqa: PLC0415
            from spacy.matcher import PhraseMatcher  # noqa: PLC0415

            nlp = spacy.blank("xx")
            matcher = PhraseMatcher(nlp.vocab)
            for one in self.form.indicators:
                if one.prose.phrases:
                    patterns = [nlp.make_doc(plain(p)) for p in one.prose.phrases]
                    matcher.add(one.code, patterns)
            self._matcher = (nlp, matcher)
        return self._matcher  # type: ignore[no-any-return]

    @staticmethod
    def _held_in_noun(one: Words, told: str) -> bool:
        """Whether what must follow the number is said by the noun itself: "01 lễ khai mạc cấp huyện"."""
        begun = [noun for noun in one.nouns if _begins(told, noun)]
        return bool(one.then) and any(holds(n, word) for n in begun for word in one.then[-1])

    def added(self, first: str, second: str) -> list[Words]:
        """The rows that count together what the texts behind two neighbouring numbers begin with."""
        told = [plain(after[:_REACH]) for after in (first, second)]
        return [
            w
            for w in self.rows
            if len(w.added) == len(told)
            and all(
                any(_begins(text, noun) for noun in group)
                for text, group in zip(told, w.added, strict=True)
            )
        ]

    def other_thing(self, one: Words, after: str) -> bool:
        """Whether the words close behind the number make it count something else."""
        close = " ".join(plain(after[:_REACH]).split()[:_CLOSE])
        return any(holds(close, word) for word in one.not_after)

    def near_thing(self, one: Words, after: str) -> bool:
        """Whether the number counts what only looks like the row's: titles for copies of books."""
        told = plain(after[:_REACH])
        return any(_begins(told, noun) for noun in one.nouns if noun in one.not_after)

    def cued(self, one: Words, sentence: str) -> bool:
        """Whether the sentence has a cue of each of the row's groups."""
        told = plain(sentence)
        return all(any(holds(told, word) for word in group) for group in one.cues)

    def cued_row(self, code: str, sentence: str) -> bool:
        """The same of the row ``code``; one that running text does not know is not."""
        return any(w.row.code == code and self.cued(w, sentence) for w in self.rows)

    def fits(self, one: Words, sentence: str, after: str, held: bool = False) -> bool:
        """Whether what must follow follows, or was ``held`` before, and nothing speaks against it."""
        told = plain(sentence)
        at, end, rest = 0, 0, plain(after[:_REACH])
        for group in () if held or self._held_in_noun(one, rest) else one.then:
            found = [(m.start(), m.end()) for w in group if (m := _word(w).search(rest, at))]
            if not found or (end and len(rest[end : min(found)[0]].split()) > _APART):
                return False
            # "Cũng khai mạc" says both that something is held, and what.
            at, end = min(found)
        return not any(holds(told, word) for word in one.not_with)


@lru_cache(maxsize=_KEPT)
def plain(text: str) -> str:
    """Folded words with abbreviations spelled out and words that only join left out."""
    return _FILLERS.sub("", spelled(words(text))).strip()


def holds(text: str, word: str) -> bool:
    """Whether ``word`` stands in ``text`` as whole words."""
    return f" {word} " in f" {text} "


def _begins(text: str, noun: str) -> bool:
    return text == noun or text.startswith(f"{noun} ")


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b")


def _pattern(nouns: Iterable[str]) -> re.Pattern[str]:
    several = sorted(set(nouns), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, several))})\b" if several else r"(?!)")


_made = PerForm(Counted)


def counted_by(form: Form) -> Counted:
    """The prose of ``form``."""
    return _made.of(form)
