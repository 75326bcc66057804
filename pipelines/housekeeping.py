"""What has had its time goes: old runs, details of mails, uploads long since taken."""

from __future__ import annotations

import datetime as dt

from schemas.settings import Settings
from warehouse import retention
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
