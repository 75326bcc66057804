"""A report that says it replaces, supplements, corrects or withdraws an earlier one."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.letter import Line
from parsers.revision import read_revision
from schemas.document import Anchor, Paragraph
from schemas.report import RevisionKind

OWN = "130/BC-PGDĐT"


def lines(*texts: str) -> list[Line]:
    return [Line(t, Paragraph(t, Anchor(paragraph=i)), 0, i) for i, t in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "kind", "number", "day"),
    [
        (
            "Báo cáo này thay thế Báo cáo số 112/BC-PGDĐT ngày 10/10/2021 của Phòng GDĐT.",
            "replaces",
            "112/BC-PGDĐT",
            dt.date(2021, 10, 10),
        ),
        (
            "(Báo cáo này thay thế cho báo cáo số 112/BC-PGDĐT ngày 10 tháng 10 năm 2021)",
            "replaces",
            "112/BC-PGDĐT",
            dt.date(2021, 10, 10),
        ),
        ("(Thay thế Báo cáo số 112/BC-PGDĐT)", "replaces", "112/BC-PGDĐT", None),
        (
            "Báo cáo này bổ sung số liệu cho Báo cáo số 112/BC-PGDĐT ngày 10/10/2021.",
            "supplements",
            "112/BC-PGDĐT",
            dt.date(2021, 10, 10),
        ),
        (
            "Báo cáo số 112/BC-PGDĐT ngày 10/10/2021 được thay thế bằng báo cáo này.",
            "replaces",
            "112/BC-PGDĐT",
            dt.date(2021, 10, 10),
        ),
        (
            "Công văn này thu hồi Báo cáo số 112/BC-PGDĐT ngày 10/10/2021.",
            "withdraws",
            "112/BC-PGDĐT",
            dt.date(2021, 10, 10),
        ),
    ],
)
def test_a_sentence_about_itself_is_clear(
    text: str, kind: str, number: str, day: dt.date | None
) -> None:
    found = read_revision((), lines("Kính gửi: Sở GDĐT", text), OWN)
    assert found is not None
    assert (found.kind, found.number, found.issued_on) == (RevisionKind(kind), number, day)
    assert found.clear
    assert found.where.paragraph == 1


@pytest.mark.parametrize(
    ("subject", "kind", "number"),
    [
        (("V/v đính chính số liệu tại Báo cáo số 112/BC-PGDĐT",), "corrects", "112/BC-PGDĐT"),
        (
            (
                "V/v đính chính số liệu Tuần lễ hưởng ứng học tập suốt đời năm 2021",
                "tại Báo cáo số 112/BC-PGDĐT ngày 10/10/2021",
            ),
            "corrects",
            "112/BC-PGDĐT",
        ),
        (("V/v thu hồi Báo cáo số 112/BC-PGDĐT",), "withdraws", "112/BC-PGDĐT"),
    ],
)
def test_the_subject_says_what_it_is(subject: tuple[str, ...], kind: str, number: str) -> None:
    found = read_revision(lines(*subject), (), OWN)
    assert found is not None
    assert (found.kind, found.number, found.clear) == (RevisionKind(kind), number, True)


def test_a_title_without_a_number_is_left_to_a_person() -> None:
    found = read_revision(lines("Bổ sung kết quả tổ chức Tuần lễ học tập suốt đời"), (), OWN)
    assert found is not None
    assert (found.kind, found.number, found.clear) == (RevisionKind.SUPPLEMENTS, None, False)


def test_a_sentence_that_does_not_speak_of_itself_is_left_to_a_person() -> None:
    text = "Phòng GDĐT bổ sung số liệu đã nêu tại Báo cáo số 112/BC-PGDĐT như sau:"
    found = read_revision((), lines(text), OWN)
    assert found is not None
    assert not found.clear


@pytest.mark.parametrize(
    "text",
    [
        "Các trường đã bổ sung 1.200 cuốn sách cho thư viện, thay thế sách cũ.",
        "Thực hiện Quyết định số 489/QĐ-TTg thay thế Quyết định số 281/QĐ-TTg.",
        "Căn cứ Nghị định số 30/2020/NĐ-CP thay thế Nghị định số 110/2004/NĐ-CP;",
        "Kế hoạch sửa đổi, bổ sung Báo cáo số 12/BC-UBND.",
        "Ngày 5/10, đề nghị các trường bổ sung, hoàn thiện báo cáo gửi về Phòng.",
        "Báo cáo số 130/BC-PGDĐT bổ sung nguồn lực.",
        "Báo cáo số 99/BC-UBND thay thế Báo cáo số 98/BC-UBND của huyện.",
    ],
)
def test_what_is_no_revision_of_a_report(text: str) -> None:
    assert read_revision((), lines(text), OWN) is None
