"""Decisions beside readings that came after them: of the same file, or of the file that took its place."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from schemas.effective import ValueStatus
from schemas.fields import COUNTED, stated
from schemas.report import Report
from schemas.report_json import from_json
from warehouse import clock, tables as t
from warehouse.decided import in_force, is_number


class Verdict(StrEnum):
    """``LEARNED``: the reading says now what was decided. ``CARRIED``: a later file reads as the
    earlier one did. ``CHANGED``: it reads otherwise, and not as decided. ``LOST``: not read."""

    SAME = "same"
    LEARNED = "learned"
    CARRIED = "carried"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Outlived:
    """One decision beside a later reading: what the readings say, before and now, as they spell it.

    ``sha256`` is the document judged now; ``decision`` the row of the decision, which is about
    another document where that one was replaced.
    """

    sha256: str
    unit_code: str | None
    subject: str
    verdict: Verdict
    decision: Any
    before: str | None
    now: str | None

    @property
    def decided(self) -> str | None:
        """The value decided; None where a kind of blank was."""
        return _decided(self.decision)


def read_again(
    connection: Connection, campaign: str, only: Collection[str] | None = None
) -> list[Outlived]:
    """Decisions in force about files that were read again since; of the documents ``only``, or all."""
    d = t.document.c
    query = select(d.sha256, d.unit_code, d.extraction_id).where(d.campaign == campaign)
    if only is not None:
        query = query.where(d.sha256.in_(sorted(only)))
    documents = connection.execute(query).all()
    decided = _decisions(connection, campaign)
    out = []
    for row in documents:
        for subject, decision in in_force(decided.get(row.sha256, [])).items():
            seen = _reading_then(connection, decision)
            if seen is None or seen == row.extraction_id:
                continue
            before = _Read(connection, seen).says(subject)
            now = _Read(connection, row.extraction_id).says(subject)
            verdict = _verdict(before, now, decision, Verdict.SAME)
            out.append(
                Outlived(row.sha256, row.unit_code, subject, verdict, decision, before.raw, now.raw)
            )
    return out


def possible(connection: Connection, sha256: str) -> bool:
    """Whether a decision about the document may stand beside another reading or another file: it was
    read more than once, or a file of its unit took another's place."""
    d, e, older = t.document.c, t.extraction.c, t.document.alias().c
    readings = select(func.count()).select_from(t.extraction).where(e.sha256 == sha256)
    if connection.execute(readings).scalar_one() > 1:
        return True
    replaced = select(older.sha256).where(
        older.campaign == d.campaign, older.unit_code == d.unit_code,
        older.superseded_by.is_not(None), d.sha256 == sha256,
    )  # fmt: skip
    return connection.execute(replaced.limit(1)).first() is not None


def inherited(
    connection: Connection, campaign: str, unit_code: str | None = None
) -> list[Outlived]:
    """Decisions in force about files that another file of the unit took the place of, and that
    nobody decided about for that other file."""
    d = t.document.c
    query = select(d.sha256, d.superseded_by, d.extraction_id).where(
        d.campaign == campaign, d.superseded_by.is_not(None)
    )
    if unit_code is not None:
        query = query.where(d.unit_code == unit_code)
    older = connection.execute(query.order_by(d.issued_on.desc(), d.received_at.desc())).all()
    if not older or not (decided := _decisions(connection, campaign, unit_code)):
        return []
    newest = {
        row.sha256: row
        for row in connection.execute(
            select(d.sha256, d.unit_code, d.extraction_id).where(
                d.sha256.in_({o.superseded_by for o in older})
            )
        )
    }
    out: dict[tuple[str, str], Outlived] = {}
    for row in older:
        if row.sha256 in decided and row.superseded_by in newest:
            for one in _handed_down(connection, row, newest[row.superseded_by], decided):
                out.setdefault((one.sha256, one.subject), one)
    return list(out.values())


def carried(connection: Connection, campaign: str, unit_code: str | None = None) -> list[Any]:
    """Decisions in force that came over from an earlier file of the unit, of one unit or of all."""
    out = []
    for rows in _decisions(connection, campaign, unit_code).values():
        out += [row for row in in_force(rows).values() if row.carried_from is not None]
    return out


def _handed_down(
    connection: Connection, old: Any, new: Any, decided: dict[str, list[Any]]
) -> Iterator[Outlived]:
    settled = {r.subject for r in decided.get(new.sha256, ()) if r.action != "defer"}
    was, now = _Read(connection, old.extraction_id), _Read(connection, new.extraction_id)
    for subject, decision in in_force(decided[old.sha256]).items():
        if subject in settled or subject in COUNTED or subject.startswith("annex."):
            continue
        before, after = was.says(subject), now.says(subject)
        verdict = _verdict(before, after, decision, Verdict.CARRIED)
        yield Outlived(new.sha256, new.unit_code, subject, verdict, decision, before.raw, after.raw)


@dataclass(frozen=True, slots=True)
class _Said:
    raw: str | None
    value: str | None


class _Read:
    """One reading; its report is opened only where a field is asked for."""

    def __init__(self, connection: Connection, extraction_id: int) -> None:
        self._connection = connection
        self._id = extraction_id
        self._report: Report | None = None

    def says(self, subject: str) -> _Said:
        if not is_number(subject):
            text = stated(self._opened(), subject)
            return _Said(text, text)
        indicator, _, measure = subject.rpartition(".")
        o = t.observation.c
        row = self._connection.execute(
            select(o.raw, o.value).where(
                o.extraction_id == self._id, o.indicator == indicator, o.measure == measure
            )
        ).first()
        return _Said(" ".join(row.raw.split()), str(row.value)) if row else _Said(None, None)

    def _opened(self) -> Report:
        if self._report is None:
            e = t.extraction.c
            query = select(e.report).where(e.id == self._id)
            self._report = from_json(json.loads(self._connection.execute(query).scalar_one()))
        return self._report


def _decided(decision: Any) -> str | None:
    reported = decision.status == ValueStatus.REPORTED.value
    return decision.value if reported and decision.value else None


def _verdict(before: _Said, now: _Said, decision: Any, unchanged: Verdict) -> Verdict:
    decided = _decided(decision)
    if now.value == decided:
        return Verdict.SAME if before == now else Verdict.LEARNED
    same = now.raw == before.raw if unchanged is Verdict.CARRIED else now == before
    if same and now.raw is not None:
        return unchanged
    if now.raw is not None:
        return Verdict.CHANGED
    return Verdict.SAME if unchanged is Verdict.SAME and before.raw is None else Verdict.LOST


def _decisions(
    connection: Connection, campaign: str, unit_code: str | None = None
) -> dict[str, list[Any]]:
    k, d = t.decision.c, t.document.c
    query = (
        select(t.decision)
        .join(t.document, d.sha256 == k.sha256)
        .where(d.campaign == campaign)
        .order_by(k.id)
    )
    if unit_code is not None:
        query = query.where(d.unit_code == unit_code)
    out: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        out.setdefault(row.sha256, []).append(row)
    return out


def _reading_then(connection: Connection, decision: Any) -> int | None:
    """The reading that counted when the decision was made."""
    s = t.document_state.c
    moment = clock.utc(decision.recorded_at or decision.decided_at)
    found = connection.execute(
        select(s.extraction_id)
        .where(s.sha256 == decision.sha256, s.recorded_at <= moment)
        .order_by(s.id.desc())
        .limit(1)
    ).scalar()
    return None if found is None else int(found)
