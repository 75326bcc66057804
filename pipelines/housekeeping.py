"""What has had its time goes: old runs, details of mails, uploads long since taken."""

from __future__ import annotations

import datetime as dt
import shutil

from pipelines.sources.configured import UPLOAD, inbox
from pipelines.sources.folder import Folder
from schemas.settings import Settings, SourceSettings
from warehouse import ledger, retention
from warehouse.engine import Warehouse


def tidy(settings: Settings, warehouse: Warehouse, now: dt.datetime | None = None) -> None:
    """Applies the settings' retention. Originals, readings and decisions are never touched."""
    at = now or dt.datetime.now(dt.UTC)
    kept = settings.retention
    if kept.runs_days:
        before = at - dt.timedelta(days=kept.runs_days)
        warehouse.patiently(lambda c: retention.forget_runs(c, before))
    if kept.mail_details_days:
        until = at - dt.timedelta(days=kept.mail_details_days)
        warehouse.patiently(lambda c: retention.forget_mail(c, until))
    if kept.uploads_days:
        _forget_uploads(settings, warehouse, at - dt.timedelta(days=kept.uploads_days))


def _forget_uploads(settings: Settings, warehouse: Warehouse, before: dt.datetime) -> None:
    """Removes folders of the inbox whose every file is in the archive; one not taken yet stays."""
    source = inbox(settings)
    if not source.exists():
        return
    with warehouse.read() as connection:
        taken = ledger.settled(connection, UPLOAD)
    for folder in sorted(p for p in source.iterdir() if p.is_dir()):
        if folder.stat().st_mtime >= before.timestamp():
            continue
        files = Folder(SourceSettings(name=UPLOAD, url=str(folder))).items()
        if all(item.key in taken for item in files):
            shutil.rmtree(folder, ignore_errors=True)
