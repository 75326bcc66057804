"""The typed view of a form file: one campaign-year as data. Unknown keys are refused."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from schemas.prose import Prose
from schemas.report import IssuerLevel
from schemas.rule import Plain, Rule, RuleBase

R = TypeVar("R", bound=RuleBase)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measure(_Model):
    """``unit`` as published; ``units`` are the spellings the unit column may hold."""

    code: str
    unit: str
    units: tuple[str, ...] = ()
    expected: tuple[int, int] | None = None
    """Range one reporting unit's value plausibly falls in; outside it the value is reviewed."""


class Indicator(_Model):
    """One row of the form. ``parent`` is the row it stands under; ``parts`` sum to it.

    ``label`` is the form's own wording; ``aliases`` other wordings of the same row, ``examples``
    labels seen in documents that must resolve here, ``never`` labels that must not.
    ``prose`` is how running text counts it. ``level`` says that the row counts what reporters of
    that level did themselves: a figure that such a one gives for the row above it is this row's.
    """

    code: str
    label: str
    short: str = ""
    ordinal: str = ""
    parent: str | None = None
    measures: tuple[Measure, ...] = ()
    parts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    prose: Prose = Prose()
    level: IssuerLevel | None = None


class Heading(_Model):
    """Headings that open a narrative field, with headings seen in documents as examples.

    ``keywords`` are the words by which a heading of another wording is still known. ``broad``
    headings ("Đánh giá chung") open the field only as far as their first sub-heading. ``whole`` are
    headings only where they say nothing more ("Tổ chức", but not "Tổ chức cuộc thi").
    """

    field: str
    aliases: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    broad: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class Column(_Model):
    """A column of the annex. ``role``: ordinal, label, unit, measure or note."""

    role: str
    measure: str | None = None
    aliases: tuple[str, ...]
    title: str = ""
    group: str = ""


class Reporters(_Model):
    """Who reports: ``levels`` of the registry, and kinds of institution that report directly."""

    levels: tuple[IssuerLevel, ...]
    institutions: tuple[str, ...] = ()
    deadline: dt.date | None = None
    on_time_days: int = 0


class Form(_Model):
    """One campaign-year.

    ``titles`` are phrases one of which the subject (or the annex title) must hold, ``{year}``
    being the campaign's year; ``section_rows`` are rows that only head others; ``ignored_rows``
    are rows known by name that hold nothing of their own (totals, signatures). ``synonyms`` maps
    a word of row labels to others that say the same ("tập huấn": "bồi dưỡng"). ``measure_nouns``
    are what running text counts for a row's further measures, by measure ("people": người, học
    viên). ``extends`` names the form this one changes (``schemas.form_merge``), ``retired`` that
    form's rows it leaves out. ``assumed``: the year's own form is not known, the rows of another
    year stand for them until somebody says what differs; its campaign bears a finding that says so.
    """

    campaign: str
    extends: str | None = None
    retired: tuple[str, ...] = ()
    title: str
    year: int
    starts_on: dt.date
    ends_on: dt.date
    note: str = ""
    assumed: bool = False
    titles: tuple[str, ...]
    annex_title: str
    columns: tuple[Column, ...]
    indicators: tuple[Indicator, ...]
    section_rows: tuple[Indicator, ...] = ()
    ignored_rows: tuple[str, ...] = ()
    synonyms: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    measure_nouns: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    headings: tuple[Heading, ...]
    reporters: Reporters
    rules: tuple[Rule, ...] = Field(default=())

    def indicator(self, code: str) -> Indicator:
        """The indicator ``code``; KeyError if the form has none."""
        for one in self.indicators:
            if one.code == code:
                return one
        raise KeyError(code)

    def rules_of(self, kind: type[R]) -> tuple[R, ...]:
        """The form's rules of ``kind`` that fire in its year."""
        return tuple(
            rule
            for rule in self.rules
            if isinstance(rule, kind) and (rule.since is None or rule.since <= self.year)
        )

    def plain(self, code: str) -> Plain | None:
        """The rule ``code`` that names no cells, None where the form has none in its year."""
        return next((rule for rule in self.rules_of(Plain) if rule.rule == code), None)
