"""Electronic signatures and stamps of arrival on a printed page are no part of the letter."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from drawn_pdf import FONTS
from pypdfium2 import raw

from parsers.read import read
from pipelines.understand import understand
from schemas.document import Paragraph
from schemas.report import Report

REAL = Path("samples/real/b_report.pdf")
OFFICE = [
    "Ký bởi: Sở Giáo dục và Đào tạo",
    "Cơ quan: Tỉnh Hưng Yên",
    "Email: sogddt@hungyen.gov.vn",
    "Ngày ký: 27-10-2021 15:23:11 +07:00",
]
PERSON = [
    "Người ký: Trần Văn Khác",
    "Chức vụ: Phó Giám đốc",
    "Thời gian ký: 28.10.2021 15:22:01 +07:00",
]
FOREIGN = [
    "Digitally signed by SỞ GIÁO DỤC VÀ ĐÀO TẠO",
    "DN: C=VN, S=Hưng Yên, L=Hưng Yên,",
    "O=UBND TỈNH HƯNG YÊN, OU=SGDĐT",
    "Date: 2021.10.28 15:23:11+07'00'",
]
ARRIVED = [
    "SỞ NỘI VỤ",
    "ĐẾN",
    "Số: 2914",
    "Ngày: 29/10/2021",
    "Chuyển: Phòng 2",
    "Lưu hồ sơ số: 12",
]


def put_upon(folder: Path, page: int, lines: list[str], x: float, top: float, size: float) -> Path:
    """The real report with ``lines`` written over its page ``page``, from 0."""
    font_file = next((f for f in FONTS if f.exists()), None)
    if font_file is None:
        pytest.skip("no Vietnamese font installed")
    opened = pdfium.PdfDocument(str(REAL))
    data = font_file.read_bytes()
    letters = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
    font = raw.FPDFText_LoadFont(opened.raw, letters, len(data), raw.FPDF_FONT_TRUETYPE, True)
    sheet = opened[page]
    for at, line in enumerate(lines):
        made = raw.FPDFPageObj_CreateTextObj(opened.raw, font, size)
        encoded = (line + "\0").encode("utf-16-le")
        raw.FPDFText_SetText(
            made, (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
        )
        down = sheet.get_height() - top - at * 1.2 * size
        raw.FPDFPageObj_Transform(made, 1, 0, 0, 1, x, down)
        raw.FPDFPage_InsertObject(sheet.raw, made)
    sheet.gen_content()
    path = folder / "signed.pdf"
    opened.save(str(path))
    opened.close()
    return path


def said(report: Report) -> object:
    values = [(o.indicator, o.measure, o.value, o.needs_review) for o in report.observations]
    rules = sorted(f.rule.value for f in report.findings)
    return report.header, report.annex, report.narrative, report.references, values, rules


@pytest.mark.parametrize(
    ("page", "lines", "x", "top", "size"),
    [
        (0, OFFICE, 400, 20, 8),
        (0, OFFICE, 390, 120, 8),
        (4, PERSON, 330, 690, 8),
        (4, FOREIGN, 380, 660, 7),
        (5, OFFICE, 400, 30, 8),
        (0, ARRIVED, 60, 150, 9),
        (0, ARRIVED, 260, 110, 9),
        (0, ["VĂN BẢN ĐẾN Số: 2914 Ngày 29/10/2021"], 60, 25, 10),
    ],
)
def test_what_a_later_hand_wrote_changes_nothing(
    tmp_path: Path, page: int, lines: list[str], x: float, top: float, size: float
) -> None:
    written = understand(put_upon(tmp_path, page, lines, x, top, size), "signed.pdf", "33")
    assert said(written) == said(understand(REAL, "signed.pdf", "33"))


@pytest.mark.parametrize(
    "lines",
    [
        ["Đến số 12 đường Bạch Đằng, đoàn thăm Trung tâm học tập cộng đồng.", "Ngày hội đọc sách"],
        ["ký bởi Chủ tịch Ủy ban nhân dân huyện và gửi các đơn vị.", "Các trường đã thực hiện."],
    ],
)
def test_sentences_that_begin_alike_stay(tmp_path: Path, lines: list[str]) -> None:
    path = put_upon(tmp_path, 1, lines, 90, 760, 14)
    told = " ".join(block.text for block in read(path).blocks if isinstance(block, Paragraph))
    assert all(line in told for line in lines)
