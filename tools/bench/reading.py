"""Reading and understanding one born-digital file against the bare libraries."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.bench.measure import Row, against, peak_megabytes, ratio, seconds

PDF, DOCX = Path("samples/real/b_report.pdf"), Path("samples/real/a_report.docx")
PAGES = 100


def bare_pdfplumber() -> None:
    """Words and tables of every page."""
    import pdfplumber

    with pdfplumber.open(PDF) as opened:
        for page in opened.pages:
            page.extract_words()
            page.extract_tables()
            page.close()


def bare_python_docx() -> None:
    """Opening the file and reading all its text."""
    import docx

    opened = docx.Document(str(DOCX))
    "".join(p.text for p in opened.paragraphs)
    "".join(c.text for t in opened.tables for r in t.rows for c in r.cells)


def understood(path: Path) -> Callable[[], object]:
    """Reading, understanding and judging one file."""
    from pipelines.understand import understand

    return lambda: understand(path, path.name, "33")


def long_pdf(folder: Path) -> Path:
    """The real report over and over, to a hundred pages."""
    import pypdfium2

    source = pypdfium2.PdfDocument(PDF)
    joined = pypdfium2.PdfDocument.new()
    while len(joined) < PAGES:
        joined.import_pages(source, list(range(min(len(source), PAGES - len(joined)))))
    path = folder / "long.pdf"
    joined.save(path)
    return path


def measure_long(path: str) -> None:
    """Prints milliseconds a page and peak megabytes; runs in a process of its own."""
    took = seconds(understood(Path(path)), 1)
    print(took * 1000 / PAGES, peak_megabytes())


def rows() -> list[Row]:
    """The rows of this topic."""
    pdf, plumber = against(understood(PDF), bare_pdfplumber, 5)
    word, python_docx = against(understood(DOCX), bare_python_docx, 15)
    with tempfile.TemporaryDirectory() as folder:
        code = f"from tools.bench.reading import measure_long; measure_long({str(long_pdf(Path(folder)))!r})"
        printed = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
    page, peak = (float(number) for number in printed.stdout.split())
    return [
        ratio(f"PDF of 6 pages ({pdf * 1000:.0f} ms) / bare pdfplumber pass", pdf / plumber, 0.5),
        ratio(
            f"DOCX ({word * 1000:.0f} ms) / python-docx opening and reading", word / python_docx, 3
        ),
        ratio("PDF of 100 pages, milliseconds a page", page, 15),
        ratio("PDF of 100 pages, peak megabytes of the process", peak, 150),
    ]
