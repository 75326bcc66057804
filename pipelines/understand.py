"""One file to one Report: read, understand, judge. What fails becomes a Report that says so."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from parsers.confidence import with_evidence
from parsers.extract import extract
from parsers.read import read, sha256_of
from parsers.sniff import sniff
from reconcile.rules import judge_report
from schemas.catalog import forms
from schemas.document import Document, Source
from schemas.errors import DamagedFile, OutputTooLarge, ReadError
from schemas.finding import Finding, RuleCode
from schemas.registry_index import admin_units
from schemas.report import ErrorNote, Observation, Report, Status
from schemas.text import shown_name

_IMPOSSIBLE = {
    RuleCode.WHOLE_DIFFERS_FROM_PARTS,
    RuleCode.PEOPLE_FEWER_THAN_SESSIONS,
    RuleCode.COUNT_EXCEEDS_REGISTRY,
}
PARSER_VERSION = "6"
"""Raised whenever the same bytes may be understood differently; see CHANGELOG."""


def understand(path: Path, name: str, province: str, campaign: str | None = None) -> Report:
    """Never raises for what a file holds; a ReadError becomes a failed Report."""
    name = shown_name(name)
    try:
        return understand_document(read(path, name=name), province, campaign)
    except ReadError as error:
        return failed(path, name, error)
    except MemoryError:
        raise
    except Exception as error:  # each library below raises its own kinds over damaged bytes
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            return failed(path, name, OutputTooLarge(name=name))
        return failed(
            path, name, DamagedFile(name=name, detail=f"{type(error).__name__}: {error}"[:200])
        )


def understand_document(document: Document, province: str, campaign: str | None = None) -> Report:
    """What a document says, and what its form's rules find in it. Raises NotAReport, UnknownForm."""
    report = extract(document, forms(), admin_units(), province=province, campaign=campaign)
    form = forms().get(report.campaign or "")
    if form is None:
        return report
    known = {(f.rule, f.indicator, f.measure) for f in report.findings}
    judged = [
        f
        for f in judge_report(report, form, admin_units(), province=province)
        if (f.rule, f.indicator, f.measure) not in known
    ]
    return replace(
        report,
        observations=tuple(_weighed(one, judged) for one in report.observations),
        findings=(*report.findings, *judged),
    )


def _weighed(one: Observation, judged: Sequence[Finding]) -> Observation:
    """``one``, to be reviewed where a rule finds that it cannot be right as it stands."""
    against = [
        f.rule.value
        for f in judged
        if f.rule in _IMPOSSIBLE
        and (one.where in f.where or (f.indicator, f.measure) == (one.indicator, one.measure))
    ]
    for rule in dict.fromkeys(against):
        one = with_evidence(one, f"rule:{rule}")
    return one


def failed(path: Path, name: str, error: ReadError) -> Report:
    """The Report of a file that could not be read."""
    error.name = shown_name(error.name or name)
    size = path.stat().st_size if path.exists() else 0
    try:
        media_type = sniff(path)
    except (ReadError, OSError):
        media_type = "application/octet-stream"
    sha256 = sha256_of(path) if path.exists() else ""
    return Report(
        Status.FAILED,
        Source(name, sha256, media_type, size),
        error=ErrorNote(error.code, error.message),
    )
