"""A form proves itself; rows of documents that nothing claims come out ready to paste."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
import yaml

from pipelines.form_checks import check_all, check_form, unclaimed_yaml
from schemas.catalog import form
from schemas.form import Form


def changed(row: str, **keys: object) -> Form:
    data = form("llw-2021").model_dump()
    for one in data["indicators"]:
        if one["code"] == row:
            one.update(keys)
    return Form.model_validate(data)


def test_the_packaged_forms_are_right() -> None:
    checked = check_all()
    assert checked.problems == ()
    assert checked.idle == ()


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"examples": ("Số tập thể được khen",)}, "được hiểu là awards.collectives"),
        ({"aliases": ("Cá nhân",)}, "có ở cả news và awards.individuals"),
        ({"never": ("Số tin bài",)}, "«Số tin bài» được hiểu là không hàng nào"),
        ({"parent": "nowhere"}, "không có hàng mẹ nowhere"),
    ],
)
def test_a_wrong_row_is_named(keys: dict[str, object], said: str) -> None:
    assert any(said in problem for problem in check_form(changed("news", **keys)).problems)


def test_an_idle_alias_is_named() -> None:
    idle = check_form(
        changed("book_drive.books", aliases=("Số sách quyên góp", "Số sách vận động"))
    )
    assert idle.idle == ("book_drive.books: «Số sách vận động» thừa, đã có «Số sách quyên góp»",)


def test_unclaimed_rows_are_yaml_to_paste(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("BÁO CÁO").runs[0].bold = True
    made.add_paragraph("Kết quả Tuần lễ hưởng ứng học tập suốt đời năm 2021").runs[0].bold = True
    rows = [
        ["TT", "Nội dung", "Đơn vị", "Số lượng", "Số người", "Ghi chú"],
        ["1", "Số tin bài", "Tin", "5", "", ""],
        ["2", "Ấn phẩm", "Tờ", "7", "", ""],
        ["3", "Các lớp khác", "Lớp", "2", "40", ""],
        ["4", 'Phiên chợ "sách cũ"', "Phiên", "1", "90", ""],
    ]
    table = made.add_table(rows=len(rows), cols=6)
    for texts, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(texts, row.cells, strict=True):
            cell.text = text
    path = tmp_path / "report.docx"
    made.save(str(path))
    pasted = yaml.safe_load(unclaimed_yaml([path]))
    assert [row["aliases"] for row in pasted] == [['Phiên chợ "sách cũ"']]
