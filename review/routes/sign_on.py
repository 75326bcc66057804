"""``/sign-on``: to the office's OpenID provider and back."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from review import security
from review.routes.login import inside
from review.sign_on import Attempt, Person, Provider
from review.site import Site, TheSite
from schemas.account import Account, Role
from schemas.errors import NotFound, SignOnFailed
from warehouse import access, accounts
from warehouse.audit import Actor, record

router = APIRouter()
_COOKIE = "tonghop-sign-on"
_SECONDS = 600
Short = Annotated[str, Query(max_length=4000)]


def _provider(request: Request, site: Site) -> Provider:
    sign_on = site.settings.review.sign_on
    if sign_on is None:
        raise NotFound
    origin = security.own_origin(request.scope, site.settings.review.public_url)
    return Provider(sign_on, f"{origin}/sign-on/callback")


@router.get("/sign-on")
def begin(request: Request, site: TheSite, next: Short = "/") -> Response:  # noqa: A002
    """To the provider."""
    address, attempt = _provider(request, site).begin(inside(next))
    response = RedirectResponse(address, 303)
    response.set_cookie(
        _COOKIE,
        attempt.to_cookie(),
        max_age=_SECONDS,
        path="/sign-on",
        httponly=True,
        samesite="lax",
        secure=security.is_secure(request),
    )
    return response


@router.get("/sign-on/callback")
def finish(request: Request, site: TheSite, code: Short = "", state: Short = "") -> Response:
    """Back from the provider: a session for whom it vouches."""
    provider = _provider(request, site)
    attempt = Attempt.from_cookie(request.cookies.get(_COOKIE, ""))
    address = security.address(request)
    try:
        person = provider.finish(attempt, state, code)
        token = _open(site, person, address)
    except SignOnFailed:
        with site.warehouse.write() as connection:
            record(connection, Actor("?", address), "login.failure", "sign-on")
        raise
    response = RedirectResponse(inside(attempt.target), 303)
    response.delete_cookie(_COOKIE, path="/sign-on")
    security.set_session_cookie(request, response, token)
    return response


def _open(site: Site, person: Person, address: str) -> str:
    """The session's token. Raises SignOnFailed for who has no account, or a closed one."""
    with site.warehouse.write() as connection:
        account = accounts.find_subject(connection, person.subject)
        if account is None:
            account = _newcomer(connection, site, person, address)
        if not account.active:
            raise SignOnFailed(name=account.name, detail="tài khoản đã khoá")
        return access.open_session(
            connection, account, address, site.lifetime, dt.datetime.now(dt.UTC)
        )


def _newcomer(connection: Any, site: Site, person: Person, address: str) -> Account:
    sign_on = site.settings.review.sign_on
    if sign_on is None or not sign_on.default_role:
        raise SignOnFailed(detail=f"chưa có người dùng cho «{person.subject}»")
    if accounts.find(connection, person.name) is not None:
        # A name alone proves nothing: whoever bears it here may be somebody else there.
        raise SignOnFailed(name=person.name, detail="tên này đã có người dùng khác")
    return accounts.add(
        connection,
        Actor("sign-on", address),
        name=person.name,
        role=Role(sign_on.default_role),
        password_hash=None,
        display_name=person.display_name,
        subject=person.subject,
    )
