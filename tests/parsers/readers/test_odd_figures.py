"""A figure of a Word table that is not plain letters is read as it is seen, or a person is asked."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from pipelines.understand import understand
from schemas.report import Report

LABELS = {
    "Số tin bài về các hoạt động của Tuần lễ": "35",
    "Số tập thể/ cá nhân tặng sách": "12",
    "Số sách đã huy động tặng các trường học, thư viện": "1.800",
}
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>12</w:t></w:r></w:p>"
    "</w:txbxContent></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>"
)


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def report_with(tmp_path: Path, inside: str, shade: str = "") -> Report:
    """A report whose table has ``inside`` as the paragraph of the cell that should say 12."""
    made = docx.Document()
    made.add_paragraph("BÁO CÁO")
    made.add_paragraph("Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021")
    table = made.add_table(rows=0, cols=3)
    for row in (("Nội dung", "Đơn vị", "Số lượng"), *((k, "", v) for k, v in LABELS.items())):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    cell = table.cell(2, 2)._tc
    cell.replace(cell.find(qn("w:p")), parse_xml(f"<w:p {SPACES}>{inside}</w:p>"))
    if shade:
        cell.get_or_add_tcPr().append(parse_xml(f'<w:shd {SPACES} w:fill="{shade}"/>'))
    path = tmp_path / "made.docx"
    made.save(str(path))
    return understand(path, path.name, "33")


def donors(report: Report) -> tuple[int, bool] | None:
    found = {f"{o.indicator}.{o.measure}": o for o in report.observations}
    assert found["news.count"].value == 35
    assert found["book_drive.books.count"].value == 1800
    one = found.get("book_drive.donors.count")
    return (one.value, one.needs_review) if one else None


@pytest.mark.parametrize(
    "inside",
    [
        run("12"),
        "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>",
        '<w:r><w:sym w:font="Symbol" w:char="F031"/><w:sym w:font="Symbol" w:char="F032"/></w:r>',
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>12</w:t></mc:Choice></mc:AlternateContent></w:r>",
        f"<w:r><w:ruby><w:rt>{run('7')}</w:rt><w:rubyBase>{run('12')}</w:rubyBase></w:ruby></w:r>",
        run("12", '<w:position w:val="6"/>'),
    ],
)
def test_a_figure_is_read_whatever_holds_it(tmp_path: Path, inside: str) -> None:
    assert donors(report_with(tmp_path, inside)) == (12, False)


@pytest.mark.parametrize(
    "inside",
    [
        BOX,
        run("12") + run("1", '<w:vertAlign w:val="subscript"/>'),
        run("12") + run("1", '<w:position w:val="8"/>'),
        run("12", '<w:color w:val="FFFFFF"/>'),
        run("12", '<w:color w:val="auto" w:themeColor="background1"/>'),
        run("12", '<w:sz w:val="2"/>'),
    ],
)
def test_a_figure_that_may_be_another_is_looked_at(tmp_path: Path, inside: str) -> None:
    assert donors(report_with(tmp_path, inside)) == (12, True)


def test_white_letters_on_a_dark_ground_are_seen(tmp_path: Path) -> None:
    inside = run("12", '<w:color w:val="FFFFFF"/>')
    assert donors(report_with(tmp_path, inside, shade="1F3864")) == (12, False)


@pytest.mark.parametrize(
    "inside",
    [
        "<w:r><w:drawing><a:blip/></w:drawing></w:r>",
        "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>",
        "<w:r><w:object/></w:r>",
        "<m:oMath><m:f><m:num><m:r><m:t>12</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
    ],
)
def test_what_has_no_plain_figure_is_told(tmp_path: Path, inside: str) -> None:
    report = report_with(tmp_path, inside)
    assert donors(report) is None
    assert ("unreadable_cell", "book_drive.donors") in {
        (f.rule.value, f.indicator) for f in report.findings
    }
