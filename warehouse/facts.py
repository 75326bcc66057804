"""What one reading saw, as rows that are never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert

from schemas.report import Narrative, Observation, Reference, Report
from schemas.text import fold
from warehouse import tables as t
from warehouse.places import columns


def write_facts(connection: Connection, extraction_id: int, report: Report) -> None:
    """Observations, narrative and references of one reading, appended."""
    sha256 = report.source.sha256
    for table, rows in (
        (t.observation, [observation_row(extraction_id, sha256, o) for o in report.observations]),
        (t.narrative, [narrative_row(extraction_id, n) for n in report.narrative]),
        (t.reference, [reference_row(extraction_id, r) for r in report.references]),
    ):
        if rows:
            connection.execute(insert(table), rows)


def observation_row(extraction_id: int, sha256: str, o: Observation) -> dict[str, Any]:
    return {
        "extraction_id": extraction_id,
        "indicator": o.indicator,
        "measure": o.measure,
        "sha256": sha256,
        "value": o.value,
        "unit": o.unit,
        "raw": o.raw,
        "origin": o.origin.value,
        "confidence": o.confidence,
        "needs_review": o.needs_review,
        "evidence": " ".join(o.evidence),
        "label": o.label,
        **columns(o.where),
    }


def narrative_row(extraction_id: int, n: Narrative) -> dict[str, Any]:
    return {
        "extraction_id": extraction_id,
        "field": n.field,
        "text": n.text,
        "folded": fold(n.text),
    }


def reference_row(extraction_id: int, r: Reference) -> dict[str, Any]:
    return {
        "extraction_id": extraction_id,
        "number": r.number,
        "document_type": r.document_type,
        "issued_on": r.issued_on,
        "issuer": r.issuer,
    }
