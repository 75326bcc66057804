"""A letter and its annex sent as two files are one report, whichever comes first."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from pipelines.extracting import extract_files
from pipelines.understand import understand
from reconcile.run import reconcile
from schemas.catalog import form
from schemas.registry_index import admin_units
from schemas.report import Report, RevisionKind
from tests.warehouse.hand import CAMPAIGN, load
from warehouse import queries
from warehouse.engine import Warehouse, open_warehouse

WHOLE = Path("samples/week-2021/01-323.docx")
NUMBER = "112/BC-PGDĐT"


def halves(folder: Path, instead: dict[str, str] | None = None) -> tuple[Path, Path]:
    """The sample's letter and its annex, each as a file; ``instead`` replaces texts of the annex."""
    letter, annex = docx.Document(str(WHOLE)), docx.Document(str(WHOLE))
    for made, keep_annex in ((letter, False), (annex, True)):
        parts = [part for part in made.element.body if part.tag != qn("w:sectPr")]
        tables = [at for at, part in enumerate(parts) if part.tag == qn("w:tbl")]
        for at, part in enumerate(parts):
            if (at > tables[-2]) is not keep_annex:
                made.element.body.remove(part)
    for node in annex.element.body.iter(qn("w:t")):
        for old, new in (instead or {}).items():
            node.text = (node.text or "").replace(old, new)
    paths = folder / "bao-cao.docx", folder / "phu-luc.docx"
    letter.save(str(paths[0]))
    annex.save(str(paths[1]))
    return paths


def read(path: Path) -> Report:
    return understand(path, path.name, "33")


def figures(report: Report) -> dict[tuple[str, str], int]:
    return {one.key: one.value for one in report.observations}


def table(warehouse: Warehouse) -> dict[tuple[str, str], int]:
    with warehouse.read() as connection:
        rows = queries.province_table(connection, CAMPAIGN, "33")
    return {
        (row["indicator"], row["measure"]): row["value"]
        for row in rows
        if row["value"] is not None and row["indicator"] != "training"
    }


def rules(warehouse: Warehouse) -> set[str]:
    return {str(rule) for rule in reconcile(warehouse, form(CAMPAIGN), admin_units(), "33").by_rule}


def test_an_annex_alone_says_whose_it_is(tmp_path: Path) -> None:
    letter, annex = (read(path) for path in halves(tmp_path))
    assert (letter.header.number, letter.observations) == (NUMBER, ())
    assert (annex.header.number, annex.header.issuer_unit) == (None, "323")
    assert annex.revises is not None
    assert (annex.revises.kind, annex.revises.number) == (RevisionKind.SUPPLEMENTS, NUMBER)
    assert figures(annex) == figures(read(WHOLE))


@pytest.mark.parametrize(
    ("whose", "unit", "issuer"),
    [
        ("Phòng GD&ĐT huyện Văn Lâm", "325", "Phòng GD&ĐT huyện Văn Lâm"),
        ("huyện Khoái Châu", "330", "huyện Khoái Châu"),
        ("Trường THPT Văn Giang", None, "Trường THPT Văn Giang"),
    ],
)
def test_whose_an_annex_is(tmp_path: Path, whose: str, unit: str | None, issuer: str) -> None:
    _, path = halves(tmp_path, {"thành phố Hưng Yên": whose})
    header = read(path).header
    assert (header.issuer_unit, header.issuer) == (unit, issuer)


@pytest.mark.parametrize("annex_first", [False, True])
def test_both_count_as_one_report(tmp_path: Path, annex_first: bool) -> None:
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")
    parts = [read(path) for path in halves(tmp_path)]
    first, second = reversed(parts) if annex_first else parts
    load(warehouse, first)
    half = rules(warehouse)
    assert ("revised_report_unknown" if annex_first else "nothing_reported") in half
    load(warehouse, second, hours=1)
    whole = rules(warehouse)
    assert not whole & {"revised_report_unknown", "nothing_reported", "replaced_report"}
    expected = {k: v for k, v in figures(read(WHOLE)).items() if k[0] != "training"}
    assert table(warehouse) == expected
    with warehouse.read() as connection:
        (row,) = (
            row
            for row in queries.view(connection, "reporting_status", CAMPAIGN)
            if row["unit_code"] == "323"
        )
    assert (row["status"], row["document_number"]) == ("reported", NUMBER)
    warehouse.dispose()


def test_an_annex_of_another_day_is_told(tmp_path: Path) -> None:
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")
    for path in halves(tmp_path, {"08/10/2021": "09/10/2021"}):
        load(warehouse, read(path))
    assert "annex_date_differs" in rules(warehouse)
    warehouse.dispose()


def test_an_archive_of_both_is_one_report(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for half in halves(tmp_path):
            archive.write(half, half.name)
    (report,) = extract_files([path], "33", None, 2)
    assert report.error is None
    assert (report.header.number, report.status.value) == (NUMBER, "ok")
    assert figures(report) == figures(read(WHOLE))
    assert "nothing_reported" not in {f.rule.value for f in report.findings}


def test_an_archive_of_a_letter_and_anothers_annex_is_two(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for half in halves(tmp_path, {"112/BC-PGDĐT": "345/BC-PGDĐT"}):
            archive.write(half, half.name)
    (report,) = extract_files([path], "33", None, 2)
    assert report.error is not None
    assert report.error.code == "several_reports"
