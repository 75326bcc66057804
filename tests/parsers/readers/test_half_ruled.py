"""Tables ruled one way only, and tables whose rows bear no ordinals."""

from __future__ import annotations

from pathlib import Path

from drawn_pdf import Drawing, ruled, spaced, write_pdf

from parsers.read import read
from schemas.document import Table

HEAD = ["Nội dung hoạt động", "Số lượng", "Số người"]
ROWS = [
    ["Phổ biến kiến thức khoa học cho nông dân", "10", "900"],
    ["Bồi dưỡng cho giáo viên", "30", "1 800"],
    ["Số tin bài về Tuần lễ", "35", ""],
    ["Cá nhân được khen", "", "12"],
]
EDGES = [60.0, 330.0, 430.0, 530.0]


def texts(table: Table) -> list[list[str]]:
    return [["" if c is None else c.text for c in row] for row in table.grid()]


def _lines(page: Drawing, *, level: bool) -> Drawing:
    """``page`` with its level lines only, or its upright ones and its frame."""
    flat = [r for r in page.rules if r[2] - r[0] > r[3] - r[1]]
    page.rules = flat if level else [r for r in page.rules if r not in flat] + [flat[0], flat[-1]]
    return page


def test_rows_between_level_lines(tmp_path: Path) -> None:
    page = _lines(ruled([HEAD, *ROWS], EDGES, 120), level=True)
    (table,) = read(write_pdf(tmp_path / "a.pdf", [page])).tables()
    assert texts(table) == [HEAD, *ROWS]


def test_a_group_title_between_level_lines_spans_its_columns(tmp_path: Path) -> None:
    title = "Công tác thông tin, tuyên truyền, vận động nhân dân hưởng ứng Tuần lễ năm 2021"
    page = ruled([HEAD, *ROWS[:3], [title, "", ""], *ROWS[3:]], EDGES, 120)
    (table,) = read(write_pdf(tmp_path / "b.pdf", [_lines(page, level=True)])).tables()
    spanning = next(c for c in table.cells if c.text == title)
    assert spanning.column_span > 1
    assert texts(table)[-1] == ROWS[3]


def test_rows_between_upright_lines(tmp_path: Path) -> None:
    page = _lines(ruled([HEAD, *ROWS], EDGES, 120, height=16), level=False)
    (table,) = read(write_pdf(tmp_path / "c.pdf", [page])).tables()
    assert [row[-3:] for row in texts(table)] == [HEAD, *ROWS]


def test_columns_without_any_line_or_ordinal(tmp_path: Path) -> None:
    page = spaced([HEAD, *ROWS], [60.0, 340.0, 440.0], 120)
    page.words.append((88.0, 300.0, "Trên đây là kết quả tổ chức Tuần lễ, trân trọng báo cáo."))
    document = read(write_pdf(tmp_path / "d.pdf", [page]))
    (table,) = document.tables()
    assert [row[-3:] for row in texts(table)] == [HEAD, *ROWS]
    assert any(p.text.startswith("Trên đây") for p in document.paragraphs())


def test_groups_and_bullets_below_a_centred_head(tmp_path: Path) -> None:
    head = ["Mục", "Số lượng", "Lượt người"]
    rows = [
        ["* Bồi dưỡng", "", ""],
        ["- Kiến thức pháp luật cho người lao động", "13", "689"],
        ["- Cán bộ quản lý, giáo viên, TT HTCĐ", "18", "703"],
        ["* Khen thưởng", "", ""],
        ["- Tập thể", "4", ""],
    ]
    page = spaced(rows, [60.0, 360.0, 440.0], 140)
    page.words += [(x, 120, text) for x, text in zip((180, 340, 420), head, strict=True)]
    (table,) = read(write_pdf(tmp_path / "f.pdf", [page])).tables()
    assert [row[-3:] for row in texts(table)] == [head, *rows]


def test_underlined_lines_of_a_letter_are_no_table(tmp_path: Path) -> None:
    page = Drawing()
    for at in range(6):
        page.words.append((85, 100 + 20 * at, "Các cơ sở giáo dục đã tổ chức 30 lớp, 800 người."))
        page.rules.append((85, 104 + 20 * at, 520, 104.6 + 20 * at))
    assert not list(read(write_pdf(tmp_path / "e.pdf", [page])).tables())
