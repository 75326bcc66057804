"""Rows that only say what is counted of the row above them: "- Số lớp", "- Số người học"."""

from __future__ import annotations

import re

from parsers.counted import counted_by
from parsers.labels import labels_of
from parsers.matcher import Match
from parsers.people_rows import form_row
from parsers.row_places import SURE
from parsers.row_units import unit_words
from schemas.form import Form

_QUANTITY = re.compile(r"^(?:tong )?(?:so|luong)(?: luong)?\b ?")
_HELD = frozenset(["lop", "cuoc", "buoi", "khoa", "luong", "dot", "va", "cac"])


def counts_of(form: Form, over: Match, label: str) -> Match | None:
    """The row ``over``, where ``label`` under it says no more than what that one counts."""
    named = form_row(form, over.code)
    key = labels_of(form).short(label)
    begun = _QUANTITY.match(key)
    if named is None or begun is None:
        return None
    own = set(_HELD)
    for told in (*unit_words(named.measures[0]), *counted_by(form).nouns(named.code)):
        own |= set(told.split())
    if not all(word in own for word in key[begun.end() :].split()):
        return None
    how = "section" if over.how in SURE else over.how
    return Match(named.code, 100.0, 100.0, how)
