"""Everything the desk shows of one value: the page, the field, what is known and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reconcile.desk import number_key_of
from reconcile.risk import Item
from reconcile.suggest import Suggestion, suggest
from review.desk_rows import Row, Trust, field_rows, number_rows
from review.pictures import Pictures, Sheet, Spot
from review.site import Site
from schemas.account import Account, Role
from schemas.catalog import form
from schemas.effective import EffectiveValue, ValueStatus
from schemas.errors import NotFound
from schemas.finding import RuleCode
from schemas.form import Form
from schemas.numbers import parse_count
from schemas.registry_index import admin_units
from schemas.report import Report
from warehouse import approvals, claims, queries, report_states, standing
from warehouse.claims import Claim
from warehouse.queries import DocumentRow
from warehouse.report_states import ReportState

_EDITORS = frozenset({Role.REVIEWER, Role.APPROVER})
ASSIGNABLE = frozenset({RuleCode.UNCLAIMED_ROW, RuleCode.AMBIGUOUS_ROW})
"""What is found of one row that may be given to an indicator."""
_LINE, _WHOLE_LINE, _PARAGRAPH = 24.0, 480.0, 260.0
"""Points: how tall one line may be, and how much of a line and of a paragraph a picture shows."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that may be taken with one key, and why it is offered."""

    value: int
    why: str
    subject: str
    repairs: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """What ``desk/screen.html`` draws. ``rows`` is the whole report in order; ``row`` the one open."""

    document: DocumentRow
    campaign: str
    form: Form
    report: Report
    rows: list[Row]
    row: Row
    pictures: Pictures
    state: ReportState
    editable: bool
    claim: Claim | None
    offers: list[Offer] = field(default_factory=list)
    queue: list[Item] = field(default_factory=list)
    finding: standing.OpenFinding | None = None

    @property
    def asked(self) -> list[Row]:
        return [r for r in self.rows if r.asked]

    @property
    def waiting(self) -> int:
        """How many things are still asked in this report."""
        return len(self.queue)

    @property
    def assignable(self) -> bool:
        """Whether the finding is about one row that may be given to an indicator."""
        return self.finding is not None and self.finding.finding.rule in ASSIGNABLE

    @property
    def figure(self) -> str:
        """The figure of the row found, as it is written there; nothing where it has none or words."""
        written_there = self.row.raw.split(",")[0].strip()
        return written_there if parse_count(written_there).value is not None else ""

    @property
    def concerned(self) -> list[Row]:
        """The cells of the indicator that a finding names."""
        named = self.finding.finding.indicator if self.finding is not None else None
        keys = [(r, number_key_of(r.subject)) for r in self.rows]
        return [r for r, key in keys if named is not None and key is not None and key[0] == named]

    @property
    def back(self) -> Row | None:
        return self._beside(-1)

    @property
    def onward(self) -> Row | None:
        return self._beside(1)

    def _beside(self, step: int) -> Row | None:
        at = next((i for i, r in enumerate(self.rows) if r.subject == self.row.subject), None)
        if at is None or not 0 <= at + step < len(self.rows):
            return None
        return self.rows[at + step]

    @property
    def places(self) -> list[tuple[str, Spot]]:
        """Every place the open item's findings compare, lettered."""
        item = self.row.item
        found = [a for f in (item.findings if item else ()) for a in f.finding.where]
        spots = [s for s in (self.pictures.spot(a) for a in dict.fromkeys(found)) if s is not None]
        return [(chr(ord("A") + i), s) for i, s in enumerate(spots[:26])]

    @property
    def crop(self) -> tuple[Sheet, tuple[float, float, float, float]] | None:
        """The page and the part of it around the value: x, y, width, height in points."""
        spot = next(iter(self.row.spots), None) or next((s for _, s in self.places), None)
        sheet = self.pictures.sheet(spot.page) if spot else None
        if spot is None or sheet is None:
            return None
        x0, top, x1, bottom = spot.box
        tall = min(max(bottom - top, 14.0), 90.0)
        most = _PARAGRAPH if tall > _LINE else _WHOLE_LINE
        wide = max(min(x1 - x0, most), tall * 3.2)
        middle = (x0 + min(x1, x0 + most)) / 2
        return sheet, (max(middle - wide / 2 - 8, 0), max(top - 6, 0), wide + 16, tall + 12)


