"""Findings of a campaign, filtered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from review import security
from review.campaigns import choose
from review.render import page
from review.site import TheSite
from warehouse import drill, queries

router = APIRouter()
_PAGE = 100


@router.get("/findings")
def findings(
    request: Request,
    site: TheSite,
    account: security.Anyone,  # noqa: ARG001
    campaign: str = "",
    severity: str = "",
    rule: str = "",
    unit: str = "",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Open findings, gravest first, a hundred a page."""
    with site.warehouse.read() as connection:
        chosen = choose(queries.campaigns(connection), campaign)
        current = chosen.form.campaign if chosen.form else ""
        found = drill.findings(
            connection,
            current,
            severity=severity,
            rule=rule,
            unit=unit,
            limit=_PAGE + 1,
            offset=start,
        )
        counts = drill.count_findings(connection, current)
        names = drill.unit_names(connection, list(counts["unit_code"]))
    return page(
        request,
        "findings.html",
        {
            "campaigns": chosen,
            "findings": found[:_PAGE],
            "counts": counts,
            "names": names,
            "filters": {"severity": severity, "rule": rule, "unit": unit},
            "start": start,
            "more": start + _PAGE if len(found) > _PAGE else None,
            "less": max(start - _PAGE, 0) if start else None,
        },
    )
