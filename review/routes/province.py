"""The province's table, and what each unit gave to one cell of it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from review import annex, links, security
from review.campaigns import choose
from review.render import page
from review.site import TheSite
from schemas.errors import NotFound
from warehouse import drill, queries

router = APIRouter()


@router.get("/province")
def newest(site: TheSite, account: security.Anyone, campaign: str = "") -> Response:  # noqa: ARG001
    """To the table of the campaign chosen, else of the newest."""
    with site.warehouse.read() as connection:
        form = choose(queries.campaigns(connection), campaign).form
    return RedirectResponse(links.province(form.campaign) if form else "/", 303)


@router.get("/province/{campaign}")
def table(
    request: Request,
    site: TheSite,
    account: security.Anyone,  # noqa: ARG001
    campaign: str,
) -> Response:
    """The annex of the whole province; every number leads to the units it is the sum of."""
    province = site.settings.province
    with site.warehouse.read() as connection:
        chosen = choose(queries.campaigns(connection), campaign)
        assert chosen.form is not None
        cells = drill.province_cells(connection, campaign, province)
        before = {}
        if chosen.previous is not None:
            before = {
                (c["indicator"], c["measure"]): c["value"]
                for c in drill.province_cells(connection, chosen.previous.campaign, province)
            }
    return page(
        request,
        "province.html",
        {
            "campaigns": chosen,
            "form": chosen.form,
            "rows": annex.rows(chosen.form, cells),
            "measures": annex.measures(chosen.form),
            "before": before,
            "provisional": any(c["provisional"] for c in cells),
            "declared": any(c["declared"] is not None for c in cells),
        },
    )


@router.get("/province/{campaign}/{subject}")
def cell(
    request: Request,
    site: TheSite,
    account: security.Anyone,  # noqa: ARG001
    campaign: str,
    subject: str,
) -> Response:
    """What each unit gave to one cell; ``subject`` is ``INDICATOR.MEASURE``."""
    indicator, _, measure = subject.rpartition(".")
    with site.warehouse.read() as connection:
        chosen = choose(queries.campaigns(connection), campaign)
        found = drill.form_cell(connection, campaign, indicator, measure)
        if found is None:
            raise NotFound(name=subject)
        units = drill.unit_cells(connection, campaign, indicator, measure)
        total = next(
            c
            for c in drill.province_cells(connection, campaign, site.settings.province)
            if (c["indicator"], c["measure"]) == (indicator, measure)
        )
    largest = max((u["counted"] or 0 for u in units), default=0)
    return page(
        request,
        "province_cell.html",
        {
            "campaigns": chosen,
            "form": chosen.form,
            "cell": found,
            "units": units,
            "total": total,
            "largest": largest,
        },
    )
