"""Where a program is missing, what needs it says which package to install; the rest works."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.readers import ocr, office
from pipelines.understand import understand

REAL = Path("samples/real")


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old.rtf"
    old.write_bytes(rb"{\rtf1\ansi B\'e1o c\'e1o}")
    monkeypatch.setenv("PATH", str(tmp_path))
    report = understand(old, old.name, "33")
    assert report.error is not None
    assert report.error.code == "missing_program"
    assert "libreoffice-writer-nogui" in report.error.message
    assert understand(REAL / "a_report.docx", "a_report.docx", "33").status.value == "ok"


def test_without_vietnamese_letters_for_tesseract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "_PLACES", (str(tmp_path),))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    ocr._find_data.cache_clear()
    try:
        scan = understand(REAL / "c_scan200_stamptable_color.pdf", "c.pdf", "33")
        assert scan.error is not None
        assert scan.error.code == "missing_program"
        assert "tesseract-ocr-vie" in scan.error.message
        assert understand(REAL / "b_report.pdf", "b_report.pdf", "33").status.value == "ok"
    finally:
        ocr._find_data.cache_clear()


def test_libreoffice_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\n/bin/sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "SECONDS", 1)
    old = tmp_path / "old.rtf"
    old.write_bytes(rb"{\rtf1 x}")
    report = understand(old, old.name, "33")
    assert report.error is not None
    assert report.error.code == "reading_timed_out"
