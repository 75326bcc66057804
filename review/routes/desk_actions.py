"""What can be done with one value besides typing it: put it off, take a decision back, see its history."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from reconcile.desk import number_key_of
from review import desk_links, desk_view, desk_words, security
from review.render import page
from review.routes.cells import Sha256, Subject, allowed, draw, onward
from review.site import Site, TheSite
from schemas.account import Account
from schemas.decision import Action, Decision
from schemas.document import Anchor
from schemas.effective import ValueStatus
from schemas.errors import DecisionConflict, NotFound
from schemas.numbers import parse_count
from warehouse import audit, decisions, findings, queries, recognised, standing
from warehouse.queries import DocumentRow
from warehouse.recognised import Recognised

router = APIRouter()
_QUOTED = re.compile(r"«(.+?)»")


@router.post("/documents/{sha256}/cells/{subject}/defer")
def defer(
    request: Request,
    site: TheSite,
    account: security.Editor,
    sha256: Sha256,
    subject: Subject,
    reason: Annotated[str, Form()] = "later",
) -> Response:
    """Puts a value off with a reason; it goes to the end of the queue."""
    document = desk_view.document_of(site, sha256)
    allowed(account, document)
    says = desk_words.REASONS.get(reason, desk_words.REASONS["later"])
    _decide(request, site, account, document, subject, Action.DEFER, says)
    return onward(request, site, account, document)


@router.post("/documents/{sha256}/cells/{subject}/undo")
def undo(
    request: Request,
    site: TheSite,
    account: security.Editor,
    sha256: Sha256,
    subject: Subject,
    undoes: Annotated[str, Form(max_length=80)],
) -> Response:
    """Takes one decision back, by a new one; what was before it counts again."""
    document = desk_view.document_of(site, sha256)
    allowed(account, document)
    _decide(request, site, account, document, subject, Action.UNDO, "rút lại", undoes=undoes)
    return draw(request, site, account, sha256, subject, said="undone")


def _decide(
    request: Request,
    site: Site,
    account: Account,
    document: DocumentRow,
    subject: str,
    action: Action,
    reason: str,
    undoes: str | None = None,
) -> None:
    decision = Decision(
        document.sha256,
        subject,
        action,
        account.name,
        reason,
        f"{account.id}-{secrets.token_urlsafe(12)}",
        undoes=undoes,
    )
    site.desk.commit(document.campaign or "", decision, address=security.deciding(request))


@router.get("/documents/{sha256}/cells/{subject}/history")
def history(
    request: Request, site: TheSite, account: security.Anyone, sha256: Sha256, subject: Subject
) -> Response:
    """Everything that was read and decided of one value, newest first."""
    document = desk_view.document_of(site, sha256)
    with site.warehouse.read() as connection:
        rows = decisions.history(connection, sha256, subject)
        read = queries.report(connection, sha256)
    key = number_key_of(subject)
    observed = next((o for o in read.observations if o.key == key), None)
    taken_back = {r["undoes"] for r in rows if r["undoes"]}
    context = {
        "rows": list(reversed(rows)),
        "taken_back": taken_back,
        "observed": observed,
        "sha256": sha256,
        "subject": subject,
        "editable": desk_view.may_edit(account, document),
    }
    return page(request, "desk/history.html", context)


@router.post("/documents/{sha256}/cells/{subject}/accept")
def accept(
    request: Request,
    site: TheSite,
    account: security.Editor,
    sha256: Sha256,
    subject: Subject,
    fingerprint: Annotated[str, Form(pattern=r"^[0-9a-f]{64}$")],
) -> Response:
    """The document really says so: the finding is settled and stays in the history."""
    document = desk_view.document_of(site, sha256)
    allowed(account, document)
    _open_finding(site, document, fingerprint)
    with site.warehouse.write() as connection:
        findings.accept(connection, fingerprint, account.name, "văn bản ghi đúng như vậy")
        who = security.actor(request, account)
        audit.record(connection, who, "finding.accept", f"{sha256}/{subject}", finding=fingerprint)
    return onward(request, site, account, document)


class Assigned(BaseModel):
    """Which cell a row or value belongs to; ``fingerprint`` is the finding's of a row nobody claimed."""

    to: str = Field(max_length=120)
    typed: str = Field("", max_length=60)
    fingerprint: str = Field("", max_length=64)
    remember: str = Field("", max_length=4)


