"""Print that was put into a Word file or a PDF as a picture is read, or it is said that it was not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import numpy as np
import pypdfium2 as pdfium
import pytest
from docx.shared import Cm
from PIL import Image

from parsers.readers import ocr, office
from parsers.readers.pictured import looks_printed
from pipelines.understand import understand
from schemas.report import Report

REAL = Path("samples/real")
ANNEX_PAGE = 5
COUNTED = {
    "training.law_and_science.count": 10,
    "book_drive.books.count": 1800,
    "contests.thematic_sessions.people": 19600,
    "opening.institutions.people": 165000,
}


pytestmark = pytest.mark.usefixtures("_recogniser")


def page(number: int, folder: Path) -> str:
    """Page ``number``, from 0, of the real report as a picture."""
    opened = pdfium.PdfDocument(str(REAL / "b_report.pdf"))
    path = folder / f"page-{number}.png"
    opened[number].render(scale=200 / 72).to_pil().convert("L").save(path)
    opened.close()
    return str(path)


def letter_with(picture: str, folder: Path, width: float = 16) -> Path:
    """The real report, its annex's table taken out and ``picture`` put in its place."""
    made = docx.Document(str(REAL / "a_report.docx"))
    table = next(t for t in made.tables if len(t.rows) > 8)
    holder = made.add_paragraph()
    holder.add_run().add_picture(picture, width=Cm(width))
    table._tbl.addprevious(holder._p)
    table._tbl.getparent().remove(table._tbl)
    path = folder / "pasted.docx"
    made.save(str(path))
    return path


def read(path: Path) -> Report:
    return understand(path, path.name, "33")


def assert_counted(report: Report) -> None:
    found = {f"{o.indicator}.{o.measure}": o for o in report.observations}
    assert {key: found[key].value for key in COUNTED} == COUNTED
    assert all(o.where.page and o.where.box for o in report.observations if o.origin == "annex")


def rules(report: Report) -> set[str]:
    return {finding.rule.value for finding in report.findings}


def test_an_annex_pasted_into_a_word_file_and_printed_from_it(tmp_path: Path) -> None:
    word = letter_with(page(ANNEX_PAGE, tmp_path), tmp_path)
    report = read(word)
    assert_counted(report)
    assert (report.reading.value, report.header.number) == ("mixed", "2005/BC-SGDĐT")
    assert report.source.media_type.endswith("wordprocessingml.document")
    work = tmp_path / "work"
    work.mkdir()
    printed = office.convert(word, office.PDF_FILTER, work, "pasted.pdf")
    assert_counted(read(printed))


def test_scanned_pages_in_a_word_file(tmp_path: Path) -> None:
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(0.5)
    for number in (0, ANNEX_PAGE):
        made.add_paragraph().add_run().add_picture(page(number, tmp_path), width=Cm(19.5))
    path = tmp_path / "scans.docx"
    made.save(str(path))
    report = read(path)
    assert_counted(report)
    assert (report.reading.value, report.header.number) == ("ocr", "2005/BC-SGDĐT")


def test_a_photograph_in_a_report_changes_nothing(tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    noise = np.random.default_rng(7).normal(0, 25, (600, 900))
    shades = np.linspace(30, 220, 900)[None, :] + noise
    Image.fromarray(np.clip(shades, 0, 255).astype(np.uint8)).save(photo)
    made = docx.Document(str(REAL / "a_report.docx"))
    made.add_picture(str(photo), width=Cm(16))
    path = tmp_path / "photo.docx"
    made.save(str(path))
    report = read(path)
    assert report.reading.value == "text"
    assert "picture_unread" not in rules(report)


@pytest.mark.parametrize("missing", ["soffice", "tesseract"])
def test_a_picture_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    word = letter_with(page(ANNEX_PAGE, tmp_path), tmp_path)
    if missing == "soffice":
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        monkeypatch.setattr(ocr, "_PLACES", (str(tmp_path),))
        monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
        ocr._find_data.cache_clear()
    try:
        report = read(word)
    finally:
        ocr._find_data.cache_clear()
    assert "picture_unread" in rules(report)
    assert report.header.number == "2005/BC-SGDĐT"


def gray(**shares: float) -> Any:
    """A picture whose points are paper, ink and middle tones in these shares."""
    tones = {"paper": 235, "ink": 40, "middle": 140}
    parts = [np.full(round(10_000 * share), tones[name]) for name, share in shares.items()]
    return np.concatenate(parts).astype(np.uint8).reshape(100, -1)


@pytest.mark.parametrize(
    ("picture", "printed"),
    [
        (gray(paper=0.95, ink=0.05), True),
        (gray(paper=0.55, ink=0.05, middle=0.4), False),
        (gray(paper=0.6, ink=0.4), False),
        (gray(paper=1.0), False),
        (gray(ink=0.95, paper=0.05), False),
    ],
)
def test_ink_on_paper_is_told_from_photographs(picture: Any, printed: bool) -> None:
    assert looks_printed(picture) is printed
