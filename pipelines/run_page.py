"""What Prefect's page of a run says: one summary and one table, never one entry a document."""

from __future__ import annotations

from pipelines.outcome import Outcome
from schemas.settings import Settings
from warehouse.morning import Standing


def summary(settings: Settings, outcome: Outcome, standing: list[Standing]) -> str:
    """The run as Markdown: what came, what failed and why, reporting rate, findings, links."""
    c = outcome.counters()
    lines = [
        f"# Lượt chạy {outcome.started_at:%Y-%m-%d %H:%M} UTC",
        "",
        f"**{c['taken']}** tệp mới trong {c['seen']} tệp ở các nguồn; **{c['loaded']}** đã nạp, "
        f"**{c['failed_files']}** chưa dùng được, {c['waiting']} còn đang ghi.",
        "",
        "| nguồn | thấy | đã biết | mới | còn ghi | từ chối | lỗi |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in outcome.collected:
        lines.append(
            f"| {_cell(one.source)} | {one.seen} | {one.known} | {one.taken} | {one.waiting} "
            f"| {len(one.refused)} | {_cell(one.error or str(len(one.failed)))} |"
        )
    lines += ["", "| đợt | đã báo cáo | tỉ lệ | cần xem lại | lỗi | cảnh báo |"]
    lines.append("|---|---|---|---|---|---|")
    for s in standing:
        rate = f"{s.rate:.0%}" if s.rate is not None else "–"
        lines.append(
            f"| {_linked(settings, s.campaign)} | {s.came} | {rate} "
            f"| {s.to_review} | {s.errors} | {s.warnings} |"
        )
    lines += ["", f"Phát hiện: {c['findings_opened']} mới, {c['findings_closed']} đã hết."]
    lines += [f"- **{step}**: {_cell(told)}" for step, told in outcome.errors]
    if settings.review.public_url:
        lines += ["", f"[Mở trang duyệt số liệu]({settings.review.public_url})"]
    return "\n".join(lines)


def rejected(outcome: Outcome) -> list[dict[str, str]]:
    """One row for each file that could not be used."""
    return [{"file": n, "code": code, "why": told} for n, code, told in outcome.failures]


def _linked(settings: Settings, campaign: str) -> str:
    base = settings.review.public_url.rstrip("/")
    return f"[{campaign}]({base}/?campaign={campaign})" if base else campaign


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