@router.post("/documents/{sha256}/cells/{subject}/assign")
def assign(
    request: Request,
    site: TheSite,
    account: security.Editor,
    sha256: Sha256,
    subject: Subject,
    form: Annotated[Assigned, Form()],
) -> Response:
    """Gives a row nobody claimed, or a value that stands under the wrong row, to another cell."""
    document = desk_view.document_of(site, sha256)
    allowed(account, document)
    to, fingerprint = form.to, form.fingerprint
    value = parse_count(form.typed).value
    if number_key_of(to) is None or value is None:
        return draw(request, site, account, sha256, subject, 422, said="assign_unclear")
    place, wording = _value_place(site, document, subject), ""
    if fingerprint:
        place, wording = _claimed_row(site, document, fingerprint)
    made = [_given(account, document, to, value, place)]
    if not fingerprint:
        made.append(_emptied(account, document, subject))

    def settled(connection: Any) -> None:
        if fingerprint:
            findings.accept(connection, fingerprint, account.name, f"đã gán vào {to}")
        if fingerprint and form.remember and wording:
            recognised.record(connection, _wording(document, account, to, wording))

    address = security.deciding(request)
    try:
        # Only into a cell that holds nothing.
        site.desk.commit_all(document.campaign or "", made, "", address=address, also=settled)
    except DecisionConflict:
        return draw(request, site, account, sha256, subject, 409, said="assign_taken")
    return onward(request, site, account, document)


def _given(
    account: Account, document: DocumentRow, to: str, value: int, place: Anchor | None
) -> Decision:
    """The value for the cell it belongs to."""
    return Decision(
        document.sha256,
        to,
        Action.CORRECT,
        account.name,
        "gán lại hàng",
        f"{account.id}-{secrets.token_urlsafe(12)}",
        value=str(value),
        place=place,
    )


def _value_place(site: Site, document: DocumentRow, subject: str) -> Anchor | None:
    """Where the value of a cell stands on the page."""
    key = number_key_of(subject)
    with site.desk.standing(document.campaign or "") as held:
        value = held.values.get(document.sha256, {}).get(key) if key else None
    return value.where if value is not None else None


def _emptied(account: Account, document: DocumentRow, subject: str) -> Decision:
    """Declares a cell blank whose value stood under the wrong row."""
    return Decision(
        document.sha256,
        subject,
        Action.SET_STATUS,
        account.name,
        "số này thuộc hàng khác",
        f"{account.id}-{secrets.token_urlsafe(12)}",
        status=ValueStatus.BLANK,
    )


def _claimed_row(site: Site, document: DocumentRow, fingerprint: str) -> tuple[Anchor | None, str]:
    """Where a row nobody claimed stands, and its wording. Raises NotFound for what is about no such row."""
    finding = _open_finding(site, document, fingerprint).finding
    if finding.rule not in desk_view.ASSIGNABLE:
        raise NotFound(name=fingerprint[:12])
    quoted = _QUOTED.search(finding.message)
    return (finding.where[0] if finding.where else None), quoted[1] if quoted else ""


def _open_finding(site: Site, document: DocumentRow, fingerprint: str) -> standing.OpenFinding:
    """The finding, if it is open and about this document. Raises NotFound."""
    open_now = site.desk.findings(document.campaign or "", document.sha256)
    found = next((f for f in open_now if f.fingerprint == fingerprint), None)
    if found is None:
        raise NotFound(name=fingerprint[:12])
    return found


def _wording(document: DocumentRow, account: Account, to: str, wording: str) -> Recognised:
    indicator, _, measure = to.rpartition(".")
    return Recognised(
        document.campaign or "",
        "alias",
        wording,
        indicator,
        measure,
        document.sha256,
        account.name,
        dt.datetime.now(dt.UTC),
    )


@router.get("/desk/{sha256}")
def desk(sha256: Sha256, account: security.Desk) -> Response:  # noqa: ARG001
    """The desk of one report."""
    return RedirectResponse(desk_links.desk(sha256), 303)
