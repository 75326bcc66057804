"""Decisions about a file go over to the file that took its place, where that one reads the same."""

from __future__ import annotations

from sqlalchemy import Connection, select

from warehouse import chain, decided, tables as t
from warehouse.outlived import Verdict, inherited


def carry_over(connection: Connection, campaign: str, unit_code: str) -> list[str]:
    """Appends what is carried, in the name of who decided it; SHA-256s of the files it now binds.

    Each is a decision of its own that says where it comes from, and is carried once: who takes it
    back is not overruled.
    """
    bound = set()
    for one in inherited(connection, campaign, unit_code):
        request = f"carry|{one.decision.id}|{one.sha256[:40]}"
        if one.verdict is not Verdict.CARRIED or _there(connection, request):
            continue
        row = one.decision
        chain.append(
            connection,
            {
                "request_id": request,
                "sha256": one.sha256,
                "subject": one.subject,
                "action": row.action,
                "value": row.value,
                "status": row.status,
                "base_value": row.base_value,
                "base_raw": row.base_raw,
                "reason": row.reason,
                "note": row.note,
                "actor": row.actor,
                "decided_at": None,
                "undoes": None,
                "carried_from": row.request_id,
            },
        )
        bound.add(one.sha256)
    for sha256 in bound:
        decided.rebuild(connection, sha256)
    return sorted(bound)


def _there(connection: Connection, request: str) -> bool:
    d = t.decision.c
    return connection.execute(select(d.id).where(d.request_id == request)).first() is not None
