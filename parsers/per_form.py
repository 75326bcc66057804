"""What is worked out of a form's words, made once: years that share their words share it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from schemas.form import Form

T = TypeVar("T")
_WORDS = (
    "columns",
    "indicators",
    "section_rows",
    "ignored_rows",
    "synonyms",
    "measure_nouns",
    "headings",
)


class PerForm(Generic[T]):
    """``of(form)`` is ``make(form)``, or what was made for a form with the same words.

    Forms are known by identity, as hashing a whole form at each call costs more than it saves;
    ``schemas.catalog`` lets a year hold the very words of the year that it extends.
    """

    def __init__(self, make: Callable[[Form], T]) -> None:
        self._make = make
        self._made: dict[int, tuple[Form, T]] = {}
        self._by_words: dict[tuple[int, ...], tuple[Form, T]] = {}

    def of(self, form: Form) -> T:
        """What belongs to ``form``."""
        known = self._made.get(id(form))
        if known is None or known[0] is not form:
            words = _words(form)
            if words not in self._by_words:
                self._by_words[words] = (form, self._make(form))
            known = self._made[id(form)] = (form, self._by_words[words][1])
        return known[1]


def _words(form: Form) -> tuple[int, ...]:
    return tuple(id(getattr(form, name)) for name in _WORDS)
