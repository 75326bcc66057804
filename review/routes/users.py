"""Users, for who keeps them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from review import passwords, security
from review.campaigns import choose
from review.render import page
from review.site import Site, TheSite
from schemas.account import Role
from schemas.errors import AccessError
from warehouse import accounts, glance, queries

router = APIRouter()
Short = Annotated[str, Form(max_length=200)]
Secret = Annotated[str, Form(max_length=600)]
Units = Annotated[list[str], Form(max_length=500)]


@router.get("/users")
def users(request: Request, site: TheSite, account: security.Admin) -> Response:  # noqa: ARG001
    """Everyone, and a form for one more."""
    return _page(request, site, None)


def _page(request: Request, site: Site, error: AccessError | None) -> Response:
    with site.warehouse.read() as connection:
        context = {"people": accounts.everyone(connection), **_choices(connection)}
    context |= {"error": error, "secure": security.is_secure(request)}
    return page(request, "users.html", context, 400 if error else 200)


@router.post("/users")
def add(
    request: Request,
    site: TheSite,
    account: security.Admin,
    name: Short,
    role: Annotated[Role, Form()],
    password: Secret,
    display_name: Short = "",
    units: Units = [],  # noqa: B006  FastAPI copies it
) -> Response:
    """One more user."""
    try:
        kept = passwords.hash_password(password, name)
        with site.warehouse.write() as connection:
            accounts.add(
                connection,
                security.actor(request, account),
                name=name,
                role=role,
                password_hash=kept,
                display_name=display_name,
                units=[u for u in units if u],
            )
    except AccessError as error:
        return _page(request, site, error)
    return RedirectResponse("/users", 303)


@router.get("/users/{account_id}")
def user(request: Request, site: TheSite, account: security.Admin, account_id: int) -> Response:  # noqa: ARG001
    """One user's rights, and a form for a new password."""
    return _one(request, site, account_id, None)


def _one(request: Request, site: Site, account_id: int, error: AccessError | None) -> Response:
    with site.warehouse.read() as connection:
        context = {"person": accounts.get(connection, account_id), **_choices(connection)}
    return page(request, "user.html", {**context, "error": error}, 400 if error else 200)


def _choices(connection: Any) -> dict[str, Any]:
    """Roles and units to choose from."""
    form = choose(queries.campaigns(connection), None).form
    units = glance.units(connection, form.campaign) if form else []
    return {"roles": [r.value for r in Role], "units": units}


@router.post("/users/{account_id}")
def change(
    request: Request,
    site: TheSite,
    account: security.Admin,
    account_id: int,
    role: Annotated[Role, Form()],
    display_name: Short = "",
    active: Annotated[bool, Form()] = False,
    units: Units = [],  # noqa: B006
) -> Response:
    """Another role, other units, or no longer allowed in: ends the person's sessions."""
    try:
        with site.warehouse.write() as connection:
            accounts.change(
                connection,
                security.actor(request, account),
                account_id,
                units=[u for u in units if u],
                role=role.value,
                active=active,
                display_name=display_name or accounts.get(connection, account_id).name,
            )
    except AccessError as error:
        return _one(request, site, account_id, error)
    return RedirectResponse("/users", 303)


@router.post("/users/{account_id}/password")
def set_password(
    request: Request, site: TheSite, account: security.Admin, account_id: int, password: Secret
) -> Response:
    """A new password: ends the person's sessions."""
    try:
        with site.warehouse.read() as connection:
            one = accounts.get(connection, account_id)
        kept = passwords.hash_password(password, one.name)
        with site.warehouse.write() as connection:
            accounts.set_password(connection, security.actor(request, account), account_id, kept)
    except AccessError as error:
        return _one(request, site, account_id, error)
    return RedirectResponse("/users", 303)
