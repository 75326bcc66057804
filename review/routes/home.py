"""The province at a glance: who has reported, the totals, what is found, what waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from review import annex, security
from review.campaigns import Campaigns, choose
from review.render import page
from review.routes.queue import mine
from review.site import Site, TheSite
from warehouse import drill, glance, queries

router = APIRouter()


@router.get("/")
def home(
    request: Request,
    site: TheSite,
    account: security.Anyone,
    campaign: str = "",
) -> Response:
    """The campaign chosen, else the newest."""
    with site.warehouse.read() as connection:
        chosen = choose(queries.campaigns(connection), campaign)
        unread = glance.unread(connection)
        if chosen.form is None:
            return page(request, "empty.html", {"unread": unread})
        context = _context(connection, site, chosen)
    waiting = len(mine(site, account, chosen.form.campaign))
    return page(request, "home.html", {**context, "unread": unread, "waiting": waiting})


def _context(connection: Any, site: Site, chosen: Campaigns) -> dict[str, Any]:
    form = chosen.form
    assert form is not None
    province = site.settings.province
    units = glance.units(connection, form.campaign)
    cells = drill.province_cells(connection, form.campaign, province)
    before = {}
    if chosen.previous is not None:
        before = {
            (c["indicator"], c["measure"]): c["value"]
            for c in drill.province_cells(connection, chosen.previous.campaign, province)
        }
    today = dt.datetime.now(dt.UTC).date()
    return {
        "campaigns": chosen,
        "form": form,
        "groups": _groups(units),
        "reported": sum(u.status != "missing" for u in units),
        "expected": len(units),
        "late": sum(u.status == "late" for u in units),
        "deadline": glance.deadline(connection, form.campaign, today),
        "rows": annex.rows(form, cells),
        "measures": annex.measures(form),
        "before": before,
        "provisional": any(c["provisional"] for c in cells),
        "rules": glance.by_rule(connection, form.campaign),
        "unapproved": sum(u.sha256 is not None and u.approval != "approved" for u in units),
    }


def _groups(units: list[glance.UnitStanding]) -> list[tuple[str, list[glance.UnitStanding]]]:
    """Units by channel, in the order they come."""
    groups: dict[str, list[glance.UnitStanding]] = {}
    for unit in units:
        groups.setdefault(unit.channel, []).append(unit)
    return list(groups.items())
