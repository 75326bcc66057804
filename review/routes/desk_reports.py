"""A report as a whole: claim it, finish it, send it back with questions, open it again, approve it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from review import desk_links, desk_view, desk_words, security
from review.render import page
from review.routes.cells import Sha256, allowed
from review.routes.queue import next_of
from review.site import Site, TheSite
from schemas.account import Account, Role
from schemas.catalog import form as form_of
from schemas.errors import ApprovalRefused
from warehouse import approvals, audit, claims, report_states
from warehouse.queries import DocumentRow
from warehouse.report_states import EventKind, Question, ReportEvent

router = APIRouter()
Approver = Annotated[Account, security.Depends(security.require(Role.APPROVER))]


@router.get("/desk/{sha256}/report")
def report(request: Request, site: TheSite, account: security.Desk, sha256: Sha256) -> Response:
    """Where the report stands, what was done with it, and what may be done next."""
    return _report(request, site, account, sha256)


def _report(
    request: Request,
    site: Site,
    account: Account,
    sha256: str,
    refused: str = "",
    status: int = 200,
) -> Response:
    document = desk_view.document_of(site, sha256)
    shown = desk_view.screen(site, account, sha256, None)
    with site.warehouse.read() as connection:
        history = report_states.events(connection, sha256)
        deciders = sorted(approvals.deciders(connection, sha256))
        holder = claims.holder(connection, sha256, dt.datetime.now(dt.UTC))
    form = form_of(document.campaign or "")
    context = {
        "path": "/queue",
        "screen": shown,
        "document": document,
        "state": shown.state.value,
        "events": list(reversed(history)),
        "deciders": deciders,
        "holder": holder.actor if holder else "",
        "refused": refused,
        "words": desk_words,
        "desk_link": desk_links,
        "open_items": [(i, desk_words.subject(form, i.subject, i)) for i in shown.queue],
        "is_approver": account.role is Role.APPROVER,
        "decided_here": account.name.casefold() in deciders,
    }
    return page(request, "desk/report.html", context, status)


@router.post("/desk/{sha256}/claim")
def claim(request: Request, site: TheSite, account: security.Editor, sha256: Sha256) -> Response:
    """Takes a report over from whoever holds it."""
    allowed(account, desk_view.document_of(site, sha256))
    with site.warehouse.write() as connection:
        claims.take(connection, sha256, account.name, dt.datetime.now(dt.UTC), over=True)
        audit.record(connection, security.actor(request, account), "report.claim", sha256)
    return RedirectResponse(desk_links.desk(sha256), 303)


@router.post("/desk/{sha256}/finish")
def finish(request: Request, site: TheSite, account: security.Editor, sha256: Sha256) -> Response:
    """The report is done for this person: it waits for an approver."""
    document = desk_view.document_of(site, sha256)
    allowed(account, document)
    _event(request, site, account, document, EventKind.FINISHED)
    after = next_of(site, account, document.campaign or "", None)
    if after is not None and after.sha256 == sha256:
        after = None
    target = desk_links.item(after) if after else "/queue/reports"
    if "hx-request" in request.headers:
        return Response(status_code=200, headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)


@router.post("/desk/{sha256}/return")
async def send_back(
    request: Request, site: TheSite, account: security.Editor, sha256: Sha256
) -> Response:
    """Sends the report back to its unit with questions, to be printed or copied."""
    document = desk_view.document_of(site, sha256)
    allowed(account, document)
    posted = await request.form()
    asked = tuple(
        Question(name.removeprefix("ask-"), str(text).strip()[:600])
        for name, text in posted.items()
        if name.startswith("ask-") and str(text).strip() and posted.get(f"on-{name[4:]}")
    )
    extra = str(posted.get("extra", "")).strip()[:2000]
    if extra:
        asked = (*asked, Question("", extra))
    if not asked:
        return _report(request, site, account, sha256, "no_questions", 422)
    _event(request, site, account, document, EventKind.RETURNED, asked)
    return RedirectResponse(desk_links.report(sha256, "questions"), 303)


@router.get("/desk/{sha256}/questions")
def questions(request: Request, site: TheSite, account: security.Desk, sha256: Sha256) -> Response:
    """The list of questions for the unit, made to be printed."""
    shown = desk_view.screen(site, account, sha256, None)
    with site.warehouse.read() as connection:
        returned = [
            e for e in report_states.events(connection, sha256) if e.kind is EventKind.RETURNED
        ]
    context = {
        "path": "/queue",
        "screen": shown,
        "event": returned[-1] if returned else None,
        "rows": {r.subject: r for r in shown.rows},
        "desk_link": desk_links,
    }
    return page(request, "desk/questions.html", context)


@router.post("/desk/{sha256}/reopen")
def reopen(request: Request, site: TheSite, account: security.Editor, sha256: Sha256) -> Response:
    """Opens a returned or finished report again."""
    document = desk_view.document_of(site, sha256)
    allowed(account, document)
    _event(request, site, account, document, EventKind.REOPENED)
    return RedirectResponse(desk_links.report(sha256, "report"), 303)


@router.post("/desk/{sha256}/approve")
def approve(request: Request, site: TheSite, account: Approver, sha256: Sha256) -> Response:
    """Approves the report as it stands. The warehouse refuses who decided anything about it."""
    document = desk_view.document_of(site, sha256)
    allowed(account, document)
    try:
        with site.warehouse.write() as connection:
            approvals.approve(connection, sha256, account.name)
            audit.record(connection, security.actor(request, account), "report.approve", sha256)
    except ApprovalRefused as error:
        return _report(request, site, account, sha256, error.message, 409)
    return RedirectResponse(desk_links.report(sha256, "report"), 303)


def _event(
    request: Request,
    site: Site,
    account: Account,
    document: DocumentRow,
    kind: EventKind,
    asked: tuple[Question, ...] = (),
) -> None:
    now: Any = dt.datetime.now(dt.UTC)
    with site.warehouse.write() as connection:
        report_states.record(
            connection, ReportEvent(document.sha256, kind, account.name, now, "", asked)
        )
        claims.release(connection, document.sha256, account.name)
        audit.record(
            connection, security.actor(request, account), f"report.{kind.value}", document.sha256
        )
