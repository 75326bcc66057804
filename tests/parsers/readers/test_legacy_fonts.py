"""Text in the fonts of the nineties, alone and inside Word files."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from parsers.legacy_encodings import legacy_fonts, to_unicode
from parsers.read import read
from schemas.document import Paragraph

TCVN3 = "B¸o c¸o kÕt qu¶ TuÇn lÔ h\u00adëng øng häc tËp suèt ®êi tØnh H\u00adng Yªn"
WANTED = "Báo cáo kết quả Tuần lễ hưởng ứng học tập suốt đời tỉnh Hưng Yên"


@pytest.mark.parametrize("font", [".VnTime", "VnTime", "ABCDEF+.VnTime,Bold", ".VnArial"])
def test_tcvn3_by_font_name(font: str) -> None:
    assert to_unicode(TCVN3, font) == WANTED


def test_capitals_face_and_distiller_minus() -> None:
    assert to_unicode("h−ng yªn", ".VnTimeH") == "HƯNG YÊN"
    assert to_unicode("so:", ".VnTimeH,Bold") == "SO:"


def test_vni() -> None:
    assert (
        to_unicode("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "VNI-Times")
        == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    )
    assert to_unicode("Ñoäc laäp", "VNI-Times") == "Độc lập"


def test_other_fonts_are_left_alone() -> None:
    assert to_unicode(TCVN3, "Times New Roman") == TCVN3


def test_a_font_name_that_lies() -> None:
    samples = [
        ("Báo cáo", ".VnTime"),
        ("kết quả tổ chức Tuần lễ hưởng ứng", ".VnTime"),
        ("10", ".VnTime"),
    ]
    assert legacy_fonts(samples) == frozenset()
    assert legacy_fonts([(TCVN3, ".VnTime")]) == {".VnTime"}


def _set_font(run: object, font: str) -> None:
    run.font.name = font  # type: ignore[attr-defined]
    run._element.rPr.rFonts.set(qn("w:hAnsi"), font)  # type: ignore[attr-defined]


def _paragraphs(path: Path) -> list[Paragraph]:
    return list(read(path).paragraphs())


def test_word_file_with_one_legacy_heading(tmp_path: Path) -> None:
    made = docx.Document()
    _set_font(made.add_paragraph().add_run(TCVN3), ".VnTime")
    made.add_paragraph("Đoạn này đã là Unicode.")
    made.save(str(tmp_path / "mixed.docx"))
    document = read(tmp_path / "mixed.docx")
    assert [p.text for p in document.paragraphs()] == [WANTED, "Đoạn này đã là Unicode."]
    assert [d.code for d in document.doubts] == ["legacy_encoding"]


def test_word_file_whose_style_names_the_legacy_font(tmp_path: Path) -> None:
    made = docx.Document()
    made.styles["Normal"].font.name = ".VnTime"
    made.add_paragraph(TCVN3)
    made.add_paragraph("tuÇn lÔ", style="List Paragraph")
    made.save(str(tmp_path / "style.docx"))
    assert [p.text for p in _paragraphs(tmp_path / "style.docx")] == [WANTED, "tuần lễ"]


def test_word_file_whose_font_name_lies(tmp_path: Path) -> None:
    made = docx.Document()
    made.styles["Normal"].font.name = ".VnTime"
    for text in ("Báo cáo", "Kết quả tổ chức Tuần lễ", "Số: 12"):
        made.add_paragraph(text)
    made.save(str(tmp_path / "lies.docx"))
    assert [p.text for p in _paragraphs(tmp_path / "lies.docx")] == [
        "Báo cáo",
        "Kết quả tổ chức Tuần lễ",
        "Số: 12",
    ]
    assert not read(tmp_path / "lies.docx").doubts


def test_lost_letters_are_doubted(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Tuần lễ hởng ứng học tập tỉnh Hng Yên của các trờng, nhng cha đủ.")
    made.save(str(tmp_path / "lost.docx"))
    (doubt,) = read(tmp_path / "lost.docx").doubts
    assert (doubt.code, doubt.detail) == ("lost_letters", "hởng, Hng, trờng, nhng")
