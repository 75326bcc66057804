"""``/healthz``: whether the site can do its work, for a watchdog."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from review.site import Site, TheSite
from schemas.errors import TonghopError
from warehouse import gauges, selfcheck

router = APIRouter()


@router.get("/healthz")
def healthz(site: TheSite) -> JSONResponse:
    """200 where the warehouse answers and the archive holds what it names; 503 else, with what does
    not. ``nightly`` says whether the nights go on: the site works where they do not."""
    told = gauges.health(site.warehouse)
    failed = [] if told["ok"] else ["warehouse"]
    if told["ok"] and not _has_archive(site):
        failed.append("archive")
    said = {"status": "failed" if failed else "ok", "failed": failed, "nightly": told["nightly"]}
    return JSONResponse(said, 503 if failed else 200)


def _has_archive(site: Site) -> bool:
    """Any one original, another one each time, is where it must be."""
    try:
        return all(site.archive.has(one) for one in selfcheck.some_originals(site.warehouse, 1))
    except TonghopError:
        return False
