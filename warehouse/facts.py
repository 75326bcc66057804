"""What one reading saw, as rows that are never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert

from schemas.report import Observation, Report
from schemas.text import fold
from warehouse import tables as t
from warehouse.places import columns


def write_facts(connection: Connection, extraction_id: int, report: Report) -> None:
    """Observations, narrative and references of one reading, appended."""
    if report.observations:
        connection.execute(
            insert(t.observation),
            [observation_row(extraction_id, report.source.sha256, o) for o in report.observations],
        )
    if report.narrative:
        connection.execute(
            insert(t.narrative),
            [
                {
                    "extraction_id": extraction_id,
                    "field": n.field,
                    "text": n.text,
                    "folded": fold(n.text),
                }
                for n in report.narrative
            ],
        )
    if report.references:
        connection.execute(
            insert(t.reference),
            [
                {
                    "extraction_id": extraction_id,
                    "number": r.number,
                    "document_type": r.document_type,
                    "issued_on": r.issued_on,
                    "issuer": r.issuer,
                }
                for r in report.references
            ],
        )


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
