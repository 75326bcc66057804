"""Fix once, offer everywhere, for names of units: who issued a report, and who was commended."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from review import issuers
from review.issuers import Issuer
from review.site import Site
from schemas.account import Account
from schemas.catalog import form
from schemas.decision import Action, Decision
from schemas.effective import ValueStatus
from schemas.fields import stated
from schemas.registry_index import admin_units
from schemas.text import words
from warehouse import queries, recognised_units
from warehouse.queries import DocumentRow
from warehouse.recognised_units import RecognisedUnit


@dataclass(frozen=True, slots=True)
class UnitOffer:
    """A document that words a unit as one which a person recognised elsewhere.

    ``decided`` holds the fields that taking the offer decides, ``base`` what the first holds now.
    """

    document: DocumentRow
    known: RecognisedUnit
    subject: str
    base: str
    decided: Mapping[str, str]

    @property
    def token(self) -> str:
        """What a ticked box sends."""
        return f"{self.document.sha256}:{self.subject}"


def named(wording: str, picked: Issuer, document: DocumentRow, account: Account) -> RecognisedUnit:
    """That ``wording`` means the issuer picked."""
    return _recognised(wording, picked.code, picked.level.value, picked.name, document, account)


def learnt(
    before: str, after: str, document: DocumentRow, account: Account
) -> list[RecognisedUnit]:
    """Which wordings a corrected list of commended units explains: the line that was no unit of the
    registry and now is one. Nothing where lines were added or taken away."""
    old, new = json.loads(before or "[]"), json.loads(after or "[]")
    if len(old) != len(new):
        return []
    return [
        _recognised(was["name"], row["unit"], row["kind"], row["name"], document, account)
        for was, row in zip(old, new, strict=True)
        if row.get("unit") and not was.get("unit") and words(was["name"]) != words(row["name"])
    ]


def _recognised(
    text: str, code: str, kind: str, name: str, document: DocumentRow, account: Account
) -> RecognisedUnit:
    now = dt.datetime.now(dt.UTC)
    return RecognisedUnit(text, code, kind, name, document.sha256, account.name, now)


def offers(
    site: Site, account: Account, campaign: str, known: Mapping[str, RecognisedUnit]
) -> list[UnitOffer]:
    """Every document of ``campaign`` that this person may decide and that words a unit so."""
    if not known:
        return []
    with site.warehouse.read() as connection:
        documents = {d.sha256: d for d in queries.documents(connection, campaign)}
        found = [*_issued(connection, site, campaign, documents, known)]
        for sha256 in recognised_units.commending(connection, campaign, set(known)):
            report = queries.stated_report(connection, sha256)
            found += _commended(documents[sha256], stated(report, "commended"), known)
    return [o for o in found if account.may_touch(o.document.unit_code)]


def _issued(
    connection: Any,
    site: Site,
    campaign: str,
    documents: Mapping[str, DocumentRow],
    known: Mapping[str, RecognisedUnit],
) -> Iterator[UnitOffer]:
    """Reports that are not counted because their issuer was not understood."""
    units = issuers.issuers(admin_units(), site.settings.province, form(campaign).ends_on)
    by_code = {u.code: u for u in units}
    for document in documents.values():
        hit = known.get(words(document.unit_name or ""))
        picked = by_code.get(hit.code) if hit is not None else None
        if document.channel is None and hit is not None and picked is not None:
            report = queries.stated_report(connection, document.sha256)
            base = stated(report, "header.issuer_unit") or ""
            yield UnitOffer(document, hit, "header.issuer_unit", base, picked.fields())


def _commended(
    document: DocumentRow, now: str | None, known: Mapping[str, RecognisedUnit]
) -> Iterator[UnitOffer]:
    rows: list[dict[str, Any]] = json.loads(now or "[]")
    hits = [known.get(words(r["name"])) if not r.get("unit") else None for r in rows]
    first = next((h for h in hits if h is not None), None)
    if first is None:
        return
    new = [
        {**r, "name": h.name, "kind": h.kind, "unit": h.code} if h is not None else r
        for r, h in zip(rows, hits, strict=True)
    ]
    decided = {"commended": json.dumps(new, ensure_ascii=False)}
    yield UnitOffer(document, first, "commended", now or "", decided)


def take(site: Site, account: Account, campaign: str, offer: UnitOffer, address: str) -> None:
    """Decides as offered, in one transaction. Raises DecisionConflict where somebody was quicker."""
    site.desk.commit_all(campaign, _decisions(account, offer), offer.base, address=address)


def _decisions(account: Account, offer: UnitOffer) -> Sequence[Decision]:
    return [
        Decision(
            offer.document.sha256,
            subject,
            Action.CORRECT,
            account.name,
            f"cách gọi đã nhận ra: {offer.known.text}"[:200],
            f"{account.id}-{secrets.token_urlsafe(12)}",
            value=value,
            status=ValueStatus.REPORTED,
        )
        for subject, value in offer.decided.items()
    ]
