"""However an annex is laid out, the same values are taken, each from the cell it stands in."""

from __future__ import annotations

import pytest

from parsers.claims import claim
from schemas.catalog import form
from schemas.document import Anchor, Cell, Document, Reading, Source, Table

TRAINING = "Bồi dưỡng tập huấn cho CBQL, giáo viên"
SESSIONS = "Sinh hoạt chuyên đề học tập suốt đời"
BOOKS = "Số sách đã huy động tặng các trường học, thư viện"
NEWS = "Số tin bài"
HEAD = ["Nội dung", "Số lượng", "Số người"]
ROWS = [
    [TRAINING, "3", "205"],
    [SESSIONS, "12", "1.320"],
    [BOOKS, "1.800", ""],
    [NEWS, "35", ""],
]
TABLES: dict[str, list[list[list[str]]]] = {
    "as the form has it": [[HEAD, *ROWS]],
    "on its side": [[list(column) for column in zip(HEAD, *ROWS, strict=True)]],
    "halves side by side": [[HEAD * 2, ROWS[0] + ROWS[2], ROWS[1] + ROWS[3]]],
    "rows typed as lines of one": [
        [HEAD, *ROWS[:2], ["\n".join(side) for side in zip(*ROWS[2:], strict=True)]]
    ],
    "going on without a head": [[HEAD, *ROWS[:2]], ROWS[2:]],
}
VALUES = {
    "training.managers_and_teachers.count": 3,
    "training.managers_and_teachers.people": 205,
    "contests.thematic_sessions.count": 12,
    "contests.thematic_sessions.people": 1320,
    "book_drive.books.count": 1800,
    "news.count": 35,
}


@pytest.mark.parametrize("tables", TABLES.values(), ids=TABLES)
def test_each_value_is_traced_to_its_cell(tables: list[list[list[str]]]) -> None:
    blocks = tuple(
        Table(
            number,
            len(rows),
            len(rows[0]),
            tuple(
                Cell(text, r, c, Anchor(table=number, row=r, column=c))
                for r, row in enumerate(rows)
                for c, text in enumerate(row)
            ),
            Anchor(table=number),
        )
        for number, rows in enumerate(tables)
    )
    source = Source("x.docx", "0" * 64, "x", 1)
    read = claim(Document(source, Reading.TEXT, blocks), form("llw-2021"))
    assert {".".join(one.key): one.value for one in read.observations} == VALUES
    for one in read.observations:
        assert one.where.table is not None
        assert one.where.row is not None
        assert one.where.column is not None
        cell = tables[one.where.table][one.where.row][one.where.column]
        assert one.raw in cell.split("\n")
