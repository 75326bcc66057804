"""What a report means: the JSON of ``extract --json`` as records."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from schemas.document import NOWHERE, Anchor, Reading, Source
from schemas.finding import Finding

SCHEMA = "tonghop.report/1"


class Status(StrEnum):
    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


class IssuerLevel(StrEnum):
    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    INSTITUTION = "institution"


class CommendedKind(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    HIGH_SCHOOL = "high_school"
    VOCATIONAL_CONTINUING_CENTRE = "vocational_continuing_centre"
    COMMUNITY_LEARNING_CENTRE = "community_learning_centre"
    SCHOOL = "school"
    OTHER = "other"


class LaunchMode(StrEnum):
    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class Origin(StrEnum):
    ANNEX = "annex"
    NARRATIVE = "narrative"


NARRATIVE_FIELDS = (
    "direction",
    "launch",
    "activities",
    "budget",
    "results",
    "difficulties",
    "recommendations",
)


@dataclass(frozen=True, slots=True)
class Located:
    """The place and trust of one header, launch or reference field, beside its value."""

    field: str
    where: Anchor
    raw: str
    confidence: float
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    name: str | None = None
    position: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The components of Nghị định 30; None (or empty) is what the document does not state.

    ``number`` is number and symbol together ("2005/BC-SGDĐT"). ``issuer_unit`` is a code of the
    registry of administrative units.
    """

    number: str | None = None
    document_type: str | None = None
    issuer: str | None = None
    issuer_unit: str | None = None
    issuer_level: IssuerLevel | None = None
    place: str | None = None
    issued_on: dt.date | None = None
    title: str | None = None
    addressees: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    signer: Signer | None = None


@dataclass(frozen=True, slots=True)
class AnnexStamp:
    """What the annex itself says of the document it belongs to."""

    number: str | None = None
    issued_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A document this one cites."""

    number: str
    document_type: str | None
    issued_on: dt.date | None
    issuer: str | None
    where: Anchor = NOWHERE


class RevisionKind(StrEnum):
    """What a document does to an earlier one (Nghị định 30/2020, article 18, and office usage)."""

    REPLACES = "replaces"
    SUPPLEMENTS = "supplements"
    CORRECTS = "corrects"
    WITHDRAWS = "withdraws"


@dataclass(frozen=True, slots=True)
class Revision:
    """The document that this one revises; ``number`` None where it does not say which.

    ``clear`` is False where only a person can tell whether it is meant so.
    """

    kind: RevisionKind
    number: str | None = None
    issued_on: dt.date | None = None
    clear: bool = True
    where: Anchor = NOWHERE


@dataclass(frozen=True, slots=True)
class Launch:
    """``time`` is "HH:MM"; ``venues`` counts connected places beside the main one."""

    held_on: dt.date | None = None
    time: str | None = None
    mode: LaunchMode | None = None
    platform: str | None = None
    venues: int | None = None


@dataclass(frozen=True, slots=True)
class Commended:
    name: str
    kind: CommendedKind
    unit: str | None = None
    where: Anchor = NOWHERE


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one indicator and measure, as the document states it.

    ``raw`` is letter for letter what stands there. ``evidence`` names what ``confidence`` was built
    from (``row:alias``, ``number:plain``, ``agrees:narrative`` ...), in the order it was weighed.
    """

    indicator: str
    measure: str
    value: int
    unit: str
    raw: str
    origin: Origin
    confidence: float
    needs_review: bool
    where: Anchor
    evidence: tuple[str, ...] = ()
    label: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return (self.indicator, self.measure)


@dataclass(frozen=True, slots=True)
class Narrative:
    """One narrative field; ``headings`` are the titles it was gathered under, as spelled."""

    field: str
    text: str
    where: Anchor = NOWHERE
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorNote:
    """A failure as data: ``message`` is Vietnamese and ends with the next step."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything understood of one document.

    ``observations`` holds at most one per (indicator, measure): the annex's where it has one.
    ``mentions`` holds every count the narrative states, also those the annex repeats.
    ``turned``: pages that lay on their side or upside down, each with the quarter turns
    counter-clockwise that set it upright; every place is one of the page as the file has it.
    """

    status: Status
    source: Source
    reading: Reading | None = None
    error: ErrorNote | None = None
    campaign: str | None = None
    header: Header = Header()
    annex: AnnexStamp | None = None
    references: tuple[Reference, ...] = ()
    launch: Launch | None = None
    theme: str | None = None
    commended: tuple[Commended, ...] = ()
    narrative: tuple[Narrative, ...] = ()
    observations: tuple[Observation, ...] = ()
    mentions: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    located: tuple[Located, ...] = ()
    revises: Revision | None = None
    turned: tuple[tuple[int, int], ...] = ()
