"""``show`` tells every claim, every doubt and what nothing claimed."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from PIL import Image

from parsers.read import read
from parsers.readers.page_image import draw_marks
from parsers.seen import Mark, Seen, marks
from pipelines.understand import understand_document
from schemas.document import Anchor

PDF = Path("samples/real/b_report.pdf")


def test_every_observation_is_marked_where_it_stands() -> None:
    document = read(PDF)
    report = understand_document(document, "33")
    found = marks(document, report, {}, {})
    for one in report.observations:
        (mark,) = {
            m for m in found
            if m.kind is not Seen.GRID and (m.page, m.box) == (one.where.page, one.where.box)
        }  # fmt: skip
        assert mark.kind is (Seen.CHECK if one.needs_review else Seen.SURE)
    notes = " ".join(m.note for m in found)
    assert "hàng 3 · training.law_and_science: count = 10 (0.99); people = 900 (0.99)" in notes
    assert "header.number" in notes
    assert sum(m.kind is Seen.GRID for m in found) > 120


def test_what_nothing_claimed_is_marked(tmp_path: Path) -> None:
    made = docx.Document("samples/real/a_report.docx")
    made.tables[2].rows[-1].cells[1].paragraphs[0].runs[0].text = "Số cây đã trồng"
    made.save(str(tmp_path / "row.docx"))
    document = read(tmp_path / "row.docx")
    report = understand_document(document, "33")
    cells = {c.anchor: (1, (c.column * 50.0, c.row * 20.0, c.column * 50.0 + 40, c.row * 20.0 + 15))
             for t in document.tables() for c in t.cells}  # fmt: skip
    found = marks(document, report, cells, {})
    last = Anchor(table=2, row=21, column=4)
    assert (cells[last], Seen.UNCLAIMED) in {((m.page, m.box), m.kind) for m in found}


def test_the_picture_carries_colour_line_style_and_notes(tmp_path: Path) -> None:
    page = tmp_path / "page.png"
    Image.new("L", (600, 800), 255).save(page)
    wanted = [
        Mark(1, (20, 20, 120, 40), Seen.SURE, "header.number"),
        Mark(1, (20, 60, 120, 80), Seen.CHECK, "news: count = 35 (0.12?)"),
        Mark(1, (20, 100, 120, 120), Seen.UNCLAIMED),
    ]
    draw_marks(page, 300.0, wanted, "x", tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as drawn:
        assert drawn.width > 600
        for mark, share in zip(wanted, (1.0, 0.68, 0.48), strict=True):
            top = round((mark.box[1] - 1) * 2)
            row = [drawn.getpixel((x, top)) for x in range(45, 235)]
            inked = sum(p != (255, 255, 255) for p in row) / len(row)
            assert inked == pytest.approx(share, abs=0.1)
        margin = drawn.crop((610, 0, drawn.width, 800)).convert("L")
        assert margin.getextrema()[0] < 160
