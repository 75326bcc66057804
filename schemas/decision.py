"""What a person decided about one cell of one document: a new record, never an overwrite."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from schemas.document import Anchor
from schemas.effective import ValueStatus


class Action(StrEnum):
    CONFIRM = "confirm"
    CORRECT = "correct"
    SET_STATUS = "set_status"
    DEFER = "defer"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """A statement about the document: "in file ``document_sha256``, this cell reads ``value``".

    It does not depend on any parser version. ``base_value`` and ``base_raw`` are what the person
    saw; ``request_id`` makes posting idempotent; ``undoes`` names the decision taken back.
    ``subject`` is ``indicator.measure`` for a number, else a field as ``schemas.fields`` names it
    (``header.number``, ``narrative.results``, ``references`` ...), ``value`` being its text there.
    ``place`` is where the person drew a box, or the row they took the value from.
    """

    document_sha256: str
    subject: str
    action: Action
    actor: str
    reason: str
    request_id: str
    value: str | None = None
    status: ValueStatus = ValueStatus.REPORTED
    base_value: str | None = None
    base_raw: str | None = None
    note: str = ""
    undoes: str | None = None
    decided_at: dt.datetime | None = None
    place: Anchor | None = None
