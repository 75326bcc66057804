"""The province's documents: our own reading gives the same figures; what is missing shows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from pipelines.province.annex_docx import write_annex_docx
from pipelines.province.annex_xlsx import write_annex_xlsx
from pipelines.province.dashboard import write_dashboard
from pipelines.province.data import ProvinceData, _rows
from pipelines.understand import understand
from schemas.catalog import form

FORM = form("llw-2021")
VALUES: dict[tuple[str, str], int | None] = {
    (i.code, m.code): 1000 + 37 * at
    for at, i in enumerate(FORM.indicators)
    for m in i.measures
    if at % 4
}


@pytest.fixture
def data() -> ProvinceData:
    status = {"unit_code": "325", "unit_name": "Huyện <Văn Lâm>", "channel": "district"}
    missing = status | {"status": "missing", "document_number": None, "document_name": None}
    source = {
        "indicator": "news", "measure": "count", "unit_code": "326", "document_name": "a.docx",
        "page": None, "table_index": 1, "row_index": 8, "column_index": 3, "raw": "=1+1",
        "value": 35, "decided_by": None, "document_sha256": "0" * 64,
    }  # fmt: skip
    finding = {
        "severity": "error", "rule": "missing_report", "unit_code": "325", "document_number": None,
        "document_name": None, "message": "<script>alert(1)</script>",
    }  # fmt: skip
    rows = tuple(_rows(FORM, VALUES))
    day = dt.date(2021, 10, 20)
    return ProvinceData(FORM, "Hưng Yên", rows, [source], [missing], [finding], True, day)


def test_the_annex_read_back_gives_the_same_figures(data: ProvinceData, tmp_path: Path) -> None:
    path = tmp_path / "phu-luc.docx"
    write_annex_docx(data, path)
    report = understand(path, path.name, "33")
    assert {o.key: o.value for o in report.observations} == VALUES


def test_the_sheet_holds_numbers_and_blanks_as_they_are(data: ProvinceData, tmp_path: Path) -> None:
    path = tmp_path / "phu-luc.xlsx"
    write_annex_xlsx(data, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Phụ lục", "Nguồn", "Tình hình nộp", "Phát hiện"]
    cells = [
        c.value for row in book["Phụ lục"].iter_rows(min_row=7, min_col=4, max_col=5) for c in row
    ]
    assert sorted(c for c in cells if c is not None) == sorted(v for v in VALUES.values() if v)
    assert 0 not in cells
    assert book["Nguồn"]["I2"].value == "=1+1"
    assert book["Nguồn"]["I2"].data_type == "s"


def test_provisional_figures_say_so_and_name_who_is_missing(
    data: ProvinceData, tmp_path: Path
) -> None:
    path = tmp_path / "tong-quan.html"
    write_dashboard(data, path)
    page = path.read_text("utf-8")
    assert "tạm tính, chưa duyệt" in page
    assert "chưa có báo cáo: Huyện &lt;Văn Lâm&gt;" in page
    assert "<script" not in page
    assert "http://" not in page
