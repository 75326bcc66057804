"""Scanned reports against one plain Tesseract pass over their pages; memory, and two at once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2 as pdfium

from tools.bench.measure import Row, peak_megabytes, ratio
from tools.make_scans import Spoiling, save, spoil_pdf

PDF = Path("samples/real/b_report.pdf")
PAGE, VOTE = 1.25, 2.5
"""Times a plain pass, and processor seconds more for each page with an annex read by vote."""

SCANS = {
    "grey, 200 dpi": Spoiling(seed=1),
    "colour with seals, 200 dpi": Spoiling(seed=2, mode="color", seal="sign,table"),
    "grey, 150 dpi, noisy": Spoiling(seed=3, dpi=150, noise=12, blur=0.6, jpeg=50, skew=1.5),
    "grey, 300 dpi": Spoiling(seed=4, dpi=300),
    "colour with seals, 300 dpi": Spoiling(seed=5, dpi=300, mode="color", seal="sign,table"),
}
FINE = [name for name, how in SCANS.items() if how.dpi == 300]


def plain_pass(path: Path) -> float:
    """Processor seconds of one tesserocr pass over the pages' pictures, model loaded before."""
    from parsers.readers import ocr, scan_source

    pictures = []
    opened = pdfium.PdfDocument(path)
    for page in opened:
        bitmap = scan_source.pdf_bitmap(page)
        gray = bitmap.picture if bitmap.picture.ndim == 2 else bitmap.picture.mean(axis=2)
        pictures.append((gray.astype("uint8"), bitmap.dpi))
    opened.close()
    ocr.read_words(pictures[0][0][:200], pictures[0][1])
    start = time.process_time()
    for picture, dpi in pictures:
        ocr.read_words(picture, dpi)
    return time.process_time() - start


def read(path: Path) -> tuple[float, int]:
    """Processor seconds to read and understand, and how many pages hold ruled tables."""
    from parsers.read import read as read_file
    from pipelines.understand import understand

    start = time.process_time()
    understand(path, path.name, "33")
    taken = time.process_time() - start
    return taken, len({table.anchor.page for table in read_file(path).tables()})


def measure_alone(path: str) -> None:
    """Prints peak megabytes; runs in a process of its own."""
    from pipelines.understand import understand

    understand(Path(path), "scan.pdf", "33")
    print(peak_megabytes())


def alone(path: Path, times: int = 1) -> tuple[float, float]:
    """Wall seconds of ``times`` processes reading ``path`` at once, and the largest's megabytes."""
    code = f"from tools.bench.scans import measure_alone; measure_alone({str(path)!r})"
    start = time.perf_counter()
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(times)
    ]
    peaks = [float(one.communicate()[0]) for one in running]
    return time.perf_counter() - start, max(peaks)


def rows() -> list[Row]:
    """The rows of this topic."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    out: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, how in SCANS.items():
            path = Path(folder) / f"{how.seed}.pdf"
            save(spoil_pdf(PDF, how), path, how)
            base = plain_pass(path)
            taken, annexes = read(path)
            what = f"{name}: {taken:.1f} s / (1.25 plain passes of {base:.1f} s + {annexes} annex pages)"
            out.append(ratio(what, taken / (PAGE * base + VOTE * annexes), 1))
        one, _ = alone(Path(folder) / "1.pdf")
        two, _ = alone(Path(folder) / "1.pdf", 2)
        peaks = {name: alone(Path(folder) / f"{SCANS[name].seed}.pdf")[1] for name in FINE}
    out.append(ratio(f"two reports at once / one alone ({one:.1f} s)", two / one, 1.15))
    for name, peak in peaks.items():
        out.append(ratio(f"{name}: peak megabytes of the process", peak, 700))
    return out
