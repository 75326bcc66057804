"""The door: who is asking, what that role may do, and what no page may ever do.

Deny by default: every route of the application needs a session unless its path is in ``PUBLIC``;
each route then names the roles it serves by ``require``. Requests that change something must come
from this site's own pages. Scripts and styles come from this site's files only.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import AsyncIterator, Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.site import Site, TheSite
from schemas.account import Account, Role
from schemas.errors import NotAllowed, NotLoggedIn, UploadTooLarge
from schemas.settings import ReviewSettings
from warehouse import access, audit
from warehouse.audit import Actor

PUBLIC = ("/login", "/healthz", "/language", "/sign-on")
EVERYONE = tuple(Role)
_FORM_BYTES = 1 << 20
"""What a form without files may weigh."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


class Guard:
    """Refuses what another site's page asks for, and sets the headers on every answer."""

    def __init__(self, app: ASGIApp, settings: ReviewSettings) -> None:
        self._app = app
        self._public_url = settings.public_url.rstrip("/")
        self._most = {"/upload": settings.upload_megabytes * 1024 * 1024 + _FORM_BYTES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        secure = own_origin(scope, self._public_url).startswith("https://")

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                if secure:
                    headers.setdefault("strict-transport-security", "max-age=31536000")
            await send(message)

        if scope["method"] not in _SAFE and not same_origin(scope, self._public_url):
            refusal = PlainTextResponse("Yêu cầu đến từ trang khác nên bị từ chối.", 403)
            await refusal(scope, receive, guarded)
            return
        most = self._most.get(scope["path"], _FORM_BYTES)
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > most:
            refusal = PlainTextResponse(UploadTooLarge().message, 413)
            await refusal(scope, receive, guarded)
            return
        await self._app(scope, _limited(receive, most), guarded)


def _limited(receive: Receive, most: int) -> Receive:
    """``receive`` that gives up once more than ``most`` bytes have come, whatever was announced."""
    came = 0

    async def limited() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise UploadTooLarge
        return message

    return limited


def own_origin(scope: Scope, public_url: str) -> str:
    """Scheme, host and port that browsers know this site by."""
    if public_url:
        parts = urlsplit(public_url)
        return f"{parts.scheme}://{parts.netloc}"
    return f"{scope['scheme']}://{Headers(scope=scope).get('host', '')}"


def same_origin(scope: Scope, public_url: str) -> bool:
    """Whether the request comes from a page of this site.

    Browsers leave ``Sec-Fetch-Site`` out over plain HTTP to an office address, so ``Origin`` decides
    there; a request with neither is refused.
    """
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return origin == own_origin(scope, public_url)
    return site == "same-origin"


def cookie_name(request: Request) -> str:
    """The session's cookie; bound to the host where the connection is secure."""
    return "__Host-tonghop" if is_secure(request) else "tonghop"


def is_secure(request: Request) -> bool:
    """Whether browsers reach this site by HTTPS."""
    site: Site = request.app.state.site
    return own_origin(request.scope, site.settings.review.public_url).startswith("https://")


def set_session_cookie(request: Request, response: Response, token: str) -> None:
    """Gives the browser the token; scripts cannot read it, other sites cannot send it."""
    response.set_cookie(
        cookie_name(request),
        token,
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
        path="/",
    )


def address(request: Request) -> str:
    """Where the request came from; a whole /64 counts as one address of IPv6."""
    host = request.client.host if request.client else ""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return host[:80]
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{ip}/64", strict=False))
    return str(ip)


def identify(request: Request, site: TheSite) -> Account | None:
    """Whose session the request bears; None for nobody's."""
    token = request.cookies.get(cookie_name(request))
    account = None
    if token:
        now = dt.datetime.now(dt.UTC)
        with site.warehouse.read() as connection:
            found = access.session_account(connection, token, site.lifetime, now)
        if found is not None:
            account, stale = found
            if stale:
                with site.warehouse.write() as connection:
                    access.touch(connection, token, now)
    request.state.account = account
    return account


Visitor = Annotated[Account | None, Depends(identify)]


def need_session(request: Request, account: Visitor) -> None:
    """The application's own dependency: no page without a session but the public ones."""
    path = request.url.path
    if account is None and not any(path == p or path.startswith(f"{p}/") for p in PUBLIC):
        raise NotLoggedIn


async def noted(request: Request, site: TheSite, account: Visitor) -> AsyncIterator[None]:
    """The application's second dependency: whatever a person changes leaves a line in the audit log,
    also where the route writes none of its own (see ``actor``)."""
    yield
    if request.method in _SAFE or account is None or getattr(request.state, "noted", False):
        return
    route = request.scope.get("route")
    template = str(getattr(route, "path", ""))
    await run_in_threadpool(_note, site, Actor(account.name, address(request)), request, template)


def _note(site: Site, who: Actor, request: Request, template: str) -> None:
    with site.warehouse.write() as connection:
        audit.record(connection, who, "change", request.url.path, route=template)


def require(*roles: Role) -> Callable[..., Account]:
    """A dependency that gives the account asking, if its role is one of ``roles``.

    Raises NotLoggedIn, NotAllowed.
    """

    def check(account: Visitor) -> Account:
        if account is None:
            raise NotLoggedIn
        if account.role not in roles:
            raise NotAllowed
        return account

    check.roles = roles  # type: ignore[attr-defined]
    return check


Anyone = Annotated[Account, Depends(require(*EVERYONE))]
Admin = Annotated[Account, Depends(require(Role.ADMIN))]
Editor = Annotated[Account, Depends(require(Role.REVIEWER, Role.APPROVER))]
"""Who may decide; of which units is asked where the document is known."""
Desk = Annotated[Account, Depends(require(Role.REVIEWER, Role.APPROVER, Role.ADMIN))]
"""Who sees the queue."""


def deciding(request: Request) -> str:
    """The address asking, for a route whose decisions leave the line in the audit log."""
    request.state.noted = True
    return address(request)


def actor(request: Request, account: Account) -> Actor:
    """Who is written into the audit log, by a route that writes its own line."""
    request.state.noted = True
    return Actor(account.name, address(request))
