"""How running text counts a row of a form: the words, as data. The grammar is ``parsers.counts``'."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Told(BaseModel):
    """A sentence of running text and what it says of the row: measure to value; {} says nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    values: dict[str, int] = {}


class Prose(BaseModel):
    """The words by which a number in running text is known as the row's.

    ``nouns`` are what is counted, behind the number ("cuốn sách", "lớp"); where nouns of several
    rows fit, the longest decides. ``phrases`` tell rows with the same noun apart: one must stand
    near the number, the longest wins. ``cues`` are groups, of each of which one word must stand in
    the sentence ("khen thưởng"); ``then`` are groups that must follow the number in this order
    ("tổ chức", then "khai mạc"). ``not_after`` are words that close behind the number make it count
    something else ("quyển vở"), ``not_with`` ones that anywhere in the sentence do. ``added`` are
    groups of nouns that the row counts together: where each has a number of its own ("15 tập thể và
    210 cá nhân"), they are added up and looked at. ``common`` says that the nouns count many other
    things too: a number without the cues is then no news.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    cues: tuple[tuple[str, ...], ...] = ()
    then: tuple[tuple[str, ...], ...] = ()
    not_after: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    added: tuple[tuple[str, ...], ...] = ()
    common: bool = False
    examples: tuple[Told, ...] = ()
