"""The province at a glance."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from review import security
from review.render import page

router = APIRouter()


@router.get("/")
def home(request: Request, account: security.Anyone) -> Response:  # noqa: ARG001
    """Who has reported, what is missing, what waits."""
    return page(request, "home.html")
