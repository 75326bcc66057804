"""A label in strange words is settled by the rest of the annex, or is looked at."""

from __future__ import annotations

import pytest

from parsers.claims import AnnexReading, claim
from parsers.matcher import scores
from schemas.catalog import form
from schemas.document import Anchor, Cell, Document, Reading, Source, Table

FORM = form("llw-2021")
HEAD = ["TT", "Các hoạt động", "Số lớp/số cuộc thi", "Người"]
SECTIONS = {row.code: row.label for row in FORM.section_rows}
TRAPS = [
    "Số thư viện được tặng sách", "Số tủ sách quyên góp", "Số huyện có TTHTCĐ", "Hội thi thể thao",
    "Số tập thể được khen thưởng cấp tỉnh", "Số CBQL, giáo viên tham gia tập huấn", "Số đầu sách mới",
    "Tập huấn cho học viên TTHTCĐ", "Sinh hoạt chuyên đề tổ chuyên môn", "Hội thảo hướng nghiệp",
    "Số cá nhân được tặng sách", "Số hội nghị triển khai", "Số người tham dự hội thảo",
]  # fmt: skip


def annex() -> list[tuple[str, list[str]]]:
    """The form as it is, each row with figures of its own."""
    out: list[tuple[str, list[str]]] = []
    for at, row in enumerate(FORM.indicators):
        if row.parent in SECTIONS and row.parent not in {code for code, _ in out}:
            out.append((row.parent or "", ["", SECTIONS[row.parent or ""], "", ""]))
        people = str(200 + at) if "people" in {m.code for m in row.measures} else ""
        count = str(20 + at) if row.measures[0].code == "count" else ""
        out.append((row.code, ["", row.label, count, people]))
    return out


def read(rows: list[tuple[str, list[str]]]) -> AnnexReading:
    grid = [HEAD, *(row for _, row in rows)]
    cells = tuple(
        Cell(text, r, c, Anchor(table=0, row=r, column=c))
        for r, line in enumerate(grid)
        for c, text in enumerate(line)
    )
    table = Table(0, len(grid), len(HEAD), cells, Anchor(table=0))
    return claim(Document(Source("x.docx", "0" * 64, "x", 1), Reading.TEXT, (table,)), FORM)


def renamed(code: str, label: str, leave_out: tuple[str, ...] = ()) -> AnnexReading:
    return read([
        (one, ["", label, *row[2:]] if one == code else row)
        for one, row in annex()
        if one not in leave_out
    ])  # fmt: skip


def doubted(reading: AnnexReading, code: str) -> list[bool]:
    return [o.needs_review for o in reading.observations if o.indicator == code]


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("publications", "Ấn phẩm tuyên truyền các loại"),
        ("book_drive.books", "Số bản sách trao tặng nhà trường, thư viện"),
        ("news", "Bài viết, tin đăng trên trang thông tin điện tử"),
        ("opening.institutions", "Khai mạc tại các trường học, trung tâm"),
    ],
)
def test_a_strange_wording_where_all_else_is_known_is_sure(code: str, label: str) -> None:
    assert doubted(renamed(code, label), code) in ([False], [False, False])
    apart = ("awards.individuals", "training.other")
    assert doubted(renamed(code, label, leave_out=apart), code) in ([False], [False, False])


def test_a_strange_wording_out_of_its_place_is_looked_at() -> None:
    label = "Ấn phẩm tuyên truyền sinh động"
    rows = [row for row in annex() if row[0] not in ("publications", "seminars")]
    reading = read([*rows, ("publications", ["", label, "7", ""])])
    assert doubted(reading, "publications") == [True]


@pytest.mark.parametrize("label", TRAPS)
def test_what_counts_another_thing_is_trusted_in_no_place(label: str) -> None:
    trap = ("trap", ["", label, "9991", "99991"])
    nearest = [code for code, _, _ in scores(FORM, label) if code not in SECTIONS][:3]
    for at, (code, _) in enumerate(annex()):
        if code not in nearest:
            continue
        added, instead = annex(), annex()
        added.insert(at, trap)
        instead[at] = trap
        for rows in (added, instead, [*instead[: at + 1], *instead[at + 3 :]]):
            kept = [o for o in read(rows).observations if o.value in (9991, 99991)]
            assert all(o.needs_review for o in kept), kept


def test_wholes_that_add_up_speak_for_their_parts() -> None:
    head = [HEAD, ["1", "Các lớp bồi dưỡng, tập huấn tổ chức trong Tuần lễ", "14", "630"]]
    parts = [
        ["", "Bồi dưỡng tập huấn cho CBQL, giáo viên", "9", "430"],
        ["", "Phổ biến pháp luật, kỹ thuật trồng nhãn cho bà con", "5", "200"],
    ]
    sure = read([("", row) for row in [*head[1:], *parts]])
    assert not any(o.needs_review for o in sure.observations)
    parts[1][2:] = ["6", "201"]
    unsure = read([("", row) for row in [*head[1:], *parts]])
    assert doubted(unsure, "training.law_and_science") == [True, True]


def test_the_one_row_left_for_the_one_label_left_is_offered() -> None:
    reading = renamed("training.community_centre_staff", "Giám đốc và báo cáo viên các trung tâm")
    assert doubted(reading, "training.community_centre_staff") == [True, True]
