"""Whole reports in the fonts of the nineties say what they say in Unicode: Word, DOC and PDF."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from parsers.legacy_encodings import Code, guess
from parsers.read import read
from parsers.readers import office
from pipelines.understand import understand_document
from schemas.report import Report
from schemas.text import fold
from tests.parsers.hostile import traps

SAMPLE = Path("samples/week-2021/01-323.docx")
TEXT = "Báo cáo kết quả Tuần lễ hưởng ứng học tập suốt đời tỉnh Hưng Yên"
_VNI = {"̀": "ø", "́": "ù", "̉": "û", "̃": "õ", "̣": "ï"}
_VNI_HAT = {"": "â", "̀": "à", "́": "á", "̉": "å", "̃": "ã", "̣": "ä"}
_VNI_BREVE = {"": "ê", "̀": "è", "́": "é", "̉": "ú", "̃": "ü", "̣": "ë"}
_VNI_WHOLE = {"đ": "ñ", "ơ": "ô", "ư": "ö", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}  # fmt: skip


def iconv(text: str, code: str) -> bytes:
    """The system's own tables, not ours."""
    done = subprocess.run(["iconv", "-f", "UTF-8", "-t", code], input=text.encode(), capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_viscii(text: str) -> str:
    out = ""
    for char in text:
        byte = iconv(char, "VISCII") if not char.isascii() else char.encode()
        try:
            out += byte.decode("cp1252")
        except UnicodeDecodeError:
            out += byte.decode("latin-1")
    return out


def in_tcvn3(text: str) -> str:
    """Small letters only: the capitals of TCVN3 are a font of their own."""
    letters = (iconv(c, "TCVN").decode("latin-1") if not c.isascii() else c for c in text.lower())
    return "".join(letters)


def in_windows_1258(char: str, *, tone_first: bool = False) -> str:
    """A letter as that code writes it: hat or horn in the letter, the tone a mark of its own."""
    base, *marks = unicodedata.normalize("NFD", char)
    tones = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
    hats = [m for m in marks if m not in tones]
    if tone_first:
        return unicodedata.normalize("NFC", base + "".join(tones)) + "".join(hats)
    return unicodedata.normalize("NFC", base + "".join(hats)) + "".join(tones)


def in_vni(text: str) -> str:
    return "".join(_vni(char) for char in text)


def _vni(char: str) -> str:
    small = char.lower()
    if small in _VNI_WHOLE:
        made = _VNI_WHOLE[small]
    else:
        base, marks = (
            unicodedata.normalize("NFD", small)[:1],
            unicodedata.normalize("NFD", small)[1:],
        )
        if not marks:
            return char
        horn = "̛" in marks
        tone = next((m for m in marks if m in _VNI), "")
        table = _VNI_HAT if "̂" in marks else _VNI_BREVE if "̆" in marks else {"": "", **_VNI}
        made = ({"o": "ô", "u": "ö"}[base] if horn else base) + table[tone]
    return made.upper() if char.isupper() else made


def retyped(target: Path, change: Callable[[str], tuple[str, str]], source: Path = SAMPLE) -> Path:
    """The sample with every run's letters and font as ``change`` gives them."""
    made = docx.Document(str(source))
    for run in made.element.body.iter(qn("w:r")):
        texts = list(run.iter(qn("w:t")))
        for node in texts:
            node.text, font = change(node.text or "")
            _font(run, font)
    made.save(str(target))
    return target


def _font(run: Any, name: str) -> None:
    fonts = run.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    fonts.set(qn("w:ascii"), name)
    fonts.set(qn("w:hAnsi"), name)


def tcvn3(text: str) -> tuple[str, str]:
    return in_tcvn3(text), ".VnTimeH" if text.isupper() else ".VnTime"


CHANGES: dict[str, Callable[[str], tuple[str, str]]] = {
    "TCVN3": tcvn3,
    "VNI": lambda t: (in_vni(t), "VNI-Times"),
    "VISCII": lambda t: (in_viscii(t), "VISCII Times"),
    "TCVN3, font lost": lambda t: (in_tcvn3(t), "Times New Roman"),
    "VNI, font lost": lambda t: (in_vni(t), "Times New Roman"),
    "VISCII, font lost": lambda t: (in_viscii(t), "Times New Roman"),
}


def values(report: Report) -> list[tuple[str, str, int, str]]:
    return [(o.indicator, o.measure, o.value, o.raw) for o in report.observations]


@pytest.fixture(scope="module")
def wanted() -> Report:
    return understand_document(read(SAMPLE), "33")


@pytest.mark.parametrize("name", CHANGES)
def test_a_report_in_an_old_code(tmp_path: Path, wanted: Report, name: str) -> None:
    document = read(retyped(tmp_path / "old.docx", CHANGES[name]))
    assert "legacy_encoding" in {d.code for d in document.doubts}
    report = understand_document(document, "33")
    assert values(report) == values(wanted)
    assert report.header.issuer_unit == wanted.header.issuer_unit
    assert fold(report.header.number or "") == fold(wanted.header.number or "")
    assert report.header.issued_on == wanted.header.issued_on
    assert fold(report.header.title or "") == fold(wanted.header.title or "")
    assert [fold(n.text) for n in report.narrative] == [fold(n.text) for n in wanted.narrative]
    if name.startswith("VISCII"):
        assert [n.text for n in report.narrative] == [n.text for n in wanted.narrative]


def test_the_text_behind_a_bold_heading_is_whole_in_a_code_of_two_letters_for_one(
    tmp_path: Path,
) -> None:
    letter = docx.Document()
    letter.add_paragraph("BÁO CÁO")
    letter.add_paragraph("Kết quả tổ chức Tuần lễ hưởng ứng học tập suốt đời năm 2021")
    said = {
        "1. Công tác chỉ đạo, triển khai: ": "Phòng đã ban hành kế hoạch tới các trường trong huyện.",
        "2. Kết quả đạt được: ": "Người dân được tiếp cận với nhiều cách học mới.",
        "3. Khó khăn, vướng mắc: ": "Địa bàn rộng, kinh phí còn hạn hẹp.",
    }
    for heading, text in said.items():
        paragraph = letter.add_paragraph()
        paragraph.add_run(heading).bold = True
        paragraph.add_run(text)
    letter.save(str(tmp_path / "new.docx"))
    path = retyped(tmp_path / "old.docx", CHANGES["VNI"], tmp_path / "new.docx")
    report = understand_document(read(path), "33")
    assert [n.text for n in report.narrative] == list(said.values())


def test_through_an_old_word_file(tmp_path: Path) -> None:
    wanted = understand_document(read(traps.PLAIN), "33")
    path = retyped(tmp_path / "old.docx", CHANGES["VNI"], traps.PLAIN)
    made = office.convert(path, "doc:MS Word 97", tmp_path, "old.docx")
    report = understand_document(read(made), "33")
    assert report.source.media_type == "application/msword"
    assert len(report.observations) == 22
    assert values(report) == values(wanted)
    assert report.header.issuer_unit == wanted.header.issuer_unit


def pdf_with(line: bytes, font: bytes) -> bytes:
    shown = line.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    body = b"BT /F 12 Tf 72 760 Td (%s) Tj 0 -30 Td (So: 12/BC-UBND 10-11) Tj ET" % shown
    return traps.pdf([
        *traps.pages(b"3 0 R", 1),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        traps.stream(body),
        b"<</Type/Font/Subtype/TrueType/BaseFont/%s/Encoding/WinAnsiEncoding/FirstChar 32"
        b"/LastChar 255/Widths[%s]>>" % (font, b"500 " * 224),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("code", "font"),
    [
        ("TCVN", b".VnTime"),
        ("TCVN", b"ABCDEF+VnTime"),
        ("TCVN", b"TimesNewRoman"),
        ("VISCII", b"VISCII-Times"),
        ("VISCII", b"TimesNewRoman"),
        ("VNI", b"VNI-Times"),
        ("VNI", b"TimesNewRoman"),
    ],
)
def test_inside_a_pdf(tmp_path: Path, code: str, font: bytes) -> None:
    """Also the ư of TCVN3 and the ễ of VISCII, of which a PDF makes a plain hyphen."""
    text = TEXT[0].lower() + TEXT[1:] if code == "TCVN" else TEXT
    line = in_vni(text).encode("cp1252") if code == "VNI" else iconv(text, code)
    (tmp_path / "old.pdf").write_bytes(pdf_with(line, font))
    document = read(tmp_path / "old.pdf")
    said = " ".join(p.text for p in document.paragraphs())
    assert said == f"{text} So: 12/BC-UBND 10-11"
    assert [d.code for d in document.doubts] == ["legacy_encoding"]


def test_one_old_line_among_others(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Đoạn này đã là Unicode, có Ủy ban nhân dân.")
    made.add_paragraph("T×nh h×nh kinh tÕ-x· héi")
    made.add_paragraph("Café Ångström — naïve, 5 µm, ©, ±2")
    made.save(str(tmp_path / "mixed.docx"))
    assert [p.text for p in read(tmp_path / "mixed.docx").paragraphs()] == [
        "Đoạn này đã là Unicode, có Ủy ban nhân dân.",
        "Tình hình kinh tế-xã hội",
        "Café Ångström — naïve, 5 µm, ©, ±2",
    ]


@pytest.mark.parametrize("text", [TEXT, "Le rapport général a été présenté à Hanoï", "São Paulo ©"])
def test_other_languages_are_no_code(text: str) -> None:
    assert guess(text) is None
    assert guess(in_viscii(TEXT)) is Code.VISCII


@pytest.mark.parametrize(
    "change",
    [
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: t.replace("Đ", "Ð").replace("Ư", "Ƣ").replace("ư", "ƣ"),
        lambda t: t.replace("òa", "oà").replace("ủy", "uỷ").replace("HÒA", "HOÀ"),
        lambda t: "".join(in_windows_1258(c) for c in t),
        lambda t: "".join(in_windows_1258(c, tone_first=True) for c in t),
    ],
    ids=[
        "decomposed",
        "look-alikes",
        "tones placed the old way",
        "windows-1258",
        "tone before hat",
    ],
)
def test_other_spellings_of_the_same_letters(
    tmp_path: Path, wanted: Report, change: Callable[[str], str]
) -> None:
    path = retyped(tmp_path / "x.docx", lambda t: (change(t), "Times New Roman"))
    report = understand_document(read(path), "33")
    assert values(report) == values(wanted)
    assert report.header.issuer_unit == wanted.header.issuer_unit
    assert unicodedata.is_normalized("NFC", report.header.title or "")


def test_lost_letters_match_and_are_told(tmp_path: Path, wanted: Report) -> None:
    lost = lambda t: t.replace("ư", "").replace("Ư", "")  # noqa: E731
    path = retyped(tmp_path / "x.docx", lambda t: (lost(t), "Times New Roman"))
    report = understand_document(read(path), "33")
    assert values(report) == values(wanted)
    assert report.header.issuer_unit == wanted.header.issuer_unit
    assert "lost_letters" in {f.rule for f in report.findings}
    assert report.header.issuer == lost(wanted.header.issuer or "").replace("Hng", "HNG")
