"""What people read on a terminal."""

from __future__ import annotations

import click

from schemas.report import Report
from warehouse import queries
from warehouse.engine import Warehouse


def print_report(report: Report) -> None:
    """One report: who, what number, values with marks, findings."""
    header = report.header
    click.echo(
        f"{report.source.name}: {report.status.value}, {report.campaign or 'không thuộc đợt nào'}"
    )
    click.echo(
        f"  {header.issuer or '?'} · số {header.number or '?'} · ngày {header.issued_on or '?'}"
    )
    for o in report.observations:
        mark = " (!) cần xem lại" if o.needs_review else ""
        click.echo(f"  {o.indicator}.{o.measure} = {o.value} {o.unit} [{o.raw}]{mark}")
    for f in report.findings:
        click.echo(f"  {f.severity.value}: {f.rule.value}: {f.message}")


def print_status(warehouse: Warehouse, campaign: str | None) -> None:
    """Reporting status, unread files, what waits for a reviewer."""
    with warehouse.read() as connection:
        for one in [campaign] if campaign else queries.campaigns(connection):
            rows = queries.view(connection, "reporting_status", one)
            expected = [r for r in rows if r["status"] != "replaced"]
            received = [r for r in expected if r["status"] != "missing"]
            on_time = sum(r["status"] == "reported" for r in received)
            click.echo(
                f"{one}: {len(received)}/{len(expected)} đơn vị đã báo cáo, {on_time} đúng hạn"
            )
            for row in sorted(rows, key=lambda r: (str(r["channel"]), str(r["unit_code"]))):
                click.echo(
                    f"  {row['status']:<9} {row['unit_name']}  {row['document_number'] or ''}  {row['document_name'] or ''}".rstrip()
                )
            waiting = sum(
                bool(r["needs_review"]) for r in queries.view(connection, "unit_annex", one)
            )
            findings = queries.view(connection, "open_findings", one)
            click.echo(f"  {waiting} số liệu chờ xem lại, {len(findings)} phát hiện còn mở")
        for row in queries.view(connection, "unread_documents"):
            click.echo(
                f"chưa dùng được: {row['document_name']}: {row['error_code']}: {row['error_message']}"
            )
