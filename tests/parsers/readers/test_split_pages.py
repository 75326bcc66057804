"""Two letters in one file, whatever the page they meet on: none loses a line to the other."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import docx
import numpy as np
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from PIL import Image

from parsers.read import read
from parsers.readers import office
from parsers.readers.split import split
from parsers.sniff import DOCX, PDF, TIFF
from pipelines.understand import understand_document
from schemas.document import Anchor
from schemas.report import Report

WEEK = Path("samples/week-2021")


def understood(path: Path) -> Report:
    return understand_document(read(path), "33")


def starts(report: Report) -> tuple[Anchor, ...]:
    (found,) = [f for f in report.findings if f.rule == "several_documents"]
    return found.where


def figures(report: Report) -> list[tuple[str, str, int]]:
    return sorted((o.indicator, o.measure, o.value) for o in report.observations)


def run_together(target: Path, *, table: bool = True) -> Path:
    """Two letters in one Word file, the second where the first ends."""
    first = docx.Document(str(WEEK / "01-323.docx"))
    second = docx.Document(str(WEEK / "03-326.docx"))
    body = first.element.body
    for child in list(second.element.body):
        if child.tag != qn("w:sectPr"):
            body.insert(len(body) - 1, deepcopy(child))
    if not table:
        letterhead = first.tables[3]
        lines = [c.text.split("\n") for c in letterhead.rows[0].cells]
        for text in [*lines[0][:2], *lines[1], lines[0][2]]:
            made = first.add_paragraph(text)
            letterhead._element.addprevious(made._element)
        letterhead._element.getparent().remove(letterhead._element)
    for broken in body.iter(qn("w:pageBreakBefore"), qn("w:lastRenderedPageBreak")):
        broken.getparent().remove(broken)
    first.save(str(target))
    return target


def test_a_pdf_is_cut_in_the_middle_of_a_page(tmp_path: Path) -> None:
    word = run_together(tmp_path / "two.docx")
    path = office.convert(word, office.PDF_FILTER, tmp_path, "two.pdf")
    whole = understood(path)
    one, two = starts(whole)
    assert two.box is not None
    assert two.box[1] > 200, "the second letter must begin inside a page"
    assert one.page is not None
    parts = split(path, PDF, (one, two), tmp_path, "two.pdf")
    assert len(parts) == 2
    for part, source in zip(parts, ("01-323.docx", "03-326.docx"), strict=True):
        wanted, found = understood(WEEK / source), understood(part)
        assert found.header == wanted.header
        assert found.annex == wanted.annex
        assert figures(found) == figures(wanted)
        assert not [f for f in found.findings if f.rule == "several_documents"]


def test_both_may_begin_on_one_page(tmp_path: Path) -> None:
    """Each gets its own part of the page, and between them nothing is lost or read twice."""
    path = tmp_path / "page.pdf"
    made = pdfium.PdfDocument.new()
    made.import_pages(pdfium.PdfDocument(str(WEEK / "02-325.pdf")), [0])
    made.save(str(path))
    whole = list(read(path).paragraphs())
    middle = next(p for p in whole if p.text.startswith("5. "))
    parts = split(path, PDF, (whole[1].anchor, middle.anchor), tmp_path, "page.pdf")
    upper, lower = ([p.text for p in read(part).paragraphs()] for part in parts)
    assert [*upper, *lower] == [p.text for p in whole]
    assert lower[0] == middle.text


def test_agency_lines_above_the_motto_go_with_their_letter(tmp_path: Path) -> None:
    path = run_together(tmp_path / "two.docx", table=False)
    parts = split(path, DOCX, starts(understood(path)), tmp_path, "two.docx")
    first, second = (understood(part) for part in parts)
    assert (first.header.issuer_unit, second.header.issuer_unit) == ("323", "326")
    last = list(read(parts[0]).paragraphs())[-1]
    assert "UBND" not in last.text


def scanned(name: str, dpi: int = 150) -> Image.Image:
    with pdfium.PdfDocument(str(WEEK / name)) as opened:
        return opened[0].render(scale=dpi / 72).to_pil().convert("L")


@pytest.mark.usefixtures("_recogniser")
def test_a_tiff_is_cut_between_its_pages(tmp_path: Path) -> None:
    pages = [scanned("02-325.pdf"), scanned("04-327.pdf")]
    path = tmp_path / "two.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(150, 150))
    parts = split(path, TIFF, starts(understood(path)), tmp_path, "two.tif")
    assert len(parts) == 2
    for part, page in zip(parts, pages, strict=True):
        with Image.open(part) as cut:
            assert cut.n_frames == 1
            assert float(cut.info["dpi"][0]) == pytest.approx(150)
            assert np.array_equal(np.array(cut), np.array(page))


@pytest.mark.usefixtures("_recogniser")
def test_a_letter_that_begins_inside_a_picture_is_told_and_nothing_is_cut(tmp_path: Path) -> None:
    one, two = scanned("02-325.pdf"), scanned("04-327.pdf")
    half = one.height // 2
    page = Image.new("L", one.size, 255)
    page.paste(one.crop((0, 0, one.width, half)), (0, 0))
    page.paste(two.crop((0, 0, one.width, half)), (0, half))
    page.save(tmp_path / "two.tif", dpi=(150, 150))
    page.save(tmp_path / "two.pdf", resolution=150)
    found = starts(understood(tmp_path / "two.tif"))
    assert len(found) == 2
    assert split(tmp_path / "two.tif", TIFF, found, tmp_path, "two.tif") == []
    assert split(tmp_path / "two.pdf", PDF, found, tmp_path, "two.pdf") == []


@pytest.mark.parametrize("mode", ["1", "RGB"])
def test_bilevel_and_colour_frames_keep_every_pixel(tmp_path: Path, mode: str) -> None:
    pages = [scanned(n, 100).convert(mode) for n in ("02-325.pdf", "04-327.pdf", "06-329.pdf")]
    path = tmp_path / "three.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(100, 100))
    head = (300.0, 50.0, 540.0, 64.0)
    found = [Anchor(page=1, box=head), Anchor(page=3, box=head)]
    parts = split(path, TIFF, found, tmp_path, "three.tif")
    with Image.open(parts[0]) as first, Image.open(parts[1]) as second:
        assert (first.n_frames, second.n_frames) == (2, 1)
        assert np.array_equal(np.array(second), np.array(pages[2]))


@pytest.mark.usefixtures("_recogniser")
def test_figures_of_letters_that_cannot_be_cut_apart_are_each_to_be_reviewed(
    tmp_path: Path,
) -> None:
    """On a scan no one can tell by machine whose row is whose: no figure passes unseen."""
    word = run_together(tmp_path / "two.docx")
    drawn = office.convert(word, office.PDF_FILTER, tmp_path, "drawn.pdf")
    with pdfium.PdfDocument(str(drawn)) as opened:
        pages = [page.render(scale=150 / 72).to_pil().convert("L") for page in opened]
    path = tmp_path / "two.pdf"
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
    report = understood(path)
    assert split(path, PDF, starts(report), tmp_path, "two.pdf") == []
    assert len(report.observations) > 10
    assert all(one.needs_review for one in report.observations)
