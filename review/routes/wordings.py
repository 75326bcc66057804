"""Fix once, offer everywhere: wordings that people recognised, and rows that are worded like them."""

from __future__ import annotations

import json
import re
import secrets
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from review import campaigns, desk_links, desk_words, security, unit_wordings
from review.render import page
from review.site import Site, TheSite
from schemas.account import Account
from schemas.decision import Action, Decision
from schemas.errors import DecisionConflict
from schemas.finding import RuleCode
from schemas.numbers import parse_count
from schemas.text import words
from warehouse import corrections, findings, queries, recognised, recognised_units
from warehouse.recognised import Recognised
from warehouse.standing import OpenFinding

router = APIRouter()
_QUOTED = re.compile(r"«(.+?)»")


@router.get("/recognised")
def wordings(
    request: Request, site: TheSite, account: security.Desk, campaign: str | None = None
) -> Response:
    """What was recognised, and the open rows it is offered for."""
    with site.warehouse.read() as connection:
        chosen = campaigns.choose(queries.campaigns(connection), campaign)
        name = chosen.form.campaign if chosen.form else ""
        known = recognised.known(connection, name)
        units = recognised_units.known(connection)
    offers = _offers(site, account, name, known) if chosen.form else []
    unit_offers = unit_wordings.offers(site, account, name, units) if chosen.form else []
    context = {
        "path": "/queue",
        "campaigns": chosen,
        "known": list(known.values()),
        "units": list(units.values()),
        "offers": offers,
        "unit_offers": unit_offers,
        "words": desk_words,
        "desk_link": desk_links,
        "label": lambda one: _label(chosen, one),
    }
    return page(request, "desk/recognised.html", context)


def _label(chosen: campaigns.Campaigns, one: Recognised) -> str:
    """What the wording stands for."""
    assert chosen.form is not None
    return desk_words.subject(chosen.form, f"{one.indicator}.{one.measure}")


def _offers(
    site: Site, account: Account, campaign: str, known: dict[tuple[str, str], Recognised]
) -> list[dict[str, Any]]:
    """Rows nobody claimed whose wording a person recognised elsewhere."""
    out = []
    with site.desk.standing(campaign) as standing:
        documents = dict(standing.documents)
    for one in site.desk.all_findings(campaign):
        document = documents.get(one.sha256 or "")
        if document is None or not _unclaimed(one) or not account.may_touch(document.unit_code):
            continue
        hit = known.get(("alias", words(wording_of(one))))
        value = parse_count((one.finding.value or "").split(",")[0]).value
        if hit is not None and value is not None:
            out.append({"finding": one, "document": document, "known": hit, "value": value})
    return out


def _unclaimed(one: OpenFinding) -> bool:
    return one.finding.rule is RuleCode.UNCLAIMED_ROW


def wording_of(one: OpenFinding) -> str:
    """How the document words a row that was not claimed."""
    quoted = _QUOTED.search(one.finding.message)
    return quoted[1] if quoted else ""


@router.post("/recognised/apply")
def apply(
    request: Request,
    site: TheSite,
    account: security.Editor,
    campaign: Annotated[str, Form()],
    chosen: Annotated[list[str], Form()],
) -> Response:
    """Takes the offers a person ticked: decisions that can be taken back. What has a value already,
    or was decided meanwhile, is left alone."""
    with site.warehouse.read() as connection:
        known = recognised.known(connection, campaign)
        units = recognised_units.known(connection)
    address = security.deciding(request)
    for offer in _offers(site, account, campaign, known):
        if offer["finding"].fingerprint in chosen:
            with suppress(DecisionConflict):
                _take(site, account, campaign, offer, address)
    for unit in unit_wordings.offers(site, account, campaign, units):
        if unit.token in chosen:
            with suppress(DecisionConflict):
                unit_wordings.take(site, account, campaign, unit, address)
    return RedirectResponse(f"/recognised?campaign={campaign}", 303)


def _take(site: Site, account: Account, campaign: str, offer: dict[str, Any], address: str) -> None:
    """A row's value for its indicator, and its finding settled, in one transaction."""
    one: OpenFinding = offer["finding"]
    hit: Recognised = offer["known"]
    decision = Decision(
        one.sha256 or "",
        f"{hit.indicator}.{hit.measure}",
        Action.CORRECT,
        account.name,
        f"cách gọi đã nhận ra: {hit.text}"[:200],
        f"{account.id}-{secrets.token_urlsafe(12)}",
        value=str(offer["value"]),
        place=one.finding.where[0] if one.finding.where else None,
    )
    site.desk.commit(
        campaign,
        decision,
        "",
        address=address,
        also=lambda connection: findings.accept(
            connection, one.fingerprint, account.name, "cách gọi đã nhận ra"
        ),
    )


@router.get("/recognised.yaml")
def as_yaml(site: TheSite, account: security.Desk, campaign: str) -> Response:  # noqa: ARG001
    """The wordings for the form's file."""
    with site.warehouse.read() as connection:
        text = recognised.as_yaml(connection, campaign)
    return _file(text, f"cach-goi-{_plain(campaign)}.yaml", "application/yaml")


@router.get("/corrections.jsonl")
def as_cases(site: TheSite, account: security.Desk, campaign: str) -> Response:  # noqa: ARG001
    """Corrections as test cases for the parser."""
    with site.warehouse.read() as connection:
        lines = [json.dumps(c, ensure_ascii=False) for c in corrections.cases(connection, campaign)]
    text = "".join(f"{line}\n" for line in lines)
    return _file(text, f"sua-{_plain(campaign)}.jsonl", "application/jsonl")


def _plain(campaign: str) -> str:
    return re.sub(r"[^a-z0-9-]", "", campaign)[:40]


def _file(text: str, name: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)
