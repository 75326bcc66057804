"""Two letters in one file become two reports; the same file always gives the same two."""

from __future__ import annotations

import time
from copy import deepcopy
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn

from parsers.read import read, sha256_of
from parsers.readers.split import split
from pipelines import steps
from pipelines.understand import understand_document
from schemas.settings import Settings
from warehouse import queries

WEEK = Path("samples/week-2021")


def joined_word(target: Path) -> Path:
    first = docx.Document(str(WEEK / "01-323.docx"))
    second = docx.Document(str(WEEK / "03-326.docx"))
    body = first.element.body
    for child in second.element.body:
        if child.tag != qn("w:sectPr"):
            body.insert(len(body) - 1, deepcopy(child))
    first.save(str(target))
    return target


def joined_pdf(target: Path) -> Path:
    made = pdfium.PdfDocument.new()
    for name in ("02-325.pdf", "04-327.pdf"):
        made.import_pages(pdfium.PdfDocument(str(WEEK / name)))
    made.save(str(target))
    return target


def cells(settings: Settings, unit: str) -> list[tuple[str, str, int | None]]:
    warehouse = steps.warehouse_of(settings)
    with warehouse.read() as connection:
        values = queries.effective_values(connection, "llw-2021")
    warehouse.dispose()
    return sorted((v.indicator, v.measure, v.value) for v in values if v.unit_code == unit)


@pytest.mark.parametrize(
    ("make", "sources"),
    [(joined_word, ("01-323.docx", "03-326.docx")), (joined_pdf, ("02-325.pdf", "04-327.pdf"))],
)
def test_each_letter_is_a_report(tmp_path: Path, make: object, sources: tuple[str, str]) -> None:
    path = make(tmp_path / f"hai{Path(sources[0]).suffix}")  # type: ignore[operator]
    settings = Settings(home=tmp_path / "home", workers=1)
    warehouse = steps.warehouse_of(settings)
    steps.ingest(settings, warehouse, [str(path)], lambda _: None)
    with warehouse.read() as connection:
        names = {d.name: d.current for d in queries.documents(connection)}
    warehouse.dispose()
    assert names == {path.name: False, f"{path.name}#1": True, f"{path.name}#2": True}
    for name in sources:
        wanted = understand_document(read(WEEK / name), "33")
        unit = wanted.header.issuer_unit or ""
        assert cells(settings, unit) == sorted(
            (o.indicator, o.measure, o.value) for o in wanted.observations
        )


def test_the_same_letters_every_time(tmp_path: Path) -> None:
    for make, suffix in ((joined_word, ".docx"), (joined_pdf, ".pdf")):
        path = make(tmp_path / f"two{suffix}")
        document = read(path)
        report = understand_document(document, "33")
        (finding,) = [f for f in report.findings if f.rule == "several_documents"]
        hashes = []
        for folder in (tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"):
            folder.mkdir()
            time.sleep(1.05 * bool(hashes))  # the hour of writing is no part of a letter
            parts = split(path, document.source.media_type, finding.where, folder, path.name)
            hashes.append([sha256_of(part) for part in parts])
        assert hashes[0] == hashes[1]
        assert len(hashes[0]) == 2
