"""The fields of a report that are not numbers, each under its name and as text: pure.

Names: ``campaign``, ``theme``, ``header.F``, ``annex.F``, ``launch.F``, ``narrative.F``,
``references``, ``commended``; ``header.revises`` is the revision. Dates are ISO; lists and objects are the contract's JSON.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from schemas.report import (
    NARRATIVE_FIELDS,
    CommendedKind,
    IssuerLevel,
    LaunchMode,
    Report,
    RevisionKind,
)
from schemas.report_json import from_json, to_json
from schemas.text import nfc

_TEXTS = ("number", "document_type", "issuer", "issuer_unit", "place", "title")
_NAMES = ("addressees", "copies_to")
_EMPTY: dict[str, dict[str, None]] = {
    "annex": {"number": None, "issued_on": None},
    "launch": dict.fromkeys(("held_on", "time", "mode", "platform", "venues")),
}
REVISES = "header.revises"
"""What the document revises: an object of kind, number and issued_on."""
SUBJECTS = frozenset(
    {
        "campaign",
        "theme",
        "references",
        "commended",
        REVISES,
        *(f"header.{f}" for f in (*_TEXTS, *_NAMES, "issuer_level", "issued_on", "signer")),
        *(f"{group}.{f}" for group, fields in _EMPTY.items() for f in fields),
        *(f"narrative.{f}" for f in NARRATIVE_FIELDS),
    }
)
_ROWS = {
    "references": ("number", "document_type", "issued_on", "issuer"),
    "commended": ("name", "kind", "unit"),
}
_REVISION = ("kind", "number", "issued_on")
_SIGNER = ("name", "position", "authority")
_DATES = frozenset({"header.issued_on", "annex.issued_on", "launch.held_on"})
COUNTED = frozenset(
    {"campaign", *(f"header.{f}" for f in ("number", "issuer", "issuer_unit", "issuer_level"))}
    | {"header.issued_on", "header.document_type", REVISES}
)
"""Fields that decide which unit a report counts for, and which of a unit's reports counts."""


def stated(report: Report, subject: str) -> str | None:
    """What ``report`` holds for ``subject``, as a decision would state it; None where nothing.

    Raises KeyError for a name that is no field.
    """
    if subject not in SUBJECTS:
        raise KeyError(subject)
    return _stated(to_json(report), subject)


def all_stated(report: Report) -> dict[str, str | None]:
    """The same of every field, by name."""
    data = to_json(replace(report, observations=(), mentions=(), findings=()))
    return {subject: _stated(data, subject) for subject in sorted(SUBJECTS)}


def _stated(data: Mapping[str, Any], subject: str) -> str | None:
    group, _, field = _path(subject)
    value = data[group]
    if subject == REVISES and value is not None:
        value = {k: value[k] for k in _REVISION}
    elif field:
        value = value[field] if value is not None else None
    if subject in _ROWS:
        value = [{k: row[k] for k in _ROWS[subject]} for row in value]
    if value is None or value == []:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def applied(report: Report, fields: Mapping[str, str | None]) -> Report:
    """``report`` with ``fields`` as decided; None empties a field.

    Raises KeyError for a name that is no field, ValueError for a text that is no such value.
    """
    if not fields:
        return report
    data = to_json(report)
    for subject, text in fields.items():
        group, _, field = _path(subject)
        value = parsed(subject, text)
        if not field:
            data[group] = value
            continue
        if data[group] is None:
            data[group] = dict(_EMPTY[group])
        data[group][field] = value
    return from_json(data)


def _path(subject: str) -> tuple[str, str, str]:
    return ("revises", "", "") if subject == REVISES else subject.partition(".")


def parsed(subject: str, text: str | None) -> Any:
    """``text`` as the JSON of the contract has it. Raises as ``applied`` does."""
    if subject not in SUBJECTS:
        raise KeyError(subject)
    text = nfc(text).strip() if text is not None else None
    group, _, field = subject.partition(".")
    lists = group in _ROWS or field in _NAMES
    if not text:
        return [] if lists else None
    if subject in _DATES:
        return dt.date.fromisoformat(text).isoformat()
    if subject == "header.issuer_level":
        return IssuerLevel(text).value
    if subject == "launch.mode":
        return LaunchMode(text).value
    if subject == "launch.venues":
        return int(text)
    if lists:
        return _rows(group, json.loads(text))
    if subject == REVISES:
        return _revision(json.loads(text))
    if field == "signer":
        return _record(json.loads(text), _SIGNER)
    return text


def _revision(row: Any) -> dict[str, Any]:
    out = _record(row, _REVISION)
    out["kind"] = RevisionKind(out["kind"]).value
    if out["issued_on"]:
        out["issued_on"] = dt.date.fromisoformat(out["issued_on"]).isoformat()
    return {**out, "clear": True, "where": {}}


def _rows(group: str, rows: Any) -> list[Any]:
    if not isinstance(rows, list):
        raise ValueError("not a list")
    if group not in _ROWS:
        if not all(isinstance(row, str) for row in rows):
            raise ValueError("not a list of texts")
        return rows
    return [_row(group, row) for row in rows]


def _row(group: str, row: Any) -> dict[str, Any]:
    out = _record(row, _ROWS[group])
    if not out[_ROWS[group][0]]:
        raise ValueError(f"{_ROWS[group][0]} is empty")
    if group == "commended":
        out["kind"] = CommendedKind(out["kind"] or "other").value
    elif out["issued_on"]:
        out["issued_on"] = dt.date.fromisoformat(out["issued_on"]).isoformat()
    return {**out, "where": {}}


def _record(row: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(row, dict) or not set(row) <= {*keys, "where"}:
        raise ValueError(f"not an object of {', '.join(keys)}")
    if not all(isinstance(v, str | None) for k, v in row.items() if k != "where"):
        raise ValueError("not texts")
    return {key: row.get(key) for key in keys}
