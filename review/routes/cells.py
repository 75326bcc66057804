"""One value beside its page: look, type, see what would change, commit, go on."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from reconcile.desk import number_key_of
from reconcile.preview import Preview
from review import (
    desk_commit,
    desk_links,
    desk_view,
    desk_words,
    field_texts,
    issuers,
    links,
    security,
)
from review.render import page
from review.routes.queue import next_of
from review.site import Site, TheSite
from schemas.account import Account, Role
from schemas.catalog import form as form_of
from schemas.document import Anchor
from schemas.effective import ValueStatus
from schemas.errors import DecisionConflict, NotAllowed, NotFound
from schemas.numbers import in_words
from schemas.registry_index import admin_units
from warehouse import audit, claims, decisions, queries
from warehouse.queries import DocumentRow

router = APIRouter()
Sha256 = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
Subject = Annotated[str, Path(pattern=r"^[a-z0-9_.:]{1,120}$")]
_WHOLE = "desk/screen.html"
_PART = "desk/desk.html"


@router.get("/documents/{sha256}/desk")
def first(site: TheSite, account: security.Anyone, sha256: Sha256) -> Response:
    """Opens what matters most in a document."""
    shown = desk_view.screen(site, account, sha256, None)
    return RedirectResponse(desk_links.subject(sha256, shown.row.subject), 303)


@router.get("/documents/{sha256}/cells/{subject}")
def cell(
    request: Request, site: TheSite, account: security.Anyone, sha256: Sha256, subject: Subject
) -> Response:
    """The page with the value boxed, and the field. Opening it claims the report for who may edit."""
    document = desk_view.document_of(site, sha256)
    if desk_view.may_edit(account, document):
        _claim(request, site, account, sha256)
    return draw(request, site, account, sha256, subject)


def draw(
    request: Request,
    site: Site,
    account: Account,
    sha256: str,
    subject: str | None,
    status: int = 200,
    **more: Any,
) -> Response:
    """The desk: the whole page, or for htmx the desk alone with its address."""
    shown = desk_view.screen(site, account, sha256, subject)
    context = {
        "path": request.url.path if account.role is Role.ANALYST else "/queue",
        "typed": shown.row.text,
        "question": None,
        "conflict": None,
        "said": "",
        "request_id": secrets.token_urlsafe(12),
        "preview": None,
        "desk_link": desk_links,
        "words": desk_words,
        "next_images": _next_images(site, account, shown),
        **more,
        "screen": shown,
    }
    said = {**preview_context(site, shown.document, shown.row.subject, context["typed"]), **more}
    context |= {k: v for k, v in said.items() if k not in context or context[k] is None}
    partial = "hx-request" in request.headers
    response = page(request, _PART if partial else _WHOLE, context, status)
    if partial:
        response.headers["HX-Push-Url"] = desk_links.subject(sha256, shown.row.subject)
    return response


def _next_images(site: Site, account: Account, shown: desk_view.Screen) -> list[str]:
    """Pictures the next report will need, so that the browser has them before they are wanted."""
    if shown.waiting > 1 or not shown.editable:
        return []
    onward = next_of(site, account, shown.campaign, shown.document.sha256)
    if onward is None or onward.sha256 == shown.document.sha256:
        return []
    pictures = site.pictures.of(onward.sha256)
    sheets, version = pictures.sheets, pictures.version
    where = onward.value.where.page if onward.value is not None else None
    wanted = [s for s in sheets if where is None or abs(s.number - where) <= 1][:2]
    return [links.image(onward.sha256, s.picture.large, version) for s in wanted]


def _claim(request: Request, site: Site, account: Account, sha256: str) -> None:
    """Claims or renews; writes only where the claim would soon run out. A claim that is new leaves
    a line in the audit log, its renewal does not."""
    now = dt.datetime.now(dt.UTC)
    with site.warehouse.read() as connection:
        held = claims.holder(connection, sha256, now)
    fresh = held is not None and held.expires_at > now + claims.LASTS / 2
    if held is None or (held.actor == account.name and not fresh):
        with site.warehouse.write() as connection:
            claims.take(connection, sha256, account.name, now)
            if held is None:
                who = security.actor(request, account)
                audit.record(connection, who, "report.claim", sha256)


@router.get("/documents/{sha256}/cells/{subject}/preview")
def preview(
    request: Request,
    site: TheSite,
    account: security.Anyone,  # noqa: ARG001
    sha256: Sha256,
    subject: Subject,
    typed: str = "",
    status: Literal["", "blank", "not_applicable", "unreadable"] = "",
) -> Response:
    """What the typed text would be understood as and would change."""
    document = desk_view.document_of(site, sha256)
    context = preview_context(site, document, subject, typed[:20000], status)
    return page(request, "desk/preview.html", context)


def preview_context(
    site: Site, document: DocumentRow, subject: str, typed: str, status: str = ""
) -> dict[str, Any]:
    """For a number what would change; for a field what was understood; for an issuer the choice."""
    campaign = document.campaign or ""
    key = number_key_of(subject)
    form = form_of(campaign)
    empty: dict[str, Any] = {
        "preview": None,
        "meaning": None,
        "wrong": None,
        "choices": [],
        "form": form,
    }
    if key is not None:
        chosen = ValueStatus(status) if status else None
        made = _preview(site, campaign, document.sha256, key, typed, chosen)
        unit_name = document.unit_name or document.name
        return {**empty, "preview": made, "unit_name": unit_name, "spoken": in_words}
    province, units = site.settings.province, admin_units()
    if subject == "header.issuer_unit":
        known = issuers.issuers(units, province, form.ends_on)
        return {**empty, "choices": issuers.search(known, typed)}
    try:
        value = field_texts.stated(subject, typed, None, units, province, form.ends_on)
    except field_texts.NotUnderstood as error:
        return {**empty, "wrong": error.said}
    spoken = subject in field_texts.DATES | field_texts.LINES | {"launch.mode"} or value is None
    return {**empty, "meaning": field_texts.meaning(subject, value) if spoken else None}


def _preview(
    site: Site,
    campaign: str,
    sha256: str,
    key: tuple[str, str],
    typed: str,
    chosen: ValueStatus | None,
) -> Preview:
    try:
        return site.desk.preview(campaign, sha256, key, typed, chosen)
    except KeyError:
        raise NotFound(name=sha256[:12]) from None


class Typed(BaseModel):
    """One press of Enter, as the browser sends it. ``base`` is the value the person saw."""

    typed: str = Field("", max_length=100_000)
    base: str = Field("", max_length=100_000)
    token: str = Field("", max_length=60)
    status: Literal["", "blank", "not_applicable", "unreadable"] = ""
    raw: str = Field("", max_length=2000)
    place: str = Field("", max_length=300)
    effort: str = Field("", max_length=60)


@router.post("/documents/{sha256}/cells/{subject}")
def commit(
    request: Request,
    site: TheSite,
    account: security.Editor,
    sha256: Sha256,
    subject: Subject,
    form: Annotated[Typed, Form()],
) -> Response:
    """Commits and goes on to what matters next; asks where it is not clear what was meant."""
    document = desk_view.document_of(site, sha256)
    allowed(account, document)
    typed = form.typed.replace("\r\n", "\n")
    posted = desk_commit.Posted(
        typed,
        form.base.replace("\r\n", "\n"),
        f"{account.id}-{form.token or secrets.token_urlsafe(12)}",
        ValueStatus(form.status) if form.status else None,
        form.raw,
        _place(site, sha256, form.place),
        *_cost(form.effort),
        address=security.deciding(request),
    )
    try:
        question = desk_commit.commit(site, account, document, subject, posted)
    except DecisionConflict:
        return _conflict(request, site, account, sha256, subject, typed)
    if question is not None:
        return draw(request, site, account, sha256, subject, 422, typed=typed, question=question)
    return onward(request, site, account, document)


def onward(request: Request, site: Site, account: Account, document: DocumentRow) -> Response:
    """To the next item: in this report, else in the next one; to the queue where there is none."""
    after = next_of(site, account, document.campaign or "", document.sha256)
    target = desk_links.item(after) if after else "/queue"
    if "hx-request" not in request.headers:
        return RedirectResponse(target, 303)
    if after is None:
        return Response(status_code=200, headers={"HX-Redirect": target})
    if after.sha256 != document.sha256:
        _claim(request, site, account, after.sha256)
    return draw(request, site, account, after.sha256, after.subject)


def _conflict(
    request: Request, site: Site, account: Account, sha256: str, subject: str, typed: str
) -> Response:
    """Both values side by side; nothing was written."""
    with site.warehouse.read() as connection:
        rows = decisions.history(connection, sha256, subject)
    theirs = rows[-1] if rows else None
    return draw(
        request,
        site,
        account,
        sha256,
        subject,
        409,
        typed=typed,
        conflict={"mine": typed, "theirs": theirs},
    )


def allowed(account: Account, document: DocumentRow) -> None:
    """Raises NotAllowed for a report of a unit that is not this person's."""
    if not desk_view.may_edit(account, document):
        raise NotAllowed


def _place(site: Site, sha256: str, text: str) -> Anchor | None:
    """The box a person drew on the page as it is shown, on the page as the file has it."""
    try:
        drawn = desk_commit.place_of(json.loads(text)) if text else None
    except ValueError:
        return None
    if drawn is None:
        return None
    with site.warehouse.read() as connection:
        turns = queries.report(connection, sha256).turned
    return site.pictures.of(sha256).turned(turns).as_filed(drawn)


def _cost(text: str) -> tuple[int, int, str]:
    """``active ms,keystrokes,suggestion`` as the browser counts them."""
    parts = [*unquote(text).split(","), "", "", ""]
    numbers = [int(p) if p.isdigit() and len(p) < 9 else 0 for p in parts[:2]]
    return numbers[0], numbers[1], parts[2] if parts[2] in {"shown", "taken"} else ""
