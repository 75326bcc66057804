"""Fields that were read from a picture: what is doubtful is said, by name; what is sure is not."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.loose_figures import loose_figures
from parsers.places import spelling
from parsers.readers.page_content import PageContent, assemble
from parsers.signer_doubts import is_doubtful
from parsers.surnames import is_surname, is_surname_spelled
from parsers.trust_image import field_findings, trust_references
from parsers.unread_tables import unread_tables
from schemas.document import (
    Anchor,
    Block,
    Cell,
    Document,
    Page,
    Paragraph,
    Reading,
    Source,
    Span,
    Table,
    TableKind,
)
from schemas.finding import RuleCode
from schemas.registry_index import admin_units
from schemas.report import Reference, Signer

DAY = dt.date(2021, 10, 27)
SOURCE = Source("a.pdf", "0" * 64, "application/pdf", 1, 1)


def _paragraph(text: str, trust: float, doubtful: str = "") -> Paragraph:
    spans, at = [], 0
    for word in text.split(" "):
        one = 0.4 if word == doubtful else trust
        spans.append(
            Span(at, at + len(word), 1, (at * 5.0, 10.0, (at + len(word)) * 5.0, 20.0), one)
        )
        at += len(word) + 1
    box = (0.0, 10.0, at * 5.0, 20.0)
    return Paragraph(text, Anchor(1, box, paragraph=0), spans=tuple(spans))


def _document(*blocks: Block) -> Document:
    return Document(SOURCE, Reading.OCR, blocks, (Page(1, 595, 842, Reading.OCR),))


def _findings(
    number: str, doubtful: str = "", day: dt.date = dt.date(2021, 8, 31)
) -> list[str | None]:
    home = _paragraph(f"Công văn số {number} ngày 31/8/2021 của Bộ", 0.95, doubtful)
    where = home.locate(12, 12 + len(number))
    made = (Reference(number, "CV", day, None, where),)
    document = _document(home)
    return [f.field for f in field_findings(trust_references(made, document, DAY), document)]


def test_a_cited_document_that_was_read_alike_every_time_is_no_news() -> None:
    assert _findings("3764/BGDĐT-GDTrH") == []


def test_a_cited_document_with_unsure_letters_or_day_is_named() -> None:
    number = "3764/BGDĐT-GDTrH"
    assert _findings(number, number) == ["references"]
    assert _findings(number, "31/8/2021") == ["references"]


def test_a_symbol_nobody_uses_and_a_day_after_the_letter_are_doubted() -> None:
    assert _findings("3764/BGDĐT-GDTTH") == ["references"]
    assert _findings("175S/SGDĐT-GDTrH") == ["references"]
    assert _findings("3764/BGDĐT-GDTrH", day=dt.date(2031, 8, 31)) == ["references"]


def test_names_of_places_take_the_marks_of_the_registry() -> None:
    units = admin_units()
    assert spelling("Ân Thị", units, DAY, "33") == "Ân Thi"
    assert spelling("Nguyễn Huệ", units, DAY, "33") == "Nguyễn Huệ"


def test_a_name_that_lost_its_first_word_is_no_name() -> None:
    assert is_surname("Đỗ")
    assert is_surname("NGUYỄN")
    assert not is_surname("Tuấn")


def test_a_family_name_that_lost_a_mark_is_looked_at() -> None:
    assert all(map(is_surname_spelled, ("Nguyễn", "ĐẶNG", "Lê", "Hoàng")))
    assert not any(map(is_surname_spelled, ("Nguyên", "Đáng", "Tuấn")))


@pytest.mark.parametrize(
    ("position", "doubtful"),
    [
        ("PHÓ TRƯỞNG PHÒNG", False),
        ("TRƯỞNG PHÒNG GD&ĐT", False),
        ("PHO TRƯỞNG PHÒNG", True),
        ("PHÓ GIÁM ĐỐC ŸN", True),
        ("PHÓ TRƯỞNG PHÒNG Ù", True),
        ("TRƯỞNG PHÒNG TỘC ¬J", True),
    ],
)
def test_an_office_with_strokes_of_a_seal_in_it_is_looked_at(position: str, doubtful: bool) -> None:
    assert is_doubtful(Signer("Lê Đình Thắng", position, "KT. TRƯỞNG PHÒNG")) is doubtful


def _table(rows: list[list[str]], index: int = 0, x: float = 0.0) -> Table:
    cells = tuple(
        Cell(text, r, c, Anchor(1, (x, 0, x + 9, 9), index, r, c), frame=(x + 50 * c, 20 * r, x + 50 * c + 50, 20 * r + 20))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )  # fmt: skip
    return Table(
        index, len(rows), len(rows[0]), cells, Anchor(1, (x, 0, 99, 99), index), TableKind.RULED
    )


def test_figures_that_no_known_table_holds_are_told() -> None:
    annex = _table([["TT", "Nội dung", "Số"], ["1", "Lớp", "10"]])
    other = _table([["2", "Sách", "1.800"], ["3", "Tin", "35"]], 1)
    rest = _paragraph("Cá nhân Người 53", 0.9)
    found = loose_figures(_document(annex, other, rest), [0])
    assert [f.value for f in found] == ["1.800, 35", "53"]
    dated = _paragraph("Hưng Yên, ngày 27 tháng 10 năm 2021", 0.9)
    assert loose_figures(_document(annex, dated), [0]) == ()


def test_a_table_goes_on_though_the_next_sheet_lay_aside() -> None:
    head, rest = [["TT", "Nội dung", "Số"], ["1", "Lớp", "10"]], [["2", "Sách", "1800"]]

    def joined(shift: float, reading: Reading) -> int:
        pages = [
            PageContent(Page(1, 595, 842, reading), (_table(head),)),
            PageContent(Page(2, 595, 842, reading), (_table(rest, x=shift),)),
        ]
        return sum(isinstance(b, Table) for b in assemble(pages, SOURCE).blocks)

    assert joined(30.0, Reading.OCR) == 1
    assert joined(200.0, Reading.OCR) == 2
    assert joined(30.0, Reading.TEXT) == 2


def _columns(*rows: tuple[str, ...], pitch: float) -> Document:
    """One paragraph of a picture whose words stand ``pitch`` points apart."""
    text, spans = "", []
    for down, row in enumerate(rows):
        for at, word in enumerate(row):
            box = (
                60 + at * (40 + pitch),
                200 + 20 * down,
                100 + at * (40 + pitch),
                210 + 20 * down,
            )
            spans.append(Span(len(text), len(text) + len(word), 1, box, 0.95))
            text += f"{word} "
    box = (60.0, 200.0, 500.0, 400.0)
    return _document(Paragraph(text.strip(), Anchor(page=1, box=box), spans=tuple(spans)))


def test_figures_in_columns_that_no_reader_took_for_a_table_are_told() -> None:
    rows = (("Tin", "23", "318"), ("Sách", "95"), ("Lớp", "14"))
    (found,) = unread_tables(_columns(*rows, pitch=60), [], [])
    assert (found.rule, found.value) == (RuleCode.UNCLAIMED_TABLE, "23, 318, 95, 14")
    assert unread_tables(_columns(*rows, pitch=5), [], []) == (), "running text"
    assert unread_tables(_columns(*rows, pitch=60), [0], []) == (), "beside an annex others tell"
