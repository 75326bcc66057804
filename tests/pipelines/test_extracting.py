"""One line a file, in the order given, whatever the file holds."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipelines.extracting import extract_files
from schemas.report import Report

WEEK = Path("samples/week-2021")
REAL = Path("samples/real")


def packed(path: Path, *files: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            archive.write(file, file.name)
    return path


def extracted(*files: Path) -> list[Report]:
    return list(extract_files(files, "33", None, 2))


def test_order_and_containers(tmp_path: Path) -> None:
    plan = tmp_path / "readme.docx"
    plan.write_bytes(b"not a word file")
    one = packed(tmp_path / "one.zip", WEEK / "02-325.pdf")
    renditions = packed(tmp_path / "two-files.zip", REAL / "b_report.pdf", REAL / "a_report.docx", plan)  # fmt: skip
    several = packed(tmp_path / "several.zip", WEEK / "01-323.docx", WEEK / "02-325.pdf")
    rar = tmp_path / "old.rar"
    rar.write_bytes(b"Rar!\x1a\x07\0" + b"\0" * 30)
    reports = extracted(one, tmp_path / "missing.pdf", renditions, several, rar, WEEK / "02-325.pdf")  # fmt: skip
    assert [r.error.code if r.error else None for r in reports] == [
        None, "damaged_file", None, "several_reports", "unsupported_archive", None,
    ]  # fmt: skip
    assert reports[0].source.name == "one.zip/02-325.pdf"
    assert reports[0].observations == reports[5].observations
    assert reports[0].source.sha256 == reports[5].source.sha256
    assert reports[2].source.name == "two-files.zip/a_report.docx"
    (beside,) = [f for f in reports[2].findings if f.rule == "several_documents"]
    assert "b_report.pdf" in beside.message
    assert "readme.docx" in beside.message
    assert reports[3].source.name == "several.zip"
    assert reports[3].error is not None
    assert "01-323.docx, 02-325.pdf" in reports[3].error.message
