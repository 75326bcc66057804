"""Blind checks: type a value from its picture without seeing what the machine read."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from reconcile.desk import Also
from reconcile.preview import understand
from reconcile.risk import influence
from review import campaigns, desk_view, desk_words, security
from review.render import page
from review.routes.cells import allowed
from review.site import Site, TheSite
from schemas.account import Account
from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.errors import NotFound
from warehouse import audit, blind_checks, queries
from warehouse.audit import Actor
from warehouse.blind_checks import Cell

router = APIRouter()
WEIGHTY, AUDIT = 20, 50
"""How many values are drawn at a time."""


@router.post("/checks/draw")
def draw(
    request: Request,
    site: TheSite,
    account: security.Editor,
    campaign: Annotated[str, Form()],
    kind: Annotated[str, Form()],
) -> Response:
    """Draws values to be typed blind: those that weigh most, or a lot of those never asked about."""
    if kind not in {"weighty", "audit"}:
        raise NotFound(name=kind[:20])
    seed = secrets.randbelow(2**31)
    cells, size = _weighty(site, campaign), None
    if kind == "audit":
        cells, size = _unasked(site, campaign), AUDIT
    with site.warehouse.write() as connection:
        now = dt.datetime.now(dt.UTC)
        new = blind_checks.draw(connection, campaign, kind, cells, seed, now, size)
        who = security.actor(request, account)
        audit.record(connection, who, "check.draw", campaign, kind=kind, seed=seed, new=new)
    return RedirectResponse(f"/checks?campaign={campaign}", 303)


def _weighty(site: Site, campaign: str) -> list[Cell]:
    """The values on which most of a published total hangs."""
    with site.desk.standing(campaign) as standing:
        found = [
            (influence(standing, key, value.value), sha256, key, value.value)
            for sha256, values in standing.values.items()
            if standing.documents[sha256].channel in {"district", "direct"}
            for key, value in values.items()
            if value.value is not None
        ]
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    return [(s, f"{k[0]}.{k[1]}", v) for _, s, k, v in found[:WEIGHTY]]


def _unasked(site: Site, campaign: str) -> list[Cell]:
    """Values that counted without anybody being asked."""
    asked = {(i.sha256, i.subject) for i in site.desk.items(campaign)}
    with site.desk.standing(campaign) as standing:
        return [
            (sha256, f"{key[0]}.{key[1]}", value.value)
            for sha256, values in standing.values.items()
            for key, value in values.items()
            if value.decided_by is None
            and value.value is not None
            and (sha256, f"{key[0]}.{key[1]}") not in asked
        ]


@router.get("/checks")
def checks(
    request: Request, site: TheSite, account: security.Desk, campaign: str | None = None
) -> Response:
    """What the checks show so far, and the next one to do."""
    return _page(request, site, account, campaign)


def _page(
    request: Request,
    site: Site,
    account: Account,
    campaign: str | None,
    status: int = 200,
    **more: Any,
) -> Response:
    with site.warehouse.read() as connection:
        chosen = campaigns.choose(queries.campaigns(connection), campaign)
        name = chosen.form.campaign if chosen.form else ""
        waiting = blind_checks.waiting(connection, name)
        rates = {k: blind_checks.error_rate(connection, name, k) for k in ("weighty", "audit")}
    shown, check = _first(site, account, waiting)
    context = {
        "path": "/queue",
        "campaigns": chosen,
        "waiting": len(waiting),
        "rates": rates,
        "screen": shown,
        "check": check,
        "typed": "",
        "question": None,
        "answered": None,
        "words": desk_words,
        **more,
    }
    return page(request, "desk/checks.html", context, status)


def _first(site: Site, account: Account, waiting: list[Any]) -> tuple[Any, Any]:
    """The first check that this person may do and whose page is there."""
    for check in waiting:
        shown = desk_view.screen(site, account, check.sha256, check.subject)
        if shown.editable and shown.crop is not None:
            return shown, check
    return None, None


@router.post("/checks/{check_id}")
def answer(
    request: Request,
    site: TheSite,
    account: security.Editor,
    check_id: int,
    typed: Annotated[str, Form(max_length=60)] = "",
    status: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Notes what was typed. Where it agrees the value is confirmed, else it is asked at the desk."""
    with site.warehouse.read() as connection:
        check = blind_checks.get(connection, check_id)
    if check is None:
        raise NotFound(name=str(check_id))
    document = desk_view.document_of(site, check.sha256)
    allowed(account, document)
    chosen = ValueStatus(status) if status in set(ValueStatus) else None
    understood = understand(typed, chosen)
    if understood.status is None:
        return _page(request, site, account, check.campaign, 422, typed=typed, question=understood)
    indicator, _, measure = check.subject.rpartition(".")
    with site.desk.standing(check.campaign) as standing:
        held = standing.values.get(check.sha256, {}).get((indicator, measure))
    in_force = held.value if held is not None else None
    now, who = dt.datetime.now(dt.UTC), security.actor(request, account)
    agrees = blind_checks.agree(understood.value, understood.status, in_force)

    def note(connection: Any) -> None:
        blind_checks.answer(
            connection,
            check_id,
            account.name,
            typed,
            understood.value,
            understood.status or ValueStatus.REPORTED,
            in_force,
            now,
        )
        place = f"{check.sha256}/{check.subject}"
        audit.record(connection, who, "check.answer", place, check=check_id, agrees=agrees)

    if agrees:
        _confirm(site, who, check, in_force, note)
    else:
        with site.warehouse.write() as connection:
            note(connection)
    said = {"agrees": agrees, "typed": understood.value, "in_force": in_force, "check": check}
    return _page(request, site, account, check.campaign, answered=said)


def _confirm(site: Site, who: Actor, check: Any, value: int | None, also: Also) -> None:
    """The value in force is confirmed, in one transaction with the check that agrees with it."""
    base = str(value) if value is not None else None
    decision = Decision(
        check.sha256,
        check.subject,
        Action.CONFIRM,
        who.name,
        "gõ lại không nhìn, khớp",
        f"check-{check.id}",
        value=base,
    )
    site.desk.commit(check.campaign, decision, base or "", address=who.address, also=also)
