"""Which campaign-year a document reports on, and whether it is a report at all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from parsers.letter import flat
from schemas.errors import NotAReport, TonghopError, UnknownForm
from schemas.form import Form

_YEAR = re.compile(
    r"(?<!hoc )nam\s*(20\d{2})(?!\s*-)|(?<!\d)(?<!20\d\d-)(?<!20\d\d - )(20[12]\d)(?!\d|\s*-\s*20)"
)
_SCHOOL_YEAR = re.compile(r"nam hoc\s*(20\d{2})\s*-\s*(?:20)?\d{2}(?!\d)")
_REPORTING = re.compile(
    r"^(?:gui |nop )?(?:tong hop )?(?:bao cao|ket qua|tong hop ket qua)(?! \S{0,4}\s*truoc)"
)
_ASKING = re.compile(
    r"^(?:huong dan|de nghi|yeu cau|nhac|don doc|trien khai|to chuc|phoi hop|dang ky)"
)
_NOT_REPORTS = frozenset(
    {
        "KH",
        "QĐ",
        "TB",
        "HD",
        "CT",
        "GM",
        "NQ",
        "QC",
        "QyĐ",
        "CTr",
        "ĐA",
        "PA",
        "TTr",
        "CĐ",
        "HĐ",
        "BB",
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the letter says that bears on its kind."""

    document_type: str | None
    title: str | None
    annex_titles: tuple[str, ...]
    opening: str
    issued_on: dt.date | None
    has_annex_table: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """``form`` and no ``error``, or the other way round."""

    form: Form | None
    error: TonghopError | None = None


def identify(facts: Facts, forms: Mapping[str, Form], campaign: str | None, name: str) -> Identity:
    """The form that the document fills in; ``campaign`` overrides what it says of itself."""
    if campaign is not None:
        form = forms.get(campaign)
        return Identity(form) if form else Identity(None, UnknownForm(name=name, detail=campaign))
    about = [t for t in (facts.title, *facts.annex_titles) if t]
    family = [f for f in forms.values() if any(_speaks_of(f, text) for text in about)]
    if not family and _opening_tells(facts):
        family = [f for f in forms.values() if _speaks_of(f, facts.opening)]
    if not family or not _reports(facts):
        return Identity(None, NotAReport(name=name))
    year = _year(about) or _school_year(about) or _year([facts.opening]) or _issue_year(facts)
    if year is None:
        return Identity(None, UnknownForm(name=name, detail="không rõ năm"))
    chosen = next((f for f in family if f.year == year), None)
    if chosen is None:
        return Identity(None, UnknownForm(name=name, detail=str(year)))
    return Identity(chosen)


_VAGUE = re.compile(
    r"tuan le|suot doi|(?:ke hoach|cong van|van ban|huong dan|chi dao)\s+(?:so\s+)?\d"
)


def _opening_tells(facts: Facts) -> bool:
    """Whether the opening may say what a report is about: its subject is missing, or only cites.

    A report on another matter may well mention the Week in passing.
    """
    if facts.document_type not in (None, "BC") or not facts.has_annex_table:
        return False
    return facts.title is None or bool(_VAGUE.search(flat(facts.title)))


def _speaks_of(form: Form, text: str) -> bool:
    words = _words(text)
    for phrase in form.titles:
        wanted = _words(phrase.replace("{year}", str(form.year)))
        if wanted in words or (
            len(words) >= len(wanted) and fuzz.partial_ratio(wanted, words) >= 88
        ):
            return True
    return False


def _words(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", flat(text)).strip()
    return re.sub(r"\bhtsd\b", "hoc tap suot doi", words)


def _reports(facts: Facts) -> bool:
    kind, subject = facts.document_type, flat(facts.title or "").strip()
    if kind == "BC":
        return True
    if kind in _NOT_REPORTS:
        return False
    if kind == "CV":
        return bool(_REPORTING.match(subject)) and not _ASKING.match(subject)
    if subject and _ASKING.match(subject):
        return False
    return facts.has_annex_table or bool(_REPORTING.match(subject))


def _year(texts: Iterable[str]) -> int | None:
    for text in texts:
        for match in _YEAR.finditer(flat(text)):
            return int(match[1] or match[2])
    return None


def _school_year(texts: Iterable[str]) -> int | None:
    """The Week is held in the autumn that a school year begins with."""
    found = (m for text in texts for m in _SCHOOL_YEAR.finditer(flat(text)))
    return next((int(m[1]) for m in found), None)


def _issue_year(facts: Facts) -> int | None:
    """A letter of the first months speaks of the autumn before."""
    day = facts.issued_on
    if day is None:
        return None
    return day.year - 1 if day.month <= 3 else day.year
