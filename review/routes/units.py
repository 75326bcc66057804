"""A unit: its report that counts, its other documents, its values and findings."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from review import annex, security
from review.campaigns import choose
from review.render import page
from review.site import TheSite
from schemas.errors import NotFound
from warehouse import drill, glance, queries

router = APIRouter()


@router.get("/units/{campaign}/{unit_code}")
def unit(
    request: Request,
    site: TheSite,
    account: security.Anyone,  # noqa: ARG001
    campaign: str,
    unit_code: str,
) -> Response:
    """One unit in one campaign."""
    with site.warehouse.read() as connection:
        chosen = choose(queries.campaigns(connection), campaign)
        assert chosen.form is not None
        standing = glance.unit(connection, campaign, unit_code)
        if standing is None:
            raise NotFound(name=unit_code)
        cells = drill.document_cells(connection, standing.sha256) if standing.sha256 else []
        context = {
            "documents": drill.unit_documents(connection, campaign, unit_code),
            "findings": drill.findings(connection, campaign, unit=unit_code),
            "other_campaigns": [
                f
                for f in chosen.held
                if f.campaign != campaign
                and drill.unit_documents(connection, f.campaign, unit_code)
            ],
        }
    return page(
        request,
        "unit.html",
        {
            **context,
            "form": chosen.form,
            "unit": standing,
            "rows": annex.rows(chosen.form, cells),
            "measures": annex.measures(chosen.form),
        },
    )
