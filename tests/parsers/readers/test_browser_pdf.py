"""PDFs that a browser or an online editor printed: ragged lines, sparse pages, pages cut anywhere."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from parsers.read import read
from parsers.readers import office
from pipelines.understand import understand_document
from schemas.document import Paragraph, Table

CHROMIUM = os.environ.get("TONGHOP_CHROMIUM", "/usr/bin/chromium")
SAMPLE = Path("samples/real/a_report.docx")


def printed(html: Path, target: Path, *, header: bool = False) -> Path:
    """``header``: with the day, the title, the address and the page's number, as browsers do unasked."""
    flags = "--headless --no-sandbox --disable-gpu"
    flags += "" if header else " --no-pdf-header-footer"
    subprocess.run(
        [CHROMIUM, *flags.split(), f"--print-to-pdf={target}", html.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return target


@pytest.fixture(scope="module")
def report_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser")
    made = office.convert(SAMPLE, "html:HTML (StarWriter)", folder, "x")
    return printed(made, folder / "printed.pdf")


def test_a_report_printed_by_a_browser_says_the_same(report_pdf: Path) -> None:
    wanted = understand_document(read(SAMPLE), "33")
    report = understand_document(read(report_pdf), "33")
    values = [(o.indicator, o.measure, o.value) for o in report.observations]
    assert values == [(o.indicator, o.measure, o.value) for o in wanted.observations]
    assert report.header.title == wanted.header.title
    assert report.header.issued_on == wanted.header.issued_on
    assert report.header.place == wanted.header.place
    assert [n.text for n in report.narrative] == [n.text for n in wanted.narrative]


def row(*cells: object, style: str = "") -> str:
    return f"<tr style='{style}'>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def table_of(folder: Path, style: str, rows: list[str], head: str = "") -> Table:
    """The one table of a page printed by a browser."""
    page = folder / "table.html"
    look = f"<style>table{{border-collapse:collapse}}{style}</style>"
    page.write_text(f"<meta charset=utf-8>{look}<table>{head}{''.join(rows)}</table>", "utf-8")
    (table,) = read(printed(page, folder / "table.pdf")).blocks
    assert isinstance(table, Table)
    return table


def last_rows(table: Table, number: int) -> list[list[str]]:
    return [
        [c.text for c in table.cells if c.row == at and c.text]
        for at in range(table.rows - number, table.rows)
    ]


OVERLEAF = "break-before:page"


def test_few_rows_on_a_page_of_their_own_keep_their_words(tmp_path: Path) -> None:
    head = (
        "<thead><tr><td rowspan=2>Thứ<br>tự<td colspan=2>Số lượng<td rowspan=2>Hoạt động"
        "<td rowspan=2>Đơn vị tính<td rowspan=2>Đơn vị chủ trì<tr><td>Người<td>Lớp, cuộc</thead>"
    )
    rows = [row(n, n + 7, n + 2, f"Hoạt động thứ {n}", "lớp", "Các trường") for n in range(12)]
    rows.append(row(1, "", 10, "Tập thể", "đơn vị", "UBND huyện", style=OVERLEAF))
    rows.append(row(2, 34, "", "Cá nhân", "người", "UBND huyện"))
    style = "table{width:440pt;font-size:7pt}td{border:1px solid;padding:6px}td:nth-child(4){width:160pt}"
    table = table_of(tmp_path, style, rows, head)
    assert last_rows(table, 2) == [
        ["1", "10", "Tập thể", "đơn vị", "UBND huyện"],
        ["2", "34", "Cá nhân", "người", "UBND huyện"],
    ]


def test_the_digits_of_a_figure_stay_together(tmp_path: Path) -> None:
    rows = [
        row("Thứ<br>tự", "Số<br>lượng", "Hoạt<br>động", "Đơn vị", "Chủ trì", "Ghi chú"),
        *(row(n, 9 + n, "Tập thể", "đơn vị", "huyện", "x") for n in (1, 2)),
    ]
    style = "body{font-size:10px}td{border:1px solid;width:110px;padding:0;line-height:1}"
    table = table_of(tmp_path, style, rows)
    assert [cells[1] for cells in last_rows(table, 2)] == ["10", "11"]


def test_rows_ruled_one_way_go_on_overleaf(tmp_path: Path) -> None:
    rows = [
        row("Nội dung", "Số lượng", "Đơn vị", "Số người"),
        *(row(f"{n}. Hoạt động của trường", n + 3, "lớp", 40 * n + 70) for n in range(1, 9)),
        row("9. Khen thưởng", "", "", "", style=OVERLEAF),
        row("9a. Tập thể", 5, "đơn vị", ""),
        row("9b. Cá nhân", "", "người", 12),
    ]
    style = "table{width:100%}td{border-top:1px solid;border-bottom:1px solid;padding:9px}"
    table = table_of(tmp_path, style, rows)
    assert last_rows(table, 2) == [["9a. Tập thể", "5", "đơn vị"], ["9b. Cá nhân", "người", "12"]]


def test_what_a_browser_prints_on_each_page_is_no_part_of_a_sentence(tmp_path: Path) -> None:
    sentence = "Kinh phí do các đơn vị tự cân đối trong nguồn được giao và do nhân dân đóng góp. "
    page = tmp_path / "letter.html"
    page.write_text(
        "<meta charset=utf-8><title></title>"
        f"<style>@page{{margin:10mm}}body{{margin:0}}p{{font-size:13pt;margin:0}}</style><p>{sentence * 200}</p>",
        "utf-8",
    )
    blocks = read(printed(page, tmp_path / "letter.pdf", header=True)).blocks
    assert " ".join(b.text for b in blocks if isinstance(b, Paragraph)) == (sentence * 200).strip()
