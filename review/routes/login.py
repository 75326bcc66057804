"""Logging in and out, and the language switch."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from review import language, passwords, security
from review.render import page
from review.site import Site, TheSite
from schemas.errors import AccessError, LoginRefused, LoginThrottled
from warehouse import access, accounts
from warehouse.audit import Actor, record

router = APIRouter()
Text = Annotated[str, Form(max_length=600)]


@router.get("/login")
def login_page(request: Request, site: TheSite, next: str = "/") -> Response:  # noqa: A002
    """The form."""
    return _form(request, site, inside(next), None)


def _form(
    request: Request, site: Site, target: str, error: AccessError | None, name: str = ""
) -> Response:
    status = 200
    if error is not None:
        status = 429 if isinstance(error, LoginThrottled) else 401
    return page(
        request,
        "login.html",
        {"next": target, "error": error, "name": name, "sign_on": site.settings.review.sign_on},
        status,
    )


@router.post("/login")
def login(
    request: Request,
    site: TheSite,
    name: Text = "",
    password: Text = "",
    next: Text = "/",  # noqa: A002
) -> Response:
    """Checks name and password, and opens a session."""
    target = inside(next)
    try:
        token = _log_in(site, name, password, security.address(request))
    except AccessError as error:
        return _form(request, site, target, error, name)
    response = RedirectResponse(target, 303)
    security.set_session_cookie(request, response, token)
    return response


def _log_in(site: Site, name: str, password: str, address: str) -> str:
    """The session's token. The hash is reckoned outside every transaction, for it takes long."""
    now = dt.datetime.now(dt.UTC)
    with site.warehouse.write() as connection:
        attempt = access.begin_attempt(connection, name, address, now)
        account = accounts.find(connection, name)
        kept = accounts.password_hash(connection, account.id) if account is not None else None
    if not passwords.verify(kept, password) or account is None or not account.active:
        with site.warehouse.write() as connection:
            who = access.name_key(connection, name)
            record(connection, Actor(who, address), "login.failure", who)
        raise LoginRefused
    with site.warehouse.write() as connection:
        if kept is not None and passwords.outdated(kept):
            accounts.renew_hash(connection, account.id, passwords.hash_password(password))
        return access.open_session(connection, account, address, site.lifetime, now, attempt)


@router.post("/logout")
def logout(request: Request, site: TheSite, account: security.Anyone) -> Response:
    """Ends this session on the server too."""
    token = request.cookies.get(security.cookie_name(request), "")
    with site.warehouse.write() as connection:
        access.close_session(connection, token, security.actor(request, account))
    response = RedirectResponse("/login", 303)
    response.delete_cookie(security.cookie_name(request), path="/")
    return response


@router.post("/language")
def switch_language(request: Request, to: Text, next: Text = "/") -> Response:  # noqa: A002
    """Shows the site in another language, in this browser."""
    response = RedirectResponse(inside(next), 303)
    if to in language.LANGUAGES:
        response.set_cookie(
            language.COOKIE,
            to,
            max_age=31536000,
            httponly=True,
            samesite="lax",
            secure=security.is_secure(request),
        )
    return response


def inside(target: str) -> str:
    """``target`` if it is an address of this site, else the home page."""
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if safe and "\\" not in target else "/"
