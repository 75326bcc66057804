"""The province's documents: our own reading gives the same figures; what is missing shows."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from pipelines.province.annex_docx import write_annex_docx
from pipelines.province.annex_xlsx import write_annex_xlsx
from pipelines.province.dashboard import write_dashboard
from pipelines.province.data import Gathered, ProvinceData, _rows, load_data
from pipelines.province.report_docx import write_report_docx
from pipelines.understand import understand
from schemas.catalog import form
from schemas.registry_index import admin_units
from schemas.report import Narrative, Revision, RevisionKind
from tests.warehouse.hand import load, made
from warehouse.engine import open_warehouse

FORM = form("llw-2021")
VALUES: dict[tuple[str, str], int | None] = {
    (i.code, m.code): 1000 + 37 * at
    for at, i in enumerate(FORM.indicators)
    for m in i.measures
    if at % 4
}
HOSTILE = "Thiếu kinh phí & sách <b>đậm</b> {{ province }} {% if x %} «%» ]]> \x0b hết"


def source(indicator: str, measure: str, unit: str, value: int, **more: Any) -> dict[str, Any]:
    return {
        "indicator": indicator, "measure": measure, "unit_code": unit, "unit_name": f"Huyện {unit}",
        "document_name": f"{unit}.docx", "document_number": f"{unit}/BC-PGDĐT", "page": None,
        "table_index": 1, "row_index": 8, "column_index": 3, "raw": str(value), "value": value,
        "confidence": 0.97, "decided_by": None, "decided_at": None, "part": None,
        "document_sha256": "0" * 64,
    } | more  # fmt: skip


@pytest.fixture
def data() -> ProvinceData:
    status = {"unit_code": "325", "unit_name": "Huyện <Văn Lâm>", "channel": "district"}
    missing = status | {"status": "missing", "document_number": None, "document_name": None}
    finding = {
        "severity": "error", "rule": "missing_report", "unit_code": "325", "document_number": None,
        "document_name": None, "message": "<script>alert(1)</script>",
    }  # fmt: skip
    lineage = []
    for (indicator, measure), value in VALUES.items():
        lineage.append(source(indicator, measure, "326", (value or 0) - 400))
        lineage.append(source(indicator, measure, "327", 400, raw="=1+1", decided_by="lan"))
    return ProvinceData(
        FORM,
        "Hưng Yên",
        tuple(_rows(FORM, VALUES)),
        lineage,
        [missing],
        [finding],
        True,
        dt.date(2021, 10, 20),
        narratives={
            "difficulties": (Gathered("Huyện A & B", "12/BC-PGDĐT", HOSTILE),),
            "recommendations": (Gathered("Huyện C", "", "Đề nghị hỗ trợ học liệu."),),
        },
        commended=(Gathered("Huyện C", "14/BC-PGDĐT", "Trường THPT Văn Giang"),),
        directives=("Công văn số 3764/BGDĐT-GDTrH ngày 31 tháng 8 năm 2021 của Bộ GDĐT",),
    )


def test_the_annex_read_back_gives_the_same_figures(data: ProvinceData, tmp_path: Path) -> None:
    path = tmp_path / "phu-luc.docx"
    write_annex_docx(data, path)
    report = understand(path, path.name, "33")
    assert {o.key: o.value for o in report.observations} == VALUES


def test_the_draft_report_read_back_gives_the_same_figures(
    data: ProvinceData, tmp_path: Path
) -> None:
    path = tmp_path / "bao-cao.docx"
    write_report_docx(data, path)
    report = understand(path, path.name, "33")
    assert {o.key: o.value for o in report.observations} == VALUES
    assert not [o for o in report.observations if o.needs_review]
    header = report.header
    assert (report.campaign, header.issuer_unit, header.document_type) == ("llw-2021", "33", "BC")
    assert (header.number, header.issued_on) == (None, None)
    assert header.title and header.title.startswith("Kết quả tổ chức thực hiện Tuần lễ")
    assert header.addressees == ("Bộ Giáo dục và Đào tạo",)
    assert report.references[0].number == "3764/BGDĐT-GDTrH"


def test_hostile_text_comes_out_as_it_stands(data: ProvinceData, tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.docx"
    write_report_docx(data, path)
    text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    shown = "Thiếu kinh phí & sách <b>đậm</b> {{ province }} {% if x %} «%» ]]> hết"
    assert f"- Huyện A & B: {shown} (Báo cáo số 12/BC-PGDĐT)." in text
    assert "- Huyện C: Đề nghị hỗ trợ học liệu (1 báo cáo không số)." in text


def test_the_draft_is_marked_and_says_what_a_person_must_write(
    data: ProvinceData, tmp_path: Path
) -> None:
    path = tmp_path / "bao-cao.docx"
    write_report_docx(data, path)
    made = docx.Document(str(path))
    text = "\n".join(p.text for p in made.paragraphs)
    assert "Các đơn vị chưa có báo cáo: Huyện <Văn Lâm>." in text
    assert text.count("[Người soạn thảo") == 5
    for footer in (made.sections[0].first_page_footer, made.sections[0].footer):
        assert (
            "DỰ THẢO – Số liệu tạm tính, chưa duyệt, tính đến 20/10/2021"
            in footer.paragraphs[0].text
        )
    page = made.sections[0]
    centimetres = [
        round(x.cm, 1)
        for x in (
            page.page_width,
            page.page_height,
            page.left_margin,
            page.right_margin,
            page.top_margin,
        )
    ]  # type: ignore[union-attr]
    assert centimetres == [21.0, 29.7, 3.0, 1.7, 2.0]
    assert "{{" not in text.replace("{{ province }}", "")


def test_the_office_may_bring_its_own_template(data: ProvinceData, tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("Mẫu của Sở {{ province }}: {{ missing }}")
    own.save(str(tmp_path / "mau.docx"))
    write_report_docx(data, tmp_path / "out.docx", tmp_path / "mau.docx")
    (line,) = [p.text for p in docx.Document(str(tmp_path / "out.docx")).paragraphs]
    assert line == "Mẫu của Sở Hưng Yên: Huyện <Văn Lâm>"


def test_the_same_figures_give_the_same_files(data: ProvinceData, tmp_path: Path) -> None:
    writers = (
        (write_annex_docx, "a.docx"), (write_report_docx, "b.docx"),
        (write_annex_xlsx, "c.xlsx"), (write_dashboard, "d.html"),
    )  # fmt: skip
    for write, name in writers:
        (tmp_path / "1").mkdir(exist_ok=True)
        (tmp_path / "2").mkdir(exist_ok=True)
        write(data, tmp_path / "1" / name)
        write(data, tmp_path / "2" / name)
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_every_figure_of_the_sheet_leads_to_its_sources(data: ProvinceData, tmp_path: Path) -> None:
    path = tmp_path / "phu-luc.xlsx"
    write_annex_xlsx(data, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Phụ lục", "Nguồn", "Tình hình nộp", "Phát hiện"]
    annex, sources = book["Phụ lục"], book["Nguồn"]
    titles = [c.value for c in sources[1]]
    cells = [c for row in annex.iter_rows(min_row=7, min_col=4, max_col=5) for c in row]
    figures = [c for c in cells if c.value is not None]
    assert sorted(c.value for c in figures) == sorted(v for v in VALUES.values() if v)
    for cell in figures:
        first, last = map(int, re.findall(r"\d+", cell.hyperlink.location))
        rows = [
            dict(zip(titles, (c.value for c in sources[at]), strict=True))
            for at in range(first, last + 1)
        ]
        assert {r["Ô"] for r in rows} == {cell.coordinate}
        assert sum(r["Giá trị"] for r in rows) == cell.value
        assert [r["Người quyết định"] for r in rows] == [None, "lan"]
        assert rows[0]["Số văn bản"] == "326/BC-PGDĐT"
        assert rows[0]["Độ tin cậy"] == 0.97
    assert "=1+1" in {c.value for c in sources["K"]}
    assert book["Tình hình nộp"]["D2"].value == "Chưa nộp"
    assert "chưa có báo cáo: Huyện <Văn Lâm>" in annex["A4"].value


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


def test_a_table_that_nobody_filled_is_still_a_document(data: ProvinceData, tmp_path: Path) -> None:
    empty = replace(data, rows=tuple(_rows(FORM, {})), lineage=[], narratives={}, commended=())
    for write, name in (
        (write_annex_docx, "a.docx"), (write_report_docx, "b.docx"),
        (write_annex_xlsx, "c.xlsx"), (write_dashboard, "d.html"),
    ):  # fmt: skip
        write(empty, tmp_path / name)
    assert understand(tmp_path / "b.docx", "b.docx", "33").observations == ()


def test_last_year_stands_beside_this_year(data: ProvinceData, tmp_path: Path) -> None:
    path = tmp_path / "tong-quan.html"
    key = ("news", "count")
    write_dashboard(replace(data, last_year={key: 500}), path)
    page = path.read_text("utf-8")
    value = VALUES[key] or 0
    shown = f"{value:,}".replace(",", ".")
    percent = round(100 * (value - 500) / 500)
    assert (
        f'<td class="n">{shown}</td><td class="n">500</td><td class="n">▲ +{percent} %</td>' in page
    )
    write_dashboard(data, path)
    assert "chưa có số liệu năm 2020" in path.read_text("utf-8")


def test_every_bar_has_its_number_in_the_table_below(data: ProvinceData, tmp_path: Path) -> None:
    path = tmp_path / "tong-quan.html"
    write_dashboard(data, path)
    page = path.read_text("utf-8")
    for figure in re.findall(r"<figure>.*?</figure>", page, re.S):
        drawn = re.findall(
            r'<rect class="(?:now|error|warning|info)"[^>]*/><text[^>]*>([\d.]+)</text>', figure
        )
        assert drawn == re.findall(r'<td class="n">([\d.]+)</td>', figure)
    assert 'role="img"' in page and "aria-label=" in page


def test_what_a_supplement_adds_is_gathered_with_its_own_number(tmp_path: Path) -> None:
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'w.sqlite'}")
    said = {"difficulties": "Thiếu kinh phí."}, {"recommendations": "Cấp thêm kinh phí."}
    base, later = (tuple(Narrative(field, text) for field, text in one.items()) for one in said)
    load(warehouse, made("base", {"news.count": 7}, narrative=base))
    upon = Revision(RevisionKind.SUPPLEMENTS, "10/BC-PGDĐT")
    load(warehouse, made("later", {}, "20/BC-PGDĐT", 16, revises=upon, narrative=later))
    with warehouse.read() as connection:
        data = load_data(connection, form("llw-2021"), "33", admin_units())
    assert [(g.document_number, g.text) for g in data.narratives["difficulties"]] == [
        ("10/BC-PGDĐT", "Thiếu kinh phí.")
    ]
    assert [(g.document_number, g.text) for g in data.narratives["recommendations"]] == [
        ("20/BC-PGDĐT", "Cấp thêm kinh phí.")
    ]
