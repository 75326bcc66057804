"""Tables whose head changes on the way down, and small ones that need the heading above them."""

from __future__ import annotations

from parsers.claims import AnnexReading, claim
from schemas.catalog import form
from schemas.document import Anchor, Block, Cell, Document, Paragraph, Reading, Source, Table
from schemas.finding import RuleCode


def table(index: int, *rows: list[str]) -> Table:
    cells = tuple(
        Cell(text, r, c, Anchor(table=index, row=r, column=c))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(index, len(rows), len(rows[0]), cells, Anchor(table=index))


def title(text: str) -> Paragraph:
    return Paragraph(text, Anchor(paragraph=0), bold=True)


def read(*blocks: Block) -> AnnexReading:
    document = Document(Source("x.docx", "0" * 64, "x", 1), Reading.TEXT, blocks)
    return claim(document, form("llw-2021"))


def figures(reading: AnnexReading) -> dict[str, int]:
    return {f"{o.indicator}.{o.measure}": o.value for o in reading.observations}


def rules(reading: AnnexReading) -> list[str]:
    return [f.rule.value for f in reading.findings if f.rule is not RuleCode.MISSING_ROW]


CHANGING = (
    ["TT", "NỘI DUNG", "SỐ LỚP", "SỐ HỌC VIÊN", "GHI CHÚ"],
    ["1", "Bồi dưỡng tập huấn cho CBQL, giáo viên", "12", "402", ""],
    ["2", "Các lớp bồi dưỡng, tập huấn khác", "5", "118", ""],
    ["TT", "NỘI DUNG", "SỐ LƯỢNG", "ĐƠN VỊ", "GHI CHÚ"],
    ["3", "Số tin bài", "51", "tin bài", ""],
    ["4", "Số tập thể/cá nhân tặng sách", "39", "tập thể, cá nhân", ""],
    ["TT", "NỘI DUNG", "TẬP THỂ", "CÁ NHÂN", "GHI CHÚ"],
    ["8", "Khen thưởng về tổ chức Tuần lễ", "06", "11", ""],
)


def test_each_part_of_a_table_is_read_under_its_own_head() -> None:
    reading = read(table(0, *CHANGING))
    assert figures(reading) == {
        "training.managers_and_teachers.count": 12,
        "training.managers_and_teachers.people": 402,
        "training.other.count": 5,
        "training.other.people": 118,
        "news.count": 51,
        "book_drive.donors.count": 39,
        "awards.collectives.count": 6,
        "awards.individuals.people": 11,
    }
    assert not any(o.needs_review for o in reading.observations)
    assert rules(reading) == []


def test_values_of_a_later_part_are_traced_to_where_they_stand() -> None:
    (news,) = [o for o in read(table(0, *CHANGING)).observations if o.indicator == "news"]
    assert (news.where.table, news.where.row, news.where.column) == (0, 4, 2)


OPENINGS = (
    ["Cấp", "Số đơn vị tổ chức", "Số người dự"],
    ["Huyện", "01", "430"],
    ["Cơ sở giáo dục", "76", "29.340"],
)


def test_a_small_table_is_what_the_heading_above_it_names() -> None:
    reading = read(title("II. Lễ khai mạc"), table(0, *OPENINGS))
    assert figures(reading) == {
        "opening.districts.count": 1,
        "opening.districts.people": 430,
        "opening.institutions.count": 76,
        "opening.institutions.people": 29340,
    }


def test_without_such_a_heading_the_same_table_is_told() -> None:
    for heading in ("I. Tình hình chung", "II. Các hoạt động"):
        reading = read(title(heading), table(0, *OPENINGS))
        assert not any(not o.needs_review for o in reading.observations)
        assert rules(reading) != []


def test_a_head_merged_down_is_no_second_head() -> None:
    rows = [
        ["Nội dung hoạt động", "Kết quả", "Kết quả", ""],
        ["", "Số lượng", "Người tham gia", ""],
        ["", "", "Tổng số", "Tr.đó: nữ"],
        ["Bồi dưỡng tập huấn cho CBQL, giáo viên", "19", "1.125", "873"],
        ["Các lớp bồi dưỡng, tập huấn khác", "10", "416", "122"],
        ["Tổ chức hội thảo/ sinh hoạt chuyên đề", "12", "735", "401"],
        ["Số tin bài", "96", "", ""],
    ]
    plain = table(0, *rows)
    spans = {(0, 0): (3, 1), (0, 1): (1, 3), (1, 1): (2, 1), (1, 2): (1, 2)}
    covered = {
        (r + i, c + j)
        for (r, c), (down, right) in spans.items()
        for i in range(down)
        for j in range(right)
    } - set(spans)
    cells = tuple(
        Cell(c.text, c.row, c.column, c.anchor, *spans.get((c.row, c.column), (1, 1)))
        for c in plain.cells
        if (c.row, c.column) not in covered
    )
    reading = read(Table(0, plain.rows, plain.columns, cells, plain.anchor))
    assert figures(reading)["training.managers_and_teachers.count"] == 19
    assert figures(reading)["training.managers_and_teachers.people"] == 1125
    assert figures(reading)["seminars.people"] == 735
