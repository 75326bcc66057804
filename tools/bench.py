"""``make bench``: ratios measured in one run, on this machine; rewrites docs/benchmarks.md."""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PDF, DOCX = Path("samples/real/b_report.pdf"), Path("samples/real/a_report.docx")


def seconds(work: Callable[[], object], times: int = 7) -> float:
    """Median processor seconds of ``work`` after one warm-up."""
    work()
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


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


def help_seconds() -> float:
    """Wall seconds from process start to the end of ``tonghop --help``."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "pipelines.cli", "--help"], check=True, stdout=subprocess.DEVNULL
        )
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Measures and prints; the table is also written to docs/benchmarks.md."""
    plumber, python_docx = seconds(bare_pdfplumber, 3), seconds(bare_python_docx)
    pdf, word = seconds(understood(PDF)), seconds(understood(DOCX))
    rows = [
        (
            "PDF of 6 pages, read and understood / bare pdfplumber pass",
            pdf / plumber,
            "at most 0.5",
        ),
        (
            "DOCX, read and understood / python-docx opening and reading",
            word / python_docx,
            "at most 3",
        ),
        ("tonghop --help, seconds", help_seconds(), "under 0.5"),
    ]
    lines = [
        "# Benchmarks",
        "",
        f"Python {platform.python_version()}, {platform.machine()}; processor seconds, median.",
        "",
        f"pdfplumber {plumber * 1000:.0f} ms, PDF {pdf * 1000:.0f} ms, python-docx {python_docx * 1000:.0f} ms, DOCX {word * 1000:.0f} ms.",
        "",
        "| what | measured | aim |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {value:.2f} | {aim} |" for name, value, aim in rows]
    lines += [
        "",
        "Not measured yet: throughput over 500 reports, memory, scans, databases at size.",
    ]
    Path("docs/benchmarks.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
