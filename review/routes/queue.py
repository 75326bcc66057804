"""The queue: what to look at first and why, as values and as reports."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from reconcile.risk import Item
from review import campaigns, desk_links, desk_words, security
from review.desk_view import may_edit
from review.render import page
from review.site import Site, TheSite
from schemas.account import Account
from warehouse import approvals, blind_checks, claims, effort, queries, report_states
from warehouse.queries import DocumentRow
from warehouse.report_states import ReportState

router = APIRouter()
PAGE = 50


def mine(site: Site, account: Account, campaign: str) -> list[Item]:
    """The items this person may decide, the riskiest first."""
    found = site.desk.items(campaign)
    if not account.units:
        return found
    with site.desk.standing(campaign) as standing:
        units = {s: d.unit_code for s, d in standing.documents.items()}
    return [i for i in found if account.may_touch(units.get(i.sha256))]


@router.get("/queue")
def queue(
    request: Request,
    site: TheSite,
    account: security.Desk,
    campaign: str | None = None,
    start: int = 0,
) -> Response:
    """Values and fields to look at, ordered by risk times influence on the published total."""
    context = _frame(site, campaign)
    form = context["campaigns"].form
    items = mine(site, account, form.campaign) if form else []
    start = max(0, min(start, max(len(items) - 1, 0)))
    chosen = items[start : start + PAGE]
    return page(
        request,
        "desk/queue.html",
        {
            **context,
            **_facts(site, form.campaign if form else None, account),
            "items": _lines(site, form, chosen),
            "total": len(items),
            "start": start,
            "size": PAGE,
        },
    )


@router.get("/queue/next")
def next_item(site: TheSite, account: security.Desk, campaign: str | None = None) -> Response:
    """Opens what matters most now."""
    form = _frame(site, campaign)["campaigns"].form
    first = next_of(site, account, form.campaign, None) if form else None
    return RedirectResponse(desk_links.item(first) if first else "/queue", 303)


def next_of(site: Site, account: Account, campaign: str, sha256: str | None) -> Item | None:
    """What to look at next: in the same report first, then in one that nobody else holds."""
    if sha256 is not None:
        here = [i for i in site.desk.items(campaign, sha256) if not i.deferred]
        if here:
            return here[0]
    with site.warehouse.read() as connection:
        held = claims.claims(connection, dt.datetime.now(dt.UTC))
    others = {s for s, c in held.items() if c.actor != account.name}
    waiting = (i for i in mine(site, account, campaign) if not i.deferred)
    return next((i for i in waiting if i.sha256 not in others and i.sha256 != sha256), None)


@router.get("/queue/reports")
def reports(
    request: Request, site: TheSite, account: security.Desk, campaign: str | None = None
) -> Response:
    """Reports by state, those with most at stake first."""
    context = _frame(site, campaign)
    form = context["campaigns"].form
    lines = report_lines(site, account, form.campaign) if form else []
    return page(
        request,
        "desk/reports.html",
        {
            **context,
            **_facts(site, form.campaign if form else None, account),
            "lines": lines,
            "states": Counter(line["state"] for line in lines),
            "order": list(ReportState),
        },
    )


def report_lines(site: Site, account: Account, campaign: str) -> list[dict[str, Any]]:
    """Every report that counts, with its state, what waits in it, and who holds it."""
    now = dt.datetime.now(dt.UTC)
    items: dict[str, list[Item]] = {}
    for one in site.desk.items(campaign):
        items.setdefault(one.sha256, []).append(one)
    with site.warehouse.read() as connection:
        documents = [d for d in queries.documents(connection, campaign) if d.current]
        states = report_states.states(
            connection, campaign, now, approvals.states(connection, campaign)
        )
        held = claims.claims(connection, now)
    lines = [
        {
            "document": d,
            "state": states[d.sha256].value,
            "waiting": len(items.get(d.sha256, [])),
            "risk": sum(i.risk for i in items.get(d.sha256, [])),
            "first": items[d.sha256][0] if d.sha256 in items else None,
            "holder": held[d.sha256].actor if d.sha256 in held else "",
            "mine": may_edit(account, d),
        }
        for d in documents
    ]
    return sorted(lines, key=lambda line: (-line["risk"], line["document"].name))


def _frame(site: Site, campaign: str | None) -> dict[str, Any]:
    with site.warehouse.read() as connection:
        chosen = campaigns.choose(queries.campaigns(connection), campaign)
    return {"campaigns": chosen, "words": desk_words, "desk_link": desk_links}


def _facts(site: Site, campaign: str | None, account: Account) -> dict[str, Any]:
    """What the checks and the work so far show."""
    if campaign is None:
        return {"audit": None, "weighty": None, "team": None, "own": None, "checks": 0}
    with site.warehouse.read() as connection:
        return {
            "audit": blind_checks.error_rate(connection, campaign, "audit"),
            "weighty": blind_checks.error_rate(connection, campaign, "weighty"),
            "team": effort.team(connection, campaign),
            "own": effort.team(connection, campaign, account.name),
            "checks": len(blind_checks.waiting(connection, campaign)),
        }


def _lines(site: Site, form: Any, items: list[Item]) -> list[dict[str, Any]]:
    """Items with what a person reads of them."""
    if not items:
        return []
    with site.desk.standing(form.campaign) as standing:
        documents = {i.sha256: standing.documents[i.sha256] for i in items}
    return [
        {
            "item": item,
            "document": documents[item.sha256],
            "what": desk_words.subject(form, item.subject, item),
            "link": desk_links.item(item),
        }
        for item in items
    ]


__all__ = ["DocumentRow", "next_of", "report_lines", "router"]
