"""Word files keep every letter a reader sees, and nothing that was struck out."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from parsers.read import read
from schemas.document import BlockKind, Document
from schemas.errors import DamagedFile, EmptyFile, ReadError, UnsafeXml, UnsupportedFormat

NS = nsdecls("w")


def save(made: Any, folder: Path) -> Document:
    made.save(str(folder / "made.docx"))
    return read(folder / "made.docx")


def paragraph(made: Any, xml: str) -> None:
    made.element.body.insert(0, parse_xml(f"<w:p {NS}>{xml}</w:p>"))


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    "xml",
    [
        run("Số người: ") + f'<w:ins w:id="1" w:author="a">{run("250")}</w:ins>' + run(" người"),
        run("Số người: ")
        + '<w:del w:id="1" w:author="a"><w:r><w:delText>100</w:delText></w:r></w:del>'
        + run("250 người"),
        run("Số người: ")
        + f"<w:sdt><w:sdtContent>{run('250')}</w:sdtContent></w:sdt>"
        + run(" người"),
        run("Số người: ") + f'<w:fldSimple w:instr="X">{run("250")}</w:fldSimple>' + run(" người"),
        run("Số người: ")
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>100</w:t></w:r>"
        + run("250 người"),
        run("Số người: ")
        + '<w:smartTag w:uri="x" w:element="y"><w:r><w:t>250</w:t></w:r></w:smartTag>'
        + run(" người"),
    ],
)
def test_revisions_controls_and_fields(tmp_path: Path, xml: str) -> None:
    made = docx.Document()
    paragraph(made, xml)
    assert next(save(made, tmp_path).paragraphs()).text == "Số người: 250 người"


def test_text_box_is_read_once(tmp_path: Path) -> None:
    made = docx.Document()
    box = f"<w:txbxContent><w:p>{run('Trong khung')}</w:p></w:txbxContent>"
    paragraph(
        made,
        run("Ngoài khung")
        + '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        + f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        + "</mc:AlternateContent></w:r>",
    )
    found = [(p.text, p.kind) for p in save(made, tmp_path).paragraphs()]
    assert found == [("Ngoài khung", BlockKind.BODY), ("Trong khung", BlockKind.TEXT_BOX)]


def test_automatic_numbers_become_labels(tmp_path: Path) -> None:
    made = docx.Document()
    for text in ("Kết quả", "Khó khăn", "Kiến nghị"):
        made.add_paragraph(text, style="List Number")
    assert [p.full_text for p in save(made, tmp_path).paragraphs()] == [
        "1. Kết quả",
        "2. Khó khăn",
        "3. Kiến nghị",
    ]


def test_merged_cells_both_ways_and_a_nested_table(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(rows=3, cols=3)
    for r in range(3):
        for c in range(3):
            table.cell(r, c).text = f"{r}{c}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Số lượng"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "TT"
    inner = table.cell(2, 2).add_table(rows=1, cols=2)
    inner.cell(0, 0).text = "trong"
    outer, nested = save(made, tmp_path).tables()
    assert [["" if c is None else c.text for c in row] for row in outer.grid()] == [
        ["TT", "Số lượng", "Số lượng"],
        ["TT", "11", "12"],
        ["20", "21", "22"],
    ]
    assert (nested.parent, nested.index, nested.cells[0].text) == (outer.index, 1, "trong")


def test_a_span_of_two_thousand_million_columns(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_table(rows=1, cols=2).cell(0, 0).text = "x"
    cell = made.element.body.find(".//{*}tcPr")
    cell.append(parse_xml(f'<w:gridSpan {NS} w:val="2000000000"/>'))
    (table,) = save(made, tmp_path).tables()
    assert table.columns <= 64


def rewritten(source: Path, target: Path, member: str, change: Any) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == member else data)
    return target


def test_doctype_is_refused(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    bomb = b'<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]>'
    path = rewritten(
        tmp_path / "a.docx",
        tmp_path / "b.docx",
        "word/document.xml",
        lambda data: data.replace(b"<w:document", bomb + b"<w:document", 1),
    )
    with pytest.raises(UnsafeXml):
        read(path)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"hello there", UnsupportedFormat),
        (b"%PDF-1.7\n", DamagedFile),
        (b"PK\x03\x04", DamagedFile),
    ],
)
def test_what_cannot_be_read_has_a_code(
    tmp_path: Path, content: bytes, error: type[ReadError]
) -> None:
    (tmp_path / "x.docx").write_bytes(content)
    with pytest.raises(error):
        read(tmp_path / "x.docx")


def test_the_suffix_does_not_matter(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Báo cáo")
    made.save(str(tmp_path / "report.pdf"))
    assert [p.text for p in read(tmp_path / "report.pdf").paragraphs()] == ["Báo cáo"]


def test_truncated_word_file(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    data = (tmp_path / "a.docx").read_bytes()
    (tmp_path / "b.docx").write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedFile):
        read(tmp_path / "b.docx")


def test_an_automatic_number_alone_in_a_cell_is_what_the_cell_shows(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "Số tin bài"
    table.cell(0, 1).paragraphs[0].style = "List Number"
    table.cell(1, 0).text = "Hội thảo"
    table.cell(1, 1).paragraphs[0].style = "List Bullet"
    (read,) = save(made, tmp_path).tables()
    assert [cell.text for cell in read.cells] == ["Số tin bài", "1.", "Hội thảo", "-"]
