"""A Report as the JSON that ``extract --json`` prints, and back. Shape: ``tonghop.report/1``."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any

from schemas.document import NOWHERE, Anchor, Reading, Source
from schemas.finding import Finding, RuleCode, Severity
from schemas.report import (
    NARRATIVE_FIELDS,
    SCHEMA,
    AnnexStamp,
    Commended,
    CommendedKind,
    ErrorNote,
    Header,
    IssuerLevel,
    Launch,
    LaunchMode,
    Located,
    Narrative,
    Observation,
    Origin,
    Reference,
    Report,
    Revision,
    RevisionKind,
    Signer,
    Status,
)


def anchor_json(anchor: Anchor) -> dict[str, Any]:
    """``where``: only the keys that are known; ``bbox`` in points, one decimal."""
    out: dict[str, Any] = {}
    if anchor.page is not None:
        out["page"] = anchor.page
    if anchor.box is not None:
        out["bbox"] = [round(v, 1) for v in anchor.box]
    for key in ("table", "row", "column", "paragraph"):
        value = getattr(anchor, key)
        if value is not None:
            out[key] = value
    return out


def anchor_from(data: dict[str, Any] | None) -> Anchor:
    """The anchor that ``anchor_json`` wrote."""
    if not data:
        return NOWHERE
    box = data.get("bbox")
    return Anchor(
        data.get("page"),
        tuple(box) if box else None,
        data.get("table"),
        data.get("row"),
        data.get("column"),
        data.get("paragraph"),
    )


_SIMPLE = frozenset({str, int, float, bool, type(None)})


def _plain(value: Any) -> Any:
    kind: type = type(value)
    return value if kind in _SIMPLE else _writer(kind)(value)


@cache
def _writer(kind: type) -> Callable[[Any], Any]:
    """How values of ``kind`` are written: asked for every value of every report, so found once."""
    if kind is Anchor:
        return anchor_json
    if issubclass(kind, Enum):
        return attrgetter("value")
    if issubclass(kind, dt.date):
        return dt.date.isoformat
    if issubclass(kind, tuple):
        return lambda values: [_plain(v) for v in values]
    if not dataclasses.is_dataclass(kind):
        return lambda value: value
    names = tuple(f.name for f in dataclasses.fields(kind))
    return lambda value: {
        name: part if type(part := getattr(value, name)) in _SIMPLE else _plain(part)
        for name in names
    }


def to_json(report: Report) -> dict[str, Any]:
    """The contract's object; ``mentions``, ``located``, ``revises`` and (where pages lay on their side
    or upside down) ``turned`` are further keys of ours."""
    source = {
        "name": report.source.name,
        "sha256": report.source.sha256,
        "media_type": report.source.media_type,
        "pages": report.source.pages,
        "reading": _plain(report.reading),
        "size": report.source.size,
    }
    spoken = {n.field: n for n in report.narrative}
    return {
        "schema": SCHEMA,
        "status": report.status.value,
        "error": _plain(report.error),
        "source": source,
        "campaign": report.campaign,
        "header": _plain(report.header),
        "annex": _plain(report.annex),
        "references": [_plain(r) for r in report.references],
        "launch": _plain(report.launch),
        "theme": report.theme,
        "commended": [_plain(c) for c in report.commended],
        "narrative": {f: spoken[f].text if f in spoken else None for f in NARRATIVE_FIELDS},
        "observations": [_plain(o) for o in report.observations],
        "findings": [_plain(f) for f in report.findings],
        "mentions": [_plain(o) for o in report.mentions],
        "located": [_plain(x) for x in report.located],
        "revises": _plain(report.revises),
        "narrative_places": {
            f: {"where": anchor_json(n.where), "headings": list(n.headings)}
            for f, n in spoken.items()
        },
        **({"turned": [list(one) for one in report.turned]} if report.turned else {}),
    }


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def observation_from(data: dict[str, Any]) -> Observation:
    """One observation back from its JSON."""
    return Observation(
        **{
            **data,
            "origin": Origin(data["origin"]),
            "where": anchor_from(data["where"]),
            "evidence": tuple(data.get("evidence", ())),
        }
    )


def finding_from(data: dict[str, Any]) -> Finding:
    """One finding back from its JSON."""
    return Finding(
        **{
            **data,
            "rule": RuleCode(data["rule"]),
            "severity": Severity(data["severity"]),
            "where": tuple(anchor_from(w) for w in data["where"]),
        }
    )


def _header_from(data: dict[str, Any]) -> Header:
    signer = data["signer"]
    return Header(
        **{
            **data,
            "issuer_level": IssuerLevel(data["issuer_level"]) if data["issuer_level"] else None,
            "issued_on": _day(data["issued_on"]),
            "addressees": tuple(data["addressees"]),
            "copies_to": tuple(data["copies_to"]),
            "signer": Signer(**signer) if signer else None,
        }
    )


def _revision_from(data: dict[str, Any] | None) -> Revision | None:
    if data is None:
        return None
    return Revision(
        RevisionKind(data["kind"]),
        data["number"],
        _day(data["issued_on"]),
        data.get("clear", True),
        anchor_from(data.get("where")),
    )


def _launch_from(data: dict[str, Any] | None) -> Launch | None:
    if data is None:
        return None
    mode = LaunchMode(data["mode"]) if data["mode"] else None
    return Launch(**{**data, "held_on": _day(data["held_on"]), "mode": mode})


def from_json(data: dict[str, Any]) -> Report:
    """The Report that ``to_json`` wrote, whole."""
    source = data["source"]
    places = data.get("narrative_places", {})
    return Report(
        status=Status(data["status"]),
        source=Source(
            source["name"],
            source["sha256"],
            source["media_type"],
            source.get("size", 0),
            source["pages"],
        ),
        reading=Reading(source["reading"]) if source["reading"] else None,
        error=ErrorNote(**data["error"]) if data["error"] else None,
        campaign=data["campaign"],
        header=_header_from(data["header"]),
        annex=AnnexStamp(data["annex"]["number"], _day(data["annex"]["issued_on"]))
        if data["annex"]
        else None,
        references=tuple(
            Reference(**{**r, "issued_on": _day(r["issued_on"]), "where": anchor_from(r["where"])})
            for r in data["references"]
        ),
        launch=_launch_from(data["launch"]),
        theme=data["theme"],
        commended=tuple(
            Commended(**{**c, "kind": CommendedKind(c["kind"]), "where": anchor_from(c["where"])})
            for c in data["commended"]
        ),
        narrative=tuple(
            Narrative(
                f,
                text,
                anchor_from(places.get(f, {}).get("where")),
                tuple(places.get(f, {}).get("headings", ())),
            )
            for f, text in data["narrative"].items()
            if text is not None
        ),
        observations=tuple(observation_from(o) for o in data["observations"]),
        mentions=tuple(observation_from(o) for o in data.get("mentions", ())),
        findings=tuple(finding_from(f) for f in data["findings"]),
        revises=_revision_from(data.get("revises")),
        turned=tuple((page, quarters) for page, quarters in data.get("turned", ())),
        located=tuple(
            Located(**{**x, "where": anchor_from(x["where"])}) for x in data.get("located", ())
        ),
    )
