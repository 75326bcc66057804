"""The review site as an ASGI application: door, pages, error pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from reconcile.desk import Desk
from review import security
from review.intake import Intake
from review.pictures import PictureBook
from review.render import page
from review.routes import (
    audit,
    cells,
    checks,
    desk_actions,
    desk_reports,
    documents,
    downloads,
    findings,
    health,
    home,
    login,
    province,
    queue,
    search,
    sign_on,
    units,
    upload,
    users,
    wordings,
)
from review.site import Site
from schemas.errors import (
    ArchiveUnreachable,
    LoginThrottled,
    NotAllowed,
    NotFound,
    NotLoggedIn,
    SignOnFailed,
    TonghopError,
    UploadTooLarge,
    WarehouseFull,
    WarehouseUnavailable,
)
from schemas.registry_index import admin_units
from schemas.settings import Settings
from warehouse.archive import Archive
from warehouse.engine import open_patiently

ROUTERS = (
    health.router,
    login.router,
    sign_on.router,
    home.router,
    province.router,
    units.router,
    documents.router,
    findings.router,
    search.router,
    downloads.router,
    upload.router,
    users.router,
    audit.router,
    queue.router,
    cells.router,
    desk_actions.router,
    desk_reports.router,
    checks.router,
    wordings.router,
)
"""Every page family: one router a module under ``review/routes``."""
_STATUS: dict[type[TonghopError], int] = {
    NotAllowed: 403,
    NotFound: 404,
    LoginThrottled: 429,
    UploadTooLarge: 413,
    SignOnFailed: 403,
    WarehouseUnavailable: 503,
    WarehouseFull: 503,
    ArchiveUnreachable: 503,
}


class _Static(StaticFiles):
    """Files whose address changes with their content may be kept for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        versioned = scope["query_string"].startswith(b"v=")
        response.headers["cache-control"] = (
            "public, max-age=31536000, immutable" if versioned else "no-cache"
        )
        return response


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.site.intake.close()


def create_app(settings: Settings) -> FastAPI:
    """The application over the warehouse that ``settings`` name."""
    app = FastAPI(
        title="tonghop",
        lifespan=_life,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(security.need_session), Depends(security.noted)],
    )
    warehouse = open_patiently(settings.warehouse_url)
    archive = Archive(settings.archive_root, settings.archive_options)
    app.state.site = Site(
        settings,
        warehouse,
        archive,
        Intake(settings),
        Desk(warehouse, admin_units(), settings.province),
        PictureBook(archive),
    )
    app.add_middleware(security.Guard, settings=settings.review)
    app.mount("/static", _Static(directory=Path(__file__).parent / "static"))
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(NotLoggedIn, _to_login)
    app.add_exception_handler(TonghopError, _explained)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(Exception, _failed)
    return app


def _to_login(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """To the log-in page and back; a part of a page asks its page to go there."""
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    if request.method != "GET":
        return RedirectResponse("/login", 303)
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?{urlencode({'next': target})}", 303)


def _explained(request: Request, error: Exception) -> Response:
    """What went wrong and what to do next, for a person."""
    assert isinstance(error, TonghopError)
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 400)
    return page(request, "error.html", {"error": error, "status": status}, status)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _explained(request, NotFound())
    return page(
        request,
        "error.html",
        {"error": TonghopError(), "status": error.status_code},
        error.status_code,
    )


def _not_found(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """An address or form that this site never made."""
    return _explained(request, NotFound())


def _failed(request: Request, error: Exception) -> Response:  # noqa: ARG001  the server logs it
    """Something nobody foresaw. This answer does not pass the guard, so it brings the headers."""
    response = page(request, "error.html", {"error": TonghopError(), "status": 500}, 500)
    response.headers.update(security.HEADERS)
    return response
