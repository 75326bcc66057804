"""Search over reports and narratives."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from review import security
from review.render import page
from review.site import TheSite
from warehouse.search import search

router = APIRouter()
_MOST = 100


@router.get("/search")
def find(
    request: Request,
    site: TheSite,
    account: security.Anyone,  # noqa: ARG001
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """What holds every word of ``q``, typed with or without diacritics."""
    with site.warehouse.read() as connection:
        hits = search(connection, q, _MOST)
    return page(request, "search.html", {"q": q, "hits": hits, "most": _MOST})
