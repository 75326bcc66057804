"""Annexes whose rows were typed as lines of one row: each figure goes to the line it stands beside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from parsers.claims import claim
from parsers.grid import Grid
from parsers.read import read
from parsers.stacked import unstacked
from schemas.catalog import form
from schemas.document import Anchor, Cell, Span, Table

HEAD = ["TT", "Nội dung", "Đơn vị", "Số lượng", "Số người"]
TRAINING = [
    "1",
    "Lớp bồi dưỡng, tập huấn:\n- Khoa học, pháp luật cho người lao động\n- Cán bộ quản lý, giáo viên\n- Lớp khác",
    "\nLớp\nLớp\nLớp",
    "\n17\n12\n6",
    "\n910\n488\n251",
]
AWARDS = ["3", "Khen thưởng:\n- Tập thể\n- Cá nhân", "\nĐơn vị\nNgười", "\n8\n", "\n\n16"]
NEWS = ["2", "Tin bài", "Tin", "44", ""]


def observed(folder: Path, *rows: list[str]) -> dict[str, int]:
    """What the report with these rows gives without a doubt."""
    made = docx.Document()
    table = made.add_table(0, len(HEAD))
    for row in (HEAD, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            first, *others = text.split("\n")
            cell.paragraphs[0].text = first
            for other in others:
                cell.add_paragraph(other)
    made.save(str(folder / "annex.docx"))
    reading = claim(read(folder / "annex.docx"), form("llw-2021"))
    return {
        f"{o.indicator}.{o.measure}": o.value for o in reading.observations if not o.needs_review
    }


def test_each_line_gets_the_figure_beside_it(tmp_path: Path) -> None:
    assert observed(tmp_path, TRAINING, NEWS, AWARDS) == {
        "training.law_and_science.count": 17,
        "training.law_and_science.people": 910,
        "training.managers_and_teachers.count": 12,
        "training.managers_and_teachers.people": 488,
        "training.other.count": 6,
        "training.other.people": 251,
        "news.count": 44,
        "awards.collectives.count": 8,
        "awards.individuals.people": 16,
    }


@pytest.mark.parametrize(
    "counts",
    ["17\n12\n6", "\n\n17\n12", "\n17\n\n12\n6"],
    ids=["one line too high", "one line too low", "a line too many"],
)
def test_figures_that_may_stand_beside_another_line_are_nobodys(
    tmp_path: Path, counts: str
) -> None:
    found = observed(tmp_path, [*TRAINING[:3], counts, ""], NEWS, AWARDS)
    assert not [key for key in found if key.startswith("training")]


def test_on_a_page_a_figure_belongs_to_the_words_at_its_height() -> None:
    table = _paged(
        [
            [
                "Lễ khai mạc:",
                "- Huyện tổ chức Lễ khai mạc",
                "Tuần lễ",
                "- Trường tổ chức Lễ khai mạc",
            ]
        ],
        {1: "1", 3: "58"},
    )
    apart = unstacked(Grid(table), form("llw-2021"))
    assert apart is not None and Grid(apart).texts == [
        ["Lễ khai mạc:", ""],
        ["- Huyện tổ chức Lễ khai mạc Tuần lễ", "1"],
        ["- Trường tổ chức Lễ khai mạc", "58"],
    ]


def test_two_figures_beside_one_line_are_left_together() -> None:
    table = _paged([["Lớp tập huấn", "cho giáo viên"]], {0: "17", 1: "910"})
    assert unstacked(Grid(table), form("llw-2021")) is None


def _paged(labels: list[list[str]], figures: dict[int, str]) -> Table:
    """One row on a page: a label of several lines, and figures by the line that they stand at."""
    label = _cell(0, list(enumerate(labels[0])), 50)
    return Table(0, 1, 2, (label, _cell(1, list(figures.items()), 400)), Anchor(page=1, table=0))


def _cell(column: int, lines: list[tuple[int, str]], left: float) -> Cell:
    text = " ".join(line for _, line in lines)
    spans, start = [], 0
    for at, line in lines:
        top = 100.0 + 15 * at
        spans.append(Span(start, start + len(line), 1, (left, top, left + 5 * len(line), top + 10)))
        start += len(line) + 1
    box = (left, 100.0, left + 200, 160.0)
    anchor = Anchor(page=1, box=box, table=0, row=0, column=column)
    return replace(Cell(text, 0, column, anchor), spans=tuple(spans))
