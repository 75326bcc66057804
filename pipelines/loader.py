"""Readings into archive and warehouse: one by one at night, in sets where hundreds wait or where a
machine reads its batch of many."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace

from pipelines.understand import PARSER_VERSION
from schemas.catalog import forms
from schemas.errors import FileTooLarge, ReadingNotStored, WarehouseFull, WarehouseUnavailable
from schemas.registry_index import admin_units
from schemas.report import ErrorNote, Report, Status
from schemas.report_json import to_json
from schemas.settings import Settings
from warehouse.archive import Archive
from warehouse.bulk import Arrived, load_many
from warehouse.engine import Warehouse
from warehouse.load import Receipt

_MANY = 200
SET = 50
"""How many readings go into one transaction where many wait."""
_SECONDS = 2.0


@dataclass(slots=True)
class Ingested:
    """Counters of one run: ``failures`` are (file, code, message), ``read`` SHA-256s."""

    seen: int = 0
    loaded: int = 0
    unchanged: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    campaigns: set[str] = field(default_factory=set)
    read: list[str] = field(default_factory=list)


def set_size(waiting: int) -> int:
    """How many readings are loaded in one transaction where ``waiting`` files are to be read."""
    return SET if waiting >= _MANY else 1


@dataclass(slots=True)
class Loader:
    """Loads each reading that ``add`` is given, ``at_once`` in one transaction.

    A set is loaded when it is full or two seconds old, and by ``flush``, which whoever adds calls
    last. A document is loaded whole or not at all either way; one that makes its set fail gets a
    transaction of its own, and what cannot be stored even so is loaded as a failure: it stops no
    other. What a program that dies had not loaded is read again.
    """

    settings: Settings
    warehouse: Warehouse
    archive: Archive
    result: Ingested
    at_once: int = 1
    _waiting: list[Arrived] = field(default_factory=list)
    _since: float = 0.0

    def add(self, report: Report, receipt: Receipt) -> None:
        """One reading; twice changes nothing."""
        # Of a file too large to be kept the archive holds nothing at all.
        if report.error is None or report.error.code != FileTooLarge.code:
            self.archive.put_stage(
                report.source.sha256,
                f"report-{PARSER_VERSION}.json",
                json.dumps(to_json(report), ensure_ascii=False).encode(),
            )
        if not self._waiting:
            self._since = time.monotonic()
        form = forms().get(report.campaign or "")
        self._waiting.append(Arrived(report, receipt, form, self.settings.province))
        if len(self._waiting) >= self.at_once or time.monotonic() - self._since > _SECONDS:
            self.flush()

    def flush(self) -> None:
        """Loads what waits. Raises WarehouseUnavailable or WarehouseFull."""
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        try:
            self._load(batch)
        except (WarehouseUnavailable, WarehouseFull):
            raise
        except Exception as error:  # each driver raises its own kinds over a value it cannot keep
            if len(batch) > 1:
                for one in batch:
                    self._waiting = [one]
                    self.flush()
            else:
                self._load([_given_up(batch[0], error)])

    def _load(self, batch: list[Arrived]) -> None:
        self.result.loaded += self.warehouse.patiently(
            lambda connection: load_many(connection, batch, PARSER_VERSION, admin_units())
        )
        for one in batch:
            self._note(one.report)

    def _note(self, report: Report) -> None:
        self.result.read.append(report.source.sha256)
        if report.campaign:
            self.result.campaigns.add(report.campaign)
        if report.error is not None:
            self.result.failures.append(
                (report.source.name, report.error.code, report.error.message)
            )


def _given_up(one: Arrived, cause: Exception) -> Arrived:
    """The failure that stands for a reading the database refuses; a failure it takes, or raises."""
    if one.report.status is Status.FAILED:
        raise cause
    error = ReadingNotStored(
        name=one.report.source.name, detail=f"{type(cause).__name__}: {cause}"[:200]
    )
    note = ErrorNote(error.code, error.message)
    return replace(one, report=Report(Status.FAILED, one.report.source, error=note), form=None)
