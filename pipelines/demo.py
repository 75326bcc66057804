"""``make run``: samples in, the province's table out, and where to look next."""

from __future__ import annotations

import sys

from pipelines import steps
from pipelines.console import say
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
            for f in findings:
                if f not in missing:
                    say(f"  {f['severity']}: {f['document_name']}: {f['message']}")
            say(f"  {len(missing)} đơn vị chưa báo cáo.")
            say(f"Bảng của tỉnh: {out / f'phu-luc-{campaign}.xlsx'} (và .docx)")
            say(f"Dự thảo báo cáo: {out / f'bao-cao-{campaign}-du-thao.docx'}")
            say(f"Tổng quan:     {out / f'tong-quan-{campaign}.html'}")
    say(f"Cho người phân tích: {out / 'tonghop.duckdb'}, {out / 'parquet'}, {out / 'tonghop.xlsx'}")
    say("Xem và sửa số liệu trên trình duyệt: make review")
    say("Vẽ trang của từng văn bản (đặt TONGHOP_PICTURES=false để bỏ qua) …")
    steps.draw(settings, warehouse, say)


if __name__ == "__main__":
    main(sys.argv[1])
