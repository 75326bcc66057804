"""What a person does at the desk becomes decisions: one way in for numbers and fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reconcile.desk import number_key_of
from reconcile.preview import Understood, understand
from review import field_texts, issuers, unit_wordings
from review.field_texts import Said
from review.site import Site
from schemas.account import Account
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.document import Anchor
from schemas.effective import ValueStatus
from schemas.registry_index import admin_units
from schemas.report_json import anchor_from
from warehouse import effort, queries, recognised_units
from warehouse.effort import Effort
from warehouse.queries import DocumentRow
from warehouse.recognised_units import RecognisedUnit


def _(message: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return message


_WHICH_UNIT = _("Chưa rõ đơn vị nào. Gõ thêm vài chữ rồi chọn trong danh sách.")
WRONG_READING, AS_READ = "đọc sai", "đúng như văn bản"


@dataclass(frozen=True, slots=True)
class Posted:
    """What came with one press of Enter. ``base`` is the value the person saw."""

    typed: str
    base: str
    request: str
    status: ValueStatus | None = None
    raw: str = ""
    place: Anchor | None = None
    active_ms: int = 0
    keystrokes: int = 0
    suggestion: str = ""
    note: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Why nothing was committed: what is unclear about a number, or told of a field."""

    understood: Understood | None = None
    said: Said | None = None


def place_of(data: object) -> Anchor | None:
    """A box drawn on a page, as the browser sends it; None for anything else."""
    if not isinstance(data, dict) or not isinstance(data.get("page"), int):
        return None
    box = data.get("bbox")
    if not isinstance(box, list) or len(box) != 4:
        return None
    if not all(isinstance(v, int | float) and 0 <= v < 20000 for v in box):
        return None
    return anchor_from({"page": data["page"], "bbox": [float(v) for v in box]})


def commit(
    site: Site, account: Account, document: DocumentRow, subject: str, posted: Posted
) -> Question | None:
    """Decides ``subject`` as typed; a question where that is not clear.

    Raises DecisionConflict where another person decided meanwhile, UnknownCell, NotFound.
    """
    if number_key_of(subject) is not None:
        return _commit_number(site, account, document, subject, posted)
    return _commit_field(site, account, document, subject, posted)


def _commit_number(
    site: Site, account: Account, document: DocumentRow, subject: str, posted: Posted
) -> Question | None:
    understood = understand(posted.typed, posted.status)
    if understood.status is None:
        return Question(understood)
    value = None if understood.value is None else str(understood.value)
    action = Action.CORRECT
    if understood.status is not ValueStatus.REPORTED:
        action = Action.SET_STATUS
    elif value == posted.base:
        action = Action.CONFIRM
    decision = _decision(account, document, subject, posted, action, value, understood.status)
    _post(site, document, [decision], posted, posted.base)
    return None


def _commit_field(
    site: Site, account: Account, document: DocumentRow, subject: str, posted: Posted
) -> Question | None:
    day = dt.datetime.now(dt.UTC).date()
    if document.campaign is not None:
        day = form(document.campaign).ends_on
    if subject == "header.issuer_unit":
        return _commit_issuer(site, account, document, posted, day)
    try:
        value = field_texts.stated(
            subject, posted.typed, posted.base, admin_units(), site.settings.province, day
        )
    except field_texts.NotUnderstood as error:
        return Question(said=error.said)
    action = Action.CONFIRM if (value or "") == posted.base else Action.CORRECT
    status = ValueStatus.BLANK if value is None else ValueStatus.REPORTED
    if value is None:
        action = Action.SET_STATUS
    decision = _decision(account, document, subject, posted, action, value, status)
    seen = []
    if subject == "commended":
        seen = unit_wordings.learnt(posted.base, value or "", document, account)
    _post(site, document, [decision], posted, posted.base, seen)
    return None


def _commit_issuer(
    site: Site, account: Account, document: DocumentRow, posted: Posted, day: dt.date
) -> Question | None:
    known = issuers.issuers(admin_units(), site.settings.province, day)
    picked = issuers.chosen(known, posted.typed)
    if picked is None:
        return Question(said=Said(_WHICH_UNIT))
    made = [
        _decision(
            account, document, subject, posted, Action.CORRECT, value, ValueStatus.REPORTED, at
        )
        for at, (subject, value) in enumerate(picked.fields().items())
    ]
    with site.warehouse.read() as connection:
        wording = queries.report(connection, document.sha256).header.issuer or ""
    seen = [unit_wordings.named(wording, picked, document, account)]
    _post(site, document, made, posted, posted.base, seen)
    return None


def _decision(
    account: Account,
    document: DocumentRow,
    subject: str,
    posted: Posted,
    action: Action,
    value: str | None,
    status: ValueStatus,
    at: int = 0,
) -> Decision:
    return Decision(
        document.sha256,
        subject,
        action,
        account.name,
        AS_READ if action is Action.CONFIRM else WRONG_READING,
        f"{posted.request}-{at}" if at else posted.request,
        value=value,
        status=status,
        base_value=posted.base or None,
        base_raw=posted.raw or None,
        note=posted.note,
        place=posted.place,
    )


def _post(
    site: Site,
    document: DocumentRow,
    made: Sequence[Decision],
    posted: Posted,
    base: str | None,
    seen: Sequence[RecognisedUnit] = (),
) -> None:
    """All of ``made``, what they cost the person and which names they explain, in one transaction."""
    cost = _cost(document, made[0].subject, made[0].actor, posted)

    def also(connection: Any) -> None:
        effort.record(connection, cost)
        for one in seen:
            recognised_units.record(connection, one)

    site.desk.commit_all(
        document.campaign or "",
        made,
        base,
        address=posted.address,
        also=also,
    )


def _cost(document: DocumentRow, subject: str, actor: str, posted: Posted) -> Effort:
    return Effort(
        posted.request,
        document.sha256,
        subject,
        actor,
        dt.datetime.now(dt.UTC),
        min(posted.active_ms, 3_600_000),
        min(posted.keystrokes, 100_000),
        posted.suggestion,
    )
