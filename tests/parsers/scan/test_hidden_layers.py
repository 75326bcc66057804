"""PDFs whose pages are pictures with a text layer behind them: garbage, true, or lying in figures."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from parsers.readers.pdf_layer import is_hidden_layer
from pipelines.understand import understand
from schemas.document import Reading
from schemas.report import Report
from tools.make_scans import Spoiling, spoil_pdf
from tools.scan_layers import FONT, layered

SOURCE = Path("samples/real/b_report.pdf")
ANNEX = 5  # from 0: the page with the table


@pytest.fixture(scope="module")
def annex(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The annex alone, as a digital PDF."""
    if not FONT.is_file():
        pytest.skip("fonts-liberation2")
    folder = tmp_path_factory.mktemp("annex")
    made = pdfium.PdfDocument.new()
    with pdfium.PdfDocument(SOURCE) as opened:
        made.import_pages(opened, [ANNEX])
        made.save(str(folder / "annex.pdf"))
    return folder / "annex.pdf"


def _read(annex: Path, name: str, spelled: object) -> Report:
    pages = spoil_pdf(annex, Spoiling(seed=5, skew=0.0, noise=4))
    path = annex.with_name(name)
    layered(annex, pages, path, spelled)  # type: ignore[arg-type]
    return understand(path, path.name, "33", "llw-2021")


def test_a_digital_page_has_no_hidden_layer(annex: Path) -> None:
    with pdfium.PdfDocument(annex) as opened:
        assert not is_hidden_layer(opened[0])


def test_a_layer_that_lies_in_one_figure_is_found_out(annex: Path) -> None:
    report = _read(annex, "lying.pdf", lambda word: re.sub("^165000$", "185000", word))
    assert report.reading is Reading.OCR
    said = {f"{o.indicator}.{o.measure}": o for o in report.observations}
    one = said["opening.institutions.people"]
    assert (one.value, one.needs_review) == (165000, True)
    flagged = {key for key, o in said.items() if o.needs_review}
    assert flagged == {"opening.institutions.people"}
    assert any("185000" in f.message for f in report.findings)


def test_a_layer_of_another_language_is_not_read(annex: Path) -> None:
    report = _read(annex, "garbage.pdf", lambda word: "HoAxA()I"[: len(word)])
    values = {o.value for o in report.observations}
    assert {165000, 19600, 1230} <= values
    assert not any("HoAx" in f.message for f in report.findings)
