"""What officers must know this morning, in Vietnamese: arrived, missing, late, needs you."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.console import masked
from pipelines.loading import Progress
from pipelines.mail import send
from pipelines.outcome import Outcome
from schemas.catalog import forms
from schemas.errors import MailNotSent
from schemas.registry_index import admin_units
from schemas.settings import Settings
from warehouse import morning
from warehouse.engine import Warehouse
from warehouse.morning import Standing
from warehouse.obligations import expected

_SEASON = dt.timedelta(days=120)
"""So long after its deadline a campaign still concerns everybody each morning."""
_SHOWN = 40
_BETWEEN = "\n" + 72 * "=" + "\n\n"


@dataclass(frozen=True, slots=True)
class Digest:
    """One morning's message; ``name`` is the run's, the same however often it is sent."""

    name: str
    day: dt.date
    subject: str
    text: str


def compose(settings: Settings, warehouse: Warehouse, outcome: Outcome) -> Digest:
    """The digest of one run, over every campaign in which something came or is due."""
    local = outcome.started_at.astimezone(ZoneInfo(settings.timezone))
    with warehouse.read() as connection:
        standing = morning.standing(connection, outcome.started_at)
    held = {s.campaign: s for s in standing}
    due = [c for c in forms() if _in_season(settings, c, local.date())]
    standing += [_nobody_yet(settings, c) for c in due if c not in held]
    concerned = [s for s in standing if s.arrived or s.campaign in due]
    arrived = sum(len(s.arrived) for s in standing)
    needs = sum(s.to_review + s.errors for s in concerned)
    bad = outcome.failures + [(n, "source", m) for n, m in outcome.source_errors]
    lines = [f"TỔNG HỢP — {local:%H:%M ngày %d/%m/%Y}", ""]
    lines += _needs_you(settings, outcome, concerned)
    for one in concerned:
        lines += ["", f"== {one.campaign} ==", *_campaign(one)]
    if not concerned and not bad:
        lines.append("Đêm qua không có tệp mới và không có đợt nào đang chờ báo cáo.")
    subject = f"Tổng hợp {local:%d/%m}: {arrived} báo cáo mới, {needs} việc cần xem"
    if bad or outcome.errors:
        subject += f", {len(bad) + len(outcome.errors)} lỗi"
    return Digest(outcome.run_id, local.date(), subject, "\n".join(lines) + "\n")


def _in_season(settings: Settings, campaign: str, day: dt.date) -> bool:
    form = forms()[campaign]
    last = settings.deadlines.get(campaign, form.reporters.deadline)
    return last is not None and form.starts_on <= day <= last + _SEASON


def _nobody_yet(settings: Settings, campaign: str) -> Standing:
    """Before the first report the warehouse does not know of the campaign, its form does."""
    units = expected(forms()[campaign], admin_units(), settings.province)
    return Standing(campaign, (), tuple(sorted(name for _, name, _ in units)), (), 0, 0, 0, 0)


def _needs_you(settings: Settings, outcome: Outcome, concerned: list[Standing]) -> list[str]:
    lines = ["CẦN ANH/CHỊ:"]
    for one in concerned:
        if one.to_review or one.errors:
            lines.append(
                f"- {one.campaign}: {one.to_review} số liệu cần xem lại, {one.errors} lỗi và "
                f"{one.warnings} cảnh báo còn mở."
            )
    lines += [f"- Nguồn «{name}» không lấy được: {told}" for name, told in outcome.source_errors]
    lines += [f"- Bước «{step}» không xong: {told}" for step, told in outcome.errors]
    for name, _, told in outcome.failures[:_SHOWN]:
        lines.append(f"- {told}" if name in told else f"- {name}: {told}")
    if len(outcome.failures) > _SHOWN:
        lines.append(f"- … và {len(outcome.failures) - _SHOWN} tệp nữa chưa dùng được.")
    if len(lines) == 1:
        lines.append("- Không có việc gì.")
    if settings.review.public_url:
        lines.append(f"Mở trang duyệt: {settings.review.public_url}")
    return lines


def _campaign(one: Standing) -> list[str]:
    lines = [f"Đã báo cáo: {one.came}/{one.came + len(one.missing)} đơn vị."]
    lines.append(f"Mới đến ({len(one.arrived)}):")
    lines += _listed([f"{unit or 'chưa rõ đơn vị'}: {name}" for unit, name in one.arrived])
    lines.append(f"Nộp muộn ({len(one.late)}):")
    lines += _listed(list(one.late))
    lines.append(f"Chưa nộp ({len(one.missing)}):")
    return lines + _listed(list(one.missing))


def _listed(rows: list[str]) -> list[str]:
    out = [f"  - {row}" for row in rows[:_SHOWN]]
    return out + ([f"  - … và {len(rows) - _SHOWN} nữa"] if len(rows) > _SHOWN else [])


def deliver(settings: Settings, made: Digest, progress: Progress) -> Path:
    """Writes the digest under ``home/digest``, below those of earlier runs of the day, and mails it
    where a server is set; the file's path."""
    folder = settings.home / "digest"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{made.day}.txt"
    handle, name = tempfile.mkstemp(dir=folder, prefix=".part-")
    earlier = path.read_text("utf-8") + _BETWEEN if path.exists() else ""
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(earlier + masked(f"{made.subject}\n\n{made.text}"))
    Path(name).replace(path)
    if settings.mail is not None and settings.mail.to:
        try:
            send(settings.mail, settings.mail.to, made.subject, made.text, made.name)
        except MailNotSent as error:
            # The file stands; a mail server that is away does not make the night a failed one.
            progress(f"{error.code}: {error.message}")
    return path
