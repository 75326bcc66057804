"""Every route, for every role and for nobody: who gets in is what the route says, and no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from review.app import ROUTERS
from review.security import PUBLIC
from schemas.account import Role

ROUTES = [
    (method, route)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods)
]
NAMES = [f"{method} {route.path}" for method, route in ROUTES]

ONLY = {
    "GET /users": {Role.ADMIN},
    "POST /users": {Role.ADMIN},
    "POST /users/{account_id}": {Role.ADMIN},
    "POST /users/{account_id}/password": {Role.ADMIN},
    "GET /audit": {Role.ADMIN},
    "GET /upload": {Role.REVIEWER, Role.APPROVER, Role.ADMIN},
    "POST /upload": {Role.REVIEWER, Role.APPROVER, Role.ADMIN},
    "POST /desk/{sha256}/approve": {Role.APPROVER},
    "POST /documents/{sha256}/cells/{subject}": {Role.REVIEWER, Role.APPROVER},
    "GET /downloads": set(Role),
    "GET /": set(Role),
}
"""What must not change by accident, said a second time."""


def declared(dependant: Dependant) -> Iterator[tuple[Role, ...]]:
    for one in dependant.dependencies:
        roles = getattr(one.call, "roles", None)
        if roles is not None:
            yield roles
        yield from declared(one)


def is_public(path: str) -> bool:
    return any(path == p or path.startswith(f"{p}/") for p in PUBLIC)


def address(path: str, sha256: str) -> str:
    known = {"sha256": sha256, "campaign": "llw-2021", "unit_code": "325", "account_id": "1"}
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: known.get(m.group(1), "x"), path)


@pytest.mark.parametrize(("method", "route"), ROUTES, ids=NAMES)
def test_every_route_says_whom_it_serves(method: str, route: APIRoute) -> None:
    if is_public(route.path):
        return
    roles = list(declared(route.dependant))
    assert roles, "every route needs a require(...)"
    if f"{method} {route.path}" in ONLY:
        assert set(roles[0]) == ONLY[f"{method} {route.path}"]


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_who_is_let_in_is_what_the_routes_say(
    client: Callable[..., Any], sha256: str, role: Role | None
) -> None:
    me = client(role.value if role else None)
    for method, route in ROUTES:
        if is_public(route.path) or route.path == "/logout":
            continue
        answer = me.request(method, address(route.path, sha256))
        name = f"{method} {route.path}"
        if role is None:
            assert answer.status_code == 303, name
            assert answer.headers["location"].startswith("/login"), name
        elif role in next(declared(route.dependant)):
            assert answer.status_code not in (401, 403), name
        else:
            assert answer.status_code == 403, name
            assert "Vai trò của bạn không được làm việc này" in answer.text
