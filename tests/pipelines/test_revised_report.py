"""A Word file that supplements an earlier report, from its own words to the province's table."""

from __future__ import annotations

from pathlib import Path

import docx

from pipelines.understand import understand
from schemas.report import RevisionKind
from tests.warehouse.hand import load, rolled_up
from warehouse.engine import open_warehouse

FIRST = Path("samples/week-2021/01-323.docx")


def supplement(path: Path, number: str) -> Path:
    """The first report again, under another number and with a sentence of its own."""
    document = docx.Document(str(FIRST))
    report = understand(FIRST, FIRST.name, "33")
    old = report.header.number or ""
    changed = 0
    for cell_or_paragraph in _texts(document):
        for run in cell_or_paragraph.runs:
            if old.split("/", maxsplit=1)[0] in run.text and "/" in cell_or_paragraph.text:
                run.text = run.text.replace(old.split("/", maxsplit=1)[0], number, 1)
                changed += 1
    assert changed
    body = next(p for p in document.paragraphs if p.text.startswith(("Thực hiện", "Căn cứ")))
    body.insert_paragraph_before(
        f"Báo cáo này bổ sung số liệu cho Báo cáo số {old} ngày 08/10/2021 của đơn vị."
    )
    document.save(str(path))
    return path


def _texts(document: docx.document.Document) -> list[docx.text.paragraph.Paragraph]:
    in_tables = [p for t in document.tables for r in t.rows for c in r.cells for p in c.paragraphs]
    return [*document.paragraphs, *in_tables]


def test_a_supplement_lies_upon_the_report_it_names(tmp_path: Path) -> None:
    first = understand(FIRST, FIRST.name, "33")
    later = understand(supplement(tmp_path / "later.docx", "987"), "later.docx", "33")
    assert first.revises is None
    assert later.header.number == "987/BC-PGDĐT"
    assert later.revises is not None
    assert (later.revises.kind, later.revises.number) == (
        RevisionKind.SUPPLEMENTS,
        first.header.number,
    )
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")
    load(warehouse, first)
    before = rolled_up(warehouse)
    load(warehouse, later, hours=1)
    after = rolled_up(warehouse)
    assert {k: v["value"] for k, v in after.items()} == {k: v["value"] for k, v in before.items()}
    warehouse.dispose()
