"""``/healthz``: whether the site can do its work, for a watchdog."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from review.site import TheSite
from warehouse import queries

router = APIRouter()


@router.get("/healthz")
def healthz(site: TheSite) -> JSONResponse:
    """200 where the warehouse answers and the archive is there; 503 else, saying which is not."""
    failed = []
    try:
        with site.warehouse.read() as connection:
            queries.campaigns(connection)
    except Exception:  # whatever the database's driver raises, the answer is the same
        failed.append("warehouse")
    status = 503 if failed else 200
    return JSONResponse({"status": "failed" if failed else "ok", "failed": failed}, status)
