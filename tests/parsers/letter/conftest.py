"""Letters built by hand: paragraphs as strings, tables as rows of cells."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from parsers.extract import extract
from schemas.catalog import forms
from schemas.document import (
    Alignment,
    Anchor,
    Block,
    Cell,
    Document,
    Page,
    Paragraph,
    Reading,
    Source,
    Table,
)
from schemas.registry_index import admin_units
from schemas.report import Report

Rows = list[list[str]]
Build = Callable[..., Document]
Read = Callable[..., Report]


def paragraph(text: str, index: int, page: int | None) -> Paragraph:
    """``*`` before a text sets it bold, ``^`` bold and centred; ``label|text`` numbers it.

    ``**lead** rest`` sets only its first words bold.
    """
    led = re.match(r"\*\*(.+?)\*\*", text)
    if led:
        text = f"{led[1]}{text[led.end() :]}"
    bold = text.startswith(("*", "^"))
    centred = text.startswith("^")
    text = text.lstrip("*^")
    label, _, rest = text.partition("|")
    if not rest:
        label, rest = "", text
    return Paragraph(
        rest, Anchor(page=page, paragraph=index), label=label, bold=bold,
        bold_lead=len(led[1]) if led else 0,
        alignment=Alignment.CENTER if centred else Alignment.LEFT,
    )  # fmt: skip


def table(rows: Rows, index: int) -> Table:
    cells = tuple(
        Cell(text, r, c, Anchor(table=index, row=r, column=c))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(index, len(rows), max(len(r) for r in rows), cells, Anchor(table=index))


def document(*parts: str | Rows, name: str = "baocao.docx", ocr: bool = False) -> Document:
    blocks: list[Block] = []
    tables = 0
    page = 1 if ocr else None
    for part in parts:
        if isinstance(part, str):
            blocks.append(paragraph(part, len(blocks) - tables, page))
        else:
            blocks.append(table(part, tables))
            tables += 1
    reading = Reading.OCR if ocr else Reading.TEXT
    pages = (Page(1, 595, 842, Reading.OCR),) if ocr else ()
    return Document(Source(name, "0" * 64, "application/x", 1, 1 if ocr else None), reading,
                    tuple(blocks), pages)  # fmt: skip


MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
TITLE = ("^BÁO CÁO", "^Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021")
ANNEX: Rows = [
    ["TT", "Các hoạt động", "Đơn vị", "Số lượng", "Người", "Ghi chú"],
    ["2", "Số tin bài về các hoạt động của Tuần lễ", "Tin bài", "35", "", ""],
    ["3", "Ấn phẩm thông tin (tờ rơi, áp phích, băng rôn, khẩu hiệu)", "Quyển", "12", "", ""],
    ["5", "Các cuộc thi khác", "Số cuộc", "2", "50", ""],
    ["7", "Tổ chức hội thảo/ sinh hoạt chuyên đề", "Cuộc", "1", "60", ""],
]


@pytest.fixture(scope="session")
def build() -> Build:
    return document


@pytest.fixture(scope="session")
def read() -> Read:
    """Understands a document of ``parts``."""

    def understood(*parts: str | Rows, campaign: str | None = None, **more: object) -> Report:
        made = document(*parts, **more)  # type: ignore[arg-type]
        return extract(made, forms(), admin_units(), campaign=campaign)

    return understood


@pytest.fixture(scope="session")
def letter(read: Read) -> Read:
    """A whole report with ``body`` under a plain header of Phòng GDĐT Văn Lâm."""

    def made(*body: str | Rows, after: str = "^KẾT QUẢ", **more: object) -> Report:
        head: Rows = [
            ["UBND HUYỆN VĂN LÂM\nPHÒNG GIÁO DỤC VÀ ĐÀO TẠO\nSố: 68/BC-PGDĐT",
             f"{MOTTO}\nVăn Lâm, ngày 12 tháng 10 năm 2021"],
        ]  # fmt: skip
        foot: Rows = [["Nơi nhận:\n- Sở GDĐT;\n- Lưu: VT.", "TRƯỞNG PHÒNG\n\nNguyễn Văn An"]]
        return read(head, *TITLE, "Kính gửi: Sở Giáo dục và Đào tạo Hưng Yên", *body, foot,
                    "^BẢNG TỔNG HỢP KẾT QUẢ TỔ CHỨC TUẦN LỄ", after, ANNEX, **more)  # fmt: skip

    return made
