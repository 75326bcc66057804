"""``make run``: samples in, the province's table out, and where to look next."""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import Any

from pipelines import steps
from pipelines.console import say
from pipelines.province.words import SEVERITY
from schemas.settings import load_settings
from warehouse import queries


def main(folder: str) -> None:
    """Ingests ``folder``, reconciles, publishes, and says what was found."""
    settings = load_settings()
    warehouse = steps.warehouse_of(settings)
    say(f"Đọc báo cáo trong {folder}/ …")
    result = steps.ingest(settings, warehouse, [folder], say)
    say(
        f"{result.seen} tệp: {result.loaded} đã nạp, {result.unchanged} đã có, {len(result.failures)} có lỗi."
    )
    steps.reconcile_all(settings, warehouse)
    out = settings.home / "published"
    steps.publish_all(settings, warehouse, out, None, lambda _: None)
    with warehouse.read() as connection:
        for campaign in queries.campaigns(connection):
            findings = queries.view(connection, "open_findings", campaign)
            missing = [f for f in findings if f["rule"] == "missing_report"]
            say(
                f"\n{campaign}: phát hiện {len(findings) - len(missing)} điều cần xem trong văn bản:"
            )
            for line in told([f for f in findings if f not in missing]):
                say(f"  {line}")
            say(f"  {len(missing)} đơn vị chưa báo cáo.")
            say(f"Bảng của tỉnh: {out / f'phu-luc-{campaign}.xlsx'} (và .docx)")
            say(f"Dự thảo báo cáo: {out / f'bao-cao-{campaign}-du-thao.docx'}")
            say(f"Tổng quan:     {out / f'tong-quan-{campaign}.html'}")
    say(f"Cho người phân tích: {out / 'tonghop.duckdb'}, {out / 'parquet'}, {out / 'tonghop.xlsx'}")
    say("Xem và sửa số liệu trên trình duyệt: make review")
    say("Vẽ trang của từng văn bản (đặt TONGHOP_PICTURES=false để bỏ qua) …")
    steps.draw(settings, warehouse, say)


def told(findings: list[dict[str, Any]]) -> list[str]:
    """A line a finding, in order; a remark that many documents share is told once, with how many."""
    alike: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for at, f in enumerate(findings):
        shared = f["severity"] == "info" and f["indicator"]
        alike[(f["rule"], f["indicator"]) if shared else (at,)].append(f)
    lines = []
    for first, *others in alike.values():
        also = f" (và {len(others)} văn bản khác cũng vậy)" if others else ""
        lines.append(
            f"{SEVERITY[first['severity']]}: {first['document_name']}: {first['message']}{also}"
        )
    return lines


if __name__ == "__main__":
    main(sys.argv[1])