def may_edit(account: Account, document: DocumentRow) -> bool:
    """Whether this person may decide about the document."""
    return account.role in _EDITORS and account.may_touch(document.unit_code)


def document_of(site: Site, sha256: str) -> DocumentRow:
    """The document; NotFound where there is none of a campaign."""
    with site.warehouse.read() as connection:
        found = standing.document(connection, sha256)
    if found is None or found.campaign is None:
        raise NotFound(name=sha256[:12])
    return found


def screen(site: Site, account: Account, sha256: str, subject: str | None) -> Screen:
    """The desk at one subject of a document; None opens what matters most. Raises NotFound."""
    now = dt.datetime.now(dt.UTC)
    with site.warehouse.read() as connection:
        document = standing.document(connection, sha256)
        if document is None or document.campaign is None:
            raise NotFound(name=sha256[:12])
        report = queries.effective_report(connection, sha256)
        approval = approvals.state(connection, sha256).value
        state = report_states.state_of(connection, sha256, now, approval)
        claim = claims.holder(connection, sha256, now)
        decided = standing.deciders(connection, sha256)
        values = {v.key: v for v in standing.values_of(connection, sha256)}
    campaign = document.campaign
    queue = site.desk.items(campaign, sha256)
    items = {i.subject: i for i in queue}
    pictures = site.pictures.of(sha256).turned(report.turned)
    rows = [
        *number_rows(form(campaign), values, items, pictures),
        *field_rows(report, items, decided, pictures),
    ]
    row, finding = _row(rows, queue, subject, pictures)
    shown = Screen(
        document=document,
        campaign=campaign,
        form=form(campaign),
        report=report,
        rows=rows,
        row=row,
        pictures=pictures,
        state=state,
        editable=may_edit(account, document),
        claim=claim if claim is not None and claim.actor != account.name else None,
        queue=queue,
        finding=finding,
    )
    return replace(shown, offers=_offers(shown, values, site.settings.province))


def _row(
    rows: Sequence[Row], queue: Sequence[Item], subject: str | None, pictures: Pictures
) -> tuple[Row, standing.OpenFinding | None]:
    wanted = subject or (queue[0].subject if queue else rows[0].subject)
    found = next((r for r in rows if r.subject == wanted), None)
    if found is not None:
        return found, None
    item = next((i for i in queue if i.subject == wanted), None)
    if item is None or not item.findings:
        raise NotFound(name=wanted[:60])
    return _finding_row(item, pictures), item.findings[0]


def _finding_row(item: Item, pictures: Pictures) -> Row:
    """Something found that is about no cell: a row nobody claimed, for one."""
    finding = item.findings[0].finding
    spots = tuple(s for s in (pictures.spot(a) for a in finding.where) if s is not None)
    return Row(
        item.subject,
        "finding",
        finding.message,
        "",
        "finding",
        "",
        "",
        finding.value or "",
        ValueStatus.BLANK,
        Trust("doubtful", "máy đọc chưa chắc"),
        spots,
        item,
    )


def _offers(
    shown: Screen, values: dict[tuple[str, str], EffectiveValue], province: str
) -> list[Offer]:
    """What the open number may be instead, likeliest first; at most four."""
    key = number_key_of(shown.row.subject)
    if key is None:
        return []
    out: list[Offer] = []
    findings = [f.finding for i in shown.queue for f in i.findings]
    for finding in findings:
        for one in suggest(
            finding, shown.report, shown.form, admin_units(), values=values, province=province
        ):
            out.append(_offer(one))
    for finding in findings:
        mine = (finding.indicator, finding.measure) == key
        if mine and finding.rule is RuleCode.TEXT_DIFFERS_FROM_TABLE and finding.value:
            out.append(Offer(int(finding.value), "lời văn ghi như vậy", shown.row.subject))
    for number in parse_count(shown.row.raw).candidates if shown.row.raw else ():
        out.append(Offer(number, f"nếu «{shown.row.raw}» là số này", shown.row.subject))
    unique = {(o.subject, o.value): o for o in reversed(out)}
    return list(reversed(unique.values()))[:4]


def _offer(one: Suggestion) -> Offer:
    return Offer(one.new, one.message, f"{one.indicator}.{one.measure}", repairs=True)
