"""The audit log, for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from review import security, wording
from review.render import page
from review.site import TheSite
from warehouse import accounts, audit

router = APIRouter()
_PAGE = 100


@router.get("/audit")
def log(
    request: Request,
    site: TheSite,
    account: security.Admin,  # noqa: ARG001
    actor: Annotated[str, Query(max_length=120)] = "",
    action: Annotated[str, Query(max_length=60)] = "",
    before: int | None = None,
) -> Response:
    """Who did what, newest first; and whether the chain of lines is whole."""
    with site.warehouse.read() as connection:
        found = audit.entries(
            connection, actor=actor, action=action, before=before, limit=_PAGE + 1
        )
        people = [a.name for a in accounts.everyone(connection)]
        broken = audit.broken_links(connection) if before is None and not actor else []
    return page(
        request,
        "audit.html",
        {
            "lines": found[:_PAGE],
            "older": found[_PAGE - 1].id if len(found) > _PAGE else None,
            "people": people,
            "actions": wording.AUDIT,
            "filters": {"actor": actor, "action": action},
            "broken": broken,
        },
    )
